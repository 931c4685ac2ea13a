"""A shard's four Parquet tables, written row group by row group so that a large shard never stands in memory."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any

import msgspec

from sightline.show.annotation import annotation
from sightline.types import Problem, Reading


def _mention_rows(reading: Reading) -> Iterator[dict[str, Any]]:
    wire = annotation(reading)
    for kind in ("times", "names", "references", "places", "quantities"):
        for mention in getattr(wire, kind):
            name = "quantity" if kind == "quantities" else kind[:-1]
            value = json.dumps(msgspec.to_builtins(mention), sort_keys=True)
            yield {"report": wire.id, "kind": name, "start": mention.start, "end": mention.end, "text": mention.text,
                   "value": value}  # fmt: skip
    for said in wire.attributions:
        spans = [span for spans in (said.source, said.cue, said.content) for span in spans]
        start, end = min((span.start for span in spans), default=0), max((span.end for span in spans), default=0)
        value = json.dumps(msgspec.to_builtins(said), sort_keys=True)
        yield {"report": wire.id, "kind": "attribution", "start": start, "end": end, "text": reading.report.text[start:end], "value": value}


def _claim_rows(reading: Reading) -> Iterator[dict[str, Any]]:
    wire = annotation(reading)
    for claim in wire.claims:
        said = wire.attributions[claim.attribution] if claim.attribution is not None else None
        date = next((wire.times[when.time] for when in claim.when), None)
        place = next((wire.places[where.place] for where in claim.where), None)
        yield {
            "id": claim.id, "report": wire.id, "start": claim.span.start, "end": claim.span.end, "text": claim.span.of(reading.report.text), "type": claim.type,
            "predicate": claim.predicate, "status": claim.certainty.status, "polarity": claim.certainty.polarity, "degree": claim.certainty.degree,
            "edtf": date.edtf if date else None, "earliest": date.earliest if date else None, "latest": date.latest if date else None,
            "place": place.name if place else None, "geonameid": place.geonameid if place else None, "lat": place.lat if place else None,
            "lon": place.lon if place else None, "source": said.source_name if said else None, "source_kind": said.source_kind if said else None,
            "party": said.party if said else None, "anonymous": said.anonymous if said else None, "background": claim.background,
        }  # fmt: skip


def _schemas() -> dict[str, Any]:
    import pyarrow as pa

    text, whole, real, flag = pa.string(), pa.int32(), pa.float64(), pa.bool_()
    instant = pa.timestamp("s", tz="UTC")
    return {
        "mentions": pa.schema([("report", text), ("kind", text), ("start", whole), ("end", whole), ("text", text), ("value", text)]),
        "claims": pa.schema([
            ("id", text), ("report", text), ("start", whole), ("end", whole), ("text", text), ("type", text), ("predicate", text), ("status", text),
            ("polarity", text), ("degree", text), ("edtf", text), ("earliest", instant), ("latest", instant), ("place", text), ("geonameid", pa.int64()),
            ("lat", real), ("lon", real), ("source", text), ("source_kind", text), ("party", text), ("anonymous", flag), ("background", flag),
        ]),
        "reports": pa.schema([("id", text), ("title", text), ("outlet", text), ("url", text), ("published", text), ("language", text), ("sha256", text),
                              ("words", whole), ("reading", pa.binary())]),
        "set_aside": pa.schema([("report", text), ("message", text), ("remedy", text)]),
    }  # fmt: skip


class _Hashing:
    """A file that knows the SHA-256 of what was written to it, as Parquet's writer needs one: forward only."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file
        self._digest = hashlib.sha256()
        self._length = 0
        self.closed = False

    def write(self, data: Any) -> int:
        with memoryview(data) as view:
            self._digest.update(view)
            self._length += view.nbytes
            self._file.write(view)
            return view.nbytes

    def tell(self) -> int:
        return self._length

    def writable(self) -> bool:
        return True

    def readable(self) -> bool:
        return False

    def seekable(self) -> bool:
        return False

    def flush(self) -> None:
        self._file.flush()

    def close(self) -> None:
        self.closed = True

    def hexdigest(self) -> str:
        return self._digest.hexdigest()


ROWS = 5_000
"""Rows of a row group."""
READINGS = 500
"""Reports of a row group: each carries its whole reading."""


class Tables:
    """The tables of one shard: rows go into files of another name until all are whole.

    Use it as a context; leaving it with an error takes the unfinished files away.
    """

    def __init__(self, folder: Path, name: str) -> None:
        """Begin the files of a shard's name in a folder.

        Raises:
            OSError: when they cannot be written.
        """
        from pyarrow import parquet

        self._schemas = _schemas()
        self._rows: dict[str, list[dict[str, Any]]] = {table: [] for table in self._schemas}
        self._paths = {table: folder / f"{name}.{table}.parquet" for table in self._schemas}
        self._parts = {table: path.with_name(path.name + ".part") for table, path in self._paths.items()}
        self._files: dict[str, IO[bytes]] = {}
        self._sinks: dict[str, _Hashing] = {}
        self._writers: dict[str, Any] = {}
        try:
            for table, schema in self._schemas.items():
                self._files[table] = self._parts[table].open("wb")
                self._sinks[table] = _Hashing(self._files[table])
                self._writers[table] = parquet.ParquetWriter(self._sinks[table], schema, compression="zstd")
        except OSError:
            self.__exit__()
            raise

    def __enter__(self) -> Tables:
        """The tables themselves."""
        return self

    def __exit__(self, *error: object) -> None:
        """Leave nothing unfinished behind."""
        for thing in (*self._writers.values(), *self._files.values()):
            _close_quietly(thing)
        for part in self._parts.values():
            part.unlink(missing_ok=True)

    def add_reading(self, reading: Reading) -> int:
        """A report with its mentions and claims; gives its number of words."""
        report = reading.report
        words = len(report.text.split())
        self._add("reports", {"id": report.id, "title": report.title, "outlet": report.outlet, "url": report.url, "language": report.language,
                              "published": report.published.value if report.published else None, "sha256": report.sha256, "words": words,
                              "reading": msgspec.msgpack.encode(reading)})  # fmt: skip
        for row in _mention_rows(reading):
            self._add("mentions", row)
        for row in _claim_rows(reading):
            self._add("claims", row)
        return words

    def add_problem(self, problem: Problem) -> None:
        """A document that is set aside, with its reason."""
        where = f"{problem.report} {problem.place}".strip()
        self._add("set_aside", {"report": where, "message": problem.message, "remedy": problem.remedy})

    def _add(self, table: str, row: dict[str, Any]) -> None:
        self._rows[table].append(row)
        if len(self._rows[table]) >= (READINGS if table == "reports" else ROWS):
            self._write(table)

    def _write(self, table: str) -> None:
        import pyarrow as pa

        if self._rows[table]:
            self._writers[table].write_table(pa.Table.from_pylist(self._rows[table], schema=self._schemas[table]))
            self._rows[table] = []

    def finish(self) -> dict[str, str]:
        """Close the files and give them their names; file name to SHA-256.

        Raises:
            OSError: when there is no room.
        """
        for table, file in self._files.items():
            self._write(table)
            self._writers[table].close()
            file.flush()
            os.fsync(file.fileno())
            file.close()
        for table, part in self._parts.items():
            part.replace(self._paths[table])
        return {self._paths[table].name: sink.hexdigest() for table, sink in self._sinks.items()}


def _close_quietly(thing: Any) -> None:
    """Close what may have lost its disk; the error that matters is on its way already."""
    try:
        thing.close()
    except (OSError, ValueError):
        return
