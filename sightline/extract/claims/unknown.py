"""What a text itself says is not known: "it is unknown when he could arrive", "did not disclose the venue of the talks"."""

from __future__ import annotations

from collections.abc import Sequence

from sightline.extract.claims.table import tables
from sightline.extract.claims.tree import Tree
from sightline.extract.claims.triggers import Finder, Trigger

_NOT = frozenset({"not", "n't", "n’t", "never", "neither", "nor", "no", "nobody", "none", "yet", "without", "hardly"})
_KNOWING = frozenset({"clear", "known", "certain", "apparent", "public", "obvious", "evident", "sure"})
#: A question word stands among the first words of its clause.
_OPENING = 3
_HOLDS = frozenset(
    {
        "nsubj",
        "nsubj:pass",
        "obj",
        "ccomp",
        "csubj",
        "csubj:pass",
        "advcl",
        "xcomp",
        "obl",
        "acl",
        "parataxis",
        "advcl:relcl",
        "dep",
        "nsubj:outer",
        "acl:relcl",
        "nmod",
    }
)
#: "found nothing at the site": where one looked, not what is open.
_WHERE = frozenset({"at", "in", "near", "from", "on", "inside"})
_NOUN_TYPES = {"destination": "travel", "route": "travel", "whereabouts": "presence", "location": "presence", "position": "presence"}


