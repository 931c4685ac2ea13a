"""When a claim says that something happened, and when it became known."""

from __future__ import annotations

from datetime import datetime, timedelta

from sightline.types import Claim, Event, Interval, Report, SlotValue

OPEN = frozenset({"report-date", "refuted", "mistranslated"})
"""Flags of a date that say it is not the happening's."""
FRESH = timedelta(hours=3)
"""How much older than its report what "is under way" may be."""


def values_of(event: Event, name: str) -> tuple[SlotValue, ...]:
    """The rival values of one slot of an event."""
    return next((slot.values for slot in event.slots if slot.name == name), ())


def when_of(claim: Claim, event: Event) -> Interval | None:
    """The claim's own date, all its expressions taken together; ``None`` where it has none or the story says it is the report's."""
    low: datetime | None = None
    high: datetime | None = None
    approximate, found = False, False
    zone: tuple[str | None, str | None] = (None, None)
    for time in claim.when:
        if time.interval is None or time.type not in {"DATE", "TIME"}:
            continue
        earliest, latest = time.interval.earliest, time.interval.latest
        if time.relation in {"since", "after"}:
            latest = None
        elif time.relation in {"before", "until", "by"}:
            earliest = None
        elif time.relation == "every":
            continue
        if found and (
            (latest is not None and low is not None and latest < low) or (earliest is not None and high is not None and earliest > high)
        ):
            continue
        low = earliest if low is None or (earliest is not None and earliest > low) else low
        high = latest if high is None or (latest is not None and latest < high) else high
        approximate, found = approximate or time.interval.approximate, True
        if zone == (None, None):
            zone = (time.interval.zone, time.interval.zone_origin)
    if not found or (low is None and high is None):
        return None
    for value in values_of(event, "when"):
        ends = (value.interval.earliest, value.interval.latest) if value.interval is not None else None
        if claim.id in value.claims and OPEN & set(value.flags) and ends == (low, high):
            return None
    return Interval(earliest=low, latest=high, approximate=approximate, zone=zone[0], zone_origin=zone[1])


def dated(event: Event) -> bool:
    """Whether any claim of the event gives a date that is its own."""
    return any(v.interval is not None and not OPEN & set(v.flags) for v in values_of(event, "when"))


def known_at(report: Report | None) -> datetime | None:
    """When what a report says became known: the end of its publication time, or when it was fetched."""
    if report is None:
        return None
    if report.published is not None and report.published.interval.latest is not None:
        return report.published.interval.latest
    return report.fetched


def by_then(report: Report | None) -> Interval | None:
    """Of what had happened when a report was published, without a date of its own."""
    known = known_at(report)
    return None if known is None else Interval(latest=known, zone="UTC")


def about_then(report: Report | None) -> Interval | None:
    """Of what was under way when a report was published: its publication time and the hours before."""
    known = known_at(report)
    if known is None:
        return None
    first = known
    if report is not None and report.published is not None and report.published.interval.earliest is not None:
        first = report.published.interval.earliest
    return Interval(earliest=first - FRESH, latest=known, zone="UTC")
