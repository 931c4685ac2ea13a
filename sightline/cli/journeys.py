"""``sightline journey``: where the traveller is now, when they will arrive, and why."""

from __future__ import annotations

import sys
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from sightline.cli.journey_asked import Asked, Output, Table, asks, told_in_one_line, vehicle_of
from sightline.cli.journey_networks import app as networks
from sightline.types import Forecast, Observation

app = typer.Typer(no_args_is_help=True, help="Journeys: where the traveller is now, when they will arrive, and why.")
app.add_typer(networks, name="network")


class Format(StrEnum):
    """Forms of a forecast."""

    TEXT = "text"
    JSON = "json"
    HTML = "html"
    GEOJSON = "geojson"
    CZML = "czml"
    CSV = "csv"
    GPX = "gpx"


Form = Annotated[Format, typer.Option("--format", "-f", help="text, json, html, geojson, czml, csv, or gpx (the median, labelled so).")]


def _write(text: str, output: Path | None) -> None:
    if output is None:
        sys.stdout.write(text)
    else:
        output.write_text(text, encoding="utf-8")


@app.command()
@asks
def forecast(
    asked: Asked,
    form: Form = Format.TEXT,
    output: Output = None,
    series: Annotated[
        bool, typer.Option("--series", help="With json: all forecasts as reports came in; with html: a slider over them.")
    ] = False,
) -> None:
    """When the traveller will arrive, where, and where they are now, with the reasons.

    Example: sightline journey forecast --observations seen.csv --network net.geojson --as-of 2023-09-12T12:00Z
    """
    answer = asked.forecast()
    _write(_formatted(answer, [*asked.series(), answer] if series else [], form), output)


@app.command()
@asks
def where(asked: Asked, form: Form = Format.TEXT, output: Output = None) -> None:
    """Where the traveller is now: the stretches by probability."""
    from sightline.show.journeys.plain import where_lines

    answer = asked.forecast(explain=False)
    if form is Format.TEXT:
        _write("\n".join([f"{answer.journey}, {answer.as_of:%Y-%m-%d %H:%M} UTC", *where_lines(answer.position)]) + "\n", output)
    else:
        _write(_formatted(answer, [], form), output)


@app.command()
@asks
def explain(asked: Asked, form: Form = Format.TEXT, output: Output = None) -> None:
    """Why: what leaving each origin out would change, what cannot be, which sighting would tell most."""
    answer = asked.forecast()
    if form is not Format.TEXT:
        _write(_formatted(answer, [], form), output)
        return
    lines = [answer.headline, ""]
    for reason in answer.reasons:
        lines.append(reason.text)
        lines += [f"    {claim}" for claim in reason.claims]
    lines += ["", answer.next_sighting] if answer.next_sighting else []
    lines += ["", *(f"Cannot be: {text}" for text in answer.infeasible)] if answer.infeasible else []
    lines += ["", "Reports used", *(f"  {_observation(o)}" for o in answer.observations)]
    lines += ["", "Assumed", *(f"  {text}" for text in answer.assumptions)]
    _write("\n".join(lines) + "\n", output)


@app.command()
def calibrate(
    network: Annotated[Path, typer.Option("--network", "-n", help="Route network.", dir_okay=False)],
    origin: Annotated[str, typer.Option("--from", help="Where simulated journeys begin.", metavar="PLACE")],
    to: Annotated[list[str], typer.Option("--to", help="Destination; again for rivals.", metavar="PLACE")],
    cls: Annotated[str, typer.Option("--class", "-c", help="Class of the vehicle table.", metavar="NAME")] = "armoured-train",
    vehicles: Table = None,
    journeys: Annotated[int, typer.Option(help="How many.", min=20)] = 500,
    slower: Annotated[float, typer.Option(help="Factor on all running times of the simulated world.", min=0.1, max=10)] = 1.0,
    noise: Annotated[float, typer.Option(help="Factor on the spread of its running times.", min=0.1, max=10)] = 1.0,
    seed: Annotated[int, typer.Option(help="Of the simulation.")] = 20230911,
    form: Annotated[Format, typer.Option("--format", "-f", help="text or json.")] = Format.TEXT,
) -> None:
    """Is "80%" true 80 times in a hundred? Simulates journeys on a network and forecasts them."""
    import msgspec

    from sightline.journeys import Network
    from sightline.journeys.calibrate import calibrate as simulate
    from sightline.journeys.candidates import locate
    from sightline.journeys.routes import route
    from sightline.journeys.simulate import World

    with told_in_one_line():
        net = Network.load(network)
        moving = vehicle_of(cls, vehicles, datetime.now(UTC))
        ways = [route(net, [locate(net, origin).id, locate(net, place).id], moving) for place in to]
        found = simulate(
            ways,
            moving,
            {w.id: w.kind for w in net.waypoints.values()},
            journeys=journeys,
            seed=seed,
            world=World(slower=slower, noise=noise),
        )
        if form is Format.JSON:
            print(msgspec.json.encode(found).decode())
        else:
            cover = ", ".join(f"{c}%: {share:.3f}" for c, share in found.coverage.items())
            print(
                f"{found.journeys} simulated journeys, {found.reports:.1f} reports each on average\n"
                f"truth within the central interval of {cover}\nPIT uniform: chi-square p = {found.chi_square_p:.3f}\n"
                f"CRPS {found.crps:.2f} h; a normal at 45 km/h {found.crps_gaussian:.2f} h (ratio {found.ratio:.2f}); "
                f"a normal with the model's own mean and spread {found.crps_moments:.2f} h\n"
                f"mean probability of the true destination {found.probability:.2f} (of {len(ways)})"
            )


def _observation(o: Observation) -> str:
    when = f"{o.interval.earliest:%Y-%m-%d %H:%M}" if o.interval.earliest else ".."
    until = f"{o.interval.latest:%Y-%m-%d %H:%M}" if o.interval.latest else ".."
    times = "" if o.kind in {"bound", "duration"} else f" {when} to {until} UTC"
    return f"{o.kind} {o.place}{times}, reliability {o.reliability:.2f}, origin {o.origin}{': ' + o.label if o.label else ''}"


def _formatted(answer: Forecast, series: list[Forecast], form: Format) -> str:
    import msgspec

    from sightline.show import journeys as drawn

    if form is Format.JSON:
        return msgspec.json.format(msgspec.json.encode(series or answer), indent=1).decode() + "\n"
    makers = {
        Format.TEXT: drawn.plain,
        Format.GEOJSON: drawn.geojson,
        Format.CZML: drawn.czml,
        Format.CSV: drawn.table,
        Format.GPX: drawn.gpx,
    }
    return drawn.page(answer, series) if form is Format.HTML else makers[form](answer)
