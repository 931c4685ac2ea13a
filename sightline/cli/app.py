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


for verb in (read.brief, read.annotate):
    app.command(rich_help_panel="Read reports")(verb)
app.command(rich_help_panel="Read reports")(read.schema)
app.command(rich_help_panel="Keep a store")(stores.add)
app.command(rich_help_panel="Keep a store")(feeds.follow)
app.command("list", rich_help_panel="Keep a store")(stores.list_)
for verb in (crawls.crawl, crawls.gather):
    app.command(rich_help_panel="Crawls")(verb)
for verb in (stores.search, stores.show, stores.claims, stores.verify, stores.migrate, stores.doctor):
    app.command(rich_help_panel="Keep a store")(verb)
for verb in (pictures.events, pictures.timeline, pictures.sources, pictures.changes, pictures.export, pictures.serve):
    app.command(rich_help_panel="See the picture")(verb)
for verb in (pictures.actors, pictures.decide, pictures.decisions, pictures.undo):
    app.command(rich_help_panel="Decide")(verb)
app.add_typer(places.app, name="places", rich_help_panel="Knowledge")
app.add_typer(journeys, name="journey", rich_help_panel="Journeys")
