"""One shard: a file of documents in, Parquet of mentions, claims and readings out, whole or not at all."""

from __future__ import annotations

import hashlib
import json
import os
import signal
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import FrameType
from typing import Any

import msgspec

from sightline.desk import Desk
from sightline.readers import Options, read_paths
from sightline.show.annotation import annotation
from sightline.types import Problem, Reading, Report

SECONDS = 10
"""Longest that one document may take."""
BATCH = 32
CRASHES = 3
"""How often a document may take its process down before it is set aside."""

_desk: dict[str | None, Desk] = {}


class ShardResult(msgspec.Struct, frozen=True, kw_only=True):
    """What became of a shard."""

    shard: str
    reports: int
    claims: int
    set_aside: int
    words: int
    outputs: dict[str, str]
    """File name to SHA-256."""


class _LateError(Exception):
    """A document took longer than it may."""


@contextmanager
def _limit(seconds: float) -> Iterator[None]:
    """Raise :class:`_LateError` in the main thread after some seconds; elsewhere there is no limit."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return

    def late(signum: int, frame: FrameType | None) -> None:
        raise _LateError

    before = signal.signal(signal.SIGALRM, late)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


def _atomic(path: Path, data: bytes) -> str:
    """Write a file whole: under another name, to the disk, then renamed. Gives its SHA-256."""
    part = path.with_name(path.name + ".part")
    with part.open("wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    part.replace(path)
    return hashlib.sha256(data).hexdigest()


class Journal:
    """Which documents a worker is at, kept beside the output, so that one that takes its worker down is known the next time.

    Only the driver, who sees a worker die, counts: a crawl that is stopped or killed as a whole makes no document suspect. A batch that
    dies makes its documents suspects, which are then read one by one; only a death while reading one alone is held against it.
    """

    def __init__(self, path: Path) -> None:
        """Open or begin the journal of a shard."""
        self._path = path
        self._suspects: set[str] = set()
        self._deaths: dict[str, int] = {}
        kept = _journal_entries(path)
        self._suspects.update(kept["suspects"])
        self._deaths.update(kept["deaths"])
        self._write([])

    def _write(self, at: Sequence[str]) -> None:
        entries = {"at": list(at), "suspects": sorted(self._suspects), "deaths": self._deaths}
        _atomic(self._path, json.dumps(entries, sort_keys=True).encode())

    def at(self, reports: Sequence[str]) -> None:
        """These documents are being read now."""
        self._write(reports)

    def suspect(self, report: str) -> bool:
        """Whether the document was at work when a worker died."""
        return report in self._suspects

    def poison(self, report: str) -> bool:
        """Whether it has taken its worker down too often."""
        return self._deaths.get(report, 0) >= CRASHES

    def done(self) -> None:
        """The shard is finished."""
        self._path.unlink(missing_ok=True)


def _journal_entries(path: Path) -> dict[str, Any]:
    try:
        kept = json.loads(path.read_text())
    except (OSError, ValueError):
        kept = {}
    return {"at": kept.get("at", []), "suspects": kept.get("suspects", []), "deaths": kept.get("deaths", {})}


def note_death(shard: str, out: Path) -> None:
    """A worker died while shards were under way: hold it against what this shard's worker was at."""
    path = out / f"{shard_name(shard)}.journal"
    kept = _journal_entries(path)
    if not kept["at"]:
        return
    if len(kept["at"]) == 1:
        (alone,) = kept["at"]
        kept["deaths"][alone] = kept["deaths"].get(alone, 0) + 1
    entries = {"at": [], "suspects": sorted({*kept["suspects"], *kept["at"]}), "deaths": kept["deaths"]}
    _atomic(path, json.dumps(entries, sort_keys=True).encode())


def _read_some(desk: Desk, reports: Sequence[Report], seconds: float) -> list[Reading]:
    with _limit(seconds):
        return [item for item in desk.annotate(reports) if isinstance(item, Reading)]


def _readings(desk: Desk, reports: Sequence[Report], journal: Journal) -> Iterator[Reading | Problem]:
    """Readings of a batch; when it fails, one by one, so that only the document at fault is set aside."""
    clean = [report for report in reports if not journal.suspect(report.id)]
    found: dict[str, Reading | Problem] = {}
    try:
        journal.at([report.id for report in clean])
        found = {reading.report.id: reading for reading in _read_some(desk, clean, SECONDS * max(1, len(clean)))}
    except (_LateError, Exception):
        found = {}
    for report in reports:
        if report.id not in found:
            found[report.id] = _alone(desk, report, journal)
        yield found[report.id]


