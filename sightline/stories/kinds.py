"""What reasoning across reports knows of each kind of happening, read from ``data/kinds.toml``."""

from __future__ import annotations

import tomllib
from functools import lru_cache
from importlib.resources import files

import msgspec


class Kind(msgspec.Struct, frozen=True, kw_only=True):
    """A kind of happening; the table explains the fields."""

    name: str = "event"
    family: str = ""
    verb: str = ""
    gap_days: float = 1
    ahead_days: float = 14
    fixed_by: tuple[str, ...] = ("from", "to", "at", "via")
    once: bool = False
    public: bool = False
    speech: bool = False
    hurts: tuple[str, ...] = ()
    leaves: bool = False
    moves: bool = False
    measure: bool = False
    setting_out: tuple[str, ...] = ()
    undergone: bool = False
    incident: bool = False
    toll: bool = False
    deadly: bool = False
    """Whether such an incident kills and hurts, so that the dead of its report or story are its own."""
    sweeping: bool = False
    """Whether one such incident befalls many things at once (an earthquake, a storm)."""
    nouns: tuple[str, ...] = ()
    known: bool = True
    """Whether the table has it; an unknown kind is joined by its predicate."""


@lru_cache(maxsize=1)
def _table() -> dict[str, Kind]:
    raw = tomllib.loads(files("sightline.stories").joinpath("data", "kinds.toml").read_text(encoding="utf-8"))
    default = raw.pop("default")
    return {name: msgspec.convert({**default, "family": name, **row, "name": name}, Kind) for name, row in raw.items()}


@lru_cache(maxsize=4096)
def kind_of(type_name: str, predicate: str) -> Kind:
    """The kind of a claim's type; a type that the table lacks is its own family within its predicate.

    >>> kind_of("departure", "leave").fixed_by
    ('from',)
    >>> kind_of("whatever", "dance").family
    'whatever/dance'
    """
    kind = _table().get(type_name)
    if kind is not None and predicate in kind.setting_out:
        return msgspec.structs.replace(kind, family="departure", leaves=True, fixed_by=("from",))
    if kind is not None:
        return kind
    return Kind(name=type_name or "event", family=f"{type_name or 'event'}/{predicate}", known=False)
