"""The word lists of the wires' patterns, and words read as strings only where a pattern asks."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path

from sightline.extract.speech.words import Words

STOPS = frozenset(".!?…")


@cache
def table() -> dict[str, frozenset[str]]:
    """The word lists of ``data/wires.toml``."""
    path = Path(__file__).parent / "data" / "wires.toml"
    return {name: frozenset(values) for name, values in tomllib.loads(path.read_text(encoding="utf-8")).items()}


class Text:
    """Words as strings, read only where a pattern asks."""

    def __init__(self, words: Words) -> None:
        self.words = words

    def __getitem__(self, at: int) -> str:
        return self.words.text[self.words.starts[at] : self.words.ends[at]]

    def low(self, at: int) -> str:
        """The word in lower case; empty beyond the text."""
        return self[at].lower() if 0 <= at < len(self.words) else ""
