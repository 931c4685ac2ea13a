"""Numbers as news writes them: digits, words, mixtures, ranges and vague amounts."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from sightline.extract.quantities.table import Table

_DIGITS = re.compile(r"\d+(?:[,\u00a0\u202f]\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?")
_GLUED_SCALE = re.compile(r"(bn|billion|m|mn|million|k|tn|trillion)$", re.IGNORECASE)
_GLUED = {"bn": 1e9, "billion": 1e9, "m": 1e6, "mn": 1e6, "million": 1e6, "k": 1e3, "tn": 1e12, "trillion": 1e12}
_HALVES = {"half": 0.5, "quarter": 0.25, "third": 1 / 3}


class Word(NamedTuple):
    """A run of letters, a number or one other character, with its place in the text."""

    text: str
    lower: str
    start: int
    end: int


class Amount(NamedTuple):
    """A number read: its bounds and the index of the word after it."""

    low: float
    high: float
    after: int
    vague: bool = False
    plain: bool = True
    """Made of bare digits only, as a year or a label would be."""


_WORDS = re.compile(
    r"(?P<n>\d+(?:[,\u00a0\u202f]\d{3})+(?:\.\d+)?(?![\d])|\d+(?:\.\d+)?)"
    r"|(?i:km/h|m/s|u\.s\.|us\$|nz\$|hk\$|nt\$|ca\$|au\$|[acsr]\$)|°[cCfF]\b|[^\W\d_]+|[^\w\s]|_",
)


def words(text: str) -> list[Word]:
    """The text cut into runs of letters, numbers and single signs."""
    return [Word(word := match.group(), word.lower(), *match.span()) for match in _WORDS.finditer(text)]


def number(run: Sequence[Word], at: int, table: Table, *, money: bool = False) -> Amount | None:
    """The number that begins at word ``at``, or ``None``.

    Reads "1,180", "4.5", "twenty-one", "two and a half", "1.2 million", "half a million", "tens of thousands".
    ``money`` lets "5m" and "3k" stand for millions and thousands (elsewhere they are metres and nothing).
    """
    vague = _vague(run, at, table)
    if vague is not None:
        return vague
    word = run[at]
    if word.text[0].isdecimal():
        return _scaled(_digits(word.text), run, at + 1, table, money=money)
    if word.lower == "half" and at + 2 < len(run) and run[at + 1].lower in ("a", "an") and run[at + 2].lower in table.scales:
        value = 0.5 * table.scales[run[at + 2].lower]
        return Amount(value, value, at + 3, plain=False)
    if word.lower in ("a", "an", "one") and at + 1 < len(run) and run[at + 1].lower in table.scales:
        return _in_words(run, at, table)
    if word.lower in table.numerals:
        return _in_words(run, at, table)
    return None


def _digits(text: str) -> float:
    return float(re.sub(r"[,\u00a0\u202f]", "", text))


def _scaled(value: float, run: Sequence[Word], at: int, table: Table, *, money: bool) -> Amount:
    plain = True
    while at < len(run):
        lower = run[at].lower
        glued = run[at].start == run[at - 1].end
        if lower in table.scales and not (lower == "mn" and not money):
            value *= table.scales[lower]
        elif lower == "-" and glued and at + 1 < len(run) and run[at + 1].lower in table.scales:
            at += 1
            value *= table.scales[run[at].lower]
        elif money and lower in _GLUED:
            value *= _GLUED[lower]
        else:
            break
        plain = False
        at += 1
    half = _and_half(run, at)
    if half is not None:
        value += half[0]
        at, plain = half[1], False
    return Amount(value, value, at, plain=plain)


def _and_half(run: Sequence[Word], at: int) -> tuple[float, int] | None:
    """ "... and a half", "-and-a-half": what it adds and where it ends."""
    tail = [index for index in range(at, min(at + 6, len(run))) if run[index].text != "-"][:3]
    if len(tail) == 3 and [run[index].lower for index in tail[:2]] == ["and", "a"] and run[tail[2]].lower in _HALVES:
        return _HALVES[run[tail[2]].lower], tail[2] + 1
    return None


def _in_words(run: Sequence[Word], at: int, table: Table) -> Amount:
    total, part, seen = 0.0, 0.0, False
    while at < len(run):
        lower = run[at].lower
        if lower in table.numerals and not (seen and part % 10 and table.numerals[lower] < 100):
            part += table.numerals[lower]
        elif lower in ("a", "an") and not seen:
            part = 1
        elif lower == "hundred" and seen:
            part *= 100
        elif lower in table.scales and seen:
            total += part * table.scales[lower]
            part = 0
        elif lower in ("-", "and") and seen and at + 1 < len(run) and _goes_on(run, at, table, part, total):
            at += 1
            continue
        else:
            break
        seen = True
        at += 1
    value = total + part
    half = _and_half(run, at)
    if half is not None:
        value += half[0]
        at = half[1]
    return Amount(value, value, at, plain=False)


def _goes_on(run: Sequence[Word], at: int, table: Table, part: float, total: float) -> bool:
    """Whether a hyphen or "and" stands inside one number: "twenty-one", "two hundred and five"."""
    following = table.numerals.get(run[at + 1].lower)
    if run[at].lower == "-":
        tied = run[at].start == run[at - 1].end and run[at].end == run[at + 1].start
        return tied and (
            (following is not None and part % 10 == 0 and part % 100 >= 20 and following < 10) or run[at + 1].lower in table.scales
        )
    whole = (part >= 100 and part % 100 == 0) or (total > 0 and part == 0)
    return following is not None and whole


def _vague(run: Sequence[Word], at: int, table: Table) -> Amount | None:
    if run[at].lower not in table.vague_first:
        return None
    for size in range(min(3, len(run) - at), 0, -1):
        phrase = " ".join(word.lower for word in run[at : at + size])
        if phrase in table.vague:
            low, high = table.vague[phrase]
            exact = low == high and "couple" not in phrase
            if phrase in ("scores", "hundreds", "thousands", "millions", "billions", "dozens") and not _stands_for_number(run, at):
                return None
            return Amount(low, high, at + size, vague=not exact, plain=False)
    return None


def _stands_for_number(run: Sequence[Word], at: int) -> bool:
    """ "scores of people" counts; "the scores were level" does not."""
    following = run[at + 1].lower if at + 1 < len(run) else "."
    return following == "of" or (run[at].lower != "scores" and not following.isdigit())
