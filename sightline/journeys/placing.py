"""Which waypoint of a network a telling is about."""

from __future__ import annotations

from itertools import pairwise

import msgspec
import networkx as nx

from sightline.journeys.borders import border_waypoint, nearest_border
from sightline.journeys.likelihoods import AT_ONCE, ENDS
from sightline.journeys.network import Network, Waypoint, great_circle_km
from sightline.journeys.spots import POINTLIKE_KM, WIDEST_KM, Spot, pointed, spot_of
from sightline.journeys.tellings import Told

BESIDE_KM = 60.0
"""How far a great circle may lie from the way that is taken."""


class Placed(msgspec.Struct, frozen=True, kw_only=True):
    """A telling's waypoint."""

    waypoint: str
    slack_km: float = 0.0
    """How far off the traveller may have been."""
    words: str = ""
    """What the report calls it, where that is not the waypoint's name."""


def placed(one: Told, network: Network, origin: str | None, abroad: str | None) -> tuple[Placed | None, Network]:
    """The waypoint meant, and the network, with a further point where the place lies beside a line; ``None`` where the place is not on it.

    A region, or a distance from a place, is a word on the stretch of the way near it: its waypoint comes with a slack.
    """
    place, mention = pointed(one.place, one.mention), one.mention
    if place is None and mention is None:
        if one.kind != "crossed":
            return None, network
        return _exact((border_waypoint(network, abroad, origin) if abroad else None) or nearest_border(network, origin)), network
    if place is not None and place.kind == "country" and place.country and (mention is None or mention.relation is None):
        if one.kind == "bound" and network.guessed and place.name in network.waypoints:
            return Placed(waypoint=place.name), network
        if one.kind == "bound":
            return Placed(waypoint=f"country:{place.country}"), network
        if one.kind in {"crossed", "arrived", "silence"}:
            return _exact(border_waypoint(network, place.country, origin)), network
        return None, network
    shifted = mention is not None and mention.relation is not None and mention.lat is not None
    spot = spot_of(place, mention)
    area = spot is not None and not spot.pointlike and not spot.shifted
    if place is not None and not shifted and not area:
        point = network.match(place)
        if point is not None:
            return Placed(waypoint=point.id), network
    if mention is not None and not shifted:
        # Namesakes elsewhere: a name that stands on the network means the one there.
        named = network.named(mention.text)
        if named is not None:
            return Placed(waypoint=named.id), network
    if spot is None or one.kind in {"bound", "duration"}:
        return None, network
    if not spot.pointlike:
        return _about(spot, one, network, origin)
    near = network.near(spot.lat, spot.lon, min(spot.radius_km, 20.0) + 5.0)
    if near is not None:
        return Placed(waypoint=near.id), network
    cut = network.with_point(spot.name, spot.lat, spot.lon, within_km=max(10.0, min(spot.radius_km, 40.0)))
    return (Placed(waypoint=cut[1].id), cut[0]) if cut is not None else (None, network)


def _exact(waypoint: str | None) -> Placed | None:
    return Placed(waypoint=waypoint) if waypoint is not None else None


def _about(spot: Spot, one: Told, network: Network, origin: str | None) -> tuple[Placed | None, Network]:
    """A region or a ring as a point of the way with a slack. Nobody departs from or arrives at one in the sense of a route."""
    if one.kind not in AT_ONCE | ENDS or spot.radius_km > WIDEST_KM:
        return None, network
    if spot.ring_km is not None:
        return _on_ring(spot, network, origin)
    # The line itself is a guess where no network is known.
    reach = spot.radius_km + (BESIDE_KM if network.guessed else 0.0)
    cut = network.with_point(spot.name, spot.lat, spot.lon, within_km=reach)
    if cut is not None:
        return Placed(waypoint=cut[1].id, slack_km=max(spot.radius_km, POINTLIKE_KM + 1.0), words=spot.name), cut[0]
    near = network.near(spot.lat, spot.lon, reach)
    return (
        Placed(waypoint=near.id, slack_km=max(spot.radius_km, POINTLIKE_KM + 1.0), words=spot.name) if near is not None else None
    ), network


def _on_ring(spot: Spot, network: Network, origin: str | None) -> tuple[Placed | None, Network]:
    """Where the way from the start first comes so near to the place; the nearer end of its last line where the start is not known."""
    centre = network.match(spot.place)
    if centre is None or spot.ring_km is None:
        return None, network
    if origin is not None and origin != centre.id and nx.has_path(network.graph, origin, centre.id):
        chain = nx.shortest_path(network.graph, origin, centre.id, weight="km")
    else:
        behind = sorted(network.graph[centre.id], key=lambda n: (_away(network.waypoints[n], spot), n))
        chain = [behind[-1], centre.id] if behind else []
    way: list[tuple[float, float]] = []
    for a, b in pairwise(chain):
        line = network.graph.edges[a, b]["line"]
        path = network.path_of(line)
        way += _fine(path if line.start == a else path[::-1])
    inside = next((p for p in way if great_circle_km(*p, spot.lat, spot.lon) <= spot.ring_km), None)
    if inside is None or not way or inside == way[0]:
        return None, network
    near = network.near(*inside, 3.0)
    if near is not None:
        return Placed(waypoint=near.id, slack_km=spot.radius_km, words=spot.name), network
    cut = network.with_point(spot.name, *inside, within_km=10.0)
    return (Placed(waypoint=cut[1].id, slack_km=spot.radius_km), cut[0]) if cut is not None else (None, network)


def _away(point: Waypoint, spot: Spot) -> float:
    return great_circle_km(point.lat, point.lon, spot.lat, spot.lon)


def _fine(path: tuple[tuple[float, float], ...], pieces: int = 40) -> list[tuple[float, float]]:
    """Points of a path close together."""
    out: list[tuple[float, float]] = []
    for (a, b), (c, d) in pairwise(path):
        out += [(a + (c - a) * i / pieces, b + (d - b) * i / pieces) for i in range(pieces)]
    return [*out, path[-1]]
