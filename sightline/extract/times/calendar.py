"""Stretches of the calendar as whole numbers: a unit and how many such units have passed.

A day is its proleptic Gregorian ordinal, a week the ISO week that begins on a Monday, a month ``12 * year + month - 1`` and so on.
Shifting is addition; going from a fine unit to a coarse one is asking for the stretch that holds a day. Years outside 1 to 9999 do
not exist here: a stretch that would leave them is ``None``.
"""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import NamedTuple

UNITS = ("day", "week", "weekend", "month", "quarter", "half", "season", "year", "decade", "century", "millennium")
#: Finer first; ``season`` counts winter, spring, summer, autumn of a year, winter being the one that begins in December of it.
SEASONS = ("SP", "SU", "FA", "WI")
_PER_YEAR = {"month": 12, "quarter": 4, "half": 2, "season": 4, "year": 1}
_YEARS = {"decade": 10, "century": 100, "millennium": 1000}
_LAST_DAY = date.max.toordinal()


class Stretch(NamedTuple):
    """One unit of the calendar: ``Stretch("month", 24276)`` is January 2023."""

    unit: str
    number: int

    def first(self) -> int:
        """Ordinal of the first day (1 is 1 January of year 1)."""
        unit, index = self
        if unit == "day":
            return index
        if unit == "week":
            return index * 7 + 1
        if unit == "weekend":
            return index * 7 + 6
        if unit in _YEARS:
            return date(max(1, index * _YEARS[unit]), 1, 1).toordinal()
        per = _PER_YEAR[unit]
        year, part = divmod(index, per)
        month = part * (12 // per) + 1
        if unit == "season":
            month += 2
        return date(year, month, 1).toordinal()

    def last(self) -> int:
        """Ordinal of the last day."""
        unit, index = self
        if unit == "day":
            return index
        if unit in ("week", "weekend"):
            return min(index * 7 + 7, _LAST_DAY)
        after = made(unit, index + 1)
        return after.first() - 1 if after else _LAST_DAY

    def value(self) -> str:
        """TIMEX3 value.

        >>> containing("quarter", day(1989, 10, 30)).value(), containing("week", day(1989, 10, 30)).value()
        ('1989-Q4', '1989-W44')
        """
        unit, index = self
        if unit == "day":
            return date.fromordinal(index).isoformat()
        if unit in ("week", "weekend"):
            year, week, _ = date.fromordinal(index * 7 + 4).isocalendar()
            return f"{year:04d}-W{week:02d}" + ("-WE" if unit == "weekend" else "")
        if unit in _YEARS:
            return str(index).zfill({"decade": 3, "century": 2, "millennium": 1}[unit])
        year, part = divmod(index, _PER_YEAR[unit])
        tail = {"month": f"-{part + 1:02d}", "quarter": f"-Q{part + 1}", "half": f"-H{part + 1}", "year": ""}
        return f"{year:04d}" + (f"-{SEASONS[part]}" if unit == "season" else tail[unit])

    def shifted(self, count: int) -> Stretch | None:
        """The stretch ``count`` units later (earlier if negative)."""
        return made(self.unit, self.number + count)

    @property
    def year(self) -> int:
        """Year in which it begins."""
        return date.fromordinal(self.first()).year


def made(unit: str, index: int) -> Stretch | None:
    """The stretch, if it lies within the years 1 to 9999."""
    if unit == "day":
        fits = 1 <= index <= _LAST_DAY
    elif unit in ("week", "weekend"):
        fits = 0 <= index <= (_LAST_DAY - 7) // 7
    elif unit in _YEARS:
        fits = 0 <= index <= 9999 // _YEARS[unit]
    else:
        per = _PER_YEAR[unit]
        fits = per <= index < 10000 * per - (unit == "season")
    return Stretch(unit, index) if fits else None


def day(year: int, month: int, number: int) -> Stretch | None:
    """That day of the calendar; ``None`` if there is none such (31 February, year 0)."""
    try:
        return Stretch("day", date(year, month, number).toordinal())
    except ValueError:
        return None


def year(number: int) -> Stretch | None:
    """That year, 1 to 9999."""
    return made("year", number)


def part(unit: str, of_year: int, number: int) -> Stretch | None:
    """The ``number``-th month, quarter, half or season (from 1) of a year."""
    per = _PER_YEAR[unit]
    if not 1 <= number <= per:
        return None
    return made(unit, of_year * per + number - 1)


def containing(unit: str, at: Stretch | None) -> Stretch | None:
    """The stretch of that unit which holds the first day of ``at``."""
    if at is None:
        return None
    ordinal = at.first()
    if unit == "day":
        return at if at.unit == "day" else Stretch("day", ordinal)
    if unit in ("week", "weekend"):
        return made(unit, (ordinal - 1) // 7)
    the = date.fromordinal(ordinal)
    if unit in _YEARS:
        return made(unit, the.year // _YEARS[unit])
    if unit == "season":
        return made(unit, (the.year * 12 + the.month - 3) // 3)
    per = _PER_YEAR[unit]
    return made(unit, the.year * per + (the.month - 1) * per // 12)


def weekday(at: Stretch) -> int:
    """1 for Monday to 7 for Sunday, of its first day."""
    return date.fromordinal(at.first()).isoweekday()


def easter(of_year: int) -> Stretch | None:
    """Western Easter Sunday (anonymous Gregorian computus, as Meeus gives it).

    >>> easter(2024).value()
    '2024-03-31'
    """
    a, b, c = of_year % 19, of_year // 100, of_year % 100
    d, e = divmod(b, 4)
    g = (8 * b + 13) // 25
    h = (19 * a + b - d - g + 15) % 30
    i, k = divmod(c, 4)
    m = (32 + 2 * e + 2 * i - h - k) % 7
    n = (a + 11 * h + 22 * m) // 451
    month, number = divmod(h + m - 7 * n + 114, 31)
    return day(of_year, month, number + 1)


def nth_weekday(of_year: int, month: int, iso_weekday: int, which: int) -> Stretch | None:
    """The ``which``-th such weekday of a month; -1 is the last."""
    if which > 0:
        begin = day(of_year, month, 1)
        if begin is None:
            return None
        return begin.shifted((iso_weekday - weekday(begin)) % 7 + 7 * (which - 1))
    whole = part("month", of_year, month)
    if whole is None:
        return None
    end = Stretch("day", whole.last())
    return end.shifted(-((weekday(end) - iso_weekday) % 7))


def midnight(ordinal: int) -> datetime:
    """Local midnight that begins the day (no zone)."""
    return datetime.combine(date.fromordinal(ordinal), time())


def begin(at: Stretch) -> datetime:
    """First second of the stretch, local."""
    return midnight(at.first())


def on(moment: datetime, seconds: float) -> datetime:
    """That many seconds later, at most the last second of year 9999 and at least the first of year 1."""
    try:
        return moment + timedelta(seconds=seconds)
    except OverflowError:
        return datetime.max.replace(microsecond=0) if seconds > 0 else datetime.min


def finish(at: Stretch) -> datetime:
    """Last second of the stretch, local."""
    return midnight(at.last()) + timedelta(seconds=86399)
