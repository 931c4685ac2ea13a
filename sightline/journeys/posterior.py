"""All routes weighed against the reports: the posterior over destinations, passage times and position."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

import msgspec
import numpy as np

from sightline.journeys.chain import Message, backward, forward, marginals
from sightline.journeys.clock import Array, Clock, Grid, grid, hours_of
from sightline.journeys.likelihoods import Watch, pace
from sightline.journeys.motion import Motion, Spectrum, factors
from sightline.journeys.routes import Route
from sightline.journeys.stages import Chain, ChainBuilder, reporting
from sightline.journeys.tempo import tempo
from sightline.journeys.vehicles import Vehicle
from sightline.types import Observation

TAIL = 3.5
"""How slow a journey the grid still holds to its end, in standard deviations of the factor's logarithm: three in ten thousand are slower."""


class Question(msgspec.Struct, frozen=True, kw_only=True):
    """What is asked: which traveller, by which rival routes, given which reports, as of when."""

    routes: tuple[Route, ...]
    weights: tuple[float, ...]
    """Prior weights of the routes, of any sum."""
    observations: tuple[Observation, ...]
    vehicle: Vehicle
    as_of: datetime
    kinds: Mapping[str, str] = {}
    """Kind of each waypoint, for what would have been reported."""
    detour_sd: float = 0.0
    clock: Clock = Clock()
    watches: Mapping[str, Watch] | None = None
    """How passages become known; ``None``: the shipped table."""
    delayed: bool = False
    """Whether the delay between passage and report is weighed too, where the waypoint's kind has one."""
    cells: int = 840
    grid: Grid | None = None
    """A grid to use instead of the one that fits the reports."""


class Way(msgspec.Struct, kw_only=True):
    """One route's share of the posterior."""

    route: Route
    weight: float
    chains: list[Chain]
    shares: list[float]
    """Of each chain within this way; sums to 1."""
    messages: list[dict[int, Message]]
    group: bytes = b""
    """Ways of one group have the same prior of the factor, so that equal beginnings have equal messages."""


class Posterior:
    """The answer to a Question.

    Attributes:
        ways: the routes with their probabilities, the question's order.
        grid: the time grid.
        log_evidence: logarithm of the reports' likelihood, for comparing vehicles or clocks.
    """

    def __init__(self, question: Question) -> None:
        self.question = question
        self.grid = question.grid or fitting_grid(question)
        longest = max(mean_hours(r, question.vehicle) for r in question.routes)
        self.factor, self.prior = factors(question.vehicle, detour_sd=question.detour_sd, hours=longest)
        self.motion = Motion(question.vehicle, self.grid, self.factor)
        self._times: dict[tuple[int, int], list[Array]] = {}
        self._forth: dict[bytes, dict[object, tuple[Spectrum, Array]]] = {}
        watches = reporting() if question.watches is None else question.watches
        builder = ChainBuilder(
            question.observations, self.grid, question.vehicle, question.as_of, watches, question.kinds, delayed=question.delayed
        )
        memories: dict[bytes, dict[object, Message]] = {}
        logs, self.ways = [], []
        for route, weight in zip(question.routes, question.weights):
            rows = self.prior * self._paces(route)
            memory = memories.setdefault(rows.tobytes(), {})
            chains = builder.readings(route)
            messages = [forward(self.motion, c.stages, rows[:, None] * (c.start * self.grid.departures)[None, :], memory) for c in chains]
            each = np.array([_log_sum(m) + c.log_weight for m, c in zip(messages, chains)])
            logs.append(_log_add(each) + (np.log(weight) if weight > 0 else -np.inf))
            self.ways.append(Way(route=route, weight=0.0, chains=chains, shares=_normal(each), messages=messages, group=rows.tobytes()))
        self.log_evidence = _log_add(np.array(logs)) - float(np.log(sum(question.weights)))
        for way, share in zip(self.ways, _normal(np.array(logs))):
            way.weight = share

    def arrival(self, way: Way) -> Array:
        """Probability of each cell for the arrival by one way."""
        total = np.zeros(self.grid.n)
        for share, messages in zip(way.shares, way.messages):
            last = messages[max(messages)][0].sum(axis=0)
            if share > 0 and last.sum() > 0:
                total += share * last / last.sum()
        return total

    def times(self, way: Way, stop: int, *, leaving: bool = False) -> Array:
        """Probability of each cell for reaching (or leaving) one stop of one way."""
        total = np.zeros(self.grid.n)
        for number, (chain, share) in enumerate(zip(way.chains, way.shares)):
            if share < 1e-9:
                continue
            stages = [i for i, s in enumerate(chain.stages) if s.stop == stop]
            total += share * self._all_times(way, number)[stages[-1] if leaving else stages[0]]
        return total

    def _all_times(self, way: Way, number: int) -> list[Array]:
        key = (id(way), number)
        if key not in self._times:
            chain = way.chains[number]
            kept = self._forth.setdefault(way.group, {})
            self._times[key] = marginals(self.motion, chain.stages, way.messages[number], backward(self.motion, chain.stages), kept)
        return self._times[key]

    def _paces(self, route: Route) -> Array:
        rows = np.ones_like(self.factor)
        for observation in self.question.observations:
            if observation.kind == "duration":
                visits = route.visits(observation.place)
                if visits:
                    hours = np.array([mean_hours(route, self.question.vehicle, visits[-1], f) for f in self.factor])
                    rows = rows * pace(observation, hours)
                else:
                    rows = rows * 0.25
        return rows


