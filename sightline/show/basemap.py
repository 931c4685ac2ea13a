"""Coastlines and borders of the region that a map shows (Natural Earth 1:10m, public domain, simplified to about a kilometre)."""

from __future__ import annotations

import gzip
from functools import cache
from importlib.resources import files
from typing import Any

import msgspec
import numpy as np
import shapely


class _Stored(msgspec.Struct):
    source: str
    unit: float
    land: list[list[list[int]]]
    borders: list[list[int]]


def _line(numbers: list[int], unit: float) -> Any:
    return np.cumsum(np.array(numbers, dtype=np.int64).reshape(-1, 2), axis=0) * unit


@cache
def _layers() -> tuple[Any, Any]:
    """Land polygons and border lines as arrays of geometries in degrees."""
    data = files("sightline.show").joinpath("assets/basemap.json.gz").read_bytes()
    stored = msgspec.json.decode(gzip.decompress(data), type=_Stored)
    land = []
    for rings in stored.land:
        outer, *holes = (_line(ring, stored.unit) for ring in rings)
        if len(outer) >= 4:
            land.append(shapely.Polygon(outer, [hole for hole in holes if len(hole) >= 4]))
    borders = [shapely.LineString(_line(line, stored.unit)) for line in stored.borders]
    # The simplified rings cross themselves here and there; this method mends them six times as fast as the other.
    return shapely.make_valid(np.array(land, dtype=object), method="structure", keep_collapsed=False), np.array(borders, dtype=object)


def clipped(west: float, south: float, east: float, north: float, tolerance: float) -> tuple[list[Any], list[Any]]:
    """Rings of land and lines of borders within a box in degrees, simplified to ``tolerance`` degrees, as arrays of (lon, lat)."""
    land, borders = _layers()
    box = shapely.box(west, south, east, north)
    near = land[shapely.intersects(land, box)]
    cut = shapely.simplify(shapely.clip_by_rect(near, west, south, east, north), tolerance)
    parts = shapely.get_parts(cut)
    parts = parts[(shapely.get_type_id(parts) == 3) & (shapely.area(parts) > tolerance**2)]
    rings = [shapely.get_coordinates(ring) for ring in shapely.get_rings(parts)]
    lines = shapely.get_parts(
        shapely.simplify(shapely.clip_by_rect(borders[shapely.intersects(borders, box)], west, south, east, north), tolerance)
    )
    return rings, [shapely.get_coordinates(line) for line in lines if line.length > tolerance]
