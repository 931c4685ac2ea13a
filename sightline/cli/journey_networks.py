"""``sightline journey network``: bring a route network in, look at one."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from sightline.cli.console import progress
from sightline.cli.journey_asked import told_in_one_line
from sightline.cli.options import Quiet

if TYPE_CHECKING:
    from sightline.journeys import Network

app = typer.Typer(no_args_is_help=True, help="Route networks: bring one in, look at one.")


@app.command("import")
def import_(
    source: Annotated[
        Path, typer.Argument(help="OpenStreetMap extract (.osm.pbf, .osm), GeoJSON, or CSV of waypoints with km.", dir_okay=False)
    ],
    output: Annotated[Path, typer.Option("--output", "-o", help="GeoJSON file to write.")] = Path("network.geojson"),
    mode: Annotated[str, typer.Option(help="Of an OpenStreetMap extract: rail or road.")] = "rail",
    quiet: Quiet = False,
) -> None:
    """Bring a network in and write it as GeoJSON.

    Example: sightline journey network import primorye.osm.pbf -o primorye.geojson
    """
    from sightline.journeys import Network
    from sightline.journeys.network_files import to_geojson

    with told_in_one_line():
        if source.suffix.lower() in {".geojson", ".json", ".csv"}:
            found = Network.load(source)
        else:
            from sightline.journeys.osm import import_osm

            with progress(quiet) as display:
                task = display.add_task("reading OpenStreetMap", total=None)
                found = import_osm(source, mode=mode, progress=lambda count: display.update(task, completed=count))
        output.write_text(to_geojson(found), encoding="utf-8")
        _summary(found, f"written to {output}")


@app.command("show")
def show_(network: Annotated[Path, typer.Argument(help="Network file.", dir_okay=False)]) -> None:
    """Size of a network, its classes of line and the ends of its lines."""
    from sightline.journeys import Network

    with told_in_one_line():
        _summary(Network.load(network), "")


def _summary(network: Network, note: str) -> None:
    km = sum(line.km for line in network.lines)
    classes = ", ".join(sorted({line.cls for line in network.lines}))
    print(
        f"{network.name}: {len(network.waypoints)} waypoints, {len(network.lines)} lines, {km:,.0f} km; classes {classes}{'; ' + note if note else ''}"
    )
    ends = [network.waypoints[t].name for t in network.termini()]
    print(f"ends of lines: {', '.join(ends[:20])}{' ...' if len(ends) > 20 else ''}")
