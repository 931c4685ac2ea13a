"""Running and halting: moments, and that cutting a way changes nothing."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sightline.journeys.clock import grid
from sightline.journeys.motion import Motion, factors
from tests.journeys.made import TRAIN


def motion() -> Motion:
    return Motion(TRAIN, grid(0.0, 100.0, cells=600), np.array([0.8, 1.0, 1.3]))


def one_at_start(m: Motion) -> np.ndarray:
    start = np.zeros((3, m.grid.n))
    start[:, 0] = 1.0
    return start


def moments(m: Motion, message: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    steps = np.arange(m.grid.n) * m.grid.step
    mean = (message * steps).sum(axis=1)
    return mean, (message * steps**2).sum(axis=1) - mean**2


def test_running_time_has_the_mean_and_variance_of_the_table() -> None:
    m = motion()
    mean, variance = moments(m, m.forth(one_at_start(m), m.law({"slow": 12.0})))
    assert mean == pytest.approx([0.8 * 12, 12, 1.3 * 12], abs=1e-6)
    assert variance == pytest.approx([0.3 * 0.8 * 12, 0.3 * 12, 0.3 * 1.3 * 12], rel=1e-6)


def test_unforeseen_halts_add_their_mean_whatever_the_factor() -> None:
    m = motion()
    mean, _ = moments(m, m.forth(one_at_start(m), m.law({"*": 10.0})))
    assert mean == pytest.approx([8 + 0.6, 10 + 0.6, 13 + 0.6], abs=1e-6)


def test_a_foreseen_halt_is_made_with_its_probability() -> None:
    m = motion()
    mean, variance = moments(m, m.forth(one_at_start(m), m.law({}, ("border",))))
    assert mean[0] == pytest.approx(0.9 * 1.5, abs=1e-6)
    assert variance[0] == pytest.approx(0.9 * (1.0**2 + 0.1 * 1.5**2), rel=1e-6)


@settings(max_examples=25, deadline=None)
@given(st.floats(0.01, 20.0), st.floats(0.01, 0.99), st.sampled_from(["*", "slow"]))
def test_cutting_a_way_in_two_changes_nothing(hours: float, share: float, cls: str) -> None:
    m = motion()
    whole = m.law({cls: hours})
    pieces = m.law({cls: hours * share}) * m.law({cls: hours * (1 - share)})
    assert np.abs(whole - pieces).max() < 1e-7


def test_back_is_the_transpose_of_forth() -> None:
    m = motion()
    random = np.random.default_rng(1)
    a, b = random.random((3, m.grid.n)), random.random((3, m.grid.n))
    law = m.law({"*": 7.0}, ("border",))
    assert (m.forth(a, law) * b).sum() == pytest.approx((a * m.back(b, law)).sum(), rel=1e-9)


def test_the_factor_grid_is_a_prior() -> None:
    factor, weight = factors(TRAIN, hours=40.0)
    assert weight.sum() == pytest.approx(1.0)
    assert float((weight * np.log(factor)).sum()) == pytest.approx(0.0, abs=1e-12)
    assert float(np.sqrt((weight * np.log(factor) ** 2).sum())) == pytest.approx(0.15, rel=0.02)
