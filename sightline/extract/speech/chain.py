"""Linear-chain inference over many short sequences at once: best path and marginal probabilities (Lafferty et al. 2001).

Sequences go side by side, longest first, so each step of a recursion is one array operation over those that still run; what
looks back and what looks ahead go together, one on the words as they come, one on each sequence's words from its last.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from sightline.extract.speech.words import Ints, Words

Floats = NDArray[np.float32]

LONGEST = 200
#: Most sequences side by side: enough to make a step's cost its arithmetic, few enough to stay in the processor's cache.
_BATCH = 64
#: Steps between two scalings of the probabilities, which shrink as they go.
_SCALED = 8


def chunks(words: Words) -> Ints:
    """Where each sequence starts, with the end of the last.

    A sequence is a paragraph; one of over ``LONGEST`` words is cut where a sentence ends (or by force).
    """
    count = len(words)
    if not count:
        return np.zeros(1, dtype=np.int64)
    new = np.diff(words.paragraph, prepend=-1) != 0
    paragraphs = np.flatnonzero(new)
    sentences = np.flatnonzero((np.diff(words.sentence, prepend=-1) != 0) | new)
    bounds: list[int] = []
    for start, end in zip(paragraphs.tolist(), [*paragraphs[1:].tolist(), count], strict=True):
        bounds.append(start)
        while end - bounds[-1] > LONGEST:
            last = int(sentences[np.searchsorted(sentences, bounds[-1] + LONGEST, side="right") - 1])
            bounds.append(last if last > bounds[-1] else bounds[-1] + LONGEST)
    return np.array([*bounds, count], dtype=np.int64)


@dataclass(frozen=True)
class Steps:
    """Sequences side by side: the first word of each, then the second of each that has one, and so on, without padding."""

    forth: Ints
    """The word at each place where sequences are read from their first word."""
    back: Ints
    """The word there where they are read from their last."""
    edges: list[int]
    """The first place of each step, and the end of the last."""

    def moves(self) -> Iterator[tuple[slice, slice]]:
        """For each step but the first the places before it that go on, and its own."""
        for last, (first, end) in zip(self.edges, pairwise(self.edges[1:]), strict=False):
            yield slice(last, last + end - first), slice(first, end)


def side_by_side(bounds: Ints, most: int = _BATCH) -> list[Steps]:
    """All sequences, at most ``most`` of like length at a time."""
    lengths = np.diff(bounds)
    order = np.argsort(-lengths, kind="stable")
    order = order[lengths[order] > 0]
    made = []
    for begin in range(0, len(order), most):
        chosen = order[begin : begin + most]
        size = lengths[chosen]
        step = np.arange(int(size[0]))[:, None]
        there = step < size
        forth, back = (bounds[chosen] + step)[there], (bounds[chosen] + size - 1 - step)[there]
        made.append(Steps(forth, back, [0, *np.cumsum(there.sum(axis=1)).tolist()]))
    return made


def best_path(scores: Floats, transitions: Floats, starts: Floats, sequences: Sequence[Steps]) -> Ints:
    """The labels of highest total score (Viterbi 1967), one a word; ``scores`` is words by labels."""
    path = np.zeros(len(scores), dtype=np.int64)
    moved = transitions[:, :, None]
    for one in sequences:
        best = scores[one.forth].T.copy()
        best[:, : one.edges[1]] += starts[:, None]
        came = np.zeros(best.shape, dtype=np.int8)
        for last, here in one.moves():
            options = best[:, None, last] + moved
            best[:, here] += options.max(axis=0)
            came[:, here] = options.argmax(axis=0)
        labels = best.argmax(axis=0)
        for last, here in reversed(list(one.moves())):
            labels[last] = came[labels[here], np.arange(here.start, here.stop)]
        path[one.forth] = labels
    return path


def marginals(scores: Floats, transitions: Floats, starts: Floats, sequences: Sequence[Steps]) -> Floats:
    """The probability of each label at each word (forward-backward), words by labels."""
    count = scores.shape[1]
    emitted = np.exp((scores - scores.max(axis=1, keepdims=True)).astype(np.float64))
    moves = np.zeros((2 * count, 2 * count))
    moves[:count, :count] = np.exp(transitions)
    moves[count:, count:] = moves[:count, :count].T
    forward, backward = np.empty_like(emitted), np.empty_like(emitted)
    for one in sequences:
        states = np.concatenate((emitted[one.forth], emitted[one.back]), axis=1)
        states[: one.edges[1], :count] *= np.exp(starts)
        for step, (last, here) in enumerate(one.moves()):
            states[here] *= states[last] @ moves
            if step % _SCALED == 0:
                halves = states[here].reshape(-1, 2, count)
                halves /= halves.sum(axis=2, keepdims=True)
        forward[one.forth], backward[one.back] = states[:, :count], states[:, count:]
    joint = forward * backward / np.maximum(emitted, 1e-300)
    joint /= joint.sum(axis=1, keepdims=True)
    found: Floats = joint.astype(np.float32)
    return found
