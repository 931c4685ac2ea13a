"""Sentence ends that writing settles before any tree is read.

No sentence ends after an abbreviation that goes on (*Gen. Abe*, *5:15 a.m. Moscow time*, *J. D. Moss*, *No. 10*); a quotation mark
that closes right after final punctuation belongs to the sentence before it; after a full stop in it, a word with a capital starts the next one. No
sentence starts with a small letter right after a word or a comma. All else is left to the parser. The words are in ``data/abbreviations.toml``.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from sightline.language.paragraphs import mark
from sightline.language.words import texts

if TYPE_CHECKING:
    from spacy.tokens import Doc

_FILE = Path(__file__).parent / "data" / "abbreviations.toml"
_FINAL = frozenset(".!?")
_CLOSING = frozenset({'"', "”", "’’", "''", "»", "’", "'"})


@dataclass(frozen=True)
class Words:
    """The word lists of ``data/abbreviations.toml``; see there."""

    titles: frozenset[str]
    numbered: frozenset[str]
    inner: frozenset[str]
    before_small: frozenset[str]
    states: frozenset[str]
    after_states: frozenset[str]
    clocks: frozenset[str]
    after_clocks: frozenset[str]
    time_words: frozenset[str]
    lettered: frozenset[str]
    before_names: frozenset[str]
    starters: frozenset[str]
    openers: frozenset[str]
    endings: frozenset[str]


@lru_cache(maxsize=1)
def words() -> Words:
    """The word lists, read once."""
    with _FILE.open("rb") as file:
        return Words(**{name: frozenset(entries) for name, entries in tomllib.load(file).items()})


def preset(doc: Doc) -> Doc:
    """Mark in ``doc`` what writing settles; what is marked already stays."""
    own = texts(doc)
    spaced: list[bool] = doc.to_array("SPACY").astype(bool).tolist()
    marks = doc.to_array("SENT_START")
    return mark(doc, {place: starts for place, starts in settled(own, spaced).items() if marks[place] == 0})


def settled(texts: list[str], spaced: list[bool]) -> dict[int, bool]:
    """For words and whether a space follows each: which words surely start a sentence (True) or surely don't (False).

    >>> settled(["Gen.", "Abe", "left", ".", '"', "He"], [True, True, False, False, True, False])
    {1: False, 2: False, 4: False, 5: True}
    """
    found: dict[int, bool] = {}
    for at, text in enumerate(texts):
        if text in _CLOSING and at:
            _after_quote(texts, spaced, at, found)
        elif text.endswith(".") and at + 1 < len(texts):
            _after_stop(texts, spaced, at, found)
        elif at + 1 < len(texts) and (text == "," or text[-1:].isalnum()) and texts[at + 1][:1].islower() and texts[at + 1] != "i":
            found[at + 1] = False
    return found


def _after_quote(texts: list[str], spaced: list[bool], at: int, found: dict[int, bool]) -> None:
    """A mark that closes: right after final punctuation, before a space or the end."""
    before = texts[at - 1]
    last = at + 1 == len(texts)
    if before not in _FINAL or spaced[at - 1] or not (last or spaced[at] or texts[at + 1].isspace()):
        return
    found[at] = False
    following = at + 1 if not last and not texts[at + 1].isspace() else at + 2
    if following < len(texts) and (texts[following] in words().openers or (before == "." and texts[following][:1].isupper())):
        found[following] = True


def _after_stop(texts: list[str], spaced: list[bool], at: int, found: dict[int, bool]) -> None:
    """The word after a full stop that belongs to an abbreviation."""
    first = at
    if texts[at] == ".":
        if not at or spaced[at - 1]:
            return
        first = at - 1
    abbreviation = (texts[first] + "." if first < at else texts[at])[:-1]
    before = texts[first - 1] if first else ""
    after = texts[at + 1]
    beyond = texts[at + 2 : at + 4]
    lists = words()
    if _goes_on(abbreviation, before, after, beyond, lists):
        found[at + 1] = False
    elif after in lists.openers and abbreviation in lists.before_small | lists.endings:
        found[at + 1] = True
    else:
        return
    if first < at:
        found[at] = False


def _goes_on(short: str, before: str, after: str, beyond: list[str], lists: Words) -> bool:
    """True if the sentence surely goes on after the abbreviation ``short``."""
    capital = after[:1].isupper()
    if short in lists.inner:
        return True
    if short in lists.titles:
        return capital and after not in lists.starters
    if short in lists.numbered:
        return after[:1].isdigit()
    if len(short) == 1 and short.isupper() and short != "I":
        named = before[:1].isupper() or before in lists.before_names or (len(beyond) > 0 and _initial(after, beyond[0]))
        return capital and named and before not in lists.lettered and after not in lists.starters
    if short in lists.clocks and (after in lists.after_clocks or (capital and lists.time_words.intersection(beyond))):
        return True
    if short in lists.states and after in lists.after_states:
        return True
    return short in lists.before_small and after[:1].islower()


def _initial(word: str, after: str) -> bool:
    """True for *J.*, as one word or two."""
    return word[:1].isupper() and (word[1:] == "." or (len(word) == 1 and after == "."))
