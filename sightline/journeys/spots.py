"""Where a telling lies: a point, how far it may be off, and what to call it."""

from __future__ import annotations

import re

import msgspec

from sightline.types import Place, PlaceMention

POINTLIKE_KM = 60.0
"""A place that reaches further is no point on a route."""
WIDEST_KM = 260.0
"""Nor is one that reaches further a word on where along a route somebody is."""
WIDE = frozenset({"country", "continent", "region", "sea", "area", "island", "river", "mountain", "historical", "county"})
"""Kinds of places that are no points."""
NEVER = frozenset({"country", "continent", "historical"})
"""Kinds that do not even tell the stretch of a way."""
AREA_WORDS = re.compile(
    r"\b(?:region|oblast|province|prefecture|territory|krai|district|state|county|governorate|republic|sea|strait|gulf)\b", re.IGNORECASE
)
AROUND = frozenset({"near", "off", "outside"})


class Spot(msgspec.Struct, frozen=True, kw_only=True):
    """A point with a name."""

    name: str
    lat: float
    lon: float
    radius_km: float = 0.0
    place: Place
    """The gazetteer's place that it is, or that it is told by."""
    shifted: bool = False
    """Whether it lies away from that place: "60 miles south-east of Aden"."""
    ring_km: float | None = None
    """Told only by its distance from the place: "200 km from Moscow", on whichever side."""

    @property
    def pointlike(self) -> bool:
        """Whether a way can pass it."""
        return self.radius_km <= POINTLIKE_KM and (self.shifted or self.place.kind not in WIDE) and self.ring_km is None


def spot_of(place: Place | None, mention: PlaceMention | None) -> Spot | None:
    """The spot that words mean; ``None`` where they name none, or a country."""
    place = pointed(place, mention)
    if place is None or place.lat is None or place.lon is None:
        return None
    relation = mention.relation if mention is not None else None
    if mention is None or relation is None or mention.lat is None or mention.lon is None:
        if place.kind in NEVER or place.radius_km > WIDEST_KM:
            return None
        return Spot(name=place.name, lat=place.lat, lon=place.lon, radius_km=place.radius_km, place=place)
    far = relation.distance_km is not None and relation.distance_km > max(place.radius_km, 15.0)
    if place.kind in NEVER or (mention.radius_km or 0.0) > 2 * WIDEST_KM:
        return None
    if relation.kind in AROUND:
        if relation.kind == "off" and far:
            # Beside a coast, not on a ring around a town.
            words = f"{relation.distance_km:.0f} km off {place.name}"
            return Spot(name=words, lat=place.lat, lon=place.lon, radius_km=(relation.distance_km or 0.0) + 10.0, place=place)
        if not far:
            return Spot(name=place.name, lat=place.lat, lon=place.lon, radius_km=min(place.radius_km, POINTLIKE_KM) + 20.0, place=place)
        words = f"{relation.distance_km:.0f} km from {place.name}"
        slack = max(0.15 * (relation.distance_km or 0.0), 5.0)
        return Spot(name=words, lat=place.lat, lon=place.lon, radius_km=slack, place=place, shifted=True, ring_km=relation.distance_km)
    if relation.kind in {"border", "between"}:
        return Spot(name=place.name, lat=mention.lat, lon=mention.lon, radius_km=mention.radius_km or 0.0, place=place)
    words = f"{relation.distance_km:.0f} km {relation.kind} of {place.name}" if far else f"{relation.kind} of {place.name}"
    return Spot(name=words, lat=mention.lat, lon=mention.lon, radius_km=mention.radius_km or 0.0, place=place, shifted=True)


def small(place: Place) -> bool:
    """Whether a country is no wider than a region, as an island state is: seen from afar, a place to go to."""
    return place.kind == "country" and place.lat is not None and place.lon is not None and place.radius_km <= WIDEST_KM / 2


def pointed(place: Place | None, mention: PlaceMention | None) -> Place | None:
    """The town of a name that a region shares, where no word says that the region is meant: one leaves and reaches towns.

    "Voronezh" is the city, "the Voronezh region" is not.
    """
    if place is None or mention is None or place.kind not in {"region", "county"} or AREA_WORDS.search(mention.text):
        return place
    towns = [p for p in mention.alternatives if p.kind in {"city", "village"} and p.country == place.country]
    return towns[0] if towns else place
