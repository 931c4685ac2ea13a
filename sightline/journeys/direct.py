"""Where no network is known: great circles with a detour factor, and its uncertainty said so."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

import msgspec
import networkx as nx

from sightline.journeys.network import Line, Network, Waypoint, fold, great_circle_km
from sightline.journeys.spots import Spot
from sightline.types import Place


class Detour(msgspec.Struct, frozen=True, kw_only=True):
    """How much longer than the great circle ways of one mode are."""

    factor: float
    sd: float
    """Standard deviation of the factor's logarithm."""


DETOURS = {
    # Road 1.3 and rail somewhat more: Ballou, Rahardja and Sakai 2002 for roads; the railway Pyongyang-Vladivostok is 1.72 times the great
    # circle, Moscow-Petersburg 1.03. Sea and air: general knowledge; aircraft
    # of states fly round others' airspace (Kuala Lumpur-Taipei on 2 August 2022 took 7 h for 3,230 km).
    "rail": Detour(factor=1.35, sd=0.16),
    "road": Detour(factor=1.3, sd=0.12),
    "sea": Detour(factor=1.25, sd=0.2),
    "air": Detour(factor=1.1, sd=0.15),
    "any": Detour(factor=1.3, sd=0.2),
}


class Fix(msgspec.Struct, frozen=True, kw_only=True):
    """A place where reports have the traveller, with the time that they leave."""

    spot: Spot
    earliest: datetime
    latest: datetime


MERGED = 0.015
"""Places nearer than this share of the journey's extent are one: an airport and its city, seen from another continent."""
MERGED_KM = (8.0, 60.0)
"""But at least and at most so near."""
BEYOND = 1.1
"""A direct line is left out where a way through other places is at most so much longer."""


def straight(places: Sequence[Place], mode: str, *, name: str = "great circles") -> Network:
    """A network of all the given places, joined by great circles times the mode's detour factor.

    A direct line is left out where a way through other places is at most a tenth longer, so that reports on the way stay on it (a greedy
    spanner: Althöfer and others 1993); every place stays reachable.
    """
    spots = [
        Spot(name=p.name, lat=p.lat, lon=p.lon, radius_km=p.radius_km, place=p) for p in places if p.lat is not None and p.lon is not None
    ]
    points, _ = _points(spots)
    return _network(points, _spanner(points), mode, name)


def told_ways(fixes: Sequence[Fix], others: Sequence[Spot], mode: str, max_kmh: float, *, name: str = "great circles") -> Network:
    """The ways of a traveller of whom no network is known: great circles from each place where reports have them to the next in time, and from
    the last to the places that are only named.

    A place that could not have been reached in time from the one before is joined like those only named: one of the two is wrong, and the
    forecast weighs which.
    """
    ordered = sorted(fixes, key=lambda f: (f.earliest + (f.latest - f.earliest) / 2, f.spot.name))
    points, ids = _points([f.spot for f in ordered] + list(others))
    at = {p.id: p for p in points}
    pairs: list[tuple[str, str]] = []
    trunk: list[Fix] = []
    for fix in ordered:
        here = ids[fix.spot.name]
        if trunk:
            before = ids[trunk[-1].spot.name]
            hours = (fix.latest - trunk[-1].earliest).total_seconds() / 3600.0 + 1.0
            if here != before and _gap(at[before], at[here]) > max_kmh * hours:
                continue
            if here != before:
                pairs.append((before, here))
        trunk.append(fix)
    if not pairs and not trunk:
        return _network(points, _spanner(points), mode, name)
    on = {p for pair in pairs for p in pair} | {ids[trunk[0].spot.name]}
    last = ids[trunk[-1].spot.name]
    named = {ids[s.name] for s in others}
    for point in points:
        if point.id not in on:
            pairs.append((last if point.id in named else min(sorted(on), key=lambda o: _gap(at[o], point)), point.id))
    return _network(points, list(dict.fromkeys((min(p), max(p)) for p in pairs)), mode, name)


def _points(spots: Sequence[Spot]) -> tuple[list[Waypoint], dict[str, str]]:
    """Waypoints for the spots, near ones merged under the first's name, and the waypoint of each spot's name."""
    gaps = [great_circle_km(a.lat, a.lon, b.lat, b.lon) for i, a in enumerate(spots) for b in spots[i + 1 :]]
    near = min(max(MERGED * max(gaps, default=0.0), MERGED_KM[0]), MERGED_KM[1])
    points: list[Waypoint] = []
    ids: dict[str, str] = {}
    for spot in spots:
        same = next((p for p in points if fold(p.name) == fold(spot.name)), None) or next(
            (p for p in points if not spot.shifted and p.kind != "point" and great_circle_km(p.lat, p.lon, spot.lat, spot.lon) <= near),
            None,
        )
        if same is None:
            kind = {"airport": "airport", "port": "port"}.get(spot.place.kind, "town")
            points.append(
                Waypoint(
                    id=spot.name,
                    name=spot.name,
                    lat=spot.lat,
                    lon=spot.lon,
                    kind="point" if spot.shifted else kind,
                    zone=spot.place.zone if not spot.shifted else None,
                    country=spot.place.country if not spot.shifted else None,
                )
            )
        elif same.name != spot.name:
            points[points.index(same)] = msgspec.structs.replace(same, aliases=tuple(sorted({*same.aliases, spot.name})))
        ids[spot.name] = points[-1].id if same is None else same.id
    return points, ids


def _gap(a: Waypoint, b: Waypoint) -> float:
    return great_circle_km(a.lat, a.lon, b.lat, b.lon)


def _spanner(points: Sequence[Waypoint]) -> list[tuple[str, str]]:
    graph = nx.Graph()
    graph.add_nodes_from(p.id for p in points)
    pairs = sorted((_gap(a, b), a.id, b.id) for i, a in enumerate(points) for b in points[i + 1 :])
    for km, a, b in pairs:
        known = nx.single_source_dijkstra_path_length(graph, a, cutoff=BEYOND * km, weight="km")
        if km > 0.1 and b not in known:
            graph.add_edge(a, b, km=km)
    return sorted((min(e), max(e)) for e in graph.edges)


def _network(points: Sequence[Waypoint], pairs: Sequence[tuple[str, str]], mode: str, name: str) -> Network:
    detour = DETOURS.get(mode, DETOURS["any"])
    at = {p.id: p for p in points}
    lines = [
        Line(start=a, end=b, km=_gap(at[a], at[b]) * detour.factor, mode=mode if mode != "any" else "road", certain=False)
        for a, b in pairs
        if _gap(at[a], at[b]) > 0.1
    ]
    said = (
        f"No network is known: distances are great circles times {detour.factor:g} ({mode}), which may be off by {detour.sd:.0%} "
        "(one standard deviation)."
    )
    return Network(points, lines, name=name, detour_sd=detour.sd, assumptions=(said,))
