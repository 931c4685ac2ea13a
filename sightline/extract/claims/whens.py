"""When a happening is: the times that hang on its word or on the verb that carries it, never on a verb of saying."""

from __future__ import annotations

import re
from collections.abc import Sequence

from sightline.extract.claims.table import happening, tables
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
_DATELINE = re.compile(r"[\s.,]*(?:\([^()\n]{2,40}\))?\s*(?:--|—|–)\s")
_AGE = re.compile(r"[\s-]olds?\b", re.IGNORECASE)
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
            if _AGE.search(time.text):
                continue
            if time.governor is None and time.type in ("DATE", "TIME") and not self._leads(time):
                self._by_tree(time)
            if time.governor is not None and not self._leads(time):
                stray = self._stray(time)
                if stray is not None:
                    self.found[stray].append(time)
                    continue
                for number in self._owners(tree.at(time.governor.start), time):
                    self.found[number].append(time)
        self._share()

    def _by_tree(self, time: TimeMention) -> None:
        """A time without a governor that hangs on a happening's own word dates it."""
        tree = self.tree
        top = tree.top(tree.tokens(time.span))
        above = tree.head[top]
        if above == top or tree.dep[top].split(":")[0] not in ("obl", "advmod"):
            return
        for number in [self.words[above]] if above in self.words else self.carriers.get(above, []):
            self.found[number].append(time)

    def _share(self) -> None:
        """An undated past journey has the date of its purpose ("travelled there to meet him in May"); "the last time he came, in May, he
        flew" gives both their date.
        """
        tree = self.tree
        for _ in range(2):
            for number, trigger in enumerate(self.triggers):
                if self.found[number] or trigger.carrier is None:
                    continue
                word = trigger.carrier
                for kid in tree.kids[word]:
                    aim = tree.dep[kid] == "advcl" or (
                        tree.dep[kid] == "xcomp" and happening(trigger.type).frame_name in ("motion", "visit")
                    )
                    purpose = tree.tag[kid] == "VB" and aim and tree.tag[word] == "VBD"
                    nested = [
                        below
                        for below in tree.kids[kid]
                        if tree.tag[below] == "VB" and tree.dep[below] == "acl" and tree.tag[word] == "VBD"
                    ]
                    time = tree.lower[kid] == "time" and tree.dep[kid] == "obl:unmarked"
                    last = [below for below in tree.kids[kid] if time and tree.dep[below] == "acl:relcl"]
                    for other in ([kid] if purpose else []) + nested + last:
                        shared = self.found[self.words[other]] if other in self.words else []
                        self.found[number].extend(each for each in shared if each not in self.found[number])

    def _leads(self, time: TimeMention) -> bool:
        """A date that stands before the text: "date 2023-09-11 After ...", "SEOUL, Sept. 11 (Yonhap) -- ..."."""
        tree = self.tree
        first = tree.at(time.span.start)
        if first <= 2 and tree.lower[0] in ("date", "published", "updated", "posted"):
            return True
        return self.tree.lead.contains(time.span) or _DATELINE.match(tree.text, time.span.end) is not None

    def _stray(self, time: TimeMention) -> int | None:
        """The happening before a full stop that cut it from its time: "closed its borders. at the start of 2020 and just now ..."."""
        tree = self.tree
        first = tree.at(time.span.start)
        begin = first
        while begin > 0 and tree.sentence[begin - 1] == tree.sentence[first]:
            begin -= 1
        while tree.pos[begin] == "SPACE" and begin < first:
            begin += 1
        last = max(tree.tokens(time.span))
        joined = last + 1 < tree.size and tree.lower[last + 1] == "and"
        if first - begin > 2 or not joined or not tree.text[tree.start[begin]].islower():
            return None
        before = [number for word, number in self.words.items() if word < begin and tree.sentence[word] == tree.sentence[begin] - 1]
        return max(before, key=lambda number: self.triggers[number].word, default=None)

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
