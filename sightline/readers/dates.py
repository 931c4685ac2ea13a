"""Publication dates as metadata writes them."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta, timezone
from email.utils import parsedate_to_datetime

from sightline.types import Interval, Publication

_ISO = re.compile(
    r"""^\s*(?P<year>\d{4})(?:-?(?P<month>\d{2})(?:-?(?P<day>\d{2})
    (?:[T\s]+(?P<hour>\d{1,2}):(?P<minute>\d{2})(?::(?P<second>\d{2})(?:[.,]\d+)?)?\s*(?P<zone>Z|[+-]\d{2}:?\d{2}|[A-Z]{2,5})?)?)?)?
    \s*(?:\(.*\))?\s*$""",
    re.VERBOSE,
)
_BRACKETED = re.compile(r"\s*(\d{4}-\d{2})\s*\((\d{1,2})(?:\s*[-–]\s*(\d{1,2}))?\)\s*$")
"""A month whose day somebody worked out and put in brackets."""
_BETWEEN = re.compile(r"\s*(\d{4}-\d{2}-\d{2})\s*/\s*(\d{2}|\d{2}-\d{2}|\d{4}-\d{2}-\d{2})\s*$")
_ZONE_HOURS = {
    "Z": 0.0,
    "UTC": 0.0,
    "GMT": 0.0,
    "KST": 9.0,
    "JST": 9.0,
    "MSK": 3.0,
    "CET": 1.0,
    "CEST": 2.0,
    "BST": 1.0,
    "EST": -5.0,
    "EDT": -4.0,
    "CST": -6.0,
    "CDT": -5.0,
    "PST": -8.0,
    "PDT": -7.0,
    "IST": 5.5,
    "HKT": 8.0,
    "SGT": 8.0,
    "AEST": 10.0,
}
"""Hours ahead of UTC of the abbreviations that news pages use (RFC 5322 and common practice; IST read as India's)."""


def _offset(zone: str | None) -> timezone | None:
    if zone is None:
        return None
    if zone in _ZONE_HOURS:
        return timezone(timedelta(hours=_ZONE_HOURS[zone]))
    digits = re.fullmatch(r"([+-])(\d{2}):?(\d{2})", zone)
    if digits is None:
        return None
    minutes = int(digits[2]) * 60 + int(digits[3])
    if minutes >= 24 * 60:
        raise ValueError(f"{zone} is no offset from UTC")
    return timezone(timedelta(minutes=minutes if digits[1] == "+" else -minutes))


def _instant(moment: datetime, method: str, confidence: float, zone: timezone | None, *, to_the_second: bool) -> Publication:
    aware = moment.replace(tzinfo=zone or UTC).astimezone(UTC)
    latest = aware if to_the_second else aware + timedelta(seconds=59)
    value = aware.strftime("%Y-%m-%dT%H:%M:%SZ")
    interval = Interval(earliest=aware, latest=latest, edtf=value, zone="UTC", zone_origin="text" if zone else None)
    return Publication(value=value, interval=interval, method=method, confidence=confidence)


def _calendar(year: int, month: int | None, day: int | None, method: str, confidence: float) -> Publication:
    first = datetime(year, month or 1, day or 1, tzinfo=UTC)
    if day is not None:
        after, value = first + timedelta(days=1), f"{year:04d}-{month:02d}-{day:02d}"
    elif month is not None:
        after, value = datetime(year + month // 12, month % 12 + 1, 1, tzinfo=UTC), f"{year:04d}-{month:02d}"
    else:
        after, value = datetime(year + 1, 1, 1, tzinfo=UTC), f"{year:04d}"
    interval = Interval(earliest=first, latest=after - timedelta(seconds=1), edtf=value)
    return Publication(value=value, interval=interval, method=method, confidence=confidence)


def _stretch(start: str, end: str, method: str, confidence: float) -> Publication:
    """Of "2023-09-20/22": somewhere from the first day to the last; an end that is short takes its beginning from the start."""
    first = parse_publication(start, method, confidence)
    last = parse_publication(start[: len(start) - len(end)] + end, method, confidence)
    value = f"{first.value}/{last.value}"
    interval = Interval(earliest=first.interval.earliest, latest=last.interval.latest, edtf=value)
    return Publication(value=value, interval=interval, method=method, confidence=confidence)


def parse_publication(text: str, method: str, confidence: float = 1.0) -> Publication:
    """The publication time that a metadata field gives: ISO 8601 (to the year, month, day, minute or
    second; two days with a slash between) or RFC 5322. A day in brackets after a month was worked out by whoever wrote it: it is
    taken, with half the confidence.

    A time without a zone is taken as UTC with no zone's origin.

    Raises:
        ValueError: when the text is no date of the calendar between the years 1000 and 9998.

    >>> parse_publication("2023-09-11", "metadata").value, parse_publication("2019-04-24 13:00 KST", "metadata").value
    ('2023-09-11', '2019-04-24T04:00:00Z')
    """
    try:
        between = _BETWEEN.match(text)
        if between is not None:
            return _stretch(between[1], between[2], method, confidence)
        bracketed = _BRACKETED.match(text)
        if bracketed is not None:
            first, last = (f"{bracketed[1]}-{int(day or bracketed[2]):02d}" for day in (bracketed[2], bracketed[3]))
            return parse_publication(first if first == last else f"{first}/{last}", method, confidence / 2)
        found = _ISO.match(text)
        if found is not None:
            year = int(found["year"])
            if not 1000 <= year <= 9998:
                raise ValueError(f"the year {year} is out of range")
            month, day = (int(found[name]) if found[name] else None for name in ("month", "day"))
            if found["hour"] is None:
                return _calendar(year, month, day, method, confidence)
            second = found["second"]
            moment = datetime(year, month or 1, day or 1, int(found["hour"]), int(found["minute"]), int(second or 0))
            return _instant(moment, method, confidence, _offset(found["zone"]), to_the_second=second is not None)
        parsed = parsedate_to_datetime(text)
        if not 1000 <= parsed.year <= 9998:
            raise ValueError(f"the year {parsed.year} is out of range")
        zone = parsed.tzinfo or UTC
        return _instant(parsed.replace(tzinfo=zone).astimezone(UTC).replace(tzinfo=None), method, confidence, UTC, to_the_second=True)
    except (ValueError, TypeError, OverflowError, IndexError) as error:
        raise ValueError(f"{text[:40]!r} is no date ({error})") from error