def mean_hours(route: Route, vehicle: Vehicle, stop: int | None = None, factor: float = 1.0) -> float:
    """Expected hours from the start to a stop (the last by default), halts on the way counted."""
    stops = route.stops[1:] if stop is None else route.stops[1 : stop + 1]
    hours = 0.0
    for i, here in enumerate(stops):
        for cls, km in here.legs:
            speed = vehicle.speed(cls)
            hours += km / speed.kmh * (factor + speed.halts_per_hour * speed.halt_hours)
        if here.halt and not here.virtual and i < len(stops) - 1:
            hours += vehicle.halts[here.halt].probability * vehicle.halts[here.halt].hours
    return hours


def spread_hours(route: Route, vehicle: Vehicle, detour_sd: float = 0.0) -> float:
    """Standard deviation of the hours from start to end before any report."""
    variance = 0.0
    run = 0.0
    for i, here in enumerate(route.stops[1:]):
        for cls, km in here.legs:
            speed = vehicle.speed(cls)
            h = km / speed.kmh
            run += h
            variance += vehicle.noise_hours * h + 2.0 * speed.halts_per_hour * h * speed.halt_hours**2
        if here.halt and not here.virtual and i < len(route.stops) - 2:
            halt = vehicle.halts[here.halt]
            variance += halt.probability * (halt.sd**2 + (1 - halt.probability) * halt.hours**2)
    variance += (run * tempo(vehicle, detour_sd).sd) ** 2
    return float(np.sqrt(variance))


def fitting_grid(question: Question) -> Grid:
    """A grid over all departures that the reports allow and all but some thousandth of the arrivals after them.

    The departure's window is that of the departure reports, or what the sightings on the way leave, with half a journey's slack (an hour to
    sixteen) on both sides for false reports; where none tells, the journey's length before the as-of instant and a day after.
    """
    vehicle, clock = question.vehicle, question.clock
    stretch = 24.0 / clock.daily
    as_of = hours_of(question.as_of)
    longest = max(mean_hours(r, vehicle) for r in question.routes) * stretch
    spread = max(spread_hours(r, vehicle, question.detour_sd) for r in question.routes) * stretch
    left: list[tuple[float, float]] = []
    seen: list[tuple[float, float]] = []
    for observation in question.observations:
        if observation.kind in {"bound", "duration", "silence", "expected"}:
            continue
        high = hours_of(observation.interval.latest) if observation.interval.latest else as_of
        low = hours_of(observation.interval.earliest) if observation.interval.earliest else high - 48.0
        for route in question.routes:
            visits = route.visits(observation.place)
            if visits and visits[0] == 0 and observation.kind == "departed":
                left.append((low, high))
            elif visits and visits[0]:
                there = mean_hours(route, vehicle, visits[0]) * stretch
                doubt = 2.5 * spread * min(1.0, np.sqrt(there / longest))
                seen.append((low - there - doubt, high - max(there - doubt, 0.4 * there)))
    slack = min(max(0.5 * longest, 1.0), 16.0)
    told = left or seen
    first, last = (min(a for a, _ in told) - slack, max(b for _, b in told) + slack) if told else (as_of - longest - 24.0, as_of + 24.0)
    slowest = tempo(vehicle, question.detour_sd).at(TAIL)
    latest = max(mean_hours(r, vehicle, factor=slowest) for r in question.routes) * stretch
    return grid(first, last + max(latest, longest + 3.5 * spread), clock=clock, cells=question.cells, window=(first, last))


def _log_sum(messages: dict[int, Message]) -> float:
    message, scale = messages[max(messages)]
    total = float(message.sum())
    return scale + float(np.log(total)) if total > 0 else -np.inf


def _log_add(logs: Array) -> float:
    top = float(logs.max())
    return top + float(np.log(np.exp(logs - top).sum())) if np.isfinite(top) else -np.inf


def _normal(logs: Array) -> list[float]:
    top = float(logs.max())
    if not np.isfinite(top):
        return [1.0 / len(logs)] * len(logs)
    shares = np.exp(logs - top)
    return [float(s) for s in shares / shares.sum()]


def quantile(cells: Array, grid: Grid, shares: Sequence[float]) -> list[float]:
    """The wall hours below which these shares of a distribution over cells lie, linear within a cell."""
    total = float(cells.sum())
    cumulative = np.concatenate([[0.0], np.cumsum(cells)]) / (total if total > 0 else 1.0)
    run = np.interp(np.array(shares), cumulative, grid.edges)
    return [float(h) for h in grid.clock.wall(run)]
