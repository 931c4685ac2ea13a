"""A timeline as SVG: when each event happened, as bars with uncertain ends, against when it was said."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from html import escape

from sightline.show.words import GRADES, clipped, sentence_case, slot_of, when
from sightline.types import Event, Interval, Reading

WIDTH = 960
LABEL = 370
ROW = 26
CHARACTERS = 54
TOP = 34


def _ticks(first: datetime, last: datetime) -> list[datetime]:
    """Midnights, Mondays, months or years between two instants: at most about a dozen."""
    days = (last - first) / timedelta(days=1)
    start = first.replace(hour=0, minute=0, second=0, microsecond=0)
    if days <= 90:
        step = timedelta(days=max(1, round(days / 10)))
        return [start + step * number for number in range(int(days / step.days) + 2)]
    months = [(year, month) for year in range(first.year, last.year + 2) for month in range(1, 13)]
    ticks = [datetime(year, month, 1, tzinfo=UTC) for year, month in months]
    ticks = [tick for tick in ticks if first <= tick <= last]
    return ticks[:: max(1, len(ticks) // 10)]


def window(events: Sequence[Event], readings: Sequence[Reading]) -> tuple[datetime, datetime] | None:
    """The stretch to draw: publication times and the events near them, with a margin; ``None`` when nothing is dated."""
    said = [end for reading in readings if reading.report.published for end in (
        reading.report.published.interval.earliest, reading.report.published.interval.latest) if end]  # fmt: skip
    ends = [end for event in events if event.interval for end in (event.interval.earliest, event.interval.latest) if end]
    if not said and not ends:
        return None
    first, last = (min(said), max(said)) if said else (min(ends), max(ends))
    reach = max(timedelta(days=4), (last - first) * 0.6)
    near = [end for end in ends if first - reach <= end <= last + reach]
    first, last = min([first, *near]), max([last, *near])
    margin = max((last - first) * 0.03, timedelta(hours=6))
    return first - margin, last + margin


def _bar(interval: Interval, scale: float, first: datetime, last: datetime, y: float, grade: int, status: str) -> str:
    start = max(interval.earliest or first, first)
    end = min(interval.latest or last, last)
    if end < first or start > last:
        return ""
    x = LABEL + (start - first).total_seconds() * scale
    width = max((end - start).total_seconds() * scale, 4)
    kind = f"bar g{grade} {'ahead' if status in ('planned', 'expected', 'possible') else 'told'}"
    if interval.vague or interval.approximate:
        kind += " vague"
    parts = [f'<rect class="{kind}" x="{x:.1f}" y="{y + 6}" width="{width:.1f}" height="{ROW - 14}" rx="3"/>']
    if interval.earliest is None or interval.earliest < first:
        parts.append(f'<path class="open" d="M{x + 6:.1f} {y + 7} l-6 {ROW / 2 - 7} l6 {ROW / 2 - 7}"/>')
    if interval.latest is None or interval.latest > last:
        edge = x + width
        parts.append(f'<path class="open" d="M{edge - 6:.1f} {y + 7} l6 {ROW / 2 - 7} l-6 {ROW / 2 - 7}"/>')
    return "".join(parts)


def timeline_svg(events: Sequence[Event], readings: Sequence[Reading], links: Mapping[str, str]) -> str:
    """The timeline of some events; ``links`` gives the address that an event's label leads to. Empty when nothing is dated.

    Bars are intervals, solid for what was told and hatched for what lies ahead; ticks under a bar are publications of reports that
    tell it.
    """
    span = window(events, readings)
    if span is None or not events:
        return ""
    first, last = span
    scale = (WIDTH - LABEL - 10) / (last - first).total_seconds()
    published = {reading.report.id: reading.report.published.interval.earliest for reading in readings if reading.report.published}
    height = TOP + ROW * len(events) + 8
    parts = [
        f'<svg class="timeline" viewBox="0 0 {WIDTH} {height}" role="group" aria-label="Timeline of {len(events)} events">',
        '<defs><pattern id="hatch" width="5" height="5" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">'
        '<path d="M0 0V5" class="hatch"/></pattern></defs>',
    ]
    for tick in _ticks(first, last):
        if first <= tick <= last:
            x = LABEL + (tick - first).total_seconds() * scale
            parts.append(f'<path class="grid" d="M{x:.1f} {TOP - 8}V{height}"/>')
            parts.append(f'<text class="tick" x="{x:.1f}" y="{TOP - 14}">{tick.day} {tick:%b}</text>')
    for number, event in enumerate(events):
        y = TOP + ROW * number
        dates = slot_of(event, "when")
        best = (dates[0].interval if dates else None) or event.interval
        whole = sentence_case(event.label)
        label = clipped(whole, CHARACTERS)
        title = f"{whole}: {when(best)}, {event.status}, {GRADES[event.grade]}"
        name = f'<text class="label" x="4" y="{y + 17}">{escape(label)}</text>'
        parts.append(f'<a href="{escape(links.get(event.id, "#"))}"><title>{escape(title)}</title>{name}</a>')
        for rival in reversed(dates[1:4]):
            if rival.interval is not None:
                parts.append(_bar(rival.interval, scale, first, last, y, 0, event.status).replace('class="bar', 'class="rival bar'))
        if best is not None:
            parts.append(_bar(best, scale, first, last, y, event.grade, event.status))
        said = sorted({instant for claim in event.claims if (instant := published.get(claim.partition("#")[0]))})
        marks = {round(LABEL + (instant - first).total_seconds() * scale) for instant in said if first <= instant <= last}
        if marks:
            parts.append(f'<path class="said" d="{"".join(f"M{x} {y + ROW - 6}v5" for x in sorted(marks))}"/>')
    parts.append("</svg>")
    return "".join(parts)
