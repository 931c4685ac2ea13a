"""The verbs and happenings of the clause that a time stands in, by tags and punctuation."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from sightline.extract.columns import columns
from sightline.extract.times.words import table

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

STOPS = frozenset("!?;—–…") | {".", ":", "--"}
_ENDS = frozenset(".!?;")
_FAR = 200
_VERBAL = frozenset(("VBD", "VBZ", "VBP", "VBN", "VB", "VBG", "MD"))
_FINITE = frozenset(("VBD", "VBZ", "VBP", "MD"))
_NOMINAL = re.compile(r"(?:tion|sion|ment|ing)s?$")
_INSIDE = frozenset(("DT", "JJ", "NN", "NNS", "NNP", "NNPS", "PRP$", "POS", "CD", "VBN", "VBG", "HYPH", "JJS", "JJR", "RB", "``", "''"))


@cache
def words(name: str) -> frozenset[str]:
    """One of the word lists of data/attach.toml."""
    return frozenset(table("attach.toml")["words"][name].split())


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


class Clauses:
    """Looks around a time in a tagged text; words inside time expressions (``taken``) are no verbs."""

    def __init__(self, doc: Doc, taken: frozenset[int]) -> None:
        self.doc = doc
        self.taken = taken

    def sentence(self, first: int, last: int) -> tuple[int, int]:
        """First token of the sentence and the one after its last, by punctuation and paragraphs: surer than a small parser's."""
        words_ = columns(self.doc).words
        low, high = first, last
        while low > max(0, first - _FAR) and words_[low - 1] not in _ENDS and "\n" not in words_[low - 1]:
            low -= 1
        while high < min(len(words_), last + _FAR) and "\n\n" not in words_[high]:
            high += 1
            if words_[high - 1] in _ENDS:
                break
        return low, high

    def is_verb(self, token: Token) -> bool:
        """A word that can be dated: a verb, or a predicate such as "due"; no participle that only modifies a noun."""
        tag, word = token.tag_, token.lower_
        if token.i in self.taken or word in words("no_verbs") or (word == "is" and self._aside(token)):
            return False
        if tag not in _VERBAL:
            return (
                tag == "JJ"
                and word in words("predicates")
                and not self._noun_follows(token)
                and token.i > 0
                and token.nbor(-1).tag_ != "DT"
            )
        if tag == "MD" or (word in words("marker") and (tag == "VBG" or (tag == "VBN" and word == "ended"))):
            return False
        return not (tag in ("VBN", "VBG") and self.modifies(token))

    def _aside(self, token: Token) -> bool:
        """The "is" of ", that is,"."""
        return 0 < token.i < len(self.doc) - 1 and token.nbor(-1).lower_ == "that" and token.nbor(1).text == ","

    def _noun_follows(self, token: Token) -> bool:
        return token.i + 1 < len(self.doc) and token.nbor(1).tag_.startswith("NN")

    def modifies(self, token: Token) -> bool:
        """Whether a participle stands before the noun that it modifies ("the planned visit")."""
        if token.i == 0 or not self._noun_follows(token):
            return False
        before = token.nbor(-1)
        if before.tag_ == "RB" and token.i > 1:
            before = token.nbor(-2)
        if before.tag_ == "IN" and token.tag_ == "VBN":
            return True
        return before.tag_ in ("DT", "PRP$", "JJ", "POS", "HYPH") and before.lower_ not in ("that", "those", "this")

    def happens(self, token: Token) -> bool:
        """Whether a noun names a happening."""
        word = token.lower_
        if not token.tag_.startswith("NN") or token.i in self.taken:
            return False
        known = words("happening")
        return (
            word in known
            or (word.endswith("s") and word[:-1] in known)
            or bool(
                len(word) > 6
                and token.tag_[:3] != "NNP"
                and _NOMINAL.search(word)
                and word not in words("thing")
                and word[:-1] not in words("thing")
            )
        )

    def verb_before(self, before: int, low: int) -> Token | None:
        """The nearest verb before ``before`` in its clause."""
        doc = self.doc
        index = left(doc, before)
        near = index
        while index >= low:
            token = doc[index]
            word, tag = token.lower_, token.tag_
            if tag == "MD" and index == near:
                return token
            if self.is_verb(token):
                return self._main(token, before)
            if token.text in STOPS or "\n\n" in token.text:
                return None
            if word in words("opening") and tag in ("IN", "WDT", "WP", "WRB", "WP$") and (index == near or tag != "IN" or word == "that"):
                return None
            if tag == "CC" and index == near:
                return None
            if token.text == "," and index == near and not any(self.is_verb(doc[at]) for at in range(low, index)):
                return None
            index -= 1
        return None

    def _main(self, token: Token, before: int) -> Token:
        """An auxiliary gives way to its verb, where that stands before the time too ("was later quoted")."""
        if token.lower_ not in words("be_have"):
            return token
        for index in range(token.i + 1, before):
            if self.doc[index].tag_ in ("VBN", "VBG", "VB") and not self.modifies(self.doc[index]):
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
            token = doc[index]
            word, tag = token.lower_, token.tag_
            if word in ("that", "who", "which", "whose", "whom") and tag in ("WDT", "WP", "WP$", "IN") and named:
                index = self._past_clause(index, high)
                continue
            if self.is_verb(token):
                reduced = tag in ("VBN", "VBG") and named and not self._helped(token) and self._finite_later(index + 1, high)
                opening = tag == "VBG" and not named and self._finite_later(index + 1, high)
                if not reduced and not opening:
                    return self._forward(token, high)
            elif tag == "MD":
                return self._forward(token, high)
            named = named or tag.startswith(("NN", "PRP"))
            index += 1
        return None

    def _helped(self, token: Token) -> bool:
        return any(self.doc[at].lower_ in words("be_have") for at in range(max(0, token.i - 3), token.i))

    def _finite_later(self, index: int, high: int) -> bool:
        return any(self.doc[at].tag_ in _FINITE for at in range(index, high))

    def _past_clause(self, index: int, high: int) -> int:
        """Past the verb of a relative clause, to the next finite verb or the comma that closes it."""
        at = index + 1
        while at < high and not (self.is_verb(self.doc[at]) or self.doc[at].tag_ == "MD"):
            at += 1
        while at < high and (self.doc[at].tag_ in _VERBAL or self.doc[at].tag_ == "RB"):
            at += 1
        while at < high and self.doc[at].tag_ not in _FINITE and self.doc[at].text != ",":
            at += 1
        return at

    def _forward(self, token: Token, high: int) -> Token:
        """From an auxiliary to the verb that follows it within some words."""
        if token.lower_ in words("be_have") or token.tag_ == "MD":
            for index in range(token.i + 1, min(high, token.i + 5)):
                if (
                    self.doc[index].tag_ in ("VB", "VBN", "VBG")
                    and self.doc[index].lower_ not in words("be_have")
                    and not self.modifies(self.doc[index])
                ):
                    return self.doc[index]
                if self.doc[index].tag_ not in ("RB", "MD", "VBN", "VB"):
                    break
        return token

    def noun_before(self, before: int, low: int) -> Token | None:
        """The nearest noun for a happening before the time, within the same phrase ("his first trip abroad since 2019")."""
        doc = self.doc
        index = left(doc, before)
        while index >= low and doc[index].text not in (",", "(", ")") and doc[index].text not in STOPS:
            if doc[index].lower_ in words("opening") and doc[index].tag_ in ("IN", "WDT", "WP", "WRB"):
                return None
            if self.happens(doc[index]):
                return doc[index]
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
            if not self.happens(token):
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
            or (self.happens(noun) and (behind in ("DT", "PRP$", "POS", "JJ", "IN", "") or doc[first].tag_ == "DT"))
            else None
        )
