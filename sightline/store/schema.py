"""The tables: append-only, the same on SQLite and PostgreSQL."""

from __future__ import annotations

from sqlalchemy import JSON, BigInteger, Boolean, Column, Float, ForeignKey, Index, Integer, LargeBinary, MetaData, String, Table, Text

metadata = MetaData()

_SEQUENCE = BigInteger().with_variant(Integer, "sqlite")
"""SQLite numbers rows by itself only for INTEGER primary keys."""

report = Table(
    "report",
    metadata,
    Column("seq", _SEQUENCE, primary_key=True, autoincrement=True),
    Column("id", String, nullable=False, unique=True),
    Column("text", Text, nullable=False),
    Column("text_sha256", String(64), nullable=False),
    Column("sha256", String(64)),
    Column("title", Text),
    Column("outlet", Text),
    Column("url", Text),
    Column("author", Text),
    Column("language", String),
    Column("published", String),
    Column("published_method", String),
    Column("published_latest", String),
    Column("path", Text),
    Column("fetched", String),
    Column("added", String, nullable=False),
    Column("metadata", JSON, nullable=False),
    Index("report_published", "published_latest"),
    Index("report_outlet", "outlet"),
    Index("report_text_sha256", "text_sha256"),
    Index("report_url", "url"),
)
"""A report as received. Instants are ISO 8601 in UTC, which sort as text."""

reading = Table(
    "reading",
    metadata,
    Column("seq", _SEQUENCE, primary_key=True, autoincrement=True),
    Column("report", String, ForeignKey("report.id"), nullable=False),
    Column("version", String, nullable=False),
    Column("made", String, nullable=False),
    Column("data", LargeBinary, nullable=False),
    Index("reading_report_version", "report", "version", unique=True),
)
"""What a version of the rules and weights read in a report (MessagePack of a Reading); the newest row of a report counts."""

claim = Table(
    "claim",
    metadata,
    Column("reading", _SEQUENCE, ForeignKey("reading.seq"), primary_key=True, autoincrement=False),
    Column("id", String, primary_key=True),
    Column("report", String, nullable=False),
    Column("start", Integer, nullable=False),
    Column("end", Integer, nullable=False),
    Column("type", String, nullable=False),
    Column("predicate", String, nullable=False),
    Column("status", String, nullable=False),
    Column("polarity", String, nullable=False),
    Column("degree", String, nullable=False),
    Column("earliest", String),
    Column("latest", String),
    Column("source", Text),
    Column("source_kind", String),
    Column("party", String),
    Column("anonymous", Boolean, nullable=False),
    Column("background", Boolean, nullable=False),
    Column("confidence", Float, nullable=False),
    Index("claim_report", "report"),
    Index("claim_type_status", "type", "status"),
    Index("claim_party", "party"),
    Index("claim_earliest", "earliest"),
)
"""Claims laid out for filters; the reading holds them whole."""

decision = Table(
    "decision",
    metadata,
    Column("seq", _SEQUENCE, primary_key=True, autoincrement=True),
    Column("id", String, nullable=False, unique=True),
    Column("kind", String, nullable=False),
    Column("subjects", JSON, nullable=False),
    Column("at", String, nullable=False),
    Column("by", Text, nullable=False),
    Column("note", Text, nullable=False),
    Index("decision_at", "at"),
)
"""What users decided; an undo is a row of its own."""

visit = Table(
    "visit",
    metadata,
    Column("seq", _SEQUENCE, primary_key=True, autoincrement=True),
    Column("reader", String, nullable=False),
    Column("at", String, nullable=False),
    Index("visit_reader", "reader", "at"),
)
"""When a reader last looked, for "what changed since"."""

feed = Table(
    "feed",
    metadata,
    Column("seq", _SEQUENCE, primary_key=True, autoincrement=True),
    Column("url", Text, nullable=False),
    Column("etag", Text),
    Column("modified", Text),
    Column("at", String, nullable=False),
    Index("feed_url", "url"),
)
"""What a feed's server said at each look; the newest row of a feed counts."""