class Unknowns:
    """Open slots of one report: of its triggers, and triggers of their own where no other word names the happening."""

    def __init__(self, tree: Tree, finder: Finder, triggers: Sequence[Trigger]) -> None:
        """Reads every clause of not knowing."""
        self.tree = tree
        self.finder = finder
        self.tables = tables()
        self.by_word = {trigger.word: trigger for trigger in triggers}
        self.by_carrier: dict[int, list[int]] = {}
        for trigger in triggers:
            if trigger.carrier is not None:
                self.by_carrier.setdefault(trigger.carrier, []).append(trigger.word)
        self.slots: dict[int, set[str]] = {}
        self.own: dict[int, Trigger] = {}
        for word in range(tree.size):
            if self._not_knowing(word):
                self._read(word)

    def of(self, word: int) -> tuple[str, ...]:
        """The slots left open of the trigger on ``word``."""
        return tuple(sorted(self.slots.get(word, ())))

    def _not_knowing(self, word: int) -> bool:
        tree, table = self.tree, self.tables
        lemma, lower = tree.lemma[word], tree.lower[word]
        if lower in table.unknown_adjectives:
            return True
        if lower in _KNOWING or (lemma in table.unknown_verbs and tree.pos[word] in ("VERB", "ADJ")):
            return self._negated(word) or self._withheld(word) or self._yet_to_be(word)
        return False

    def _negated(self, word: int) -> bool:
        tree = self.tree
        for kid in tree.kids[word]:
            if tree.lower[kid] in _NOT and tree.lower[kid] != "yet":
                return True
            subject = tree.dep[kid].startswith("nsubj") or tree.dep[kid] == "obj"
            if subject and (tree.lower[kid] in _NOT or any(tree.lower[below] in ("no", "neither") for below in tree.kids[kid])):
                return True
        above = tree.head[word]
        if tree.dep[word] in ("xcomp", "conj") and above != word:
            return any(tree.lower[kid] in _NOT and tree.lower[kid] != "yet" for kid in tree.kids[above]) and tree.dep[word] == "xcomp"
        return False

    def _withheld(self, word: int) -> bool:
        return self.tree.dep[word] == "xcomp" and self.tree.lemma[self.tree.head[word]] in self.tables.withhold

    def _yet_to_be(self, word: int) -> bool:
        """ "has yet to be announced", "remains to be seen"."""
        tree = self.tree
        before = tree.lower[max(0, word - 4) : word]
        return ("yet" in before and "to" in before) or ("remains" in before and "to" in before)

    def _read(self, word: int) -> None:
        tree = self.tree
        roots = [kid for kid in tree.kids[word] if tree.dep[kid] in _HOLDS]
        if tree.dep[word] in ("xcomp", "acl", "amod") and tree.head[word] != word:
            roots.extend(kid for kid in tree.kids[tree.head[word]] if tree.dep[kid] in _HOLDS and kid != word)
        seen = False
        for root in roots:
            slot = self._question(root) if not self._relates(root) else None
            if slot is not None:
                seen = True
                self._open(root, slot)
        if seen:
            return
        for root in roots:
            if tree.dep[root].startswith("obl") and tree.case(root) in _WHERE:
                continue
            for noun in tree.conjuncts(root):
                slot = self.tables.slots.get(tree.lemma[noun])
                if slot is not None and tree.pos[noun] == "NOUN":
                    self._open_noun(noun, slot, word)
        if tree.dep[word] == "amod" and self.tables.slots.get(tree.lemma[tree.head[word]]):
            noun = tree.head[word]
            self._open_noun(noun, self.tables.slots[tree.lemma[noun]], word)

    def _relates(self, root: int) -> bool:
        """ "at the site, where a drone had found it": a clause behind a noun and a comma asks nothing."""
        tree = self.tree
        first = min(tree.under(root))
        while first < root and tree.pos[first] == "PUNCT":
            first += 1
        comma = first > 1 and tree.lower[first - 1] == "," and tree.pos[first - 2] in ("NOUN", "PROPN")
        return comma and tree.lower[first] in ("where", "when") and root > first

    def _question(self, root: int) -> str | None:
        """The slot that a clause asks for."""
        tree = self.tree
        clause = tree.under(root, frozenset({"acl:relcl", "advcl"}))
        candidates = [root, *tree.kids[root], *(word for word in clause if word < min(clause) + _OPENING)]
        for word in sorted(candidates):
            lower = tree.lower[word]
            slot = self.tables.wh.get(lower)
            if slot is None:
                continue
            if tree.tag[word] in ("WRB", "WP", "WDT", "IN") and not (lower in ("which", "who", "what") and tree.tag[word] == "IN"):
                following = tree.lower[word + 1] if word + 1 < tree.size else ""
                if lower == "how":
                    return {"many": "how_many", "much": "how_many", "long": "duration", "far": "distance"}.get(following, "how")
                if lower in ("which", "what"):
                    return self.tables.slots.get(tree.lemma[word + 1] if word + 1 < tree.size else "", slot)
                return slot
        return None

    def _open(self, root: int, slot: str) -> None:
        tree = self.tree
        here = root
        for _ in range(4):
            words = [here] if here in self.by_word else self.by_carrier.get(here, [])
            if words:
                for word in words:
                    self.slots.setdefault(word, set()).add(slot)
                return
            below = tree.child(here, "xcomp")
            if below is None:
                break
            here = below
        if slot in ("where", "happened") and tree.child(root, "cop") is not None and tree.child(root, "nsubj") is not None:
            self.own[root] = Trigger(root, "presence", "shape", root)
            self.slots.setdefault(root, set()).add(slot)
            return
        for kid in sorted(tree.kids[root]):
            if kid in self.by_word and tree.dep[kid].startswith(("nsubj", "obj")):
                self.slots.setdefault(kid, set()).add(slot)

    def _open_noun(self, noun: int, slot: str, cue: int) -> None:
        tree = self.tree
        near = [*tree.under(noun), *(below for kid in tree.children(cue, "obl", "nmod") for below in tree.under(kid))]
        found = False
        for word in near:
            if word in self.by_word and word != noun:
                self.slots.setdefault(word, set()).add(slot)
                found = True
        if not found and tree.lemma[noun] in _NOUN_TYPES:
            self.own[noun] = Trigger(noun, _NOUN_TYPES[tree.lemma[noun]], "noun", None)
            self.slots.setdefault(noun, set()).add(slot)
