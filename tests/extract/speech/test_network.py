"""The network's layers do what their description says, whatever other sequences are read beside."""

import numpy as np
import pytest

from sightline.extract.speech.chain import side_by_side
from sightline.extract.speech.network import SIZES, Convolution, Recurrence, categories, unpack

WIDTH, HIDDEN = 6, 4


def drawn(*shape: int) -> np.ndarray:
    return np.random.default_rng(sum(shape)).normal(size=shape).astype(np.float32)


def convolution() -> Convolution:
    return Convolution(drawn(3 * WIDTH, WIDTH), drawn(WIDTH))


def recurrence() -> Recurrence:
    sides = (drawn(WIDTH, 2 * HIDDEN), drawn(2 * HIDDEN), drawn(WIDTH, 2 * HIDDEN) + 1, drawn(2 * HIDDEN) - 1)
    return Recurrence(*sides, drawn(2 * HIDDEN, WIDTH), drawn(WIDTH))


def added(layer: Convolution | Recurrence, x: np.ndarray, bounds: list[int]) -> np.ndarray:
    result = x.copy()
    layer.add(result, np.array(bounds), side_by_side(np.array(bounds)))
    return result - x


def test_a_convolution_sees_a_word_and_its_neighbours() -> None:
    layer, x = convolution(), drawn(5, WIDTH)
    edge = np.zeros((1, WIDTH), dtype=np.float32)
    padded = np.concatenate((edge, x, edge))
    for at in range(5):
        expected = np.maximum(padded[at : at + 3].ravel() @ layer.weigh + layer.weigh_bias, 0)
        assert np.allclose(added(layer, x, [0, 5])[at], expected, atol=1e-5)


def test_a_recurrence_is_a_running_mean_each_way() -> None:
    layer, x = recurrence(), drawn(5, WIDTH)
    kept = 1 / (1 + np.exp(-2 * (x @ layer.kept + layer.kept_bias)))
    new = (1 - kept) * (x @ layer.new + layer.new_bias)
    states = np.zeros((5, 2 * HIDDEN))
    for way, order in ((slice(HIDDEN), range(5)), (slice(HIDDEN, None), range(4, -1, -1))):
        held = np.zeros(HIDDEN)
        for at in order:
            held = kept[at, way] * held + new[at, way]
            states[at, way] = held
    assert np.allclose(added(layer, x, [0, 5]), np.maximum(states @ layer.weigh + layer.weigh_bias, 0), atol=1e-4)


@pytest.mark.parametrize("layer", [convolution(), recurrence()], ids=["convolution", "recurrence"])
def test_a_sequence_is_read_alike_in_any_company(layer: Convolution | Recurrence) -> None:
    x = drawn(12, WIDTH)
    together = added(layer, x, [0, 3, 4, 12])
    for first, last in ((0, 3), (3, 4), (4, 12)):
        assert np.allclose(together[first:last], added(layer, x[first:last], [0, last - first]), atol=1e-5)


def test_no_sum_of_rows_overflows_and_all_keep_their_values() -> None:
    table = drawn(sum(SIZES), WIDTH)
    scale = np.abs(table).max(axis=1, keepdims=True) / 127
    stored = {"table": np.round(table / scale).astype(np.int8), "table_scale": scale}
    stored |= {"project": drawn(6, WIDTH), "project_bias": drawn(WIDTH), "out": drawn(WIDTH, 7), "out_bias": drawn(7)}
    made = unpack(stored)
    first = np.cumsum((0, *SIZES[:-1]))
    highest = np.array([made.table[start : start + size].max(axis=0) for start, size in zip(first, SIZES, strict=True)], dtype=np.int64)
    assert highest.sum(axis=0).max() <= np.iinfo(np.int16).max
    assert np.allclose(made.table * made.unit, stored["table"] * stored["table_scale"], atol=2e-3)


def test_inputs_have_each_its_own_rows() -> None:
    import spacy

    from sightline.extract.speech.features import frame
    from sightline.extract.speech.words import read

    words = read(spacy.blank("en")("The harbour office said that the ferry had left."))
    rows = categories(words, frame(words, np.zeros(len(words), dtype=np.int64)))
    first = np.cumsum((0, *SIZES[:-1]))
    assert rows.shape == (len(words), len(SIZES))
    assert (rows >= first).all() and (rows < first + np.array(SIZES)).all()
