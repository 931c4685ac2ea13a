"""A route with the reports on it, as the stages of the chain."""

from __future__ import annotations

import itertools
import tomllib
from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import cache
from importlib import resources

import msgspec
import numpy as np

from sightline.journeys.chain import Stage
from sightline.journeys.clock import Array, Grid, hours_of
from sightline.journeys.likelihoods import (
    AT_ONCE,
    ENDS,
    Gate,
    Watch,
    clutter,
    combine,
    expectation,
    gates,
    passage,
    said_at,
    silence,
)
from sightline.journeys.routes import Route
from sightline.journeys.vehicles import Vehicle
from sightline.types import Observation

MOST_READINGS = 64
"""Most ways of sharing out reports among the visits of one waypoint that are weighed."""


@cache
def reporting() -> dict[str, Watch]:
    """The shipped table of how passages become known, by kind of waypoint and ``destination``."""
    text = resources.files("sightline.journeys").joinpath("data/reporting.toml").read_text(encoding="utf-8")
    return {kind: msgspec.convert(entry, Watch) for kind, entry in tomllib.loads(text).items()}


class Chain(msgspec.Struct, kw_only=True):
    """One reading of the reports on one route: its stages, and what the reports that cannot be true of it weigh."""

    route: Route
    stages: list[Stage]
    start: Array
    """Likelihood of the departure time."""
    log_weight: float
    """Of the reports that have no place on this route, and of this sharing-out among several visits."""


