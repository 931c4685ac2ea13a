"""The particle filters beside the exact chain: a plain one in numpy, and Stone Soup's (pip install stonesoup)."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import timedelta

import msgspec
import numpy as np
from numpy.typing import NDArray

from sightline.journeys import Network
from sightline.journeys.calibrate import START, crps, default_reporting
from sightline.journeys.clock import Grid, grid, hours_of, instant_of
from sightline.journeys.learn import learned
from sightline.journeys.likelihoods import bounds
from sightline.journeys.posterior import Posterior, Question, mean_hours, spread_hours
from sightline.journeys.routes import Route, route
from sightline.journeys.simulate import draw, reports
from sightline.journeys.tempo import tempo
from sightline.journeys.vehicles import Vehicle
from sightline.types import Observation

Array = NDArray[np.float64]
Method = Callable[[Route, Vehicle, list[Observation], Grid, float, float], tuple[float, int]]


def compare(network: Network, journeys: int = 60) -> None:
    """The same simulated journeys to each method, with one false report in ten and with none; silence is left out for all."""
    names = {"exact chain": exact, "numpy particles, 20,000": particles}
    try:
        import stonesoup  # noqa: F401

        names["Stone Soup, 1,000 particles"] = stone_soup
    except ImportError:
        print("\nStone Soup is not installed: pip install stonesoup")
    print("\n| reports | method | CRPS h | ms a forecast | million particle-steps a second |\n|---|---|---|---|---|")
    for label, truth in (("one in ten false", 0.9), ("all true", 0.999)):
        scores, spent, steps = _run(network, names, journeys, truth)
        for name in names:
            rate = f"{steps[name] / spent[name] / 1e6:.2f}" if steps[name] else "-"
            print(f"| {label} | {name} | {np.mean(scores[name]):.2f} | {1000 * spent[name] / journeys:.0f} | {rate} |", flush=True)


def _run(
    network: Network, names: dict[str, Method], journeys: int, truth: float
) -> tuple[dict[str, list[float]], dict[str, float], dict[str, int]]:
    moving = learned("armoured-train")
    way = route(network, ["Pyongyang", "Vostochny cosmodrome"], moving)
    kinds = {w.id: w.kind for w in network.waypoints.values()}
    window = (START, START + 24.0)
    space = grid(START, window[1] + mean_hours(way, moving) + 5 * spread_hours(way, moving), cells=1200, window=window)
    random = np.random.default_rng(5)
    reporting = msgspec.structs.replace(default_reporting(truth), departure_reliability=truth)
    scores: dict[str, list[float]] = {n: [] for n in names}
    spent: dict[str, float] = dict.fromkeys(names, 0.0)
    steps: dict[str, int] = dict.fromkeys(names, 0)
    for _ in range(journeys):
        departure = np.array([random.uniform(*window)])
        arrive = draw(way, moving, departure, random).arrive[0]
        as_of = round((START + 12 + float(random.uniform(0.3, 0.9)) * mean_hours(way, moving)) * 60) / 60
        told = reports(way, arrive, reporting, kinds, as_of, (START, START + space.span), random)
        for name, method in names.items():
            begin = time.process_time()
            score, count = method(way, moving, told, space, as_of, float(arrive[-1]))
            spent[name] += time.process_time() - begin
            scores[name].append(score)
            steps[name] += count
    return scores, spent, steps


def exact(way: Route, moving: Vehicle, told: list[Observation], space: Grid, as_of: float, truth: float) -> tuple[float, int]:
    posterior = Posterior(
        Question(routes=(way,), weights=(1.0,), observations=tuple(told), vehicle=moving, as_of=instant_of(as_of), watches={}, grid=space)
    )
    return crps(posterior.arrival(posterior.ways[0]), space, truth), 0


def particles(
    way: Route, moving: Vehicle, told: list[Observation], space: Grid, as_of: float, truth: float, count: int = 20_000
) -> tuple[float, int]:
    """Sequential importance resampling (Gordon, Salmond and Smith 1993) over the stops: a particle is a passage time and a factor."""
    random = np.random.default_rng(1)
    assert space.window is not None
    now = random.uniform(*space.window, count)
    factor = tempo(moving).draw(count, random)
    by_place: dict[str, list[Observation]] = {}
    for observation in told:
        by_place.setdefault(observation.place, []).append(observation)

    def weigh(now: Array, factor: Array, place: str) -> tuple[Array, Array]:
        weight = np.ones(count)
        for observation in by_place.get(place, []):
            low, high = bounds(observation.interval, space)
            known = hours_of(observation.reported) if observation.reported else np.inf
            inside = (now >= low) & (now <= min(high, known))
            weight *= observation.reliability * inside / (high - low) + (1 - observation.reliability) / space.span
        if place not in by_place:
            return now, factor
        places = (random.random() + np.arange(count)) / count
        chosen = np.minimum(np.searchsorted(np.cumsum(weight / weight.sum()), places), count - 1)
        return now[chosen], factor[chosen]

    now, factor = weigh(now, factor, way.stops[0].waypoint)
    for i, stop in enumerate(way.stops[1:], start=1):
        for cls, km in stop.legs:
            speed = moving.speed(cls)
            hours = km / speed.kmh
            now = now + random.gamma(factor * hours / moving.noise_hours, moving.noise_hours)
            halts = random.poisson(speed.halts_per_hour * hours, count)
            now = now + np.where(halts > 0, random.gamma(np.maximum(halts, 1), speed.halt_hours or 1.0), 0.0)
        now, factor = weigh(now, factor, stop.waypoint)
        if stop.halt and i < len(way.stops) - 1:
            halt = moving.halts[stop.halt]
            shape = (halt.hours / halt.sd) ** 2
            now = now + np.where(random.random(count) < halt.probability, random.gamma(shape, halt.hours / shape, count), 0.0)
    return _sampled_crps(now, truth), count * len(way.stops)


def stone_soup(
    way: Route, moving: Vehicle, told: list[Observation], space: Grid, as_of: float, truth: float, count: int = 1000
) -> tuple[float, int]:
    """Stone Soup's particle filter on the way's kilometres: state (km, km/h) with nearly constant speed, a report as a position at the middle of
    its interval with the spread that the interval leaves; the arrival is the rest of the way at each particle's speed."""
    from stonesoup.models.measurement.linear import LinearGaussian
    from stonesoup.models.transition.linear import CombinedLinearGaussianTransitionModel, ConstantVelocity
    from stonesoup.predictor.particle import ParticlePredictor
    from stonesoup.resampler.particle import SystematicResampler
    from stonesoup.types.array import StateVectors
    from stonesoup.types.detection import Detection
    from stonesoup.types.hypothesis import SingleHypothesis
    from stonesoup.types.state import ParticleState
    from stonesoup.updater.particle import ParticleUpdater

    np.random.seed(1)
    typical = way.km / mean_hours(way, moving)
    first = told[0].interval
    assert first.earliest is not None
    assert first.latest is not None
    start = first.earliest + (first.latest - first.earliest) / 2
    spread = (hours_of(first.latest) - hours_of(first.earliest)) / np.sqrt(12)
    random = np.random.default_rng(1)
    speeds = typical * np.exp(0.35 * random.standard_normal(count))
    state = ParticleState(
        state_vector=StateVectors([speeds * spread * random.standard_normal(count), speeds]),
        weight=np.full(count, 1 / count),
        timestamp=start,
    )
    # Stone Soup counts in seconds: noise of the speed in (km/h)^2 a second.
    predictor = ParticlePredictor(CombinedLinearGaussianTransitionModel([ConstantVelocityPerHour(ConstantVelocity)(1.0)]))
    updater = ParticleUpdater(None, SystematicResampler())
    km = {stop.waypoint: stop.km for stop in way.stops}
    seen = sorted(
        ((hours_of(o.interval.earliest) + hours_of(o.interval.latest), o) for o in told[1:] if o.interval.earliest and o.interval.latest),
        key=lambda pair: (pair[0], pair[1].origin),
    )
    steps, now = 0, start
    for double, observation in seen:
        moment = instant_of(double / 2)
        assert observation.interval.width is not None
        while now < moment:
            now = min(now + timedelta(minutes=30), moment)
            state = predictor.predict(state, timestamp=now)
            steps += count
        # What a report says of kilometres: its interval and the halts that a constant velocity does not know.
        sd = max(typical * observation.interval.width.total_seconds() / 3600 / np.sqrt(12), 80.0)
        ahead = np.asarray(state.state_vector[0, :], dtype=float).ravel()
        if abs(km[observation.place] - ahead.mean()) > 3 * np.hypot(sd, ahead.std()):
            continue  # gated, as false reports would be
        model = LinearGaussian(ndim_state=2, mapping=(0,), noise_covar=np.array([[sd**2]]))
        detection = Detection(np.array([[km[observation.place]]]), timestamp=now, measurement_model=model)
        state = updater.update(SingleHypothesis(state, detection))
    position, velocity = (
        np.asarray(state.state_vector[0, :], dtype=float).ravel(),
        np.asarray(state.state_vector[1, :], dtype=float).ravel(),
    )
    hours = np.maximum(way.km - position, 0.0) / np.maximum(velocity, 0.4 * typical)
    return _sampled_crps(hours_of(now) + hours, truth), steps


class ConstantVelocityPerHour:
    """Stone Soup's constant-velocity model with the step in hours instead of seconds."""

    def __init__(self, base: type) -> None:
        class PerHour(base):  # type: ignore[misc]
            def matrix(self, **kwargs: object) -> object:
                return super().matrix(**_hours(kwargs))

            def covar(self, **kwargs: object) -> object:
                return super().covar(**_hours(kwargs))

        self.kind = PerHour

    def __call__(self, noise: float) -> object:
        return self.kind(noise)


def _hours(kwargs: dict[str, object]) -> dict[str, object]:
    step = kwargs["time_interval"]
    assert isinstance(step, timedelta)
    return {**kwargs, "time_interval": timedelta(seconds=step.total_seconds() / 3600)}


def _sampled_crps(values: Array, truth: float) -> float:
    ordered = np.sort(values)
    n = len(ordered)
    return float(np.abs(ordered - truth).mean() - ((2 * np.arange(1, n + 1) - n - 1) * ordered).sum() / n**2)
