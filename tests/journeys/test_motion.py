"""Running and halting: moments, and that cutting a way changes nothing."""

import msgspec
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


def forth(m: Motion, message: np.ndarray, hours: dict[str, float], halts: tuple[str, ...] = ()) -> np.ndarray:
    return m.back_to_time(m.spectrum(message) * m.law(hours, halts), sum(hours.values()))


def back(m: Motion, message: np.ndarray, hours: dict[str, float], halts: tuple[str, ...] = ()) -> np.ndarray:
    return m.back_to_time(m.spectrum(message) * np.conj(m.law(hours, halts)), sum(hours.values()))


def moments(m: Motion, message: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    steps = np.arange(m.grid.n) * m.grid.step
    mean = (message * steps).sum(axis=1)
    return mean, (message * steps**2).sum(axis=1) - mean**2


def test_running_time_has_the_mean_and_variance_of_the_table() -> None:
    m = motion()
    mean, variance = moments(m, forth(m, one_at_start(m), {"slow": 12.0}))
    assert mean == pytest.approx([0.8 * 12, 12, 1.3 * 12], abs=1e-6)
    assert variance == pytest.approx([0.3 * 0.8 * 12, 0.3 * 12, 0.3 * 1.3 * 12], rel=1e-6)


def test_unforeseen_halts_add_their_mean_whatever_the_factor() -> None:
    m = motion()
    mean, _ = moments(m, forth(m, one_at_start(m), {"*": 10.0}))
    assert mean == pytest.approx([8 + 0.6, 10 + 0.6, 13 + 0.6], abs=1e-6)


def test_a_foreseen_halt_is_made_with_its_probability() -> None:
    m = motion()
    mean, variance = moments(m, forth(m, one_at_start(m), {}, ("border",)))
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
    way: tuple[dict[str, float], tuple[str, ...]] = ({"*": 7.0}, ("border",))
    assert (forth(m, a, *way) * b).sum() == pytest.approx((a * back(m, b, *way)).sum(), rel=1e-9)


@pytest.mark.parametrize("cells", [40, 120, 600, 3000])
def test_the_spread_of_a_way_is_the_laws_own_however_coarse_the_grid(cells: int) -> None:
    quiet = msgspec.structs.replace(TRAIN, noise_hours=0.05)
    m = Motion(quiet, grid(0.0, 100.0, cells=cells), np.array([0.8, 1.0, 1.3]))
    mean, variance = moments(m, forth(m, one_at_start(m), {"slow": 40.0}))
    assert mean == pytest.approx([32.0, 40.0, 52.0], abs=max(0.03 * m.grid.step, 1e-3))
    assert variance == pytest.approx([0.05 * 32, 0.05 * 40, 0.05 * 52], rel=0.05, abs=2.0 * m.grid.step**2)


@settings(max_examples=25, deadline=None)
@given(st.floats(0.001, 3.0), st.sampled_from([60, 200, 1000]))
def test_a_way_shorter_than_the_grids_step_does_not_ring(hours: float, cells: int) -> None:
    m = Motion(TRAIN, grid(0.0, 100.0, cells=cells), np.array([0.8, 1.0, 1.3]))
    start = np.zeros((3, m.grid.n))
    start[:, 30:33] = 1.0 / 3.0
    moved = forth(m, start, {"slow": hours})
    assert moved.sum(axis=1) == pytest.approx(np.ones(3), abs=0.01)
    far = np.arange(m.grid.n) < 26
    assert moved[:, far].sum() < 0.01


def test_the_factor_grid_is_a_prior() -> None:
    factor, weight = factors(TRAIN, hours=40.0)
    assert weight.sum() == pytest.approx(1.0)
    assert float((weight * np.log(factor)).sum()) == pytest.approx(0.0, abs=1e-12)
    assert float(np.sqrt((weight * np.log(factor) ** 2).sum())) == pytest.approx(0.15, rel=0.02)
