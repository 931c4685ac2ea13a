"""Reads a number with its unit and the words that qualify it, wherever one may begin."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import NamedTuple

from sightline.extract.quantities.numbers import Amount, Word, number
from sightline.extract.quantities.table import Table, Unit

DASHES = ("-", "–", "—", "−")
_LONGEST_UNIT = 3


class Found(NamedTuple):
    """A number with its unit: word indices, bounds in the unit as written, and how the number is meant."""

    first: int
    after: int
    low: float
    high: float
    unit: Unit | None
    mark: str
    approximate: bool
    plain: bool
    adjective: bool
    stated: str | None


def read_amount(run: Sequence[Word], at: int, knowledge: Table) -> Found | None:
    """The amount that begins at word ``at``, or ``None``."""
    word = run[at]
    if not may_begin(word, knowledge) or _inside_name(run, at):
        return None
    share = _fraction(run, at, knowledge)
    if share is not None:
        return marked(
            run,
            at,
            share[1],
            Amount(share[0], share[0], share[1], plain=False),
            Unit("share", "percent", 1.0),
            "fraction",
            False,
            knowledge,
        )
    symbol = knowledge.symbols.get(word.lower)
    if symbol is not None:
        if at + 1 >= len(run) or not run[at + 1].text[0].isdecimal():
            return None
        amount = range_at(run, at + 1, knowledge, money=True)
        if amount is None:
            return None
        return marked(run, at, amount.after, amount, Unit("money", symbol, 1.0), word.text, False, knowledge)
    magnitude = word.lower == "magnitude"
    if magnitude:
        after = at + 2 if at + 1 < len(run) and run[at + 1].text in DASHES else at + 1
        if after < len(run) and run[after].text[0].isdecimal():
            amount = number(run, after, knowledge)
            if amount is not None:
                return marked(run, at, amount.after, amount, Unit("magnitude", "magnitude", 1.0), "magnitude", False, knowledge)
        return None
    amount = range_at(run, at, knowledge, money=False) or _one_unit(run, at, knowledge)
    if amount is None:
        return None
    tied = run[amount.after : amount.after + 2]
    if len(tied) == 2 and tied[0].text in DASHES and tied[1].lower == "magnitude":
        return marked(run, at, amount.after + 2, amount, Unit("magnitude", "magnitude", 1.0), "magnitude", False, knowledge)
    tail = knowledge.after.get(" ".join(word.lower for word in run[amount.after : amount.after + 2]))
    unit, after, adjective, stated = unit_at(run, amount.after + 2 if tail else amount.after, knowledge)
    if tail and unit is not None:
        found = marked(run, at, after, amount, unit, stated, adjective, knowledge)
        return found._replace(approximate=True) if tail == "~" else found._replace(mark=tail)
    if tail:
        after, adjective, stated = amount.after, False, None
    return marked(run, at, after, amount, unit, stated, adjective, knowledge)


def _one_unit(run: Sequence[Word], at: int, knowledge: Table) -> Amount | None:
    """ "half an hour", "an hour and a half", "half a mile"; a bare "an hour" is no amount (it may be a rate)."""
    lowers = [word.lower for word in run[at : at + 5]]
    if lowers[0] == "half" and lowers[1:2] in (["a"], ["an"]) and lowers[2:3] and lowers[2] in knowledge.units:
        return Amount(0.5, 0.5, at + 2, plain=False)
    if lowers[0] in ("a", "an") and lowers[2:5] == ["and", "a", "half"] and lowers[1] in knowledge.units:
        return Amount(1.0, 1.0, at + 1, plain=False)
    return None


_OPENING = frozenset(("a", "an", "half", "magnitude", "between", "from", "one", "two", "three", "four"))


def may_begin(word: Word, knowledge: Table) -> bool:
    """Whether an amount may begin with a word."""
    lower = word.lower
    return (
        lower in _OPENING
        or lower in knowledge.numerals
        or word.text[0].isdecimal()
        or lower in knowledge.symbols
        or lower in knowledge.vague_first
    )


def _fraction(run: Sequence[Word], at: int, knowledge: Table) -> tuple[float, int] | None:
    """ "a third of", "two-thirds of": percent and the word after."""
    for size in (3, 2, 1):
        if at + size >= len(run):
            continue
        phrase = (
            "".join(word.text if word.text == "-" else f" {word.text}" for word in run[at : at + size]).replace("- ", "-").strip().lower()
        )
        value = knowledge.fractions.get(phrase)
        if value is not None and run[at + size].lower == "of":
            return value, at + size
    return None


def range_at(run: Sequence[Word], at: int, knowledge: Table, *, money: bool) -> Amount | None:
    """A number or two of them: "20 to 25", "between 20 and 25", "20-25", "21 or 22"."""
    start = at
    joiners: tuple[str, ...] = ("to", "or", *DASHES)
    if run[at].lower in ("between", "from"):
        start, joiners = at + 1, ("and",) if run[at].lower == "between" else ("to",)
        if start >= len(run):
            return None
    if run[start].lower in knowledge.symbols and start + 1 < len(run):
        start, money = start + 1, True
    first = number(run, start, knowledge, money=money)
    if first is None:
        return None
    middle = first.after
    opened = start != at and run[at].lower in ("between", "from")
    unit_between, beyond, _, _ = unit_at(run, middle, knowledge)
    if opened and unit_between is not None and beyond < len(run) and run[beyond].lower in joiners:
        middle = beyond
    if middle + 1 < len(run) and run[middle].lower in joiners:
        second_at = middle + 1 + (1 if run[middle + 1].lower in knowledge.symbols and money else 0)
        second = number(run, second_at, knowledge, money=money) if second_at < len(run) else None
        if second is not None and second.high > first.low and not _clock(run, second_at, second.after):
            low = first.low
            if not second.plain and first.low < 1000 <= second.high:
                scale = 10 ** (3 * int(math.log10(second.high) // 3))
                low = first.low * scale if first.low * scale <= second.high else first.low
            return Amount(low, second.high, second.after, first.vague or second.vague, plain=False)
    return None if opened else first


def unit_at(run: Sequence[Word], at: int, knowledge: Table) -> tuple[Unit | None, int, bool, str | None]:
    """The unit from word ``at`` on, the word after it, and whether it was tied by a hyphen ("20-hour")."""
    adjective = False
    if at + 1 < len(run) and run[at].text in DASHES and run[at].start == run[at - 1].end and run[at + 1].start == run[at].end:
        at, adjective = at + 1, True
    if at >= len(run) or run[at].lower not in knowledge.unit_first:
        return None, at - adjective, False, None
    for size in range(min(_LONGEST_UNIT, len(run) - at), 0, -1):
        phrase = " ".join(word.lower for word in run[at : at + size])
        unit = knowledge.units.get(phrase)
        if unit is None:
            continue
        if len(phrase) == 1 and phrase in "mcf" and not _short_unit(run, at):
            return None, at - adjective, False, None
        after = at + size
        speed = _per_hour(run, after, unit)
        if speed is not None:
            return speed[0], speed[1], adjective, phrase + " per hour"
        return unit, after, adjective, phrase
    return None, at - adjective, False, None


def _short_unit(run: Sequence[Word], at: int) -> bool:
    """A lone letter is a unit only right after its number, in the case that units are written in."""
    return run[at].text in ("m", "C", "F") and run[at].start - run[at - 1].end <= 1


def _per_hour(run: Sequence[Word], at: int, unit: Unit) -> tuple[Unit, int] | None:
    if unit.dimension != "distance" or at + 1 >= len(run) or run[at].lower not in ("per", "an", "a", "/"):
        return None
    hours = {"hour": 1.0, "h": 1.0, "second": 3600.0, "s": 3600.0, "minute": 60.0}.get(run[at + 1].lower)
    if hours is None:
        return None
    return Unit("speed", "km/h", unit.factor * hours), at + 2


def marked(
    run: Sequence[Word], at: int, after: int, amount: Amount, unit: Unit | None, stated: str | None, adjective: bool, knowledge: Table
) -> Found:
    """Adds the words that qualify the number: "around", "more than", "or so"."""
    first, mark, approximate = at, "=", amount.vague
    while True:
        for size in (4, 3, 2, 1):
            begin = first - size
            if begin < 0:
                continue
            sign = knowledge.before.get(" ".join(word.lower for word in run[begin:first]))
            if sign is not None and not (sign == ">" and size == 1 and begin and run[begin - 1].lower in ("flew", "flying", "all")):
                first = begin
                if sign == "~":
                    approximate = True
                elif mark == "=":
                    mark = sign
                break
        else:
            break
    if first and run[first - 1].text == "~":
        first, approximate = first - 1, True
    for size in range(min(3, len(run) - after), 1, -1):
        sign = knowledge.after.get(" ".join(word.lower for word in run[after : after + size]))
        if sign is not None:
            after += size
            if sign == "~":
                approximate = True
            else:
                mark = sign
            break
    if after < len(run) and run[after].text == "+" and run[after].start == run[after - 1].end:
        after, mark = after + 1, ">="
    return Found(first, after, amount.low, amount.high, unit, mark, approximate, amount.plain, adjective, stated)


def _inside_name(run: Sequence[Word], at: int) -> bool:
    """ "Su-35", "Covid-19", "SPAR19", "No. 7", "10:40", "11.09.2023", "A/320" hold no quantity."""
    word = run[at]
    if at == 0 or not word.text[0].isdecimal():
        return False
    before = run[at - 1]
    if before.end == word.start:
        if before.text[-1].isalpha() or before.text in (":", "#", "_", "."):
            return True
        if (before.text in DASHES or before.text == "/") and at > 1 and run[at - 2].end == before.start:
            return True
    if (
        at + 1 < len(run)
        and run[at + 1].start == word.end
        and run[at + 1].text == ":"
        and at + 2 < len(run)
        and run[at + 2].text[0].isdecimal()
    ):
        return True
    return before.lower in ("no", "number", "article", "flight", "route", "chapter", "channel", "page", "section", "resolution")


def _clock(run: Sequence[Word], at: int, after: int) -> bool:
    if after < len(run) and run[after].text == ":" and run[after].start == run[after - 1].end:
        return True
    return (
        after < len(run)
        and run[after].lower in ("am", "pm", "a", "p", "o")
        and after + 1 < len(run)
        and run[after + 1].text in (".", "'", "’")
    )
