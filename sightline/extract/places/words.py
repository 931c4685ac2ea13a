"""The tables of ``data/words.toml``."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files


@cache
def words(kind: str) -> frozenset[str]:
    """A list of words by its name."""
    return _tables()[kind]


@cache
def _tables() -> dict[str, frozenset[str]]:
    text = (files("sightline.extract.places") / "data" / "words.toml").read_text(encoding="utf-8")
    return {name: frozenset(listed) for name, listed in tomllib.loads(text).items()}
