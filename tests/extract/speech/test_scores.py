"""The measures of attributions, and the likelihood that the taggers learn from."""

import numpy as np
import pytest

from training.speech.calibrate import isotonic
from training.speech.corpus import Gold, cover
from training.speech.scores import manner, score

TEXT = 'The mayor said the bridge is safe. "We tested it twice," an engineer added.'


def span(words: str) -> tuple[int, int]:
    start = TEXT.index(words)
    return start, start + len(words)


GOLDS = [
    Gold((span("The mayor"),), (span("said"),), (span("the bridge is safe"),)),
    Gold((span("an engineer"),), (span("added"),), (span('"We tested it twice,"'),)),
]


def test_the_same_scores_everything() -> None:
    result = score(TEXT, GOLDS, GOLDS)
    assert all(tally.f1 == 100 for tally in result.tallies.values() if tally.gold)
    assert result.right == [True, True]


def test_a_short_content_keeps_the_triple_and_loses_the_fragment() -> None:
    found = [Gold(GOLDS[0].source, GOLDS[0].cue, (span("the bridge is"),)), GOLDS[1]]
    result = score(TEXT, GOLDS, found)
    assert result.tallies["triple"].f1 == 100
    assert result.tallies["content"].hits == 1
    assert result.tallies["exact"].hits == 5


def test_a_wrong_speaker_loses_the_triple_and_the_quotation() -> None:
    found = [GOLDS[0], Gold(GOLDS[0].source, GOLDS[1].cue, GOLDS[1].content)]
    result = score(TEXT, GOLDS, found)
    assert result.tallies["triple"].hits == 1
    assert result.tallies["quoted"].hits == 0
    assert result.right == [True, False]


def test_a_source_missing_on_both_sides_agrees() -> None:
    sourceless = [Gold((), gold.cue, gold.content) for gold in GOLDS]
    assert score(TEXT, sourceless, sourceless).tallies["triple"].f1 == 100
    assert score(TEXT, sourceless, GOLDS).tallies["triple"].hits == 0


def test_manner_of_a_content() -> None:
    assert [manner(TEXT, gold.content) for gold in GOLDS] == ["indirect", "direct"]
    text = 'She called it "safe" for now'
    assert manner(text, ((4, len(text)),)) == "mixed"


def test_words_that_a_fragment_touches() -> None:
    starts, ends = np.array([0, 4, 10]), np.array([3, 9, 14])
    assert cover(starts, ends, [(4, 9), (5, 6), (3, 4), (8, 12)]) == [(1, 2), (1, 2), (1, 3)]


def test_calibration_never_falls_and_follows_the_share_that_is_right() -> None:
    rng = np.random.default_rng(1)
    chances = rng.random(2000)
    right = (rng.random(2000) < chances**2).astype(float)
    knots = np.array(isotonic(chances, right))
    assert (np.diff(knots[:, 1]) >= 0).all()
    assert np.interp(0.5, knots[:, 0], knots[:, 1]) == pytest.approx(0.25, abs=0.08)
