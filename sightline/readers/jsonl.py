"""JSON Lines: one report a line."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import IO, Any

from sightline.readers.base import Options, decode, identity_of, make_report, sha256
from sightline.types import Problem, Report


def plain_fields(record: Mapping[str, Any], fields: Mapping[str, str]) -> dict[str, str]:
    """The record's scalar fields as strings under our names; ``fields`` maps our names to the record's."""
    plain = {key: str(value) for key, value in record.items() if isinstance(value, str | int | float) and not isinstance(value, bool)}
    published = record.get("published")
    if isinstance(published, Mapping) and isinstance(published.get("value"), str):
        plain["published"] = published["value"]
    for ours, theirs in fields.items():
        if theirs in plain:
            plain[ours] = plain.pop(theirs)
    return plain


def report_of(record: object, origin: str, place: str, identity: str, options: Options, digest: str) -> Iterator[Report | Problem]:
    """The report of one decoded JSON value."""
    if not isinstance(record, Mapping):
        yield Problem(report=origin, place=place, message="not a JSON object", remedy='write {"id": ..., "text": ...}')
        return
    plain = plain_fields(record, options.fields)
    text = plain.pop("text", None)
    if text is None:
        given = ", ".join(sorted(map(str, record))[:8]) or "none"
        yield Problem(report=origin, place=place, message=f"no field 'text' (fields: {given})", remedy="name it with --field text=NAME")
        return
    yield from make_report(text, origin, options, plain, identity=identity, place=place, digest=digest)


HEAD = 4096
"""Bytes in which an array shows itself."""


def _begins_array(head: bytes) -> bool:
    return head.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"[")


class JsonLinesReader:
    """A report a line: ``id`` and ``text``, optionally ``published``, ``outlet``, ``url``, ``title``, ``author``, ``language``."""

    name = "jsonl"
    endings: tuple[str, ...] = (".jsonl", ".ndjson", ".json")

    def read(self, data: bytes, origin: str, options: Options) -> Iterator[Report | Problem]:
        """The lines' reports; a broken line is a problem and the next one is read."""
        if not data.strip():
            yield Problem(report=origin, message="the file is empty", remedy="write one JSON object a line")
            return
        if _begins_array(data[:HEAD]):
            yield from self._array(data, origin, options)
            return
        yield from self._lines(io.BytesIO(data), origin, options)

    def read_file(self, path: Path, origin: str, options: Options) -> Iterator[Report | Problem]:
        """The same of a file of lines, one in memory at a time; an array is read whole."""
        with path.open("rb") as file:
            if path.stat().st_size <= options.max_bytes or _begins_array(file.read(HEAD)):
                if path.stat().st_size > options.max_bytes:
                    yield Problem(
                        report=origin, message=f"the array has more than {options.max_bytes:,} bytes", remedy="write an object a line"
                    )
                    return
                file.seek(0)
                yield from self.read(file.read(), origin, options)
                return
            file.seek(0)
            yield from self._lines(file, origin, options)

    def _lines(self, file: IO[bytes], origin: str, options: Options) -> Iterator[Report | Problem]:
        number = 0
        while line := file.readline(options.max_bytes + 1):
            number += 1
            if len(line) > options.max_bytes:
                yield Problem(report=origin, place=f"line {number}", message=f"more than {options.max_bytes:,} bytes", remedy="cut it down")
                while line and not line.endswith(b"\n"):
                    line = file.readline(options.max_bytes)
                continue
            if line.strip():
                yield from self._line(line.removesuffix(b"\n"), number, origin, options)

    def _line(self, line: bytes, number: int, origin: str, options: Options) -> Iterator[Report | Problem]:
        place = f"line {number}"
        try:
            text, note = decode(line)
            record = json.loads(text)
        except (ValueError, RecursionError) as error:
            detail = getattr(error, "msg", None) or str(error) or type(error).__name__
            yield Problem(report=origin, place=place, message=f"not JSON ({detail[:80]})", remedy="write one JSON object a line")
            return
        if note:
            yield Problem(report=origin, place=place, message=note, remedy="save it as UTF-8 to be sure", fatal=False)
        yield from report_of(record, origin, place, f"{identity_of(origin)}-{number}", options, sha256(line))

    def _array(self, data: bytes, origin: str, options: Options) -> Iterator[Report | Problem]:
        try:
            records = json.loads(decode(data)[0])
        except (ValueError, RecursionError) as error:
            yield Problem(report=origin, message=f"not JSON ({str(error)[:80]})", remedy="write one JSON object a line")
            return
        for number, record in enumerate(records, start=1):
            digest = sha256(json.dumps(record, sort_keys=True).encode())
            yield from report_of(record, origin, f"item {number}", f"{identity_of(origin)}-{number}", options, digest)
