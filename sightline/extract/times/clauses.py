"""The verbs and happenings of the clause that a time stands in, by tags and punctuation."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sightline.extract.times.marks import FINITE, VERBAL, marks, modifies, words

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_FAR = 200
_INSIDE = frozenset(("DT", "JJ", "NN", "NNS", "NNP", "NNPS", "PRP$", "POS", "CD", "VBN", "VBG", "HYPH", "JJS", "JJR", "RB", "``", "''"))


def left(doc: Doc, index: int) -> int:
    """Index of the word before, over white space; -1 at the beginning."""
    index -= 1
    while index >= 0 and doc[index].is_space and "\n\n" not in doc[index].text:
        index -= 1
    return index


def over_as(doc: Doc, index: int) -> int:
    """From the last word of "as early as", "as late as" to the word before it; other indices stay."""
    if (
        index >= 2
        and doc[index].lower_ == "as"
        and doc[index - 2].lower_ == "as"
        and doc[index - 1].lower_ in ("early", "late", "soon", "recently")
    ):
        return left(doc, index - 2)
    return index


def over_clock(doc: Doc, index: int) -> int:
    """From the last word of a clock time ("until 11 a.m. April 24") to the word before it; other indices stay."""
    if index < 1 or doc[index].lower_ not in words("clock"):
        return index
    index -= doc[index - 1].tag_ == "CD" or doc[index - 1].text[:1].isdigit()
    return left(doc, index)


class Clauses:
    """Looks around a time in a tagged text; words inside time expressions (``taken``) are no verbs."""

    def __init__(self, doc: Doc, taken: frozenset[int]) -> None:
        self.doc = doc
        self.taken = taken
        self.marks = marks(doc)

    def is_verb(self, index: int) -> bool:
        """Whether the word can be dated: a verb, or a predicate such as "due"; no participle that only modifies a noun."""
        return index not in self.taken and self.marks.verb(index)

    def happens(self, index: int) -> bool:
        """Whether the word is a noun that names a happening."""
        return index not in self.taken and self.marks.happening(index)

    def sentence(self, first: int, last: int) -> tuple[int, int]:
        """First token of the sentence and the one after its last, by punctuation and paragraphs: surer than a small parser's."""
        seen, end = self.marks, min(len(self.doc), last + _FAR)
        low = max(0, first - _FAR, seen.line_before[first])
        high = max(last, min(end, seen.paragraph_after[last], seen.end_after[last] + 1))
        return low, high

    def verb_before(self, before: int, low: int) -> Token | None:
        """The nearest verb before ``before`` in its clause."""
        doc = self.doc
        index = left(doc, before)
        near = index
        while index >= low:
            tag = self.marks.tag[index]
            if tag == "MD" and index == near:
                return doc[index]
            if self.is_verb(index):
                return self._main(doc[index], before)
            if self.marks.bars(index):
                return None
            if index == near:
                opening = tag == "IN" and self.marks.lower[index] in words("opening")
                if opening or tag == "CC" or (self.marks.words[index] == "," and not any(map(self.is_verb, range(low, index)))):
                    return None
            index -= 1
        return None

    def _main(self, token: Token, before: int) -> Token:
        """An auxiliary gives way to its verb, where that stands before the time too ("was later quoted")."""
        if token.lower_ not in words("be_have"):
            return token
        for index in range(token.i + 1, before):
            if self.doc[index].tag_ in ("VBN", "VBG", "VB") and not modifies(self.doc[index]):
                return self.doc[index]
        return token

    def waits(self, verb: Token, before: int, last: int) -> bool:
        """Whether the verb before is only an auxiliary whose verb comes after the time ("will on Monday meet")."""
        if verb.tag_ != "MD" and verb.lower_ not in words("be_have"):
            return False
        index = last + (last < len(self.doc) and self.doc[last].text == ",")
        return verb.i >= before - 2 and index < len(self.doc) and self.doc[index].tag_ in ("VB", "VBN", "VBG", "RB")

    def verb_after(self, last: int, high: int) -> Token | None:
        """The first verb after the time that heads its clause: relative clauses and reduced ones are passed over."""
        doc, index, named = self.doc, last, False
        if index < high and doc[index].text == ":":
            return None
        while index < high:
            word, tag = self.marks.lower[index], self.marks.tag[index]
            if word in ("that", "who", "which", "whose", "whom") and tag in ("WDT", "WP", "WP$", "IN") and named:
                index = self._past_clause(index, high)
                continue
            if self.is_verb(index):
                finite_later = self.marks.finite_after[index + 1] < high
                reduced = tag in ("VBN", "VBG") and named and finite_later and not self._helped(doc[index])
                if not reduced and not (tag == "VBG" and not named and finite_later):
                    return self._forward(doc[index], high)
            elif tag == "MD":
                return self._forward(doc[index], high)
            named = named or tag.startswith(("NN", "PRP"))
            index += 1
        return None

    def _helped(self, token: Token) -> bool:
        return any(self.doc[at].lower_ in words("be_have") for at in range(max(0, token.i - 3), token.i))

    def _past_clause(self, index: int, high: int) -> int:
        """Past the verb of a relative clause, to the next finite verb or the comma that closes it."""
        at, tag = index + 1, self.marks.tag
        while at < high and not (self.is_verb(at) or tag[at] == "MD"):
            at += 1
        while at < high and (tag[at] in VERBAL or tag[at] == "RB"):
            at += 1
        while at < high and tag[at] not in FINITE and self.marks.words[at] != ",":
            at += 1
        return at

    def _forward(self, token: Token, high: int) -> Token:
        """From an auxiliary to the verb that follows it within some words."""
        if token.lower_ in words("be_have") or token.tag_ == "MD":
            for index in range(token.i + 1, min(high, token.i + 5)):
                if (
                    self.doc[index].tag_ in ("VB", "VBN", "VBG")
                    and self.doc[index].lower_ not in words("be_have")
                    and not modifies(self.doc[index])
                ):
                    return self.doc[index]
                if self.doc[index].tag_ not in ("RB", "MD", "VBN", "VB"):
                    break
        return token

    def noun_before(self, before: int, low: int) -> Token | None:
        """The nearest noun for a happening before the time, within the same phrase ("his first trip abroad since 2019")."""
        index = left(self.doc, before)
        while index >= low and not self.marks.parts(index):
            if self.happens(index):
                return self.doc[index]
            index -= 1
        return None

    def noun_tied(self, verb: Token, before: int) -> Token | None:
        """A happening between verb and time that belongs to the time: behind a preposition that sets it apart from the verb ("before the
        summit on Wednesday"), or as what a bare "be" says ("it was his first trip since 2019").
        """
        doc = self.doc
        for index in range(left(doc, before), verb.i, -1):
            token = doc[index]
            if token.text == "," or token.tag_ in ("CC", "WDT", "WRB"):
                return None
            if not self.happens(index):
                continue
            back = index - 1
            while back > verb.i and doc[back].tag_ in _INSIDE:
                back -= 1
            if back > verb.i:
                return token if doc[back].lower_ in words("tying") else None
            return token if verb.lower_ in words("be") else None
        return None

    def owner(self, first: int, last: int) -> Token | None:
        """The noun that a time modifies: "Monday's meeting", "a 20-hour journey", "the 2019 summit", "last week's talks"."""
        doc = self.doc
        if last >= len(doc):
            return None
        after = doc[last]
        possessive = after.tag_ == "POS" or after.text in ("'s", "’s", "'", "’")
        hyphened = after.tag_ == "HYPH" or any(token.text == "-" for token in doc[first:last])
        behind = doc[left(doc, first)].tag_ if left(doc, first) >= 0 else ""
        if not possessive and not (after.tag_.startswith("NN") or (after.tag_ == "HYPH" or hyphened)):
            return None
        index = last + (possessive or after.tag_ == "HYPH")
        noun: Token | None = None
        while index < min(len(doc), last + 6):
            tag = doc[index].tag_
            if tag.startswith("NN") and index not in self.taken:
                if noun is not None and tag.startswith("NNP") and not noun.tag_.startswith("NNP"):
                    break
                noun = doc[index]
            elif noun is not None or tag not in ("JJ", "HYPH", "VBN", "CD", "JJR", "JJS", "``", "''"):
                break
            index += 1
        if noun is None:
            return None
        return (
            noun
            if possessive
            or hyphened
            or (self.happens(noun.i) and (behind in ("DT", "PRP$", "POS", "JJ", "IN", "") or doc[first].tag_ == "DT"))
            else None
        )
