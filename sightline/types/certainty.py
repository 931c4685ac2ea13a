"""How surely something is said to be so."""

from __future__ import annotations

from enum import StrEnum

import msgspec

from sightline.types.span import Span


class Polarity(StrEnum):
    """FactBank's polarity."""

    POSITIVE = "positive"
    NEGATIVE = "negative"
    UNKNOWN = "unknown"


class Degree(StrEnum):
    """FactBank's degree of commitment."""

    CERTAIN = "certain"
    PROBABLE = "probable"
    POSSIBLE = "possible"
    UNKNOWN = "unknown"


class Status(StrEnum):
    """Where the happening stands, as the words have it."""

    HAPPENED = "happened"
    UNDER_WAY = "under way"
    PLANNED = "planned"
    EXPECTED = "expected"
    POSSIBLE = "possible"
    DENIED = "denied"
    UNKNOWN = "unknown"


class Hedge(msgspec.Struct, frozen=True, kw_only=True):
    """Words that weaken or withhold commitment ("supposedly", "is believed to")."""

    span: Span
    text: str
    band: str | None = None
    """ICD-203 band, only for words of likelihood: almost no chance, very unlikely, unlikely, roughly even chance, likely, very
    likely, almost certain."""


class Stance(msgspec.Struct, frozen=True, kw_only=True):
    """One link's own commitment to the claim; ``link`` 0 is the report's author, 1.. the chain inwards to the speaker."""

    link: int
    polarity: Polarity
    degree: Degree


class Certainty(msgspec.Struct, frozen=True, kw_only=True):
    """Polarity, degree and status of a claim as its speaker has it, the words that say so, and each link's stance (FactBank)."""

    polarity: Polarity = Polarity.POSITIVE
    degree: Degree = Degree.CERTAIN
    status: Status = Status.HAPPENED
    hedges: tuple[Hedge, ...] = ()
    stances: tuple[Stance, ...] = ()
