"""Which words may be a place name, and what speaks for and against each.

Every run of words that the gazetteer knows, every adjective of a country, and every name that the language pipeline calls a place becomes a
:class:`Spot` with a row of features; a small forest trained on them decides (see :mod:`sightline.types.trees`).
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from dataclasses import dataclass, field
from functools import cache
from itertools import accumulate
from math import log10

import numpy as np
import numpy.typing as npt
from spacy.tokens import Doc, Span, Token

from sightline.extract.columns import columns
from sightline.extract.places.words import words
from sightline.gazetteer import Gazetteer
from sightline.gazetteer.folding import fold
from sightline.gazetteer.tables import table
from sightline.types import Place
from sightline.types import Span as TextSpan

Candidates = tuple[tuple[Place, bool], ...]

LONGEST = 6
"""Words in a name."""
_RANKS = {
    "country": 6.0,
    "continent": 5.5,
    "region": 5.0,
    "area": 4.0,
    "historical": 4.0,
    "sea": 3.8,
    "city": 3.0,
    "county": 2.5,
    "village": 1.0,
}
_LABELS = ("LOC", "ORG", "PER", "NORP", "MISC")


@dataclass(slots=True)
class Spot:
    """A run of tokens that may name a place."""

    first: int
    last: int
    """One past the last token."""
    start: int
    end: int
    text: str
    candidates: Candidates = ()
    demonym: Place | None = None
    probability: float = 0.0
    features: list[float] = field(default_factory=list)

    @property
    def key(self) -> str:
        """What repeated mentions share."""
        return fold(self.text)


def spots(doc: Doc, gazetteer: Gazetteer) -> list[Spot]:
    """All spots of a doc, in order of their start and then their length, with their features."""
    whole = columns(doc).text
    found = [*_known(doc, whole, gazetteer)]
    taken = {(s.first, s.last) for s in found}
    begins = [s.first for s in found]
    reach = list(accumulate((s.last for s in found), max))
    for entity in columns(doc).names:
        first, last = _trimmed(entity)
        if entity.label_ == "LOC" and first < last and (first, last) not in taken:
            before = bisect_right(begins, first)
            if not before or reach[before - 1] < last:
                found.append(_spot(doc, whole, first, last))
    found.sort(key=lambda s: (s.start, s.end))
    describe(doc, found)
    return found


def _trimmed(entity: Span) -> tuple[int, int]:
    first = entity.start
    while first < entity.end and entity.doc[first].lower_ in ("the", "a", "an"):
        first += 1
    return first, entity.end


def _spot(doc: Doc, whole: str, first: int, last: int, candidates: Candidates = (), demonym: Place | None = None) -> Spot:
    start, end = doc[first].idx, doc[last - 1].idx + len(doc[last - 1])
    text = whole[start:end]
    if text in _short_states() and last < len(doc) and doc[last].text == "." and not doc[last - 1].whitespace_:
        text, end = text + ".", end + 1
    return Spot(first, last, start, end, text, candidates, demonym)


@cache
def _short_states() -> frozenset[str]:
    """Newspaper abbreviations of regions without their last full stop: "Ky", "N.C"."""
    return frozenset(alias[:-1] for row in table("states.tsv") for alias in row[3].split("|") if alias.endswith(".")) | {"U.S", "U.K"}


@cache
def _postal() -> dict[str, str]:
    """Two-letter codes of the states of the United States, with their names."""
    return {row[1]: row[2] for row in table("states.tsv") if row[0] == "US"}


def known_at(doc: Doc, gazetteer: Gazetteer, first: int, last: int, span: TextSpan) -> Spot:
    """A spot for words that are known to name a place."""
    text = span.of(columns(doc).text)
    candidates, demonym = _senses(text, gazetteer)
    if not candidates and text in _postal():
        candidates, demonym = _senses(_postal()[text], gazetteer)
    return Spot(first, last, span.start, span.end, text, candidates, demonym)


def _senses(text: str, gazetteer: Gazetteer) -> tuple[Candidates, Place | None]:
    """The places that a name may mean, and the country or region where it is the word for its people."""
    candidates = gazetteer.candidates(text)
    demonym = gazetteer.demonym(text)
    if demonym is None or (candidates and candidates[0][0].kind == "country"):
        return candidates, None
    return ((demonym, False),), demonym


def _of_a_region(candidates: Candidates) -> Candidates:
    """What "Cagayan" may mean before "province": regions where there are any, else towns of that very name, after which one may be called."""
    regions = tuple(c for c in candidates if c[0].kind in ("region", "county", "area", "country"))
    return candidates if regions else tuple(c for c in candidates if c[1])


def _known(doc: Doc, text: str, gazetteer: Gazetteer) -> list[Spot]:
    """Every run of words that the gazetteer or the list of demonyms knows."""
    found = []
    inner = words("inner")
    column = columns(doc)
    shown, lower, begins = column.words, column.lower, column.start
    size = len(shown)
    for i, word in enumerate(shown):
        if not word[0].isupper():
            continue
        if len(word) == 2 and word in _postal() and i >= 2 and shown[i - 1] == "," and shown[i - 2][0].isupper():
            regions = tuple(c for c in gazetteer.candidates(_postal()[word]) if c[0].kind == "region" and c[0].country == "US")
            found.append(_spot(doc, text, i, i + 1, regions))
            continue
        start = begins[i]
        for j in range(i + 1, min(i + LONGEST, size) + 1):
            last, low = shown[j - 1], lower[j - 1]
            if j > i + 1 and (last.isspace() or column.opens[j - 1]):
                break
            if last[0].isupper():
                surface = text[start : begins[j - 1] + len(last)]
                if j == i + 1 and (low in words("never") and not (word.isupper() and len(word) in (2, 3) and word in ("US", "UK"))):
                    continue
                candidates, demonym = _senses(surface, gazetteer)
                if candidates and j < size and shown[j] in words("region_kind"):
                    candidates = _of_a_region(candidates)
                if candidates:
                    found.append(_spot(doc, text, i, j, candidates, demonym))
                elif j > i + 1 and (low in words("kind") or low in words("street")):
                    found.append(_spot(doc, text, i, j))
            elif low in words("kind") and found and found[-1].last == j - 1 and found[-1].first == i:
                candidates = gazetteer.candidates(text[start : begins[j - 1] + len(last)])
                if candidates:
                    found.append(_spot(doc, text, i, j, candidates))
                break
            elif low not in inner:
                break
    return found


def describe(doc: Doc, found: list[Spot]) -> None:
    """Fill in the features; their order is the forest's."""
    column = columns(doc)
    tokens = column.tokens
    lower = {low for word, low in zip(column.words, column.lower, strict=True) if word[:1].islower()}
    label_at = column.entity
    names: Counter[tuple[str, str]] = Counter()
    parts: Counter[str] = Counter()
    for entity in column.names:
        names[fold(entity.text), entity.label_] += 1
        if entity.label_ == "PER":
            parts.update(fold(t.text) for t in entity)
    keys = Counter(s.key for s in found)
    ends = {s.first: s for s in found}
    covered = _cover(found)
    for n, spot in enumerate(found):
        spot.features = _row(spot, tokens, label_at, names, parts, lower, keys, ends, covered[n])


