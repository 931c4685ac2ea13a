"""The words of a document as arrays: their attributes, the tree above them, the quotations around them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from sightline.extract.columns import columns
from sightline.extract.speech.quotes import Quotation, quotations

if TYPE_CHECKING:
    from spacy.tokens import Doc

Ints = NDArray[np.int64]
Hashes = NDArray[np.uint64]
Flags = NDArray[np.bool_]

_COLUMNS = ("LOWER", "TAG", "POS", "DEP", "HEAD", "ENT_TYPE", "ENT_IOB", "SENT_START", "SHAPE", "SUFFIX", "LENGTH", "IDX", "IS_SPACE")
_BREAK = re.compile(r"[\n\r\x0b\x0c\x85\u2028\u2029]")
OUTSIDE, OPENING, INSIDE, CLOSING = range(4)


@dataclass(frozen=True)
class Words:
    """One entry a word (tokens of mere white space are left out); positions count words, not tokens."""

    text: str
    tokens: Ints
    """Token index."""
    starts: Ints
    ends: Ints
    """Characters covered."""
    lower: Hashes
    tag: Hashes
    pos: Hashes
    dep: Hashes
    shape: Hashes
    suffix: Hashes
    entity: Hashes
    entity_part: Ints
    """1 continues a name, 3 begins one, else outside (spaCy's ENT_IOB)."""
    head: Ints
    """Position of the head; a root is its own."""
    sentence: Ints
    paragraph: Ints
    quotation: Ints
    """Index of the quotation that covers the word, -1 outside."""
    quoting: Ints
    """OUTSIDE, OPENING (the mark), INSIDE, CLOSING (the mark)."""
    quotes: tuple[Quotation, ...]
    levels: tuple[Ints, ...]
    """Positions by depth in the tree, roots first."""

    def __len__(self) -> int:
        return len(self.tokens)


def read(doc: Doc) -> Words:
    """The words of ``doc``; works without a parse too (every word is then a root)."""
    text = columns(doc).text
    table: Hashes = np.zeros((0, len(_COLUMNS)), dtype=np.uint64)
    if len(doc):
        table = doc.to_array(list(_COLUMNS)).astype(np.uint64, copy=False)
    column = {name: table[:, at] for at, name in enumerate(_COLUMNS)}
    all_starts = column["IDX"].astype(np.int64)
    space = column["IS_SPACE"] != 0
    tokens = np.flatnonzero(~space).astype(np.int64)
    place = np.cumsum(~space) - 1
    head_tokens = np.arange(len(doc)) + column["HEAD"].astype(np.int64)
    head = place[head_tokens[tokens]] if len(tokens) else tokens
    head = np.where(space[head_tokens[tokens]], np.arange(len(tokens)), head) if len(tokens) else tokens
    sentence = np.cumsum(column["SENT_START"].astype(np.int64) == 1)[tokens] if len(tokens) else tokens
    starts = all_starts[tokens]
    ends = starts + column["LENGTH"].astype(np.int64)[tokens]
    paragraph = _paragraphs(text, starts)
    quotes = tuple(quotations(text))
    quotation, quoting = _quoting(quotes, starts, ends)
    return Words(
        text=text, tokens=tokens, starts=starts, ends=ends,
        lower=column["LOWER"][tokens], tag=column["TAG"][tokens], pos=column["POS"][tokens],
        dep=column["DEP"][tokens], shape=column["SHAPE"][tokens], suffix=column["SUFFIX"][tokens],
        entity=column["ENT_TYPE"][tokens], entity_part=column["ENT_IOB"].astype(np.int64)[tokens],
        head=head, sentence=sentence, paragraph=paragraph, quotation=quotation, quoting=quoting, quotes=quotes,
        levels=_levels(head),
    )  # fmt: skip


def _paragraphs(text: str, starts: Ints) -> Ints:
    breaks = np.array([match.start() for match in _BREAK.finditer(text)], dtype=np.int64)
    count = np.searchsorted(breaks, starts)
    changed = np.diff(count, prepend=count[:1]) > 0
    return np.cumsum(changed)


def _quoting(quotes: tuple[Quotation, ...], starts: Ints, ends: Ints) -> tuple[Ints, Ints]:
    which = np.full(len(starts), -1, dtype=np.int64)
    state = np.full(len(starts), OUTSIDE, dtype=np.int64)
    for index, quote in enumerate(quotes):
        first = int(np.searchsorted(ends, quote.start, side="right"))
        last = int(np.searchsorted(starts, quote.end, side="left"))
        if first >= last:
            continue
        which[first:last] = index
        state[first:last] = INSIDE
        if ends[first] - starts[first] <= 2:
            state[first] = OPENING
        if quote.closed and ends[last - 1] - starts[last - 1] <= 2 and last - 1 > first:
            state[last - 1] = CLOSING
    return which, state


def _levels(head: Ints) -> tuple[Ints, ...]:
    count = len(head)
    depth = np.full(count, -1, dtype=np.int64)
    level = np.flatnonzero(head == np.arange(count))
    depth[level] = 0
    order = np.argsort(head, kind="stable")
    first = np.searchsorted(head[order], np.arange(count))
    last = np.searchsorted(head[order], np.arange(count), side="right")
    levels = []
    while len(level):
        levels.append(level)
        sizes = last[level] - first[level]
        offsets = np.repeat(first[level] - np.concatenate(([0], np.cumsum(sizes)[:-1])), sizes) + np.arange(int(sizes.sum()))
        children = order[offsets]
        level = children[depth[children] < 0]
        depth[level] = len(levels)
    return tuple(levels)


def nearest(words: Words, chosen: Flags) -> Ints:
    """For each word the closest of itself and its ancestors that is ``chosen``, -1 where none is."""
    found = np.where(chosen, np.arange(len(words)), -1)
    for level in words.levels[1:]:
        found[level] = np.where(chosen[level], level, found[words.head[level]])
    return found


def branch(words: Words, stops: Flags) -> Ints:
    """For each word the child of its closest proper ancestor among ``stops`` through which it is reached; -1 where none is."""
    found = np.full(len(words), -1, dtype=np.int64)
    for level in words.levels[1:]:
        heads = words.head[level]
        found[level] = np.where(stops[heads], level, found[heads])
    return found


def edges(words: Words, counted: Flags) -> tuple[Ints, Ints]:
    """First and last position of each word's subtree, over the ``counted`` words (a word alone covers itself)."""
    count = len(words)
    places = np.arange(count)
    left = np.where(counted, places, count)
    right = np.where(counted, places, -1)
    for level in reversed(words.levels[1:]):
        np.minimum.at(left, words.head[level], left[level])
        np.maximum.at(right, words.head[level], right[level])
    return np.where(left == count, places, left), np.where(right < 0, places, right)
