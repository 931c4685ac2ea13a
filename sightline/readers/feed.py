"""RSS and Atom files: one report an entry."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from typing import Any

from sightline.readers.base import Options, identity_of, make_report, sha256
from sightline.readers.limit import SECONDS, LateError, within
from sightline.types import Problem, Report

_TAG = re.compile(r"<[^<>]{1,2000}>")
_BREAK = re.compile(r"</(?:p|div|h\d|li)>|<br\s*/?>", re.IGNORECASE)
_ENTITY = re.compile(rb"<!\s*ENTITY", re.IGNORECASE)
_ROOT = re.compile(rb"<\s*(?:\w+:)?(?:rss|feed|rdf|cdf|channel|item|entry)\b", re.IGNORECASE)


def plain(markup: str) -> str:
    """The words of an entry's HTML, a blank line between paragraphs.

    >>> plain("<p>The train left.</p><p>It is &quot;green&quot;.</p>")
    'The train left.\\n\\nIt is "green".'
    """
    text = unescape(_TAG.sub("", _BREAK.sub("\n\n", markup)))
    return re.sub(r"\n{3,}", "\n\n", text).strip()


def entry_text(entry: Any) -> str:
    """The fullest text that an entry carries."""
    bodies = [part.get("value", "") for part in entry.get("content") or [] if isinstance(part, dict)]
    bodies += [entry.get("summary") or "", entry.get("description") or ""]
    return plain(max((str(body) for body in bodies), key=len, default=""))


class FeedReader:
    """Entries of a feed, oldest last as the feed has them (needs the extra ``feeds``)."""

    name = "feed"
    endings: tuple[str, ...] = (".rss", ".atom", ".xml")

    def read(self, data: bytes, origin: str, options: Options) -> Iterator[Report | Problem]:
        """The entries' reports."""
        try:
            import feedparser
        except ImportError:
            yield Problem(report=origin, message="feeds need feedparser", remedy="pip install 'sightline[feeds]'")
            return
        if _ENTITY.search(data) or _ENTITY.search(data.replace(b"\x00", b"")):
            yield Problem(report=origin, message="the feed declares entities of its own", remedy="remove its DTD")
            return
        if not _ROOT.search(data) and not _ROOT.search(data.replace(b"\x00", b"")):
            yield Problem(report=origin, message="no entries found in the feed", remedy="check that it is RSS or Atom")
            return
        try:
            with within():
                feed = feedparser.parse(data)
        except LateError:
            yield Problem(report=origin, message=f"took longer than {SECONDS:g} s", remedy="check that it is RSS or Atom")
            return
        except Exception as error:  # a parser of other people's files may raise anything
            yield Problem(report=origin, message=f"the feed cannot be read ({type(error).__name__})", remedy="check that it is RSS or Atom")
            return
        if not feed.entries:
            yield Problem(report=origin, message="no entries found in the feed", remedy="check that it is RSS or Atom")
            return
        outlet = feed.feed.get("title")
        for number, entry in enumerate(feed.entries, start=1):
            metadata = {
                "title": plain(str(entry.get("title") or "")),
                "url": str(entry.get("link") or ""),
                "author": str(entry.get("author") or ""),
                "outlet": str(outlet or ""),
                "published": str(entry.get("published") or entry.get("updated") or ""),
            }
            text = entry_text(entry) or metadata["title"]
            yield from make_report(
                text,
                origin,
                options,
                {key: value for key, value in metadata.items() if value},
                identity=f"{identity_of(origin)}-{number}",
                place=f"entry {number}",
                digest=sha256(text.encode("utf-8", "replace")),
            )
