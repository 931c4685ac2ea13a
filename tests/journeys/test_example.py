"""The armoured train's network: its sums and that nothing on it is shorter than the earth allows."""

from pathlib import Path

import pytest

from sightline.journeys import Network
from sightline.journeys.learn import learned
from sightline.journeys.network import great_circle_km
from sightline.journeys.routes import route

NETWORK = Network.load(Path(__file__).parents[2] / "examples" / "armoured-train" / "network.geojson")


@pytest.mark.parametrize(("end", "km"), [("Khasan", 850), ("Vladivostok", 1184), ("Vostochny cosmodrome", 2534), ("Tumangang", 845)])
def test_the_pieces_sum_to_the_known_distances(end: str, km: float) -> None:
    assert route(NETWORK, ["Pyongyang", end], learned("armoured-train")).km == pytest.approx(km, abs=0.05)


def test_no_line_is_shorter_than_the_great_circle() -> None:
    for line in NETWORK.lines:
        a, b = NETWORK.waypoints[line.start], NETWORK.waypoints[line.end]
        assert line.km >= great_circle_km(a.lat, a.lon, b.lat, b.lon) - 0.5, (line.start, line.end)


def test_everything_names_its_source_its_zone_and_its_country() -> None:
    assert all(w.source and w.zone and w.country for w in NETWORK.waypoints.values())
    assert all(line.source for line in NETWORK.lines)


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("Vostochny", "Vostochny cosmodrome"),
        ("Khabarovsk", "Khabarovsk-1"),
        ("Rason", "Rajin (Rason)"),
        ("Artyom", "Artyom-Primorsky-1"),
        ("Komsomolsk", "Komsomolsk-on-Amur"),
    ],
)
def test_places_are_found_as_the_press_names_them(said: str, meant: str) -> None:
    found = NETWORK.find(said)
    assert found is not None
    assert found.id == meant
