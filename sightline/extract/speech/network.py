"""The recurrent model's forward pass in numpy: embedded features, a bidirectional LSTM, label scores.

Each categorical input is hashed into a table of rows as wide as the first layer, and the rows are summed; static word vectors of
the word, of the likely cue above it and of its head are projected onto the same width. A bidirectional LSTM (Hochreiter and
Schmidhuber 1997; Graves 2005) reads the sequence; a linear layer gives the scores that the chain decodes.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from sightline.extract.speech.chain import Floats, batches
from sightline.extract.speech.features import Frame, bucket, mix, pick, shift
from sightline.extract.speech.words import Hashes, Ints, Words

if TYPE_CHECKING:
    from sightline.extract.speech.vectors import Vectors

#: Rows of each categorical input's table, in the order of ``categories``.
SIZES = (4096, 4096, 1024, 256, 128, 256, 256, 256, 512, 256, 256, 512, 256, 256, 512, 512, 256, 256, 256, 256, 256, 512, 256)


def categories(words: Words, seen: Frame) -> Ints:
    """Rows of the one long table for each word: words by inputs. The word itself is hashed twice, so that few words share both rows."""
    dep, head, score, low = words.dep, words.head, seen.score, words.lower
    places = np.arange(len(words))
    side = (head > places).astype(np.int64)
    limb_head = np.where(seen.limb >= 0, head[seen.limb], -1) if len(words) else places
    argument_head = np.where(seen.argument >= 0, head[seen.argument], -1) if len(words) else places
    clause_head = np.where(seen.clause >= 0, head[seen.clause], -1) if len(words) else places
    graded = score.astype(np.uint64)
    near: list[NDArray[np.generic]] = []
    for place in (seen.before, seen.after, seen.strong_before, seen.strong_after):
        near.append(np.where(place >= 0, bucket(places - place), 8))
    columns: list[Hashes | Ints] = [
        low, low, words.suffix, words.tag, words.shape, mix(dep, side), mix(words.entity, words.entity_part),
        mix(pick(dep, seen.limb), limb_head > places), mix(mix(pick(dep, seen.limb), seen.limb_edge), pick(graded, limb_head)),
        mix(pick(dep, seen.argument), seen.argument_edge), mix(pick(dep, seen.clause), seen.clause_edge),
        mix(seen.mark, dep), mix(pick(seen.mark, seen.argument), pick(dep, seen.argument)), mix(pick(graded, argument_head), pick(graded, clause_head)),
        mix(seen.has, score), pick(low, limb_head), mix(words.quoting, mix(shift(words.quoting, -1, 0), shift(words.quoting, 1, 0))),
        mix(seen.sentence_state, mix(words.quoting, seen.sentence_rank)),
        mix(seen.previous_state, mix(seen.sentence_first, np.diff(words.paragraph, prepend=-1) != 0)),
        mix(near[0], near[1]), mix(near[2], near[3]), mix(pick(low, seen.previous_root), 1),
        mix(seen.quote_first.astype(np.int64) + 2 * seen.quote_last, mix(seen.quote_size, seen.sentence_last)),
    ]  # fmt: skip
    rows = np.zeros((len(words), len(columns)), dtype=np.int64)
    base = 0
    for at, (column, size) in enumerate(zip(columns, SIZES, strict=True)):
        rows[:, at] = base + ((mix(column, at + 501) >> np.uint64(33)) % np.uint64(size)).astype(np.int64)
        base += size
    return rows


def vector_rows(words: Words, seen: Frame, vectors: Vectors) -> Ints:
    """Rows of the static vectors of the word, its governor (likely cue) and its head; the last row is the unknown word's."""
    own = vectors.rows(words.lower)
    governor = np.where(seen.governor >= 0, own[seen.governor], vectors.unknown) if len(words) else own
    return np.stack([own, governor, own[words.head] if len(words) else own], axis=1)


@dataclass(frozen=True)
class Network:
    """Trained parameters, by name (see ``training/speech/network.py``)."""

    table: Floats
    project: Floats
    bias: Floats
    layers: tuple[tuple[Floats, Floats, Floats], ...]
    """For each layer input weights, recurrent weights and biases, forward and backward stacked."""
    out: Floats
    out_bias: Floats
    transitions: Floats
    starts: Floats

    def scores(self, words: Words, seen: Frame, vectors: Vectors, bounds: Ints) -> Floats:
        """Label scores, words by labels."""
        if not len(words):
            return np.zeros((0, len(self.out_bias)), dtype=np.float32)
        rows = categories(words, seen)
        x: Floats = self.bias + self.table[rows[:, 0]]
        for at in range(1, rows.shape[1]):
            x += self.table[rows[:, at]]
        static = vectors.data[vector_rows(words, seen, vectors)].reshape(len(words), -1)
        x = np.maximum(x + static @ self.project, np.float32(0))
        for into, recurrent, bias in self.layers:
            x = _bidirectional(x, into, recurrent, bias, bounds)
        result: Floats = x @ self.out + self.out_bias
        return result


def _bidirectional(x: Floats, into: Floats, recurrent: Floats, bias: Floats, bounds: Ints) -> Floats:
    width = recurrent.shape[1]
    result = np.empty((len(x), 2 * width), dtype=np.float32)
    ahead, behind = x @ into[0] + bias[0], x @ into[1] + bias[1]
    for batch in batches(bounds):
        steps, count = batch.rows.shape
        lengths = batch.lengths
        hidden = np.zeros((2, count, width), dtype=np.float32)
        cell = np.zeros((2, count, width), dtype=np.float32)
        for step in range(steps):
            on = batch.running(step)
            rows = batch.rows[step, :on]
            mirrored = batch.rows[lengths[:on] - 1 - step, np.arange(on)]
            gates = np.matmul(hidden[:, :on], recurrent)
            gates[0] += ahead[rows]
            gates[1] += behind[mirrored]
            squashed = _sigmoid(gates[:, :, : 3 * width])
            cell[:, :on] = squashed[:, :, width : 2 * width] * cell[:, :on] + squashed[:, :, :width] * np.tanh(gates[:, :, 3 * width :])
            hidden[:, :on] = squashed[:, :, 2 * width :] * np.tanh(cell[:, :on])
            result[rows, :width] = hidden[0, :on]
            result[mirrored, width:] = hidden[1, :on]
    return result


def _sigmoid(x: Floats) -> Floats:
    value: Floats = np.tanh(x * np.float32(0.5)) * np.float32(0.5) + np.float32(0.5)
    return value


def unpack(stored: Mapping[str, NDArray[np.generic]]) -> Network:
    """The network from its stored arrays (eight-bit tables with a scale, half-precision matrices)."""
    count = int(stored["layers"])
    names = [(f"into{at}", f"recurrent{at}", f"gates{at}") for at in range(count)]
    wide = {name: stored[name].astype(np.float32) for name in ("project", "bias", "out", "out_bias", "transitions", "starts")}
    return Network(
        table=stored["table"].astype(np.float32) * stored["table_scale"].astype(np.float32),
        layers=tuple((stored[a].astype(np.float32), stored[b].astype(np.float32), stored[c].astype(np.float32)) for a, b, c in names),
        **wide,
    )
