"""A compact, read-only index of places: a column a property, and sorted name hashes that are searched by bisection.

300,000 places under 1.2 million names take some 30 MB in memory and load in a few hundredths of a second.
"""

from __future__ import annotations

import gc
import os
import tempfile
from collections.abc import Iterable
from functools import cached_property
from hashlib import blake2b
from itertools import islice
from operator import attrgetter
from pathlib import Path
from typing import NamedTuple
from zipfile import BadZipFile

import numpy as np
import numpy.typing as npt

from sightline.gazetteer.folding import fold_all

_PIECE = 20_000
"""Entries taken in at a time, so that their names never stand in memory all together."""
FORMAT = 4
"""Raised whenever the layout or the folding of names changes, so that no stale file is read."""


class Entry(NamedTuple):
    """One place as it goes into the index; ``lat`` and ``lon`` are NaN where there is no point."""

    name: str
    kind: str
    lat: float
    lon: float
    slug: str = ""
    geonameid: int = 0
    radius_km: float = 0.0
    country: str = ""
    admin1: str = ""
    population: int = 0
    zone: str = ""
    aliases: tuple[str, ...] = ()


def name_hash(key: str) -> int:
    """64 bits of BLAKE2 of a folded name; a clash among a million names has a chance of one in thirty million."""
    return int.from_bytes(blake2b(key.encode(), digest_size=8).digest(), "little")


def _hashes(keys: list[str]) -> npt.NDArray[np.uint64]:
    """:func:`name_hash` of many keys."""
    return np.frombuffer(b"".join([blake2b(key.encode(), digest_size=8).digest() for key in keys]), dtype="<u8").astype(np.uint64)


def _table(keys: npt.NDArray[np.uint64], rows: npt.NDArray[np.uint32]) -> tuple[npt.NDArray[np.uint64], npt.NDArray[np.uint32]]:
    """Hashes in order with their rows; of two names of one row that fold alike, the main one stays."""
    order = np.lexsort((rows, keys))
    keys, rows = keys[order], rows[order]
    again = np.zeros(len(keys), dtype=bool)
    again[1:] = (keys[1:] == keys[:-1]) & (rows[1:] >> 1 == rows[:-1] >> 1)
    return keys[~again], rows[~again]


class _Texts:
    """Strings numbered in the order of their first use."""

    def __init__(self) -> None:
        self.numbers: dict[str, int] = {}

    def number(self, text: str) -> int:
        return self.numbers.setdefault(text, len(self.numbers))

    def packed(self) -> tuple[npt.NDArray[np.uint8], npt.NDArray[np.uint32]]:
        encoded = [text.encode() for text in self.numbers]
        ends = np.cumsum([0, *(len(e) for e in encoded)], dtype=np.uint32)
        return np.frombuffer(b"".join(encoded), dtype=np.uint8), ends


