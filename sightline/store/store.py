"""The store: reports, readings and decisions, appended and never overwritten."""

from __future__ import annotations

import hashlib
import random
import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import AbstractContextManager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import msgspec
from sqlalchemy import Connection, Engine, create_engine, event, func, insert, inspect, select, text
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, IntegrityError

from sightline.store import schema
from sightline.store.migrations import HEAD, upgrade
from sightline.store.rows import claim_rows, decision_of, decision_row, moment, pack, report_row, text_digest, unpack
from sightline.store.search import POSTGRESQL, SQLITE, Hit, search
from sightline.types import Decision, Problem, Reading, Report

DEFAULT = "sightline.db"
RETRIES = 10
"""How often a serialisable write is tried again when another writer came first."""
PATIENCE = 30.0
"""Seconds for which a writer waits for others before it gives up."""
PAUSE = 0.02
"""Longest wait in seconds before the first retry; it doubles with each and is drawn by chance, so that writers do not meet again."""


class StoreError(Exception):
    """The store cannot be opened or written; the message says what to do."""


class Added(msgspec.Struct, frozen=True, kw_only=True):
    """What became of a reading: its report's id in the store, and whether it was new, a new version, read anew, or known."""

    report: str
    outcome: str
    """new, version (same id, other text), reread (same text, newer rules), known."""


def address(place: str | None) -> str:
    """The SQLAlchemy address of a SQLite file's path or of a ``postgresql://`` address.

    >>> address(None), address("postgresql://db/story")
    ('sqlite:///sightline.db', 'postgresql+psycopg://db/story')
    """
    place = place or DEFAULT
    if place.startswith(("postgresql://", "postgres://")):
        return "postgresql+psycopg://" + place.partition("://")[2]
    if "://" in place:
        return place
    return f"sqlite:///{place}"


def _begin_sqlite(connection: Connection) -> None:
    """A writer takes the lock at once: a read that turns into a write later would fail when another writer came between."""
    connection.exec_driver_sql("BEGIN IMMEDIATE" if connection.get_execution_options().get("writes") else "BEGIN")


def _tune_sqlite(connection: Any, _: object) -> None:
    connection.isolation_level = None
    cursor = connection.cursor()
    for pragma in (
        "journal_mode=WAL",
        "synchronous=NORMAL",
        f"busy_timeout={PATIENCE * 1000:.0f}",
        "foreign_keys=ON",
        "temp_store=MEMORY",
        "cache_size=-32000",
    ):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


