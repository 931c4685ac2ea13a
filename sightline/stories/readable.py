"""Times and amounts in words that an editor reads."""

from __future__ import annotations

import re

from sightline.stories.clock import MONTHS, local_day
from sightline.types import Interval, Quantity

_MINUTE = re.compile(r"\d{4}-\d\d-\d\d(?:T\d\d:\d\d.*|)$")
_WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")


def readable_interval(interval: Interval) -> str:
    """A time as an editor writes it.

    >>> from datetime import UTC, datetime
    >>> start = datetime(2023, 9, 10, tzinfo=UTC)
    >>> readable_interval(Interval(earliest=start, latest=start.replace(hour=23, minute=59, second=59), edtf="2023-09-10"))
    'Sun 10 Sep 2023'
    >>> readable_interval(Interval(edtf="2023-09-10T18:00:00+09:00/2023-09-11T05:59:59+09:00"))
    'Sun 10 Sep 2023 18:00 to Mon 11 Sep 2023 05:59'
    """
    import datetime as dates

    ends = interval.edtf.rstrip("?~%").split("/")
    if len(ends) == 2 and all(_MINUTE.match(end) for end in ends) and ends[0][:10] != ends[1][:10]:
        first, last = (readable_interval(Interval(edtf=end)) for end in ends)
        return f"{'about ' if interval.approximate else ''}{first} to {last}"
    day = local_day(interval)
    if day is not None:
        date = dates.date.fromisoformat(day)
        text = f"{_WEEKDAYS[date.weekday()]} {date.day} {MONTHS[date.month - 1]} {date.year}"
        hours = _hours(interval.edtf)
        if hours:
            text = f"{text} {hours}"
        return f"about {text}" if interval.approximate else text
    if interval.edtf not in ("", ".."):
        return interval.edtf
    earliest = interval.earliest.date().isoformat() if interval.earliest else "open"
    latest = interval.latest.date().isoformat() if interval.latest else "open"
    return f"{earliest} to {latest}"


def _hours(edtf: str) -> str:
    """ "12:00-18:00" of an EDTF interval within one day, "13:00" of an instant, "" of a day."""
    start, _, end = edtf.rstrip("?~%").partition("/")
    if "T" not in start:
        return ""
    first = _clock(start.partition("T")[2])
    last = _clock(end.partition("T")[2] if "T" in end else end) if end else ""
    return f"{first}-{last}" if last and last != first else first


def _clock(text: str) -> str:
    digits = text.partition("Z")[0].partition("+")[0]
    parts = digits.split(":")
    if not parts[0].isdigit():
        return ""
    return f"{parts[0]}:{parts[1] if len(parts) > 1 else '00'}"


def readable_quantity(quantity: Quantity) -> str:
    """An amount with its normal unit.

    >>> from sightline.types import Span
    >>> readable_quantity(Quantity(span=Span(0, 1), text="", low=700, high=700, unit="km", dimension="distance", approximate=True))
    'about 700 km'
    >>> readable_quantity(Quantity(span=Span(0, 1), text="", low=2.3e9, high=2.3e9, unit="EUR", dimension="money"))
    '2.3 billion EUR'
    """
    low, high = quantity.low, quantity.high
    unit = _UNITS.get(quantity.unit, f" {quantity.unit}")
    if quantity.dimension == "duration" and quantity.unit == "s":
        low, high, unit = _span_of_time(low, high)
    amount = _number(low) if low == high else f"{_number(low)} to {_number(high)}"
    sign = {"<": "under ", ">": "over ", "<=": "at most ", ">=": "at least "}.get(quantity.comparator, "")
    about = "about " if quantity.approximate and not sign else ""
    counted = f" {_several(quantity.of) if high != 1 else quantity.of}" if quantity.dimension == "count" and quantity.of else ""
    return f"{about}{sign}{amount}{unit}{counted}"


_UNITS = {"count": "", "percent": "%", "magnitude": "", "a": " years"}
"""How units are written behind their number; others stand as they are."""


def _number(value: float) -> str:
    """A number as a newspaper writes it.

    >>> _number(20.0), _number(4.25), _number(310000.0), _number(2.4e9)
    ('20', '4.25', '310,000', '2.4 billion')
    """
    for size, name in ((1e12, "trillion"), (1e9, "billion"), (1e6, "million")):
        if abs(value) >= size:
            return f"{value / size:.6g} {name}"
    return f"{value:,.0f}" if value == round(value) and abs(value) >= 10_000 else f"{value:g}"


_NOT_MEN = ("human", "german", "roman", "norman", "ottoman", "talisman", "shaman", "caiman")
_IRREGULAR = {
    "man": "men",
    "woman": "women",
    "child": "children",
    "person": "people",
    "people": "people",
    "police": "police",
    "crew": "crew",
    "staff": "staff",
    "personnel": "personnel",
    "aircraft": "aircraft",
    "troops": "troops",
    "dead": "dead",
}


def _several(noun: str) -> str:
    """The plural of what is counted.

    >>> _several("worker"), _several("body"), _several("people"), _several("fisherman")
    ('workers', 'bodies', 'people', 'fishermen')
    """
    head, _, last = noun.rpartition(" ")
    if last in _IRREGULAR:
        plural = _IRREGULAR[last]
    elif last.endswith("man") and not last.lower().endswith(_NOT_MEN):
        plural = f"{last[:-3]}men"
    elif last.endswith("y") and last[-2:-1] not in "aeiou":
        plural = f"{last[:-1]}ies"
    elif last.endswith(("ch", "sh", "x", "ss")):
        plural = f"{last}es"
    else:
        plural = last if last.endswith("s") else f"{last}s"
    return f"{head} {plural}" if head else plural


_YEAR = 365.2425 * 86400.0


def _span_of_time(low: float, high: float) -> tuple[float, float, str]:
    for seconds, unit in ((_YEAR, " years"), (_YEAR / 12, " months")):
        # A sentence of four years is not one of 1461 days.
        if all(round(bound / seconds) >= 1 and abs(bound / seconds - round(bound / seconds)) < 0.01 for bound in (low, high)):
            first, last = round(low / seconds), round(high / seconds)
            return float(first), float(last), unit if last != 1 else unit.rstrip("s")
    for seconds, unit in ((86400.0, " days"), (3600.0, " hours"), (60.0, " minutes")):
        if low >= 2 * seconds or (low >= seconds and low % seconds == 0):
            return round(low / seconds, 2), round(high / seconds, 2), unit if high != seconds else unit.rstrip("s")
    return low, high, " seconds"
