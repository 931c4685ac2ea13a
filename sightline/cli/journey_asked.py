"""What a ``sightline journey`` command is asked: its options, and the reports, network and vehicle that they name."""

from __future__ import annotations

import inspect
import sys
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from sightline.cli.console import Complaints, followed, progress, reports_of
from sightline.cli.options import Outlet, People, Pipeline, Places, Published, Quiet, instant, reading_options
from sightline.types import Forecast, Observation, Reading

if TYPE_CHECKING:
    from sightline.journeys import Network, Vehicle

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
    str | None,
    typer.Option(
        "--class",
        "-c",
        help="Class of the vehicle table (armoured-train, ship, aircraft, ...); by default what reports suggest.",
        metavar="NAME",
    ),
]
Table = Annotated[
    Path | None, typer.Option("--vehicles", help="Your own vehicle table (TOML), beside the shipped one.", exists=True, dir_okay=False)
]
Hours = Annotated[
    str | None, typer.Option("--hours", help="It only runs between these local hours: 20-6 for the night.", metavar="FROM-TO")
]
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
        cls: str | None,
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
        from sightline.journeys.travellers import likely_vehicle

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
        self.vehicle = vehicle_of(cls or likely_vehicle(self.readings, self.network), vehicles, self.as_of)

    def _latest(self) -> datetime:
        ends = [r.report.published.interval.latest for r in self.readings if r.report.published is not None]
        ends += [o.reported or o.interval.latest for o in self.observations if o.kind != "expected"]
        return max((e for e in ends if e is not None), default=datetime.now(UTC).replace(second=0, microsecond=0))

    def forecast(self, *, at: datetime | None = None, explain: bool = True) -> Forecast:
        """The forecast as of the instant asked for, or ``at``."""
        from sightline.journeys import ForecastError, forecast, forecast_from, together
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
        # The reports given are one journey's: the grouping into stories may part what belongs to it.
        story = together(build(self.readings, as_of=when))
        return forecast(
            story,
            self.readings,
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


def _options(
    reports: Reports = None,
    observations: Observations = None,
    network: NetworkFile = None,
    as_of: AsOf = None,
    to: To = None,
    origin: From = None,
    via: Via = None,
    cls: Class = None,
    vehicles: Table = None,
    hours: Hours = None,
    traveller: Traveller = None,
    published: Published = None,
    outlet: Outlet = None,
    pipeline: Pipeline = None,
    people: People = None,
    places: Places = None,
    quiet: Quiet = False,
) -> Asked:
    """The options that every question about a journey has, as what is asked."""
    return Asked(
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
        traveller,
        published,
        outlet,
        pipeline,
        people,
        places,
        quiet,
    )


def asks(answer: Callable[..., None]) -> Callable[..., None]:
    """A verb of its own options, with those of every question before them: it is called with what is asked, and what is wrong with the input
    is told in one line."""
    shared = inspect.signature(_options, eval_str=True).parameters
    own = list(inspect.signature(answer, eval_str=True).parameters.values())[1:]

    @wraps(answer)
    def verb(**given: Any) -> None:
        with told_in_one_line():
            asked = _options(**{name: given.pop(name) for name in shared})
            answer(asked, **given)
        raise typer.Exit(asked.complaints.exit_code)

    verb.__signature__ = inspect.Signature([*shared.values(), *own])  # type: ignore[attr-defined]
    verb.__annotations__ = {p.name: p.annotation for p in (*shared.values(), *own)}
    return verb


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


def vehicle_of(cls: str, table: Path | None, as_of: datetime) -> Vehicle:
    """The class of the shipped table with what earlier journeys had shown by then, or one of the user's table."""
    from sightline.journeys import vehicle
    from sightline.journeys.learn import learned

    return vehicle(cls, table) if table is not None else learned(cls, before=as_of)


def fail(problem: Exception) -> typer.Exit:
    """One line on standard error, and exit code 1."""
    print("error: " + "".join(c if c.isprintable() else " " for c in str(problem)), file=sys.stderr)
    return typer.Exit(1)


class told_in_one_line:  # noqa: N801
    """Turns what can be wrong with the input into one line and exit code 1."""

    def __enter__(self) -> None:
        return None

    def __exit__(self, kind: type[BaseException] | None, problem: BaseException | None, trace: object) -> None:
        from sightline.journeys import ForecastError, NetworkError, VehicleError
        from sightline.journeys.observation_files import ObservationError

        if isinstance(problem, (ForecastError, NetworkError, VehicleError, ObservationError, OSError)):
            raise fail(problem) from None
