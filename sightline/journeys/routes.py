"""A way through a network as a chain of stops, and the rival ways to rival destinations."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import msgspec
import networkx as nx

from sightline.journeys.network import Line, Network, NetworkError, along
from sightline.journeys.vehicles import Vehicle


class Stop(msgspec.Struct, frozen=True, kw_only=True):
    """A waypoint on a route and the leg that leads to it."""

    waypoint: str
    km: float
    """Kilometres from the start."""
    legs: tuple[tuple[str, float], ...] = ()
    """(class of line, km) of the way from the stop before."""
    halt: str = ""
    """Kind of halt of the vehicle table that is made here; empty: none."""
    lat: float = 0.0
    lon: float = 0.0
    path: tuple[tuple[float, float], ...] = ()
    """(lat, lon) points of the way from the stop before."""
    virtual: bool = False
    """A cut of a long leg, for telling the position; no waypoint of the network."""


class Route(msgspec.Struct, frozen=True, kw_only=True):
    """A chain of stops from a start to a destination."""

    stops: tuple[Stop, ...]

    @property
    def destination(self) -> str:
        """Waypoint id of the end."""
        return self.stops[-1].waypoint

    @property
    def km(self) -> float:
        """Length."""
        return self.stops[-1].km

    def visits(self, waypoint: str) -> tuple[int, ...]:
        """Indices of the stops at this waypoint: several on a way there and back."""
        return tuple(i for i, stop in enumerate(self.stops) if stop.waypoint == waypoint and not stop.virtual)


def route(network: Network, places: Sequence[str], vehicle: Vehicle) -> Route:
    """The quickest way through all of ``places`` in their order; a turning place in between is a visit.

    A way there and back is ``[A, B, A]``.

    Raises:
        NetworkError: a place is not on the network, or no line joins two of them.
    """
    if len(places) < 2:
        raise NetworkError("a route needs a start and a destination")
    for start, end in pairwise(places):
        if start == end:
            raise NetworkError(f"a way from {start} back to {end} needs a place to turn at (--via)")
    hours = _hours(network, vehicle)
    chain: list[str] = []
    for start, end in pairwise(places):
        try:
            piece = nx.shortest_path(hours, start, end, weight="hours")
        except nx.NodeNotFound as problem:
            raise NetworkError(f"{network.name}: {start!r} or {end!r} is not a waypoint") from problem
        except nx.NetworkXNoPath as problem:
            raise NetworkError(f"{network.name}: no line leads from {start} to {end}") from problem
        chain += piece if not chain else piece[1:]
    visited = set(places[1:-1])
    stops = [Stop(waypoint=chain[0], km=0.0, lat=network.waypoints[chain[0]].lat, lon=network.waypoints[chain[0]].lon)]
    for before, here in pairwise(chain):
        line: Line = network.graph.edges[before, here]["line"]
        path = network.path_of(line) if line.start == before else network.path_of(line)[::-1]
        point = network.waypoints[here]
        halt = "visit" if here in visited else point.kind if point.kind in vehicle.halts else ""
        stops.append(
            Stop(waypoint=here, km=stops[-1].km + line.km, legs=((line.cls, line.km),), halt=halt, lat=point.lat, lon=point.lon, path=path)
        )
    return Route(stops=tuple(stops))


def _hours(network: Network, vehicle: Vehicle) -> nx.Graph:
    key = (vehicle.mode, tuple(sorted((cls, speed.kmh) for cls, speed in vehicle.speeds.items())))
    known: nx.Graph | None = network.timed.get(key)
    if known is not None:
        return known
    graph = nx.Graph()
    graph.add_nodes_from(network.graph)
    for a, b, data in network.graph.edges(data=True):
        line: Line = data["line"]
        if vehicle.mode in {line.mode, "any"}:
            graph.add_edge(a, b, hours=line.km / vehicle.speed(line.cls).kmh)
    network.timed[key] = graph
    return graph


def divided(way: Route, longest_km: float) -> Route:
    """The route with legs longer than ``longest_km`` cut into equal pieces by virtual stops; no forecast changes by that."""
    stops = [way.stops[0]]
    for stop in way.stops[1:]:
        km = stop.km - stops[-1].km
        pieces = max(1, -(-int(km * 1000) // int(longest_km * 1000)))
        begin = stops[-1].km
        for i in range(1, pieces):
            lat, lon = along(stop.path, i / pieces)
            stops.append(
                Stop(
                    waypoint=stop.waypoint,
                    km=begin + km * i / pieces,
                    legs=tuple((c, k / pieces) for c, k in stop.legs),
                    lat=lat,
                    lon=lon,
                    path=stop.path,
                    virtual=True,
                )
            )
        stops.append(msgspec.structs.replace(stop, legs=tuple((c, k / pieces) for c, k in stop.legs)))
    return Route(stops=tuple(stops))


def ways(network: Network, origin: str, destinations: Sequence[str], vehicle: Vehicle) -> list[Route]:
    """The quickest way from ``origin`` to each destination that can be reached, in the order of their ids."""
    found = []
    for destination in sorted(set(destinations) - {origin}):
        try:
            found.append(route(network, [origin, destination], vehicle))
        except NetworkError:
            continue
    return found