class Store:
    """One database. Many readers at once; writers wait for each other (SQLite) or retry serialisably (PostgreSQL)."""

    def __init__(self, engine: Engine) -> None:
        """Use :meth:`open`; this wraps an engine whose tables are there."""
        self.engine = engine

    @classmethod
    def open(cls, place: str | None = None, *, create: bool = True) -> Store:
        """The store at a path or address; its tables are made or migrated as needed.

        Raises:
            StoreError: when it cannot be opened, is no store of ours, or is missing and ``create`` is off.
        """
        where = address(place)
        try:
            url = make_url(where)
        except ArgumentError as error:
            raise StoreError(f"{place}: not a store's address; give a file or postgresql://user@host/name") from error
        if url.get_backend_name() == "sqlite" and not create and url.database and not Path(url.database).exists():
            raise StoreError(f"{url.database}: no store there; make one with `sightline add`")
        try:
            if url.get_backend_name() == "sqlite":
                if url.database and url.database != ":memory:":
                    Path(url.database).absolute().parent.mkdir(parents=True, exist_ok=True)
                engine = create_engine(url, connect_args={"timeout": PATIENCE})
                event.listen(engine, "connect", _tune_sqlite)
                event.listen(engine, "begin", _begin_sqlite)
            else:
                engine = create_engine(url, isolation_level="SERIALIZABLE", pool_pre_ping=True)
            _prepare(engine)
        except ModuleNotFoundError as error:
            raise StoreError(f"{url.render_as_string()}: needs {error.name}; pip install 'sightline[postgresql]'") from error
        except (DBAPIError, OSError) as error:
            detail = str(getattr(error, "orig", error)).splitlines()[0]
            raise StoreError(
                f"{url.render_as_string()}: cannot be opened ({detail}); {_remedy(detail, 'check the path or address')}"
            ) from error
        return cls(engine)

    def _writing(self) -> AbstractContextManager[Connection]:
        return self.engine.execution_options(writes=True).begin()

    def close(self) -> None:
        """Let go of every connection."""
        self.engine.dispose()

    def add(self, readings: Iterable[Reading], *, batch: int = 32, now: datetime | None = None) -> Iterator[Added]:
        """Store readings, ``batch`` of them a transaction: a killed run has stored whole reports
        only, and running it again adds the rest."""
        pending: list[Reading] = []
        for reading in readings:
            pending.append(reading)
            if len(pending) == batch:
                yield from self._write(pending, now)
                pending = []
        if pending:
            yield from self._write(pending, now)

    def _write(self, readings: Sequence[Reading], now: datetime | None) -> list[Added]:
        until = time.monotonic() + PATIENCE
        for attempt in range(RETRIES):
            try:
                with self._writing() as connection:
                    return [self._add_one(connection, reading, now or datetime.now(UTC)) for reading in readings]
            except (IntegrityError, DBAPIError) as error:
                if attempt == RETRIES - 1 or time.monotonic() > until or not _worth_retrying(error):
                    raise StoreError(failure(error)) from error
                time.sleep(random.uniform(0, PAUSE * 2 ** min(attempt, 6)))
        raise AssertionError("unreachable")

    def _add_one(self, connection: Connection, reading: Reading, now: datetime) -> Added:
        report = reading.report
        digest = text_digest(report.text)
        base, number, outcome = report.id, 1, "new"
        while True:
            row = connection.execute(select(schema.report.c.text_sha256).where(schema.report.c.id == report.id)).first()
            if row is None or row.text_sha256 == digest:
                break
            number += 1
            outcome = "version"
            report = msgspec.structs.replace(report, id=f"{base}~{number}", metadata={**report.metadata, "version_of": base})
        if report.id != reading.report.id:
            reading = renamed(reading, report.id, dict(report.metadata))
        if row is None:
            connection.execute(insert(schema.report).values(report_row(report, now)))
        else:
            known = select(schema.reading.c.seq).where(schema.reading.c.report == report.id, schema.reading.c.version == reading.version)
            if connection.execute(known).first() is not None:
                return Added(report=report.id, outcome="known")
            outcome = "reread"
        made = connection.execute(
            insert(schema.reading).values(report=report.id, version=reading.version, made=moment(now), data=pack(reading))
        )
        sequence = made.inserted_primary_key[0] if made.inserted_primary_key else 0
        rows = claim_rows(reading, sequence)
        if rows:
            connection.execute(insert(schema.claim), rows)
        return Added(report=report.id, outcome=outcome)

    def held(self, *, as_of: datetime | None = None, added_by: datetime | None = None) -> dict[str, int]:
        """The number of the newest reading of each report, in the order the reports came in; narrowed as :meth:`readings` is."""
        newest = select(schema.reading.c.report, func.max(schema.reading.c.seq).label("seq")).group_by(schema.reading.c.report).subquery()
        query = (
            select(newest.c.report, newest.c.seq).join(schema.report, schema.report.c.id == newest.c.report).order_by(schema.report.c.seq)
        )
        if as_of is not None:
            query = query.where(func.coalesce(schema.report.c.published_latest, schema.report.c.added) <= moment(as_of))
        if added_by is not None:
            query = query.where(schema.report.c.added <= moment(added_by))
        with self.engine.connect() as connection:
            return {row.report: int(row.seq) for row in connection.execute(query)}

    def numbered(self, after: int = 0) -> list[tuple[int, Reading]]:
        """Every reading with a number above ``after``, with its number, in that order."""
        query = select(schema.reading.c.seq, schema.reading.c.data).where(schema.reading.c.seq > after).order_by(schema.reading.c.seq)
        with self.engine.connect() as connection:
            return [(int(row.seq), unpack(row.data)) for row in connection.execute(query)]

    def readings(
        self, *, as_of: datetime | None = None, added_by: datetime | None = None, reports: Sequence[str] | None = None
    ) -> list[Reading]:
        """The newest reading of each report, in the order the reports came in.

        With ``as_of``, only of reports published by then (undated ones: added by then); with ``added_by``, of reports that the store
        held then.
        """
        newest = select(schema.reading.c.report, func.max(schema.reading.c.seq).label("seq")).group_by(schema.reading.c.report).subquery()
        query = (
            select(schema.reading.c.data)
            .join(newest, newest.c.seq == schema.reading.c.seq)
            .join(schema.report, schema.report.c.id == schema.reading.c.report)
            .order_by(schema.report.c.seq)
        )
        if as_of is not None:
            query = query.where(func.coalesce(schema.report.c.published_latest, schema.report.c.added) <= moment(as_of))
        if added_by is not None:
            query = query.where(schema.report.c.added <= moment(added_by))
        if reports is not None:
            query = query.where(schema.reading.c.report.in_(list(reports)))
        with self.engine.connect() as connection:
            return [unpack(row.data) for row in connection.execute(query)]

    def reading(self, report: str) -> Reading | None:
        """The newest reading of one report."""
        query = select(schema.reading.c.data).where(schema.reading.c.report == report).order_by(schema.reading.c.seq.desc()).limit(1)
        with self.engine.connect() as connection:
            row = connection.execute(query).first()
        return unpack(row.data) if row else None

    def reports(self, *, outlet: str | None = None, limit: int | None = None) -> list[dict[str, Any]]:
        """Rows of the stored reports, newest publication first, without their texts."""
        columns = [column for column in schema.report.c if column.name not in ("text", "metadata")]
        query = select(*columns).order_by(schema.report.c.published_latest.desc().nulls_last(), schema.report.c.seq)
        if outlet is not None:
            query = query.where(schema.report.c.outlet.ilike(f"%{outlet}%"))
        if limit is not None:
            query = query.limit(limit)
        with self.engine.connect() as connection:
            return [dict(row) for row in connection.execute(query).mappings()]

    def claims(self, *, type: str | None = None, status: str | None = None, party: str | None = None, report: str | None = None,
               limit: int = 200) -> list[dict[str, Any]]:  # fmt: skip
        """Claims of the newest readings, filtered, earliest happening first."""
        newest = select(func.max(schema.reading.c.seq)).group_by(schema.reading.c.report)
        query = select(schema.claim).where(schema.claim.c.reading.in_(newest))
        for column, value in (("type", type), ("status", status), ("party", party), ("report", report)):
            if value is not None:
                query = query.where(schema.claim.c[column] == value)
        query = query.order_by(schema.claim.c.earliest.asc().nulls_last(), schema.claim.c.report, schema.claim.c.start).limit(limit)
        with self.engine.connect() as connection:
            return [dict(row) for row in connection.execute(query).mappings()]

    def search(self, words: str, *, limit: int = 20, offset: int = 0) -> list[Hit]:
        """Reports that hold all the words, best first."""
        with self.engine.connect() as connection:
            return search(connection, words, limit=limit, offset=offset)

    def decide(self, decision: Decision) -> None:
        """Append a decision; the same id twice is written once."""
        with self._writing() as connection:
            if connection.execute(select(schema.decision.c.seq).where(schema.decision.c.id == decision.id)).first() is None:
                connection.execute(insert(schema.decision).values(decision_row(decision)))

    def decisions(self, *, as_of: datetime | None = None, undone: bool = False) -> list[Decision]:
        """Decisions in the order they were made; those taken back and the taking back are left out unless ``undone`` is set."""
        query = select(schema.decision).order_by(schema.decision.c.seq)
        if as_of is not None:
            query = query.where(schema.decision.c.at <= moment(as_of))
        with self.engine.connect() as connection:
            made = [decision_of(row) for row in connection.execute(query)]
        if undone:
            return made
        taken_back: set[str] = set()
        for entry in reversed(made):
            if entry.kind == "undo" and entry.id not in taken_back:
                taken_back.update(entry.subjects)
        return [entry for entry in made if entry.kind != "undo" and entry.id not in taken_back]

    def visited(self, reader: str, at: datetime) -> datetime | None:
        """Note that a reader looks now; gives when they looked before."""
        query = select(schema.visit.c.at).where(schema.visit.c.reader == reader).order_by(schema.visit.c.at.desc()).limit(1)
        with self._writing() as connection:
            row = connection.execute(query).first()
            connection.execute(insert(schema.visit).values(reader=reader, at=moment(at)))
        return datetime.fromisoformat(row.at) if row else None

    def feed_state(self, url: str) -> tuple[str | None, str | None] | None:
        """ETag and Last-Modified that a feed's server gave at the last look."""
        query = (
            select(schema.feed.c.etag, schema.feed.c.modified).where(schema.feed.c.url == url).order_by(schema.feed.c.seq.desc()).limit(1)
        )
        with self.engine.connect() as connection:
            row = connection.execute(query).first()
        return (row.etag, row.modified) if row else None

    def keep_feed_state(self, url: str, etag: str | None, modified: str | None) -> None:
        """Note what a feed's server said."""
        with self._writing() as connection:
            connection.execute(insert(schema.feed).values(url=url, etag=etag, modified=modified, at=moment(datetime.now(UTC))))

    def state(self) -> tuple[int, int]:
        """Numbers of the last reading and the last decision: what a cached picture is valid for."""
        with self.engine.connect() as connection:
            readings = connection.execute(select(func.coalesce(func.max(schema.reading.c.seq), 0))).scalar_one()
            decisions = connection.execute(select(func.coalesce(func.max(schema.decision.c.seq), 0))).scalar_one()
        return int(readings), int(decisions)

    def fingerprint(self, last: int) -> str:
        """Hexadecimal SHA-256 of every reading up to the one numbered ``last``: whether a picture made of them is theirs."""
        query = select(schema.reading.c.seq, schema.reading.c.report, schema.reading.c.data).where(schema.reading.c.seq <= last)
        digest = hashlib.sha256()
        with self.engine.connect() as connection:
            for row in connection.execution_options(yield_per=200).execute(query.order_by(schema.reading.c.seq)):
                digest.update(f"{row.seq} {len(row.data)} {row.report}\n".encode("utf-8", "surrogatepass"))
                digest.update(row.data)
        return digest.hexdigest()

    def verify(self) -> Iterator[Problem]:
        """What does not hold: a text that does not match its digest, a reading that cannot be unpacked, a SQLite file whose pages do not
        fit together; and, as a warning, a file on this machine that has changed since it was read."""
        with self.engine.connect() as connection:
            if self.engine.dialect.name == "sqlite":
                for row in connection.execute(text("PRAGMA integrity_check")):
                    if row[0] != "ok":
                        yield Problem(report="store", message=str(row[0]).splitlines()[0], remedy="restore the store from a copy")
            query = select(schema.reading.c.report, schema.reading.c.data, schema.report.c.text_sha256).join(
                schema.report, schema.report.c.id == schema.reading.c.report
            )
            for row in connection.execution_options(yield_per=100).execute(query.order_by(schema.reading.c.seq)):
                yield from _checked(row.report, row.data, row.text_sha256)


