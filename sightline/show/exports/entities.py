"""FollowTheMoney entities: articles, events, trips, people and organisations, and who is mentioned where."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from typing import Any

import msgspec

from sightline.show.words import outlet_name
from sightline.types import Actor, Event, Reading, Story

_SCHEMA = {"person": "Person", "organisation": "Organization", "state": "PublicBody", "group": "Organization"}
_TRIPS = {"departure", "arrival", "crossing", "visit", "travel", "passage", "heading", "return"}


def _identity(*parts: str) -> str:
    """FollowTheMoney ids are opaque; ours are hashes of what they stand for."""
    return "sl-" + hashlib.sha1("\x1f".join(parts).encode(), usedforsecurity=False).hexdigest()


def _entity(identity: str, schema: str, properties: dict[str, Iterable[str | None]]) -> dict[str, Any]:
    kept = {name: sorted({value for value in values if value}) for name, values in properties.items()}
    return {"id": identity, "schema": schema, "properties": {name: values for name, values in kept.items() if values}}


def _day(instant: Any) -> str | None:
    return instant.isoformat()[:10] if instant is not None else None


def _event(event: Event, actors: dict[str, Actor]) -> dict[str, Any]:
    interval = event.interval
    schema = "Trip" if event.type in _TRIPS else "Event"
    involved = [_identity("actor", actor) for actor in event.participants if actor in actors]
    places = {value.place for slot in event.slots for value in slot.values if value.place is not None}
    return _entity(
        _identity("event", event.id),
        schema,
        {
            "name": [event.label],
            "summary": [event.reason],
            "startDate": [_day(interval.earliest) if interval else None],
            "endDate": [_day(interval.latest) if interval else None],
            "location": [place.name for place in places],
            "country": [place.country.lower() if place.country else None for place in places],
            "involved": involved,
            "keywords": [event.type, event.status, f"grade {event.grade}"],
        },
    )


def follow_the_money(story: Story, readings: Sequence[Reading]) -> bytes:
    """One entity a line (``ftm`` streams): Article, Event or Trip, Person, Organization or PublicBody, Mention."""
    actors = {actor.id: actor for reading in readings for actor in reading.actors}
    lines: list[dict[str, Any]] = []
    for identity, actor in sorted(actors.items()):
        lines.append(
            _entity(
                _identity("actor", identity),
                _SCHEMA.get(actor.kind, "LegalEntity"),
                {
                    "name": [actor.name],
                    "alias": list(actor.aliases),
                    "country": [actor.nationality.lower() if actor.nationality else None],
                    "wikidataId": [identity.removeprefix("wd:") if identity.startswith("wd:Q") else None],
                    **({"position": [office.title for office in actor.offices]} if actor.kind == "person" else {}),
                },
            )
        )
    for reading in readings:
        report = reading.report
        document = _identity("report", report.id)
        lines.append(
            _entity(
                document,
                "Article",
                {
                    "title": [report.title or report.id],
                    "publisher": [outlet_name(report.outlet)],
                    "author": [report.author],
                    "sourceUrl": [report.url if report.url and report.url.startswith(("http://", "https://")) else None],
                    "publishedAt": [report.published.value if report.published and "/" not in report.published.value else None],
                    "contentHash": [],
                },
            )
        )
        for actor_id in sorted({name.actor for name in reading.names if name.actor in actors}):
            assert actor_id is not None
            known = actors[actor_id]
            lines.append(
                _entity(
                    _identity("mention", report.id, actor_id),
                    "Mention",
                    {
                        "document": [document],
                        "resolved": [_identity("actor", actor_id)],
                        "name": [known.name],
                        "detectedSchema": [_SCHEMA.get(known.kind)],
                    },
                )
            )
    lines += [_event(event, actors) for event in story.events]
    return b"".join(msgspec.json.encode(line) + b"\n" for line in lines)
