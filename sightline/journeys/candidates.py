"""Where from, where to, by which ways: the rival routes and what the reports name as destination."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

from sightline.journeys.likelihoods import AT_ONCE, ENDS
from sightline.journeys.network import Network, NetworkError, Waypoint
from sightline.journeys.routes import Route, route
from sightline.journeys.trust import trust
from sightline.journeys.vehicles import Vehicle
from sightline.types import Observation

MOST = 24
"""Most rival destinations that are weighed."""


class ForecastError(ValueError):
    """A question that cannot be asked; the message says what is missing and how to give it."""


def locate(network: Network, name: str) -> Waypoint:
    """The waypoint a user names.

    Raises:
        ForecastError: none or several are meant; the message lists likely ones.
    """
    found = network.find(name)
    if found is None:
        import difflib

        near = difflib.get_close_matches(name, [w.name for w in network.waypoints.values()], n=4, cutoff=0.4)
        hint = f"; did you mean {', '.join(near)}?" if near else f"; it has {len(network.waypoints)} waypoints"
        raise ForecastError(f"{network.name} has no single waypoint {name!r}{hint}")
    return found


def start(observations: Sequence[Observation], network: Network, origin: str | None) -> str:
    """The waypoint where the journey begins: the one given, or the best reported departure's, or the place of the earliest report.

    Raises:
        ForecastError: nothing tells.
    """
    if origin is not None:
        return locate(network, origin).id
    trust: dict[str, float] = {}
    for observation in observations:
        if observation.kind == "departed" and observation.place in network.waypoints:
            trust[observation.place] = trust.get(observation.place, 0.0) + observation.reliability
    if trust:
        # Of equally trusted ones the first in the observations' order, which is that of time.
        order = [o.place for o in observations if o.kind == "departed"]
        return max(sorted(trust), key=lambda place: (round(trust[place], 6), -order.index(place)))
    for observation in observations:
        if observation.kind in AT_ONCE | ENDS and observation.place in network.waypoints:
            return observation.place
    raise ForecastError("no report tells where the journey began; name the place (--from)")


def rivals(
    observations: Sequence[Observation],
    network: Network,
    origin: str,
    vehicle: Vehicle,
    destination: str | Mapping[str, float] | None = None,
    via: Sequence[str] = (),
) -> list[tuple[Route, float]]:
    """The rival routes with their prior weights: to the destinations asked for, else to all that reports name and all ends of lines,
    each as likely before any report.

    Raises:
        ForecastError: no destination can be reached.
    """
    between = [locate(network, place).id for place in via]
    if destination is not None:
        asked = {destination: 1.0} if isinstance(destination, str) else dict(destination)
        weights = {locate(network, name).id: weight for name, weight in asked.items()}
    else:
        named = {o.place for o in observations if o.kind in {"bound", "expected", "arrived", "silence"} and o.place in network.waypoints}
        ends = network.termini()
        # On a great network the ends of all lines are no answer, nor are those of great circles; then only what reports name is.
        all_ends = not named - {origin} or (len(ends) <= MOST and not network.guessed)
        weights = dict.fromkeys(sorted(named | set(ends if all_ends else ())), 1.0)
        if not between:
            weights.pop(origin, None)
    found: list[tuple[Route, float]] = []
    problem = ""
    for place, weight in weights.items():
        try:
            found.append((route(network, [origin, *between, place], vehicle), weight))
        except NetworkError as unreachable:
            problem = str(unreachable)
    left = any(o.kind == "departed" and o.place == origin for o in observations)
    back = {"expected", "bound"} | (ENDS if left else frozenset())
    if destination is None and not between and any(o.place == origin and o.kind in back for o in observations):
        found += [(route(network, [origin, way.destination, origin], vehicle), 1.0) for way, _ in list(found)]
    if not found and network.guessed and not problem:
        raise ForecastError(f"reports tell of {origin} only, and none tells where it goes from there; name a destination (--to)")
    if not found:
        raise ForecastError(problem or f"no line leads from {origin} to any destination; name one (--to)")
    weighed = [(way, weight * bound(observations, network, way, len(found))) for way, weight in found]
    return sorted(weighed, key=lambda pair: (-pair[1], pair[0].destination))[:MOST]


def bound(observations: Sequence[Observation], network: Network, way: Route, count: int) -> float:
    """Likelihood of the destinations that reports name, if this way is the true one.

    A report that names the place (or country, ``country:RU``) is right with probability r, else it names any of the ``count`` rivals. A
    way that only passes the place named answers it by half. Those who name one place do so from one expectation in part: ``n`` of them count as
    ``n / (1 + (n - 1) c)``, the effective size of a sample with correlation ``c`` (Kish 1965), 2 at most for ``c`` = .5.
    """
    logs: dict[str, list[float]] = {}
    for observation in observations:
        if observation.kind != "bound":
            continue
        if observation.place.startswith("country:"):
            country = observation.place.removeprefix("country:")
            inside = [w.id for w in network.waypoints.values() if w.country == country]
            hit, share = float(way.destination in inside), 0.5
        else:
            hit = 1.0 if way.destination == observation.place else 0.5 if any(v for v in way.visits(observation.place)) else 0.0
            share = 1.0 / max(count, 2)
        logs.setdefault(observation.place, []).append(math.log(observation.reliability * hit + (1.0 - observation.reliability) * share))
    shared = trust().shared
    return math.exp(sum(sum(each) / (1.0 + (len(each) - 1) * shared) for each in logs.values()))
