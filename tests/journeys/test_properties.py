"""What must change nothing, changes nothing."""

import random

import msgspec
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sightline.journeys import Line, Network, Waypoint, forecast_from
from sightline.journeys.posterior import Posterior, Question, quantile
from sightline.journeys.routes import divided, route
from sightline.types import Forecast, Observation
from tests.journeys.made import TRAIN, fork, hour, said

AS_OF = hour(14)
REPORTS = [
    said("departed", "Ada", 0, 3, origin="radio", reported=5),
    said("passed", "Bel", 4, 8, origin="railway", reported=9),
    said("bound", "Eik", origin="ministry", r=0.5, reported=2),
    said("sighted", "Cyl", 9, 12, origin="crew", reported=13, r=0.8),
]


def ask(reports: list[Observation], network: Network | None = None) -> Forecast:
    return forecast_from(reports, network or fork(), as_of=AS_OF, vehicle=TRAIN, explain=False)


def same(one: Forecast, other: Forecast, tolerance: float = 0.0) -> None:
    for a, b in zip(one.destinations, other.destinations, strict=True):
        assert a.place == b.place
        assert a.probability == pytest.approx(b.probability, abs=1e-9)
        for name in a.arrival.__struct_fields__:
            assert abs((getattr(a.arrival, name) - getattr(b.arrival, name)).total_seconds()) <= tolerance


def test_reruns_are_equal_to_the_bit() -> None:
    assert msgspec.json.encode(ask(REPORTS)) == msgspec.json.encode(ask(REPORTS))


@given(st.randoms(use_true_random=False))
@settings(max_examples=10, deadline=None)
def test_the_order_of_reports_changes_nothing(shuffle: random.Random) -> None:
    mixed = REPORTS[:]
    shuffle.shuffle(mixed)
    assert msgspec.json.encode(ask(mixed)) == msgspec.json.encode(ask(REPORTS))


@given(st.integers(0, len(REPORTS) - 1), st.integers(1, 6))
@settings(max_examples=10, deadline=None)
def test_a_further_copy_of_an_origin_changes_nothing(which: int, times: int) -> None:
    same(ask(REPORTS + [REPORTS[which]] * times), ask(REPORTS))


def test_a_second_origin_does_change_something() -> None:
    other = msgspec.structs.replace(REPORTS[2], origin="another ministry")
    eik = {d.place: d.probability for d in ask([*REPORTS, other]).destinations}["Eik"]
    assert eik > {d.place: d.probability for d in ask(REPORTS).destinations}["Eik"] + 0.01


def test_a_report_that_came_long_before_what_it_tells_is_false() -> None:
    early = said("passed", "Dov", 12.0, 15.0, reported=6.0, r=0.9)
    same(ask([*REPORTS, early]), ask([*REPORTS, said("passed", "Dov", 12.0, 15.0, reported=6.0, r=0.02)]), tolerance=120.0)


def test_a_report_without_any_reliability_changes_nothing() -> None:
    same(ask([*REPORTS, said("passed", "Dov", 2, 3, r=0.0)]), ask(REPORTS))


def test_a_report_that_leaves_all_times_open_changes_no_time() -> None:
    question = Question(
        routes=(route(fork(), ["Ada", "Eik"], TRAIN),),
        weights=(1.0,),
        observations=tuple(REPORTS[:2]),
        vehicle=TRAIN,
        as_of=AS_OF,
        watches={},
    )
    before = Posterior(question)
    after = Posterior(msgspec.structs.replace(question, observations=(*REPORTS[:2], said("passed", "Dov", None, None)), grid=before.grid))
    for stop in range(1, 5):
        assert np.abs(before.times(before.ways[0], stop) - after.times(after.ways[0], stop)).max() < 1e-9


@given(st.floats(0.05, 0.95))
@settings(max_examples=10, deadline=None)
def test_splitting_a_line_changes_nothing(share: float) -> None:
    whole = fork()
    lines = [line for line in whole.lines if (line.start, line.end) != ("Dov", "Eik")]
    lines += [Line(start="Dov", end="halfway", km=300 * share), Line(start="halfway", end="Eik", km=300 * (1 - share))]
    cut = Network(
        [*whole.waypoints.values(), Waypoint(id="halfway", name="halfway", lat=50.0, lon=17.0, country="BB", zone="Europe/Berlin")], lines
    )
    same(ask(REPORTS, cut), ask(REPORTS), tolerance=60.0)


def test_virtual_stops_change_nothing() -> None:
    way = route(fork(), ["Ada", "Eik"], TRAIN)
    question = Question(routes=(way,), weights=(1.0,), observations=tuple(REPORTS), vehicle=TRAIN, as_of=AS_OF)
    plain = Posterior(question)
    fine = Posterior(msgspec.structs.replace(question, routes=(divided(way, 17.0),)))
    a, b = plain.arrival(plain.ways[0]), fine.arrival(fine.ways[0])
    assert np.abs(a - b).max() < 1e-10
    assert quantile(a, plain.grid, [0.5]) == pytest.approx(quantile(b, fine.grid, [0.5]))


def test_probabilities_sum_to_one() -> None:
    answer = forecast_from(REPORTS, fork(), as_of=AS_OF, vehicle=TRAIN)
    assert sum(d.probability for d in answer.destinations) == pytest.approx(1.0)
    assert sum(s.probability for s in answer.position) == pytest.approx(1.0)
    for destination in answer.destinations:
        assert destination.arrival.low95 <= destination.arrival.low80 <= destination.arrival.low50 <= destination.arrival.median
        assert destination.arrival.median <= destination.arrival.high50 <= destination.arrival.high80 <= destination.arrival.high95
