"""One shard: a file of documents in, Parquet of mentions, claims and readings out, whole or not at all."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from pathlib import Path

import msgspec

from sightline.desk import Desk
from sightline.engine.journal import CRASHES, Journal, atomic, opened
from sightline.engine.slowest import Slowest, Spent
from sightline.engine.tables import Tables
from sightline.readers import Options, read_paths
from sightline.readers.limit import LateError, allowance, within
from sightline.types import Problem, Reading, Report

BATCH = 32
DEADLY = f"took its worker down {CRASHES} times"

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
    slowest: tuple[Spent, ...] = ()
    """The documents that took longest; kept in no file, for it differs from run to run."""


def _allowance(reports: Sequence[Report]) -> float:
    return allowance(sum(len(report.text) for report in reports))


def _read_some(desk: Desk, reports: Sequence[Report]) -> list[Reading | Problem]:
    """Readings, and what could not be read."""
    with within(_allowance(reports), expendable=True):
        return [item for item in desk.annotate(reports) if isinstance(item, Reading) or item.fatal]


def _readings(desk: Desk, reports: Sequence[Report], journal: Journal) -> Iterator[Reading | Problem]:
    """Readings of a batch; when it fails, one by one, so that only the document at fault is set aside."""
    clean = [report for report in reports if not journal.suspect(report.id)]
    journal.at([report.id for report in clean])
    found: dict[str, Reading | Problem] = {}
    try:
        found = {item.report.id: item for item in _read_some(desk, clean) if isinstance(item, Reading)}
    except (LateError, Exception):
        found = {}
    for report in reports:
        if report.id not in found:
            found[report.id] = _alone(desk, report, journal)
        yield found[report.id]
    journal.at([])


def _alone(desk: Desk, report: Report, journal: Journal) -> Reading | Problem:
    if journal.poison(report.id):
        return Problem(report=report.id, message=DEADLY, remedy="look at it by itself")
    journal.at([report.id])
    try:
        return _read_some(desk, [report])[0]
    except LateError:
        return Problem(report=report.id, message=f"took longer than {_allowance([report]):g} s", remedy="look at it by itself")
    except Exception as error:
        return Problem(report=report.id, message=f"{type(error).__name__}: {str(error)[:120]}", remedy="report this as a defect")


def run_shard(shard: str, out: str, pipeline: str | None = None, published: str | None = None) -> ShardResult:
    """Read one shard and write its four Parquet files (``reports``, ``mentions``, ``claims``, ``set_aside``) into the folder ``out``.

    The output depends on the shard alone. Documents that cannot be read, crash or hang are set aside with their reason.

    Raises:
        OSError: when the output cannot be written; nothing half-written is left behind.
    """
    folder = Path(out)
    folder.mkdir(parents=True, exist_ok=True)
    journal = Journal(journal_of(shard, folder))
    opened(journal)
    try:
        result = _run(shard, folder, journal, pipeline, published)
    finally:
        opened(None)
    journal.done()
    return result


def _run(shard: str, folder: Path, journal: Journal, pipeline: str | None, published: str | None) -> ShardResult:
    if pipeline not in _desk:
        _desk[pipeline] = Desk(pipeline=pipeline)
    desk, name = _desk[pipeline], shard_name(shard)
    slowest = Slowest()
    desk.timed = lambda report, seconds: slowest.add(report.id, seconds, len(report.text.split()))
    counts = {"reports": 0, "claims": 0, "set_aside": 0, "words": 0}

    def watch(place: str) -> str | None:
        if journal.poison(place):
            return DEADLY
        journal.at([place])
        return None

    with Tables(folder, name) as tables:

        def keep(item: Reading | Problem) -> None:
            if isinstance(item, Reading):
                counts["words"] += tables.add_reading(item)
                counts["reports"] += 1
                counts["claims"] += len(item.claims)
            elif item.fatal:
                counts["set_aside"] += 1
                tables.add_problem(item)

        batch: list[Report] = []
        for item in read_paths([Path(shard)], Options(published=published, watch=watch)):
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
        result = ShardResult(
            shard=shard,
            outputs=tables.finish(),
            reports=counts["reports"],
            claims=counts["claims"],
            set_aside=counts["set_aside"],
            words=counts["words"],
        )
    atomic(folder / f"{name}.done.json", msgspec.json.encode(result))
    return msgspec.structs.replace(result, slowest=slowest.told())


def journal_of(shard: str, folder: Path) -> Path:
    """Where a shard's journal lies."""
    return folder / f"{shard_name(shard)}.journal"


def shard_name(shard: str) -> str:
    """A shard's name in the output folder: its file name and a piece of its path's hash, so that equal names in two folders stay apart."""
    path = Path(shard)
    return f"{path.name.replace('.', '_')}-{hashlib.sha256(str(path).encode()).hexdigest()[:8]}"
