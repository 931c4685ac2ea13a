"""The words that weaken or withhold commitment, with their spans and, for words of likelihood, their ICD-203 band."""

from __future__ import annotations

from collections.abc import Sequence

from spacy.tokens import Token

from sightline.extract.certainty.lexicon import Lexicon
from sightline.types import Hedge, Span

_BEFORE = frozenset(
    [
        "be",
        "am",
        "is",
        "are",
        "was",
        "were",
        "been",
        "being",
        "has",
        "have",
        "had",
        "do",
        "does",
        "did",
        "not",
        "n't",
        "n’t",
        "to",
        "most",
        "very",
        "highly",
        "more",
        "than",
        "quite",
        "almost",
        "nearly",
        "virtually",
        "extremely",
        "little",
    ]
)
_AFTER = frozenset(["to", "that", "whether", "if", "when", "where", "why", "how"])


def hedges(trail: Sequence[Token], lexicon: Lexicon) -> tuple[Hedge, ...]:
    """One hedge a word of ``trail``, widened to its auxiliaries and its "to", "that" or "whether", in the order of the text."""
    found: dict[tuple[int, int], Hedge] = {}
    for token in sorted({word.i: word for word in trail}.values(), key=lambda word: word.i):
        first, last = _widened(token)
        doc = token.doc
        start, end = doc[first].idx, doc[last].idx + len(doc[last])
        if any(span[0] <= start and end <= span[1] for span in found):
            continue
        found[start, end] = Hedge(span=Span(start, end), text=doc[first : last + 1].text, band=band(token, lexicon))
    return tuple(found.values())


def _widened(token: Token) -> tuple[int, int]:
    doc, first, last = token.doc, token.i, token.i
    if token.tag_ == "MD" or token.dep_ == "mark":
        return first, last
    while first > 0 and not doc[first].is_sent_start and doc[first - 1].lower_ in _BEFORE and token.i - first < 4:
        first -= 1
    while first < token.i and doc[first].lower_ == "to":
        first += 1
    if last + 1 < len(doc) and doc[last + 1].lower_ in _AFTER and token.pos_ != "ADV":
        last += 1
    return first, last


def band(token: Token, lexicon: Lexicon) -> str | None:
    """The band of a word of likelihood, with the words that modify it; ``None`` for any other word."""
    doc, i = token.doc, token.i
    for length in (4, 3, 2, 1):
        for start in range(max(0, i - length + 1), i + 1):
            if start + length <= len(doc):
                words = tuple(doc[j].lower_ for j in range(start, start + length))
                if words in lexicon.bands:
                    return lexicon.bands[words]
    for child in token.children:
        found = lexicon.bands.get((child.lower_, token.lower_))
        if found is not None:
            return found
    return None