class ChainBuilder:
    """Builds chains for the routes of one question; equal beginnings get equal keys, so that their cost is shared."""

    def __init__(
        self,
        observations: Sequence[Observation],
        grid: Grid,
        vehicle: Vehicle,
        as_of: datetime,
        watches: Mapping[str, Watch],
        kinds: Mapping[str, str],
        *,
        delayed: bool = False,
    ) -> None:
        self.grid, self.vehicle, self.as_of, self.watches, self.kinds, self.delayed = grid, vehicle, as_of, watches, kinds, delayed
        self.observations = [o for o in observations if o.kind not in {"bound", "duration"}]
        self._keys: dict[object, int] = {}

    def readings(self, route: Route) -> list[Chain]:
        """The chains of a route: one, or one for each way of sharing out the reports among several visits of a waypoint."""
        options = [self._stops(route, o) for o in self.observations]
        count = 1
        for i, stops in enumerate(options):
            if count * max(len(stops), 1) > MOST_READINGS:
                options[i] = stops[:1]
            else:
                count *= max(len(stops), 1)
        return [self._chain(route, choice) for choice in itertools.product(*[stops or (None,) for stops in options])]

    def _stops(self, route: Route, observation: Observation) -> tuple[int, ...]:
        last = len(route.stops) - 1
        visits = route.visits(observation.place)
        if observation.kind == "departed":
            return tuple(v for v in visits if v != last)
        if observation.kind in ENDS | {"expected", "silence"}:
            return tuple(v for v in visits if v != 0)
        return visits

    def _chain(self, route: Route, choice: Sequence[int | None]) -> Chain:
        by_stop: dict[int, list[Observation]] = {}
        log_weight = 0.0
        for observation, chosen in zip(self.observations, choice):
            if chosen is None:
                log_weight += self._elsewhere(observation)
            else:
                by_stop.setdefault(chosen, []).append(observation)
                log_weight -= float(np.log(len(self._stops(route, observation))))
        start = np.ones(self.grid.n)
        for observation in by_stop.get(0, []):
            start = start * self._at_start(observation)
        stages: list[Stage] = []
        key = self._key(("start", route.stops[0].waypoint, self._names(by_stop.get(0, []))))
        stages.append(Stage(stop=0, leaving=True, key=key))
        last = len(route.stops) - 1
        pending: list[tuple[str, float]] = []
        for i, stop in enumerate(route.stops[1:], start=1):
            pending = list(stop.legs)
            hours: dict[str, float] = {}
            for cls, km in pending:
                hours[cls] = hours.get(cls, 0.0) + km / self.vehicle.speed(cls).kmh
            here = by_stop.get(i, [])
            halted = bool(stop.halt) and i != last and not stop.virtual
            arriving, between, leaving = self._split(here, halted=halted, last=i == last)
            watch = self._watch(stop.waypoint, last=i == last)
            if watch is not None and not stop.virtual and not any(o.kind in AT_ONCE | ENDS for o in here):
                arriving.append(silence(hours_of(self.as_of), self.grid, watch))
            key = self._key((key, stop.waypoint, stop.km, i == last, self._names(here)))
            stages.append(Stage(stop=i, hours=hours, likelihood=_product(arriving), key=key))
            if halted:
                mean = self.vehicle.halts[stop.halt].probability * self.vehicle.halts[stop.halt].hours
                stages.append(
                    Stage(
                        stop=i,
                        leaving=True,
                        halts=(stop.halt,),
                        likelihood=_product(leaving),
                        gates=self._gates(between, mean),
                        key=self._key((key, "leaving")),
                    )
                )
        return Chain(route=route, stages=stages, start=start, log_weight=log_weight)

    def _elsewhere(self, observation: Observation) -> float:
        """Logarithm of the likelihood of a report about a place that this route has not: false, if it tells that something happened there. What
        others expect tells the time only; that they name the place is weighed with the destinations."""
        if observation.kind == "silence":
            return 0.0
        if observation.kind == "expected":
            return -float(np.log(self.grid.span))
        return float(np.log(max(clutter(observation, self.grid), 1e-12)))

    def _split(self, here: Sequence[Observation], *, halted: bool, last: bool) -> tuple[list[Array], list[Observation], list[Array]]:
        arriving: list[Array] = []
        between: list[Observation] = []
        leaving: list[Array] = []
        for observation in here:
            if observation.kind == "expected":
                arriving.append(expectation(observation, self.grid, said_at(observation, self.as_of)))
            elif observation.kind == "silence":
                latest = observation.interval.latest or self.as_of
                watch = self.watches.get("destination", Watch(detection=0.9, delay_hours=4.0))
                arriving.append(
                    silence(hours_of(latest), self.grid, Watch(detection=observation.reliability, delay_hours=watch.delay_hours))
                )
            elif observation.kind == "departed":
                (leaving if halted else arriving).append(self._passage(observation))
            elif observation.kind == "sighted" and last:
                high = observation.interval.latest or self.as_of
                arriving.append(
                    observation.reliability * self.grid.before(hours_of(high)) / self.grid.span + clutter(observation, self.grid)
                )
            elif observation.kind in AT_ONCE and halted:
                between.append(observation)
            else:
                arriving.append(self._passage(observation))
        return arriving, between, leaving

    def _passage(self, observation: Observation) -> Array:
        watch = self._watch(observation.place, last=False) if self.delayed else None
        return passage(observation, self.grid, watch=watch)

    def _at_start(self, observation: Observation) -> Array:
        # Where nobody tells the departure, the way begins where it was first seen, on the move.
        if observation.kind == "departed" or observation.kind in AT_ONCE:
            return passage(observation, self.grid)
        earliest = observation.interval.earliest
        if earliest is None:
            return np.ones(self.grid.n)
        return observation.reliability * (1.0 - self.grid.before(hours_of(earliest))) / self.grid.span + clutter(observation, self.grid)

    def _gates(self, between: Sequence[Observation], mean: float) -> list[Gate] | None:
        if not between:
            return None
        product = [Gate(weight=1.0)]
        for observation in between:
            product = combine(product, gates(observation, self.grid, mean))
        return product

    def _watch(self, waypoint: str, *, last: bool) -> Watch | None:
        return self.watches.get("destination" if last else self.kinds.get(waypoint, ""))

    def _names(self, here: Sequence[Observation]) -> tuple[int, ...]:
        return tuple(sorted(self.observations.index(o) for o in here))

    def _key(self, content: object) -> int:
        return self._keys.setdefault(content, len(self._keys))


def _product(vectors: Sequence[Array]) -> Array | None:
    if not vectors:
        return None
    product = vectors[0]
    for vector in vectors[1:]:
        product = product * vector
    return product
