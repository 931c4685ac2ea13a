"""Web archives: WARC files and the WARC files inside a WACZ."""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import IO

import msgspec

from sightline.readers.base import Options, identity_of, left_out, sha256
from sightline.readers.charset import decode_page
from sightline.readers.html import HtmlReader
from sightline.readers.payload import payload
from sightline.types import Problem, Report


class WarcReader:
    """A report for each HTML response (needs the extra ``crawl``)."""

    name = "warc"
    endings: tuple[str, ...] = (".warc", ".warc.gz", ".wacz")
    max_member = 4_000_000_000

    def read(self, data: bytes, origin: str, options: Options) -> Iterator[Report | Problem]:
        """The responses' reports, in archive order."""
        if origin.lower().endswith(".wacz"):
            yield from self._packed(io.BytesIO(data), origin, options)
            return
        yield from self._records(io.BytesIO(data), origin, options)

    def read_file(self, path: Path, origin: str, options: Options) -> Iterator[Report | Problem]:
        """The same of a file, which is never in memory as a whole."""
        if origin.lower().endswith(".wacz"):
            with path.open("rb") as file:
                yield from self._packed(file, origin, options)
            return
        with path.open("rb") as file:
            yield from self._records(file, origin, options)

    def _records(self, stream: IO[bytes], origin: str, options: Options) -> Iterator[Report | Problem]:
        try:
            import fastwarc
        except ImportError:
            yield Problem(report=origin, message="web archives need fastwarc", remedy="pip install 'sightline[crawl]'")
            return
        html, number = HtmlReader(), 0
        try:
            for record in fastwarc.ArchiveIterator(stream, record_types=fastwarc.WarcRecordType.response, parse_http=True):
                number += 1
                kind = (record.http_content_type or "").lower()
                headers = record.http_headers
                if "html" not in kind or (headers is not None and (headers.status_code or 200) != 200):
                    continue
                place = f"record {number}"
                unwanted = left_out(origin, place, options)
                if unwanted:
                    yield from unwanted
                    continue
                body = record.reader.read(html.max_page + 1)
                fields = {name.lower(): value for name, value in headers.items()} if headers is not None else {}
                address = record.headers.get("WARC-Target-URI")
                identity = f"{identity_of(origin)}-{number}"
                yield from self._page(body, fields, f"{origin} {place}", address, identity, html, options)
        except (OSError, ValueError, RuntimeError, EOFError) as error:
            yield Problem(
                report=origin,
                place=f"after record {number}",
                message=f"the archive breaks off ({str(error)[:80]})",
                remedy="fetch it again; what stood before is read",
            )

    def _page(
        self,
        body: bytes,
        fields: dict[str, str],
        origin: str,
        address: str | None,
        identity: str,
        html: HtmlReader,
        options: Options,
    ) -> Iterator[Report | Problem]:
        try:
            plain = payload(body, fields, html.max_page)
        except ValueError as error:
            yield Problem(report=origin, message=str(error), remedy="leave it out")
            return
        try:
            page = decode_page(plain, _charset(fields.get("content-type", "")))
        except ValueError as error:
            yield Problem(report=origin, message=f"{error}, no web page", remedy="leave it out")
            return
        for item in html.read_page(page, origin, options, digest=sha256(body), address=address):
            yield item if isinstance(item, Problem) else msgspec.structs.replace(item, id=identity)

    def _packed(self, file: IO[bytes], origin: str, options: Options) -> Iterator[Report | Problem]:
        try:
            pack = zipfile.ZipFile(file)
        except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
            yield Problem(report=origin, message=f"not a WACZ ({str(error)[:80]})", remedy="fetch it again")
            return
        for member in pack.infolist():
            if not member.filename.lower().endswith((".warc", ".warc.gz")):
                continue
            if member.file_size > self.max_member:
                yield Problem(report=origin, place=member.filename, message="unpacks to more than four gigabytes", remedy="split it")
                continue
            # zipfile says RuntimeError of an encrypted member, NotImplementedError of a method it lacks, ValueError of a place before the file
            try:
                with pack.open(member) as inside:
                    yield from self._records(inside, f"{origin}/{member.filename}", options)
            except (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, RuntimeError, ValueError) as error:
                yield Problem(
                    report=origin, place=member.filename, message=f"cannot be unpacked ({str(error)[:80]})", remedy="fetch it again"
                )


def _charset(content_type: str) -> str | None:
    """The character set that a Content-Type names.

    >>> _charset("text/html; charset=\\"KOI8-R\\"")
    'KOI8-R'
    """
    found = re.search(r"charset\s*=\s*[\"']?([\w:.-]+)", content_type, re.IGNORECASE)
    return found[1] if found else None