class Index:
    """The columns and the name table; rows are numbered from 0."""

    def __init__(self, columns: dict[str, npt.NDArray[np.generic]]) -> None:
        self.columns = columns
        self._keys = columns["keys"]
        self._rows = columns["rows"]
        self._text = columns["text"].tobytes()
        self._ends = columns["ends"]

    def __len__(self) -> int:
        return len(self.columns["name"])

    @cached_property
    def _slugs(self) -> dict[str, int]:
        column = self.columns["slug"]
        return {self.text(int(column[row])): int(row) for row in np.flatnonzero(column)}

    def rows(self, key: str) -> list[tuple[int, bool]]:
        """Rows that carry a folded name, each with whether it is their main name."""
        wanted = np.uint64(name_hash(key))
        first = int(np.searchsorted(self._keys, wanted, side="left"))
        last = int(np.searchsorted(self._keys, wanted, side="right"))
        return [(int(packed) >> 1, not int(packed) & 1) for packed in self._rows[first:last]]

    def text(self, number: int) -> str:
        """The string with a number."""
        return self._text[int(self._ends[number]) : int(self._ends[number + 1])].decode()

    def entry(self, row: int) -> Entry:
        """A row as an entry, without its aliases."""
        c = self.columns
        return Entry(
            name=self.text(int(c["name"][row])),
            kind=self.text(int(c["kind"][row])),
            lat=float(c["lat"][row]),
            lon=float(c["lon"][row]),
            slug=self.text(int(c["slug"][row])),
            geonameid=int(c["geonameid"][row]),
            radius_km=float(c["radius"][row]),
            country=self.text(int(c["country"][row])),
            admin1=self.text(int(c["admin1"][row])),
            population=int(c["population"][row]),
            zone=self.text(int(c["zone"][row])),
        )

    def row_of(self, *, geonameid: int = 0, slug: str = "") -> int | None:
        """The row with a slug or a GeoNames id."""
        if slug:
            return self._slugs.get(slug)
        found = np.flatnonzero(self.columns["geonameid"] == geonameid)
        return int(found[0]) if len(found) else None

    @classmethod
    def build(cls, entries: Iterable[Entry]) -> Index:
        """Index entries in the order given; a name given twice for one entry counts once."""
        texts = _Texts()
        texts.number("")
        numbers: dict[str, list[int]] = {k: [] for k in ("name", "kind", "slug", "country", "admin1", "zone", "geonameid", "population")}
        points: dict[str, list[float]] = {k: [] for k in ("lat", "lon", "radius")}
        keys: list[npt.NDArray[np.uint64]] = []
        rows: list[npt.NDArray[np.uint32]] = []
        collecting = gc.isenabled()
        gc.disable()  # a million small objects, none in a circle: looking for circles among them would take as long as the rest
        try:
            waiting, first = iter(entries), 0
            while piece := list(islice(waiting, _PIECE)):
                for column in ("name", "kind", "slug", "country", "admin1", "zone"):
                    numbers[column] += map(texts.number, map(attrgetter(column), piece))
                numbers["geonameid"] += [entry.geonameid for entry in piece]
                numbers["population"] += [entry.population for entry in piece]
                points["lat"] += [entry.lat for entry in piece]
                points["lon"] += [entry.lon for entry in piece]
                points["radius"] += [entry.radius_km for entry in piece]
                row = np.arange(first, first + len(piece), dtype=np.uint32)
                others = fold_all([alias for entry in piece for alias in entry.aliases])
                given = np.array([key != "" for key in others], dtype=bool)
                keys += [_hashes(fold_all([entry.name for entry in piece])), _hashes(others)[given]]
                rows += [
                    row << np.uint32(1),
                    (np.repeat(row, [len(entry.aliases) for entry in piece]) << np.uint32(1) | np.uint32(1))[given],
                ]
                first += len(piece)
        finally:
            if collecting:
                gc.enable()
        text, ends = texts.packed()
        columns: dict[str, npt.NDArray[np.generic]] = {"text": text, "ends": ends}
        columns["keys"], columns["rows"] = (
            _table(np.concatenate(keys), np.concatenate(rows)) if keys else (np.array([], np.uint64), np.array([], np.uint32))
        )
        columns |= {k: np.array(v, dtype=np.uint32) for k, v in numbers.items()}
        columns |= {k: np.array(v, dtype=np.float32) for k, v in points.items()}
        return cls(columns)

    def save(self, path: Path) -> None:
        """Write to ``path`` in one step, so that a reader never sees half a file."""
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, temporary = tempfile.mkstemp(dir=path.parent, suffix=".partial")
        try:
            with os.fdopen(handle, "wb") as file:
                np.savez(file, **self.columns)  # type: ignore[arg-type]
            Path(temporary).replace(path)
        finally:
            Path(temporary).unlink(missing_ok=True)

    @classmethod
    def read(cls, path: Path) -> Index:
        """Read what :meth:`save` wrote. Raises OSError or ValueError when it cannot be read."""
        try:
            with np.load(path, allow_pickle=False) as stored:
                return cls({name: stored[name] for name in stored.files})
        except (BadZipFile, EOFError) as error:
            raise ValueError(f"{path}: not a whole index ({error})") from error