def _cover(found: list[Spot]) -> list[tuple[bool, bool]]:
    """For each spot whether a longer known one holds it, and whether it holds a shorter one."""
    held = [[False, False] for _ in found]
    for n, spot in enumerate(found):
        for m in range(n + 1, len(found)):
            other = found[m]
            if other.first >= spot.last:
                break
            if other.first == spot.first and other.last > spot.last:
                held[n][0] = held[m][1] = True
            elif other.last <= spot.last:
                held[m][0] = held[n][1] = True
    return [(a, b) for a, b in held]


def _row(
    spot: Spot,
    tokens: list[Token],
    label_at: dict[int, Span],
    names: Counter[tuple[str, str]],
    parts: Counter[str],
    lower: set[str],
    keys: Counter[str],
    starting: dict[int, Spot],
    cover: tuple[bool, bool],
) -> list[float]:
    first, last = tokens[spot.first], tokens[spot.last - 1]
    entity = label_at.get(spot.first)
    label = entity.label_ if entity is not None else ""
    exact = entity is not None and _trimmed(entity) == (spot.first, spot.last)
    before = tokens[spot.first - 1] if spot.first and not first.is_sent_start else None
    before2 = tokens[spot.first - 2] if before is not None and spot.first > 1 else None
    after = tokens[spot.last] if spot.last < len(tokens) and not tokens[spot.last].is_space else None
    after2 = tokens[spot.last + 1] if after is not None and spot.last + 1 < len(tokens) else None
    then = after.lower_ if after is not None else ""
    prior = before.lower_ if before is not None else ""
    if prior == "the" and before2 is not None:
        prior = before2.lower_
    key = spot.key
    top = spot.candidates[0] if spot.candidates else None
    people = max((p.population for p, _ in spot.candidates), default=0)
    container = starting.get(spot.last + 1) if then == "," else None
    contained = container is not None and container.candidates and _contains(container.candidates, spot.candidates)
    total = sum(names[key, known] for known in _LABELS) or 1
    pos = [t.pos_ for t in tokens[spot.first : spot.last]]
    return [
        *((2.0 if exact else 1.0) if label == known else 0.0 for known in _LABELS),
        float(spot.last - spot.first),
        float(len(spot.text)),
        pos.count("PROPN") / len(pos),
        float(pos[-1] == "ADJ"),
        float(pos[-1] == "NOUN"),
        float(pos[-1] in ("VERB", "AUX", "ADV", "ADP", "DET", "PRON", "INTJ")),
        _RANKS.get(top[0].kind, 2.0) if top else 0.0,
        log10(people + 1),
        log10(len(spot.candidates) + 1),
        float(bool(top and top[1])),
        float(spot.demonym is not None),
        float(prior in words("locative")),
        float(prior == "of"),
        float(prior == "of" and before2 is not None and before2.lower_ in words("kind_of")),
        float(before is not None and before.lower_ == "the"),
        float(prior in words("title")),
        float(before is not None and before.text[:1].isupper() and before.pos_ == "PROPN"),
        float(prior == ","),
        float(after is not None and after.text[:1].isupper()),
        float(then in words("kind")),
        float(then in words("street")),
        float(then in words("building")),
        float(then in words("body")),
        float(then in ("'s", "’s")),
        float(then in words("saying")),
        float(then == ","),
        float(then in ("(", "—", "–", "--", "-")),
        float(bool(contained)),
        float(after2 is not None and after2.lower_ in words("saying")),
        float(first.is_sent_start or spot.first == 0),
        float(spot.text.isupper() and len(spot.text) > 4),
        float(first.lower_ in lower),
        names[key, "LOC"] / total,
        names[key, "PER"] / total,
        names[key, "ORG"] / total,
        float(min(parts[key], 3)),
        float(min(keys[key], 5)),
        float(cover[0]),
        float(cover[1]),
        float(last.lower_ in words("kind")),
        float(last.lower_ in words("street")),
        float(last.lower_ in words("building") or last.lower_ in words("body")),
        *(float(last.dep_ == d) for d in ("flat", "compound", "nmod", "obl", "nsubj", "nmod:poss", "appos", "amod", "conj")),
        float(spot.first < 8),
        float(first.is_stop),
    ]


def _contains(outer: Candidates, inner: Candidates) -> bool:
    for place, _ in outer[:6]:
        if place.kind in ("country", "region", "county") and any(
            p.country == place.country and (place.kind == "country" or p.admin1 == place.admin1) and p.id != place.id for p, _ in inner
        ):
            return True
    return False


def matrix(found: list[Spot]) -> npt.NDArray[np.float32]:
    """The features of spots as one array."""
    return np.array([s.features for s in found], dtype=np.float32)
