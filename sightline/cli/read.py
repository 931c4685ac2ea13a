"""``sightline annotate``, ``brief`` and ``schema``: from files to mentions and to the picture."""

from __future__ import annotations

import sys
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from sightline.cli.console import Complaints, followed, progress, reports_of
from sightline.cli.options import (
    AsOf,
    Fields,
    MaxChars,
    Outlet,
    Paths,
    People,
    Pipeline,
    Places,
    Published,
    Quiet,
    ReaderName,
    instant,
    reading_options,
)
from sightline.types import Reading


class BriefFormat(StrEnum):
    """Forms of the picture."""

    TEXT = "text"
    JSON = "json"
    HTML = "html"


class SchemaName(StrEnum):
    """JSON forms with a published schema."""

    ANNOTATE = "annotate"
    BRIEF = "brief"


def annotate(
    paths: Paths,
    output: Annotated[Path | None, typer.Option("--output", "-o", help="Write here instead of standard output.")] = None,
    published: Published = None,
    outlet: Outlet = None,
    reader: ReaderName = None,
    field: Fields = None,
    max_chars: MaxChars = 2_000_000,
    pipeline: Pipeline = None,
    people: People = None,
    places: Places = None,
    quiet: Quiet = False,
) -> None:
    """Find every time, name, place, attribution, quantity and claim: JSON Lines, one object a report, in input order.

    Example: sightline annotate reports/ > mentions.jsonl
    """
    from sightline.desk import Desk
    from sightline.show.annotation import annotation_line

    complaints = Complaints()
    options = reading_options(published, outlet, reader, field, max_chars)
    desk = Desk(pipeline=pipeline, people=people, places=places)
    sink = output.open("wb") if output else sys.stdout.buffer
    try:
        with progress(quiet) as display:
            for reading in followed(complaints.only(desk.annotate(reports_of(paths, options))), display, "reading"):
                sink.write(annotation_line(reading) + b"\n")
                if not output:
                    sink.flush()
    finally:
        if output:
            sink.close()
    raise typer.Exit(complaints.exit_code)


def brief(
    paths: Paths,
    form: Annotated[
        BriefFormat, typer.Option("--format", "-f", help="text for the terminal, json for programs, html for a page in one file.")
    ] = BriefFormat.TEXT,
    output: Annotated[Path | None, typer.Option("--output", "-o", help="Write here instead of standard output.")] = None,
    as_of: AsOf = None,
    network: Annotated[
        Path | None, typer.Option(help="Route network (GeoJSON or CSV of waypoints) for a journey's forecast.", exists=True)
    ] = None,
    vehicle: Annotated[str | None, typer.Option(help="Class of vehicle for the forecast; see `sightline journey`.")] = None,
    journey: Annotated[bool, typer.Option("--journey", help="Forecast a journey along great circles where no --network is given.")] = False,
    everything: Annotated[bool, typer.Option("--all", help="List every event, not only the leading ones.")] = False,
    published: Published = None,
    outlet: Outlet = None,
    reader: ReaderName = None,
    field: Fields = None,
    max_chars: MaxChars = 2_000_000,
    pipeline: Pipeline = None,
    people: People = None,
    places: Places = None,
    quiet: Quiet = False,
) -> None:
    """The sourced picture of some reports: what happened, who says so through whom, how well it is confirmed, what is unknown.

    Example: sightline brief examples/armoured-train/reports --network examples/armoured-train/network.geojson
    """
    from sightline.desk import Desk, party_names, picture_of

    complaints = Complaints()
    options = reading_options(published, outlet, reader, field, max_chars)
    moment = instant(as_of)
    desk = Desk(pipeline=pipeline, people=people, places=places)
    with progress(quiet) as display:
        items = followed(complaints.only(desk.annotate(reports_of(paths, options))), display, "reading")
        readings: list[Reading] = list(items)
        if not readings:
            print("error: nothing could be read; give files, folders or - for standard input", file=sys.stderr)
            raise typer.Exit(1)
        roads = None
        if network is not None:
            from sightline.journeys import Network

            try:
                roads = Network.load(network)
            except (ValueError, OSError) as error:
                print(f"error: {network}: {error}", file=sys.stderr)
                raise typer.Exit(1) from error
        display.add_task("joining reports", total=None)
        picture = picture_of(readings, as_of=moment, network=roads, vehicle=vehicle, journeys=journey)
        parties = party_names(picture.stories)
    if form is BriefFormat.TEXT:
        from sightline.show.terminal import brief as page

        limit = 10_000 if everything else 12
        if output:
            with output.open("w", encoding="utf-8") as file:
                page(
                    picture.stories,
                    picture.readings,
                    picture.forecasts,
                    Console(file=file, width=110),
                    as_of=moment,
                    parties=parties,
                    limit=limit,
                )
        else:
            page(
                picture.stories,
                picture.readings,
                picture.forecasts,
                Console(highlight=False),
                as_of=moment,
                parties=parties,
                limit=limit,
            )
    else:
        if form is BriefFormat.JSON:
            from sightline.show.picture import picture_json

            data = picture_json(picture.stories, picture.readings, picture.forecasts, as_of=moment) + b"\n"
        else:
            from sightline.desk import replayed
            from sightline.show.dossier import dossier
            from sightline.show.forecasts import forecast_pictures
            from sightline.show.replay import state

            replays, pictures = {}, {}
            for story in picture.stories:
                steps = [(state(step.at, step.story, step.forecast), step.forecast)
                         for step in replayed(story, readings, network=roads, vehicle=vehicle, journeys=journey)]  # fmt: skip
                replays[story.id] = [shown for shown, _ in steps]
                series = [forecast for _, forecast in steps if forecast is not None]
                pictures[story.id] = forecast_pictures(picture.forecasts.get(story.id), series)
            data = dossier(
                picture.stories,
                picture.readings,
                picture.forecasts,
                as_of=moment,
                parties=parties,
                replays=replays,
                pictures=pictures,
            ).encode()
        if output:
            output.write_bytes(data)
        else:
            sys.stdout.buffer.write(data)
    raise typer.Exit(complaints.exit_code)


def schema(name: Annotated[SchemaName, typer.Argument(help="Which JSON form.")]) -> None:
    """Print the JSON Schema of what `annotate` or `brief --format json` writes."""
    import json

    if name is SchemaName.ANNOTATE:
        from sightline.show.annotation import annotation_schema as made
    else:
        from sightline.show.picture import picture_schema as made
    print(json.dumps(made(), indent=2))
