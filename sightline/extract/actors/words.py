"""The tables of ``data/``: roles, kinship, bodies of a state, given names."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from functools import cache
from importlib.resources import files
from typing import Any


@cache
def _tables() -> dict[str, Any]:
    return tomllib.loads((files("sightline.extract.actors") / "data" / "roles.toml").read_text(encoding="utf-8"))


@cache
def words(kind: str) -> frozenset[str]:
    """A list of ``roles.toml`` by its name."""
    return frozenset(_tables()[kind])


@cache
def bodies() -> dict[str, str]:
    """Phrases for a body of a state, with the register's slug of the body."""
    return {phrase: slug for slug, phrases in _tables()["bodies"].items() for phrase in phrases}


@cache
def body_endings() -> frozenset[str]:
    """All that a body's phrase may end in: a word outside ends none."""
    return _endings(bodies())


@cache
def role_endings() -> frozenset[str]:
    """All that the phrase of a role or a kinship may end in: a word outside ends none."""
    return _endings((*role_kinds(), *words("kin")))


def _endings(phrases: Iterable[str]) -> frozenset[str]:
    return frozenset(phrase[at:] for phrase in phrases for at in range(len(phrase)))


@cache
def role_kinds() -> dict[str, str]:
    """Roles, with what kind of source their holder is."""
    kinds = dict.fromkeys(words("person"), "person") | dict.fromkeys(words("expert"), "expert")
    return kinds | dict.fromkeys((*words("official"), *words("head")), "official")


@cache
def sex_of_given_name() -> dict[str, str]:
    """Given names, lower case, with ``m`` or ``f``; names in both lists are left out."""
    text = (files("sightline.extract.actors") / "data" / "first_names.tsv").read_text(encoding="utf-8")
    lists = {
        line.split("\t")[0]: {n.lower() for n in line.split("\t")[1].split()} for line in text.splitlines() if not line.startswith("#")
    }
    both = lists["m"] & lists["f"]
    return {name: sex for sex, names in lists.items() for name in names - both}
