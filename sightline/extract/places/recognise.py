"""From what may be a place name to what is taken for one."""

from __future__ import annotations

from collections.abc import Sequence

from spacy.tokens import Doc

from sightline.extract.places.spotting import Spot, describe, known_at, matrix, spots
from sightline.extract.trees import shipped
from sightline.gazetteer import Gazetteer
from sightline.types import Span

THRESHOLD = 0.38
"""Probability from which on words are taken for a place name; best F1 on the training documents."""


def recognise(doc: Doc, gazetteer: Gazetteer) -> list[Spot]:
    """The place names of a doc, without overlaps, in text order."""
    found = spots(doc, gazetteer)
    if not found:
        return []
    for spot, probability in zip(found, shipped("sightline.extract.places", "spotting").probability(matrix(found)), strict=True):
        spot.probability = float(probability)
    return choose(found)


def choose(found: list[Spot], threshold: float = THRESHOLD) -> list[Spot]:
    """The likeliest spots over a threshold that do not overlap."""
    taken: list[Spot] = []
    words: set[int] = set()
    for spot in found:
        if spot.last - spot.first > 1 and spot.candidates and spot.candidates[0][0].id.startswith("sightline:") and spot.probability > 0.1:
            inside = [s.probability for s in found if spot.first <= s.first and s.last <= spot.last]
            spot.probability = max(inside)
    for spot in sorted(found, key=lambda s: (-s.probability, -(s.last - s.first), s.start)):
        if spot.probability < threshold:
            break
        if words.isdisjoint(range(spot.first, spot.last)):
            taken.append(spot)
            words.update(range(spot.first, spot.last))
    return sorted(taken, key=lambda s: s.start)


def given(doc: Doc, gazetteer: Gazetteer, spans: Sequence[Span]) -> list[Spot]:
    """Spots for spans that are known to be place names; those that share no word with the doc are left out."""
    found = []
    for span in sorted(spans):
        words = doc.char_span(span.start, span.end, alignment_mode="expand")
        if words is not None and len(words):
            spot = known_at(doc, gazetteer, words.start, words.end, span)
            spot.probability = 1.0
            found.append(spot)
    describe(doc, found)
    return found
