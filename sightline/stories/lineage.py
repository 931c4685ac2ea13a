"""Links between events: parts of a journey, and events that may be the same."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

import msgspec

from sightline.stories.events import Assembled
from sightline.stories.geography import on_the_way
from sightline.types import Interval

_WHOLES = frozenset({"visit", "travel"})
_PARTS = frozenset(
    {"departure", "boarding", "arrival", "crossing", "passage", "sighting", "stop", "return", "meeting", "talks", "inspection", "welcome"}
)
_SLACK = timedelta(days=2)


def link(items: Sequence[Assembled]) -> None:
    """Sets ``parent`` and ``possibly_same`` of a story's events in place of the empty ones."""
    home = {one.evidence.id: item for item in items for one in item.members}
    wholes = [item for item in items if item.kind.name in _WHOLES and not item.event.background and item.event.interval is not None]
    for item in items:
        parent = _parent(item, wholes) if item.kind.name in _PARTS else None
        possibly = {home[claim].event.id for claim in item.cluster.possibly if claim in home and home[claim] is not item}
        item.event = msgspec.structs.replace(item.event, parent=parent, possibly_same=tuple(sorted(possibly)))


def _parent(item: Assembled, wholes: Sequence[Assembled]) -> str | None:
    """The visit or journey by the same people whose time and way hold the event; the one that most pages tell of."""
    fitting = [whole for whole in wholes if whole is not item and _holds(whole, item)]
    if not fitting:
        return None
    return min(fitting, key=lambda whole: (-len(whole.reports), whole.event.id)).event.id


def _holds(whole: Assembled, part: Assembled) -> bool:
    if not set(whole.event.participants) & set(part.event.participants):
        return False
    outer, inner = whole.event.interval, part.event.interval
    if outer is None or inner is None or not _padded(outer).intersects(inner):
        return False
    start, end = whole.slot("from"), whole.slot("to")
    place = part.event.place
    if start is None or end is None or place is None or start.values[0].place is None or end.values[0].place is None:
        return True
    return on_the_way(place, start.values[0].place, end.values[0].place) is not False


def _padded(interval: Interval) -> Interval:
    return Interval(
        earliest=interval.earliest - _SLACK if interval.earliest is not None else None,
        latest=interval.latest + _SLACK if interval.latest is not None else None,
    )
