"""The journey-wide factor on running time: one journey is slower or faster than the table all the way.

Its logarithm has a two-piece normal law (Fechner 1897; Wallis 2014 for its history): normal halves of different spread, joined at the mode. A
vehicle has a greatest speed, and none a least: a train tabled at 60 km/h that can do 90 is hardly twice as fast as told and may well be twice
as slow. The law is placed so that the mean logarithm is 0, which is what the table's speeds are learned as.
"""

from __future__ import annotations

import msgspec
import numpy as np

from sightline.journeys.clock import Array
from sightline.journeys.vehicles import Vehicle


class Tempo(msgspec.Struct, frozen=True, kw_only=True):
    """Law of the factor's logarithm: ``mode`` and the spreads below (``fast``) and above it (``slow``)."""

    fast: float
    slow: float

    @property
    def mode(self) -> float:
        """Of the logarithm; below 0 where slow journeys reach further than fast ones."""
        return float(np.sqrt(2.0 / np.pi)) * (self.fast - self.slow)

    @property
    def sd(self) -> float:
        """Standard deviation of the logarithm."""
        return float(np.sqrt((1.0 - 2.0 / np.pi) * (self.slow - self.fast) ** 2 + self.slow * self.fast))

    def at(self, deviations: float) -> float:
        """The factor so many of its half's standard deviations from the mode."""
        return float(np.exp(self.mode + deviations * (self.slow if deviations > 0 else self.fast)))

    def grid(self, spacing: float, *, reach: float = 3.7, most: int = 51) -> tuple[Array, Array]:
        """Factors and their prior weights; neighbours' logarithms lie ``spacing`` apart. The grid reaches so far that what lies beyond (two in
        ten thousand) moves no quantile that is told."""
        low, high = self.mode - reach * self.fast, self.mode + reach * self.slow
        count = int(np.clip(np.ceil((high - low) / spacing), 14, most)) | 1
        logs = np.linspace(low, high, count)
        weight = np.exp(-0.5 * ((logs - self.mode) / np.where(logs < self.mode, self.fast, self.slow)) ** 2)
        weight /= weight.sum()
        return np.exp(logs), weight

    def draw(self, count: int, random: np.random.Generator) -> Array:
        """Factors drawn from the law."""
        size = np.abs(random.standard_normal(count))
        slower = random.random(count) < self.slow / (self.slow + self.fast)
        return np.asarray(np.exp(self.mode + np.where(slower, self.slow, -self.fast) * size))


def tempo(vehicle: Vehicle, detour_sd: float = 0.0) -> Tempo:
    """The law of one class; distances that are guessed (``detour_sd``) are as likely too long as too short."""
    fast = vehicle.factor_sd if vehicle.faster_sd is None else vehicle.faster_sd
    return Tempo(fast=float(np.hypot(fast, detour_sd)), slow=float(np.hypot(vehicle.factor_sd, detour_sd)))
