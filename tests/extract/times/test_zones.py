"""Clock times: whose zone they are in, and how that is known."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from sightline.extract.times import find_times
from sightline.types import Interval
from tests.extract.times.conftest import published, tagged, times


def interval(text: str, words: str, **options: str) -> Interval:
    found = next(mention for mention in times(text, "2023-09-12", **options) if mention.text == words)
    assert found.interval is not None
    return found.interval


@pytest.mark.parametrize("words", ["1 p.m.", "1 p.m. local time"])
def test_a_clock_time_is_in_the_zone_of_the_dateline(words: str) -> None:
    when = interval(f"The train stopped at {words}.", words, zone="Asia/Vladivostok")
    assert (when.zone, when.zone_origin) == ("Asia/Vladivostok", "dateline")
    assert when.earliest == datetime(2023, 9, 12, 3, 0, tzinfo=UTC)


def test_a_zone_in_the_text_outdoes_the_dateline() -> None:
    when = interval("The train stopped at 1 p.m. Moscow time.", "1 p.m. Moscow time", zone="Asia/Vladivostok")
    assert (when.zone, when.zone_origin) == ("Europe/Moscow", "text")
    assert when.earliest == datetime(2023, 9, 12, 10, 0, tzinfo=UTC)


def test_local_time_without_a_place_has_no_zone() -> None:
    when = interval("The train stopped at 1 p.m. local time.", "1 p.m. local time")
    assert (when.zone, when.zone_origin) == (None, None)


@pytest.mark.parametrize(
    "text, words, zone",
    [
        ("The ground shook at 10:47 p.m. local time (1447 GMT).", "10:47 p.m. local time", "+08:00"),
        ("The ground shook at 0500 GMT (2 p.m. local time).", "2 p.m. local time", "+09:00"),
        ("The ground shook at 3:30 p.m. (1930 GMT).", "3:30 p.m.", "-04:00"),
        ("The ground shook at 6 a.m. (0015 GMT).", "6 a.m.", "+05:45"),
    ],
)
def test_the_same_instant_in_gmt_tells_the_zone_whatever_the_dateline(text: str, words: str, zone: str) -> None:
    when = interval(text, words, zone="America/New_York")
    assert (when.zone, when.zone_origin) == (zone, "text")


def test_both_readings_of_one_instant_are_one_instant_over_midnight() -> None:
    text = "Polls closed at 6 a.m. (2200 GMT) on Monday."
    assert interval(text, "6 a.m.").earliest == interval(text, "2200 GMT").earliest == datetime(2023, 9, 10, 22, 0, tzinfo=UTC)


def test_times_that_no_zone_explains_stay_apart() -> None:
    assert interval("It began at 6 a.m. (0113 GMT).", "6 a.m.").zone is None


@pytest.mark.parametrize(
    "sentence, zone, value",
    [
        ("Officials/NNS said/VBD Wednesday/NNP that/IN he/PRP left/VBD ./.", "Asia/Seoul", "2023-09-13"),
        ("Officials/NNS said/VBD Wednesday/NNP that/IN he/PRP left/VBD ./.", "America/New_York", "2023-09-06"),
        ("Officials/NNS said/VBD Thursday/NNP that/IN he/PRP left/VBD ./.", "Asia/Seoul", "2023-09-07"),
        ("He/PRP left/VBD on/IN Wednesday/NNP ./.", "Asia/Seoul", "2023-09-06"),
        ("Officials/NNS said/VBD last/JJ Wednesday/NNP that/IN he/PRP left/VBD ./.", "Asia/Seoul", "2023-09-06"),
    ],
)
def test_what_was_said_on_the_next_day_far_in_the_east(sentence: str, zone: str, value: str) -> None:
    """The report is dated on a Tuesday, without a clock time."""
    assert find_times(tagged(sentence), published("2023-09-12"), zone=zone)[0].value == value
