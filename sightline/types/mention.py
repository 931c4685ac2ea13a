"""What single expressions of a report mean: times, places, names, quantities."""

from __future__ import annotations

import msgspec

from sightline.types.interval import Interval
from sightline.types.place import Place
from sightline.types.span import Span


class TimeMention(msgspec.Struct, frozen=True, kw_only=True):
    """A time expression with its TimeML reading (TIMEX3) and its interval."""

    span: Span
    text: str
    type: str
    """TIMEX3 type: DATE, TIME, DURATION or SET."""
    value: str
    """TIMEX3 value: ``2023-09-11``, ``2023-09-11TMO``, ``P2D``, ``FUTURE_REF``."""
    interval: Interval | None = None
    """Where on the calendar; ``None`` for a mere duration or frequency."""
    seconds: tuple[float, float] | None = None
    """A duration's least and greatest length."""
    mod: str | None = None
    """TIMEX3 mod: APPROX, START, MID, END, BEFORE, AFTER, ON_OR_BEFORE, ..."""
    quant: str | None = None
    freq: str | None = None
    anchor: str | None = None
    """What it was counted from: "published", "text" (an earlier expression), "absolute"."""
    governor: Span | None = None
    """The word for the happening that it dates (its attachment); ``None`` when it dates none."""
    relation: str = "at"
    """How it dates it: at, since, until, before, after, during, for, by, every."""
    confidence: float = 1.0


class PlaceRelation(msgspec.Struct, frozen=True, kw_only=True):
    """An offset from a place ("200 km north of", "near", "on the border between")."""

    kind: str
    """near, north, south, east, west, northeast, ..., border, between, outside, off."""
    distance_km: float | None = None
    span: Span | None = None
    other: Place | None = None
    """The second place of "between A and B"."""


class PlaceMention(msgspec.Struct, frozen=True, kw_only=True):
    """A place name in a text, resolved where it can be.

    ``lat``, ``lon`` and ``radius_km`` describe the region meant, after any ``relation`` is applied.
    """

    span: Span
    text: str
    place: Place | None = None
    metonymy: str = "literal"
    """literal, government (the name stands for a state that acts), team, demonym ("the Russian army"), name (part of another name)."""
    relation: PlaceRelation | None = None
    lat: float | None = None
    lon: float | None = None
    radius_km: float | None = None
    confidence: float = 1.0
    alternatives: tuple[Place, ...] = ()


class NameMention(msgspec.Struct, frozen=True, kw_only=True):
    """Words that refer to an actor: a name, a short name, a title, a description or a pronoun."""

    span: Span
    text: str
    label: str
    """PER, ORG, LOC, NORP or MISC."""
    form: str = "name"
    """name, short, title, description, pronoun, demonym, acronym."""
    actor: str | None = None
    """Id of the Actor."""
    head: Span | None = None
    """The head word of the phrase."""
    confidence: float = 1.0


class Quantity(msgspec.Struct, frozen=True, kw_only=True):
    """A measured or counted amount, normalised to one unit a dimension."""

    span: Span
    text: str
    low: float
    high: float
    unit: str
    """Normal unit: km, km/h, s, t, kg, m, count, percent, a currency code, ..."""
    dimension: str
    """distance, speed, duration, mass, count, money, share, temperature, area, volume, ..."""
    stated: str | None = None
    """The unit as the text had it."""
    approximate: bool = False
    comparator: str = "="
    """=, <, >, <=, >=."""
    of: str | None = None
    """What is counted or measured ("carriages", "speed")."""
    of_span: Span | None = None
