"""JSON Lines: one report a line."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

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


class JsonLinesReader:
    """A report a line: ``id`` and ``text``, optionally ``published``, ``outlet``, ``url``, ``title``, ``author``, ``language``."""

    name = "jsonl"
    endings: tuple[str, ...] = (".jsonl", ".ndjson", ".json")

    def read(self, data: bytes, origin: str, options: Options) -> Iterator[Report | Problem]:
        """The lines' reports; a broken line is a problem and the next one is read."""
        if not data.strip():
            yield Problem(report=origin, message="the file is empty", remedy="write one JSON object a line")
            return
        stripped = data.lstrip()
        if stripped.startswith(b"["):
            yield from self._array(data, origin, options)
            return
        for number, line in enumerate(data.split(b"\n"), start=1):
            if line.strip():
                yield from self._line(line, number, origin, options)

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
