"""``sightline journey``: where the traveller is now, when they will arrive, and why."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from sightline.cli.console import Complaints, followed, progress, reports_of
from sightline.cli.options import Outlet, People, Pipeline, Places, Published, Quiet, instant, reading_options
from sightline.types import Forecast, Observation, Reading

if TYPE_CHECKING:
    from sightline.journeys import Network, Vehicle

app = typer.Typer(no_args_is_help=True, help="Journeys: where the traveller is now, when they will arrive, and why.")
network_app = typer.Typer(no_args_is_help=True, help="Route networks: bring one in, look at one.")
app.add_typer(network_app, name="network")


class Format(StrEnum):
    """Forms of a forecast."""

    TEXT = "text"
    JSON = "json"
    HTML = "html"
    GEOJSON = "geojson"
    CZML = "czml"
    CSV = "csv"
    GPX = "gpx"


Reports = Annotated[
    list[Path] | None, typer.Argument(help="Files or folders of reports, or - for standard input.", metavar="[PATH]...", show_default=False)
]
Observations = Annotated[
    Path | None,
    typer.Option("--observations", help="Observations instead of reports: JSON Lines or CSV (see docs/journeys.md).", dir_okay=False),
]
NetworkFile = Annotated[
    Path | None,
    typer.Option(
        "--network", "-n", help="Route network: GeoJSON, or CSV of waypoints with km. Without one: great circles.", dir_okay=False
    ),
]
AsOf = Annotated[
    str | None, typer.Option("--as-of", help="What was known then: 2023-09-12T12:00Z; by default when the last report was.", metavar="TIME")
]
To = Annotated[
    list[str] | None,
    typer.Option(
        "--to", help="Destination; again for rivals, with prior weights as PLACE=0.7. By default all that may be.", metavar="PLACE"
    ),
]
From = Annotated[str | None, typer.Option("--from", help="Where it began. By default where reports have it leave.", metavar="PLACE")]
Via = Annotated[
    list[str] | None, typer.Option("--via", help="A place visited on the way, in order; for ways there and back.", metavar="PLACE")
]
Class = Annotated[
    str,
    typer.Option("--class", "-c", help="Class of the vehicle table (armoured-train, ship, aircraft, road-column, ...).", metavar="NAME"),
]
Table = Annotated[
    Path | None, typer.Option("--vehicles", help="Your own vehicle table (TOML), beside the shipped one.", exists=True, dir_okay=False)
]
Hours = Annotated[
    str | None, typer.Option("--hours", help="It only runs between these local hours: 20-6 for the night.", metavar="FROM-TO")
]
Form = Annotated[Format, typer.Option("--format", "-f", help="text, json, html, geojson, czml, csv, or gpx (the median, labelled so).")]
Output = Annotated[Path | None, typer.Option("--output", "-o", help="Write here instead of standard output.")]
Traveller = Annotated[str | None, typer.Option("--who", help="Actor id of the traveller. By default the one who moves most.", metavar="ID")]


class Asked:
    """What a command was asked, loaded."""

    def __init__(
        self,
        reports: Sequence[Path] | None,
        observations: Path | None,
        network: Path | None,
        as_of: str | None,
        to: Sequence[str] | None,
        origin: str | None,
        via: Sequence[str] | None,
        cls: str,
        vehicles: Path | None,
        hours: str | None,
        traveller: str | None = None,
        published: str | None = None,
        outlet: str | None = None,
        pipeline: str | None = None,
        people: Path | None = None,
        places: Path | None = None,
        quiet: bool = False,
    ) -> None:
        from sightline.journeys import Network
        from sightline.journeys.observation_files import load

        if bool(reports) == (observations is not None):
            raise typer.BadParameter("give either reports or --observations FILE")
        if observations is not None and network is None:
            raise typer.BadParameter("observations name waypoints: give their --network FILE")
        self.network: Network | None = Network.load(network) if network is not None else None
        self.origin, self.via, self.hours, self.traveller = origin, tuple(via or ()), _hours(hours), traveller
        self.destination = _destinations(to)
        self.complaints = Complaints()
        self.readings: list[Reading] = []
        self.observations: list[Observation] = []
        if observations is not None and self.network is not None:
            self.observations = load(observations, self.network)
        else:
            from sightline.desk import Desk

            desk = Desk(pipeline=pipeline, people=people, places=places)
            options = reading_options(published, outlet)
            with progress(quiet) as display:
                items = desk.annotate(reports_of(list(reports or ()), options))
                self.readings = list(followed(self.complaints.only(items), display, "reading"))
        self.as_of = instant(as_of) or self._latest()
        self.vehicle = _vehicle(cls, vehicles, self.as_of)

    def _latest(self) -> datetime:
        ends = [r.report.published.interval.latest for r in self.readings if r.report.published is not None]
        ends += [o.reported or o.interval.latest for o in self.observations if o.kind != "expected"]
        return max((e for e in ends if e is not None), default=datetime.now(UTC).replace(second=0, microsecond=0))

    def forecast(self, *, at: datetime | None = None, explain: bool = True) -> Forecast:
        """The forecast as of the instant asked for, or ``at``."""
        from sightline.journeys import ForecastError, forecast, forecast_from
        from sightline.stories import build

        when = at or self.as_of
        if not self.readings:
            if self.network is None:
                raise ForecastError("no report could be read")
            return forecast_from(
                self.observations,
                self.network,
                as_of=when,
                vehicle=self.vehicle,
                origin=self.origin,
                destination=self.destination,
                via=self.via,
                hours=self.hours,
                explain=explain,
            )
        problem = ForecastError("nothing in these reports moves")
        for story in build(self.readings, as_of=when):
            own = [r for r in self.readings if r.report.id in set(story.reports)]
            try:
                return forecast(
                    story,
                    own,
                    self.network,
                    as_of=when,
                    vehicle=self.vehicle,
                    origin=self.origin,
                    destination=self.destination,
                    via=self.via,
                    hours=self.hours,
                    traveller=self.traveller,
                    explain=explain,
                )
            except ForecastError as missing:
                problem = missing
        raise problem

    def series(self) -> list[Forecast]:
        """The forecasts at every instant at which something became known, up to the instant asked for."""
        from sightline.journeys import ForecastError
        from sightline.journeys.replay import instants

        moments = set(instants(self.readings)) | {o.reported for o in self.observations if o.reported is not None}
        out: list[Forecast] = []
        for moment in sorted(m for m in moments if m < self.as_of):
            try:
                out.append(self.forecast(at=moment, explain=False))
            except ForecastError:
                continue
        return out


def _hours(text: str | None) -> tuple[float, float] | None:
    if text is None:
        return None
    try:
        begin, end = (float(part) for part in text.split("-"))
    except ValueError as problem:
        raise typer.BadParameter(f"{text!r} is not FROM-TO, as 20-6", param_hint="--hours") from problem
    if not (0 <= begin <= 24 and 0 <= end <= 24):
        raise typer.BadParameter(f"{text!r} lies outside 0 to 24", param_hint="--hours")
    return begin, end


def _destinations(to: Sequence[str] | None) -> str | dict[str, float] | None:
    if not to:
        return None
    if len(to) == 1 and "=" not in to[0]:
        return to[0]
    weights: dict[str, float] = {}
    for item in to:
        name, equals, weight = item.partition("=")
        try:
            weights[name] = float(weight) if equals else 1.0
        except ValueError as problem:
            raise typer.BadParameter(f"{item!r} is not PLACE or PLACE=WEIGHT", param_hint="--to") from problem
    if any(w < 0 for w in weights.values()) or sum(weights.values()) <= 0:
        raise typer.BadParameter("weights are not below 0 and not all 0", param_hint="--to")
    return weights


def _vehicle(cls: str, table: Path | None, as_of: datetime) -> Vehicle:
    from sightline.journeys import vehicle
    from sightline.journeys.learn import learned

    return vehicle(cls, table) if table is not None else learned(cls, before=as_of)


def _write(text: str, output: Path | None) -> None:
    if output is None:
        sys.stdout.write(text)
    else:
        output.write_text(text, encoding="utf-8")


def _fail(problem: Exception) -> typer.Exit:
    print("error: " + "".join(c if c.isprintable() else " " for c in str(problem)), file=sys.stderr)
    return typer.Exit(1)


@app.command()
def forecast(
    reports: Reports = None,
    observations: Observations = None,
    network: NetworkFile = None,
    as_of: AsOf = None,
    to: To = None,
    origin: From = None,
    via: Via = None,
    cls: Class = "armoured-train",
    vehicles: Table = None,
    hours: Hours = None,
    form: Form = Format.TEXT,
    output: Output = None,
    who: Traveller = None,
    series: Annotated[
        bool, typer.Option("--series", help="With json: all forecasts as reports came in; with html: a slider over them.")
    ] = False,
    published: Published = None,
    outlet: Outlet = None,
    pipeline: Pipeline = None,
    people: People = None,
    places: Places = None,
    quiet: Quiet = False,
) -> None:
    """When the traveller will arrive, where, and where they are now, with the reasons.

    Example: sightline journey forecast --observations seen.csv --network net.geojson --as-of 2023-09-12T12:00Z
    """
    with _told():
        asked = Asked(
            reports,
            observations,
            network,
            as_of,
            to,
            origin,
            via,
            cls,
            vehicles,
            hours,
            who,
            published,
            outlet,
            pipeline,
            people,
            places,
            quiet,
        )
        answer = asked.forecast()
        _write(_formatted(answer, [*asked.series(), answer] if series else [], form), output)
    raise typer.Exit(asked.complaints.exit_code)


@app.command()
def where(
    reports: Reports = None,
    observations: Observations = None,
    network: NetworkFile = None,
    as_of: AsOf = None,
    to: To = None,
    origin: From = None,
    via: Via = None,
    cls: Class = "armoured-train",
    vehicles: Table = None,
    hours: Hours = None,
    form: Form = Format.TEXT,
    output: Output = None,
    who: Traveller = None,
    published: Published = None,
    outlet: Outlet = None,
    pipeline: Pipeline = None,
    people: People = None,
    places: Places = None,
    quiet: Quiet = False,
) -> None:
    """Where the traveller is now: the stretches by probability."""
    from sightline.show.journeys.plain import where_lines

    with _told():
        asked = Asked(
            reports,
            observations,
            network,
            as_of,
            to,
            origin,
            via,
            cls,
            vehicles,
            hours,
            who,
            published,
            outlet,
            pipeline,
            people,
            places,
            quiet,
        )
        answer = asked.forecast(explain=False)
        if form is Format.TEXT:
            _write("\n".join([f"{answer.journey}, {answer.as_of:%Y-%m-%d %H:%M} UTC", *where_lines(answer.position)]) + "\n", output)
        else:
            _write(_formatted(answer, [], form), output)
    raise typer.Exit(asked.complaints.exit_code)


@app.command()
def explain(
    reports: Reports = None,
    observations: Observations = None,
    network: NetworkFile = None,
    as_of: AsOf = None,
    to: To = None,
    origin: From = None,
    via: Via = None,
    cls: Class = "armoured-train",
    vehicles: Table = None,
    hours: Hours = None,
    form: Form = Format.TEXT,
    output: Output = None,
    who: Traveller = None,
    published: Published = None,
    outlet: Outlet = None,
    pipeline: Pipeline = None,
    people: People = None,
    places: Places = None,
    quiet: Quiet = False,
) -> None:
    """Why: what leaving each origin out would change, what cannot be, which sighting would tell most."""
    with _told():
        asked = Asked(
            reports,
            observations,
            network,
            as_of,
            to,
            origin,
            via,
            cls,
            vehicles,
            hours,
            who,
            published,
            outlet,
            pipeline,
            people,
            places,
            quiet,
        )
        answer = asked.forecast()
        if form is not Format.TEXT:
            _write(_formatted(answer, [], form), output)
        else:
            lines = [answer.headline, ""]
            for reason in answer.reasons:
                lines.append(reason.text)
                lines += [f"    {claim}" for claim in reason.claims]
            lines += ["", answer.next_sighting] if answer.next_sighting else []
            lines += ["", *(f"Cannot be: {text}" for text in answer.infeasible)] if answer.infeasible else []
            lines += ["", "Reports used", *(f"  {_observation(o)}" for o in answer.observations)]
            lines += ["", "Assumed", *(f"  {text}" for text in answer.assumptions)]
            _write("\n".join(lines) + "\n", output)
    raise typer.Exit(asked.complaints.exit_code)


@app.command()
def calibrate(
    network: Annotated[Path, typer.Option("--network", "-n", help="Route network.", dir_okay=False)],
    origin: Annotated[str, typer.Option("--from", help="Where simulated journeys begin.", metavar="PLACE")],
    to: Annotated[list[str], typer.Option("--to", help="Destination; again for rivals.", metavar="PLACE")],
    cls: Class = "armoured-train",
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

    with _told():
        net = Network.load(network)
        moving = _vehicle(cls, vehicles, datetime.now(UTC))
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


@network_app.command("import")
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

    with _told():
        if source.suffix.lower() in {".geojson", ".json", ".csv"}:
            found = Network.load(source)
        else:
            from sightline.journeys.osm import import_osm

            with progress(quiet) as display:
                task = display.add_task("reading OpenStreetMap", total=None)
                found = import_osm(source, mode=mode, progress=lambda count: display.update(task, completed=count))
        output.write_text(to_geojson(found), encoding="utf-8")
        _summary(found, f"written to {output}")


@network_app.command("show")
def show_(network: Annotated[Path, typer.Argument(help="Network file.", dir_okay=False)]) -> None:
    """Size of a network, its classes of line and the ends of its lines."""
    from sightline.journeys import Network

    with _told():
        _summary(Network.load(network), "")


def _summary(network: Network, note: str) -> None:
    km = sum(line.km for line in network.lines)
    classes = ", ".join(sorted({line.cls for line in network.lines}))
    print(
        f"{network.name}: {len(network.waypoints)} waypoints, {len(network.lines)} lines, {km:,.0f} km; classes {classes}{'; ' + note if note else ''}"
    )
    ends = [network.waypoints[t].name for t in network.termini()]
    print(f"ends of lines: {', '.join(ends[:20])}{' ...' if len(ends) > 20 else ''}")


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


class _told:  # noqa: N801
    """Turns what can be wrong with the input into one line and exit code 1."""

    def __enter__(self) -> None:
        return None

    def __exit__(self, kind: type[BaseException] | None, problem: BaseException | None, trace: object) -> None:
        from sightline.journeys import ForecastError, NetworkError, VehicleError
        from sightline.journeys.observation_files import ObservationError

        if isinstance(problem, (ForecastError, NetworkError, VehicleError, ObservationError, OSError)):
            raise _fail(problem) from None
