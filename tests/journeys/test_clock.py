"""The time grid and the clock that only runs at certain hours."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sightline.journeys.clock import Clock, daily_clock, grid


@given(st.floats(0, 2e5), st.floats(0.1, 23.9), st.floats(0, 24))
def test_running_hours_come_back_to_the_same_wall_hour(run: float, length: float, begin: float) -> None:
    clock = Clock(begin=begin, end=(begin + length) % 24)
    assert float(clock.run(clock.wall(run))) == pytest.approx(run, abs=1e-6)


@given(st.floats(0, 2e4), st.floats(0, 48))
def test_the_clock_never_runs_back_and_never_faster_than_the_wall(start: float, step: float) -> None:
    clock = Clock(begin=20, end=6)
    a, b = clock.run(np.array([start, start + step]))
    assert -1e-9 <= b - a <= step + 1e-9


def test_ten_hours_a_night_are_two_and_a_half_nights_for_25_hours() -> None:
    clock = Clock(begin=20.0, end=6.0)
    assert float(clock.wall(clock.run(20.0) + 25.0)) == pytest.approx(20.0 + 48.0 + 5.0)


def test_local_hours_are_taken_to_utc() -> None:
    assert daily_clock((22, 6), 9.0) == Clock(begin=13.0, end=21.0)
    assert daily_clock(None, 9.0) == Clock()


def test_a_grid_shares_out_an_interval_and_keeps_even_an_instant() -> None:
    g = grid(0.0, 100.0)
    assert g.share(10.0, 20.0).sum() * g.step == pytest.approx(10.0)
    assert g.share(10.0, 10.0).sum() == pytest.approx(1.0)
    assert g.before(50.0).sum() * g.step == pytest.approx(50.0)
    assert g.n <= 960
