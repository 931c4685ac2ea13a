"""The ways one can go: waypoints and the lines between them, as a graph."""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Iterable, Mapping
from functools import cached_property, lru_cache
from pathlib import Path

import msgspec
import networkx as nx
import numpy as np
from pyproj import Geod
from scipy.spatial import KDTree
from shapely.geometry import LineString, Point

from sightline.journeys.zones import on_sphere
from sightline.types import Place

GEOD = Geod(ellps="WGS84")
KM_PER_DEGREE = 111.195


class NetworkError(ValueError):
    """A network or a question to it that cannot be used; the message says where and what to do."""


class Waypoint(msgspec.Struct, frozen=True, kw_only=True):
    """A station, junction, border, port, airport or town that routes pass.

    ``kind`` chooses the halt of the vehicle table: station, junction, border, gauge (change of gauge), loco (change of locomotive),
    port, airport, visit, town.
    """

    id: str
    name: str
    lat: float
    lon: float
    kind: str = "station"
    zone: str | None = None
    """IANA time zone; ``None``: that of the nearest town is taken."""
    country: str | None = None
    """ISO 3166-1 alpha-2."""
    aliases: tuple[str, ...] = ()
    source: str = ""
    certain: bool = True


class Line(msgspec.Struct, frozen=True, kw_only=True):
    """A stretch of way between two waypoints, usable in both directions."""

    start: str
    end: str
    km: float
    cls: str = "*"
    """Class of line: chooses the speed of the vehicle table."""
    mode: str = "rail"
    """rail, road, sea, air."""
    gauge_mm: int | None = None
    path: tuple[tuple[float, float], ...] = ()
    """(lat, lon) points from ``start`` to ``end``, both included."""
    source: tuple[str, ...] = ()
    certain: bool = True
    note: str = ""


def great_circle_km(lat1: float, lon1: float, lat2: float, lon2: float) -> float:
    """Geodesic distance in km on WGS 84.

    >>> round(great_circle_km(39.005, 125.736, 43.111, 131.882))
    689
    """
    return float(GEOD.inv(lon1, lat1, lon2, lat2)[2]) / 1000.0


def fold(name: str) -> str:
    """A name's form for comparing: no case, accents, brackets, numbers of stations or punctuation.

    >>> fold("Khabarovsk-1"), fold("Rajin (Rason)"), fold("São Paulo")
    ('khabarovsk', 'rajin', 'sao paulo')
    """
    plain = "".join(c for c in unicodedata.normalize("NFKD", name) if not unicodedata.combining(c)).casefold()
    plain = re.sub(r"\([^)]*\)", " ", plain)
    plain = re.sub(r"[\s_-]+\d+$", "", plain.strip())
    return re.sub(r"[^\w]+", " ", plain).strip()


