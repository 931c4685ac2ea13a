"""A doc's tree as plain lists: reading spaCy's tokens one by one costs more than everything else here."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from typing import TYPE_CHECKING

import numpy as np

from sightline.extract.claims.forms import dictionary_form
from sightline.extract.claims.leads import dateline
from sightline.extract.claims.mend import Mender
from sightline.extract.columns import columns
from sightline.types import Span

if TYPE_CHECKING:
    from spacy.tokens import Doc


_LEAD_REACH = 40
"""Words behind a dateline among which those that hang on it are looked for."""
_COLUMNS: list[int | str] = ["HEAD", "DEP", "POS", "TAG", "LEMMA", "LOWER", "ENT_TYPE", "SENT_START", "LENGTH", "SPACY"]


class Tree:
    """Words, lemmas, tags, relations and children of every token, by index."""

    def __init__(self, doc: Doc) -> None:
        """Reads ``doc`` once."""
        self.doc = doc
        self._lemmas: dict[int, set[str]] = {}
        self.size = len(doc)
        array = doc.to_array(_COLUMNS).astype(np.uint64)
        names = {0: ""}
        strings = doc.vocab.strings
        for key in np.unique(array[:, 1:7]).tolist():
            if key:
                names[key] = strings[key]
        heads = array[:, 0].astype(np.int64)
        self.head: list[int] = (np.arange(self.size) + heads).tolist()
        texts = [[names[key] for key in array[:, column].tolist()] for column in range(1, 7)]
        self.dep, self.pos, self.tag, lemmas, self.lower, self.ent = texts
        Mender(self.lower, self.head, self.dep, self.pos, self.tag).mend()
        self.lemma = [
            dictionary_form(word, lemma.lower(), pos == "VERB") for word, lemma, pos in zip(self.lower, lemmas, self.pos, strict=True)
        ]
        starts = array[:, 7].astype(np.int64).tolist()
        self.sentence: list[int] = np.cumsum([1 if start == 1 or index == 0 else 0 for index, start in enumerate(starts)]).tolist()
        self.text: str = columns(doc).text
        lengths = array[:, 8].astype(np.int64)
        ends = np.cumsum(lengths + array[:, 9].astype(np.int64))
        self.start: list[int] = np.concatenate(([0], ends[:-1])).astype(np.int64).tolist()
        self.end: list[int] = [begin + length for begin, length in zip(self.start, lengths.tolist(), strict=True)]
        self.lead: Span = dateline(self.text)
        """Where the report's dateline stands."""
        self._cut_lead()
        self.kids: list[list[int]] = [[] for _ in range(self.size)]
        for index, head in enumerate(self.head):
            if head != index and self.dep[index] != "":
                self.kids[head].append(index)

    def _cut_lead(self) -> None:
        """A dateline is no part of its sentence: its words hang on nothing behind it."""
        lead = self.lead
        if not lead.length:
            return
        words = range(bisect_left(self.start, lead.start), bisect_left(self.start, lead.end))
        hanging = [word for word in range(words.stop, min(self.size, words.stop + _LEAD_REACH)) if self.head[word] in words]
        for word in words:
            above, relation = self.head[word], self.dep[word]
            if above in words and above != word:
                continue
            below = [kid for kid in hanging if self._top_in(kid, words) == word]
            heads = [kid for kid in below if self.pos[kid] in ("NOUN", "PROPN", "VERB", "PRON")]
            taking = next((kid for kid in heads if above != word or self.pos[kid] == "VERB"), heads[0] if heads else None)
            if taking is not None:
                for kid in below:
                    self.head[kid] = taking
                self.head[taking], self.dep[taking] = (taking, "ROOT") if above == word else (above, relation)
            self.head[word], self.dep[word] = word, "dep"

    def _top_in(self, kid: int, words: range) -> int:
        """The outermost word of the lead above a word that hangs on it."""
        here = self.head[kid]
        while self.head[here] in words and self.head[here] != here:
            here = self.head[here]
        return here

    def at(self, start: int) -> int:
        """Index of the token that holds character ``start``."""
        return max(0, bisect_right(self.start, start) - 1)

    def tokens(self, span: Span) -> range:
        """Indices of the tokens that a span touches."""
        return range(self.at(span.start), max(self.at(span.start) + 1, bisect_left(self.start, span.end)))

    def top(self, tokens: range) -> int:
        """The token of a run that the others hang from."""
        inside = set(tokens)
        for index in tokens:
            outermost = self.head[index] not in inside or self.head[index] == index
            if outermost and self.pos[index] not in ("PUNCT", "SPACE"):
                return index
        return tokens[0]

    def children(self, index: int, *relations: str) -> list[int]:
        """Children in one of the relations; ``obl`` stands for its subtypes too."""
        return [kid for kid in self.kids[index] if self.dep[kid] in relations or self.dep[kid].split(":")[0] in relations]

    def child(self, index: int, *relations: str) -> int | None:
        """The first such child."""
        return next(iter(self.children(index, *relations)), None)

    def up(self, index: int) -> Iterator[int]:
        """The heads above a token, nearest first."""
        for _ in range(40):
            above = self.head[index]
            if above == index:
                return
            yield above
            index = above

    def under(self, index: int, stop: frozenset[str] = frozenset()) -> list[int]:
        """The token and all below it, without the subtrees whose relation is in ``stop``, in text order."""
        found, waiting = [], [index]
        while waiting:
            here = waiting.pop()
            found.append(here)
            waiting.extend(kid for kid in self.kids[here] if self.dep[kid] not in stop)
        return sorted(found)

    def case(self, index: int) -> str:
        """The preposition of a noun ("from", "in front of" gives "in"), or ""."""
        for kid in self.kids[index]:
            if self.dep[kid] == "case" and self.lower[kid] not in ("'s", "’s", "'", "’"):
                fixed = [below for below in self.kids[kid] if self.dep[below] == "fixed"]
                if fixed:
                    return " ".join(self.lower[word] for word in sorted([kid, *fixed]))
                return self.lower[kid]
        return ""

    def conjuncts(self, index: int) -> list[int]:
        """The token and those coordinated with it."""
        found = [index]
        for kid in self.kids[index]:
            if self.dep[kid] == "conj":
                found.extend(self.conjuncts(kid))
        return found

    def span(self, tokens: list[int]) -> Span:
        """From the first to the last of the tokens, without punctuation and space at the ends."""
        kept = list(tokens)
        while kept and self.pos[kept[0]] in ("PUNCT", "SPACE"):
            kept.pop(0)
        while kept and self.pos[kept[-1]] in ("PUNCT", "SPACE"):
            kept.pop()
        kept = kept or tokens
        return Span(self.start[kept[0]], self.end[kept[-1]])

    def is_verb(self, index: int) -> bool:
        """A full verb or participle."""
        return self.pos[index] in ("VERB", "AUX")

    def lemmas_around(self, index: int) -> set[str]:
        """The lemmas of the token's sentence."""
        number = self.sentence[index]
        if number not in self._lemmas:
            self._lemmas[number] = set(self.lemma[bisect_left(self.sentence, number) : bisect_right(self.sentence, number)])
        return self._lemmas[number]
