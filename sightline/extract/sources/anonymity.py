"""The words that withhold a name, found once a report, and handed to the source they stand with."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sightline.extract.sources.words import SourceWords
from sightline.types import Span

_REACH = 160
_BEFORE, _AFTER = 70, 80


def formulae(text: str, words: SourceWords) -> list[Span]:
    """Every formula in the text ("on condition of anonymity", "who asked not to be named").

    The patterns are tried only around words that each of them holds.
    """
    low = text.lower()
    places = sorted({at for word in words.formula_words for at in _occurrences(low, word)})
    found: dict[int, Span] = {}
    reached = 0
    for place in places:
        start = max(reached, place - _BEFORE)
        for match in words.formula.finditer(text, start, min(len(text), place + _AFTER)):
            found.setdefault(match.start(), Span(match.start(), match.end()))
            reached = max(reached, match.end())
    return [found[start] for start in sorted(found)]


def _occurrences(low: str, word: str) -> Iterator[int]:
    at = low.find(word)
    while at >= 0:
        yield at
        at = low.find(word, at + 1)


def nearest(formula: Span, sources: Sequence[Span], sentence: Span) -> int | None:
    """Which source a formula belongs to: the last before it in its sentence, else the first after it there."""
    before = [
        i for i, one in enumerate(sources) if sentence.start <= one.start and one.end <= formula.start and formula.start - one.end < _REACH
    ]
    if before:
        return max(before, key=lambda i: sources[i].end)
    after = [i for i, one in enumerate(sources) if formula.end <= one.start < sentence.end]
    return min(after, key=lambda i: sources[i].start) if after else None
