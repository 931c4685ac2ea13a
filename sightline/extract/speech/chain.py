"""Linear-chain inference over many short sequences at once: best path and marginal probabilities (Lafferty et al. 2001).

Sequences are padded and sorted by length, so each step of the recursions is one array operation over all sequences that are
still running.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sightline.extract.speech.words import Ints, Words

Floats = NDArray[np.float32]

LONGEST = 200
_BATCH = 256


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
class Batch:
    """Sequences padded to a common length, longest first: ``rows[t, b]`` is the word at step t of sequence b."""

    rows: Ints
    lengths: Ints

    def running(self) -> list[int]:
        """For each step how many sequences have a word there."""
        counts: list[int] = np.searchsorted(-self.lengths, -np.arange(len(self.rows)), side="left").tolist()
        return counts

    def orders(self) -> tuple[Ints, Ints]:
        """The words step by step without the padding: each sequence from its first word on, and each from its last word back."""
        steps = np.arange(len(self.rows))[:, None]
        there = steps < self.lengths
        mirrored = self.rows[np.maximum(self.lengths - 1 - steps, 0), np.arange(len(self.lengths))]
        return self.rows[there], mirrored[there]


def batches(bounds: Ints, most: int = _BATCH) -> Iterator[Batch]:
    """All sequences in batches of like length, of at most ``most`` each; padding repeats a sequence's last word."""
    lengths = np.diff(bounds)
    order = np.argsort(-lengths, kind="stable")
    order = order[lengths[order] > 0]
    for begin in range(0, len(order), most):
        chosen = order[begin : begin + most]
        steps = np.arange(int(lengths[chosen[0]]))[:, None]
        rows = bounds[chosen][None, :] + np.minimum(steps, lengths[chosen][None, :] - 1)
        yield Batch(rows, lengths[chosen])


def best_path(scores: Floats, transitions: Floats, starts: Floats, bounds: Ints) -> Ints:
    """The labels of highest total score (Viterbi 1967), one a word; ``scores`` is words by labels."""
    path = np.zeros(len(scores), dtype=np.int64)
    for batch in batches(bounds):
        steps, count = batch.rows.shape
        running = batch.running()
        emitted = scores[batch.rows]
        back = np.zeros((steps, count, scores.shape[1]), dtype=np.int8)
        best = emitted[0] + starts
        finals = best.copy()
        for step in range(1, steps):
            on = running[step]
            options = best[:on, :, None] + transitions
            back[step, :on] = options.argmax(axis=1)
            best = options.max(axis=1) + emitted[step, :on]
            finals[:on] = best
        label = finals.argmax(axis=1)
        for step in range(steps - 1, -1, -1):
            on = running[step]
            path[batch.rows[step, :on]] = label[:on]
            label[:on] = back[step, np.arange(on), label[:on]] if step else label[:on]
    return path


def marginals(scores: Floats, transitions: Floats, starts: Floats, bounds: Ints) -> Floats:
    """The probability of each label at each word (forward-backward), words by labels."""
    result = np.zeros_like(scores)
    moves = np.exp(transitions)
    for batch in batches(bounds):
        steps = len(batch.rows)
        running = batch.running()
        emitted = scores[batch.rows]
        emitted = np.exp(emitted - emitted.max(axis=2, keepdims=True))
        forward = np.zeros_like(emitted)
        forward[0] = emitted[0] * np.exp(starts)
        forward[0] /= forward[0].sum(axis=1, keepdims=True)
        for step in range(1, steps):
            on = running[step]
            value = (forward[step - 1, :on] @ moves) * emitted[step, :on]
            forward[step, :on] = value / value.sum(axis=1, keepdims=True)
        backward = np.ones_like(emitted)
        for step in range(steps - 2, -1, -1):
            on = running[step + 1]
            value = (backward[step + 1, :on] * emitted[step + 1, :on]) @ moves.T
            backward[step, :on] = value / value.sum(axis=1, keepdims=True)
        joint = forward * backward
        joint /= np.maximum(joint.sum(axis=2, keepdims=True), np.float32(1e-30))
        for step in range(steps):
            on = running[step]
            result[batch.rows[step, :on]] = joint[step, :on]
    return result
