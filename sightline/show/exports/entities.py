"""FollowTheMoney entities: articles, events, trips, people and organisations, and who is mentioned where."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from typing import Any

import msgspec

from sightline.show.words import outlet_name, printable, report_name, slot_of
from sightline.types import Actor, Event, Place, Reading, Report, Story

_SCHEMA = {"person": "Person", "organisation": "Organization", "state": "PublicBody", "group": "Organization"}
_TRIPS = {"departure", "arrival", "crossing", "visit", "travel", "passage", "heading", "return"}


def _identity(*parts: str) -> str:
    """FollowTheMoney ids are opaque; ours are hashes of what they stand for."""
    return "sl-" + hashlib.sha1("\x1f".join(parts).encode(), usedforsecurity=False).hexdigest()


def _entity(identity: str, schema: str, properties: dict[str, Iterable[str | None]]) -> dict[str, Any]:
    # Control characters of a report have no place in a value: FollowTheMoney takes them out, and so the value would be another one.
    kept = {
        name: sorted({plain for value in values if value and (plain := printable(value).strip())}) for name, values in properties.items()
    }
    return {"id": identity, "schema": schema, "properties": {name: values for name, values in kept.items() if values}}


def _day(instant: Any) -> str | None:
    return instant.isoformat()[:10] if instant is not None else None


def _places(event: Event, *slots: str) -> list[Place]:
    return [value.place for name in slots for value in slot_of(event, name) if value.place is not None]


def _address(place: Place | None) -> dict[str, Any]:
    """An end of a trip; where it is not told, an address that says so, since a Trip has to have both."""
    if place is None:
        return _entity(_identity("place", ""), "Address", {"full": ["not told"]})
    known = place.lat is not None and place.lon is not None
    return _entity(
        _identity("place", place.id),
        "Address",
        {
            "full": [f"{place.name}, {place.country}" if place.country and place.kind != "country" else place.name],
            "city": [place.name if place.kind == "city" else None],
            "country": [place.country.lower() if place.country else None],
            "latitude": [str(place.lat) if known else None],
            "longitude": [str(place.lon) if known else None],
        },
    )


def _event(event: Event, actors: dict[str, Actor]) -> list[dict[str, Any]]:
    """An event, or where somebody travels a trip with the addresses of its ends."""
    interval = event.interval
    schema = "Trip" if event.type in _TRIPS else "Event"
    involved = [_identity("actor", actor) for actor in event.participants if actor in actors]
    places = {value.place for slot in event.slots for value in slot.values if value.place is not None}
    if event.place is not None:
        places.add(event.place)
    ends = []
    if schema == "Trip":
        here = [event.place] if event.place is not None else _places(event, "where")
        start = [*_places(event, "from"), *(here if event.type == "departure" else [])]
        end = [*_places(event, "to", "toward"), *(here if event.type != "departure" else [])]
        ends = [_address(start[0] if start else None), _address(end[0] if end else None)]
    made = _entity(
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
            **({"startLocation": [ends[0]["id"]], "endLocation": [ends[1]["id"]]} if ends else {}),
        },
    )
    return [*ends, made]


def _published(report: Report) -> str | None:
    """In UTC without its letter, as FollowTheMoney has times; nothing where the report gives no one day."""
    value = report.published.value if report.published else None
    return value.removesuffix("Z") if value and "/" not in value else None


def follow_the_money(story: Story, readings: Sequence[Reading]) -> bytes:
    """One entity a line (``ftm`` streams): Article, Event or Trip with its Addresses, Person, Organization or PublicBody, Mention."""
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
                    "title": [report_name(report)],
                    "publisher": [outlet_name(report.outlet)],
                    "author": [report.author],
                    "sourceUrl": [report.url if report.url and report.url.startswith(("http://", "https://")) else None],
                    "publishedAt": [_published(report)],
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
    lines += [line for event in story.events for line in _event(event, actors)]
    once = {line["id"]: line for line in lines}
    return b"".join(msgspec.json.encode(line) + b"\n" for line in once.values())
