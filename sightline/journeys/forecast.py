"""The forecast: from reports on a network to where the traveller is now and when they arrive."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from importlib import metadata

from sightline.journeys import candidates, feasibility, reasons, summary
from sightline.journeys.candidates import ForecastError
from sightline.journeys.clock import daily_clock
from sightline.journeys.grouping import grouped
from sightline.journeys.learn import learned
from sightline.journeys.likelihoods import AT_ONCE, ENDS, KINDS, Watch
from sightline.journeys.network import Network
from sightline.journeys.posterior import Posterior, Question
from sightline.journeys.routes import Route, divided
from sightline.journeys.stages import reporting
from sightline.journeys.travellers import likely_vehicle
from sightline.journeys.vehicles import Vehicle
from sightline.journeys.wording import headline, zone_or_utc
from sightline.types import Forecast, Observation, Reading, Reason, Story

CELLS = 1000
"""Cells of the time grid."""
EVEN = 0.67
"""A destination that no report names and that is less likely than this is no answer."""
LONGEST_PIECE_KM = 250.0
"""Longer legs are cut for telling the position; no arrival changes by that."""


def forecast(
    story: Story,
    readings: Sequence[Reading],
    network: Network | None,
    *,
    as_of: datetime,
    destination: str | Mapping[str, float] | None = None,
    vehicle: str | Vehicle = "armoured-train",
    origin: str | None = None,
    traveller: str | None = None,
    via: Sequence[str] = (),
    hours: tuple[float, float] | None = None,
    explain: bool = True,
) -> Forecast:
    """Where the traveller of a story is at ``as_of`` and when they will arrive, from what had been reported by then.

    Args:
        story: the story whose departure, passage, crossing, sighting, stop and arrival events are read.
        readings: the readings of its reports: claims tell places, certainty and when they became known.
        network: the ways; ``None``: great circles between the places that the reports name, with a detour factor.
        as_of: aware instant; nothing that became known later counts.
        destination: place to forecast, or rivals with their prior weights; ``None``: all that reports name and all ends of lines are rivals.
        vehicle: class of the vehicle table, or a Vehicle.
        origin: where the journey began; ``None``: the reported departure.
        traveller: actor id; ``None``: the actor who moves most in the story.
        via: places passed in this order, for ways there and back.
        hours: local hours of the day between which it runs, (22, 5) for the night; ``None``: the vehicle's own.
        explain: whether to work out the reasons and the most telling next sighting (a forecast for each origin and some waypoints).

    Raises:
        ForecastError: no start or destination can be told, or a place is not on the network.
    """
    from sightline.journeys.observations import journey_of, observe

    moving = chosen(vehicle, as_of)
    ends = [destination] if isinstance(destination, str) else list(destination or ())
    asked = [name for name in (origin, *via, *ends) if name is not None]
    seen = observe(story, readings, network, as_of=as_of, vehicle=moving, traveller=traveller, asked=asked)
    if seen.turned and destination is None and not any(o.kind in {"bound", "expected", "arrived"} for o in seen.observations):
        raise ForecastError("reports have it turn back on the way, and none tells where to; name a destination (--to)")
    return forecast_from(
        seen.observations,
        seen.network,
        as_of=as_of,
        destination=destination,
        vehicle=moving,
        origin=origin,
        via=via,
        hours=hours,
        explain=explain,
        journey=journey_of(story, seen, moving),
        notes=seen.notes,
        earlier=seen.everything,
    )


def forecast_story(
    story: Story,
    readings: Sequence[Reading],
    network: Network | None,
    *,
    as_of: datetime | None = None,
    vehicle: str | Vehicle | None = None,
) -> Forecast | None:
    """The forecast of a story that is a journey, ``None`` where nothing in it moves from a place that the network has.

    Without ``as_of`` the instant at which the last of its reports became known; without ``vehicle`` the class that the reports' nouns and
    the network's mode suggest.
    """
    own = [r for r in readings if r.report.id in set(story.reports)]
    known = [
        r.report.published.interval.latest for r in own if r.report.published is not None and r.report.published.interval.latest is not None
    ]
    at = as_of or story.as_of or max(known, default=None)
    if at is None:
        return None
    try:
        return forecast(story, own, network, as_of=at, vehicle=vehicle or likely_vehicle(own, network))
    except ForecastError:
        return None


def chosen(vehicle: str | Vehicle, as_of: datetime) -> Vehicle:
    """A class of the table with the speeds that earlier journeys had shown by ``as_of``; a Vehicle is taken as it is."""
    return vehicle if isinstance(vehicle, Vehicle) else learned(vehicle, before=as_of)


def ask(
    observations: Sequence[Observation],
    network: Network,
    *,
    as_of: datetime,
    vehicle: Vehicle,
    origin: str | None = None,
    destination: str | Mapping[str, float] | None = None,
    via: Sequence[str] = (),
    hours: tuple[float, float] | None = None,
    watches: Mapping[str, Watch] | None = None,
    cells: int = CELLS,
) -> tuple[Question, list[tuple[Route, float]]]:
    """The question that a forecast answers, with its rival routes and their prior weights.

    Raises:
        ForecastError: as ``forecast``.
    """
    if as_of.tzinfo is None:
        raise ForecastError("the as-of instant needs a time zone (2023-09-11T12:00Z)")
    known = [
        o
        for o in grouped(observations, as_of)
        if (o.place in network.waypoints or o.place.startswith("country:")) and not _yet_to_come(o, as_of)
    ]
    begin = candidates.start(known, network, origin)
    rivals = candidates.rivals(known, network, begin, vehicle, destination, via)
    offset = _offset(network, begin, as_of)
    question = Question(
        routes=tuple(divided(way, LONGEST_PIECE_KM) for way, _ in rivals),
        weights=tuple(weight for _, weight in rivals),
        observations=tuple(known),
        vehicle=vehicle,
        as_of=as_of,
        kinds={w.id: w.kind for w in network.waypoints.values()},
        detour_sd=network.detour_sd,
        clock=daily_clock(hours or vehicle.running_hours, offset),
        watches=watches,
        cells=cells,
    )
    return question, rivals


def forecast_from(
    observations: Sequence[Observation],
    network: Network,
    *,
    as_of: datetime,
    vehicle: str | Vehicle = "armoured-train",
    origin: str | None = None,
    destination: str | Mapping[str, float] | None = None,
    via: Sequence[str] = (),
    hours: tuple[float, float] | None = None,
    explain: bool = True,
    journey: str = "",
    watches: Mapping[str, Watch] | None = None,
    notes: tuple[str, ...] = (),
    earlier: Sequence[Observation] = (),
) -> Forecast:
    """The forecast from observations instead of a story; ``destination`` may give rivals their prior weights, ``earlier`` are observations of
    earlier legs too, for what cannot be.

    Raises:
        ForecastError: as ``forecast``, or an observation is of an unknown kind.
    """
    for observation in observations:
        if observation.kind not in KINDS:
            raise ForecastError(f"unknown kind of observation {observation.kind!r}; there are {', '.join(sorted(KINDS))}")
    moving = chosen(vehicle, as_of)
    question, rivals = ask(
        observations, network, as_of=as_of, vehicle=moving, origin=origin, destination=destination, via=via, hours=hours, watches=watches
    )
    posterior = Posterior(question)
    rows = summary.destinations(posterior, network, as_of)
    passages, position = summary.passages_and_position(posterior, network, as_of)
    why: tuple[Reason, ...] = ()
    next_one = ""
    if explain:
        origins = sorted({o.origin for o in question.observations if o.origin})
        without = [(origin_, _weights(question, rivals, network, origin_)) for origin_ in origins]
        why = reasons.leave_one_out(question, posterior, network, without)
        next_one = reasons.next_sighting(question, posterior, network, as_of)
    best = rows[0]
    start = network.waypoints[question.routes[0].stops[0].waypoint]
    line = headline(best.name, best.arrival.low80, best.arrival.high80, best.zone, best.probability, best.arrived, alone=len(rows) == 1)
    told = destination is not None or any(o.kind in ENDS | {"bound", "expected", "silence"} for o in question.observations)
    if not told and network.guessed:
        line = f"No destination is told yet; the last place told: {line}"
    elif not told and best.probability < EVEN:
        line = f"No destination is told yet; likeliest of {len(rows)} ends of lines is {line}"
    return Forecast(
        journey=journey or f"{moving.label} from {start.name}",
        as_of=as_of,
        headline=line,
        destinations=rows,
        position=position,
        passages=passages,
        observations=question.observations,
        reasons=why,
        next_sighting=next_one,
        infeasible=tuple(
            dict.fromkeys(i.text for i in feasibility.check(grouped(earlier, as_of) or question.observations, network, moving))
        ),
        assumptions=(*_assumptions(question, network), *notes),
        network=network.name,
        version=f"sightline.journeys/{metadata.version('sightline')}",
    )


def _yet_to_come(observation: Observation, as_of: datetime) -> bool:
    """Whether a passage is told for a time that had not come: a date misread, or a plan told as a fact."""
    happened = observation.kind in AT_ONCE | ENDS | {"departed"}
    return happened and observation.interval.earliest is not None and observation.interval.earliest > as_of


def _weights(question: Question, rivals: list[tuple[Route, float]], network: Network, origin: str) -> tuple[float, ...]:
    """The routes' prior weights without one origin's words about the destination."""
    rest = [o for o in question.observations if o.origin != origin]
    all_ = [candidates.bound(question.observations, network, way, len(rivals)) for way, _ in rivals]
    other = [candidates.bound(rest, network, way, len(rivals)) for way, _ in rivals]
    return tuple(weight / a * b for (_, weight), a, b in zip(rivals, all_, other))


def _offset(network: Network, place: str, as_of: datetime) -> float:
    zone = network.zone_of(network.waypoints[place])
    shift = as_of.astimezone(zone_or_utc(zone)).utcoffset()
    return shift.total_seconds() / 3600.0 if shift is not None else 0.0


def _spread(vehicle: Vehicle) -> str:
    if vehicle.faster_sd is None or vehicle.faster_sd == vehicle.factor_sd:
        return f"the whole journey may be slower or faster by {vehicle.factor_sd:.0%}"
    return f"the whole journey may be slower by {vehicle.factor_sd:.0%} or faster by {vehicle.faster_sd:.0%}"


def _assumptions(question: Question, network: Network) -> tuple[str, ...]:
    vehicle = question.vehicle
    used = sorted({cls for route in question.routes for stop in route.stops for cls, _ in stop.legs})
    speeds = ", ".join(f"{cls if cls != '*' else 'any line'} {vehicle.speed(cls).kmh:.0f} km/h" for cls in used)
    out = [f"Speeds under way, {vehicle.label}: {speeds}; {_spread(vehicle)} (one standard deviation)."]
    halts = sorted({stop.halt for route in question.routes for stop in route.stops if stop.halt})
    if halts:
        out.append(
            "Foreseen halts: " + ", ".join(f"{h} {vehicle.halts[h].hours:g} h ({vehicle.halts[h].probability:.0%})" for h in halts) + "."
        )
    watches = reporting() if question.watches is None else question.watches
    if "destination" in watches:
        out.append(
            f"An arrival becomes known with {watches['destination'].detection:.0%}, after {watches['destination'].delay_hours:g} h on average; "
            "that it was not reported counts."
        )
    if question.clock.daily != 24.0:
        out.append(f"It runs {question.clock.daily:g} hours a day; foreseen halts are counted in those hours, which is not exact.")
    return (*out, *network.assumptions)
