"""From bounds in local time to an Interval in UTC, and from its EDTF back again."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta, timezone, tzinfo
from functools import lru_cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from sightline.extract.times.calendar import Stretch
from sightline.extract.times.edtf import Bound, Reading, edges, formatted, parsed
from sightline.types import Interval

_FIRST = datetime.min.replace(tzinfo=UTC)
_LAST = datetime.max.replace(microsecond=0, tzinfo=UTC)
_OFFSET = re.compile(r"([+-])(\d\d):?(\d\d)$")


@lru_cache(maxsize=512)
def zone_of(name: str | None) -> tzinfo:
    """The zone of an IANA name or an offset such as ``+09:00``; UTC for ``None`` and for names that are unknown."""
    if name is None:
        return UTC
    offset = _OFFSET.match(name)
    if offset:
        sign = -1 if offset[1] == "-" else 1
        hours, minutes = int(offset[2]), int(offset[3])
        return timezone(sign * timedelta(hours=hours, minutes=minutes)) if hours < 24 and minutes < 60 else UTC
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return UTC


def utc(instant: datetime, zone: str | None) -> datetime:
    """A local instant in UTC, held within the years 1 to 9999."""
    try:
        aware = instant if instant.tzinfo is not None else instant.replace(tzinfo=zone_of(zone))
        return aware.astimezone(UTC)
    except (OverflowError, ValueError):
        return _FIRST if instant.year < 5000 else _LAST


def interval(
    start: Bound,
    end: Bound,
    *,
    zone: str | None = None,
    origin: str | None = None,
    approximate: bool = False,
    uncertain: bool = False,
    vague: bool = False,
) -> Interval:
    """The interval from ``start`` to ``end`` (both included), in the local time of ``zone``.

    An interval whose bounds are the wrong way round is given as open on both sides: nothing is known.
    """
    bounds = [_aware(bound, zone) for bound in (start, end)]
    first, last = edges(Reading(bounds[0], bounds[1]))
    earliest = utc(first, zone) if first is not None else None
    latest = utc(last, zone) if last is not None else None
    if earliest is not None and latest is not None and latest < earliest:
        bounds, earliest, latest = [None, None], None, None
    text = formatted(bounds[0], bounds[1], approximate=approximate, uncertain=uncertain)
    return Interval(
        earliest=earliest, latest=latest, edtf=text, approximate=approximate, uncertain=uncertain, vague=vague, zone=zone,
        zone_origin=origin,
    )  # fmt: skip


def _aware(bound: Bound, zone: str | None) -> Bound:
    """An instant with its offset, where the zone is known and has whole minutes (EDTF writes no seconds of an offset)."""
    if isinstance(bound, Stretch) or bound is None or bound.tzinfo is not None or zone is None:
        return bound
    try:
        aware = bound.replace(tzinfo=zone_of(zone))
        offset = aware.utcoffset()
        if offset is None or offset.total_seconds() % 60:
            return bound
        aware.astimezone(UTC)
    except (OverflowError, ValueError):
        return bound
    return bound.replace(tzinfo=timezone(offset))


def read_back(text: str, zone: str | None = None) -> Interval:
    """The interval that an EDTF text of ours stands for.

    Raises:
        ValueError: for EDTF that Sightline does not write.
    """
    reading = parsed(text)
    first, last = edges(reading)
    return Interval(
        earliest=utc(first, zone) if first is not None else None,
        latest=utc(last, zone) if last is not None else None,
        edtf=text,
        approximate=reading.approximate,
        uncertain=reading.uncertain,
        zone=zone,
    )
