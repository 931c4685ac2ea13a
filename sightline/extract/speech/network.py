"""The recurrent model's forward pass in numpy: embedded features, a bidirectional LSTM, label scores.

Each categorical input is hashed into a table of rows as wide as the first layer, and the rows are summed; static word vectors of
the word, of the likely cue above it and of its head are projected onto the same width. A bidirectional LSTM (Hochreiter and
Schmidhuber 1997; Graves 2005) reads the sequence; a linear layer gives the scores that the chain decodes.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from numpy.typing import NDArray

from sightline.extract.speech.chain import Floats, batches
from sightline.extract.speech.features import Frame, bucket, mix, pick, shift
from sightline.extract.speech.words import Hashes, Ints, Words

if TYPE_CHECKING:
    from sightline.extract.speech.vectors import Vectors

#: Rows of each categorical input's table, in the order of ``categories``.
SIZES = (4096, 4096, 1024, 256, 128, 256, 256, 256, 512, 256, 256, 512, 256, 256, 512, 512, 256, 256, 256, 256, 256, 512, 256)

#: Most sequences that a step goes through at once: enough to fill the matrix products, few enough to stay in the processor's cache.
_SEQUENCES = 64


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


class Layer(NamedTuple):
    """A bidirectional layer, its two ways stacked; what goes through a sigmoid is halved, for sigmoid(x) = (tanh(x / 2) + 1) / 2."""

    into: Floats
    recurrent: Floats
    bias: Floats


@dataclass(frozen=True)
class Network:
    """What each network has for itself behind the embedding (see ``training/speech/network.py``)."""

    layers: tuple[Layer, ...]
    out: Floats
    out_bias: Floats


@dataclass(frozen=True)
class Ensemble:
    """Networks of one width that read the same words side by side: a step of all costs little more than a step of one."""

    table: Floats
    """The embedding tables of all, side by side; so are the next two."""
    project: Floats
    bias: Floats
    networks: tuple[Network, ...]
    recurrent: tuple[Floats, ...]
    """For each layer the recurrent weights of the networks that are so deep, stacked."""

    def scores(self, words: Words, seen: Frame, vectors: Vectors, bounds: Ints) -> list[Floats]:
        """Each network's label scores, words by labels."""
        if not len(words):
            return [np.zeros((0, len(one.out_bias)), dtype=np.float32) for one in self.networks]
        rows = categories(words, seen)
        x: Floats = self.bias + self.table[rows[:, 0]]
        for at in range(1, rows.shape[1]):
            x += self.table[rows[:, at]]
        x += vectors.data[vector_rows(words, seen, vectors)].reshape(len(words), -1) @ self.project
        np.maximum(x, np.float32(0), out=x)
        inputs = np.split(x, len(self.networks), axis=1)
        for depth, recurrent in enumerate(self.recurrent):
            deep = [at for at, one in enumerate(self.networks) if len(one.layers) > depth]
            found = _bidirectional([inputs[at] for at in deep], [self.networks[at].layers[depth] for at in deep], recurrent, bounds)
            for at, result in zip(deep, found, strict=True):
                inputs[at] = result
        return [given @ one.out + one.out_bias for given, one in zip(inputs, self.networks, strict=True)]


def _bidirectional(inputs: Sequence[Floats], layers: Sequence[Layer], recurrent: Floats, bounds: Ints) -> list[Floats]:
    """What each layer makes of its own input, all sequences and both ways a step at a time."""
    width = recurrent.shape[1]
    results = [np.empty((len(x), 2 * width), dtype=np.float32) for x in inputs]
    for batch in batches(bounds, _SEQUENCES):
        orders = batch.orders()
        given = np.empty((len(recurrent), len(orders[0]), 4 * width), dtype=np.float32)
        for at, (x, layer) in enumerate(zip(inputs, layers, strict=True)):
            for way, order in enumerate(orders):
                np.matmul(x[order], layer.into[way], out=given[2 * at + way])
                given[2 * at + way] += layer.bias[way]
        states = _steps(given, recurrent, batch.running())
        for at, result in enumerate(results):
            result[orders[0], :width] = states[2 * at]
            result[orders[1], width:] = states[2 * at + 1]
    return results


def _steps(given: Floats, recurrent: Floats, running: Sequence[int]) -> Floats:
    """The hidden states (ways by words by width) for each way's gates as the words alone give them; ``given`` is used up."""
    width = recurrent.shape[1]
    states = np.empty((*given.shape[:2], width), dtype=np.float32)
    cell = np.zeros((len(given), running[0], width), dtype=np.float32)
    half = np.float32(0.5)
    before = at = 0
    for step, on in enumerate(running):
        gates = given[:, at : at + on]
        if step:
            gates += np.matmul(states[:, before : before + on], recurrent)
        np.tanh(gates, out=gates)
        squashed = gates[:, :, : 3 * width]
        squashed *= half
        squashed += half
        held = cell[:, :on]
        held *= squashed[:, :, width : 2 * width]
        held += squashed[:, :, :width] * gates[:, :, 3 * width :]
        np.multiply(squashed[:, :, 2 * width :], np.tanh(held), out=states[:, at : at + on])
        before, at = at, at + on
    return states


def unpack(stored: Sequence[Mapping[str, NDArray[np.generic]]]) -> Ensemble:
    """The networks from their stored arrays (eight-bit tables with a scale, half-precision matrices)."""
    networks = tuple(_network(arrays) for arrays in stored)
    tables = [arrays["table"].astype(np.float32) * arrays["table_scale"].astype(np.float32) for arrays in stored]
    depth = max(len(one.layers) for one in networks)
    return Ensemble(
        table=np.concatenate(tables, axis=1),
        project=np.concatenate([arrays["project"].astype(np.float32) for arrays in stored], axis=1),
        bias=np.concatenate([arrays["bias"].astype(np.float32) for arrays in stored]),
        networks=networks,
        recurrent=tuple(np.concatenate([one.layers[at].recurrent for one in networks if len(one.layers) > at]) for at in range(depth)),
    )


def _network(stored: Mapping[str, NDArray[np.generic]]) -> Network:
    layers = []
    for at in range(int(stored["layers"])):
        into, recurrent, bias = (stored[f"{name}{at}"].astype(np.float32) for name in ("into", "recurrent", "gates"))
        squashed = 3 * recurrent.shape[1]
        for weights in (into, recurrent, bias):
            weights[..., :squashed] *= np.float32(0.5)
        layers.append(Layer(into, recurrent, bias))
    return Network(tuple(layers), stored["out"].astype(np.float32), stored["out_bias"].astype(np.float32))
