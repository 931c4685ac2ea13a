"""States of a story for the as-of slider: what the picture was at each moment when a report came."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

import msgspec

from sightline.show.ranking import leading
from sightline.show.words import GRADES, clock, sentence_case, slot_of, when
from sightline.types import Forecast, Story

SHOWN = 14
"""Events in a state."""


class State(msgspec.Struct, frozen=True, kw_only=True):
    """The picture at one moment, small enough to ship by the dozen; an event is its date, label, status, grade and grade's name."""

    at: str
    reports: int
    headline: str | None
    events: list[tuple[str, str, str, int, str]]


class Replay(msgspec.Struct, frozen=True, kw_only=True):
    """States as JSON that an HTML page can hold."""

    count: int
    data: str


def state(at: datetime, story: Story, forecast: Forecast | None) -> State:
    """The state that a story as of an instant shows."""
    events = []
    for event in leading([event for event in story.events if not event.background], SHOWN):
        dates = slot_of(event, "when")
        date = dates[0].interval if dates else event.interval
        events.append((when(date), sentence_case(event.label), event.status, event.grade, GRADES[event.grade]))
    return State(at=clock(at), reports=len(story.reports), headline=forecast.headline if forecast else None, events=events)


def replay(states: Sequence[State]) -> Replay | None:
    """The states for a page; ``None`` when there is nothing to slide between."""
    if len(states) < 2:
        return None
    return Replay(count=len(states), data=html_json(states))


def html_json(value: object) -> str:
    """JSON in which no ``<`` can end a script element."""
    return msgspec.json.encode(value).decode().replace("<", "\\u003c").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")
