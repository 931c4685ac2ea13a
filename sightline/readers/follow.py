"""One look at a feed: what is new in it, by a conditional request."""

from __future__ import annotations

import time
from collections.abc import Collection

import msgspec

from sightline.readers.address import FetchError, fetch, fetch_reports
from sightline.readers.base import Options
from sightline.readers.feed import FeedReader
from sightline.types import Problem, Report

PAUSE = 1.0
"""Seconds between two pages of one look."""


class FeedState(msgspec.Struct, frozen=True, kw_only=True):
    """What the server said last time, to be handed back to it (RFC 9110, conditional requests)."""

    etag: str | None = None
    modified: str | None = None


def look(
    feed: str, state: FeedState, known: Collection[str | None], *, pages: bool = False, allow_private: bool = False
) -> tuple[FeedState, list[Report | Problem]]:
    """The feed's new state and the reports of entries whose address is not ``known``; nothing when the server says it is unchanged.

    With ``pages``, each new entry's page is fetched, a second apart.
    """
    headers = {}
    if state.etag:
        headers["if-none-match"] = state.etag
    if state.modified:
        headers["if-modified-since"] = state.modified
    try:
        page = fetch(feed, allow_private=allow_private, headers=headers)
    except FetchError as error:
        return state, [Problem(report=feed, message=str(error), remedy=error.remedy)]
    now = FeedState(etag=page.headers.get("etag"), modified=page.headers.get("last-modified"))
    if page.status == 304:
        return state, []
    entries = list(FeedReader().read(page.data, feed, Options()))
    new = [item for item in entries if isinstance(item, Problem) or item.url not in known]
    if not pages:
        return now, [
            msgspec.structs.replace(item, id=item.url or item.id, fetched=page.at) if isinstance(item, Report) else item for item in new
        ]
    found: list[Report | Problem] = []
    for item in new:
        if isinstance(item, Problem) or not item.url:
            found.append(item)
            continue
        found.extend(
            fetch_reports(item.url, Options(published=item.published.value if item.published else None), allow_private=allow_private)
        )
        time.sleep(PAUSE)
    return now, found
