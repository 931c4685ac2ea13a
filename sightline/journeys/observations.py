"""From a story's claims to observations of the journey."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime

import msgspec

from sightline.journeys.borders import border_waypoint, nearest_border
from sightline.journeys.direct import straight
from sightline.journeys.legs_of import current_leg
from sightline.journeys.network import Network
from sightline.journeys.told import Told, told
from sightline.journeys.travellers import main_traveller
from sightline.journeys.vehicles import Vehicle
from sightline.journeys.wording import spoken, zone_or_utc
from sightline.types import Interval, Observation, Place, PlaceMention, Reading, Story

POINTLIKE_KM = 60.0
"""A place that reaches further is no point on a route."""
WIDE = frozenset({"country", "continent", "region", "sea", "area", "island", "river", "mountain", "historical"})
"""Kinds of places that are none either."""


class Seen(msgspec.Struct, frozen=True, kw_only=True):
    """What a story tells of a journey."""

    observations: tuple[Observation, ...]
    network: Network
    """The network asked for, with further points where reports name places beside a line; great circles where none was given."""
    traveller: str | None = None
    start: str | None = None
    notes: tuple[str, ...] = ()
    everything: tuple[Observation, ...] = ()
    """The observations of earlier legs too."""


def observe(
    story: Story, readings: Sequence[Reading], network: Network | None, *, as_of: datetime, vehicle: Vehicle, traveller: str | None = None
) -> Seen:
    """The observations known by ``as_of`` of the journey under way (after the last place reached where the story goes on from there).

    Values flagged as a report's date are skipped. Claims of one independence group keep that group's id, so that they count once.
    """
    moving = traveller or main_traveller(story)
    said = list(told(story, readings, as_of, vehicle, moving))
    ways = network if network is not None else straight(_points(said), vehicle.mode)
    observations: list[Observation] = []
    missed: dict[str, int] = {}
    counted_from: dict[Observation, str] = {}
    origin = _first_departure(said, ways)
    abroad = _abroad(said, ways.waypoints[origin].country if origin is not None else None)
    for one in said:
        place, ways = _waypoint(one, ways, origin, abroad)
        if place is None:
            name = one.mention.text if one.mention is not None else one.place.name if one.place is not None else "no place"
            missed[name] = missed.get(name, 0) + 1
            continue
        made = Observation(
            kind=one.kind,
            place=place,
            interval=local(one.interval, ways, place),
            reliability=one.reliability,
            origin=one.origin,
            claims=one.claims,
            label=_label(one, ways, place),
            reported=one.reported,
            hours=one.hours,
        )
        observations.append(made)
        begin = (
            _waypoint(Told(kind="departed", place=one.begins.place, mention=one.begins), ways, origin, abroad)[0] if one.begins else None
        )
        if begin is not None:
            counted_from[made] = begin
    notes = []
    if missed:
        names = ", ".join(sorted(missed, key=lambda n: (-missed[n], n))[:6])
        notes.append(f"Left out: reports of places that are not on the network ({names}).")
    start, leg = current_leg(observations, ways, vehicle)
    # A duration counted from elsewhere is no word on this leg, nor on the whole way.
    leg = [o for o in leg if counted_from.get(o, start) == start]
    everything = tuple(o for o in observations if counted_from.get(o, origin) == origin)
    return Seen(observations=tuple(leg), network=ways, traveller=moving, start=start, notes=tuple(notes), everything=everything)


def _label(one: Told, network: Network, place: str) -> str:
    point = network.waypoints.get(place)
    words = one.words or spoken(one.kind, point.name if point else place)
    speaker = one.speaker or ("pages of unknown origin" if one.origin == "origin unknown" else "")
    return f"{speaker}: {words}" if speaker else words


def local(interval: Interval, network: Network, place: str) -> Interval:
    """The interval with the waypoint's own time where the report gave no zone, so that the times so far are taken for UTC."""
    if interval.zone is not None or interval.zone_origin is not None or place not in network.waypoints:
        return interval
    name = network.zone_of(network.waypoints[place])
    if name is None:
        return interval
    zone = zone_or_utc(name)
    low, high = (
        None if t is None else t.astimezone(UTC).replace(tzinfo=zone).astimezone(UTC) for t in (interval.earliest, interval.latest)
    )
    return msgspec.structs.replace(interval, earliest=low, latest=high, zone=name, zone_origin="place")


def _points(said: Iterable[Told]) -> list[Place]:
    found: dict[str, Place] = {}
    for one in said:
        place = one.place
        if place is not None and place.lat is not None and place.kind not in WIDE and place.radius_km <= POINTLIKE_KM:
            found.setdefault(place.id, place)
    return list(found.values())


def _first_departure(said: Iterable[Told], network: Network) -> str | None:
    departures = sorted(
        (t for t in said if t.kind == "departed" and t.place is not None),
        key=lambda t: (t.interval.latest or t.interval.earliest or datetime.max.replace(tzinfo=UTC), t.origin),
    )
    for one in departures:
        assert one.place is not None
        point = network.match(one.place)
        if point is not None:
            return point.id
    return None


def _abroad(said: Iterable[Told], home: str | None) -> str | None:
    """The country other than the start's of whose places most is said: the one entered where "the border" is crossed without a name."""
    counts: dict[str, int] = {}
    for one in said:
        country = one.place.country if one.place is not None else None
        if country and country != home:
            counts[country] = counts.get(country, 0) + 1
    return max(sorted(counts), key=lambda c: counts[c]) if counts else None


def _waypoint(one: Told, network: Network, origin: str | None, abroad: str | None) -> tuple[str | None, Network]:
    place, mention = one.place, one.mention
    if place is None and mention is None:
        if one.kind != "crossed":
            return None, network
        return (border_waypoint(network, abroad, origin) if abroad else None) or nearest_border(network, origin), network
    if place is not None and place.kind == "country" and place.country and (mention is None or mention.relation is None):
        if one.kind == "bound":
            return f"country:{place.country}", network
        if one.kind in {"crossed", "arrived"}:
            return border_waypoint(network, place.country, origin), network
        return None, network
    shifted = mention is not None and mention.relation is not None and mention.lat is not None
    if place is not None and not shifted:
        point = network.match(place)
        if point is not None:
            return point.id, network
    if mention is not None and not shifted:
        # Namesakes elsewhere: a name that stands on the network means the one there.
        named = network.named(mention.text)
        if named is not None:
            return named.id, network
    lat, lon, radius = _region(place, mention)
    if lat is None or lon is None or radius > POINTLIKE_KM or one.kind in {"bound", "duration"}:
        return None, network
    near = network.near(lat, lon, min(radius, 20.0) + 5.0)
    if near is not None:
        return near.id, network
    name = place.name if place is not None and not shifted else mention.text if mention is not None else "point"
    cut = network.with_point(name, lat, lon, within_km=max(10.0, min(radius, 40.0)))
    return (cut[1].id, cut[0]) if cut is not None else (None, network)


def _region(place: Place | None, mention: PlaceMention | None) -> tuple[float | None, float | None, float]:
    if mention is not None and mention.lat is not None:
        return mention.lat, mention.lon, mention.radius_km or 0.0
    if place is not None:
        return place.lat, place.lon, place.radius_km
    return None, None, 0.0


def journey_of(story: Story, seen: Seen, vehicle: Vehicle) -> str:
    """What is travelling, readable."""
    start = f" from {seen.network.waypoints[seen.start].name}" if seen.start in seen.network.waypoints and seen.start else ""
    return f"{vehicle.label}{start} ({story.title})" if story.title else f"{vehicle.label}{start}"
