"""``sightline follow``: feeds looked at again and again, politely."""

from __future__ import annotations

import sys
import time
from typing import Annotated

import typer

from sightline.cli.console import Complaints
from sightline.cli.options import Database, Pipeline
from sightline.cli.stores import opened
from sightline.types import Problem, Reading


def follow(
    feeds: Annotated[list[str], typer.Argument(help="Addresses of RSS or Atom feeds.", metavar="FEED...")],
    db: Database = None,
    every: Annotated[int, typer.Option(help="Minutes between looks; at least 5.", min=5)] = 30,
    once: Annotated[bool, typer.Option("--once", help="Look once and end.")] = False,
    pages: Annotated[
        bool, typer.Option("--pages", help="Fetch the page of each new entry instead of reading the entry's own text.")
    ] = False,
    pipeline: Pipeline = None,
    allow_private: Annotated[bool, typer.Option(help="Fetch from private and loopback addresses too.")] = False,
) -> None:
    """Add what is new in some feeds to a store, asking a server only for what changed. Stopped, it goes on where it was.

    Example: sightline follow https://example.org/news.rss --db story.db
    """
    from sightline.desk import Desk
    from sightline.readers.follow import FeedState, look

    complaints = Complaints()
    desk = Desk(pipeline=pipeline)
    with opened(db, create=True) as store:
        while True:
            for feed in feeds:
                kept = store.feed_state(feed)
                known = {row["url"] for row in store.reports()}
                state, items = look(
                    feed,
                    FeedState(etag=kept[0], modified=kept[1]) if kept else FeedState(),
                    known,
                    pages=pages,
                    allow_private=allow_private,
                )
                readings: list[Reading] = list(complaints.only(desk.annotate(items)))
                added = [item for item in store.add(readings) if item.outcome != "known"]
                if not any(isinstance(item, Problem) and item.fatal for item in items):
                    store.keep_feed_state(feed, state.etag, state.modified)
                print(f"{feed}: {len(added)} new")
                sys.stdout.flush()
            if once:
                raise typer.Exit(complaints.exit_code)
            time.sleep(every * 60)