def _alone(desk: Desk, report: Report, journal: Journal) -> Reading | Problem:
    if journal.poison(report.id):
        return Problem(report=report.id, message=f"took its worker down {CRASHES} times", remedy="look at it by itself")
    journal.at([report.id])
    try:
        return _read_some(desk, [report], SECONDS)[0]
    except _LateError:
        return Problem(report=report.id, message=f"took longer than {SECONDS} s", remedy="look at it by itself")
    except Exception as error:
        return Problem(report=report.id, message=f"{type(error).__name__}: {str(error)[:120]}", remedy="report this as a defect")


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


class _Tables:
    """Rows gathered into compressed column chunks, so that a large shard never stands in memory as Python objects."""

    ROWS = 5_000

    def __init__(self) -> None:
        self._schemas = _schemas()
        self._rows: dict[str, list[dict[str, Any]]] = {name: [] for name in self._schemas}
        self._chunks: dict[str, list[Any]] = {name: [] for name in self._schemas}

    def add(self, name: str, row: dict[str, Any]) -> None:
        self._rows[name].append(row)
        if len(self._rows[name]) >= self.ROWS:
            self._pack(name)

    def _pack(self, name: str) -> None:
        import pyarrow as pa

        self._chunks[name].append(pa.Table.from_pylist(self._rows[name], schema=self._schemas[name]))
        self._rows[name] = []

    def bytes_of(self, name: str) -> bytes:
        import io

        import pyarrow as pa
        from pyarrow import parquet

        self._pack(name)
        sink = io.BytesIO()
        parquet.write_table(pa.concat_tables(self._chunks[name]), sink, compression="zstd", row_group_size=self.ROWS)
        return sink.getvalue()


def run_shard(shard: str, out: str, pipeline: str | None = None, published: str | None = None) -> ShardResult:
    """Read one shard and write its four Parquet files (``reports``, ``mentions``, ``claims``, ``set_aside``) into the folder ``out``.

    The output depends on the shard alone. Documents that cannot be read, crash or hang are set aside with their reason.
    """
    if pipeline not in _desk:
        _desk[pipeline] = Desk(pipeline=pipeline)
    desk, folder = _desk[pipeline], Path(out)
    folder.mkdir(parents=True, exist_ok=True)
    name = shard_name(shard)
    journal, tables = Journal(folder / f"{name}.journal"), _Tables()
    counts = {"reports": 0, "claims": 0, "set_aside": 0, "words": 0}

    def keep(item: Reading | Problem) -> None:
        if isinstance(item, Problem):
            if item.fatal:
                counts["set_aside"] += 1
                tables.add("set_aside", {"report": f"{item.report} {item.place}".strip(), "message": item.message, "remedy": item.remedy})
            return
        report = item.report
        words = len(report.text.split())
        counts["reports"] += 1
        counts["claims"] += len(item.claims)
        counts["words"] += words
        tables.add("reports", {"id": report.id, "title": report.title, "outlet": report.outlet, "url": report.url, "language": report.language,
                               "published": report.published.value if report.published else None, "sha256": report.sha256, "words": words,
                               "reading": msgspec.msgpack.encode(item)})  # fmt: skip
        for row in _mention_rows(item):
            tables.add("mentions", row)
        for row in _claim_rows(item):
            tables.add("claims", row)

    batch: list[Report] = []
    for item in read_paths([Path(shard)], Options(published=published)):
        if isinstance(item, Problem):
            keep(item)
            continue
        batch.append(item)
        if len(batch) >= BATCH:
            for reading in _readings(desk, batch, journal):
                keep(reading)
            batch = []
    for reading in _readings(desk, batch, journal) if batch else ():
        keep(reading)
    outputs = {f"{name}.{table}.parquet": _atomic(folder / f"{name}.{table}.parquet", tables.bytes_of(table)) for table in _schemas()}
    result = ShardResult(shard=shard, outputs=outputs, **counts)
    _atomic(folder / f"{name}.done.json", msgspec.json.encode(result))
    journal.done()
    return result


def shard_name(shard: str) -> str:
    """A shard's name in the output folder: its file name and a piece of its path's hash, so that equal names in two folders stay apart."""
    path = Path(shard)
    return f"{path.name.replace('.', '_')}-{hashlib.sha256(str(path).encode()).hexdigest()[:8]}"