def _checked(identity: str, data: bytes, digest: str) -> Iterator[Problem]:
    try:
        report = unpack(data).report
    except (msgspec.MsgspecError, ValueError) as error:
        yield Problem(report=identity, message=f"its reading cannot be unpacked ({error})", remedy="restore the store from a copy")
        return
    if text_digest(report.text) != digest:
        yield Problem(report=identity, message="the stored text does not match its digest", remedy="restore the store from a copy")
    changed = _changed(report)
    if changed:
        yield Problem(report=identity, message=changed, remedy="the store keeps what was read", fatal=False)


def _changed(report: Report) -> str | None:
    """Whether the file that a report is the whole of has changed since; nothing for those that were one of many in a file."""
    path = Path(report.path or "")
    if not report.path or report.sha256 is None or path.suffix in (".gz", ".jsonl") or not path.is_file():
        return None
    with path.open("rb") as file:
        same = hashlib.file_digest(file, "sha256").hexdigest() == report.sha256
    return None if same else f"its file {path} has changed since it was read"


def renamed(reading: Reading, identity: str, metadata: dict[str, str]) -> Reading:
    """The reading under another report id; claims follow."""
    before = reading.report.id
    claims = tuple(msgspec.structs.replace(claim, report=identity, id=identity + claim.id.removeprefix(before)) for claim in reading.claims)
    report = msgspec.structs.replace(reading.report, id=identity, metadata=metadata)
    return msgspec.structs.replace(reading, report=report, claims=claims)


