"""The network's forward pass in numpy: embedded features, words on either side, label scores.

Each categorical input is hashed into a table of rows as wide as the network, and the rows are summed; static word vectors of the
word, of the likely cue above it and of its head are projected onto the same width. Convolutions look at the words next to each;
recurrences whose gates depend on the word alone (Lei et al. 2018; Bradbury et al. 2017) carry what is further off, so that all
their matrix products are made at once and a step is two small operations. A linear layer gives the scores that the chain decodes.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from numpy.typing import NDArray

from sightline.extract.speech.chain import Floats, Steps
from sightline.extract.speech.features import Frame, bucket, mix, pick, shift
from sightline.extract.speech.words import Hashes, Ints, Words

if TYPE_CHECKING:
    from sightline.extract.speech.vectors import Vectors

#: Rows of each categorical input's table, powers of two, in the order of ``categories``.
SIZES = (4096, 4096, 1024, 256, 128, 256, 256, 256, 512, 256, 256, 512, 256, 256, 512, 512, 256, 256, 256, 256, 256, 512, 256)
_MASKS = np.array(SIZES, dtype=np.uint64)[:, None] - np.uint64(1)
_FIRST = np.cumsum((0, *SIZES[:-1]))[:, None]


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
    inputs = mix(np.stack([column.astype(np.uint64, copy=False) for column in columns]), np.arange(501, 501 + len(SIZES))[:, None])
    rows: Ints = ((inputs >> np.uint64(33)) & _MASKS).astype(np.int64) + _FIRST
    return rows.T


def vector_rows(words: Words, seen: Frame, vectors: Vectors) -> Ints:
    """Rows of the static vectors of the word, its governor (likely cue) and its head; the last row is the unknown word's."""
    own = vectors.rows(words.lower)
    governor = np.where(seen.governor >= 0, own[seen.governor], vectors.unknown) if len(words) else own
    return np.stack([own, governor, own[words.head] if len(words) else own], axis=1)


class Convolution(NamedTuple):
    """A word's neighbourhood of three, weighed together: rows for the word before, the word and the word after."""

    weigh: Floats
    weigh_bias: Floats

    def add(self, x: Floats, bounds: Ints, sequences: Sequence[Steps]) -> None:
        """To ``x`` what its neighbourhood says; beyond a sequence's ends are zeros."""
        count, width = x.shape
        near = np.empty((count, 3 * width), dtype=np.float32)
        near[1:, :width] = x[:-1]
        near[bounds[:-1], :width] = 0
        near[:, width : 2 * width] = x
        near[:-1, 2 * width :] = x[1:]
        near[bounds[1:] - 1, 2 * width :] = 0
        _rectified(near, self.weigh, self.weigh_bias, x)


class Recurrence(NamedTuple):
    """A running mean each way: at each word a share is kept of what came before, and the rest is new."""

    kept: Floats
    """Halved, for sigmoid(x) = (tanh(x / 2) + 1) / 2; the ways side by side, as in the others."""
    kept_bias: Floats
    new: Floats
    new_bias: Floats
    weigh: Floats
    weigh_bias: Floats

    def add(self, x: Floats, bounds: Ints, sequences: Sequence[Steps]) -> None:
        """To ``x`` what the words before and after it say."""
        count, width = len(x), len(self.kept_bias) // 2
        kept = x @ self.kept
        kept += self.kept_bias
        np.tanh(kept, out=kept)
        kept += 1
        kept *= np.float32(0.5)
        new = x @ self.new
        new += self.new_bias
        new -= kept * new
        kept, new = kept.reshape(2 * count, width), new.reshape(2 * count, width)
        for one in sequences:
            rows = np.stack((2 * one.forth, 2 * one.back + 1), axis=1).ravel()
            share, states = (values.take(rows, axis=0).reshape(-1, 2 * width) for values in (kept, new))
            last = states[: one.edges[1]]
            for first, end in pairwise(one.edges[1:]):
                here, part = states[first:end], share[first:end]
                np.multiply(part, last[: end - first], out=part)
                np.add(here, part, out=here)
                last = here
            new[rows] = states.reshape(-1, width)
        _rectified(new.reshape(count, -1), self.weigh, self.weigh_bias, x)


def _rectified(given: Floats, weights: Floats, bias: Floats, x: Floats) -> None:
    """Add to ``x`` what the weights make of ``given``, where that is above zero."""
    made = given @ weights
    made += bias
    np.maximum(made, np.float32(0), out=made)
    x += made


@dataclass(frozen=True)
class Network:
    """The stored weights (see ``training/speech/network.py``)."""

    table: NDArray[np.int16]
    """The embedding tables of all inputs, one under the other, in such a unit that no sum of one row each overflows."""
    unit: Floats
    project: Floats
    project_bias: Floats
    layers: tuple[Convolution | Recurrence, ...]
    out: Floats
    out_bias: Floats

    def scores(self, words: Words, seen: Frame, vectors: Vectors, bounds: Ints, sequences: Sequence[Steps]) -> Floats:
        """Label scores, words by labels."""
        rows = categories(words, seen)
        whole = np.zeros((len(words), self.table.shape[1]), dtype=np.int16)
        for column in rows.T:
            whole += self.table.take(column, axis=0)
        x: Floats = vectors.data[vector_rows(words, seen, vectors)].reshape(len(words), -1) @ self.project
        x += self.project_bias
        x += whole * self.unit
        np.maximum(x, np.float32(0), out=x)
        for layer in self.layers:
            layer.add(x, bounds, sequences)
        scores: Floats = x @ self.out + self.out_bias
        return scores


def unpack(stored: Mapping[str, NDArray[np.generic]]) -> Network:
    """The network from its stored arrays (an eight-bit table with a scale, half-precision matrices)."""
    names = ("table", "project", "layer", "out")
    whole = {name: values.astype(np.float32) for name, values in stored.items() if name.startswith(names)}
    layers: list[Convolution | Recurrence] = []
    while f"layer{len(layers)}_weigh" in whole:
        own = {name.partition("_")[2]: values for name, values in whole.items() if name.startswith(f"layer{len(layers)}_")}
        if "kept" in own:
            own |= {name: own[name] * np.float32(0.5) for name in ("kept", "kept_bias")}
            layers.append(Recurrence(**own))
        else:
            layers.append(Convolution(**own))
    table = whole["table"] * whole["table_scale"]
    unit = (np.maximum.reduceat(np.abs(table), _FIRST[:, 0]).sum(axis=0) + np.float32(1e-12)) / np.float32(32767 - len(SIZES))
    return Network(
        table=np.rint(table / unit).astype(np.int16), unit=unit, project=whole["project"], project_bias=whole["project_bias"], layers=tuple(layers),
        out=whole["out"], out_bias=whole["out_bias"],
    )  # fmt: skip
