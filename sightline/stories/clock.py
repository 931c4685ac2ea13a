"""When a report became known, and arithmetic on intervals.

Two clocks are kept apart: when something happened (a claim's interval) and when it could be known (its report's publication or
fetching). ``as of`` filters on the second only.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta

from sightline.types import Interval, Reading, Report

NEVER = datetime(9999, 12, 31, tzinfo=UTC)
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def known_at(report: Report) -> datetime | None:
    """The instant from which the report could be known (UTC), or ``None`` where neither publication nor fetching is dated.

    A publication known to the day counts from the day's end: hindsight must never leak into an earlier picture.
    """
    if report.published is not None and report.published.interval.latest is not None:
        return report.published.interval.latest
    return report.fetched


def published(report: Report) -> Interval | None:
    """When the report was published, as far as known."""
    return report.published.interval if report.published is not None else None


def order_key(report: Report) -> tuple[datetime, str]:
    """Sorts reports by when they became known, undated ones last, equal ones by id."""
    return (known_at(report) or NEVER, report.id)


def as_known(readings: Iterable[Reading], as_of: datetime | None) -> list[Reading]:
    """The readings of reports that could be known at ``as_of``, in canonical order; an undated report is never shown to be."""
    kept = []
    for reading in readings:
        known = known_at(reading.report)
        if as_of is None or (known is not None and known <= as_of):
            kept.append(reading)
    return sorted(kept, key=lambda reading: order_key(reading.report))


def gap(first: Interval, second: Interval) -> timedelta:
    """Least distance between two intervals; zero where they can share an instant.

    >>> from datetime import UTC, datetime
    >>> day = lambda d: Interval(earliest=datetime(2023, 9, d, tzinfo=UTC), latest=datetime(2023, 9, d, 23, 59, 59, tzinfo=UTC))
    >>> gap(day(10), day(12)).days
    1
    """
    if first.intersects(second):
        return timedelta(0)
    early, late = (first, second) if _starts_before(first, second) else (second, first)
    if early.latest is None or late.earliest is None:
        return timedelta(0)
    return max(late.earliest - early.latest, timedelta(0))


def _starts_before(first: Interval, second: Interval) -> bool:
    if first.latest is not None and second.earliest is not None:
        return first.latest < second.earliest
    return False


def width(interval: Interval) -> timedelta:
    """How long the stretch is; a hundred years where an end is open."""
    return interval.width if interval.width is not None else timedelta(days=36500)


def local_day(interval: Interval) -> str | None:
    """The EDTF day that an interval lies in, in its own local time; ``None`` where it is not within one day.

    >>> from datetime import UTC, datetime
    >>> local_day(Interval(earliest=datetime(2023, 9, 10, tzinfo=UTC), latest=datetime(2023, 9, 10, 6, tzinfo=UTC), edtf="2023-09-10T00/06"))
    '2023-09-10'
    """
    text = interval.edtf.rstrip("?~%")
    start, _, end = text.partition("/")
    if len(start) >= 10 and start[4] == "-" and start[7] == "-" and start[:10].replace("-", "").isdigit():
        if not end:
            return start[:10]
        if end[:10] == start[:10] or (end[:1].isdigit() and "-" not in end):
            return start[:10]
        return None
    if (
        text in ("..", "")
        and interval.earliest is not None
        and interval.latest is not None
        and interval.earliest.date() == interval.latest.date()
    ):
        return interval.earliest.date().isoformat()
    return None


def day_interval(day: str, like: Interval) -> Interval:
    """The whole local day that ``like``, an interval within it, belongs to."""
    start = datetime.fromisoformat(day).replace(tzinfo=UTC)
    if like.earliest is not None:
        shift = _shift(day, like)
        start -= shift
    return Interval(
        earliest=start,
        latest=start + timedelta(days=1, seconds=-1),
        edtf=day,
        zone=like.zone,
        zone_origin=like.zone_origin,
    )


def _shift(day: str, like: Interval) -> timedelta:
    """UTC offset of the local day, read from the interval's zone."""
    from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

    zone = like.zone
    if zone is None or zone in ("UTC", "Z"):
        return timedelta(0)
    if zone[0] in "+-" and zone[1:3].isdigit():
        hours, minutes = int(zone[1:3]), int(zone[4:6] or 0) if len(zone) >= 6 else 0
        sign = -1 if zone[0] == "-" else 1
        return sign * timedelta(hours=hours, minutes=minutes)
    try:
        offset = datetime.fromisoformat(day).replace(tzinfo=ZoneInfo(zone)).utcoffset()
    except (ZoneInfoNotFoundError, ValueError):
        return timedelta(0)
    return offset or timedelta(0)


def readable_day(day: str) -> str:
    """An EDTF day without its year, for those who read; nothing for what is no day.

    >>> readable_day("2023-09-12")
    '12 Sep'
    """
    return f"{int(day[8:10])} {MONTHS[int(day[5:7]) - 1]}" if len(day) >= 10 else ""
