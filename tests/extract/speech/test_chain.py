"""Inference over label sequences agrees with trying every path."""

from itertools import pairwise, product

import numpy as np
import pytest

from sightline.extract.speech.chain import best_path, chunks, marginals, side_by_side
from sightline.extract.speech.words import read

LABELS = 3


@pytest.fixture
def problem() -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    rng = np.random.default_rng(3)
    bounds = np.array([0, 4, 5, 10])
    scores = rng.normal(size=(10, LABELS)).astype(np.float32)
    return scores, rng.normal(size=(LABELS, LABELS)).astype(np.float32), rng.normal(size=LABELS).astype(np.float32), bounds


def worth(path: tuple[int, ...], scores: np.ndarray, transitions: np.ndarray, starts: np.ndarray) -> float:
    steps = sum(transitions[one, two] for one, two in pairwise(path))
    return float(starts[path[0]] + sum(scores[at, label] for at, label in enumerate(path)) + steps)


def test_best_path_is_the_best_of_all(problem: tuple[np.ndarray, ...]) -> None:
    scores, transitions, starts, bounds = problem
    found = best_path(scores, transitions, starts, side_by_side(bounds))
    for first, last in pairwise(bounds):
        paths = list(product(range(LABELS), repeat=last - first))
        best = max(paths, key=lambda path: worth(path, scores[first:last], transitions, starts))
        assert tuple(found[first:last]) == best


def test_marginals_are_shares_of_all_paths(problem: tuple[np.ndarray, ...]) -> None:
    scores, transitions, starts, bounds = problem
    found = marginals(scores, transitions, starts, side_by_side(bounds))
    for first, last in pairwise(bounds):
        expected = np.zeros((last - first, LABELS))
        for path in product(range(LABELS), repeat=last - first):
            weight = np.exp(worth(path, scores[first:last], transitions, starts))
            expected[np.arange(last - first), path] += weight
        expected /= expected.sum(axis=1, keepdims=True)
        assert np.allclose(found[first:last], expected, atol=1e-4)


def test_sequences_are_paragraphs_and_long_ones_are_cut() -> None:
    import spacy

    nlp = spacy.blank("en")
    words = read(nlp("One two.\n\nThree.\n\n" + "on and " * 300))
    bounds = chunks(words)
    assert bounds[0] == 0 and bounds[-1] == len(words)
    assert list(bounds[1:3]) == [3, 5]
    assert np.diff(bounds).max() <= 200
    assert np.diff(bounds).min() > 0


def test_no_words_no_sequences() -> None:
    import spacy

    words = read(spacy.blank("en")("\n\n"))
    assert len(words) == 0
    assert list(chunks(words)) == [0]
    empty = np.zeros((0, LABELS), dtype=np.float32)
    moves, starts = np.zeros((LABELS, LABELS), dtype=np.float32), np.zeros(LABELS, dtype=np.float32)
    assert side_by_side(chunks(words)) == []
    assert len(best_path(empty, moves, starts, [])) == len(marginals(empty, moves, starts, [])) == 0


def test_side_by_side_holds_every_word_once_each_way() -> None:
    bounds = np.array([0, 4, 5, 10, 10, 13])
    for most in (1, 2, 64):
        made = side_by_side(bounds, most)
        assert sorted(np.concatenate([one.forth for one in made]).tolist()) == list(range(13))
        assert sorted(np.concatenate([one.back for one in made]).tolist()) == list(range(13))
    assert made[0].forth[:4].tolist() == [5, 0, 10, 4]
    assert made[0].back[:4].tolist() == [9, 3, 12, 4]
    assert made[0].edges == [0, 4, 7, 10, 12, 13]


def test_a_long_sequence_of_unlikely_moves_keeps_its_probabilities() -> None:
    scores = np.tile(np.array([[0.0, 40.0], [40.0, 0.0]], dtype=np.float32), (100, 1))
    moves = np.array([[0.0, -12.0], [-12.0, 0.0]], dtype=np.float32)
    found = marginals(scores, moves, np.zeros(2, dtype=np.float32), side_by_side(np.array([0, 200])))
    assert np.isfinite(found).all()
    assert np.allclose(found.sum(axis=1), 1)
    assert (found.argmax(axis=1) == scores.argmax(axis=1)).all()
