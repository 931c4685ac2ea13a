"""Networks from OpenStreetMap extracts, read as a stream (osmium, an extra)."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any

import msgspec
import numpy as np
from scipy.spatial import KDTree

from sightline.journeys.network import Line, Network, NetworkError, Waypoint, great_circle_km

STATION_KM = 0.6
"""A station stands at the nearest point of a line within this distance."""
SIDINGS = frozenset({"yard", "siding", "spur", "crossover"})


class Kind(msgspec.Struct, frozen=True, kw_only=True):
    """Which ways and nodes of OpenStreetMap make a network of one mode."""

    key: str
    values: tuple[str, ...]
    node_key: str
    node_values: tuple[str, ...]


KINDS = {
    "rail": Kind(key="railway", values=("rail", "narrow_gauge"), node_key="railway", node_values=("station", "halt", "border_control")),
    "road": Kind(
        key="highway",
        values=("motorway", "trunk", "primary", "motorway_link", "trunk_link", "primary_link"),
        node_key="place",
        node_values=("city", "town"),
    ),
}


class Track(msgspec.Struct, kw_only=True):
    """One way: its nodes with coordinates, and the tags that matter."""

    nodes: list[int]
    points: list[tuple[float, float]]
    cls: str
    gauge: int | None


def import_osm(path: Path, *, mode: str = "rail", progress: Callable[[int], None] | None = None, name: str | None = None) -> Network:
    """The network of one mode of an OpenStreetMap file (.osm.pbf, .osm, .osm.bz2): named stations (towns for roads) as waypoints, junctions
    between them under their node numbers, lines with measured kilometres and gauge. Sidings and yards are left out, dead ends without a
    station too.

    Raises:
        NetworkError: osmium is not installed, the file cannot be read, or it holds no such ways.
    """
    try:
        import osmium
    except ImportError as problem:
        raise NetworkError("reading OpenStreetMap needs the extra: pip install 'sightline[osm]'") from problem
    if mode not in KINDS:
        raise NetworkError(f"no import for {mode!r}; there are {', '.join(KINDS)}")
    if not path.is_file():
        raise NetworkError(f"{path}: cannot be read; give an OpenStreetMap extract (.osm.pbf)")
    kind = KINDS[mode]
    tracks: list[Track] = []
    stations: list[tuple[str, float, float, str]] = []
    try:
        stream: Any = osmium.FileProcessor(str(path)).with_locations()
        for count, item in enumerate(stream):
            if progress is not None and count % 100_000 == 0:
                progress(count)
            if item.is_node() and item.tags.get(kind.node_key) in kind.node_values:
                label = item.tags.get("name:en") or item.tags.get("name")
                if label:
                    stations.append((label, item.location.lat, item.location.lon, item.tags.get(kind.node_key)))
            elif item.is_way() and item.tags.get(kind.key) in kind.values and item.tags.get("service") not in SIDINGS:
                track = _track(item, mode)
                if track is not None:
                    tracks.append(track)
    except RuntimeError as problem:
        raise NetworkError(f"{path}: is no OpenStreetMap file ({problem})") from problem
    if not tracks:
        raise NetworkError(f"{path}: holds no ways of {kind.key}={'|'.join(kind.values)}; choose another extract or --mode")
    return assemble(tracks, stations, mode=mode, name=name or path.name.split(".")[0])


def _track(way: Any, mode: str) -> Track | None:
    nodes = [(n.ref, n.location.lat, n.location.lon) for n in way.nodes if n.location.valid()]
    if len(nodes) < 2:
        return None
    gauge = re.match(r"\d{3,4}", way.tags.get("gauge") or "")
    if mode == "rail":
        cls = way.tags.get("usage") or "*"
    else:
        cls = "motorway" if (way.tags.get("highway") or "").startswith("motorway") else "*"
    return Track(
        nodes=[n[0] for n in nodes],
        points=[(round(n[1], 6), round(n[2], 6)) for n in nodes],
        cls=cls,
        gauge=int(gauge[0]) if gauge else None,
    )


def assemble(
    tracks: Sequence[Track], stations: Iterable[tuple[str, float, float, str]], *, mode: str = "rail", name: str = "OpenStreetMap"
) -> Network:
    """Waypoints and lines from ways and named points: the ways cut at junctions and stations, and joined where nothing happens.

    Raises:
        NetworkError: no station lies at a way.
    """
    at: dict[int, tuple[float, float]] = {}
    near: dict[int, list[tuple[int, int, float, str, int | None]]] = {}
    for number, track in enumerate(tracks):
        for i, (node, point) in enumerate(zip(track.nodes, track.points)):
            at[node] = point
            if i:
                km = great_circle_km(*track.points[i - 1], *point)
                for a, b in ((track.nodes[i - 1], node), (node, track.nodes[i - 1])):
                    near.setdefault(a, []).append((b, number, km, track.cls, track.gauge))
    names = _stations(at, stations)
    if not names:
        raise NetworkError(f"{name}: no named station stands at a line; the extract may hold lines only")
    _prune(near, set(names))
    cuts = {node for node, edges in near.items() if node in names or len(edges) != 2}
    waypoints = {
        n: Waypoint(
            id=names.get(n, (f"node {n}", ""))[0],
            name=names.get(n, (f"junction {n}", ""))[0],
            lat=at[n][0],
            lon=at[n][1],
            kind=names[n][1] if n in names else "junction",
        )
        for n in sorted(cuts)
    }
    lines: dict[tuple[str, str], Line] = {}
    for start in sorted(cuts):
        for first in near[start]:
            line = _follow(start, first, near, cuts, at, waypoints, mode)
            if line is None or line.start == line.end:
                continue
            key = (min(line.start, line.end), max(line.start, line.end))
            if key not in lines or line.km < lines[key].km:
                lines[key] = line
    return Network(waypoints.values(), [lines[k] for k in sorted(lines)], name=name)


def _stations(at: dict[int, tuple[float, float]], stations: Iterable[tuple[str, float, float, str]]) -> dict[int, tuple[str, str]]:
    nodes = sorted(at)
    scale = np.cos(np.radians(np.mean([at[n][0] for n in nodes])))
    tree = KDTree(np.array([(at[n][0], at[n][1] * scale) for n in nodes]))
    names: dict[int, tuple[str, str]] = {}
    used: dict[str, int] = {}
    for label, lat, lon, value in sorted(stations):
        _, index = tree.query((lat, lon * scale))
        node = nodes[int(index)]
        reach = STATION_KM if value not in {"city", "town"} else 6.0
        if node in names or great_circle_km(lat, lon, *at[node]) > reach:
            continue
        used[label] = used.get(label, 0) + 1
        names[node] = (label if used[label] == 1 else f"{label} ({used[label]})", "border" if value == "border_control" else "station")
    return names


def _prune(near: dict[int, list[tuple[int, int, float, str, int | None]]], keep: set[int]) -> None:
    """Dead ends without a station go, as long as there are any."""
    ends = [n for n, edges in near.items() if len(edges) == 1 and n not in keep]
    while ends:
        node = ends.pop()
        if node not in near or len(near[node]) != 1 or node in keep:
            continue
        other = near.pop(node)[0][0]
        near[other] = [e for e in near[other] if e[0] != node]
        if not near[other]:
            del near[other]
        elif len(near[other]) == 1 and other not in keep:
            ends.append(other)


def _follow(
    start: int,
    first: tuple[int, int, float, str, int | None],
    near: dict[int, list[tuple[int, int, float, str, int | None]]],
    cuts: set[int],
    at: dict[int, tuple[float, float]],
    waypoints: dict[int, Waypoint],
    mode: str,
) -> Line | None:
    before, (here, _, km, cls, gauge) = start, first
    path, total, by_class = [at[start], at[here]], km, {cls: km}
    while here not in cuts:
        following = [e for e in near[here] if e[0] != before]
        if len(following) != 1:
            return None
        before, (here, _, km, cls, _) = here, following[0]
        path.append(at[here])
        total += km
        by_class[cls] = by_class.get(cls, 0.0) + km
    main = max(sorted(by_class), key=lambda c: by_class[c])
    if total <= 0:
        return None
    return Line(
        start=waypoints[start].id,
        end=waypoints[here].id,
        km=round(total, 3),
        cls=main,
        mode=mode,
        gauge_mm=gauge,
        path=tuple(path),
        source=("OpenStreetMap contributors, ODbL",),
    )
