"""Web pages: the article's text, and its title, outlet, author and date with how the date was found."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from html import unescape
from typing import Any

from sightline.readers.base import Options, identity_of, make_report, sha256
from sightline.readers.charset import decode_page
from sightline.readers.dates import parse_publication
from sightline.readers.limit import SECONDS, LateError, within
from sightline.types import Problem, Publication, Report

_JSON_LD = re.compile(r"<script[^>]{0,500}?type=[\"']application/ld\+json[\"'][^>]{0,500}>(.*?)</script>", re.DOTALL | re.IGNORECASE)
_META = re.compile(r"<meta\b[^>]{0,2000}>", re.IGNORECASE)
_ATTRIBUTE = re.compile(r"([a-zA-Z:-]+)\s*=\s*(?:\"([^\"]*)\"|'([^']*)')")
_TIME = re.compile(r"<time\b[^>]{0,500}?datetime=[\"']([^\"']+)[\"']", re.IGNORECASE)
_CANONICAL = re.compile(r"<link[^>]{0,500}rel=[\"']canonical[\"'][^>]{0,500}href=[\"']([^\"']{1,2000})", re.IGNORECASE)
_ADDRESS_DATE = re.compile(r"/((?:19|20)\d\d)[/-]?(0[1-9]|1[0-2])[/-]?(0[1-9]|[12]\d|3[01])(?!\d)")
_DATE_META = (
    "article:published_time",
    "datepublished",
    "date",
    "dc.date",
    "dc.date.issued",
    "dcterms.created",
    "parsely-pub-date",
    "sailthru.date",
    "og:published_time",
    "pubdate",
)
"""Names of meta elements that hold a publication date, in the order they are trusted."""


def _meta(page: str) -> dict[str, str]:
    """Content of the page's meta elements by lower-cased name; the first of a name counts."""
    found: dict[str, str] = {}
    for element in _META.findall(page):
        attributes = {name.lower(): double or single for name, double, single in _ATTRIBUTE.findall(element)}
        name = attributes.get("property") or attributes.get("name") or attributes.get("itemprop")
        if name and "content" in attributes:
            found.setdefault(name.lower(), unescape(attributes["content"]).strip())
    return found


def _linked_data(page: str) -> dict[str, Any]:
    """The first JSON-LD object that carries a ``datePublished`` or a ``headline``."""
    for block in _JSON_LD.findall(page):
        try:
            todo = [json.loads(block)]
        except (ValueError, RecursionError):
            continue
        while todo:
            item = todo.pop(0)
            if isinstance(item, list):
                todo.extend(item[:50])
            elif isinstance(item, dict):
                if "datePublished" in item or "headline" in item:
                    return item
                todo.extend(value for key, value in item.items() if key in {"@graph", "mainEntity"})
    return {}


def _first_date(candidates: list[tuple[str | None, str, float]]) -> Publication | None:
    for value, method, confidence in candidates:
        if value:
            try:
                return parse_publication(value, method, confidence)
            except ValueError:
                continue
    return None


def find_publication(page: str, address: str | None, linked: dict[str, Any], meta: dict[str, str]) -> Publication | None:
    """When the page says it was published, by the order of trust: JSON-LD, meta, time element, address, and the text last.

    The confidences are rough shares of correct dates; htmldate's guesses from the text are wrong on about one page in eleven.
    """
    published = linked.get("datePublished")
    dated = next((meta[name] for name in _DATE_META if name in meta), None)
    element = _TIME.search(page)
    in_address = _ADDRESS_DATE.search(address or "")
    found = _first_date(
        [
            (published if isinstance(published, str) else None, "json-ld", 0.98),
            (dated, "meta", 0.95),
            (element[1] if element else None, "time-element", 0.9),
            ("-".join(in_address.groups()) if in_address else None, "address", 0.9),
        ]
    )
    if found is not None:
        return found
    from htmldate import find_date

    guess = find_date(page, extensive_search=True, original_date=True)
    return _first_date([(guess, "guess", 0.7)])


def _name(value: object) -> str | None:
    if isinstance(value, list) and value:
        value = value[0]
    if isinstance(value, dict):
        value = value.get("name")
    return value.strip() if isinstance(value, str) and value.strip() else None


class HtmlReader:
    """A web page: the article by trafilatura's fast mode, its metadata by the page's own markup."""

    name = "html"
    endings: tuple[str, ...] = (".html", ".htm", ".xhtml")
    max_page = 20_000_000

    def read(self, data: bytes, origin: str, options: Options) -> Iterator[Report | Problem]:
        """The page's one report."""
        if not data.strip():
            yield Problem(report=origin, message="the file is empty", remedy="give it a page or leave it out")
            return
        if len(data) > self.max_page:
            yield Problem(report=origin, message=f"the page has {len(data):,} bytes, more than {self.max_page:,}", remedy="cut it down")
            return
        try:
            page = decode_page(data)
        except ValueError as error:
            yield Problem(report=origin, message=f"{error}, no web page", remedy="give an HTML file")
            return
        yield from self.read_page(page, origin, options, digest=sha256(data))

    def read_page(self, page: str, origin: str, options: Options, *, digest: str, address: str | None = None) -> Iterator[Report | Problem]:
        """The report of a decoded page."""
        try:
            with within():
                text, metadata, publication = _article(page, address)
        except LateError:
            yield Problem(report=origin, message=f"took longer than {SECONDS:g} s", remedy="save its text instead")
            return
        except Exception as error:  # a parser of other people's files may raise anything
            yield Problem(report=origin, message=f"the page cannot be parsed ({type(error).__name__})", remedy="save its text instead")
            return
        if not text:
            yield Problem(report=origin, message="no article found in the page", remedy="save its text instead")
            return
        yield from make_report(text, origin, options, metadata, identity=identity_of(origin), digest=digest, publication=publication)


def _article(page: str, address: str | None) -> tuple[str | None, dict[str, str], Publication | None]:
    """The text of a page's article, what its markup says about it, and when it was published."""
    from trafilatura import extract

    text = extract(page, fast=True, include_comments=False, include_tables=False, output_format="txt")
    if not text:
        return None, {}, None
    meta, linked = _meta(page), _linked_data(page)
    link = _CANONICAL.search(page)
    url = address or meta.get("og:url") or (link[1] if link else None)
    metadata = {
        "title": _name(linked.get("headline")) or meta.get("og:title"),
        "outlet": meta.get("og:site_name") or _name(linked.get("publisher")),
        "author": _name(linked.get("author")) or meta.get("author"),
        "url": url,
    }
    return text, {key: value for key, value in metadata.items() if value}, find_publication(page, url, linked, meta)
