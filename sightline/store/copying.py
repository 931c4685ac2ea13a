"""A whole store copied into another, row by row."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from sqlalchemy import insert, select, text

from sightline.store import schema
from sightline.store.store import Store

_TABLES = (schema.report, schema.reading, schema.claim, schema.decision, schema.visit)
_BATCH = 200


def copy_store(
    source: Store, target: Store, watch: Callable[[str, Iterable[Any]], Iterable[Any]] = lambda name, rows: rows
) -> dict[str, int]:
    """Copy every row, in the order it was appended and in one transaction; gives how many of each table were new.

    Rows that the target has by their report's id (and reading's version) are left alone. ``watch`` may follow the rows as they go.
    """
    counts: dict[str, int] = {}
    with source.engine.connect() as reading, target.engine.execution_options(writes=True).begin() as writing:
        sequences: dict[int, int] = {}
        known = {table.name: set(writing.execute(select(table.c.id)).scalars()) for table in (schema.report, schema.decision)}
        read = {(row.report, row.version) for row in writing.execute(select(schema.reading.c.report, schema.reading.c.version))}
        seen = {(row.reader, row.at) for row in writing.execute(select(schema.visit.c.reader, schema.visit.c.at))}
        for table in _TABLES:
            copied = 0
            order = table.c.seq if "seq" in table.c else table.c.reading
            rows = reading.execution_options(yield_per=_BATCH).execute(select(table).order_by(order)).mappings()
            for row in watch(table.name, rows):
                values = {key: value for key, value in row.items() if key != "seq"}
                if table.name in known and row["id"] in known[table.name]:
                    continue
                if table is schema.reading and (row["report"], row["version"]) in read:
                    continue
                if table is schema.visit and (row["reader"], row["at"]) in seen:
                    continue
                if table is schema.claim:
                    if row["reading"] not in sequences:
                        continue
                    values["reading"] = sequences[row["reading"]]
                made = writing.execute(insert(table).values(values))
                if table is schema.reading and made.inserted_primary_key:
                    sequences[row["seq"]] = made.inserted_primary_key[0]
                copied += 1
            counts[table.name] = copied
        if writing.dialect.name == "postgresql":
            writing.execute(text("ANALYZE"))
    return counts
