"""Speakers in the style of a ticker: "Interfax: the train left", "CGTN at 22:26: jets are crossing", "Spokesman Ito: none crossed"."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from itertools import accumulate

from spacy.tokens import Doc

from sightline.extract.columns import columns
from sightline.extract.sources.contents import trimmed
from sightline.extract.sources.links import next_phrase, sentence_bounds
from sightline.extract.sources.phrases import DAYS, Phrase
from sightline.extract.sources.room import Room
from sightline.types import Attribution, Span

_CONFIDENCE = 0.6
_LONGEST_LABEL = 11
_FINITE = ("VBD", "VBZ", "VBP", "MD", "WP", "WDT", "WRB")
_WHEN = frozenset(("at", "on", "in", "next", "last", "this", "later", "earlier", "early", "late"))
"""Where a label goes on to when it was said."""
_FIELDS = re.compile(r"[\w-]+:\s[^|\n]*(?:\|\s*[\w-]+:\s[^|\n]*)+$")
"""A line of fields, "url: ... | date: ...", speaks for nobody."""


def tickers(doc: Doc, colons: Sequence[int], found: Sequence[Attribution], room: Room) -> list[Attribution]:
    """An attribution for each label before a colon that can be a source; ``colons`` are the colons' indices.

    "NBC, two sources: ..." gives two, the sources' inside the newsroom's. Labels that an attribution of ``found`` has as its source are
    left to it.
    """
    taken = sorted((span.start, span.end) for one in found for span in one.source)
    starts = [start for start, _ in taken]
    reach = list(accumulate((end for _, end in taken), max))
    out: list[Attribution] = []
    for colon in colons:
        start = _opening(doc, colon)
        if start is None or any(doc[i].tag_ in _FINITE for i in range(start, colon)) or _in_fields(doc, start):
            continue
        speakers = _speakers(doc, start, colon, room)
        end = _end(doc, colon)
        content = trimmed(doc, colon + 1, end)
        if not speakers or content is None or end - colon < 3 or any(_taken(noun.span, starts, reach) for noun in speakers):
            continue
        cue = Span(doc[colon].idx, doc[colon].idx + 1)
        if len(speakers) > 1:
            inner = Span(speakers[1].span.start, content.end)
            out.append(Attribution(source=(speakers[0].span,), cue=(), content=(inner,), confidence=_CONFIDENCE))
        out.append(Attribution(source=(speakers[-1].span,), cue=(cue,), content=(content,), confidence=_CONFIDENCE))
    return out


def _taken(span: Span, starts: list[int], reach: list[int]) -> bool:
    """Whether one of the spans with these starts overlaps; ``reach`` is how far those up to each go."""
    before = bisect_left(starts, span.end)
    return before > 0 and reach[before - 1] > span.start


def _opening(doc: Doc, colon: int) -> int | None:
    """Where the label before the colon begins: at its sentence's start or after a semicolon; ``None`` where that is too far off."""
    first = sentence_bounds(doc, colon)[0]
    start = next((i + 1 for i in range(colon - 1, first - 1, -1) if doc[i].text == ";"), first)
    while start < colon and (doc[start].is_space or doc[start].text in ("-", "–", "•", "*")):
        start += 1
    if start + 2 < colon and doc[start].text == "[" and doc[start + 2].text == "]":
        start += 3
    return start if 0 < colon - start <= _LONGEST_LABEL else None


def _end(doc: Doc, colon: int) -> int:
    """Where the words said end: with the sentence, or before a semicolon behind which a further label stands."""
    end = sentence_bounds(doc, colon)[1]
    for i in range(colon + 1, end):
        if doc[i].text == ";" and any(doc[j].text == ":" for j in range(i + 1, min(end, i + 1 + _LONGEST_LABEL))):
            return i
    return end


def _in_fields(doc: Doc, start: int) -> bool:
    text = columns(doc).text
    begin = text.rfind("\n", 0, doc[start].idx) + 1
    line = text[begin : (text.find("\n", begin) + 1 or len(text) + 1) - 1]
    return "|" in line and _FIELDS.search(line) is not None


def _speakers(doc: Doc, start: int, colon: int, room: Room) -> list[Phrase]:
    """The label's source; a newsroom and, behind a comma, its source."""
    colon = next((i for i in range(start + 1, colon) if doc[i].lower_ in _WHEN or doc[i].lower_ in DAYS), colon)
    first = next_phrase(doc, start, colon)
    if first is None or first.first > start + 1 or not _speaks(first, room):
        return []
    comma = first.last + 1
    if comma + 1 < colon and doc[comma].text == ",":
        second = next_phrase(doc, comma + 1, colon)
        if second is not None and room.newsroom(first) and _speaks(second, room) and second.last == colon - 1:
            return [first, second]
    return [first]


def _speaks(noun: Phrase, room: Room) -> bool:
    return room.newsroom(noun) or (room.plausible(noun) and noun.head.tag_ != "PRP")
