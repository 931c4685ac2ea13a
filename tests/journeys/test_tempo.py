"""The journey-wide factor: a two-piece normal logarithm."""

import msgspec
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sightline.journeys.tempo import Tempo, tempo
from tests.journeys.made import TRAIN

spreads = st.floats(0.05, 0.6)


@settings(max_examples=30, deadline=None)
@given(spreads, spreads)
def test_the_mean_logarithm_is_zero_so_that_speeds_stay_the_tables(fast: float, slow: float) -> None:
    law = Tempo(fast=fast, slow=slow)
    factor, weight = law.grid(0.01, most=2001)
    assert weight.sum() == pytest.approx(1.0)
    assert float((weight * np.log(factor)).sum()) == pytest.approx(0.0, abs=2e-3)
    assert float(np.sqrt((weight * np.log(factor) ** 2).sum())) == pytest.approx(law.sd, rel=0.01)


def test_draws_follow_the_grid() -> None:
    law = Tempo(fast=0.2, slow=0.45)
    factor, weight = law.grid(0.005, most=2001)
    drawn = law.draw(400_000, np.random.default_rng(3))
    for share in (0.05, 0.25, 0.5, 0.75, 0.95):
        exact = float(np.interp(share, np.cumsum(weight), np.log(factor)))
        assert float(np.quantile(np.log(drawn), share)) == pytest.approx(exact, abs=0.006)


def test_equal_spreads_are_the_log_normal() -> None:
    law = tempo(TRAIN)
    assert law.mode == pytest.approx(0.0)
    assert law.sd == pytest.approx(TRAIN.factor_sd)
    assert law.at(1.0) == pytest.approx(np.exp(TRAIN.factor_sd))


def test_slow_journeys_may_reach_further_than_fast_ones() -> None:
    law = tempo(msgspec.structs.replace(TRAIN, factor_sd=0.45, faster_sd=0.22))
    assert law.mode < 0
    assert law.at(2.0) * law.at(-2.0) > 1.05


def test_guessed_distances_widen_both_sides() -> None:
    law = tempo(msgspec.structs.replace(TRAIN, factor_sd=0.3, faster_sd=0.1), detour_sd=0.2)
    assert law.fast == pytest.approx(np.hypot(0.1, 0.2))
    assert law.slow == pytest.approx(np.hypot(0.3, 0.2))
