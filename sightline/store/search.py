"""Full-text search: FTS5 on SQLite, a text-search vector on PostgreSQL."""

from __future__ import annotations

import re

import msgspec
from sqlalchemy import Connection, text

SQLITE = (
    "CREATE VIRTUAL TABLE IF NOT EXISTS report_words USING fts5(title, outlet, text, content='report', content_rowid='seq', "
    'tokenize="unicode61 remove_diacritics 2")',
    "CREATE TRIGGER IF NOT EXISTS report_words_add AFTER INSERT ON report BEGIN "
    "INSERT INTO report_words(rowid, title, outlet, text) VALUES (new.seq, new.title, new.outlet, new.text); END",
)
POSTGRESQL = (
    "ALTER TABLE report ADD COLUMN IF NOT EXISTS words tsvector GENERATED ALWAYS AS (to_tsvector('english', "
    "coalesce(title, '') || ' ' || coalesce(outlet, '') || ' ' || left(text, 500000))) STORED",
    "CREATE INDEX IF NOT EXISTS report_words ON report USING gin (words)",
)

_SQLITE_QUERY = text(
    "SELECT report.id, report.title, report.outlet, report.published, snippet(report_words, 2, '\x02', '\x03', '…', 24) AS extract "
    "FROM report_words JOIN report ON report.seq = report_words.rowid WHERE report_words MATCH :query "
    "ORDER BY bm25(report_words), report.seq LIMIT :limit OFFSET :offset"
)
_POSTGRESQL_QUERY = text(
    "SELECT id, title, outlet, published, ts_headline('english', left(text, 500000), websearch_to_tsquery('english', :query), "
    "'StartSel=\x02, StopSel=\x03, MaxFragments=1, MaxWords=24, MinWords=12') AS extract FROM report "
    "WHERE words @@ websearch_to_tsquery('english', :query) "
    "ORDER BY ts_rank(words, websearch_to_tsquery('english', :query)) DESC, seq LIMIT :limit OFFSET :offset"
)


class Hit(msgspec.Struct, frozen=True, kw_only=True):
    """A report that holds the words; in ``extract`` the words found stand between U+0002 and U+0003."""

    report: str
    title: str | None
    outlet: str | None
    published: str | None
    extract: str


def fts5_query(words: str) -> str:
    """A query that FTS5 cannot misread: every word or "quoted phrase" as a string, all of them required, ``-word`` excluded.

    >>> fts5_query('armoured "left Pyongyang" -NEAR(')
    '"armoured" "left Pyongyang" NOT "NEAR"'
    """
    wanted: list[str] = []
    refused: list[str] = []
    for sign, phrase, word in re.findall(r"(-?)(?:\"([^\"]*)\"|(\S+))", words):
        plain = " ".join(re.findall(r"\w+", phrase or word))
        if plain:
            (refused if sign else wanted).append(f'"{plain}"')
    if not wanted:
        return ""
    return " ".join(wanted) + "".join(f" NOT {word}" for word in refused)


def search(connection: Connection, words: str, *, limit: int = 20, offset: int = 0) -> list[Hit]:
    """Reports that hold all the words, best first."""
    if connection.dialect.name == "sqlite":
        query = fts5_query(words)
        if not query:
            return []
        rows = connection.execute(_SQLITE_QUERY, {"query": query, "limit": limit, "offset": offset})
    else:
        rows = connection.execute(_POSTGRESQL_QUERY, {"query": words.replace("\x00", ""), "limit": limit, "offset": offset})
    return [Hit(report=row.id, title=row.title, outlet=row.outlet, published=row.published, extract=row.extract) for row in rows]
