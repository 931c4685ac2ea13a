"""Which page was taken from which: copies, versions of one page, rewrites, shared quotations and credited dispatches."""

from __future__ import annotations

import re
from functools import lru_cache
from urllib.parse import urlsplit

from sightline.stories.chains import OutletChain, parse_outlet
from sightline.stories.clock import order_key
from sightline.stories.quotations import quotations
from sightline.stories.shingles import ShingleIndex
from sightline.types import CopyLink, Reading, Report, SourceKind

COPY = 0.30
"""Containment from which a page is taken for a copy of another."""
LEAST_SHARED = 12
"""Shared shingles below which containment says little: a short page can share a stock phrase."""
REWRITE = 0.12
"""Containment that, with a line saying that the page rewrites or translates, makes a rewrite."""
_MOST_SOURCES = 3
_DISPATCHERS = frozenset({SourceKind.AGENCY, SourceKind.OUTLET, SourceKind.STATE_MEDIA})


class CopyIndex:
    """Copy links of reports, kept up to date as reports are added; what it gives depends on the set of reports alone."""

    def __init__(self) -> None:
        self._index = ShingleIndex()
        self._reports: dict[str, Report] = {}
        self._readings: dict[str, Reading] = {}
        self._quotes: dict[str, list[tuple[object, str]]] = {}
        self._own_quotes: dict[str, frozenset[str]] = {}
        self._links: dict[str, tuple[CopyLink, ...]] = {}

    def add(self, reading: Reading) -> set[str]:
        """Adds a reading; gives the ids of the reports whose links may have changed."""
        report = reading.report
        key = order_key(report)
        self._reports[report.id], self._readings[report.id] = report, reading
        touched = set(self._index.add(report.id, report.text, key, outlet_group(report)))
        self._own_quotes[report.id] = quotations(report.text)
        for quote in self._own_quotes[report.id]:
            holders = self._quotes.setdefault(quote, [])
            holders.append(key)
            holders.sort()
            touched.update(later for _, later in holders[:3])
        for report_id in touched:
            self._links.pop(report_id, None)
        return touched

    def links(self, report_id: str) -> tuple[CopyLink, ...]:
        """Where one report's words come from, as far as its text and credits show; most contained source first."""
        if report_id not in self._links:
            self._links[report_id] = (
                *self._by_text(report_id),
                *self._by_quotation(report_id),
                *cited_dispatches(self._readings[report_id]),
            )
        return self._links[report_id]

    def _by_text(self, target: str) -> list[CopyLink]:
        report = self._reports[target]
        chain = parse_outlet(report.outlet)
        links = []
        for source, share, shared in self._index.sources(target)[:_MOST_SOURCES]:
            kind = _kind(report, chain, self._reports[source], share, shared, self._index.size(target))
            if kind is not None:
                percent = round(100 * share)
                evidence = f"{percent}% of its five-word sequences stand in {source}"
                links.append(CopyLink(source=source, target=target, containment=round(share, 4), kind=kind, evidence=evidence))
        return links

    def _by_quotation(self, target: str) -> list[CopyLink]:
        own_key = order_key(self._reports[target])
        links: dict[str, CopyLink] = {}
        for quote in sorted(self._own_quotes[target]):
            first = self._quotes[quote][0]
            if first[1] != target and first < own_key:
                evidence = f"both quote the same {len(quote.split())} words"
                links[first[1]] = CopyLink(
                    source=first[1],
                    target=target,
                    containment=round(self._index.containment(target, first[1]), 4),
                    kind="quotes",
                    evidence=evidence,
                )
        return list(links.values())


def _kind(target: Report, chain: OutletChain, source: Report, share: float, shared: int, size: int) -> str | None:
    if shared < min(LEAST_SHARED, max(4, size // 2)):
        return None
    if share >= COPY:
        return "version" if same_page(target, source) else "copy"
    if share >= REWRITE and (chain.rewritten or chain.translated) and not same_page(target, source):
        return "rewrite"
    return None


def cited_dispatches(reading: Reading) -> list[CopyLink]:
    """Dispatches that a report credits, in its outlet line or by quoting an agency or another newsroom."""
    report = reading.report
    day = report.published.value[:10] if report.published is not None else "undated"
    found: dict[str, str] = {}
    for name in parse_outlet(report.outlet).dispatches:
        found.setdefault(name, "credited in the outlet line")
    for credit in reading.credits:
        if credit.kind == "page":
            for name in credit.chain:
                found.setdefault(name, "credited at the text")
    for attribution in reading.attributions:
        links = attribution.via if attribution.speaker is None else (attribution.speaker, *attribution.via)
        for link in links:
            if link.kind in _DISPATCHERS and not link.anonymous and (link.name or link.text):
                found.setdefault(link.name or link.text, "quoted in the text")
    page = parse_outlet(report.outlet).page
    return [
        CopyLink(source=f"dispatch:{slug(name)}:{day}", target=report.id, containment=0.0, kind="cites", evidence=f"{name} is {how}")
        for name, how in sorted(found.items())
        if page is None or slug(name) != slug(page)
    ]


def same_page(one: Report, other: Report) -> bool:
    """Whether two reports are states of one page: the same address, or the same outlet under much the same address."""
    if one.url and other.url:
        if _address(one.url) == _address(other.url):
            return True
        return bool(urlsplit(one.url).netloc and urlsplit(one.url).netloc == urlsplit(other.url).netloc)
    return bool(one.outlet) and parse_outlet(one.outlet).page == parse_outlet(other.outlet).page


def _address(url: str) -> str:
    parts = urlsplit(url)
    host = re.sub(r"^(?:www|m|amp|en|m-en)\.", "", parts.netloc.lower())
    path = re.sub(r"/amp/?$|\.amp$", "", parts.path.rstrip("/").lower())
    return f"{host}{path}?{parts.query}" if re.search(r"\bid=|\bp=|seq", parts.query, re.IGNORECASE) else f"{host}{path}"


def outlet_group(report: Report) -> str:
    """What stands for a report's outlet when boilerplate is counted: its page's name, else its host."""
    page = parse_outlet(report.outlet).page
    if page:
        return slug(page)
    return urlsplit(report.url).netloc.lower() if report.url else ""


@lru_cache(maxsize=65536)
def slug(name: str) -> str:
    """A name as an identifier.

    >>> slug("Chosun Ilbo")
    'chosun-ilbo'
    """
    return re.sub(r"[^\w]+", "-", name.lower(), flags=re.UNICODE).strip("-")
