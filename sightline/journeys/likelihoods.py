"""What a report says of a passage time, as a function on the time grid.

A report "at K in I" that is true with probability r has the likelihood ``r 1[T in I] / |I| + (1 - r) / H`` with ``H`` the length of the
grid: a true report's interval holds the truth and lies anywhere around it, a false one lies anywhere. A route that does not pass K keeps
only the second part; that is what weighs rival destinations.
"""

from __future__ import annotations

from datetime import datetime

import msgspec
import numpy as np

from sightline.journeys.clock import Array, Grid, hours_of
from sightline.types import Interval, Observation

POINT_HOURS = 0.25
"""Least width of a reported interval: clock times in the news are rounded."""

AT_ONCE = frozenset({"passed", "sighted", "crossed"})
ENDS = frozenset({"arrived", "stopped"})
KINDS = frozenset({"departed", "expected", "silence", "bound", "duration"}) | AT_ONCE | ENDS


class Watch(msgspec.Struct, frozen=True, kw_only=True):
    """How surely and how soon a passage at a kind of waypoint becomes known."""

    detection: float
    """Probability that it is reported at all."""
    delay_hours: float
    """Mean of the exponential delay of the report."""
    truth: float = 1.0
    """Probability that such a report is true; a false one comes at any time."""


class Gate(msgspec.Struct, frozen=True, kw_only=True):
    """A term of a likelihood over arriving at and leaving one waypoint: ``weight * arrive(A) * leave(D)``; ``None`` is 1."""

    weight: float
    arrive: Array | None = None
    leave: Array | None = None


def bounds(interval: Interval, grid: Grid) -> tuple[float, float]:
    """The interval's ends in wall hours; open ends go to the grid's, points are widened, "about" by a quarter of the width (at least
    half an hour) on both sides."""
    first, last = (float(x) for x in grid.clock.wall(np.array([grid.start, grid.start + grid.n * grid.step])))
    low = first if interval.earliest is None else hours_of(interval.earliest)
    high = last if interval.latest is None else hours_of(interval.latest)
    if interval.approximate:
        slack = max(0.5, 0.25 * (high - low))
        low, high = low - slack, high + slack
    if high - low < POINT_HOURS:
        low, high = (low + high - POINT_HOURS) / 2, (low + high + POINT_HOURS) / 2
    return low, high


def clutter(observation: Observation, grid: Grid) -> float:
    """Likelihood of a report under a route on which it cannot be true, per hour."""
    return (1.0 - observation.reliability) / grid.span


def passage(observation: Observation, grid: Grid, *, watch: Watch | None = None) -> Array:
    """Likelihood of a report of something that happened, as a function of when it happened.

    A passage cannot be reported before it happened. With ``watch`` the delay of the report counts too.
    """
    low, high = bounds(observation.interval, grid)
    true = grid.share(low, high) / (high - low)
    reported = None if observation.reported is None else hours_of(observation.reported)
    if watch is not None and reported is not None:
        return observation.reliability * true * _delay_density(reported - grid.walls, watch) + clutter(observation, grid) / grid.span
    if reported is not None:
        true = true * grid.before(_last(reported, low))
    return observation.reliability * true + clutter(observation, grid)


def _last(reported: float, low: float) -> float:
    """Until when the passage may have been, if it was known at ``reported``: a report that came some minutes before the time it tells was told
    with a rounded time, one that came long before cannot be true."""
    return max(reported, low + POINT_HOURS) if reported >= low - POINT_HOURS else reported


def gates(observation: Observation, grid: Grid, mean_halt: float) -> list[Gate]:
    """Likelihood of "it was at K in I" where K has a halt: true when it arrived before I ended and left after I began."""
    low, high = bounds(observation.interval, grid)
    width = high - low + mean_halt
    end = high if observation.reported is None else min(high, _last(hours_of(observation.reported), low))
    return [
        Gate(weight=clutter(observation, grid)),
        Gate(weight=observation.reliability / width, arrive=grid.before(end), leave=1.0 - grid.before(low)),
    ]


def combine(one: list[Gate], other: list[Gate]) -> list[Gate]:
    """The product of two sums of gates."""
    return [
        Gate(weight=a.weight * b.weight, arrive=_product(a.arrive, b.arrive), leave=_product(a.leave, b.leave)) for a in one for b in other
    ]


def _product(a: Array | None, b: Array | None) -> Array | None:
    if a is None or b is None:
        return b if a is None else a
    return a * b


def expectation(observation: Observation, grid: Grid, said: float) -> Array:
    """Likelihood of a forecast by others ("expected on Tuesday") of the arrival.

    Such forecasts err by about a quarter of the time they look ahead, and by two hours at least: the interval is widened by a normal
    error of that spread. ``said`` is when it was said, in wall hours.
    """
    low, high = bounds(observation.interval, grid)
    spread = max(2.0, 0.25 * max((low + high) / 2 - said, 0.0))
    z = grid.walls
    inside = _normal((z - low) / spread) - _normal((z - high) / spread)
    return observation.reliability * inside / (high - low) + clutter(observation, grid)


def silence(until: float, grid: Grid, watch: Watch) -> Array:
    """Likelihood of having heard nothing of a passage until a wall hour, as a function of when it happened.

    Nothing is heard when it is never told, when it is told later, or when only a false report is to come.
    """
    heard = np.where(grid.walls < until, 1.0 - np.exp(-np.maximum(until - grid.walls, 0.0) / watch.delay_hours), 0.0)
    first = float(grid.clock.wall(grid.start))
    rumour = float(np.clip((until - first) / grid.span, 0.0, 1.0))
    return 1.0 - watch.detection * (watch.truth * heard + (1.0 - watch.truth) * rumour)


def pace(observation: Observation, mean_hours: Array, spread: float = 0.35) -> Array:
    """Likelihood of "it takes about so long" as a function of the factor, whose journeys take ``mean_hours``: a log-normal error of
    ``spread`` around the interval, which is what earlier statements of this kind show."""
    if observation.hours is None:
        return np.ones_like(mean_hours)
    low, high = (max(h, 0.05) for h in observation.hours)
    gap = np.maximum(np.log(low / mean_hours), 0.0) + np.maximum(np.log(mean_hours / high), 0.0)
    return observation.reliability * np.exp(-0.5 * (gap / spread) ** 2) + (1.0 - observation.reliability) * 0.25


def _delay_density(delay: Array, watch: Watch) -> Array:
    return np.where(delay >= 0, np.exp(-np.maximum(delay, 0.0) / watch.delay_hours) / watch.delay_hours, 0.0)


def _normal(z: Array) -> Array:
    from scipy.special import ndtr

    out: Array = ndtr(z)
    return out


def said_at(observation: Observation, as_of: datetime) -> float:
    """When a report became known, in wall hours; the as-of instant where that is not told."""
    return hours_of(observation.reported or as_of)
