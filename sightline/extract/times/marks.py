"""What the loops over a clause's words ask of each word, told once for a Doc: a text full of times asks it again for every time."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from sightline.extract.columns import columns
from sightline.extract.times.words import table

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

STOPS = frozenset("!?;—–…") | {".", ":", "--"}
ENDS = frozenset(".!?;")
VERBAL = frozenset(("VBD", "VBZ", "VBP", "VBN", "VB", "VBG", "MD"))
FINITE = frozenset(("VBD", "VBZ", "VBP", "MD"))
_APART = frozenset(",()") | STOPS
_RELATIVE = frozenset(("WDT", "WP", "WRB", "WP$"))
_NOMINAL = re.compile(r"(?:tion|sion|ment|ing)s?$")


@cache
def words(name: str) -> frozenset[str]:
    """One of the word lists of data/attach.toml."""
    return frozenset(table("attach.toml")["words"][name].split())


class Marks:
    """Where sentences end and which words are verbs, happenings and borders of clauses, by index. A Doc must be whole before."""

    def __init__(self, doc: Doc) -> None:
        """The marks of ``doc``; what costs more than a look is told when first asked."""
        known = columns(doc)
        self.words, self.lower, self.tag = known.words, known.lower, known.tag
        self.line_before = _before(self.words, lambda word: word in ENDS or "\n" in word)
        self.end_after = _after(self.words, ENDS.__contains__)
        self.paragraph_after = _after(self.words, lambda word: "\n\n" in word)
        self.finite_after = _after(self.tag, FINITE.__contains__)
        self._doc = doc
        self._verbs: dict[int, bool] = {}
        self._happenings: dict[int, bool] = {}
        self._bars: dict[int, bool] = {}
        self._parts: dict[int, bool] = {}

    def verb(self, index: int) -> bool:
        """Whether the word can be dated: a verb, or a predicate such as "due"; no participle that only modifies a noun."""
        if index not in self._verbs:
            self._verbs[index] = _is_verb(self._doc[index])
        return self._verbs[index]

    def happening(self, index: int) -> bool:
        """Whether the word is a noun that names a happening."""
        if index not in self._happenings:
            self._happenings[index] = _happens(self.tag[index], self.lower[index])
        return self._happenings[index]

    def bars(self, index: int) -> bool:
        """Whether a clause begins here, so that no verb before it is its own."""
        if index not in self._bars:
            word, lower, tag = self.words[index], self.lower[index], self.tag[index]
            opens = lower in words("opening") and (tag in _RELATIVE or (tag == "IN" and lower == "that"))
            self._bars[index] = word in STOPS or "\n\n" in word or opens
        return self._bars[index]

    def parts(self, index: int) -> bool:
        """Whether a phrase begins here, so that no noun before it is its own."""
        if index not in self._parts:
            opens = self.lower[index] in words("opening") and self.tag[index] in ("IN", "WDT", "WP", "WRB")
            self._parts[index] = self.words[index] in _APART or opens
        return self._parts[index]


@lru_cache(maxsize=2)
def marks(doc: Doc) -> Marks:
    """The marks of a Doc that nobody changes any more."""
    return Marks(doc)


def _before(column: Sequence[str], is_one: Callable[[str], bool]) -> list[int]:
    """For each index, and the one behind the last, the index behind the nearest such word before it; 0 where there is none."""
    found, last = [0], 0
    for at, word in enumerate(column, 1):
        last = at if is_one(word) else last
        found.append(last)
    return found


def _after(column: Sequence[str], is_one: Callable[[str], bool]) -> list[int]:
    """For each index, and the two behind the last, the first such word from it on; the length where there is none."""
    near = len(column)
    found = [near, near]
    for at in range(len(column) - 1, -1, -1):
        near = at if is_one(column[at]) else near
        found.append(near)
    return found[::-1]


def _is_verb(token: Token) -> bool:
    tag, word = token.tag_, token.lower_
    if word in words("no_verbs") or (word == "is" and _aside(token)):
        return False
    if tag not in VERBAL:
        return tag == "JJ" and word in words("predicates") and not _noun_follows(token) and token.i > 0 and token.nbor(-1).tag_ != "DT"
    if tag == "MD" or (word in words("marker") and (tag == "VBG" or (tag == "VBN" and word == "ended"))):
        return False
    return not (tag in ("VBN", "VBG") and modifies(token))


def _aside(token: Token) -> bool:
    """The "is" of ", that is,"."""
    return 0 < token.i < len(token.doc) - 1 and token.nbor(-1).lower_ == "that" and token.nbor(1).text == ","


def _noun_follows(token: Token) -> bool:
    return token.i + 1 < len(token.doc) and token.nbor(1).tag_.startswith("NN")


def modifies(token: Token) -> bool:
    """Whether a participle stands before the noun that it modifies ("the planned visit")."""
    if token.i == 0 or not _noun_follows(token):
        return False
    before = token.nbor(-1)
    if before.tag_ == "RB" and token.i > 1:
        before = token.nbor(-2)
    if before.tag_ == "IN" and token.tag_ == "VBN":
        return True
    return before.tag_ in ("DT", "PRP$", "JJ", "POS", "HYPH") and before.lower_ not in ("that", "those", "this")


def _happens(tag: str, word: str) -> bool:
    if not tag.startswith("NN"):
        return False
    known = words("happening")
    return (
        word in known
        or (word.endswith("s") and word[:-1] in known)
        or bool(
            len(word) > 6 and tag[:3] != "NNP" and _NOMINAL.search(word) and word not in words("thing") and word[:-1] not in words("thing")
        )
    )
