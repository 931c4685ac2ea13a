""" "According to": the models lose it where the tree is broken, so the words themselves decide what it covers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from sightline.extract.speech.features import among
from sightline.extract.speech.links import CONTENT, CUE, SOURCE, Linked, Piece
from sightline.extract.speech.wires import STOPS, Text, table
from sightline.extract.speech.words import Words

_SHORTEST = 3


def opening(words: Words, text: Text, linked: Sequence[Linked]) -> list[Linked]:
    """The attributions with those that open a sentence ("According to officials, the ferry left"); what crosses their comma goes."""
    found = list(_openings(words, text))
    if not found:
        return list(linked)
    holders: dict[int, set[int]] = {}
    for at, item in enumerate(linked):
        for piece in (*item.source, item.cue, *item.content):
            for word in range(piece.first, piece.last):
                holders.setdefault(word, set()).add(at)
    gone: set[int] = set()
    added: list[Linked] = []
    for source, cue in found:
        inside = {at for word in range(cue.first, source.last) for at in holders.get(word, ())}
        if any(_reads_on(linked[at], source, cue) for at in inside):
            continue
        content = _rest(words, text, source.last)
        for word in range(content.first, content.last):
            if holders.get(word, set()) - inside:
                content = content._replace(last=word)
                break
        if content.last - content.first >= _SHORTEST:
            gone |= inside
            added.append(Linked((source,), cue, (content,), 1.0, True))
    return [item for at, item in enumerate(linked) if at not in gone] + added


def lost(words: Words, text: Text, linked: Sequence[Linked]) -> list[Linked]:
    """The attributions with those of a set-off "according to" that the models passed over, where no named source claims its sentence."""
    known = {item.cue.first for item in linked}
    within = np.diff(words.sentence, prepend=-1) == 0
    result = list(linked)
    for at in np.flatnonzero(within & among(words.lower, ("according",))).tolist():
        if at in known or text.low(at + 1) != "to" or text.low(at - 1) != ",":
            continue
        same = words.sentence[at]
        first, end = at, at
        while first > 0 and words.sentence[first - 1] == same:
            first -= 1
        while end < len(words) and words.sentence[end] == same:
            end += 1
        last = at + 2
        while last < end and text[last] not in STOPS | {","}:
            last += 1
        source = without_relay(text, Piece(SOURCE, at + 2, last))
        halves = [Piece(CONTENT, first, at - 1), Piece(CONTENT, last + 1, end - (text[end - 1] in STOPS))]
        content = tuple(half for half in halves if half.last - half.first >= _SHORTEST)
        rivals = [item for item in result if any(p.first < end and first < p.last for p in (*item.source, item.cue, *item.content))]
        if (
            source.last > source.first
            and content
            and _head(text, source) not in table()["no_speaker"]
            and all(not item.source for item in rivals)
        ):
            result = [item for item in result if item not in rivals]
            result.append(Linked((source,), Piece(CUE, at, at + 2), content, 1.0, True))
    return result


def aside(words: Words, text: Text, linked: Sequence[Linked]) -> list[Linked]:
    """With both halves of a sentence that a set-off "according to" stands in ("The talks, according to officials, will go on")."""
    result = list(linked)
    for at, item in enumerate(linked):
        first = item.cue.first
        if text.low(first) != "according" or text.low(first - 1) != "," or len(item.source) != 1 or len(item.content) != 1:
            continue
        source, content = item.source[0], item.content[0]
        if source.first != item.cue.last or not source.last < content.first <= source.last + 2 or text.low(source.last) != ",":
            continue
        start = first - 1
        while start > 0 and words.sentence[start - 1] == words.sentence[first]:
            start -= 1
        before = Piece(CONTENT, start, first - 1)
        rivals = [
            other
            for other in linked
            if any(p.first < before.last and before.first < p.last for p in (*other.source, other.cue, *other.content))
        ]
        if before.last > before.first and all(not other.source for other in rivals):
            result[at] = item._replace(content=(before, content))
            result = [other for other in result if other not in rivals]
    return result


def _openings(words: Words, text: Text) -> Iterator[tuple[Piece, Piece]]:
    """Every "according to" that opens a sentence: its source, up to the comma, and its cue.

    With a capital it opens one wherever it stands: a headline or a line with the date before it may lack its stop.
    """
    opens = np.diff(words.sentence, prepend=-1) != 0
    for first in np.flatnonzero(among(words.lower, ("according",))).tolist():
        if text.low(first + 1) != "to" or not (opens[first] or text[first] == "According"):
            continue
        last = first + 2
        while last < len(words) and words.sentence[last] == words.sentence[first] and (text[last] != "," or _in_list(words, text, last)):
            last += 1
        source = without_relay(text, Piece(SOURCE, first + 2, last))
        within = last < len(words) and words.sentence[last] == words.sentence[first]
        if within and source.last > source.first and _head(text, source) not in table()["no_speaker"]:
            yield source, Piece(CUE, first, first + 2)


def _reads_on(item: Linked, source: Piece, cue: Piece) -> bool:
    """Whether an attribution already has this source and cue, and what follows them."""
    return item.cue.first == cue.first and source in item.source and any(piece.first >= source.last for piece in item.content)


def _head(text: Text, source: Piece) -> str:
    """The word that says what the source is: the one before "of", else the last."""
    for at in range(source.first + 1, source.last):
        if text.low(at) == "of":
            return text.low(at - 1)
    return text.low(source.last - 1)


def _in_list(words: Words, text: Text, comma: int) -> bool:
    """Whether the comma stands inside a list of names or before an apposition that another comma closes within a few words."""
    after = text.low(comma + 1)
    return after in {"a", "an", "who", "which"} and any(text[at] == "," for at in range(comma + 2, min(comma + 12, len(words))))


def _rest(words: Words, text: Text, start: int) -> Piece:
    """What follows in the sentence, without the comma before it and the stop after it."""
    same = words.sentence[start - 1]
    last = start
    while last < len(words) and words.sentence[last] == same:
        last += 1
    while start < last and text[start] != ",":
        start += 1
    while start < last and not text[start][:1].isalnum() and text[start] not in {"“", '"', "‘", "$", "#"}:
        start += 1
    while last > start and text[last - 1] in STOPS:
        last -= 1
    return Piece(CONTENT, start, last)


def without_relay(text: Text, piece: Piece) -> Piece:
    """The source alone: "officials reported to the agency" ends before the relay."""
    for at in range(piece.first + 1, piece.last - 1):
        two = f"{text.low(at)} {text.low(at + 1)}"
        if two in table()["passed_on"] or f"{two} {text.low(at + 2)}" in table()["passed_on"]:
            last = at
            while last - 1 > piece.first and text[last - 1] in {",", "-", "–", "—", "("}:
                last -= 1
            return piece._replace(last=last)
    return piece
