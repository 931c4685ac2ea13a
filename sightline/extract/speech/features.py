"""What the sequence models are told of each word beyond the word itself; everything is computed on whole arrays.

The tree (the clause and the argument that a word stands in, whose they are, whether the word is their first or last), the closest
words that often introduce reported words, and quotations. Values are combined by hashing.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray
from spacy.strings import StringStore

from sightline.extract.speech.words import CLOSING, OPENING, OUTSIDE, Flags, Hashes, Ints, Words, branch, edges, nearest

#: Scores of the cue table are 0 (never seen) to 7; words from here on count as candidates for a cue.
CANDIDATE = 3
STRONG = 5

_CLAUSES = ("ccomp", "xcomp", "parataxis", "advcl", "acl", "acl:relcl", "csubj", "conj", "csubj:pass")
_ARGUMENTS = (
    "nsubj", "nsubj:pass", "obj", "iobj", "obl", "obl:agent", "obl:npmod", "obl:tmod", "obl:unmarked", "nmod", "ccomp", "xcomp", "advcl", "acl",
    "acl:relcl", "parataxis", "csubj", "conj", "appos", "advmod", "nmod:poss", "dislocated", "vocative", "discourse", "list", "dep",
)  # fmt: skip
_MARKS = ("mark", "case")
_CHILDREN = (
    ("nsubj",), ("nsubj:pass",), ("ccomp", "csubj"), ("xcomp",), ("obj", "iobj"), ("obl", "obl:agent", "nmod"), ("mark", "case"),
    ("aux", "aux:pass", "cop"), ("parataxis",), ("acl", "acl:relcl", "advcl"),
)  # fmt: skip
Kind = TypeVar("Kind", bound=np.generic)

_NONE = np.uint64(0x51ED270B0A1F4C6D)
_GOLDEN = np.uint64(0x9E3779B97F4A7C15)
_MIX = np.uint64(0xBF58476D1CE4E5B9)
_PUNCTUATION = (*",.;:!?\"“”‘’'—–-()[]", "--", "''", "``", "...", "…")


@cache
def hashes(names: tuple[str, ...]) -> Hashes:
    """spaCy's numbers for ``names``, sorted: its own symbols have small ones, other strings their hash."""
    store = StringStore(names)
    return np.array(sorted(store[name] for name in names), dtype=np.uint64)


def among(values: Hashes, names: tuple[str, ...]) -> Flags:
    """Which of ``values`` is the hash of one of ``names``."""
    wanted = hashes(names)
    at = np.minimum(np.searchsorted(wanted, values), len(wanted) - 1)
    found: Flags = wanted[at] == values
    return found


@cache
def _dependencies() -> tuple[Hashes, Flags, Flags, Flags, Ints]:
    """The relations of the tree that matter here, sorted; which make a clause, an argument, a mark; the bits of ``Frame.has``. Others come last."""
    known = hashes(tuple({*_CLAUSES, *_ARGUMENTS, *_MARKS, *(name for group in _CHILDREN for name in group)}))
    bits = sum(among(known, group).astype(np.int64) << at for at, group in enumerate(_CHILDREN))
    flags = [np.append(among(known, names), values=False) for names in (_CLAUSES, _ARGUMENTS, _MARKS)]
    return known, flags[0], flags[1], flags[2], np.append(bits, 0)


def mix(one: NDArray[np.generic], two: NDArray[np.generic] | int) -> Hashes:
    """One hash of two."""
    left = one.astype(np.uint64)
    right = np.uint64(two) if isinstance(two, int) else two.astype(np.uint64)
    with np.errstate(over="ignore"):
        value = (left ^ (left >> np.uint64(29))) * _GOLDEN + right
        return (value ^ (value >> np.uint64(32))) * _MIX


def shift(values: NDArray[Kind], by: int, fill: object = _NONE) -> NDArray[Kind]:
    """The value ``by`` words further on (before, if negative)."""
    moved = np.full_like(values, fill)
    if by == 0:
        return values.copy()
    if by > 0:
        moved[:-by] = values[by:]
    else:
        moved[-by:] = values[:by]
    return moved


def bucket(distance: Ints) -> Ints:
    """Distances in words, coarser as they grow: 0 to 7."""
    return np.searchsorted(np.array([1, 2, 3, 5, 9, 17, 33]), np.abs(distance), side="right").astype(np.int64)


def pick(values: Hashes, where: Ints) -> Hashes:
    """``values`` at ``where``, a fixed other value where that is -1."""
    if not len(values):
        return values
    return np.where(where >= 0, values[where], _NONE)


@dataclass(frozen=True)
class Frame:
    """What is known of each word beyond its attributes: the rest of the network's inputs."""

    score: Ints
    governor: Ints
    """Closest ancestor (or the word itself) that may be a cue, -1 where none is."""
    limb: Ints
    """The child of the closest proper ancestor of that kind through which the word hangs."""
    clause: Ints
    argument: Ints
    """Roots of the closest clause and argument around the word, -1 at the top."""
    limb_edge: Ints
    clause_edge: Ints
    argument_edge: Ints
    """0 within, 1 first, 2 last, 3 both, 4 where there is none."""
    mark: Hashes
    """A conjunction or preposition that hangs on the word."""
    before: Ints
    after: Ints
    """Closest candidates on either side within the sentence, -1 where none is."""
    strong_before: Ints
    strong_after: Ints
    has: Ints
    """Bits: children that are a subject, clausal complement, object, oblique, mark, auxiliary, parataxis, negation."""
    punctuation: Flags
    sentence_first: Flags
    sentence_last: Flags
    quote_first: Flags
    quote_last: Flags
    quote_size: Ints
    sentence_state: Ints
    """Bits: holds a quotation, holds a strong candidate outside quotations, begins within one, ends within one."""
    sentence_rank: Ints
    """Which sentence of the paragraph, 3 at most."""
    previous_state: Ints
    """``sentence_state`` of the sentence before, 16 at the start of the text."""
    previous_root: Ints
    """Strongest candidate of the sentence before, -1 where there is none."""


