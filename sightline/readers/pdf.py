"""PDF files that carry a text layer."""

from __future__ import annotations

import io
import logging
import re
from collections.abc import Iterator, Mapping
from typing import Any

from sightline.readers.base import Options, identity_of, make_report, sha256
from sightline.readers.limit import SECONDS, LateError, within
from sightline.types import Problem, Report

_DATE = re.compile(r"D:(\d{4})(\d{2})(\d{2})")


class PdfReader:
    """One report a file (needs the extra ``pdf``)."""

    name = "pdf"
    endings: tuple[str, ...] = (".pdf",)
    max_pages = 500

    def read(self, data: bytes, origin: str, options: Options) -> Iterator[Report | Problem]:
        """The file's one report."""
        try:
            import pypdf
        except ImportError:
            yield Problem(report=origin, message="PDF needs pypdf", remedy="pip install 'sightline[pdf]'")
            return
        logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # what it says of a broken file is told once, by us
        try:
            with within():
                document = pypdf.PdfReader(io.BytesIO(data))
                count = min(len(document.pages), self.max_pages)
                information: Mapping[str, Any] = document.metadata or {}
            pages = []
            for number in range(count):
                with within():
                    pages.append(document.pages[number].extract_text())
        except LateError:
            yield Problem(report=origin, message=f"a page took longer than {SECONDS:g} s", remedy="print it to a new PDF")
            return
        except Exception as error:  # a parser of other people's files may raise anything
            yield Problem(report=origin, message=f"the PDF cannot be read ({type(error).__name__})", remedy="print it to a new PDF")
            return
        text = "\n\n".join(page.strip() for page in pages if page.strip())
        if not text:
            yield Problem(report=origin, message="the PDF has no text layer", remedy="run it through OCR first")
            return
        made = _DATE.match(str(information.get("/CreationDate") or ""))
        metadata = {
            "title": str(information.get("/Title") or ""),
            "author": str(information.get("/Author") or ""),
            "published": "-".join(made.groups()) if made else "",
        }
        yield from make_report(
            text,
            origin,
            options,
            {key: value for key, value in metadata.items() if value},
            identity=identity_of(origin),
            digest=sha256(data),
        )
