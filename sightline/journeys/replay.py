"""The forecast at every report's time: what the slider shows, and how a forecast would have fared."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime

import msgspec

from sightline.journeys.candidates import ForecastError
from sightline.journeys.forecast import forecast, forecast_from
from sightline.journeys.network import Network
from sightline.journeys.vehicles import Vehicle
from sightline.types import Forecast, Observation, Reading, Story


def together(stories: Sequence[Story]) -> Story:
    """All stories as one, where a user says that the reports are about one journey: the grouping of pages may have parted them.

    Raises:
        ForecastError: there is no story.
    """
    if not stories:
        raise ForecastError("no report tells a story")
    first = stories[0]
    origins = {origin.id: origin for story in reversed(stories) for origin in story.origins}
    claims = {i: tuple(dict.fromkeys(c for story in stories for o in story.origins if o.id == i for c in o.claims)) for i in origins}
    return msgspec.structs.replace(
        first,
        reports=tuple(dict.fromkeys(r for story in stories for r in story.reports)),
        events=tuple(event for story in stories for event in story.events),
        origins=tuple(msgspec.structs.replace(origins[i], claims=claims[i]) for i in sorted(origins)),
    )


def instants(readings: Iterable[Reading]) -> list[datetime]:
    """When each report became known, in order, each instant once; undated reports are left out."""
    known = set()
    for reading in readings:
        published = reading.report.published
        at = published.interval.latest if published is not None else reading.report.fetched
        if at is not None:
            known.add(at)
    return sorted(known)


def replay(
    story: Story,
    readings: Sequence[Reading],
    network: Network | None,
    *,
    vehicle: str | Vehicle = "armoured-train",
    destination: str | None = None,
    origin: str | None = None,
    traveller: str | None = None,
    explain: bool = False,
    rebuild: Callable[[datetime], Story] | None = None,
    at: Sequence[datetime] | None = None,
) -> list[Forecast]:
    """One forecast for every instant at which a report became known, from what was known then; instants before any start is known are left out.

    ``rebuild`` gives the story as of an instant (stories.build with as_of); without it the story's events are used throughout and only
    later claims are left out, so that grades and flags may know too much. ``at`` asks for other instants.
    """
    out = []
    for instant in at if at is not None else instants(readings):
        told = story if rebuild is None else rebuild(instant)
        try:
            out.append(
                forecast(
                    told,
                    readings,
                    network,
                    as_of=instant,
                    vehicle=vehicle,
                    destination=destination,
                    origin=origin,
                    traveller=traveller,
                    explain=explain,
                )
            )
        except ForecastError:
            continue
    return out


def replay_observations(
    observations: Sequence[Observation],
    network: Network,
    *,
    vehicle: str | Vehicle = "armoured-train",
    destination: str | None = None,
    origin: str | None = None,
    explain: bool = False,
) -> list[Forecast]:
    """The same from observations: one forecast for every ``reported`` instant."""
    out = []
    for instant in sorted({o.reported for o in observations if o.reported is not None}):
        try:
            out.append(
                forecast_from(
                    observations, network, as_of=instant, vehicle=vehicle, destination=destination, origin=origin, explain=explain
                )
            )
        except ForecastError:
            continue
    return out
