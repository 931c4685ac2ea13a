"""Forecasts: what reports do to destinations, times and places."""

import pytest

from sightline.journeys import ForecastError, forecast_from, replay_observations
from sightline.journeys.likelihoods import Watch
from sightline.types import Forecast, Observation
from tests.journeys.made import TRAIN, fork, hour, said

LEFT = said("departed", "Ada", 0, 2, origin="radio")


def ask(*told: Observation, at: float = 12.0, **more: object) -> Forecast:
    return forecast_from(list(told), fork(), as_of=hour(at), vehicle=TRAIN, **{"explain": False, **more})  # type: ignore[arg-type]


def chance(answer: Forecast, place: str) -> float:
    return next(d.probability for d in answer.destinations if d.place == place)


def test_ends_of_lines_are_rivals_until_something_tells() -> None:
    assert chance(ask(LEFT), "Eik") == pytest.approx(chance(ask(LEFT), "Fen"), abs=0.02)


def test_a_named_destination_gains_and_a_passage_on_the_branch_decides() -> None:
    named = said("bound", "Eik", r=0.6)
    assert chance(ask(LEFT, named), "Eik") > 0.7
    beyond = forecast_from([LEFT, named, said("arrived", "Fen", 20, 21)], fork(), as_of=hour(22), vehicle=TRAIN, explain=False)
    assert chance(beyond, "Fen") > 0.9


def test_many_who_expect_the_same_count_as_two_at_most() -> None:
    def odds(n: int) -> float:
        p = chance(ask(LEFT, *[said("bound", "Eik", r=0.5, origin=f"paper {i}") for i in range(n)]), "Eik")
        return p / (1 - p)

    assert odds(1) < odds(2) < odds(10) < odds(1) ** 2 * 1.1


def test_a_country_as_destination_supports_all_its_places() -> None:
    answer = ask(LEFT, said("bound", "country:AA", r=0.9), destination={"Bel": 1.0, "Eik": 1.0})
    assert chance(answer, "Bel") > 0.85


def test_silence_speaks_against_having_arrived() -> None:
    early = ask(LEFT, at=14.0)
    quiet = ask(LEFT, at=30.0)
    eik = next(d for d in quiet.destinations if d.place == "Eik")
    assert eik.arrival.median > next(d for d in early.destinations if d.place == "Eik").arrival.median


def test_no_word_by_noon_is_an_observation() -> None:
    without = ask(LEFT, destination="Eik", watches={})
    quiet = ask(LEFT, said("silence", "Eik", None, 22, r=0.9), destination="Eik", at=23, watches={})
    assert quiet.destinations[0].arrival.median > without.destinations[0].arrival.median


def test_a_report_cannot_come_before_what_it_tells() -> None:
    late = ask(LEFT, said("passed", "Bel", 3, 30, reported=6.0), at=12.0)
    bel = next(p for p in late.passages if p.place == "Bel")
    assert bel.time.high80 <= hour(6.5)


def test_what_became_known_later_does_not_count() -> None:
    later = said("passed", "Dov", 10, 11, reported=13.0)
    assert ask(LEFT, later, at=12.0).observations == ask(LEFT, at=12.0).observations


def test_a_passage_told_for_a_time_to_come_is_left_out() -> None:
    assert ask(LEFT, said("passed", "Dov", 40, 41), at=12.0).observations == ask(LEFT, at=12.0).observations


def test_an_instant_long_after_the_journey_can_be_asked_about() -> None:
    answer = ask(LEFT, at=5000.0)
    assert all(d.arrived > 0.99 for d in answer.destinations)


def test_expectations_of_others_count_but_little() -> None:
    plain, hoped = ask(LEFT, destination="Eik"), ask(LEFT, said("expected", "Eik", 30, 32, r=0.4, reported=1.0), destination="Eik")
    assert hoped.destinations[0].arrival.median > plain.destinations[0].arrival.median
    assert hoped.destinations[0].arrival.median < hour(30)


def test_a_duration_is_an_observation_of_the_pace() -> None:
    slow = ask(LEFT, said("duration", "Eik", r=0.5, hours=(26, 28)), destination="Eik")
    assert slow.destinations[0].arrival.median > ask(LEFT, destination="Eik").destinations[0].arrival.median


