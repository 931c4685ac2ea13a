"""What cannot be true together is said, with the figures."""

from pathlib import Path

from sightline.journeys import Network, vehicle
from sightline.journeys.feasibility import check
from sightline.types import Interval, Observation
from tests.journeys.made import TRAIN, fork, said

NETWORK = Network.load(Path(__file__).parents[2] / "examples" / "armoured-train" / "network.geojson")


def at(kind: str, place: str, low: str, high: str, **more: object) -> Observation:
    from datetime import datetime

    return Observation(
        kind=kind,
        place=place,
        interval=Interval(earliest=datetime.fromisoformat(low), latest=datetime.fromisoformat(high)),
        reliability=0.9,
        origin=f"{kind} {place}",
        claims=(f"{kind}/{place}",),
        **more,
    )  # type: ignore[arg-type]


def test_850_km_in_a_morning_cannot_be() -> None:
    left = at("departed", "Pyongyang", "2019-04-24T06:00+09:00", "2019-04-24T12:00+09:00")
    crossed = at("crossed", "Khasan", "2019-04-24T00:40Z", "2019-04-24T00:41Z")
    found = check([left, crossed], NETWORK, vehicle("armoured-train"))
    assert len(found) == 1
    assert "850 km in 3.7 h asks for 231 km/h" in found[0].text
    assert "Wednesday 24 Apr 10:41 local" in found[0].text
    assert found[0].claims == ("crossed/Khasan", "departed/Pyongyang")


def test_leaving_the_day_before_can_be() -> None:
    left = at("departed", "Pyongyang", "2019-04-23T06:00+09:00", "2019-04-23T12:00+09:00")
    crossed = at("crossed", "Khasan", "2019-04-24T00:40Z", "2019-04-24T00:41Z")
    assert check([left, crossed], NETWORK, vehicle("armoured-train")) == []


def test_twenty_hours_spent_are_refuted_by_the_ends_reported() -> None:
    left = at("departed", "Pyongyang", "2023-09-10T12:00+09:00", "2023-09-10T18:00+09:00")
    crossed = at("crossed", "Khasan", "2023-09-12T04:00+10:00", "2023-09-12T10:00+10:00")
    spent = Observation(
        kind="duration", place="Vladivostok", interval=Interval(), reliability=0.5, origin="paper", hours=(20.0, 20.0), label='"20 hours"'
    )
    found = check([left, crossed, spent], NETWORK, vehicle("armoured-train"))
    assert len(found) == 1
    assert '"20 hours": 20 h at most' in found[0].text
    assert "it took 33 h at least" in found[0].text


def test_arriving_before_leaving_leaves_no_time() -> None:
    found = check([said("departed", "Ada", 20, 22), said("passed", "Bel", 10, 12)], fork(), TRAIN)
    assert "leaves no time at all" in found[0].text


def test_a_passage_on_the_way_there_is_no_contradiction_to_leaving_again() -> None:
    told = [said("departed", "Ada", 0, 2), said("crossed", "Cyl", 9, 10), said("departed", "Dov", 13, 14)]
    assert check(told, fork(), TRAIN) == []


def test_two_passages_too_far_apart_for_the_time_between_them() -> None:
    found = check([said("passed", "Bel", 4, 5), said("passed", "Eik", 5.5, 6)], fork(), TRAIN)
    assert len(found) == 1
    assert found[0].required_kmh == 275.0
