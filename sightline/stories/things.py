"""By which words reports call one and the same thing: "the vessel" and "the tanker" are a ship."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files


@cache
def sorts() -> dict[str, str]:
    """Nouns to the sort of thing that they are compared as (data/things.toml)."""
    table = tomllib.loads(files("sightline.stories").joinpath("data", "things.toml").read_text(encoding="utf-8"))
    return {word: sort for sort, words in table["sorts"].items() for word in words.split()}