def frame(words: Words, score: Ints) -> Frame:
    """Everything that the features need to know, from the words and their cue scores."""
    count = len(words)
    places = np.arange(count)
    candidate = score >= CANDIDATE
    punctuation = among(words.lower, _PUNCTUATION) | among(words.pos, ("PUNCT",))
    left, right = edges(words, ~punctuation)
    governor = nearest(words, candidate)
    limb = branch(words, candidate)
    known, clauses, arguments, marks, bits = _dependencies()
    relation = np.minimum(np.searchsorted(known, words.dep), len(known) - 1)
    relation = np.where(known[relation] == words.dep, relation, len(known))
    clause = nearest(words, clauses[relation])
    argument = nearest(words, arguments[relation])
    new = np.diff(words.sentence, prepend=-1) != 0
    quoted = words.quotation >= 0
    inner = words.quotation
    new_quote = (np.diff(inner, prepend=-1) != 0) & quoted
    end_quote = (np.diff(inner, append=-1) != 0) & quoted
    sizes = np.bincount(inner[quoted], minlength=max(len(words.quotes), 1)) if count else np.zeros(1, dtype=np.int64)
    state, sentence_index, first, last = _sentences(words, new, score, quoted)
    rank = _rank(words, new)
    previous_state = np.concatenate(([16], state[:-1])) if len(state) else state
    previous_root = np.concatenate(([-1], _strongest(score, first, last)[:-1])) if len(state) else state
    return Frame(
        score=score, governor=governor, limb=limb, clause=clause, argument=argument,
        limb_edge=_edge(limb, left, right, places), clause_edge=_edge(clause, left, right, places),
        argument_edge=_edge(argument, left, right, places), mark=_marks(words, np.flatnonzero(marks[relation])),
        before=_towards(places, candidate, words.sentence, back=True), after=_towards(places, candidate, words.sentence, back=False),
        strong_before=_towards(places, score >= STRONG, words.sentence, back=True),
        strong_after=_towards(places, score >= STRONG, words.sentence, back=False),
        has=_children(words, bits[relation]), punctuation=punctuation, sentence_first=new,
        sentence_last=np.diff(words.sentence, append=-1) != 0, quote_first=new_quote, quote_last=end_quote,
        quote_size=np.where(quoted, bucket(sizes[inner]), 0) if count else places,
        sentence_state=state[sentence_index] if count else places, sentence_rank=rank,
        previous_state=previous_state[sentence_index] if count else places,
        previous_root=previous_root[sentence_index] if count else places,
    )  # fmt: skip


def _edge(root: Ints, left: Ints, right: Ints, places: Ints) -> Ints:
    if not len(root):
        return root
    return np.where(root < 0, 4, (left[root] == places) + 2 * (right[root] == places))


def _marks(words: Words, marking: Ints) -> Hashes:
    found = np.full(len(words), _NONE, dtype=np.uint64)
    found[words.head[marking]] = words.lower[marking]
    return found


def _children(words: Words, bits: Ints) -> Ints:
    found = np.zeros(len(words), dtype=np.int64)
    np.bitwise_or.at(found, words.head, bits)
    return found


def _towards(places: Ints, chosen: Flags, sentence: Ints, *, back: bool) -> Ints:
    """The closest ``chosen`` word strictly before (or after) each word within its sentence, -1 where there is none."""
    count = len(places)
    if not count:
        return places
    if back:
        seen = np.concatenate(([-1], np.maximum.accumulate(np.where(chosen, places, -1))[:-1]))
        good = seen >= 0
    else:
        seen = np.concatenate((np.minimum.accumulate(np.where(chosen, places, count)[::-1])[::-1][1:], [count]))
        good = seen < count
    seen = np.where(good, seen, 0)
    return np.where(good & (sentence[seen] == sentence), seen, -1)


def _sentences(words: Words, new: Flags, score: Ints, quoted: Flags) -> tuple[Ints, Ints, Ints, Ints]:
    count = len(words)
    if not count:
        empty = np.zeros(0, dtype=np.int64)
        return empty, empty, empty, empty
    first = np.flatnonzero(new)
    last = np.concatenate((first[1:], [count])) - 1
    index = np.cumsum(new) - 1
    any_quote = np.add.reduceat(quoted.astype(np.int64), first) > 0
    speaking = np.add.reduceat(((score >= STRONG) & ~quoted).astype(np.int64), first) > 0
    inside = words.quoting != OUTSIDE
    begins = inside[first] & (words.quoting[first] != OPENING)
    ends = inside[last] & (words.quoting[last] != CLOSING)
    return any_quote + 2 * speaking + 4 * begins + 8 * ends, index, first, last


def _strongest(score: Ints, first: Ints, last: Ints) -> Ints:
    peak = np.maximum.reduceat(score, first)
    best = np.full(len(first), -1, dtype=np.int64)
    where = np.flatnonzero(score >= STRONG)
    owner = np.searchsorted(first, where, side="right") - 1
    top = where[score[where] == peak[owner]]
    best[(np.searchsorted(first, top, side="right") - 1)[::-1]] = top[::-1]
    return best


def _rank(words: Words, new: Flags) -> Ints:
    count = np.cumsum(new)
    start = np.diff(words.paragraph, prepend=-1) != 0
    base = np.maximum.accumulate(np.where(start, count, 0))
    rank: Ints = np.minimum(count - base, 3)
    return rank
