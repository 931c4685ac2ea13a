"""From a story's claims to observations of the journey."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, timedelta

import msgspec

from sightline.journeys.direct import Fix, told_ways
from sightline.journeys.legs_of import current_leg
from sightline.journeys.likelihoods import AT_ONCE, ENDS
from sightline.journeys.network import Network
from sightline.journeys.placing import Placed, placed
from sightline.journeys.spots import POINTLIKE_KM, WIDE, Spot, pointed, small, spot_of
from sightline.journeys.tellings import Told
from sightline.journeys.told import told
from sightline.journeys.travellers import main_traveller
from sightline.journeys.vehicles import Vehicle
from sightline.journeys.wording import spoken, zone_or_utc
from sightline.journeys.zones import nearest_zone
from sightline.types import Interval, Observation, Place, Reading, Story


class Seen(msgspec.Struct, frozen=True, kw_only=True):
    """What a story tells of a journey."""

    observations: tuple[Observation, ...]
    network: Network
    """The network asked for, with further points where reports name places beside a line; great circles where none was given."""
    traveller: str | None = None
    start: str | None = None
    notes: tuple[str, ...] = ()
    turned: bool = False
    """Whether the leg is that of one who turned back on the way."""
    everything: tuple[Observation, ...] = ()
    """The observations of earlier legs too."""


def observe(
    story: Story,
    readings: Sequence[Reading],
    network: Network | None,
    *,
    as_of: datetime,
    vehicle: Vehicle,
    traveller: str | None = None,
    asked: Sequence[str] = (),
) -> Seen:
    """The observations known by ``as_of`` of the journey under way (after the last place reached where the story goes on from there).

    Where there is no network, the places ``asked`` about are put among those that reports name, if the gazetteer knows them. Values flagged as
    a report's date are skipped. Claims of one independence group keep that group's id, so that they count once.
    """
    moving = traveller or main_traveller(story)
    said = list(told(story, readings, as_of, vehicle, moving))
    ways = network if network is not None else _great_circles(said, vehicle, asked)
    observations: list[Observation] = []
    missed: dict[str, int] = {}
    counted_from: dict[Observation, str] = {}
    origin = _first_departure(said, ways)
    abroad = _abroad(said, ways.waypoints[origin].country if origin is not None else None)
    for one in said:
        if one.kind == "turned":
            continue
        if one.kind in {"silence", "expected"} and one.place is None and one.mention is None:
            one = _of_the_goal(one, said)
        found, ways = placed(one, ways, origin, abroad)
        if found is None:
            name = one.mention.text if one.mention is not None else one.place.name if one.place is not None else "no place"
            missed[name] = missed.get(name, 0) + 1
            continue
        made = Observation(
            kind=one.kind,
            place=found.waypoint,
            interval=_widened(local(one.interval, ways, found.waypoint), found.slack_km, vehicle),
            reliability=one.reliability,
            origin=one.origin,
            claims=one.claims,
            label=_label(one, ways, found),
            # Who is told to be about a place may reach its middle later than that was told.
            reported=one.reported if found.slack_km <= POINTLIKE_KM else None,
            hours=one.hours,
        )
        observations.append(made)
        begin = placed(Told(kind="departed", place=one.begins.place, mention=one.begins), ways, origin, abroad)[0] if one.begins else None
        if begin is not None:
            counted_from[made] = begin.waypoint
    notes = []
    if missed:
        names = ", ".join(sorted(missed, key=lambda n: (-missed[n], n))[:6])
        notes.append(f"Left out: reports of places that are not on the network ({names}).")
    turned = _turned(said, observations, ways)
    if turned is not None:
        notes.append(
            f"Reported to have turned back; the way back is counted from where it was last seen, {ways.waypoints[turned.place].name}, "
            "and what was expected before then is left out."
        )
    start, leg = current_leg(observations, ways, vehicle, turned)
    # A duration counted from elsewhere is no word on this leg, nor on the whole way.
    leg = [o for o in leg if counted_from.get(o, start) == start]
    everything = tuple(o for o in observations if counted_from.get(o, origin) == origin)
    return Seen(
        observations=tuple(leg),
        network=ways,
        traveller=moving,
        start=start,
        notes=tuple(notes),
        everything=everything,
        turned=turned is not None,
    )


def _until(interval: Interval) -> datetime:
    return interval.latest or datetime.max.replace(tzinfo=UTC)


def _great_circles(said: Sequence[Told], vehicle: Vehicle, asked: Sequence[str]) -> Network:
    fixes: list[Fix] = []
    others: list[Spot] = [spot for name in asked if (spot := spot_of(_known_place(name), None)) is not None]
    for one in said:
        spot = spot_of(one.place, one.mention)
        if spot is None and one.kind == "bound" and one.place is not None and small(one.place):
            others.append(Spot(name=one.place.name, lat=one.place.lat or 0.0, lon=one.place.lon or 0.0, place=one.place))
        if spot is None or not spot.pointlike:
            continue
        low, high = one.interval.earliest, one.interval.latest
        happened = one.kind in AT_ONCE | ENDS | {"departed"} and one.reliability >= 0.4
        if happened and (low is not None or high is not None):
            zone = spot.place.zone or nearest_zone(spot.lat, spot.lon)
            at = _in_zone(
                Interval(earliest=low or _shift(high, -1), latest=high or _sooner(_shift(low, 1), one.reported), zone=one.interval.zone),
                zone,
            )
            assert at.earliest is not None and at.latest is not None
            fixes.append(Fix(spot=spot, earliest=at.earliest, latest=at.latest))
        else:
            others.append(spot)
    towns = {spot.place.country for spot in (*others, *(fix.spot for fix in fixes)) if spot.place.kind != "country"}
    others = [spot for spot in others if spot.place.kind != "country" or spot.place.country not in towns]
    return told_ways(fixes, others, vehicle.mode, vehicle.max_kmh)


def _known_place(name: str) -> Place | None:
    from sightline.gazetteer import Gazetteer

    return next((place for place, _ in Gazetteer.load().candidates(name) if place.kind not in WIDE), None)


def _sooner(one: datetime | None, other: datetime | None) -> datetime | None:
    return one if other is None or one is None else min(one, other)


def _shift(instant: datetime | None, days: int) -> datetime | None:
    return None if instant is None else instant + timedelta(days=days)


def _of_the_goal(one: Told, said: Sequence[Told]) -> Told:
    """ "No word of its arrival", "due on Saturday": at the one place that reports have it bound for; where they name several, it tells nothing."""
    goals = {
        (o.place.id, o.place.name): o
        for o in said
        if o.kind in {"bound", "expected", "arrived"} and o.place is not None and o.place.kind != "country"
    }
    if len(goals) != 1:
        return one
    goal = next(iter(goals.values()))
    return msgspec.structs.replace(one, place=goal.place, mention=goal.mention)


def _widened(interval: Interval, slack_km: float, vehicle: Vehicle) -> Interval:
    """The time in which the waypoint itself was passed, by someone who was told to be about so far from it."""
    if slack_km <= POINTLIKE_KM:
        return interval
    hours = timedelta(hours=slack_km / vehicle.speed("*").kmh)
    low, high = interval.earliest, interval.latest
    return msgspec.structs.replace(
        interval, earliest=None if low is None else low - hours, latest=None if high is None else high + hours, approximate=False
    )


def _turned(said: Sequence[Told], observations: Sequence[Observation], network: Network) -> Observation | None:
    """The departure back from where the traveller was last seen, if reports have them turn back since; the latest such report counts."""
    turns = [t for t in said if t.kind == "turned" and t.interval.latest is not None and t.reliability >= 0.4]
    if not turns:
        return None
    turn = max(turns, key=lambda t: (_until(t.interval), t.origin))
    happened = AT_ONCE | ENDS | {"departed"}
    seen = [o for o in observations if o.kind in happened and o.reliability >= 0.4 and _until(o.interval) <= _until(turn.interval)]
    if not seen:
        return None
    # Of what was seen last, the place that is told most narrowly.
    width = {o: _until(o.interval) - (o.interval.earliest or _until(o.interval) - timedelta(days=1)) for o in seen}
    # The report of the turn may tell how far they had come, without another time.
    with_it = {o: o.interval.earliest is None and o.reported is not None and o.reported == turn.reported for o in seen}
    last = max(seen, key=lambda o: (with_it[o], _until(o.interval) - width[o] / 2, -width[o], o.place))
    if last.kind == "departed":
        return None
    begin = last.interval.earliest or turn.interval.earliest or _until(last.interval)
    return Observation(
        kind="departed",
        place=last.place,
        reliability=turn.reliability,
        origin=turn.origin,
        claims=(*turn.claims, *last.claims),
        label=f"{turn.speaker}: turned back" if turn.speaker else "turned back",
        interval=Interval(earliest=max(begin, turn.interval.earliest) if turn.interval.earliest else begin, latest=turn.interval.latest),
        reported=turn.reported,
    )


def _label(one: Told, network: Network, found: Placed) -> str:
    point = network.waypoints.get(found.waypoint)
    words = one.words or spoken(one.kind, found.words or (point.name if point else found.waypoint))
    speaker = one.speaker or ("pages of unknown origin" if one.origin == "origin unknown" else "")
    return f"{speaker}: {words}" if speaker else words


def local(interval: Interval, network: Network, place: str) -> Interval:
    """The interval with the waypoint's own time where the report gave no zone, so that the times so far are taken for UTC."""
    if place not in network.waypoints:
        return interval
    return _in_zone(interval, network.zone_of(network.waypoints[place]))


def _in_zone(interval: Interval, name: str | None) -> Interval:
    if interval.zone is not None or interval.zone_origin is not None or name is None:
        return interval
    zone = zone_or_utc(name)
    low, high = (
        None if t is None else t.astimezone(UTC).replace(tzinfo=zone).astimezone(UTC) for t in (interval.earliest, interval.latest)
    )
    return msgspec.structs.replace(interval, earliest=low, latest=high, zone=name, zone_origin="place")


def _first_departure(said: Iterable[Told], network: Network) -> str | None:
    departures = sorted(
        (t for t in said if t.kind == "departed" and t.place is not None),
        key=lambda t: (t.interval.latest or t.interval.earliest or datetime.max.replace(tzinfo=UTC), t.origin),
    )
    for one in departures:
        place = pointed(one.place, one.mention)
        assert place is not None
        point = network.match(place)
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


def journey_of(story: Story, seen: Seen, vehicle: Vehicle) -> str:
    """What is travelling, readable."""
    start = f" from {seen.network.waypoints[seen.start].name}" if seen.start in seen.network.waypoints and seen.start else ""
    return f"{vehicle.label}{start} ({story.title})" if story.title else f"{vehicle.label}{start}"
