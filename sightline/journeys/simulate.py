"""Whole journeys drawn from the model in continuous time: for calibration, and as the oracle of the exact chain.

Nothing here uses the grid: running times are gamma draws, unforeseen halts are drawn one by one, reports as they come.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import msgspec
import numpy as np

from sightline.journeys.clock import Array, Clock, Grid, instant_of
from sightline.journeys.likelihoods import Watch, bounds
from sightline.journeys.routes import Route
from sightline.journeys.tempo import tempo
from sightline.journeys.vehicles import Vehicle
from sightline.types import Interval, Observation


class World(msgspec.Struct, frozen=True, kw_only=True):
    """How the simulated world differs from the vehicle table."""

    slower: float = 1.0
    """Factor on all running times: 1.25 is 20% slower."""
    noise: float = 1.0
    """Factor on the standard deviation of running times and on the mean of unforeseen halts' variance."""


class Draws(msgspec.Struct, kw_only=True):
    """Journeys: arrival and leaving times at each stop in wall hours, one row a journey."""

    arrive: Array
    leave: Array
    factor: Array


def draw(
    route: Route,
    vehicle: Vehicle,
    departures: Array,
    random: np.random.Generator,
    *,
    world: World | None = None,
    clock: Clock | None = None,
    detour_sd: float = 0.0,
) -> Draws:
    """Journeys along a route with the given departures (wall hours), one a row."""
    world, clock = world or World(), clock or Clock()
    n = len(departures)
    factor = tempo(vehicle, detour_sd).draw(n, random) * world.slower
    now = clock.run(departures).copy()
    arrive, leave = np.empty((n, len(route.stops))), np.empty((n, len(route.stops)))
    arrive[:, 0] = leave[:, 0] = now
    scale = vehicle.noise_hours * world.noise**2
    for i, stop in enumerate(route.stops[1:], start=1):
        for cls, km in stop.legs:
            speed = vehicle.speed(cls)
            hours = km / speed.kmh
            now = now + random.gamma(factor * hours / scale, scale)
            if speed.halts_per_hour and speed.halt_hours:
                count = random.poisson(speed.halts_per_hour * hours, n)
                now = now + np.where(count > 0, random.gamma(np.maximum(count, 1), speed.halt_hours), 0.0)
        arrive[:, i] = now
        if stop.halt and not stop.virtual and i < len(route.stops) - 1:
            halt = vehicle.halts[stop.halt]
            shape = (halt.hours / halt.sd) ** 2
            made = random.random(n) < halt.probability
            now = now + np.where(made, random.gamma(shape, halt.hours / shape, n), 0.0)
        leave[:, i] = now
    return Draws(arrive=clock.wall(arrive), leave=clock.wall(leave), factor=factor)


class Reporting(msgspec.Struct, frozen=True, kw_only=True):
    """How the simulated world tells of a journey."""

    watches: Mapping[str, Watch]
    """By kind of waypoint, and ``destination``."""
    widths: tuple[float, ...] = (0.5, 3.0, 6.0, 12.0)
    """Widths of reported intervals, hours; each as likely."""
    departure_width: float = 6.0
    departure_reliability: float = 0.9


def reports(
    route: Route,
    arrive: Array,
    reporting: Reporting,
    kinds: Mapping[str, str],
    as_of: float,
    window: tuple[float, float],
    random: np.random.Generator,
) -> list[Observation]:
    """The reports of one journey that are known by ``as_of`` (wall hours), with false ones drawn anywhere in ``window``.

    A true report's interval lies anywhere around the truth and comes an exponential delay after it; of each watched waypoint there is at
    most one report. This is the law whose likelihood the chain uses.
    """
    told = [_departure(route.stops[0].waypoint, float(arrive[0]), reporting, window, random)]
    last = len(route.stops) - 1
    for i, stop in enumerate(route.stops):
        watch = None if i == 0 or stop.virtual else reporting.watches.get("destination" if i == last else kinds.get(stop.waypoint, ""))
        if watch is None or random.random() >= watch.detection:
            continue
        width = float(random.choice(reporting.widths))
        if random.random() < watch.truth:
            known = float(arrive[i]) + float(random.exponential(watch.delay_hours))
            low = float(arrive[i]) - float(random.random()) * width
        else:
            known = float(random.uniform(*window))
            low = float(random.uniform(*window))
        if known <= as_of:
            told.append(
                Observation(
                    kind="arrived",
                    place=stop.waypoint,
                    reliability=watch.truth,
                    origin=f"report {i}",
                    label=f"at {stop.waypoint}",
                    interval=Interval(earliest=instant_of(low), latest=instant_of(low + width)),
                    reported=instant_of(known),
                )
            )
    return told


def _departure(place: str, when: float, reporting: Reporting, window: tuple[float, float], random: np.random.Generator) -> Observation:
    width = reporting.departure_width
    low = when - float(random.random()) * width if random.random() < reporting.departure_reliability else float(random.uniform(*window))
    return Observation(
        kind="departed",
        place=place,
        reliability=reporting.departure_reliability,
        origin="departure",
        interval=Interval(earliest=instant_of(low), latest=instant_of(low + width)),
        label="departure",
    )


def oracle(route: Route, vehicle: Vehicle, observations: Sequence[Observation], grid: Grid, count: int, seed: int) -> tuple[Draws, Array]:
    """Importance sampling: journeys from the prior (departures even over the grid's window) with the reports' likelihoods as weights.

    Reports are taken as the chain takes them; silence and delays are left out. Returns the journeys and their weights (sum 1).
    """
    random = np.random.default_rng(seed)
    clock = grid.clock
    first, last = (float(x) for x in clock.run(np.array(grid.window)))
    draws = draw(route, vehicle, clock.wall(random.uniform(first, last, count)), random, clock=clock)
    weight = np.ones(count)
    for observation in observations:
        visits = route.visits(observation.place)
        low, high = bounds(observation.interval, grid)
        inside = np.zeros(count)
        for visit in visits:
            arrive, leave = draws.arrive[:, visit], draws.leave[:, visit]
            halted = route.stops[visit].halt and visit < len(route.stops) - 1
            if halted and observation.kind in {"passed", "sighted", "crossed"}:
                halt = vehicle.halts[route.stops[visit].halt]
                inside += ((arrive <= high) & (leave >= low)) / (high - low + halt.probability * halt.hours)
            else:
                moment = leave if observation.kind == "departed" else arrive
                inside += ((moment >= low) & (moment <= high)) / (high - low)
        share = observation.reliability / max(len(visits), 1)
        weight = weight * (share * inside + (1 - observation.reliability) / grid.span)
    return draws, weight / weight.sum()


def weighted_quantile(values: Array, weights: Array, shares: Sequence[float]) -> list[float]:
    """Quantiles of weighted draws."""
    order = np.argsort(values, kind="stable")
    cumulative = np.cumsum(weights[order])
    return [float(values[order][min(int(np.searchsorted(cumulative, s * cumulative[-1])), len(values) - 1)]) for s in shares]
