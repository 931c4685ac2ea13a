"""What cannot be true together: too far in too short a time, or longer under way than claimed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime

import msgspec

from sightline.journeys.likelihoods import AT_ONCE, ENDS
from sightline.journeys.network import Network, NetworkError, great_circle_km
from sightline.journeys.posterior import mean_hours
from sightline.journeys.routes import Route, route
from sightline.journeys.vehicles import Vehicle
from sightline.journeys.wording import clock_time
from sightline.types import Observation

SLACK_HOURS = 0.25


class Infeasible(msgspec.Struct, frozen=True, kw_only=True):
    """Claims that no vehicle of the class can make true together."""

    text: str
    """One sentence with the figures."""
    claims: tuple[str, ...] = ()
    origins: tuple[str, ...] = ()
    km: float = 0.0
    hours: float = 0.0
    """The most time, or for a duration the least, that the reports leave."""
    required_kmh: float | None = None
    possible_kmh: float | None = None


def check(observations: Sequence[Observation], network: Network, vehicle: Vehicle) -> list[Infeasible]:
    """All pairs of a departure (or passage) and a later passage that ask for more than the vehicle's greatest speed, and all claimed
    durations that the reported ends refute."""
    happened = [o for o in observations if o.kind in AT_ONCE | ENDS | {"departed"} and o.place in network.waypoints]
    out: list[Infeasible] = []
    home = next((o.place for o in sorted(happened, key=_begin) if o.kind == "departed"), None)
    for first in happened:
        for second in happened:
            # A departure leads away, so its partner is later; two passages are only compared where their intervals tell their order.
            ordered = first.kind == "departed" or _after(first, second)
            if first is second or not ordered or first.place == second.place or second.kind == "departed":
                continue
            found = _too_fast(first, second, network, vehicle, home=first.place == home)
            if found is not None:
                out.append(found)
    out += _refuted(happened, [o for o in observations if o.kind == "duration" and o.hours is not None], network, vehicle)
    return sorted(out, key=lambda i: (i.text, i.origins))


def _begin(observation: Observation) -> datetime:
    return observation.interval.earliest or observation.interval.latest or datetime(9999, 1, 1, tzinfo=UTC)


def _after(first: Observation, second: Observation) -> bool:
    a, b = first.interval.earliest, second.interval.earliest
    c, d = first.interval.latest, second.interval.latest
    return bool(a and b and c and d and a < b and c < d)


def _too_fast(first: Observation, second: Observation, network: Network, vehicle: Vehicle, *, home: bool) -> Infeasible | None:
    begin, end = first.interval.earliest, second.interval.latest
    if begin is None or end is None:
        return None
    hours = (end - begin).total_seconds() / 3600.0
    try:
        way = route(network, [first.place, second.place], vehicle)
        km = way.km
    except NetworkError:
        a, b = network.waypoints[first.place], network.waypoints[second.place]
        way, km = None, great_circle_km(a.lat, a.lon, b.lat, b.lon)
    # A passage that ends before a departure may belong to the way there, unless the journey began with that departure; one long before is
    # another journey.
    if hours < (-48.0 if home else 0.0) or km / vehicle.max_kmh <= hours + SLACK_HOURS:
        return None
    names = network.waypoints[first.place], network.waypoints[second.place]
    text = (
        f"{_name(first, names[0].name)} {clock_time(begin, network.zone_of(names[0]))} at the earliest, {_name(second, names[1].name)} "
        f"{clock_time(end, network.zone_of(names[1]))} at the latest: {km:,.0f} km in {_hours(hours)}"
    )
    required = km / hours if hours > 0 else None
    text += f" asks for {required:,.0f} km/h" if required else " leaves no time at all"
    text += f"; a {vehicle.label} makes {vehicle.max_kmh:.0f} at most"
    if way is not None:
        text += f" and usually takes {_hours(mean_hours(way, vehicle))}"
    return Infeasible(
        text=text + ".",
        claims=_claims(first, second),
        origins=(first.origin, second.origin),
        km=round(km, 1),
        hours=round(hours, 2),
        required_kmh=round(required, 1) if required else None,
        possible_kmh=vehicle.max_kmh,
    )


def _refuted(happened: Sequence[Observation], durations: Sequence[Observation], network: Network, vehicle: Vehicle) -> list[Infeasible]:
    """Of each claimed duration the clearest refutation: the pair of reports that leaves the longest least time."""
    out: list[Infeasible] = []
    starts = [o for o in happened if o.kind == "departed" and o.interval.latest is not None]
    for duration in durations:
        assert duration.hours is not None
        worst: tuple[float, Observation, Observation] | None = None
        for first in starts:
            for second in happened:
                if second.kind == "departed" or second.interval.earliest is None or not _on_way(first, second, duration, network, vehicle):
                    continue
                assert first.interval.latest is not None
                least = (second.interval.earliest - first.interval.latest).total_seconds() / 3600.0
                if least > duration.hours[1] + SLACK_HOURS and (worst is None or least > worst[0]):
                    worst = (least, first, second)
        if worst is not None:
            least, first, second = worst
            assert first.interval.latest is not None
            assert second.interval.earliest is not None
            a, b = network.waypoints[first.place], network.waypoints[second.place]
            out.append(
                Infeasible(
                    text=f"{duration.label or 'The duration claimed'}: {_hours(duration.hours[1])} at most, but from {a.name} (left by "
                    f"{clock_time(first.interval.latest, network.zone_of(a))}) to {b.name} (not before "
                    f"{clock_time(second.interval.earliest, network.zone_of(b))}) it took {_hours(least)} at least.",
                    claims=_claims(duration, first, second),
                    origins=(duration.origin, first.origin, second.origin),
                    hours=round(least, 2),
                )
            )
    return out


def _on_way(first: Observation, second: Observation, duration: Observation, network: Network, vehicle: Vehicle) -> bool:
    """Whether the passage lies on the way that the duration is about."""
    if second.place == duration.place:
        return True
    if first.place == duration.place or duration.place not in network.waypoints:
        return False
    try:
        way: Route = route(network, [first.place, duration.place], vehicle)
    except NetworkError:
        return False
    return bool(way.visits(second.place))


def _name(observation: Observation, name: str) -> str:
    return f"left {name}" if observation.kind == "departed" else f"at {name}"


def _hours(hours: float) -> str:
    return f"{hours:.0f} h" if abs(hours) >= 10 else f"{hours:.1f} h"


def _claims(*observations: Observation) -> tuple[str, ...]:
    return tuple(sorted({c for o in observations for c in o.claims}))
