"""How long the way takes: running and halting as infinitely divisible laws on the time grid.

The running time over ``h`` base hours (kilometres over the speed of their class), given the journey-wide factor ``f``, has mean ``f h``
and variance ``v f h``: it grows with the hours under way. That is a gamma process of scale ``v``; on the grid stands its counterpart,
the negative binomial process, which has the same two moments. Unforeseen halts are a compound Poisson process over base hours. Both are
infinitely divisible: the law over ``h1 + h2`` is the convolution of those over ``h1`` and ``h2``, so that cutting a leg changes nothing.
Everything is kept as the logarithm of the generating function on the unit circle; a convolution is a sum there, and the FFT brings it
back.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray
from scipy import fft

from sightline.journeys.clock import Array, Grid
from sightline.journeys.vehicles import Halt, Vehicle

Spectrum = NDArray[np.complex128]

COARSEST = 0.95
"""Greatest success probability of the negative binomial: a noise finer than the grid's own step is drawn as coarse as that step."""


def factors(vehicle: Vehicle, *, detour_sd: float = 0.0, hours: float = 24.0, reach: float = 3.2) -> tuple[Array, Array]:
    """The grid over the journey-wide factor (log-normal around 1) and its prior weights.

    The grid is as fine as the running noise of a journey of ``hours`` asks: neighbouring factors' arrivals overlap, so that the sum over
    them is as good as the integral.
    """
    sd = float(np.hypot(vehicle.factor_sd, detour_sd))
    noise = float(np.sqrt(max(vehicle.noise_hours * hours, 1e-6)))
    count = int(np.clip(np.ceil(2 * reach * sd * hours / (1.8 * noise)), 14, 44)) | 1
    z = np.linspace(-reach, reach, count)
    weight = np.exp(-0.5 * z * z)
    weight /= weight.sum()
    # The tails cut off are made good by the scale, so that the spread is the prior's.
    return np.exp(sd * z / np.sqrt((weight * z * z).sum())), weight


class Motion:
    """The laws of one vehicle on one grid.

    Attributes:
        length: points of the FFT, at least twice the grid, so that nothing wraps round.
        running: logarithm of the generating function of the running time of one base hour, one row a factor.
    """

    def __init__(self, vehicle: Vehicle, grid: Grid, factor: Array) -> None:
        self.vehicle, self.grid = vehicle, grid
        self.length = int(fft.next_fast_len(2 * grid.n, real=True))
        self.running, self._z = _running(vehicle.noise_hours, grid.step, self.length, tuple(factor.tolist()))
        self._halting: dict[str, Spectrum] = {}
        self._laws: dict[object, Spectrum] = {}

    def halting(self, cls: str) -> Spectrum:
        """Logarithm of the generating function of the unforeseen halts of one base hour; one row."""
        if cls not in self._halting:
            speed = self.vehicle.speed(cls)
            if speed.halts_per_hour and speed.halt_hours:
                self._halting[cls] = speed.halts_per_hour * (_geometric(speed.halt_hours / self.grid.step, self._z) - 1.0)
            else:
                self._halting[cls] = np.zeros_like(self._z)
        return self._halting[cls]

    def law(self, hours: dict[str, float], halts: Sequence[str] = ()) -> Spectrum:
        """Generating function of a way with these base hours by class and these kinds of halts on it; rows are factors (one row where
        there are only halts). Equal ways are worked out once."""
        key = (tuple(sorted((cls, round(h, 9)) for cls, h in hours.items())), tuple(sorted(halts)))
        if key not in self._laws:
            self._laws[key] = self._law(dict(key[0]), key[1])
        return self._laws[key]

    def _law(self, hours: dict[str, float], halts: Sequence[str]) -> Spectrum:
        law = np.ones((1, len(self._z)), dtype=complex)
        if hours:
            extra = np.zeros_like(self._z)
            for cls in sorted(hours):
                extra = extra + hours[cls] * self.halting(cls)
            law = np.exp(sum(hours.values()) * self.running + extra)
        for kind in halts:
            law = law * _halt(self.vehicle.halts[kind], self.grid.step, self._z)
        return law

    def forth(self, message: Array, law: Spectrum) -> Array:
        """The message a way later: its convolution with the way's law."""
        return self.back_to_time(self.spectrum(message) * law)

    def back(self, message: Array, law: Spectrum) -> Array:
        """What a message about the way's end says of its beginning: its correlation with the way's law."""
        return self.back_to_time(self.spectrum(message) * np.conj(law))

    def spectrum(self, message: Array) -> Spectrum:
        """Padded FFT of messages (rows)."""
        out: Spectrum = fft.rfft(message, self.length, axis=-1)
        return out

    def back_to_time(self, spectrum: Spectrum) -> Array:
        """The messages of a spectrum; rounding below zero is cut."""
        out: Array = fft.irfft(spectrum, self.length, axis=-1)[..., : self.grid.n]
        return np.maximum(out, 0.0)


@lru_cache(maxsize=32)
def _running(noise: float, step: float, length: int, factor: tuple[float, ...]) -> tuple[Spectrum, Spectrum]:
    z: Spectrum = np.exp(-2j * np.pi * np.arange(length // 2 + 1) / length)
    chance = min(step / noise, COARSEST)
    row = chance / (1.0 - chance) / step * (np.log(chance) - np.log(1.0 - (1.0 - chance) * z))
    running: Spectrum = np.array(factor)[:, None] * row[None, :]
    return running, z


def _geometric(mean: float, z: Spectrum) -> Spectrum:
    chance = 1.0 / (1.0 + mean)
    out: Spectrum = chance / (1.0 - (1.0 - chance) * z)
    return out


def _halt(halt: Halt, step: float, z: Spectrum) -> Spectrum:
    mean, variance = halt.hours / step, (halt.sd / step) ** 2
    chance = min(mean / variance, COARSEST) if variance > 0 else COARSEST
    trials = mean * chance / (1.0 - chance)
    out: Spectrum = (1.0 - halt.probability) + halt.probability * np.exp(trials * (np.log(chance) - np.log(1.0 - (1.0 - chance) * z)))
    return out
