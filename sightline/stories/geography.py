"""How two places stand to each other: the same, one within the other, apart; and whether a place lies on the way."""

from __future__ import annotations

from enum import StrEnum
from functools import lru_cache
from math import asin, cos, radians, sin, sqrt

from sightline.types import Place

EARTH_KM = 6371.0088
"""Mean radius of the Earth (IUGG)."""


class Relation(StrEnum):
    """Of two places."""

    SAME = "same"
    WITHIN = "within"
    """The first lies in the second."""
    HOLDS = "holds"
    """The second lies in the first."""
    NEAR = "near"
    """Not told apart at their uncertainty."""
    APART = "apart"
    UNKNOWN = "unknown"


_COUNTRY = frozenset({"country"})
_REGION = frozenset({"region"})
_LARGE = frozenset({"country", "region", "continent", "area", "sea"})


def distance_km(one: Place, other: Place) -> float | None:
    """Great-circle distance in kilometres (haversine); ``None`` where a place has no coordinates."""
    if one.lat is None or one.lon is None or other.lat is None or other.lon is None:
        return None
    lat1, lon1, lat2, lon2 = map(radians, (one.lat, one.lon, other.lat, other.lon))
    step = sin((lat2 - lat1) / 2) ** 2 + cos(lat1) * cos(lat2) * sin((lon2 - lon1) / 2) ** 2
    return 2 * EARTH_KM * asin(min(1.0, sqrt(step)))


@lru_cache(maxsize=65536)
def relate(one: Place, other: Place) -> Relation:
    """Relation of the first place to the second.

    >>> city = Place(id="x:1", name="A", kind="city", lat=43.1, lon=131.9, country="RU")
    >>> relate(city, Place(id="x:2", name="Russia", kind="country", lat=60.0, lon=100.0, country="RU")).value
    'within'
    """
    if one.id == other.id or (one.name == other.name and one.kind == other.kind and one.country == other.country):
        return Relation.SAME
    if _same_name(one, other):
        return Relation.NEAR if one.country == other.country else Relation.UNKNOWN
    forward, backward = _inside(one, other), _inside(other, one)
    if forward:
        return Relation.WITHIN
    if backward:
        return Relation.HOLDS
    if one.country and other.country and one.country != other.country:
        return Relation.APART
    apart = distance_km(one, other)
    if apart is None:
        return Relation.UNKNOWN
    if "country" not in (one.kind, other.kind) and apart <= max(one.radius_km, other.radius_km):
        return Relation.NEAR
    if one.kind in _LARGE or other.kind in _LARGE:
        return Relation.APART if apart > 2 * (one.radius_km + other.radius_km) + 50 else Relation.UNKNOWN
    return Relation.NEAR if apart <= 10 else Relation.APART


def _same_name(one: Place, other: Place) -> bool:
    """Whether one name holds the other ("Khasan", "Khasan station"): more likely one place named twice than two places."""
    mine, theirs = set(one.name.lower().split()), set(other.name.lower().split())
    small = {"country", "region", "continent", "area", "sea"}.isdisjoint({one.kind, other.kind})
    return small and bool(mine) and bool(theirs) and (mine <= theirs or theirs <= mine)


def _inside(inner: Place, outer: Place) -> bool:
    if outer.kind in _COUNTRY:
        return inner.country is not None and inner.country == outer.country and inner.kind not in _COUNTRY
    if outer.kind in _REGION and inner.kind not in _COUNTRY | _REGION:
        if inner.admin1 is not None and outer.admin1 is not None:
            return inner.country == outer.country and inner.admin1 == outer.admin1
        apart = distance_km(inner, outer)
        return apart is not None and outer.radius_km > 0 and apart <= outer.radius_km
    abroad = inner.country is not None and outer.country is not None and inner.country != outer.country
    if outer.kind in _LARGE and inner.kind not in _LARGE and outer.radius_km > 0 and not abroad:
        apart = distance_km(inner, outer)
        return apart is not None and apart <= outer.radius_km
    return False


def on_the_way(place: Place, start: Place, end: Place, detour: float = 1.25) -> bool | None:
    """Whether going from ``start`` to ``end`` by ``place`` is no great detour; ``None`` where coordinates are missing."""
    direct, first, second = distance_km(start, end), distance_km(start, place), distance_km(place, end)
    if direct is None or first is None or second is None:
        return None
    return first + second <= detour * direct + 20
