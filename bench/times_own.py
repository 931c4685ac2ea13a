"""News sentences of our own with their times, gold/times-open.tsv and gold/times-held.tsv, as documents to score.

A line is: day of publication, kind of text, text in which ``[words](TYPE value)`` marks each time.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import NamedTuple

_GOLD = Path(__file__).parent / "gold"
_MARK = re.compile(r"\[([^]]*)\]\((\w+) ([^)]*)\)")


class Timex(NamedTuple):
    """A time expression: characters, TIMEX3 type and value."""

    start: int
    end: int
    type: str
    value: str


class Document(NamedTuple):
    """A text with its times."""

    name: str
    published: str
    text: str
    gold: list[Timex]
    kind: str = "news"


def own(part: str) -> list[Document]:
    """The sentences of one part, "open" or "held"."""
    lines = (_GOLD / f"times-{part}.tsv").read_text(encoding="utf-8").splitlines()
    rows = [line.split("\t") for line in lines if line and not line.startswith("#")]
    return [Document(f"{part}{number:03d}", day, *_unmarked(marked), kind) for number, (day, kind, marked) in enumerate(rows)]


def _unmarked(marked: str) -> tuple[str, list[Timex]]:
    """The plain text and its times."""
    text, at, gold = "", 0, []
    for found in _MARK.finditer(marked):
        text += marked[at : found.start()]
        gold.append(Timex(len(text), len(text) + len(found[1]), found[2], found[3]))
        text += found[1]
        at = found.end()
    return text + marked[at:], gold
