"""What the wires do and the training data seldom shows: headline colons, dashes before a name, "per", a relaying agency.

``mend`` repairs the fragments that the models found; ``complete`` adds attributions where none of theirs lies. The patterns
are cheap: each looks only at the marks and words that it turns on.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from sightline.extract.speech import according
from sightline.extract.speech.links import CONTENT, CUE, SOURCE, Linked, Piece
from sightline.extract.speech.wires import STOPS, Text, table
from sightline.extract.speech.words import CLOSING, OUTSIDE, Words

_DASHES = frozenset("—–―-") | {"--"}
_SMALL = frozenset({"of", "the", "and", "for", "in", "de", "al", "'s", "’s", "&", "-", "on", "a", "an"})
_LONGEST_NAME = 6
_HEADLINE = 25


def mend(words: Words, found: Sequence[Piece]) -> list[Piece]:
    """Fragments that stay within a paragraph, with the closing quotation mark that belongs to them, sources without relays."""
    text = Text(words)
    result: list[Piece] = []
    for piece in found:
        for part in _by_paragraph(words, piece):
            if part.role == CONTENT:
                part = _closed(words, part)
            elif part.role == SOURCE:
                part = according.without_relay(text, part)
            result.append(part)
    for at in range(len(result) - 1):
        if result[at].last > result[at + 1].first:
            result[at] = result[at]._replace(last=result[at + 1].first)
    return [piece for piece in result if piece.first < piece.last]


def _by_paragraph(words: Words, piece: Piece) -> Iterator[Piece]:
    inside = words.paragraph[piece.first : piece.last]
    if inside[0] == inside[-1]:
        yield piece
        return
    first = piece.first
    for cut in (np.flatnonzero(np.diff(inside)) + piece.first + 1).tolist():
        yield Piece(piece.role, first, cut)
        first = cut
    yield Piece(piece.role, first, piece.last)


def _closed(words: Words, piece: Piece) -> Piece:
    """With the closing mark of its last quotation, where that is the very next word."""
    last = piece.last
    if last < len(words) and words.quotation[last] >= 0 and words.quotation[last] == words.quotation[last - 1]:
        quote = words.quotes[int(words.quotation[last])]
        if quote.closed and words.ends[last] == quote.end:
            return piece._replace(last=last + 1)
    return piece


def certain(words: Words) -> list[Linked]:
    """Attributions whose form leaves no doubt: a quotation, a dash and a name that end the paragraph."""
    if not len(words):
        return []
    text = Text(words)
    return [
        item for item in _after_quotation(words, text) if text[item.cue.first] in _DASHES and _at_paragraph_end(words, item.source[0].last)
    ]


def _at_paragraph_end(words: Words, at: int) -> bool:
    """Whether the paragraph ends before the word ``at``, or after it where that is a stop."""
    if at < len(words) and words.paragraph[at] == words.paragraph[at - 1] and Text(words)[at] in STOPS:
        at += 1
    return at >= len(words) or bool(words.paragraph[at] != words.paragraph[at - 1])


def complete(words: Words, linked: Sequence[Linked]) -> list[Linked]:
    """The attributions without addressees, with "according to" made whole, with those of the patterns where nothing else lies."""
    if not len(words):
        return list(linked)
    text = Text(words)
    result = _whole_quotations(words, [_without_addressee(words, text, item) for item in linked])
    result = according.lost(words, text, according.aside(words, text, according.opening(words, text, result)))
    taken = np.zeros(len(words), dtype=np.bool_)
    for item in result:
        for piece in (*item.source, item.cue, *item.content):
            taken[piece.first : piece.last] = True
    for pattern in (_after_quotation, _colons, _through):
        for item in pattern(words, text):
            parts = (*item.source, item.cue, *item.content)
            if not any(taken[piece.first : piece.last].any() for piece in parts):
                result.append(item)
                for piece in parts:
                    taken[piece.first : piece.last] = True
    return result


def _whole_quotations(words: Words, linked: Sequence[Linked]) -> list[Linked]:
    """With the earlier sentences of a quotation whose end is content, where nobody else has them: "S. T," says X."""
    taken = np.zeros(len(words), dtype=np.bool_)
    for item in linked:
        for piece in (*item.source, item.cue, *item.content):
            taken[piece.first : piece.last] = True
    result = []
    for item in linked:
        content = []
        for piece in item.content:
            index = int(words.quotation[piece.last - 1])
            if index >= 0 and words.quoting[piece.last - 1] == CLOSING and words.quotation[piece.first] == index:
                first = int(np.searchsorted(words.starts, words.quotes[index].start))
                before = slice(first, piece.first)
                if first < piece.first and words.paragraph[first] == words.paragraph[piece.first] and not taken[before].any():
                    piece = piece._replace(first=first)
                    taken[before] = True
            content.append(piece)
        result.append(item._replace(content=tuple(content)))
    return result


def _without_addressee(words: Words, text: Text, item: Linked) -> Linked:
    """Without whom it was told, where that was taken for content: "..., an official assured the agencies"."""
    cue = item.cue
    if len(item.content) < 2 or text.low(cue.last - 1) not in table()["told_someone"]:
        return item
    rest = tuple(piece for piece in item.content if not _addressed(words, piece, cue))
    return item._replace(content=rest) if rest and any(words.quoting[piece.first] != OUTSIDE for piece in rest) else item


def _addressed(words: Words, piece: Piece, cue: Piece) -> bool:
    """A few unquoted words right after the cue."""
    return (
        piece.first == cue.last
        and piece.last - piece.first <= _LONGEST_NAME
        and bool((words.quoting[piece.first : piece.last] == OUTSIDE).all())
    )


def _after_quotation(words: Words, text: Text) -> Iterator[Linked]:
    """A quotation with a dash and a name after it, or glued to a verb and a name."""
    for index, quote in enumerate(words.quotes):
        if not quote.closed:
            continue
        last = int(np.searchsorted(words.starts, quote.end))
        first = int(np.searchsorted(words.starts, quote.start))
        if last + 1 >= len(words) or words.paragraph[last] != words.paragraph[first] or words.quotation[last - 1] != index:
            continue
        dash, verb = text[last] in _DASHES, text.low(last) in table()["told_after"]
        if not dash and not verb:
            continue
        end = _name(words, text, last + 1)
        ended = _at_paragraph_end(words, end) or (verb and text[end] in STOPS | {",", ";"})
        if end > last + 1 and (ended or text[end] in {",", "("}):
            yield Linked((Piece(SOURCE, last + 1, end),), Piece(CUE, last, last + 1), (Piece(CONTENT, first, last),), 1.0, True)


def _name(words: Words, text: Text, first: int) -> int:
    """Where the name that begins at ``first`` ends; ``first`` itself if there is none."""
    at = first
    while at < min(len(words), first + _LONGEST_NAME) and words.paragraph[at] == words.paragraph[first]:
        word = text[at]
        if not (word[:1].isupper() or (at > first and word.lower() in _SMALL) or (at == first and word.lower() == "the")):
            break
        at += 1
    while at > first and text[at - 1].lower() in _SMALL:
        at -= 1
    return at


def _colons(words: Words, text: Text) -> Iterator[Linked]:
    """ "Summit set for May: officials" and "Agency: summit set for May", in headlines and other lines of their own."""
    begins = np.flatnonzero(np.diff(words.paragraph, prepend=-1) != 0)
    for first, after in zip(begins.tolist(), [*begins[1:].tolist(), len(words)], strict=True):
        if not 5 <= after - first <= _HEADLINE:
            continue
        last = after - 1 if text[after - 1] in STOPS else after
        if first > 0 and last != after:
            continue
        marks = [at for at in range(first + 1, last - 1) if text[at] == ":"]
        if len(marks) != 1:
            continue
        colon = marks[0]
        cue = Piece(CUE, colon, colon + 1)
        if last - colon - 1 <= _LONGEST_NAME and colon - first >= 3 and _speaker(words, text, colon + 1, last):
            yield Linked((Piece(SOURCE, colon + 1, last),), cue, (Piece(CONTENT, first, colon),), 1.0, True)
        elif colon - first <= 4 and last - colon > 4 and _named(words, first, colon) and text.low(colon - 1) not in table()["no_source"]:
            yield Linked((Piece(SOURCE, first, colon),), cue, (Piece(CONTENT, colon + 1, last),), 1.0, True)


def _named(words: Words, first: int, last: int) -> bool:
    return bool((words.entity[first:last] > 0).all()) and first < last


def _speaker(words: Words, text: Text, first: int, last: int) -> bool:
    """Whether the words can be nothing but a source: a name, or a description whose head is in the table."""
    if text.low(first) in table()["no_source"] and last == first + 1 and text.low(first) not in {"source", "report"}:
        return False
    if text.low(last - 1) in table()["describes"]:
        return True
    return _name(words, text, first) == last and bool((words.entity[first:last] > 0).any())


def _through(words: Words, text: Text) -> Iterator[Linked]:
    """A sentence that ends in "per" or "via" and a name, set off by a comma or a bracket."""
    last_of = np.flatnonzero(np.diff(words.sentence, append=-1) != 0)
    first_of = np.concatenate(([0], last_of[:-1] + 1))
    for first, last in zip(first_of.tolist(), last_of.tolist(), strict=True):
        end = last if text[last] in STOPS | {")"} else last + 1
        for at in range(max(first + 3, end - _LONGEST_NAME - 1), end - 1):
            if (
                text[at] in table()["through"]
                and text[at - 1] in {",", "("}
                and _name(words, text, at + 1) == end
                and _any_name(words, at + 1, end)
            ):
                yield Linked((Piece(SOURCE, at + 1, end),), Piece(CUE, at, at + 1), (Piece(CONTENT, first, at - 1),), 1.0, True)
                break


def _any_name(words: Words, first: int, last: int) -> bool:
    return bool((words.entity[first:last] > 0).any())
