"""Plain text and Markdown, with an optional line or block of metadata at the head."""

from __future__ import annotations

import re
from collections.abc import Iterator

from sightline.readers.base import Options, decode, identity_of, make_report, sha256
from sightline.types import Problem, Report

_HEADER_KEYS = {"url", "date", "published", "outlet", "title", "author", "id", "language", "form"}
_FIELD = re.compile(r"^\s*([A-Za-z_-]+):\s*(.*?)\s*$")


def split_header(text: str) -> tuple[dict[str, str], str]:
    """Metadata of a first line ``url: ... | date: ... | outlet: ...`` and the text behind it; no header, the text as it is.

    >>> split_header("date: 2023-09-11 | outlet: Wire\\n\\nThe train left.")
    ({'date': '2023-09-11', 'outlet': 'Wire'}, 'The train left.')
    """
    first, newline, rest = text.partition("\n")
    pairs = [_FIELD.match(part) for part in first.split(" | ")]
    if not newline or len(pairs) < 2 or any(pair is None or pair[1].lower() not in _HEADER_KEYS for pair in pairs):
        return {}, text
    return {pair[1].lower(): pair[2] for pair in pairs if pair is not None}, rest.lstrip("\r\n")


def split_front_matter(text: str) -> tuple[dict[str, str], str]:
    """Metadata between two lines of ``---`` at the head of a Markdown file, and the text behind it."""
    found = re.match(r"---[ \t]*\r?\n(.*?)\r?\n---[ \t]*\r?\n+", text, re.DOTALL)
    if found is None:
        return {}, text
    fields = (_FIELD.match(line) for line in found[1].splitlines())
    return {field[1].lower(): field[2].strip("\"'") for field in fields if field}, text[found.end() :]


class TextReader:
    """One report a file, kept verbatim behind its header."""

    name = "text"
    endings: tuple[str, ...] = (".txt", ".text", ".md", ".markdown")

    def read(self, data: bytes, origin: str, options: Options) -> Iterator[Report | Problem]:
        """The file's one report."""
        if not data.strip():
            yield Problem(report=origin, message="the file is empty", remedy="give it a text or leave it out")
            return
        try:
            text, note = decode(data)
        except ValueError as error:
            yield Problem(report=origin, message=f"{error}, no text", remedy="give a text, HTML, JSON Lines or PDF file")
            return
        if note:
            yield Problem(report=origin, message=note, remedy="save it as UTF-8 to be sure", fatal=False)
        metadata, body = split_front_matter(text)
        if not metadata:
            metadata, body = split_header(text)
        yield from make_report(body, origin, options, metadata, identity=identity_of(origin), digest=sha256(data))
