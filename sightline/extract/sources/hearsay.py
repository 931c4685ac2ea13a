"""Hearsay: "the minister is said to have fled", "president said to have fled" (a headline). Whom it is said of is not who says it."""

from __future__ import annotations

import msgspec
from spacy.tokens import Doc

from sightline.types import Attribution

_TOLD = frozenset({"said", "reported", "believed", "thought", "understood", "alleged", "rumoured", "rumored", "feared", "reputed"})
_WOULD_BE = frozenset({"have", "be"})


def without_the_told_of(doc: Doc, one: Attribution) -> Attribution:
    """The attribution; of hearsay with nobody as its source, and the one told of among what is told."""
    if not one.source or not _is_hearsay(doc, one):
        return one
    content = one.content if one.source[0] in one.content else tuple(sorted((*one.source, *one.content), key=lambda span: span.start))
    return msgspec.structs.replace(one, source=(), content=content)


def _is_hearsay(doc: Doc, one: Attribution) -> bool:
    """Whether the last word of the cue is a participle before "to have" or "to be", and its source stands before it."""
    if not one.cue or max(span.start for span in one.source) > one.cue[-1].start:
        return False
    words = doc.char_span(one.cue[-1].start, one.cue[-1].end, alignment_mode="expand")
    if words is None or words[-1].lower_ not in _TOLD or words.end + 1 >= len(doc):
        return False
    return doc[words.end].lower_ == "to" and doc[words.end + 1].lower_ in _WOULD_BE
