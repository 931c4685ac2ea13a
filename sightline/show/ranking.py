"""Which events a reader should see first."""

from __future__ import annotations

from collections.abc import Sequence

from sightline.types import Event, Story

_AHEAD = ("planned", "expected", "possible")


def weight(event: Event) -> float:
    """How much an event matters to the picture: reports behind it, its grade, and whether it is news or background;
    nothing where its label is no more than its kind."""
    if event.says_nothing:
        return 0.0
    reports = {claim.partition("#")[0] for claim in event.claims}
    score = len(reports) + 2.0 * event.grade
    if event.type.startswith("other:") or event.type in {"statement", "announcement", "confirmation", "denial", "talk", "call"}:
        score *= 0.3
    if event.is_phrase:
        score *= 0.5
    if event.background:
        score *= 0.3
    if event.interval is None:
        score *= 0.7
    return score


def leading(events: Sequence[Event], limit: int) -> list[Event]:
    """The ``limit`` weightiest events that say something, in the order given."""
    return heaviest([event for event in events if not event.says_nothing], limit)


def heaviest(events: Sequence[Event], limit: int) -> list[Event]:
    """The ``limit`` weightiest events, in the order given."""
    best = sorted(range(len(events)), key=lambda place: (-weight(events[place]), place))[:limit]
    return [events[place] for place in sorted(best)]


def parted(events: Sequence[Event], limit: int) -> tuple[list[Event], list[Event]]:
    """The events to show at once, and the lesser ones: told by one page alone and either undated, of no known origin or mere words.

    Both keep the order given; at most ``limit`` are shown at once.
    """
    first = {id(event) for event in leading([event for event in events if not _slight(event)], limit)}
    if not first:
        first = {id(event) for event in heaviest(events, limit)}
    return [event for event in events if id(event) in first], [event for event in events if id(event) not in first]


def parted_ahead(events: Sequence[Event], limit: int) -> tuple[list[Event], list[Event]]:
    """The events ahead to show at once, and those of which no more is told than their kind; both in the order given."""
    said = leading(events, limit) or heaviest(events, limit)
    first = {id(event) for event in said}
    return said, [event for event in events if id(event) not in first]


def _slight(event: Event) -> bool:
    alone = len({claim.partition("#")[0] for claim in event.claims}) <= 1
    return event.says_nothing or (alone and (event.interval is None or event.grade == 0 or event.type.startswith("other:")))


def told(story: Story) -> list[Event]:
    """Events that are said to have happened, to be under way or to be denied, earlier history left out."""
    return [event for event in story.events if event.status not in (*_AHEAD, "unknown") and not event.background]


def ahead(story: Story) -> list[Event]:
    """Events that are planned, expected or thought possible."""
    return [event for event in story.events if event.status in _AHEAD and not event.background]


def history(story: Story) -> list[Event]:
    """Events told as background."""
    return [event for event in story.events if event.background]
