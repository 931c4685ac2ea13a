"""A GeoNames dump (``allCountries.txt`` or ``.zip``, CC BY 4.0) in an SQLite file, and the look-ups on it.

The dump is read line by line and written in batches, so memory stays small whatever its size (the file of all countries holds some twelve
million places). Columns of the dump: https://www.geonames.org, "readme.txt" of the export folder.
"""

from __future__ import annotations

import io
import sqlite3
import zipfile
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import IO

from sightline.gazetteer.folding import fold
from sightline.gazetteer.geonames import town_radius, useful_name
from sightline.types import Place

_BATCH = 20_000
_FIELDS = 19
_CODES = {
    code: kind
    for kind, codes in {
        "area": "PPLX RGN",
        "country": "PCLI PCLD PCLIX",
        "region": "ADM1",
        "county": "ADM2",
        "historical": "PCLH",
        "river": "STM",
        "lake": "LK LKS",
        "sea": "SEA OCN GULF BAY",
        "strait": "STRT CHN",
        "canal": "CNL",
        "island": "ISL ISLS",
        "mountain": "MT MTS PK",
        "airport": "AIRP AIRF",
        "base": "AIRB MILB NVB INSM",
        "station": "RSTN",
        "bridge": "BDG",
        "port": "PRT HBR",
        "dam": "DAM",
        "continent": "CONT",
        "park": "PRK",
    }.items()
    for code in codes.split()
}
_CLASSES = {"P": "village", "A": "area", "H": "river", "L": "area", "S": "building", "T": "mountain", "R": "site", "V": "area", "U": "sea"}
_RADII = {
    "country": 300.0,
    "region": 100.0,
    "county": 20.0,
    "area": 20.0,
    "river": 30.0,
    "lake": 5.0,
    "sea": 50.0,
    "island": 5.0,
    "mountain": 5.0,
}
_SCHEMA = """
CREATE TABLE place (id INTEGER PRIMARY KEY, name TEXT NOT NULL, kind TEXT NOT NULL, lat REAL NOT NULL, lon REAL NOT NULL,
  radius REAL NOT NULL, country TEXT, admin1 TEXT, population INTEGER NOT NULL, zone TEXT);
CREATE TABLE name (key TEXT NOT NULL, place INTEGER NOT NULL);
"""


def import_dump(path: Path, database: Path, *, progress: Callable[[int], None] | None = None) -> int:
    """Write the places of a dump into a new SQLite file and return how many there are.

    ``progress`` is called with the count after every batch. An existing ``database`` is replaced only once the new one is whole.

    Raises:
        OSError: when a file cannot be read or written.
        ValueError: when the dump is not one, with the line.
    """
    partial = database.with_name(database.name + ".partial")
    partial.unlink(missing_ok=True)
    try:
        with closing(sqlite3.connect(partial)) as connection, _lines(path) as lines:
            connection.executescript("PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF;" + _SCHEMA)
            count = 0
            for rows, names in _batches(path, lines):
                connection.executemany("INSERT OR REPLACE INTO place VALUES (?,?,?,?,?,?,?,?,?,?)", rows)
                connection.executemany("INSERT INTO name VALUES (?,?)", names)
                count += len(rows)
                if progress is not None:
                    progress(count)
            connection.execute("CREATE INDEX name_key ON name (key)")
            connection.commit()
        if not count:
            raise ValueError(f"{path}: no places in it")
        partial.replace(database)
    finally:
        partial.unlink(missing_ok=True)
    return count


@contextmanager
def _lines(path: Path) -> Iterator[IO[str]]:
    if not zipfile.is_zipfile(path):
        with path.open(encoding="utf-8") as file:
            yield file
        return
    with zipfile.ZipFile(path) as archive:
        inner = next((n for n in archive.namelist() if n.endswith(".txt") and "readme" not in n.lower()), None)
        if inner is None:
            raise ValueError(f"{path}: no .txt file in the archive")
        with archive.open(inner) as raw, io.TextIOWrapper(raw, encoding="utf-8") as file:
            yield file


_Row = tuple[int, str, str, float, float, float, str | None, str | None, int, str | None]


def _batches(path: Path, lines: IO[str]) -> Iterator[tuple[list[_Row], list[tuple[str, int]]]]:
    rows: list[_Row] = []
    names: list[tuple[str, int]] = []
    for number, line in enumerate(lines, start=1):
        f = line.rstrip("\n").split("\t")
        try:
            if len(f) != _FIELDS:
                raise ValueError(f"{len(f)} columns, not {_FIELDS}")
            identifier, population = int(f[0]), int(f[14] or 0)
            kind = "city" if f[6] == "P" and population >= 5000 and f[7] != "PPLX" else _CODES.get(f[7]) or _CLASSES.get(f[6], "site")
            radius = town_radius(population) if f[6] == "P" else _RADII.get(kind, 1.0)
            rows.append((identifier, f[1], kind, float(f[4]), float(f[5]), radius, f[8] or None, f[10] or None, population, f[17] or None))
        except ValueError as error:
            raise ValueError(f"{path}, line {number}: not a line of a GeoNames dump ({error})") from error
        keys = {fold(n) for n in (f[1], f[2], *filter(useful_name, f[3].split(",")))} - {""}
        names.extend((key, identifier) for key in keys)
        if len(rows) >= _BATCH:
            yield rows, names
            rows, names = [], []
    if rows:
        yield rows, names


class Database:
    """Look-ups on an imported dump; opened read-only, and safe to share between threads that only read.

    Raises:
        OSError: when there is no such file.
        ValueError: when it is not one of ours.
    """

    def __init__(self, path: Path) -> None:
        if not path.is_file():
            raise FileNotFoundError(f"{path}: no such GeoNames database; make it with import_dump")
        self._connection = sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True, check_same_thread=False)
        try:
            self._connection.execute("SELECT id FROM place LIMIT 1").fetchone()
        except sqlite3.DatabaseError as error:
            raise ValueError(f"{path}: not an imported GeoNames database ({error})") from error

    def named(self, key: str) -> list[Place]:
        """Places under a folded name, at most 500 and the most populous first."""
        query = "SELECT p.* FROM name n JOIN place p ON p.id = n.place WHERE n.key = ? ORDER BY p.population DESC, p.id LIMIT 500"
        rows = self._connection.execute(query, (key,))
        return [_place(row) for row in rows]

    def place(self, geonameid: int) -> Place | None:
        """The place with a GeoNames id."""
        row = self._connection.execute("SELECT * FROM place WHERE id = ?", (geonameid,)).fetchone()
        return _place(row) if row else None


def _place(row: _Row) -> Place:
    identifier, name, kind, lat, lon, radius, country, admin1, population, zone = row
    return Place(
        id=f"geonames:{identifier}",
        name=name,
        kind=kind,
        lat=lat,
        lon=lon,
        radius_km=radius,
        geonameid=identifier,
        country=country,
        admin1=admin1,
        population=population,
        zone=zone,
    )
