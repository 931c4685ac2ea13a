"""``sightline places``: look a name up, and bring in a GeoNames dump."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table
from rich.text import Text

from sightline.cli.console import progress
from sightline.cli.options import Places, Quiet

app = typer.Typer(no_args_is_help=True, help="The gazetteer: look a name up, bring in a GeoNames dump.")


@app.command()
def find(
    name: Annotated[str, typer.Argument(help="A place's name.")], places: Places = None, limit: Annotated[int, typer.Option(min=1)] = 10
) -> None:
    """Places of a name, the likeliest first."""
    from sightline.desk import gazetteer_of
    from sightline.show.words import printable

    found = gazetteer_of(places).named(name)[:limit]
    if not found:
        print(f"no place named {name!r}", file=sys.stderr)
        raise typer.Exit(1)
    table = Table(box=None, pad_edge=False)
    for column in ("name", "kind", "country", "population", "latitude", "longitude", "id"):
        table.add_column(column)
    for place in found:
        where = (f"{place.lat:.4f}" if place.lat is not None else "-", f"{place.lon:.4f}" if place.lon is not None else "-")
        table.add_row(Text(printable(place.name)), place.kind, place.country or "-", f"{place.population:,}", *where, place.id)
    Console(highlight=False).print(table)


@app.command("import")
def import_(
    dump: Annotated[
        Path, typer.Argument(help="allCountries.txt, allCountries.zip, or a country's file from GeoNames.", exists=True, dir_okay=False)
    ],
    output: Annotated[Path, typer.Option("--output", "-o", help="SQLite file to make.")] = Path("geonames.sqlite"),
    quiet: Quiet = False,
) -> None:
    """Bring a GeoNames dump into one file; use it with --places FILE.

    Example: sightline places import allCountries.zip -o geonames.sqlite
    """
    from sightline.gazetteer.geonames_import import import_dump

    with progress(quiet) as display:
        task = display.add_task("importing places", total=None)
        try:
            count = import_dump(dump, output, progress=lambda rows: display.update(task, completed=rows))
        except (ValueError, OSError) as error:
            print(f"error: {dump}: {error}", file=sys.stderr)
            raise typer.Exit(1) from error
    print(f"{count:,} places in {output}")
