"""The command itself: every verb by its name."""

from __future__ import annotations

from typing import Annotated

import typer

from sightline import __version__
from sightline.cli import crawls, feeds, pictures, places, read, stores
from sightline.cli.journeys import app as journeys

app = typer.Typer(
    name="sightline",
    help="A sourced picture of a developing story: who said what, through whom and how surely; what happened, when and where; "
    "what independent parties confirm; and, for a journey, where the traveller is now.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode="rich",
)


def _version(show: bool) -> None:
    if show:
        print(f"sightline {__version__}")
        raise typer.Exit


@app.callback()
def _options(
    version: Annotated[bool, typer.Option("--version", help="Print the version.", callback=_version, is_eager=True)] = False,
) -> None:
    pass


app.command(rich_help_panel="Read reports")(read.brief)
app.command(rich_help_panel="Read reports")(read.annotate)
app.command(rich_help_panel="Read reports")(read.schema)
app.command(rich_help_panel="Keep a store")(stores.add)
app.command(rich_help_panel="Keep a store")(feeds.follow)
app.command("list", rich_help_panel="Keep a store")(stores.list_)
app.command(rich_help_panel="Crawls")(crawls.crawl)
app.command(rich_help_panel="Crawls")(crawls.gather)
app.command(rich_help_panel="Keep a store")(stores.search)
app.command(rich_help_panel="Keep a store")(stores.show)
app.command(rich_help_panel="Keep a store")(stores.claims)
app.command(rich_help_panel="Keep a store")(stores.verify)
app.command(rich_help_panel="Keep a store")(stores.migrate)
app.command(rich_help_panel="Keep a store")(stores.doctor)
app.command(rich_help_panel="See the picture")(pictures.events)
app.command(rich_help_panel="See the picture")(pictures.timeline)
app.command(rich_help_panel="See the picture")(pictures.sources)
app.command(rich_help_panel="See the picture")(pictures.changes)
app.command(rich_help_panel="See the picture")(pictures.export)
app.command(rich_help_panel="See the picture")(pictures.serve)
app.command(rich_help_panel="Decide")(pictures.actors)
app.command(rich_help_panel="Decide")(pictures.decide)
app.command(rich_help_panel="Decide")(pictures.decisions)
app.command(rich_help_panel="Decide")(pictures.undo)
app.add_typer(places.app, name="places", rich_help_panel="Knowledge")
app.add_typer(journeys, name="journey", rich_help_panel="Journeys")
