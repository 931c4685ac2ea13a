"""What moves, and how fast: the vehicle table."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib import resources
from pathlib import Path

import msgspec


class Speed(msgspec.Struct, frozen=True, kw_only=True):
    """Motion on one class of line."""

    kmh: float
    """Typical speed under way, halts not counted."""
    halts_per_hour: float = 0.0
    """Unforeseen halts per hour under way (signals, visits, hiding by day): a Poisson process."""
    halt_hours: float = 0.0
    """Their mean length; exponential."""
    source: str = ""


class Halt(msgspec.Struct, frozen=True, kw_only=True):
    """A foreseen halt at one kind of waypoint."""

    probability: float
    hours: float
    """Mean length where it is made."""
    sd: float
    """Standard deviation of the length, hours."""
    source: str = ""


class Vehicle(msgspec.Struct, frozen=True, kw_only=True):
    """One class of traveller."""

    name: str
    label: str
    mode: str
    """rail, road, sea, air, any."""
    nouns: tuple[str, ...] = ()
    """Words that reports call it by (lower-cased lemmas)."""
    words: tuple[str, ...] = ()
    """Words beside the noun that tell it from other classes of the same noun ("armoured")."""
    factor_sd: float
    """Standard deviation of the logarithm of the journey-wide factor on running time; with ``faster_sd`` that of journeys slower than most."""
    faster_sd: float | None = None
    """The same of journeys faster than most, where the two differ; see tempo.py."""
    noise_hours: float
    """Variance of running time per hour under way, in hours: 0.3 gives 100 hours +- 5.5."""
    max_kmh: float
    """Nothing of this class is faster over a long way."""
    speeds: dict[str, Speed]
    """By class of line; ``*`` for all others."""
    halts: dict[str, Halt] = {}
    """By kind of waypoint; ``visit`` for turning places."""
    running_hours: tuple[float, float] | None = None
    """Local hours of the day between which it runs, (22, 6) for the night; ``None`` round the clock."""
    source: str = ""

    def speed(self, cls: str) -> Speed:
        """Of a class of line, or of ``*`` where the table does not know it."""
        return self.speeds.get(cls) or self.speeds["*"]

    def mean_hours(self, cls: str, km: float) -> float:
        """Expected hours for ``km``, unforeseen halts counted."""
        speed = self.speed(cls)
        return km / speed.kmh * (1.0 + speed.halts_per_hour * speed.halt_hours)


class VehicleError(ValueError):
    """A vehicle that the table does not hold, or a table that cannot be read."""


@cache
def vehicles() -> dict[str, Vehicle]:
    """The shipped table, ``sightline/journeys/data/vehicles.toml``."""
    return read_vehicles(resources.files("sightline.journeys").joinpath("data/vehicles.toml").read_text(encoding="utf-8"))


def read_vehicles(text: str, *, where: str = "vehicles.toml") -> dict[str, Vehicle]:
    """A vehicle table.

    Raises:
        VehicleError: not TOML, or a value is missing or of the wrong kind.
    """
    try:
        table = tomllib.loads(text)
        return {name: msgspec.convert({"name": name, **entry}, Vehicle) for name, entry in table.items()}
    except (tomllib.TOMLDecodeError, msgspec.ValidationError) as problem:
        raise VehicleError(f"{where}: {problem}") from problem


def vehicle(name: str, table: Path | None = None) -> Vehicle:
    """One class of the shipped table, or of ``table`` where one is given.

    Raises:
        VehicleError: no such class; the message lists those there are.

    >>> vehicle("armoured-train").mode
    'rail'
    """
    known = vehicles() if table is None else {**vehicles(), **read_vehicles(table.read_text(encoding="utf-8"), where=str(table))}
    if name not in known:
        raise VehicleError(f"no vehicle class {name!r}; there are {', '.join(sorted(known))}")
    return known[name]
