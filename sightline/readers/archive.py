"""Web archives: WARC files and the WARC files inside a WACZ."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Iterator

import msgspec

from sightline.readers.base import Options, decode, identity_of, left_out, sha256
from sightline.readers.html import HtmlReader
from sightline.types import Problem, Report


class WarcReader:
    """A report for each HTML response (needs the extra ``crawl``)."""

    name = "warc"
    endings: tuple[str, ...] = (".warc", ".warc.gz", ".wacz")
    max_member = 1_000_000_000

    def read(self, data: bytes, origin: str, options: Options) -> Iterator[Report | Problem]:
        """The responses' reports, in archive order."""
        try:
            import fastwarc
        except ImportError:
            yield Problem(report=origin, message="web archives need fastwarc", remedy="pip install 'sightline[crawl]'")
            return
        if origin.lower().endswith(".wacz"):
            yield from self._packed(data, origin, options)
            return
        html, number = HtmlReader(), 0
        try:
            for record in fastwarc.ArchiveIterator(io.BytesIO(data), record_types=fastwarc.WarcRecordType.response, parse_http=True):
                number += 1
                kind = (record.http_content_type or "").lower()
                if "html" not in kind:
                    continue
                place = f"record {number}"
                unwanted = list(left_out(origin, place, options))
                if unwanted:
                    yield from unwanted
                    continue
                body = record.reader.read(html.max_page + 1)
                address = record.headers.get("WARC-Target-URI")
                yield from self._page(body, f"{origin} {place}", address, f"{identity_of(origin)}-{number}", html, options)
        except (OSError, ValueError, RuntimeError, EOFError) as error:
            yield Problem(
                report=origin,
                place=f"after record {number}",
                message=f"the archive breaks off ({str(error)[:80]})",
                remedy="fetch it again; what stood before is read",
            )

    def _page(
        self, body: bytes, origin: str, address: str | None, identity: str, html: HtmlReader, options: Options
    ) -> Iterator[Report | Problem]:
        if len(body) > html.max_page:
            yield Problem(report=origin, message=f"the page has more than {html.max_page:,} bytes", remedy="leave it out")
            return
        try:
            page, _ = decode(body)
        except ValueError as error:
            yield Problem(report=origin, message=f"{error}, no web page", remedy="leave it out")
            return
        for item in html.read_page(page, origin, options, digest=sha256(body), address=address):
            yield item if isinstance(item, Problem) else msgspec.structs.replace(item, id=identity)

    def _packed(self, data: bytes, origin: str, options: Options) -> Iterator[Report | Problem]:
        try:
            pack = zipfile.ZipFile(io.BytesIO(data))
        except (zipfile.BadZipFile, OSError, ValueError) as error:
            yield Problem(report=origin, message=f"not a WACZ ({str(error)[:80]})", remedy="fetch it again")
            return
        for member in pack.infolist():
            if not member.filename.lower().endswith((".warc", ".warc.gz")):
                continue
            if member.file_size > self.max_member:
                yield Problem(report=origin, place=member.filename, message="unpacks to more than a gigabyte", remedy="split it")
                continue
            # zipfile says RuntimeError of an encrypted member and NotImplementedError of a method it lacks
            try:
                packed = pack.read(member)
            except (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, RuntimeError) as error:
                yield Problem(
                    report=origin, place=member.filename, message=f"cannot be unpacked ({str(error)[:80]})", remedy="fetch it again"
                )
                continue
            yield from self.read(packed, f"{origin}/{member.filename}", options)
