"""The words that withhold a name, found once a report, and handed to the source they stand with."""

from __future__ import annotations

from collections.abc import Sequence

from sightline.extract.sources.words import SourceWords
from sightline.types import Span

_REACH = 160


def formulae(text: str, words: SourceWords) -> list[Span]:
    """Every formula in the text ("on condition of anonymity", "who asked not to be named")."""
    return [Span(match.start(), match.end()) for match in words.formula.finditer(text)]


def nearest(formula: Span, sources: Sequence[Span], sentence: Span) -> int | None:
    """Which source a formula belongs to: the last before it in its sentence, else the first after it there."""
    before = [
        i for i, one in enumerate(sources) if sentence.start <= one.start and one.end <= formula.start and formula.start - one.end < _REACH
    ]
    if before:
        return max(before, key=lambda i: sources[i].end)
    after = [i for i, one in enumerate(sources) if formula.end <= one.start < sentence.end]
    return min(after, key=lambda i: sources[i].start) if after else None
