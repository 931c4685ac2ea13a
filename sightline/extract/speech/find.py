"""The way from a document to its attributions."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from sightline.extract.speech import features, links, rules
from sightline.extract.speech.confidence import confidence
from sightline.extract.speech.model import Model, load
from sightline.extract.speech.words import OUTSIDE, Words, read
from sightline.types import Attribution, Span

if TYPE_CHECKING:
    from spacy.tokens import Doc


def find_attributions(doc: Doc, model: Model | None = None) -> list[Attribution]:
    """Source, cue and content of every attribution in ``doc``, in text order of their first words.

    Spans are character ranges of ``doc.text``; a fragment never crosses a paragraph. A source that the text does not name
    stays empty. ``confidence`` is the calibrated probability that all three roles are right (overlap of at least one half with
    what an annotator would mark); attributions below the model's ``least`` are left out. Takes time linear in the length of the
    text. Raises ``WeightsMissing`` with the remedy when the package has no weights.
    """
    words = read(doc)
    if not len(words):
        return []
    model = model or load()
    seen = features.frame(words, model.lexicon.score(words))
    tagged = model.tag(words, seen)
    linked = join(words, links.pieces(tagged.labels.tolist()), model.links)
    sure = confidence(tagged, linked, model.calibration)
    made = [
        Attribution(
            source=spans(words, item.source), cue=spans(words, (item.cue,)), content=spans(words, item.content),
            kind=manner(words, item.content), confidence=round(chance, 4),
        )
        for item, chance in zip(linked, sure, strict=True)
        if chance >= model.least
    ]  # fmt: skip
    return nest(made)


def join(words: Words, found: Sequence[links.Piece], weights: links.Weights) -> list[links.Linked]:
    """Attributions from the fragments of the sequence models, with those of the patterns, in text order."""
    sure = rules.certain(words)
    taken = np.zeros(len(words), dtype=np.bool_)
    for item in sure:
        for piece in (*item.source, item.cue, *item.content):
            taken[piece.first : piece.last] = True
    free = [piece for piece in rules.mend(words, found) if not taken[piece.first : piece.last].any()]
    linked = rules.complete(words, [*sure, *links.link(words, free, weights)])
    return sorted(linked, key=lambda item: (min(piece.first for piece in (*item.source, item.cue, *item.content)), item.cue.first))


def spans(words: Words, found: Sequence[links.Piece]) -> tuple[Span, ...]:
    """The character ranges of fragments, in text order."""
    return tuple(
        Span(int(words.starts[piece.first]), int(words.ends[piece.last - 1])) for piece in sorted(found, key=lambda piece: piece.first)
    )


def manner(words: Words, content: Sequence[links.Piece]) -> str:
    """``direct`` where the content stands in quotation marks, ``mixed`` where a part of it does, else ``indirect``."""
    inside = outside = 0
    for piece in content:
        for word in range(piece.first, piece.last):
            if words.quoting[word] != OUTSIDE:
                inside += 1
            elif any(map(str.isalnum, words.text[words.starts[word] : words.ends[word]])):
                outside += 1
    if not inside:
        return "indirect"
    return "mixed" if outside else "direct"


def nest(made: Sequence[Attribution]) -> list[Attribution]:
    """The same with ``parent`` set: the attribution with the shortest content that holds the whole cue of this one."""
    from msgspec.structs import replace

    held = sorted((piece.start, piece.end, at) for at, item in enumerate(made) for piece in item.content)
    result = list(made)
    open_spans: list[tuple[int, int, int]] = []
    ahead = 0
    for at in sorted(range(len(made)), key=lambda index: made[index].cue[0].start if made[index].cue else 0):
        item = made[at]
        if not item.cue:
            continue
        start, end = item.cue[0].start, item.cue[-1].end
        while ahead < len(held) and held[ahead][0] <= start:
            open_spans.append(held[ahead])
            ahead += 1
        open_spans = [span for span in open_spans if span[1] > start]
        around = [span for span in open_spans if span[1] >= end and span[2] != at]
        if around:
            result[at] = replace(item, parent=min(around, key=lambda span: (span[1] - span[0], span[2]))[2])
    return result
