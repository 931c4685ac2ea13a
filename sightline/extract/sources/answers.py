"""Denials that only point back: "the army denied the report" denies what was reported right before.

The denier gets an attribution of its own over the words that it denies, so that both sides of a disputed happening are heard.
"""

from __future__ import annotations

from collections.abc import Sequence

import msgspec
from spacy.tokens import Doc, Token

from sightline.extract.sources.links import sentence_bounds
from sightline.extract.sources.phrases import Phrase
from sightline.extract.sources.speakers import speaker_of
from sightline.extract.sources.words import SourceWords
from sightline.types import Attribution, Span

_CONFIDENCE = 0.6
_FINITE = ("VBD", "VBZ", "VBP", "VBN")
_MORE = ("acl", "acl:relcl", "nmod", "ccomp", "appos", "conj")


def answers(doc: Doc, places: Sequence[int], found: Sequence[Attribution], words: SourceWords) -> list[Attribution]:
    """``found`` with one more attribution, or a wider content, for each denial of what somebody else was just said to have said.

    ``places`` are the tokens to look at. The words denied are those of the nearest attribution before, in the same sentence or the
    one before it.
    """
    out = list(found)
    for place in places:
        verb = doc[place]
        if words.attitude.get(words.verbs.get(verb.lower_, "")) != "denial" or verb.tag_ not in _FINITE:
            continue
        pointer = _pointer(verb, words)
        subject = speaker_of(doc, verb, words) if pointer is not None else None
        if pointer is None or subject is None:
            continue
        before = _before(doc, min(subject.first, verb.i), subject, found)
        if before is None:
            continue
        cue = Span(verb.idx, verb.idx + len(verb))
        own = next((index for index, one in enumerate(out) if any(span.overlaps(cue) for span in one.cue)), None)
        if own is None:
            made = Attribution(source=(subject.span,), cue=(cue,), content=before.content, attitude="denial", confidence=_CONFIDENCE)
            out.append(made)
        elif all(span.start >= verb.idx for span in out[own].content):
            out[own] = msgspec.structs.replace(out[own], content=before.content, attitude="denial")
    return out


def _pointer(verb: Token, words: SourceWords) -> Token | None:
    """The object that stands for what was said before: "it", "the report", "those allegations"."""
    if any(child.dep_ in ("neg", "ccomp", "aux:pass") or child.lower_ in ("not", "n't", "never") for child in verb.children):
        return None
    for child in verb.children:
        if child.dep_ != "obj" or child.i < verb.i:
            continue
        if child.lower_ in ("it", "this", "that"):
            return child
        pointing = any(below.dep_ == "det" and below.lower_ in ("the", "that", "those", "this", "these") for below in child.children)
        more = any(below.dep_ in _MORE for below in child.children)
        if pointing and not more and child.lower_ in words.answered:
            return child
    return None


def _before(doc: Doc, place: int, subject: Phrase, found: Sequence[Attribution]) -> Attribution | None:
    """The nearest attribution whose words end before ``place``, somebody else's, in its sentence or the one before."""
    first = sentence_bounds(doc, place)[0]
    first = sentence_bounds(doc, first - 1)[0] if first else 0
    start, end = doc[first].idx, doc[place].idx
    near = [
        one
        for one in found
        if one.content and one.source and one.attitude != "denial" and one.content[0].start >= start and one.content[-1].end <= end
    ]
    last = max(near, key=lambda one: one.content[-1].end, default=None)
    if last is None or any(span.overlaps(subject.span) or span.of(doc.text) == subject.text for span in last.source):
        return None
    return last
