"""Networks in files: GeoJSON, and a list of waypoints with kilometres."""

from __future__ import annotations

import csv
import json
from itertools import pairwise
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import msgspec

from sightline.journeys.network import Line, Network, NetworkError, Waypoint, great_circle_km


def load(path: Path) -> Network:
    """Reads ``path`` by the ending of its name (``.geojson``, ``.json``, ``.csv``).

    Raises:
        NetworkError: missing, unknown or malformed, with place and remedy.
    """
    try:
        text = path.read_text(encoding="utf-8-sig")
    except OSError as problem:
        raise NetworkError(f"{path}: cannot be read ({problem.strerror}); give a .geojson or .csv network") from problem
    except UnicodeDecodeError as problem:
        raise NetworkError(f"{path}: is not UTF-8 text; save it as UTF-8") from problem
    if path.suffix.lower() == ".csv":
        return from_csv(text, name=path.stem, where=str(path))
    if path.suffix.lower() in {".geojson", ".json"}:
        return from_geojson(text, name=path.stem, where=str(path))
    raise NetworkError(f"{path}: unknown kind of network; give .geojson or .csv (OpenStreetMap extracts: sightline journey network import)")


def from_geojson(text: str, *, name: str = "network", where: str = "network") -> Network:
    """A FeatureCollection whose LineStrings are lines (properties ``a``/``b`` or ``start``/``end``, ``km``, ``cls``, ``mode``, ...) and
    whose Points, where there are any, are waypoints (``id`` or ``name``, ``kind``, ``zone``, ``country``, ``aliases``).

    A waypoint without a Point gets the coordinates of the line's end; a line without ``km`` its length on the map; a line without named
    ends is an error, since nothing could be reported of it. A MultiLineString's parts are joined in their order.

    Raises:
        NetworkError: no such collection, or a feature that cannot be used.
    """
    try:
        collection = json.loads(text)
        features = collection["features"]
        if not isinstance(features, list):
            raise TypeError
    except (ValueError, KeyError, TypeError) as problem:
        raise NetworkError(f"{where}: is no GeoJSON FeatureCollection; export the lines as one") from problem
    waypoints: dict[str, Waypoint] = {}
    lines: list[Line] = []
    shapes: list[tuple[int, dict[str, Any], dict[str, Any]]] = []
    for number, feature in enumerate(features):
        try:
            geometry, properties = feature["geometry"], feature.get("properties") or {}
            if geometry["type"] == "Point":
                waypoint = _waypoint(properties, geometry, f"{where}: feature {number}")
                waypoints[waypoint.id] = waypoint
            elif geometry["type"] in {"LineString", "MultiLineString"}:
                shapes.append((number, geometry, properties))
        except (KeyError, TypeError, IndexError, AttributeError) as problem:
            raise NetworkError(f"{where}: feature {number} has no usable geometry or properties") from problem
    for number, geometry, properties in shapes:
        lines.append(_line(properties, geometry, f"{where}: feature {number}", waypoints))
    if not lines:
        raise NetworkError(f"{where}: holds no lines; a network needs LineStrings with the properties a, b and km")
    return Network(waypoints.values(), lines, name=str(collection.get("name") or name))


def _waypoint(properties: dict[str, Any], geometry: dict[str, Any], where: str) -> Waypoint:
    identity = properties.get("id") or properties.get("name")
    if not identity:
        raise NetworkError(f"{where}: a waypoint needs a name")
    lon, lat = geometry["coordinates"][:2]
    return Waypoint(
        id=str(identity),
        name=str(properties.get("name") or identity),
        lat=_degrees(lat, 90, where),
        lon=_degrees(lon, 180, where),
        kind=str(properties.get("kind") or "station"),
        zone=_zone(properties.get("zone"), where),
        country=properties.get("country"),
        aliases=tuple(str(a) for a in properties.get("aliases") or ()),
        source=str(properties.get("source") or ""),
        certain=bool(properties.get("certain", True)),
    )


def _line(properties: dict[str, Any], geometry: dict[str, Any], where: str, waypoints: dict[str, Waypoint]) -> Line:
    start, end = properties.get("start") or properties.get("a"), properties.get("end") or properties.get("b")
    if not start or not end or start == end:
        raise NetworkError(f"{where}: a line needs two different waypoints in its properties a and b")
    try:
        raw = geometry["coordinates"] if geometry["type"] == "LineString" else [p for part in geometry["coordinates"] for p in part]
        path = tuple((_degrees(lat, 90, where), _degrees(lon, 180, where)) for lon, lat, *_ in raw)
    except NetworkError:
        raise
    except (TypeError, ValueError) as problem:
        raise NetworkError(f"{where}: its coordinates are not pairs of longitude and latitude") from problem
    if len(path) < 2:
        raise NetworkError(f"{where}: a line needs two points")
    for identity, (lat, lon) in ((str(start), path[0]), (str(end), path[-1])):
        waypoints.setdefault(identity, Waypoint(id=identity, name=identity, lat=lat, lon=lon))
    km = properties.get("km")
    if km is None:
        km = sum(great_circle_km(*p, *q) for p, q in pairwise(path))
    source = properties.get("source") or ()
    return Line(
        start=str(start),
        end=str(end),
        km=_number(km, where),
        cls=str(properties.get("cls") or properties.get("class") or "*"),
        mode=_mode(properties.get("mode"), where),
        gauge_mm=_gauge(properties.get("gauge_mm"), where),
        path=path,
        source=(source,) if isinstance(source, str) else tuple(source),
        certain=bool(properties.get("certain", True)),
        note=str(properties.get("note") or ""),
    )