class Network:
    """Waypoints and lines; immutable, so that one network can serve many forecasts.

    Raises:
        NetworkError: when a line names a waypoint that is not there or has no positive length.
    """

    def __init__(
        self,
        waypoints: Iterable[Waypoint],
        lines: Iterable[Line],
        *,
        name: str = "network",
        detour_sd: float = 0.0,
        assumptions: tuple[str, ...] = (),
    ) -> None:
        self.name = name
        self.waypoints: Mapping[str, Waypoint] = {w.id: w for w in waypoints}
        self.lines: tuple[Line, ...] = tuple(lines)
        self.detour_sd = detour_sd
        """Standard deviation of the logarithm of all distances, where they are guessed; 0 where they are measured."""
        self.assumptions = assumptions
        self.timed: dict[object, nx.Graph] = {}
        """Memory of the graphs with hours for edges, by speeds; routes.py fills it."""
        for line in self.lines:
            for end in (line.start, line.end):
                if end not in self.waypoints:
                    raise NetworkError(f"{name}: the line {line.start} - {line.end} names {end!r}, which is not among the waypoints")
            if not (line.km > 0 and math.isfinite(line.km)):
                raise NetworkError(f"{name}: the line {line.start} - {line.end} needs a length above 0 km, not {line.km}")

    @staticmethod
    def load(path: str | Path) -> Network:
        """Reads a network file: GeoJSON (``.geojson``, ``.json``) or a list of waypoints with kilometres (``.csv``).

        Raises:
            NetworkError: when the file is missing, of an unknown kind or malformed; the message names the place and the remedy.
        """
        from sightline.journeys.network_files import load

        return load(Path(path))

    @cached_property
    def graph(self) -> nx.Graph:
        """The network as an undirected graph; an edge keeps the shortest of its parallel lines under ``line``."""
        graph = nx.Graph()
        graph.add_nodes_from(self.waypoints)
        for line in self.lines:
            known = graph.get_edge_data(line.start, line.end)
            if known is None or line.km < known["km"]:
                graph.add_edge(line.start, line.end, km=line.km, line=line)
        return graph

    @cached_property
    def _names(self) -> dict[str, list[str]]:
        names: dict[str, list[str]] = {}
        for waypoint in self.waypoints.values():
            for name in {fold(n) for n in (waypoint.id, waypoint.name, *waypoint.aliases)} - {""}:
                names.setdefault(name, []).append(waypoint.id)
        return names

    def find(self, name: str) -> Waypoint | None:
        """The waypoint of this id, name or alias, or the only one whose name begins with these words; ``None`` where none or several are.

        >>> Network([Waypoint(id="Khabarovsk-1", name="Khabarovsk-1", lat=48.5, lon=135.07)], []).find("Khabarovsk").id
        'Khabarovsk-1'
        """
        if name in self.waypoints:
            return self.waypoints[name]
        wanted = fold(name)
        if not wanted:
            return None
        exact = self._names.get(wanted, [])
        if len(exact) == 1:
            return self.waypoints[exact[0]]
        if exact:
            return None
        starts = {i for known, ids in self._names.items() if (known + " ").startswith(wanted + " ") for i in ids}
        return self.waypoints[starts.pop()] if len(starts) == 1 else None

    def named(self, name: str) -> Waypoint | None:
        """The only waypoint with exactly this name, id or alias."""
        exact = self._names.get(fold(name), [])
        return self.waypoints[exact[0]] if len(exact) == 1 else None

    def near(self, lat: float, lon: float, radius_km: float) -> Waypoint | None:
        """The nearest waypoint within ``radius_km``, or ``None``."""
        if not self.waypoints:
            return None
        tree, ids = self._tree
        # Some neighbours, as the sphere's order may differ from the ellipsoid's by a hair.
        _, found = tree.query(on_sphere(lat, lon), k=min(4, len(ids)))
        near = [self.waypoints[ids[int(i)]] for i in np.atleast_1d(found)]
        best = min(near, key=lambda w: (great_circle_km(lat, lon, w.lat, w.lon), w.id))
        return best if great_circle_km(lat, lon, best.lat, best.lon) <= radius_km else None

    @cached_property
    def _tree(self) -> tuple[KDTree, list[str]]:
        ids = list(self.waypoints)
        return KDTree(np.array([on_sphere(w.lat, w.lon) for w in self.waypoints.values()])), ids

    def match(self, place: Place, *, slack_km: float = 15.0) -> Waypoint | None:
        """The waypoint that a gazetteer's place is: by name where that lies within 100 km, else the nearest within its radius plus ``slack_km``."""
        named = self.find(place.name)
        if place.lat is None or place.lon is None:
            return named
        if named is not None and great_circle_km(place.lat, place.lon, named.lat, named.lon) <= 100.0:
            return named
        return self.near(place.lat, place.lon, min(place.radius_km, 25.0) + slack_km)

    @property
    def guessed(self) -> bool:
        """Whether its ways are great circles between the places that reports name, no lines that there are."""
        return self.detour_sd > 0.0

    def termini(self) -> tuple[str, ...]:
        """Ids of the waypoints at which one line ends."""
        return tuple(sorted(n for n, degree in self.graph.degree() if degree == 1))

    def zone_of(self, waypoint: Waypoint) -> str | None:
        """The waypoint's zone, or that of the nearest town of the gazetteer."""
        from sightline.journeys.zones import nearest_zone

        return waypoint.zone or nearest_zone(waypoint.lat, waypoint.lon)

    def with_point(self, name: str, lat: float, lon: float, *, within_km: float = 20.0) -> tuple[Network, Waypoint] | None:
        """The network with its nearest line cut at the point beside (lat, lon), and that new waypoint; ``None`` when no line is that near.

        Cutting a line changes no forecast: the motion is infinitely divisible.
        """
        best: tuple[float, float, Line] | None = None
        for line in self.lines:
            path = self.path_of(line)
            scale = math.cos(math.radians(lat))
            flat = LineString([(x * scale, y) for y, x in path])
            spot = Point(lon * scale, lat)
            gap = flat.distance(spot) * KM_PER_DEGREE
            if best is None or gap < best[0]:
                best = (gap, flat.project(spot, normalized=True), line)
        if best is None or best[0] > within_km or not 0.0 < best[1] < 1.0:
            return None
        _, share, line = best
        path = self.path_of(line)
        at = along(path, share)
        point = Waypoint(id=name, name=name, lat=at[0], lon=at[1], kind="point")
        if name in self.waypoints:
            return None
        before, after = cut(path, share)
        pieces = [
            msgspec.structs.replace(line, end=name, km=line.km * share, path=before),
            msgspec.structs.replace(line, start=name, km=line.km * (1 - share), path=after),
        ]
        lines = [other for other in self.lines if other is not line] + pieces
        return Network(
            [*self.waypoints.values(), point], lines, name=self.name, detour_sd=self.detour_sd, assumptions=self.assumptions
        ), point

    def path_of(self, line: Line) -> tuple[tuple[float, float], ...]:
        """The line's points, or the straight one between its waypoints."""
        if len(line.path) >= 2:
            return line.path
        a, b = self.waypoints[line.start], self.waypoints[line.end]
        return ((a.lat, a.lon), (b.lat, b.lon))


@lru_cache(maxsize=4096)
def along(path: tuple[tuple[float, float], ...], share: float) -> tuple[float, float]:
    """The point at ``share`` (0 to 1) of a path of (lat, lon) points, measured in degrees scaled by latitude."""
    scale = math.cos(math.radians(path[0][0]))
    spot = LineString([(lon * scale, lat) for lat, lon in path]).interpolate(share, normalized=True)
    return (round(float(spot.y), 6), round(float(spot.x) / scale, 6))


def cut(path: tuple[tuple[float, float], ...], share: float) -> tuple[tuple[tuple[float, float], ...], tuple[tuple[float, float], ...]]:
    """The path in two at ``share`` of its length, the point of the cut in both."""
    scale = math.cos(math.radians(path[0][0]))
    flat = LineString([(lon * scale, lat) for lat, lon in path])
    marks = [flat.project(Point(lon * scale, lat), normalized=True) for lat, lon in path]
    middle = along(path, share)
    before = tuple(p for p, mark in zip(path, marks) if mark < share)
    after = tuple(p for p, mark in zip(path, marks) if mark > share)
    return (*(before or (path[0],)), middle), (middle, *(after or (path[-1],)))
