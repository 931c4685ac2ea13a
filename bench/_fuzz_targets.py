"""What is done with a fuzzed input, and what must hold of what comes out."""

from __future__ import annotations

import io
import urllib.robotparser
import zipfile
import zlib
from collections.abc import Callable, Iterable
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import msgspec

from sightline.language.mojibake import mend
from sightline.readers import Options, parse_publication, read_bytes
from sightline.readers.address import FetchError, _checked, is_address
from sightline.readers.base import decode
from sightline.readers.identify import language_of
from sightline.types import Problem, Publication, Reading, Report, Span

if TYPE_CHECKING:
    from sightline.desk import Desk

OPTIONS = Options(max_bytes=4_000_000, max_chars=400_000)
WHOLE = 1_500
"""Characters of a document that the whole path is given: long ones are slow, and what is found in them lies in a short one too."""


def check_items(items: Iterable[Report | Problem]) -> None:
    """Reports that can be stored and shown, problems of one line."""
    for item in items:
        if isinstance(item, Problem):
            line = str(item)
            assert line.isprintable() and item.message and item.remedy, line
            continue
        assert item.id and item.text.strip(), "a report without id or text"
        msgspec.json.encode(item)
        assert len(item.text) <= OPTIONS.max_chars
        if item.published is not None:
            check_date(item.published)


def check_date(found: Publication) -> None:
    """An interval with both ends in order."""
    earliest, latest = found.interval.earliest, found.interval.latest
    assert earliest is not None and latest is not None and earliest <= latest


def spans_of(value: Any) -> Iterable[Span]:
    """Every span inside a record."""
    if isinstance(value, Span):
        yield value
    elif isinstance(value, msgspec.Struct):
        for field in value.__struct_fields__:
            yield from spans_of(getattr(value, field))
    elif isinstance(value, list | tuple | set | frozenset):
        for item in value:
            yield from spans_of(item)
    elif isinstance(value, dict):
        for item in value.values():
            yield from spans_of(item)


def reader(name: str) -> Callable[[bytes], None]:
    """Reads the bytes as a file of some name."""

    def read(data: bytes) -> None:
        check_items(read_bytes(data, name, OPTIONS))

    return read


def encoding(data: bytes) -> None:
    """Bytes to text, or a refusal."""
    try:
        text, _ = decode(data)
    except ValueError:
        return
    text.encode("utf-8")


def dates(data: bytes) -> None:
    """A text to a date, or a refusal."""
    try:
        check_date(parse_publication(data.decode("utf-8", "replace"), "metadata"))
    except ValueError:
        return


def address(data: bytes) -> None:
    """An address is taken or refused, without a look at the network."""
    text = data.decode("utf-8", "replace")
    is_address(text)
    try:
        _checked(text, True)
    except FetchError:
        return


def robots(data: bytes) -> None:
    """Rules of a site are read, whatever they hold."""
    rules = urllib.robotparser.RobotFileParser()
    rules.parse(data.decode("utf-8", "replace").splitlines())
    rules.can_fetch("Sightline", "https://a.example/x")


def language(data: bytes) -> None:
    """A language and a probability."""
    code, share = language_of(data.decode("utf-8", "replace"))
    assert code and 0.0 <= share <= 1.0


def mojibake(data: bytes) -> None:
    """A mended copy whose places lead back in order, to the letter where nothing was mended."""
    text = data.decode("utf-8", "replace")
    mended = mend(text)
    places = [mended.back(place) for place in range(len(mended.text) + 1)]
    assert places[0] == 0 and places[-1] == len(text) and all(first < last for first, last in pairwise(places))
    assert mended.count or mended.text == text
    assert all(text[there] == mended.text[here] or last - there > 1 for here, (there, last) in enumerate(pairwise(places)))


@cache
def _desk() -> Desk:
    from sightline.desk import Desk

    return Desk()


def whole(data: bytes) -> None:
    """Annotations, stories, brief and page of one or more reports, parted by U+001E."""
    from rich.console import Console

    from sightline.desk import party_names, picture_of, replayed
    from sightline.show.annotation import annotation_line
    from sightline.show.dossier import dossier
    from sightline.show.picture import picture_json
    from sightline.show.replay import state
    from sightline.show.terminal import brief

    texts = [part for part in data.decode("utf-8", "replace").split("\x1e")[:4] if part.strip()]
    published = parse_publication("2024-03-04", "metadata")
    reports = [Report(id=f"r{place}", text=text[:WHOLE], language="en", published=published) for place, text in enumerate(texts)]
    readings: list[Reading] = []
    for item in _desk().annotate(reports):
        if isinstance(item, Problem):
            assert str(item).isprintable() and "defect" not in item.remedy, item
            continue
        for span in spans_of(item):
            assert 0 <= span.start <= span.end <= len(item.report.text), span
        annotation_line(item)
        packed = msgspec.msgpack.encode(item)
        assert msgspec.msgpack.decode(packed, type=Reading) == item
        readings.append(item)
    if not readings:
        return
    picture = picture_of(readings)
    parties = party_names(picture.stories)
    picture_json(picture.stories, picture.readings, picture.forecasts)
    brief(picture.stories, picture.readings, picture.forecasts, Console(file=io.StringIO(), width=110), parties=parties)
    replays = {
        story.id: [state(step.at, step.story, step.forecast) for step in replayed(story, readings, network=None, vehicle=None)]
        for story in picture.stories
    }
    dossier(picture.stories, picture.readings, picture.forecasts, parties=parties, replays=replays)


TARGETS: dict[str, Callable[[bytes], None]] = {
    "text": reader("x.txt"),
    "markdown": reader("x.md"),
    "html": reader("x.html"),
    "jsonl": reader("x.jsonl"),
    "csv": reader("x.csv"),
    "parquet": reader("x.parquet"),
    "feed": reader("x.rss"),
    "mail": reader("x.eml"),
    "pdf": reader("x.pdf"),
    "warc": reader("x.warc"),
    "wacz": reader("x.wacz"),
    "gzip": reader("x.txt.gz"),
    "encoding": encoding,
    "language": language,
    "mojibake": mojibake,
    "dates": dates,
    "address": address,
    "robots": robots,
    "whole": whole,
}

LIBRARIES: dict[str, tuple[str, ...]] = {
    "html": ("trafilatura", "htmldate", "justext", "courlan"),
    "warc": ("trafilatura", "htmldate"),
    "wacz": ("zipfile",),
    "feed": ("feedparser",),
    "mail": ("email",),
    "pdf": ("pypdf",),
    "csv": ("csv",),
    "robots": ("urllib.robotparser",),
    "address": ("urllib.parse", "ipaddress"),
}
"""Packages besides our own whose branches guide the search."""


def unwrapped(target: str, data: bytes) -> bytes | None:
    """The payload of a compressed input, for a mutation that survives its checksums; nothing when there is none."""
    try:
        if target == "wacz":
            with zipfile.ZipFile(io.BytesIO(data)) as archive:
                return archive.read(archive.namelist()[0])
        if target in ("gzip", "warc") and data[:2] == b"\x1f\x8b":
            return zlib.decompressobj(wbits=31).decompress(data, 1_000_000)
    except Exception:  # whatever a mutated archive does to the standard library, it is mutated as it is
        return None
    return None
