"""The words of time expressions and the marks that stand for them.

Every word or number of a text is given one mark, a single character that stands for its class in data/words.toml; words that no time
expression needs are given ``OTHER``. A text becomes a string of marks, and the grammar a set of regular expressions over marks.
"""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from typing import Any

Value = int | str | tuple[int, ...] | None

OTHER = "."
#: Classes that come from the shape of a token and not from a table.
SHAPES = (
    "DIG", "YEAR", "NUM", "DECIMAL", "ORDNUM", "DECADE", "CLOCK", "ISO", "NUMDATE", "FRAC", "NAMEDDAY", "ZONE", "ZONEPLACE",
    "COMMA", "DOT", "DASH", "APOS", "COLON", "LPAR", "RPAR", "BREAK", "SINCE", "Q", "SIGN", "H", "SLASH",
)  # fmt: skip
_PUNCTUATION = {
    ",": "COMMA", ".": "DOT", "-": "DASH", "–": "DASH", "—": "DASH", "‑": "DASH", "'": "APOS", "’": "APOS", "‘": "APOS", "`": "APOS",
    ":": "COLON", "(": "LPAR", ")": "RPAR", "+": "SIGN", "/": "SLASH",
}  # fmt: skip


@cache
def table(name: str) -> dict[str, Any]:
    """One of the tables in data/, as TOML gives it."""
    return tomllib.loads((files(__package__) / "data" / name).read_text(encoding="utf-8"))


@cache
def beside(name: str) -> frozenset[str]:
    """One of the word lists of data/company.toml."""
    return frozenset(str(table("company.toml")[name]).split())


class Lexicon:
    """Marks of classes, and for each word its mark and what it stands for."""

    def __init__(self) -> None:
        rows = table("words.toml")
        guarded = rows.pop("capitalised")
        names = [*rows, *SHAPES]
        #: class name -> mark
        self.mark: dict[str, str] = {name: chr(0x4E00 + number) for number, name in enumerate(names)}
        #: mark -> class name
        self.name = {mark: name for name, mark in self.mark.items()}
        #: word -> (mark, value); words that need a capital are in ``capital`` instead
        self.word: dict[str, tuple[str, Value]] = {}
        self.capital: dict[str, tuple[str, Value]] = {}
        for name, row in rows.items():
            entries: dict[str, Value] = row if "words" not in row else dict.fromkeys(row["words"])
            for word, value in entries.items():
                home = self.capital if name in guarded["classes"] or word in guarded["words"] else self.word
                home.setdefault(word, (self.mark[name], value))
        for mark, name in _PUNCTUATION.items():
            self.word[mark] = (self.mark[name], None)
        self.word["since"] = (self.mark["SINCE"], None)
        zones = table("zones.toml")
        #: upper-case abbreviation -> zone
        self.zones: dict[str, str] = zones["abbreviations"]
        for place, zone in zones["places"].items():
            self.word.setdefault(place, (self.mark["ZONEPLACE"], zone))
        self.named = named_days()
        #: first word of a named day -> the names that begin with it, longest first
        self.firsts: dict[str, list[str]] = {}
        for name in sorted(self.named, key=len, reverse=True):
            self.firsts.setdefault(name.split()[0].rstrip(".").split("'")[0], []).append(name)


def named_days() -> dict[str, tuple[str, Any]]:
    """Every named day -> how it is found (fixed, nth, easter, computed) and with what."""
    return {name: (kind, rule) for kind, rows in table("namedays.toml").items() for name, rule in rows.items()}


@cache
def lexicon() -> Lexicon:
    """The one lexicon, read once."""
    return Lexicon()
