"""The command itself: every verb by its name."""

from __future__ import annotations

from typing import Annotated

import typer

from sightline import __version__
from sightline.cli import read

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


app.command()(read.brief)
app.command()(read.annotate)
app.command()(read.schema)
