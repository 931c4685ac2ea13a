"""Where on the calendar an expression lies: bounds in UTC, EDTF, flags and zones."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as some

from sightline.extract.times import calendar
from sightline.extract.times.calendar import Stretch, made
from sightline.extract.times.edtf import formatted, parsed
from sightline.extract.times.intervals import interval, read_back
from tests.extract.times.conftest import one, times


@pytest.mark.parametrize(
    "text, edtf",
    [
        ("The road was closed in April 2019.", "2019-04"),
        ("It was closed at the beginning of 2020.", "2020-01/2020-03"),
        ("It was closed this summer.", "2023-22"),
        ("It was closed in the third quarter of 2022.", "2022-35"),
        ("It was closed in the second half of 2022.", "2022-41"),
        ("It was closed in the 1980s.", "198X"),
        ("It was closed in the 19th century.", "18XX"),
        ("It was closed last week.", "2023-09-04/2023-09-10"),
        ("It has been closed since 2019.", "2019/.."),
        ("It was open until 2019.", "../2019"),
        ("It will open by Friday.", "../2023-09-15"),
        ("It was open before 5 September.", "../2023-09-04"),
        ("It was open after 5 September.", "2023-09-06/.."),
        ("It was closed over the past two months.", "2023-07-11/2023-09-11"),
        ("It will open in the coming days.", "2023-09-11/2023-09-18"),
        ("It was closed on Sunday evening.", "2023-09-10T17:00:00/2023-09-10T22:59:59"),
        ("It was closed on Sunday night.", "2023-09-10T18:00:00/2023-09-11T05:59:59"),
        ("It was closed at 9:15 p.m. on Sunday.", "2023-09-10T21:15:00/2023-09-10T21:15:59"),
        ("It was closed in 1994 or later.", "1994/.."),
        ("It was closed in late August.", "2023-08-21/2023-08-31"),
    ],
)
def test_edtf(text: str, edtf: str) -> None:
    found = one(text).interval
    assert found is not None
    assert found.edtf == edtf


def test_both_ends_of_a_range_carry_the_whole_stretch() -> None:
    first, second = times("The talks ran from Sunday to Tuesday.", "2023-09-13")
    assert (first.relation, second.relation) == ("since", "until")
    assert first.interval is not None and second.interval is not None
    assert first.interval.edtf == second.interval.edtf == "2023-09-10/2023-09-12"


def test_range_of_days_before_their_month() -> None:
    first, second = times("The port was closed between 10 and 17 September 2021.")
    assert (first.value, second.value) == ("2021-09-10", "2021-09-17")
    assert first.interval is not None
    assert first.interval.edtf == "2021-09-10/2021-09-17"


def test_vague_words_say_so() -> None:
    coming, sharp = one("It will open in the coming days.").interval, one("It will open on Friday.").interval
    assert coming is not None and sharp is not None
    assert coming.vague and not sharp.vague


def test_approximate_lengths() -> None:
    found = one("The journey took around 20 hours.")
    assert found.interval is None
    assert found.mod == "APPROX"
    assert found.seconds == (16 * 3600, 24 * 3600)


@pytest.mark.parametrize(
    "text, zone, earliest, origin",
    [
        ("It stopped at 5:15 a.m. Moscow time.", None, "2023-09-11T02:15", "text"),
        ("It stopped at 13:00 KST.", None, "2023-09-11T04:00", "text"),
        ("It stopped at 0515 GMT.", "Asia/Seoul", "2023-09-11T05:15", "text"),
        ("It stopped at 13:00 local time.", "Asia/Vladivostok", "2023-09-11T03:00", "dateline"),
        ("It stopped at 13:00 local time.", None, "2023-09-11T13:00", None),
        ("It stopped at 13:00.", "Asia/Tokyo", "2023-09-11T04:00", "dateline"),
    ],
)
def test_zones(text: str, zone: str | None, earliest: str, origin: str | None) -> None:
    found = one(text, zone=zone).interval  # type: ignore[arg-type]
    assert found is not None
    assert found.earliest == datetime.fromisoformat(earliest).replace(tzinfo=UTC)
    assert found.zone_origin == origin


def test_a_day_is_the_day_of_the_place_that_the_report_speaks_from() -> None:
    found = one("It left on Sunday.", zone="Asia/Seoul").interval
    assert found is not None
    assert found.earliest == datetime(2023, 9, 9, 15, tzinfo=UTC)
    assert found.latest == datetime(2023, 9, 10, 14, 59, 59, tzinfo=UTC)


_STRETCHES = some.builds(
    made,
    some.sampled_from(["day", "month", "quarter", "half", "season", "year", "decade", "century"]),
    some.integers(1, 9999),
) | some.builds(made, some.just("day"), some.integers(1, 3652059))


@given(
    _STRETCHES,
    _STRETCHES,
    some.sampled_from([None, "Asia/Seoul", "+05:30", "America/New_York", "-11:00"]),
    some.booleans(),
    some.booleans(),
)
def test_edtf_parses_back_to_the_same_interval(
    start: Stretch | None, end: Stretch | None, zone: str | None, approximate: bool, uncertain: bool
) -> None:
    made_ = interval(start, end, zone=zone, approximate=approximate, uncertain=uncertain)
    back = read_back(made_.edtf, zone)
    assert (back.earliest, back.latest) == (made_.earliest, made_.latest)
    if made_.edtf != "..":
        assert (back.approximate, back.uncertain) == (approximate, uncertain)


@given(some.datetimes(), some.sampled_from([None, "Europe/Moscow", "+09:00", "America/Los_Angeles"]))
def test_instants_parse_back(moment: datetime, zone: str | None) -> None:
    moment = moment.replace(microsecond=0)
    made_ = interval(moment, moment, zone=zone)
    back = read_back(made_.edtf, zone)
    assert (back.earliest, back.latest) == (made_.earliest, made_.latest)


@pytest.mark.parametrize("text", ["2023-13-45", "yesterday", "2023-02-30", "1/2/3", "", "2023-09-11T99:00:00", "0000"])
def test_other_text_is_refused_or_open(text: str) -> None:
    if text == "":
        assert parsed(text).start is None
    else:
        with pytest.raises(ValueError):
            parsed(text)


def test_open_ends() -> None:
    assert formatted(None, None) == ".."
    assert parsed("../2019").start is None


@given(some.sampled_from(calendar.UNITS), some.integers(-5, 4_000_000))
def test_a_stretch_holds_its_first_and_last_day(unit: str, index: int) -> None:
    stretch = made(unit, index)
    if stretch is None:
        return
    assert stretch.first() <= stretch.last()
    assert calendar.containing(unit, Stretch("day", stretch.last())) == stretch or stretch.last() == 3652059
