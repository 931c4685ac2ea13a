"""No sentence without end: what reads a tree walks through the whole sentence for each word of it, so one of thousands of words - a list,
a table without full stops, a text made to hurt - would take hours. Such a one is cut where a reader would pause.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from spacy.tokens import Doc

LONGEST = 300
"""Tokens of a sentence; the longest that news writes have some two hundred."""
_PAUSES = frozenset({";", ":", ",", "-", "–", "—", "|", "•", ")", "”", '"'})
_LOOK_BACK = 100


def cuts(texts: list[str], longest: int = LONGEST) -> list[int]:
    """Where to cut a sentence of these words: after the last pause in reach of each stretch's end, else at its end.

    >>> cuts(["a", ",", "b", "c", "d"], 3)
    [2]
    """
    found: list[int] = []
    start = 0
    while len(texts) - start > longest:
        end = start + longest
        pause = next((at + 1 for at in range(end - 1, max(start, end - _LOOK_BACK), -1) if texts[at] in _PAUSES), end)
        found.append(pause)
        start = pause
    return found


def cut(doc: Doc) -> Doc:
    """The same Doc, its endless sentences in pieces. In each piece the first word whose head lies outside becomes the root, and the others of
    that kind hang on it."""
    long = [(span.start, span.end) for span in doc.sents if span.end - span.start > LONGEST]
    if not long:
        return doc
    import numpy as np

    heads = [token.head.i for token in doc]
    deps = [token.dep for token in doc]
    root = doc.vocab.strings.add("ROOT")
    for start, end in long:
        texts = [doc[at].text for at in range(start, end)]
        places = [start, *(start + place for place in cuts(texts)), end]
        for first, last in pairwise(places):
            outside = [at for at in range(first, last) if not first <= heads[at] < last or heads[at] == at]
            top = outside[0]
            heads[top], deps[top] = top, root
            for at in outside[1:]:
                heads[at] = top
    offsets = np.array([(head - at) & 0xFFFFFFFFFFFFFFFF for at, head in enumerate(heads)], dtype=np.uint64)
    table: Any = np.stack([offsets, np.array(deps, dtype=np.uint64)], axis=1)
    return doc.from_array(["HEAD", "DEP"], table)
