"""The time grid, and the clock that only runs when the traveller may."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import msgspec
import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]

STEPS = (1 / 60, 2 / 60, 3 / 60, 4 / 60, 5 / 60, 6 / 60, 7.5 / 60, 10 / 60, 12 / 60, 15 / 60, 20 / 60, 0.5, 1.0, 2.0, 3.0, 6.0)
"""Steps of the grid in hours, finest first."""


def hours_of(instant: datetime) -> float:
    """Hours since 1970 (UTC)."""
    return instant.timestamp() / 3600.0


def instant_of(hours: float) -> datetime:
    """The instant, to the minute.

    >>> instant_of(hours_of(datetime(2023, 9, 12, 2, 15, tzinfo=UTC))).isoformat()
    '2023-09-12T02:15:00+00:00'
    """
    return datetime(1970, 1, 1, tzinfo=UTC) + timedelta(minutes=round(hours * 60.0))


class Clock(msgspec.Struct, frozen=True, kw_only=True):
    """Turns hours on the wall into hours in which the traveller may run, and back.

    ``begin`` and ``end`` are hours of the day in UTC (they may pass midnight); equal ones mean round the clock. As running advances only
    on this clock, the chain of passage times is as exact with it as without; foreseen halts are counted on it too, which is not exact.
    """

    begin: float = 0.0
    end: float = 0.0

    @property
    def daily(self) -> float:
        """Running hours a day."""
        return 24.0 if self.begin == self.end else (self.end - self.begin) % 24.0

    def run(self, wall: Array | float) -> Array:
        """Running hours since 1970 at these wall hours."""
        wall = np.asarray(wall, dtype=float)
        if self.daily == 24.0:
            return wall
        days, hour = np.divmod(wall - self.begin, 24.0)
        run: Array = days * self.daily + np.minimum(hour, self.daily)
        return run

    def wall(self, run: Array | float) -> Array:
        """The wall hours at these running hours; at a daily end, the moment of stopping."""
        run = np.asarray(run, dtype=float)
        if self.daily == 24.0:
            return run
        days = np.ceil(run / self.daily) - 1.0
        return days * 24.0 + (run - days * self.daily) + self.begin


def daily_clock(hours: tuple[float, float] | None, offset_hours: float) -> Clock:
    """The clock of someone who runs between two local hours of the day, where local time is UTC + ``offset_hours``."""
    if hours is None or hours[0] % 24 == hours[1] % 24:
        return Clock()
    return Clock(begin=(hours[0] - offset_hours) % 24.0, end=(hours[1] - offset_hours) % 24.0)


class Grid(msgspec.Struct, frozen=True, kw_only=True):
    """``n`` cells of ``step`` running hours from ``start`` (running hours since 1970)."""

    start: float
    step: float
    n: int
    clock: Clock = Clock()
    window: tuple[float, float] | None = None
    """Wall hours between which the departure lies; ``None``: anywhere on the grid."""

    @property
    def departures(self) -> Array:
        """Prior probability of each cell for the departure: even over the window."""
        if self.window is None:
            return np.full(self.n, 1.0 / self.n)
        share = self.share(*self.window)
        return np.asarray(share / share.sum())

    @property
    def edges(self) -> Array:
        """The cells' ends in running hours, n + 1 of them."""
        return np.asarray(self.start + self.step * np.arange(self.n + 1), dtype=np.float64)

    @property
    def walls(self) -> Array:
        """The cells' middles as wall hours."""
        return self.clock.wall((self.edges[1:] + self.edges[:-1]) / 2)

    @property
    def span(self) -> float:
        """The whole grid's length on the wall, hours."""
        ends = self.clock.wall(np.array([self.start, self.start + self.n * self.step]))
        return float(ends[1] - ends[0])

    def share(self, low: float, high: float) -> Array:
        """Of each cell, the share that lies between two wall hours; at least one cell's worth, so that no instant falls through."""
        a, b = (float(x) for x in self.clock.run(np.array([low, high])))
        if b - a < self.step:
            a, b = (a + b - self.step) / 2, (a + b + self.step) / 2
        edges = self.edges
        return np.asarray(np.clip(np.minimum(edges[1:], b) - np.maximum(edges[:-1], a), 0.0, None) / self.step)

    def before(self, wall: float) -> Array:
        """Of each cell, the share that lies before a wall hour."""
        at = float(self.clock.run(wall))
        return np.clip((at - self.edges[:-1]) / self.step, 0.0, 1.0)


def grid(low: float, high: float, *, clock: Clock | None = None, cells: int = 960, window: tuple[float, float] | None = None) -> Grid:
    """The finest grid of at most ``cells`` cells that reaches from one wall hour to another; it begins on a whole step, so that
    nearby questions share it.

    >>> g = grid(0.0, 100.0)
    >>> g.n <= 960, int(g.step * 60)
    (True, 7)
    """
    clock = clock or Clock()
    first, last = (float(x) for x in clock.run(np.array([low, high])))
    step = next((s for s in STEPS if (last - first) / s <= cells - 1), (last - first) / (cells - 1))
    start = np.floor(first / step) * step
    return Grid(start=float(start), step=step, n=int(np.ceil((last - start) / step)), clock=clock, window=window)
