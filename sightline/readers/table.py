"""Tables: CSV, TSV and Parquet, one report a row."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any

from sightline.readers.base import Options, decode, identity_of, sha256
from sightline.readers.jsonl import report_of
from sightline.types import Problem, Report


class CsvReader:
    """A report a row; the first row names the columns."""

    name = "csv"
    endings: tuple[str, ...] = (".csv", ".tsv")

    def read(self, data: bytes, origin: str, options: Options) -> Iterator[Report | Problem]:
        """The rows' reports."""
        try:
            text, _ = decode(data)
        except ValueError as error:
            yield Problem(report=origin, message=f"{error}, no table", remedy="save it as CSV in UTF-8")
            return
        csv.field_size_limit(max(options.max_chars, 131_072))
        delimiter = "\t" if origin.lower().endswith(".tsv") else ","
        rows = csv.DictReader(io.StringIO(text, newline=""), delimiter=delimiter)
        number = 1
        while True:
            number += 1
            try:
                row = next(rows)
            except StopIteration:
                break
            except csv.Error as error:
                yield Problem(
                    report=origin, place=f"row {number}", message=f"not CSV ({error})", remedy="quote fields and raise --max-chars if long"
                )
                break
            digest = sha256("\x1f".join(str(value) for value in row.values()).encode("utf-8", "replace"))
            plain = {key: value for key, value in row.items() if isinstance(key, str) and isinstance(value, str)}
            yield from report_of(plain, origin, f"row {number}", f"{identity_of(origin)}-{number}", options, digest)
        if number == 2:
            yield Problem(report=origin, message="the table has no rows", remedy="write a row a report")


class ParquetReader:
    """A report a row of an Apache Parquet file, read batch by batch (needs the extra ``crawl``)."""

    name = "parquet"
    endings: tuple[str, ...] = (".parquet",)

    def read(self, data: bytes, origin: str, options: Options) -> Iterator[Report | Problem]:
        """The rows' reports."""
        yield from self._rows(io.BytesIO(data), origin, options)

    def read_file(self, path: Path, origin: str, options: Options) -> Iterator[Report | Problem]:
        """The same of a file, a batch of rows in memory at a time."""
        with path.open("rb") as file:
            yield from self._rows(file, origin, options)

    def _rows(self, file: IO[bytes], origin: str, options: Options) -> Iterator[Report | Problem]:
        try:
            import pyarrow as arrow
            from pyarrow import parquet
        except ImportError:
            yield Problem(report=origin, message="Parquet needs pyarrow", remedy="pip install 'sightline[crawl]'")
            return
        number = 0
        try:
            names = [field.name for field in parquet.read_schema(file) if _is_text(field.type)]
            file.seek(0)
            # texts stay in their dictionary: a small file may repeat a large one in every row
            for batch in parquet.ParquetFile(file, read_dictionary=names).iter_batches(batch_size=256):
                for place in range(batch.num_rows):
                    number += 1
                    try:
                        row = {name: column[place].as_py() for name, column in zip(batch.schema.names, batch.columns, strict=True)}
                    except (ValueError, OverflowError) as error:
                        yield Problem(
                            report=origin, place=f"row {number}", message=f"cannot be read ({str(error)[:80]})", remedy="write the row anew"
                        )
                        continue
                    digest = sha256(repr(sorted(row.items())).encode("utf-8", "replace"))
                    plain = {key: value.isoformat() if hasattr(value, "isoformat") else value for key, value in row.items()}
                    yield from report_of(plain, origin, f"row {number}", f"{identity_of(origin)}-{number}", options, digest)
        except (arrow.ArrowException, OSError, ValueError, OverflowError) as error:
            reason = " ".join(str(error).split())[:80]
            yield Problem(report=origin, place=f"after row {number}", message=f"not Parquet ({reason})", remedy="write the file anew")


def _is_text(kind: Any) -> bool:
    from pyarrow import types

    return bool(types.is_string(kind) or types.is_binary(kind) or types.is_large_string(kind) or types.is_large_binary(kind))
