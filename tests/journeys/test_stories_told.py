"""From the words of reports to the forecast, where no network is known: a column that turns, a ship, a flight, a train, a march, relief by sea.

The stories are the tests' own; places are real, so that the gazetteer knows them.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

import pytest

from sightline.desk import Desk
from sightline.journeys import ForecastError, forecast, together
from sightline.journeys.forecast import chosen
from sightline.journeys.observations import Seen, observe
from sightline.journeys.travellers import likely_vehicle
from sightline.readers import parse_publication
from sightline.stories import build
from sightline.types import Forecast, Reading, Report

COLUMN = (
    (
        "2033-04-09T09:30Z",
        "A column of rebel vehicles left Rostov-on-Don early on Saturday and is heading north on the motorway towards Moscow, the governor of the "
        "region said. By 11:00 Moscow time the column had reached Voronezh, a security source said.",
    ),
    (
        "2033-04-09T14:30Z",
        "The rebel column is moving across the Lipetsk region, some 400 km south of Moscow, the local governor wrote on Saturday.",
    ),
    ("2033-04-09T18:00Z", "The rebels said on Saturday evening that the column was turning back. It never reached Moscow."),
)
TANKER = (
    ("2034-01-10T18:00Z", "The tanker Marlin Aurora sailed from Fujairah on Tuesday evening bound for Suez, its operator said."),
    (
        "2034-01-14T12:00Z",
        "The Marlin Aurora passed through the Bab el-Mandeb strait early on Saturday, ship tracking data showed. A maritime agency said the vessel "
        "was about 60 nautical miles southeast of Aden on Thursday night.",
    ),
    (
        "2034-01-16T12:00Z",
        "The Marlin Aurora is expected to reach Suez on Wednesday. On Monday morning it was some 80 km off Jeddah, the operator said.",
    ),
)
TRAIN = (
    (
        "2033-02-21T07:00Z",
        "The president of Finland, Sauli Rautio, arrived in Kyiv on Monday morning at about 8 a.m. local time. His train had left Przemysl at 21:30 on Sunday.",
    ),
    (
        "2033-02-21T14:30Z",
        "Rautio's train left Kyiv at about 1:10 p.m. on Monday, a railway official said. He is due in Warsaw on Monday night.",
    ),
)


@pytest.fixture(scope="module")
def told() -> Callable[[tuple[tuple[str, str], ...]], list[Reading]]:
    desk = Desk()

    def readings(story: tuple[tuple[str, str], ...]) -> list[Reading]:
        reports = [Report(id=f"r{i}", text=text, published=parse_publication(at, "option")) for i, (at, text) in enumerate(story)]
        return [item for item in desk.annotate(reports) if isinstance(item, Reading)]

    return readings


def seen(readings: list[Reading], at: datetime) -> Seen:
    return observe(together(build(readings, as_of=at)), readings, None, as_of=at, vehicle=chosen(likely_vehicle(readings, None), at))


def ask(readings: list[Reading], at: datetime) -> Forecast:
    story = together(build(readings, as_of=at))
    return forecast(story, readings, None, as_of=at, vehicle=likely_vehicle(readings, None), explain=False)


def utc(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=UTC)  # type: ignore[misc, arg-type]


def test_a_column_on_the_road_is_bound_where_it_heads(told: Callable[..., list[Reading]]) -> None:
    at = utc(2033, 4, 9, 15)
    readings = told(COLUMN)
    found = {(o.kind, o.place) for o in seen(readings, at).observations}
    assert {("departed", "Rostov-on-Don"), ("arrived", "Voronezh"), ("bound", "Moscow")} <= found
    answer = ask(readings, at)
    assert answer.destinations[0].name == "Moscow"
    assert "No network is known" in " ".join(answer.assumptions)


def test_a_region_is_a_wide_word_on_the_time_of_the_point_that_stands_for_it(told: Callable[..., list[Reading]]) -> None:
    region = next(o for o in seen(told(COLUMN), utc(2033, 4, 9, 15)).observations if "Lipetsk" in o.label)
    assert region.kind == "sighted"
    assert region.interval.width is not None
    assert region.interval.width.total_seconds() > 3 * 3600


def test_one_who_turned_back_is_on_the_way_back(told: Callable[..., list[Reading]]) -> None:
    at = utc(2033, 4, 9, 19)
    readings = told(COLUMN)
    assert seen(readings, at).turned
    answer = ask(readings, at)
    assert answer.destinations[0].name == "Rostov-on-Don"
    assert any("turned back" in text for text in answer.assumptions)


def test_how_far_they_had_come_is_where_they_turned(told: Callable[..., list[Reading]]) -> None:
    turn = (
        "2033-04-09T18:00Z",
        "The rebel leader said on Saturday evening that his men had come to within 200 km of Moscow and were turning back to their camps.",
    )
    leg = seen(told((COLUMN[0], COLUMN[1], turn)), utc(2033, 4, 9, 19))
    assert leg.turned
    assert leg.start == "200 km from Moscow"


def test_who_turned_back_to_nowhere_told_gets_no_forecast_but_the_reason(told: Callable[..., list[Reading]]) -> None:
    sighted = ("2033-04-09T12:00Z", "The rebel column, heading for Moscow, was seen near Yelets at 14:00 Moscow time, a resident said.")
    lost = (sighted, COLUMN[2])
    with pytest.raises(ForecastError, match="turn back"):
        ask(told(lost), utc(2033, 4, 9, 19))


def test_a_ship_is_known_by_its_name_and_by_its_distances(told: Callable[..., list[Reading]]) -> None:
    at = utc(2034, 1, 16, 12, 30)
    readings = told(TANKER)
    found = {(o.kind, o.place) for o in seen(readings, at).observations}
    assert {("departed", "Fujairah"), ("passed", "Bab el-Mandeb"), ("sighted", "111 km southeast of Aden"), ("expected", "Suez")} <= found
    answer = ask(readings, at)
    assert answer.passages[0].name == "Fujairah"
    assert "Bab el-Mandeb" in {p.name for p in answer.passages}, "the way leads by the places in the order of their times"
    assert answer.destinations[0].arrival.low80 > at


def test_a_surname_is_the_traveller_of_the_full_name_and_the_way_back_is_a_leg_of_its_own(told: Callable[..., list[Reading]]) -> None:
    at = utc(2033, 2, 21, 15)
    readings = told(TRAIN)
    assert likely_vehicle(readings, None) == "passenger-train"
    leg = seen(readings, at)
    assert leg.start == "Kyiv"
    assert ask(readings, at).destinations[0].name == "Warsaw"


def test_no_word_of_an_arrival_is_silence_and_never_an_arrival(told: Callable[..., list[Reading]]) -> None:
    story = (
        ("2033-03-01T18:00Z", "The ferry Osprey left Bari on Tuesday morning, bound for Durres, the port authority said."),
        ("2033-03-02T12:00Z", "No word of the ferry's arrival had come by noon on Wednesday."),
    )
    found = {o.kind for o in seen(told(story), utc(2033, 3, 2, 13)).observations}
    assert "arrived" not in found


RELIEF = (
    ("2033-09-30T20:00Z", "The hospital ship Mercy left Norfolk, Virginia, on Friday afternoon for Puerto Rico, the navy said."),
    ("2033-10-04T20:00Z", "The hospital ship Mercy docked in San Juan on Tuesday morning, the navy said."),
)


def test_an_island_state_is_where_one_goes_until_a_town_of_it_is_named(told: Callable[..., list[Reading]]) -> None:
    readings = told(RELIEF)
    assert ask(readings, utc(2033, 10, 1)).destinations[0].name == "Puerto Rico"
    assert [d.name for d in ask(readings, utc(2033, 10, 5)).destinations] == ["San Juan"]


def test_where_nobody_tells_the_destination_the_answer_says_so(told: Callable[..., list[Reading]]) -> None:
    story = (
        ("2032-08-01T10:00Z", "The grain ship Razan left Odesa on Sunday morning at 9:15 local time, the defence ministry said."),
        ("2032-08-03T20:00Z", "The Razan passed through the Bosphorus on Tuesday afternoon, the ministry said."),
    )
    assert ask(told(story), utc(2032, 8, 3, 21)).headline.startswith("No destination is told yet")


def test_a_place_asked_about_need_not_be_in_the_reports(told: Callable[..., list[Reading]]) -> None:
    readings = told(TANKER[:1])
    at = utc(2034, 1, 11)
    story = together(build(readings, as_of=at))
    answer = forecast(story, readings, None, as_of=at, vehicle="ship", destination="Jeddah", explain=False)
    assert [d.name for d in answer.destinations] == ["Jeddah"]