_REMEDIES = {
    "is full": "make room and run it again",
    "No space left": "make room and run it again",
    "could not extend file": "make room and run it again",
    "readonly": "check its permissions",
    "permission denied": "check its permissions",
    "disk I/O error": "check its disk",
    "database is locked": "another program holds it; run it again when that is done",
    "malformed": "restore it from a copy",
    "not a database": "restore it from a copy",
}
"""What to do about what SQLite and PostgreSQL say."""


def failure(error: DBAPIError) -> str:
    """A database's error as one line: what it said, and what to do."""
    said = (str(error.orig).strip() or type(error.orig).__name__).splitlines()[0]
    return f"the store cannot be used ({said}); {_remedy(said, 'try again')}"


def _remedy(said: str, otherwise: str) -> str:
    return next((remedy for sign, remedy in _REMEDIES.items() if sign in said), otherwise)


def _worth_retrying(error: DBAPIError) -> bool:
    """Another writer came first: a serialisation failure, a deadlock, or the same id inserted at the same moment."""
    if isinstance(error, IntegrityError):
        return True
    return getattr(error.orig, "sqlstate", None) in {"40001", "40P01"} or "database is locked" in str(error.orig)


def _prepare(engine: Engine) -> None:
    """Make the tables of a new store; bring an older one to the newest schema."""
    tables = inspect(engine).get_table_names()
    if "report" in tables:
        upgrade(engine)
        return
    with engine.execution_options(writes=True).begin() as connection:
        if connection.dialect.name == "postgresql":
            connection.execute(text("SELECT pg_advisory_xact_lock(7268139)"))
        schema.metadata.create_all(connection)
        for statement in SQLITE if connection.dialect.name == "sqlite" else POSTGRESQL:
            connection.execute(text(statement))
        connection.execute(text("CREATE TABLE IF NOT EXISTS alembic_version (version_num VARCHAR(32) NOT NULL PRIMARY KEY)"))
        if connection.execute(text("SELECT count(*) FROM alembic_version")).scalar_one() == 0:
            connection.execute(text("INSERT INTO alembic_version VALUES (:head)"), {"head": HEAD})
