"""How far a claim is to be trusted: the probability that it is true of this traveller."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib import resources

import msgspec

from sightline.types import Claim, Report


class Trust(msgspec.Struct, frozen=True, kw_only=True):
    """The table ``data/trust.toml``."""

    greatest: float
    shared: float
    degree: dict[str, float]
    grade: dict[str, float]
    bound: dict[str, float]
    expected: dict[str, float]
    identity: dict[str, float]


@cache
def trust() -> Trust:
    """The shipped table."""
    text = resources.files("sightline.journeys").joinpath("data/trust.toml").read_text(encoding="utf-8")
    return msgspec.convert(tomllib.loads(text), Trust)


def reliability(claim: Claim | None, kind: str, grade: int, report: Report | None) -> float:
    """From the claim's certainty, the value's corroboration grade, and words that leave the traveller's identity open."""
    table = trust()
    status = "happened" if claim is None else claim.certainty.status.value
    if kind == "bound":
        value = table.bound.get(status, table.bound["unknown"])
    elif kind == "expected":
        value = table.expected.get(status, table.expected["unknown"])
    else:
        degree = "certain" if claim is None else claim.certainty.degree.value
        value = table.degree.get(degree, table.degree["unknown"]) * table.grade.get(str(grade), 1.0)
    if claim is not None:
        value *= identity(claim, report) * (0.75 + 0.25 * max(0.0, min(1.0, claim.confidence)))
    return round(min(max(value, 0.0), table.greatest), 4)


def identity(claim: Claim, report: Report | None) -> float:
    """The least factor of the words around the traveller's noun ("a similar train") that leave open whether it is the same one."""
    said = {word for p in claim.participants if p.role in {"agent", "theme", "vehicle"} for word in re.findall(r"[a-z]+", p.text.lower())}
    if report is not None:
        for participant in claim.participants:
            if participant.role in {"agent", "theme", "vehicle"}:
                near = report.text[max(0, participant.span.start - 24) : participant.span.start].lower()
                # Words before the noun count within its own phrase only.
                said |= set(re.findall(r"[a-z]+", re.split(r"[.,;:!?\n]", near)[-1])) & _ADJECTIVES
    return min((trust().identity[word] for word in said if word in trust().identity), default=1.0)


_ADJECTIVES = frozenset({"similar", "unidentified", "presumed", "purported", "suspected"})
