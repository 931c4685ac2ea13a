"""Readers: files, archives and feeds to reports, kept verbatim.

A reader registers under the entry point group ``sightline.readers``; the ones here are always there.
"""

from __future__ import annotations

import gzip
import io
import zlib
from collections.abc import Iterable, Iterator
from functools import cache
from importlib.metadata import entry_points
from pathlib import Path
from typing import BinaryIO

import msgspec

from sightline.readers.archive import WarcReader
from sightline.readers.base import FileReader, Options, Reader, identity_of, left_out
from sightline.readers.dates import parse_publication
from sightline.readers.feed import FeedReader
from sightline.readers.html import HtmlReader
from sightline.readers.jsonl import JsonLinesReader
from sightline.readers.mail import MailReader
from sightline.readers.pdf import PdfReader
from sightline.readers.table import CsvReader, ParquetReader
from sightline.readers.text import TextReader
from sightline.types import Problem, Report

__all__ = ["Options", "Reader", "parse_publication", "read_paths", "read_stream", "readers", "sources"]


_PAPERS = frozenset({"readme", "license", "licence", "copying", "changelog"})


@cache
def readers() -> tuple[Reader, ...]:
    """Every reader known here: the built-in ones, then those of installed packages, by name."""
    own: tuple[Reader, ...] = (
        TextReader(),
        HtmlReader(),
        JsonLinesReader(),
        CsvReader(),
        ParquetReader(),
        FeedReader(),
        MailReader(),
        PdfReader(),
        WarcReader(),
    )
    others = tuple(point.load()() for point in sorted(entry_points(group="sightline.readers"), key=lambda point: point.name))
    return own + others


def _reader_for(origin: str, head: bytes, options: Options) -> Reader | None:
    known = readers()
    if options.kind is not None:
        return next((reader for reader in known if reader.name == options.kind), None)
    name = origin.lower().removesuffix(".gz") if not origin.lower().endswith(".warc.gz") else origin.lower()
    for reader in reversed(known):
        if name.endswith(reader.endings):
            if reader.name == "text" and head.lstrip()[:15].lower().startswith((b"<!doctype html", b"<html")):
                return next(other for other in known if other.name == "html")
            return reader
    return None


def _guess(head: bytes) -> str:
    """Reader's name for bytes without a telling name (standard input)."""
    start = head.lstrip()[:512].lower()
    if start.startswith((b"{", b"[")):
        return "jsonl"
    if start.startswith((b"<!doctype html", b"<html")):
        return "html"
    if start.startswith((b"<?xml", b"<rss", b"<feed")):
        return "feed"
    if start.startswith(b"%pdf"):
        return "pdf"
    return "text"


def _unpacked(data: bytes, origin: str, limit: int) -> bytes:
    """The bytes behind a ``.gz`` ending, at most ``limit`` of them.

    Raises:
        ValueError: when they are broken or too many.
    """
    if not origin.lower().endswith(".gz") or origin.lower().endswith(".warc.gz"):
        return data
    try:
        plain = gzip.GzipFile(fileobj=io.BytesIO(data)).read(limit + 1)
    except (zlib.error, EOFError, OSError) as error:
        raise ValueError(f"broken gzip ({error})") from error
    if len(plain) > limit:
        raise ValueError(f"unpacks to more than {limit:,} bytes")
    return plain


def sources(paths: Iterable[Path]) -> Iterator[tuple[Path, str] | Problem]:
    """The files that the paths name, each with a name for its report: files as they are, folders by their readable files in name
    order, hidden ones and a folder's own papers (its README, its licence) left out."""
    endings = tuple(ending for reader in readers() for ending in reader.endings)
    endings += tuple(ending + ".gz" for ending in endings)
    for path in paths:
        if path.is_dir():
            inside = sorted(
                file
                for file in path.rglob("*")
                if file.is_file()
                and file.name.lower().endswith(endings)
                and file.name.lower().split(".")[0] not in _PAPERS
                and not any(part.startswith(".") for part in file.relative_to(path).parts)
            )
            if not inside:
                yield Problem(
                    report=str(path), message="no readable files in this folder", remedy=f"it may hold {', '.join(endings[:9])}, ..."
                )
            yield from ((file, file.relative_to(path).with_suffix("").as_posix()) for file in inside)
        elif path.is_file():
            yield path, identity_of(str(path))
        else:
            yield Problem(report=str(path), message="no such file or folder", remedy="check the path")


def read_bytes(data: bytes, origin: str, options: Options) -> Iterator[Report | Problem]:
    """Reports of some bytes; the reader is chosen by the name's ending or the option ``kind``."""
    try:
        data = _unpacked(data, origin, options.max_bytes)
    except (ValueError, OSError, EOFError) as error:
        yield Problem(report=origin, message=str(error), remedy="unpack it and give the file itself")
        return
    reader = _reader_for(origin, data[:64], options)
    if reader is None:
        names = ", ".join(known.name for known in readers())
        what = f"no reader named {options.kind!r}" if options.kind else "no reader for this kind of file"
        yield Problem(report=origin, message=what, remedy=f"name one with --reader ({names})")
        return
    yield from left_out(origin, "", options) or reader.read(data, origin, options)


def read_paths(paths: Iterable[Path], options: Options | None = None) -> Iterator[Report | Problem]:
    """Reports and problems of files and folders, in order; one bad file never stops the next.

    Ids are made unique: a second report of the same id gets ``~2`` behind it.
    """
    options = options or Options()
    seen: dict[str, int] = {}
    for source in sources(paths):
        if isinstance(source, Problem):
            yield source
            continue
        file, name = source
        try:
            for item in _read_file(file, options):
                if isinstance(item, Report) and item.id == identity_of(str(file)):
                    item = msgspec.structs.replace(item, id=name)
                yield _unique(item, seen)
        except OSError as error:
            yield Problem(
                report=str(file), message=f"cannot be read ({error.strerror or error})", remedy="check its permissions and its disk"
            )


def _read_file(file: Path, options: Options) -> Iterator[Report | Problem]:
    """Reports of a file, in pieces if its reader can, else of all its bytes if they are not too many."""
    origin = str(file)
    with file.open("rb") as opened:
        reader = _reader_for(origin, opened.read(64), options)
    if isinstance(reader, FileReader) and (not origin.lower().endswith(".gz") or origin.lower().endswith(".warc.gz")):
        yield from left_out(origin, "", options) or reader.read_file(file, origin, options)
        return
    if file.stat().st_size > options.max_bytes:
        yield Problem(report=origin, message=f"the file has more than {options.max_bytes:,} bytes", remedy="split it")
        return
    yield from read_bytes(file.read_bytes(), origin, options)


def read_stream(stream: BinaryIO, options: Options | None = None, origin: str = "standard input") -> Iterator[Report | Problem]:
    """Reports of a stream whose kind shows in its first bytes (JSON, HTML, feed, PDF, else plain text)."""
    options = options or Options()
    data = stream.read(options.max_bytes + 1)
    if len(data) > options.max_bytes:
        yield Problem(report=origin, message=f"more than {options.max_bytes:,} bytes", remedy="split it")
        return
    kind = options.kind or _guess(data[:4096])
    seen: dict[str, int] = {}
    for item in read_bytes(data, origin, msgspec.structs.replace(options, kind=kind)):
        yield _unique(item, seen)


def _unique(item: Report | Problem, seen: dict[str, int]) -> Report | Problem:
    if isinstance(item, Problem):
        return item
    seen[item.id] = seen.get(item.id, 0) + 1
    if seen[item.id] == 1:
        return item
    return msgspec.structs.replace(item, id=f"{item.id}~{seen[item.id]}")
