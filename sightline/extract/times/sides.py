"""The scale of directions, and what plain words tell of a time's side where a text has no tags."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from sightline.extract.times.ahead import words

if TYPE_CHECKING:
    from spacy.tokens import Doc, Span

SURELY_PAST, PAST, PERHAPS_PAST, UNKNOWN, ARRANGED, SCHEDULED, FUTURE, SURELY_FUTURE = -2, -1, -0.5, 0, 0.5, 0.8, 1, 2
_END = re.compile(r"[.!?\n][\s\"”’]")


def by_words(doc: Doc, span: Span) -> float:
    """The direction that plain words tell: the nearest telling word of the sentence, words before it counting half as far."""
    before = doc[max(0, span.start - 20) : span.start].text
    cut = [found.end() for found in _END.finditer(before)]
    before = before[cut[-1] :] if cut else before
    after = doc[span.end : span.end + 15].text
    stop = _END.search(after)
    after = after[: stop.start()] if stop else after
    best: float = UNKNOWN
    distance = 1000.0
    for beside, factor in ((re.findall(r"[\w'’]+", before)[::-1], 0.5), (re.findall(r"[\w'’]+", after), 1.0)):
        for steps, word in enumerate(beside, 1):
            side = _side(word.lower())
            if factor < 1 and steps < len(beside) and beside[steps].lower() == "be":
                side = FUTURE
            if side != UNKNOWN and steps * factor < distance:
                best, distance = side, steps * factor
                break
    if before.rstrip().lower().endswith((" until", " by", "as early as", "as soon as")) and best != PAST:
        return FUTURE
    return best


def _side(word: str) -> float:
    if word in words("near ahead") or word in words("will"):
        return FUTURE
    if word in words("near past") or (word.endswith("ed") and len(word) > 4):
        return PAST
    return UNKNOWN
