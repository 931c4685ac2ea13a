"""From what may be a place name to what is taken for one."""

from __future__ import annotations

from collections.abc import Sequence

from spacy.tokens import Doc

from sightline.extract.places.spotting import Spot, describe, known_at, matrix, spots
from sightline.extract.places.words import words
from sightline.gazetteer import Gazetteer
from sightline.types import Span
from sightline.types.trees import shipped

THRESHOLD = 0.38
"""Probability from which on words are taken for a place name; best F1 on the training documents."""


def recognise(doc: Doc, gazetteer: Gazetteer) -> list[Spot]:
    """The place names of a doc, without overlaps, in text order."""
    found = spots(doc, gazetteer)
    if not found:
        return []
    for spot, probability in zip(found, shipped("sightline.extract.places", "spotting").probability(matrix(found)), strict=True):
        spot.probability = float(probability)
        if spot.probability < _SAFE and _unmistakable(doc, spot, gazetteer):
            spot.probability = _SAFE
    return choose(found)


_SAFE = 0.6
_FACILITIES = frozenset({"cosmodrome", "base", "station", "border-crossing", "bridge"})


def _unmistakable(doc: Doc, spot: Spot, gazetteer: Gazetteer) -> bool:
    """Whether the words name a country, a place of the hand-made tables by its name and kind ("the Vostochny cosmodrome"), or the pipeline calls
    them a place and they name a capital: the forest, trained on local papers where a lone name before "said" is a person, is not asked then."""
    own = doc[spot.first : spot.last]
    labels = {t.ent_type_ for t in own}
    longer = own[0].ent_iob_ == "I" or (spot.last < len(doc) and doc[spot.last].ent_iob_ == "I")
    if not spot.candidates or spot.demonym is not None or longer or "PER" in labels:
        return False
    place = spot.candidates[0][0]
    if place.kind in _FACILITIES and place.id.startswith(("sightline:", "user:")) and len(own) > 1 and own[-1].lower_ in words("kind"):
        return True
    if place.kind == "country":
        return all(t.pos_ == "PROPN" for t in own)
    if labels != {"LOC"}:
        return False
    capital = gazetteer.capital(place.country) if place.kind in ("city", "region") and place.country else None
    return capital is not None and any(p.id == capital.id for p, _ in spot.candidates[:3])


def choose(found: list[Spot], threshold: float = THRESHOLD) -> list[Spot]:
    """The likeliest spots over a threshold that do not overlap."""
    taken: list[Spot] = []
    words: set[int] = set()
    for spot in found:
        if spot.last - spot.first < 2 or not spot.candidates:
            continue
        ours = spot.candidates[0][0].id.startswith("sightline:") and spot.probability > 0.1
        # "Rostov-on-Don" is one word: a name that is a part of it is another's.
        joined = "-" in spot.text and " " not in spot.text
        if ours or joined:
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
