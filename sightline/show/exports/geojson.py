"""Events and their places as GeoJSON (RFC 7946)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import msgspec

from sightline.show.words import GRADES, when
from sightline.types import Event, Reading, Story


def _properties(event: Event, role: str) -> dict[str, Any]:
    interval = event.interval
    return {
        "event": event.id,
        "label": event.label,
        "type": event.type,
        "status": event.status,
        "role": role,
        "grade": event.grade,
        "grade_name": GRADES[event.grade],
        "reason": event.reason,
        "when": when(interval),
        "edtf": interval.edtf if interval else None,
        "start": interval.earliest.isoformat() if interval and interval.earliest else None,
        "end": interval.latest.isoformat() if interval and interval.latest else None,
        "reports": len({claim.partition("#")[0] for claim in event.claims}),
    }


def geojson(story: Story, readings: Sequence[Reading]) -> bytes:
    """A feature for each place of each event; an event without coordinates has a null geometry."""
    features: list[dict[str, Any]] = []
    for event in story.events:
        places = {value.place.id: (slot.name, value.place) for slot in event.slots for value in slot.values if value.place is not None}
        if event.place is not None:
            places.setdefault(event.place.id, ("where", event.place))
        located = [(role, place) for role, place in places.values() if place.lat is not None and place.lon is not None]
        for role, place in located:
            features.append(
                {
                    "type": "Feature",
                    "geometry": {"type": "Point", "coordinates": [place.lon, place.lat]},
                    "properties": {**_properties(event, role), "place": place.name, "place_id": place.id, "radius_km": place.radius_km},
                }
            )
        if not located:
            features.append({"type": "Feature", "geometry": None, "properties": _properties(event, "none")})
    return msgspec.json.encode({"type": "FeatureCollection", "features": features})
