"""What every reader shares: limits, decoding, and the making of a report from text and metadata."""

from __future__ import annotations

import codecs
import hashlib
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Protocol, runtime_checkable

import msgspec

from sightline.readers.dates import parse_publication
from sightline.types import Problem, Publication, Report


class Options(msgspec.Struct, frozen=True, kw_only=True):
    """What the user said about the input."""

    published: str | None = None
    """Publication date for reports that carry none."""
    outlet: str | None = None
    max_chars: int = 2_000_000
    max_bytes: int = 256_000_000
    fields: Mapping[str, str] = {}
    """Our field name to the input's ("text": "body")."""
    kind: str | None = None
    """Reader's name, where the file's ending does not tell."""
    watch: Callable[[str], str | None] | None = None
    """Told the name of each file and archived page before it is parsed; may answer with a reason to leave it out."""


class Reader(Protocol):
    """Turns one source into reports. Registered under the entry point group ``sightline.readers``."""

    name: str
    endings: tuple[str, ...]

    def read(self, data: bytes, origin: str, options: Options) -> Iterator[Report | Problem]:
        """Reports and problems in the order they stand in ``data``; ``origin`` is the path or address for messages and ids."""
        ...


_KNOWN = {"id", "text", "title", "outlet", "url", "published", "date", "author", "language"}


def _stray_byte(error: UnicodeError) -> tuple[str, int]:
    assert isinstance(error, UnicodeDecodeError)
    stray = error.object[error.start : error.end]
    return stray.decode("windows-1252", errors="replace"), error.end


codecs.register_error("sightline-stray", _stray_byte)


NULS = 8
"""So many NULs in a text's first kilobytes are an accident, not a sign of binary data."""


def decode(data: bytes) -> tuple[str, str | None]:
    """Text of some bytes and, where they were not clean UTF-8, a note of what was done.

    A byte order mark decides; else UTF-8, in which stray bytes are read as Windows-1252 one by one (pages glued from several sources).

    Raises:
        ValueError: when the bytes look like no text at all.
    """
    for mark, encoding in (
        (codecs.BOM_UTF8, "utf-8"),
        (codecs.BOM_UTF32_LE, "utf-32"),
        (codecs.BOM_UTF16_LE, "utf-16"),
        (codecs.BOM_UTF16_BE, "utf-16"),
    ):
        if data.startswith(mark):
            text = (data[len(mark) :] if encoding == "utf-8" else data).decode(encoding, errors="replace")
            return text, None if "\ufffd" not in text else f"broken {encoding}"
    head = data[:4096]
    if head.count(0) > max(NULS, len(head) // 100) or data.startswith(
        (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"PK\x03\x04", b"\x7fELF", b"\x1f\x8b")
    ):
        raise ValueError("binary data")
    try:
        return data.decode("utf-8"), None
    except UnicodeDecodeError:
        text = data.decode("utf-8", errors="sightline-stray")
        controls = sum(character < " " and character not in "\t\n\r\f" for character in text[:4096])
        if controls > len(text[:4096]) // 20:
            raise ValueError("binary data") from None
        return text, "bytes outside UTF-8 read as Windows-1252"


def sha256(data: bytes) -> str:
    """Hexadecimal SHA-256 of the bytes as received."""
    return hashlib.sha256(data).hexdigest()


def left_out(origin: str, place: str, options: Options) -> list[Problem]:
    """The problem that stands for a file or an archived page when whoever watches the reading wants it left out; else none."""
    reason = options.watch(f"{origin} {place}".strip()) if options.watch is not None else None
    return [] if reason is None else [Problem(report=origin, place=place, message=reason, remedy="look at it by itself")]


def without_surrogates(text: str) -> str:
    """The text with each lone surrogate replaced by U+FFFD, so that offsets stay and UTF-8 can hold it."""
    if text.isascii():
        return text
    return "".join("\ufffd" if "\ud800" <= character <= "\udfff" else character for character in text)


def make_report(
    text: str,
    origin: str,
    options: Options,
    metadata: Mapping[str, str],
    *,
    identity: str,
    place: str = "",
    digest: str | None = None,
    publication: Publication | None = None,
) -> Iterator[Report | Problem]:
    """A report of a text and its metadata, after any warnings about it.

    Gives a fatal problem instead when the text is empty or longer than ``options.max_chars``.
    """
    if not text.strip():
        yield Problem(report=origin, place=place, message="the report is empty", remedy="give it a text or leave it out")
        return
    if len(text) > options.max_chars:
        yield Problem(
            report=origin,
            place=place,
            message=f"the report has {len(text):,} characters, more than {options.max_chars:,}",
            remedy="split it or raise --max-chars",
        )
        return
    metadata = {without_surrogates(key): without_surrogates(value) for key, value in metadata.items()}
    published = publication
    stated = metadata.get("published") or metadata.get("date")
    for value, method in ((stated, "metadata"), (options.published, "option")):
        if published is None and value:
            try:
                published = parse_publication(value, method)
            except ValueError as error:
                yield Problem(
                    report=origin,
                    place=place or "published",
                    message=str(error),
                    remedy="write it as 2023-09-11 or 2023-09-11T08:30:00Z",
                    fatal=method == "metadata",
                )
    rest = {key: value for key, value in metadata.items() if key not in _KNOWN and value}
    yield Report(
        id=metadata.get("id") or identity,
        text=without_surrogates(text),
        title=metadata.get("title") or None,
        outlet=metadata.get("outlet") or options.outlet,
        url=metadata.get("url") or None,
        author=metadata.get("author") or None,
        language=metadata.get("language") or None,
        published=published,
        path=f"{origin} {place}".strip(),
        sha256=digest,
        metadata=rest,
    )


@runtime_checkable
class FileReader(Reader, Protocol):
    """A reader that reads a file piece by piece, so that one of any size fits into memory."""

    def read_file(self, path: Path, origin: str, options: Options) -> Iterator[Report | Problem]:
        """What ``read`` gives of the file's bytes.

        Raises:
            OSError: when the file cannot be opened or read.
        """
        ...


def identity_of(origin: str) -> str:
    """A report's id from its path or address: the file name without its ending.

    >>> identity_of("reports/2023/kcna.txt")
    'kcna'
    """
    return Path(origin).stem or "report"
