"""The part of the Extended Date/Time Format (ISO 8601-2, levels 0 to 2) that Sightline writes, and its reader.

Written and read: days, months, years, seasons (21 to 24), quarters (33 to 36), halves (40, 41), decades and centuries (``198X``,
``19XX``), seconds of a day with or without an offset, intervals of these, open ends (``..``), and the flags ``~``, ``?`` and ``%``.
A season is a stretch of three months, northern summer being June to August; EDTF itself leaves that open.
"""

from __future__ import annotations

import re
from datetime import datetime
from typing import NamedTuple

from sightline.extract.times.calendar import Stretch, begin, day, finish, made, part

OPEN = ".."
Bound = Stretch | datetime | None
"""A stretch, an instant in local time (or aware, where an offset was written), or an open end."""

_GROUPS = {21: ("season", 1), 22: ("season", 2), 23: ("season", 3), 24: ("season", 4), 40: ("half", 1), 41: ("half", 2)} | {
    33 + number: ("quarter", number + 1) for number in range(4)
}
_SHAPE = re.compile(
    r"(?P<century>\d\d)XX|(?P<decade>\d{3})X|(?P<millennium>\d)XXX"
    r"|(?P<year>\d{4})(?:-(?P<month>\d\d)(?:-(?P<day>\d\d)(?:T(?P<time>\d\d:\d\d:\d\d)(?P<offset>Z|[+-]\d\d:\d\d)?)?)?)?"
)


class Reading(NamedTuple):
    """What an EDTF text says: its two bounds and its flags."""

    start: Bound
    end: Bound
    approximate: bool = False
    uncertain: bool = False


def written(bound: Bound) -> str:
    """One bound as EDTF; a week or weekend is no EDTF unit and gives its first day.

    >>> written(part("quarter", 1998, 2)), written(made("decade", 198)), written(None)
    ('1998-34', '198X', '..')
    """
    if bound is None:
        return OPEN
    if isinstance(bound, datetime):
        return bound.isoformat(timespec="seconds").replace("+00:00", "Z")
    unit, index = bound
    if unit == "season":
        return f"{index // 4:04d}-{21 + index % 4}"
    if unit == "quarter":
        return f"{index // 4:04d}-{33 + index % 4}"
    if unit == "half":
        return f"{index // 2:04d}-{40 + index % 2}"
    if unit in ("decade", "century", "millennium"):
        return bound.value().ljust(4, "X")
    if unit in ("week", "weekend"):
        return Stretch("day", bound.first()).value()
    return bound.value()


def formatted(start: Bound, end: Bound, *, approximate: bool = False, uncertain: bool = False) -> str:
    """An interval as EDTF: one date where both bounds are the same, else ``start/end``; open on both sides is ``..``."""
    flag = "%" if approximate and uncertain else "~" if approximate else "?" if uncertain else ""
    if start is None and end is None:
        return OPEN
    if start == end and not (isinstance(start, Stretch) and start.unit in ("week", "weekend")):
        return written(start) + flag
    if isinstance(end, Stretch) and end.unit in ("week", "weekend"):
        end = Stretch("day", end.last())
    return "/".join(written(bound) + (flag if bound is not None else "") for bound in (start, end))


def parsed(text: str) -> Reading:
    """Reads what :func:`formatted` writes.

    Raises:
        ValueError: for other text, or a date that the calendar does not have.

    >>> parsed("2019/..").end is None, parsed("2020-01~/2020-03~").approximate
    (True, True)
    """
    pieces = text.split("/")
    if len(pieces) > 2:
        raise ValueError(f"not an EDTF interval: {text!r}")
    flags = {piece[-1] for piece in pieces if piece and piece[-1] in "~?%"}
    bounds = [_bound(piece.rstrip("~?%")) for piece in pieces]
    return Reading(bounds[0], bounds[-1], bool(flags & {"~", "%"}), bool(flags & {"?", "%"}))


def _bound(text: str) -> Bound:
    if text in (OPEN, ""):
        return None
    shape = _SHAPE.fullmatch(text)
    if shape is None:
        raise ValueError(f"not EDTF that Sightline writes: {text!r}")
    got = shape.groupdict()
    for unit in ("decade", "century", "millennium"):
        if got[unit] is not None:
            return _sure(made(unit, int(got[unit])), text)
    if got["time"]:
        return datetime.fromisoformat(text.replace("Z", "+00:00"))
    number = int(got["year"])
    if got["day"]:
        return _sure(day(number, int(got["month"]), int(got["day"])), text)
    if not got["month"]:
        return _sure(made("year", number), text)
    unit, which = _GROUPS.get(int(got["month"]), ("month", int(got["month"])))
    return _sure(part(unit, number, which), text)


def _sure(stretch: Stretch | None, text: str) -> Stretch:
    if stretch is None:
        raise ValueError(f"the calendar has no {text!r}")
    return stretch


def edges(reading: Reading) -> tuple[datetime | None, datetime | None]:
    """First and last second, local (aware where an offset was written)."""
    start = begin(reading.start) if isinstance(reading.start, Stretch) else reading.start
    end = finish(reading.end) if isinstance(reading.end, Stretch) else reading.end
    return start, end