MODES = ("rail", "road", "sea", "air")


def _mode(value: object, where: str) -> str:
    mode = str(value or "rail")
    if mode not in MODES:
        raise NetworkError(f"{where}: mode {mode!r} is none of {', '.join(MODES)}")
    return mode


def _zone(value: object, where: str) -> str | None:
    if value in (None, ""):
        return None
    try:
        return ZoneInfo(str(value)).key
    except (ZoneInfoNotFoundError, ValueError, OSError) as problem:
        raise NetworkError(f"{where}: {value!r} is no IANA time zone (Asia/Vladivostok)") from problem


def _gauge(value: object, where: str) -> int | None:
    if value in (None, ""):
        return None
    try:
        return int(str(value))
    except ValueError as problem:
        raise NetworkError(f"{where}: gauge {value!r} is not a number of millimetres") from problem


def _number(value: object, where: str) -> float:
    try:
        return float(value)  # type: ignore[arg-type]
    except (TypeError, ValueError) as problem:
        raise NetworkError(f"{where}: {value!r} is not a number of kilometres") from problem


def _degrees(value: object, limit: float, where: str) -> float:
    try:
        number = float(value)  # type: ignore[arg-type]
    except (TypeError, ValueError) as problem:
        raise NetworkError(f"{where}: {value!r} is not a coordinate in degrees") from problem
    if not -limit <= number <= limit:
        raise NetworkError(f"{where}: {number} lies outside -{limit} to {limit} degrees; GeoJSON has longitude first")
    return number


def from_csv(text: str, *, name: str = "network", where: str = "network") -> Network:
    """Waypoints in order with kilometres along the line: columns ``name``, ``km``, ``lat``, ``lon``; optional ``line`` (several lines in one
    file; a name that stands in two is their junction), ``class`` (of the stretch that ends here), ``mode``, ``kind``, ``zone``, ``country``.

    Raises:
        NetworkError: a column or value is missing, or kilometres do not increase.
    """
    rows = list(csv.DictReader(text.splitlines()))
    if not rows or not {"name", "km", "lat", "lon"} <= set(rows[0]):
        raise NetworkError(f"{where}: needs a first line with the columns name, km, lat and lon")
    waypoints: dict[str, Waypoint] = {}
    lines: list[Line] = []
    before: dict[str, tuple[str, float]] = {}
    for number, row in enumerate(rows, start=2):
        place, here = str(row["name"] or "").strip(), f"{where}: line {number}"
        if not place:
            raise NetworkError(f"{here}: the name is missing")
        km = _number(row["km"], here)
        waypoints.setdefault(
            place,
            Waypoint(
                id=place,
                name=place,
                lat=_degrees(row["lat"], 90, here),
                lon=_degrees(row["lon"], 180, here),
                kind=row.get("kind") or "station",
                zone=_zone(row.get("zone"), here),
                country=row.get("country") or None,
            ),
        )
        line = row.get("line") or ""
        if line in before:
            previous, at = before[line]
            if km <= at:
                raise NetworkError(f"{here}: kilometres must increase along the line ({km:g} after {at:g})")
            lines.append(Line(start=previous, end=place, km=km - at, cls=row.get("class") or "*", mode=_mode(row.get("mode"), here)))
        before[line] = (place, km)
    if not lines:
        raise NetworkError(f"{where}: holds no line; give two waypoints at least, in their order along it")
    return Network(waypoints.values(), lines, name=name)


def to_geojson(network: Network) -> str:
    """The network as a GeoJSON FeatureCollection: Points for waypoints, LineStrings for lines; ``load`` reads it back the same."""
    points = [
        {
            "type": "Feature",
            "geometry": {"type": "Point", "coordinates": [w.lon, w.lat]},
            "properties": {k: v for k, v in msgspec.structs.asdict(w).items() if k not in {"lat", "lon"} and v not in (None, (), "")},
        }
        for w in network.waypoints.values()
    ]
    shapes = [
        {
            "type": "Feature",
            "geometry": {"type": "LineString", "coordinates": [[lon, lat] for lat, lon in network.path_of(line)]},
            "properties": {k: v for k, v in msgspec.structs.asdict(line).items() if k != "path" and v not in (None, (), "")},
        }
        for line in network.lines
    ]
    rows = ",\n".join(json.dumps(f, ensure_ascii=False) for f in points + shapes)
    return f'{{"type": "FeatureCollection", "name": {json.dumps(network.name)}, "features": [\n{rows}\n]}}\n'
