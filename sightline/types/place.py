"""A place as the gazetteer knows it."""

from __future__ import annotations

import msgspec


class Place(msgspec.Struct, frozen=True, kw_only=True):
    """A gazetteer entry.

    ``id`` is ``geonames:<geonameid>`` for an entry of GeoNames and ``sightline:<slug>`` or ``user:<slug>`` for one of a hand-made
    table. Coordinates are degrees in WGS 84; a historical state or an unlocated place has none.
    """

    id: str
    name: str
    kind: str
    """country, region, city, village, station, border-crossing, bridge, sea, river, lake, island, base, cosmodrome, airport, port,
    building, mountain, continent, area, historical."""
    lat: float | None = None
    lon: float | None = None
    radius_km: float = 0.0
    """Uncertainty: how far from the point the place reaches."""
    geonameid: int | None = None
    country: str | None = None
    """ISO 3166-1 alpha-2."""
    admin1: str | None = None
    population: int = 0
    zone: str | None = None
    """IANA time zone."""