def test_position_moves_along_the_way() -> None:
    first = ask(LEFT, at=1.0).position[0]
    assert (first.start, first.end) in {("Ada", "Ada"), ("Ada", "Bel")}
    answer = ask(LEFT, said("passed", "Dov", 10, 11), destination="Eik", at=14.0)
    on_last = sum(s.probability for s in answer.position if (s.start, s.end) == ("Dov", "Eik"))
    assert on_last > 0.8


def test_there_and_back_and_a_report_that_fits_both_ways() -> None:
    answer = ask(LEFT, said("sighted", "Bel", 21, 22), at=24.0, destination="Ada", via=("Dov",))
    assert answer.destinations[0].name == "Ada by Dov"
    assert answer.destinations[0].arrival.median > hour(22)
    early = ask(LEFT, said("sighted", "Bel", 4, 5), at=6.0, destination="Ada", via=("Dov",))
    assert early.destinations[0].arrival.median > hour(20)


def test_running_by_night_only_takes_longer() -> None:
    day, night = ask(LEFT, destination="Eik", origin="Ada"), ask(LEFT, destination="Eik", origin="Ada", hours=(22, 8))
    assert night.destinations[0].arrival.median > day.destinations[0].arrival.median
    assert any("hours a day" in text for text in night.assumptions)


def test_reasons_name_the_report_that_matters_with_its_claims() -> None:
    told = Observation(
        kind="bound",
        place="Eik",
        interval=said("bound", "Eik").interval,
        reliability=0.7,
        origin="ministry",
        claims=("r1#3-9",),
        label="for Eik",
    )
    answer = ask(LEFT, told, explain=True)
    reason = next(r for r in answer.reasons if r.origin == "ministry")
    assert reason.claims == ("r1#3-9",)
    assert reason.probability_change < -0.1
    assert "less likely" in reason.text
    assert "would tell most" in answer.next_sighting


def test_the_headline_answers_in_one_line() -> None:
    answer = ask(LEFT, said("bound", "Eik", r=0.7))
    assert answer.headline.startswith("Eik: ")
    assert "(80%), if that is where it goes (" in answer.headline
    assert ask(LEFT, destination="Eik").headline.endswith("local (80%)")


@pytest.mark.parametrize(
    ("told", "more", "says"),
    [
        ([], {}, "where the journey began"),
        ([said("bound", "Eik")], {}, "where the journey began"),
        ([LEFT], {"destination": "Atlantis"}, "no single waypoint"),
        ([LEFT], {"origin": "Atlantis"}, "no single waypoint"),
        ([LEFT], {"destination": "Ada"}, "needs a place to turn at"),
        ([said("flew", "Ada", 0, 1)], {}, "unknown kind"),
    ],
)
def test_what_cannot_be_asked_says_why(told: list[Observation], more: dict[str, object], says: str) -> None:
    with pytest.raises(ForecastError, match=says):
        ask(*told, **more)


def test_contradicting_reports_leave_a_forecast() -> None:
    answer = ask(
        said("departed", "Ada", 0, 1, r=1.0), said("arrived", "Eik", 1, 2, r=1.0, origin="x"), said("passed", "Bel", 40, 41, r=1.0), at=45.0
    )
    assert sum(d.probability for d in answer.destinations) == pytest.approx(1.0)


def test_a_replay_has_one_forecast_for_every_instant_that_told_something() -> None:
    told = [said("departed", "Ada", 0, 2, reported=3.0), said("passed", "Bel", 4, 6, reported=7.0), said("bound", "Fen", reported=7.0)]
    series = replay_observations(told, fork(), vehicle=TRAIN)
    assert [f.as_of for f in series] == [hour(3), hour(7)]
    assert len(series[0].observations) == 1


def test_an_arrival_that_would_have_been_told_by_now_is_less_likely() -> None:
    watches = {"destination": Watch(detection=0.9, delay_hours=2.0)}
    watched, not_watched = (ask(LEFT, destination="Eik", at=19.0, watches=w).destinations[0].arrived for w in (watches, {}))
    assert watched < not_watched - 0.1
