"""How long the way takes: running and halting as infinitely divisible laws, by their characteristic functions at the grid's frequencies.

The running time over ``h`` base hours (kilometres over the speed of their class), given the journey-wide factor ``f``, has mean ``f h``
and variance ``v f h``: it grows with the hours under way. That is a gamma process of scale ``v``, with the characteristic function
``(1 + i w v) ** (-f h / v)``. Unforeseen halts are a compound Poisson process over base hours. Both are infinitely divisible: the law over
``h1 + h2`` is the convolution of those over ``h1`` and ``h2``, so that cutting a leg changes nothing. A convolution is a product of
characteristic functions, and the FFT brings it back: mean and spread are the law's own however coarse the grid.

A law narrower than the grid's step cannot stand on it: brought back, it would ring. A short way's law is therefore smoothed by a normal
one, by as much as brings its greatest frequency down to ``RINGING``; that depends on the whole way between two reports, not on its pieces.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray
from scipy import fft

from sightline.journeys.clock import Array, Grid
from sightline.journeys.tempo import tempo
from sightline.journeys.vehicles import Halt, Vehicle

Spectrum = NDArray[np.complex128]

RINGING = 0.004
"""Greatest modulus of a law's characteristic function at the grid's highest frequency."""
COARSEST = 0.95
"""Greatest success probability of the negative binomial that stands for a foreseen halt on the grid."""


def factors(vehicle: Vehicle, *, detour_sd: float = 0.0, hours: float = 24.0) -> tuple[Array, Array]:
    """The grid over the journey-wide factor and its prior weights.

    It is as fine as the running noise of a journey of ``hours`` asks: neighbouring factors' arrivals overlap, so that the sum over them is as
    good as the integral.
    """
    noise = float(np.sqrt(max(vehicle.noise_hours * hours, 1e-6)))
    return tempo(vehicle, detour_sd).grid(3.4 * noise / hours)


class Motion:
    """The laws of one vehicle on one grid.

    Attributes:
        length: points of the FFT, at least twice the grid, so that nothing wraps round.
        running: logarithm of the characteristic function of the running time of one base hour, one row a factor.
    """

    def __init__(self, vehicle: Vehicle, grid: Grid, factor: Array) -> None:
        self.vehicle, self.grid = vehicle, grid
        self.length = int(fft.next_fast_len(2 * grid.n, real=True))
        self.running, self._w = _running(vehicle.noise_hours, grid.step, self.length, tuple(float(f) for f in factor))
        # Of one base hour: how far the law has come down at the highest frequency, as the exponent of its modulus.
        self._decay: Array = -self.running[:, -1].real
        self._halting: dict[str, Spectrum] = {}
        self._laws: dict[object, Spectrum] = {}

    def halting(self, cls: str) -> Spectrum:
        """Logarithm of the characteristic function of the unforeseen halts of one base hour; one row."""
        if cls not in self._halting:
            speed = self.vehicle.speed(cls)
            if speed.halts_per_hour and speed.halt_hours:
                halting = speed.halts_per_hour * (1.0 / (1.0 + 1j * self._w * speed.halt_hours) - 1.0)
                self._halting[cls] = np.asarray(halting, dtype=np.complex128)
            else:
                self._halting[cls] = np.zeros(len(self._w), dtype=complex)
        return self._halting[cls]

    def law(self, hours: dict[str, float], halts: Sequence[str] = ()) -> Spectrum:
        """Characteristic function of a way with these base hours by class and these kinds of halts on it; rows are factors (one row where
        there are only halts). Equal ways are worked out once."""
        key = (tuple(sorted((cls, round(h, 9)) for cls, h in hours.items())), tuple(sorted(halts)))
        if key not in self._laws:
            self._laws[key] = self._law(dict(key[0]), key[1])
        return self._laws[key]

    def _law(self, hours: dict[str, float], halts: Sequence[str]) -> Spectrum:
        law = np.ones((1, len(self._w)), dtype=complex)
        if hours:
            extra = np.zeros(len(self._w), dtype=complex)
            for cls in sorted(hours):
                extra = extra + hours[cls] * self.halting(cls)
            law = np.exp(sum(hours.values()) * self.running + extra)
        for kind in halts:
            law = law * _halt(self.vehicle.halts[kind], self.grid.step, self._w)
        return law

    def spectrum(self, message: Array) -> Spectrum:
        """Padded FFT of messages (rows)."""
        out: Spectrum = fft.rfft(message, self.length, axis=-1)
        return out

    def back_to_time(self, spectrum: Spectrum, hours: float) -> Array:
        """The messages of a spectrum that a law of so many base hours was multiplied into; what falls below zero by rounding is cut."""
        smooth = self._smoothing(hours)
        out: Array = fft.irfft(spectrum if smooth is None else spectrum * smooth, self.length, axis=-1)[..., : self.grid.n]
        return np.maximum(out, 0.0, out=out)

    def _smoothing(self, hours: float) -> Array | None:
        """Characteristic function of the normal law that is missing, a row a factor; ``None`` where none is. Halts alone (no hours) are laws
        on the grid itself and need none."""
        missing = np.maximum(-np.log(RINGING) - hours * self._decay, 0.0)
        if hours <= 0.0 or not missing.any():
            return None
        return np.asarray(np.exp(-missing[:, None] * (self._w / self._w[-1])[None, :] ** 2))


@lru_cache(maxsize=32)
def _running(noise: float, step: float, length: int, factor: tuple[float, ...]) -> tuple[Spectrum, Array]:
    w: Array = np.asarray(2.0 * np.pi * np.arange(length // 2 + 1) / (length * step), dtype=np.float64)
    running: Spectrum = np.array(factor)[:, None] * (-np.log1p(1j * w * noise) / noise)[None, :]
    return running, w


def _halt(halt: Halt, step: float, w: Array) -> Spectrum:
    """A foreseen halt on the grid: the negative binomial with the same mean and variance, since an atom at zero and a narrow law beside it
    cannot be brought back from frequencies cut off."""
    z = np.exp(-1j * w * step)
    mean, variance = halt.hours / step, (halt.sd / step) ** 2
    chance = min(mean / variance, COARSEST) if variance > 0 else COARSEST
    trials = mean * chance / (1.0 - chance)
    out: Spectrum = (1.0 - halt.probability) + halt.probability * np.exp(trials * (np.log(chance) - np.log(1.0 - (1.0 - chance) * z)))
    return out
