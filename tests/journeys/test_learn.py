"""Speeds from earlier journeys, calibration, and the detour where no network is known."""

from datetime import UTC, datetime

import numpy as np
import pytest

from sightline.journeys.calibrate import calibrate, crps, crps_normal, default_reporting
from sightline.journeys.clock import grid
from sightline.journeys.direct import DETOURS, straight
from sightline.journeys.learn import Leg, learn, learned, legs
from sightline.journeys.network import great_circle_km
from sightline.journeys.posterior import mean_hours, spread_hours
from sightline.journeys.routes import route
from sightline.journeys.simulate import draw
from sightline.journeys.vehicles import VehicleError, vehicle, vehicles
from sightline.types import Place
from tests.journeys.made import TRAIN, fork


def leg(hours: float, km: float = 500.0) -> Leg:
    return Leg(id=f"{hours}", journey="j", vehicle="test-train", start="A", end="B", classes=(("*", km),), halts=(), low=hours, high=hours)


def test_legs_slower_than_expected_make_the_class_slower() -> None:
    usual = TRAIN.mean_hours("*", 500)
    assert learn(TRAIN, [leg(usual * 1.3)]).speeds["*"].kmh < TRAIN.speeds["*"].kmh
    assert learn(TRAIN, []).speeds == TRAIN.speeds
    many = learn(TRAIN, [leg(usual * 1.3)] * 40)
    assert TRAIN.speeds["*"].kmh / many.speeds["*"].kmh == pytest.approx(1.3, rel=0.03)


def test_the_shipped_table_says_where_each_leg_comes_from() -> None:
    assert len(legs()) >= 12
    assert all(one.source and one.low <= one.high and one.km > 0 for one in legs())


def test_a_journey_is_not_known_before_it_ended() -> None:
    before = learned("armoured-train", before=datetime(2010, 1, 1, tzinfo=UTC))
    assert before.speeds["CN"] == vehicle("armoured-train").speeds["CN"]
    assert learned("armoured-train").speeds["CN"] != before.speeds["CN"]


def test_every_class_of_the_table_has_a_speed_for_any_line() -> None:
    for one in vehicles().values():
        assert one.speed("no such class").kmh <= one.max_kmh
    with pytest.raises(VehicleError, match="there are"):
        vehicle("flying-carpet")


def test_expected_hours_and_spread_are_those_of_drawn_journeys() -> None:
    way = route(fork(), ["Ada", "Dov", "Ada"], TRAIN)
    arrive = draw(way, TRAIN, np.zeros(60_000), np.random.default_rng(2)).arrive[:, -1]
    # The factor is log-normal around 1, so its mean lies a little above.
    assert arrive.mean() == pytest.approx(mean_hours(way, TRAIN), rel=0.02)
    assert arrive.std() == pytest.approx(spread_hours(way, TRAIN), rel=0.04)


def test_forecasts_of_simulated_journeys_are_calibrated() -> None:
    network = fork()
    ways = [route(network, ["Ada", end], TRAIN) for end in ("Eik", "Fen")]
    found = calibrate(ways, TRAIN, {w.id: w.kind for w in network.waypoints.values()}, journeys=250, reporting=default_reporting())
    assert 0.72 <= found.coverage[80] <= 0.88
    assert found.chi_square_p > 0.001
    assert found.crps < found.crps_moments < found.crps_gaussian * 1.5
    assert found.probability > 0.48


def test_crps_on_a_grid_is_that_of_the_distribution() -> None:
    g = grid(0.0, 40.0)
    middle = (g.edges[1:] + g.edges[:-1]) / 2
    cells = np.exp(-0.5 * ((middle - 20.0) / 3.0) ** 2)
    for truth in (14.0, 20.0, 29.0):
        assert crps(cells, g, truth) == pytest.approx(crps_normal(20.0, 3.0, truth), abs=0.002)


def test_great_circles_with_a_detour_and_its_doubt() -> None:
    a, b = (Place(id=n, name=n, kind="city", lat=50.0, lon=lon) for n, lon in (("A", 10.0), ("B", 15.0)))
    network = straight([a, b], "rail")
    assert network.lines[0].km == pytest.approx(great_circle_km(50, 10, 50, 15) * DETOURS["rail"].factor)
    assert network.detour_sd == DETOURS["rail"].sd


def test_a_place_on_the_way_is_passed_and_not_by_passed() -> None:
    places = [
        Place(id=n, name=n, kind="city", lat=lat, lon=lon) for n, lat, lon in (("A", 50.0, 10.0), ("M", 50.3, 12.5), ("B", 50.0, 15.0))
    ]
    assert [s.waypoint for s in route(straight(places, "road"), ["A", "B"], vehicle("car")).stops] == ["A", "M", "B"]
