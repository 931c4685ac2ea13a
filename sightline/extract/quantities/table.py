"""The table of units, numerals and comparators, read once from ``data/units.toml``."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib import resources
from typing import NamedTuple


class Unit(NamedTuple):
    """What a word of measure stands for: value in the normal unit = number x factor."""

    dimension: str
    unit: str
    factor: float


class Table(NamedTuple):
    """Language knowledge for quantities."""

    units: dict[str, Unit]
    unit_first: frozenset[str]
    symbols: dict[str, str]
    numerals: dict[str, float]
    scales: dict[str, float]
    vague: dict[str, tuple[float, float]]
    vague_first: frozenset[str]
    fractions: dict[str, float]
    before: dict[str, str]
    after: dict[str, str]


@cache
def table() -> Table:
    """The shipped table."""
    raw = tomllib.loads(resources.files(__package__).joinpath("data/units.toml").read_text(encoding="utf-8"))
    units = {
        word: Unit(entry["dimension"], entry["unit"], float(factor)) for entry in raw["unit"] for word, factor in entry["words"].items()
    }
    return Table(
        units=units,
        unit_first=frozenset(word.split()[0] for word in units),
        symbols={symbol.lower(): code for symbol, code in raw["symbols"].items()},
        numerals={word: float(value) for word, value in raw["numerals"].items()},
        scales={word: float(value) for word, value in raw["scales"].items()},
        vague={phrase: (float(low), float(high)) for phrase, (low, high) in raw["vague"].items()},
        vague_first=frozenset(phrase.split()[0] for phrase in raw["vague"]),
        fractions={phrase: float(value) for phrase, value in raw["fractions"].items()},
        before=raw["before"],
        after=raw["after"],
    )
