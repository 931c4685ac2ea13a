"""Numbers in figures and words, with halves: what stands before a unit of time."""

from __future__ import annotations

from typing import NamedTuple

from sightline.extract.times.draft import vague
from sightline.extract.times.scan import Match


class Amount(NamedTuple):
    """How many: exactly (``low == high``), between, or uncounted (``counted`` false, then the vague table's range)."""

    low: float
    high: float
    counted: bool


def amount(match: Match, first: int, last: int) -> Amount:
    """The amount that the words from ``first`` to ``last`` (exclusive) name; 1 when they name none ("a year")."""
    totals: list[float] = []
    total: float | None = None
    group = 0.0
    half = 0.0
    for index in range(first, last):
        kind, value = match.kind(index), match.words.values[index]
        if kind in ("DIG", "NUM", "YEAR", "NUMWORD") and isinstance(value, int):
            joined = total is not None and kind == "NUMWORD" and _joins(group, value)
            if total is not None and not joined:
                totals.append(total + group + half)
                total, group, half = 0.0, 0.0, 0.0
            total = total or 0.0
            group += value
        elif kind == "DECIMAL":
            total, group = 0.0, float(str(value))
        elif kind == "FRAC" and isinstance(value, tuple) and value[1]:
            total, half = total or 0.0, value[0] / value[1]
        elif kind == "HUNDRED" and isinstance(value, int):
            scaled = (group or 1.0) * value
            total = total or 0.0
            if value >= 1000:
                total, group = total + scaled, 0.0
            else:
                group = scaled
        elif kind == "HALF":
            total, half = total or 0.0, half + 0.5
        elif kind == "QUARTER":
            total, half = total or 0.0, half + 0.25
        elif kind == "SEVERAL" and match.word(index) == "couple":
            total, group = total or 0.0, 2.0
        elif kind in ("SEVERAL", "HUNDREDS", "SOME"):
            word = match.word(index)
            if kind != "SOME" or total is None:
                least, most = vague()["count"].get(word, vague()["count"]["several"])
                counted_on = any(match.kind(later) in ("DIG", "NUM", "NUMWORD", "YEAR") for later in range(index + 1, last))
                if not counted_on:
                    return Amount(float(least), float(most), False)
    if total is not None:
        totals.append(total + group + half)
    if not totals:
        return Amount(1.0, 1.0, True)
    return Amount(totals[0], max(totals[0], totals[-1]), True)


def _joins(group: float, value: int) -> bool:
    """Whether a number word goes on with the number before it ("twenty-one", "hundred and five")."""
    if group == 0:
        return True
    return (group % 100 == 0 and group >= 100) or (group % 10 == 0 and group % 100 >= 20 and value < 10)


def spoken_year(match: Match, first: int, last: int) -> int | None:
    """A year read aloud: "nineteen ninety-six", "twenty ten", "two thousand and one"; ``None`` for other numbers."""
    values = [value for value in match.words.values[first:last] if isinstance(value, int)]
    kinds = [match.kind(index) for index in range(first, last) if isinstance(match.words.values[index], int)]
    if "HUNDRED" in kinds:
        if len(values) >= 2 and values[:2] == [2, 1000]:
            return 2000 + sum(values[2:])
        return None
    if len(values) < 2 or not 11 <= values[0] <= 20:
        return None
    rest = values[1:]
    if len(rest) == 2 and (rest[0] % 10 or rest[0] < 20 or rest[1] >= 10):
        return None
    if len(rest) > 2 or (len(rest) == 1 and rest[0] < 10):
        return None
    return values[0] * 100 + sum(rest)
