"""What a claim says of a journey before its place is found on a network, and by which rule it says so."""

from __future__ import annotations

import tomllib
from datetime import datetime
from functools import cache
from importlib import resources

import msgspec

from sightline.types import Interval, Place, PlaceMention

NOWHEN = Interval()


class Rule(msgspec.Struct, frozen=True, kw_only=True):
    """How claims of one type become observations; ``data/kinds.toml`` explains the fields."""

    happened: str = ""
    roles: tuple[str, ...] = ()
    ahead: str = ""
    toward: tuple[str, ...] = ()
    passing: str = ""
    through: tuple[str, ...] = ()
    undated: bool = False
    turns: bool = False


@cache
def rules() -> dict[str, Rule]:
    """The shipped table."""
    text = resources.files("sightline.journeys").joinpath("data/kinds.toml").read_text(encoding="utf-8")
    return {name: msgspec.convert(entry, Rule) for name, entry in tomllib.loads(text).items()}


class Told(msgspec.Struct, frozen=True, kw_only=True):
    """An observation whose place is not yet a waypoint."""

    kind: str = ""
    place: Place | None = None
    mention: PlaceMention | None = None
    interval: Interval = NOWHEN
    reliability: float = 0.0
    origin: str = ""
    claims: tuple[str, ...] = ()
    speaker: str = ""
    words: str = ""
    """What it says, where that is more than its kind and place."""
    reported: datetime | None = None
    hours: tuple[float, float] | None = None
    begins: PlaceMention | None = None
    """Where a duration is counted from."""
