"""A published text and what is known of its publication."""

from __future__ import annotations

from datetime import datetime

import msgspec

from sightline.types.interval import Interval


class Publication(msgspec.Struct, frozen=True, kw_only=True):
    """When a report was published and how that was found.

    ``method`` is one of "metadata", "option", "json-ld", "meta", "time-element", "address", "leading-line", "dateline", "archive",
    "guess"; ``confidence`` is between 0 and 1.
    """

    value: str
    """EDTF: ``2023-09-11`` or ``2023-09-11T08:30:00Z``."""
    interval: Interval
    method: str
    confidence: float = 1.0


class Report(msgspec.Struct, frozen=True, kw_only=True):
    """One published text, kept verbatim. Schema.org calls it a NewsArticle, IPTC a ninjs item."""

    id: str
    text: str
    title: str | None = None
    outlet: str | None = None
    url: str | None = None
    published: Publication | None = None
    language: str | None = None
    author: str | None = None
    path: str | None = None
    """File (and place in it) that it was read from."""
    sha256: str | None = None
    """Of the bytes as received."""
    fetched: datetime | None = None
    metadata: dict[str, str] = {}
    """Whatever else came with it, untouched."""
