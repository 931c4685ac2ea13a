"""Slides for TimelineJS 3 (its JSON format)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from html import escape
from typing import Any

import msgspec

from sightline.show.words import GRADES, when
from sightline.types import Reading, Story


def _date(instant: datetime, display: str | None = None) -> dict[str, Any]:
    date: dict[str, Any] = {
        "year": instant.year,
        "month": instant.month,
        "day": instant.day,
        "hour": instant.hour,
        "minute": instant.minute,
    }
    if display:
        date["display_date"] = display
    return date


def timelinejs(story: Story, readings: Sequence[Reading]) -> bytes:
    """A slide for each dated event; its text is HTML with everything from the reports escaped."""
    slides = []
    for event in story.events:
        interval = event.interval
        if interval is None or (interval.earliest is None and interval.latest is None):
            continue
        start = interval.earliest or interval.latest
        assert start is not None
        slide: dict[str, Any] = {
            "unique_id": event.id,
            "start_date": _date(start, when(interval)),
            "text": {
                "headline": escape(event.label),
                "text": f"<p>{escape(event.status)}, {GRADES[event.grade]}.</p><p>{escape(event.reason)}</p>",
            },
            "group": event.type,
        }
        if interval.latest is not None:
            slide["end_date"] = _date(interval.latest)
        slides.append(slide)
    title = {"text": {"headline": escape(story.title), "text": f"<p>{len(readings)} reports</p>"}}
    return msgspec.json.encode({"title": title, "events": slides})
