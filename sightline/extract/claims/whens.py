"""When a happening is: the times that hang on its word or on the verb that carries it, never on a verb of saying."""

from __future__ import annotations

from collections.abc import Sequence

from sightline.extract.claims.table import tables
from sightline.extract.claims.tree import Tree
from sightline.extract.claims.triggers import Trigger
from sightline.types import TimeMention

_CLIMB = frozenset(
    {
        "nmod",
        "obl",
        "advmod",
        "conj",
        "flat",
        "compound",
        "nummod",
        "appos",
        "obl:unmarked",
        "nmod:unmarked",
        "amod",
        "case",
        "fixed",
        "det",
    }
)
_STEPS = 4


class Whens:
    """Shares out the times of one report among its triggers."""

    def __init__(self, tree: Tree, times: Sequence[TimeMention], triggers: Sequence[Trigger], cues: set[int]) -> None:
        """``cues`` are words of reporting: a time on one dates the saying."""
        self.tree = tree
        self.words = {trigger.word: number for number, trigger in enumerate(triggers)}
        self.carriers: dict[int, list[int]] = {}
        for number, trigger in enumerate(triggers):
            if trigger.carrier is not None and trigger.carrier != trigger.word:
                self.carriers.setdefault(trigger.carrier, []).append(number)
        self.cues = cues
        self.triggers = triggers
        self.report = tables().words["report"]
        self.helper = tables().words["helper"]
        self.found: list[list[TimeMention]] = [[] for _ in triggers]
        for time in times:
            if time.governor is not None:
                for number in self._owners(tree.at(time.governor.start), time):
                    self.found[number].append(time)

    def of(self, number: int) -> tuple[TimeMention, ...]:
        """The times of the trigger of that number."""
        return tuple(self.found[number])

    def _owners(self, governor: int, time: TimeMention) -> list[int]:
        tree, here = self.tree, governor
        for _ in range(_STEPS):
            if here in self.words:
                return [self.words[here]]
            if here in self.carriers:
                return self.carriers[here]
            planned = next((kid for kid in tree.kids[here] if tree.dep[kid] == "acl" and kid in self.words), None)
            if planned is not None:
                return [self.words[planned]]
            if tree.is_verb(here) or tree.pos[here] == "ADJ":
                return self._below(here, time)
            if tree.head[here] == here or tree.dep[here].split(":")[0] not in _CLIMB:
                break
            here = tree.head[here]
        return []

    def _below(self, verb: int, time: TimeMention) -> list[int]:
        """The happening that a helping verb helps: "is expected to arrive on Tuesday"."""
        tree, here = self.tree, verb
        for _ in range(_STEPS):
            helped = tree.child(here, "xcomp")
            if helped is None or tree.lemma[here] not in self.helper:
                return []
            if tree.lemma[here] in self.report and not self._past(time, helped) and time.span.start > tree.start[verb]:
                return []
            if helped in self.words:
                return [self.words[helped]]
            if helped in self.carriers:
                return self.carriers[helped]
            here = helped
        return []

    def _past(self, time: TimeMention, word: int) -> bool:
        return time.span.start > self.tree.start[word]
