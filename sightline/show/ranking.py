"""Which events a reader should see first."""

from __future__ import annotations

from collections.abc import Sequence

from sightline.types import Event, Story

_AHEAD = ("planned", "expected", "possible")


def weight(event: Event) -> float:
    """How much an event matters to the picture: reports behind it, its grade, and whether it is news or background."""
    reports = {claim.partition("#")[0] for claim in event.claims}
    score = len(reports) + 2.0 * event.grade
    if event.type.startswith("other:") or event.type in {"statement", "announcement", "confirmation", "denial", "talk", "call"}:
        score *= 0.3
    if event.background:
        score *= 0.3
    if event.interval is None:
        score *= 0.7
    return score


def leading(events: Sequence[Event], limit: int) -> list[Event]:
    """The ``limit`` weightiest events, in the order given."""
    best = sorted(range(len(events)), key=lambda place: (-weight(events[place]), place))[:limit]
    return [events[place] for place in sorted(best)]


def told(story: Story) -> list[Event]:
    """Events that are said to have happened, to be under way or to be denied, earlier history left out."""
    return [event for event in story.events if event.status not in (*_AHEAD, "unknown") and not event.background]


def ahead(story: Story) -> list[Event]:
    """Events that are planned, expected or thought possible."""
    return [event for event in story.events if event.status in _AHEAD and not event.background]


def history(story: Story) -> list[Event]:
    """Events told as background."""
    return [event for event in story.events if event.background]
