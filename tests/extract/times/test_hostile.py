"""Nothing in a text makes the reader fail, and what it gives is always in order."""

from __future__ import annotations

from time import perf_counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from sightline.extract.times.grammar import grammar
from sightline.extract.times.intervals import read_back
from sightline.extract.times.resolve import READERS
from sightline.extract.times.words import lexicon, table
from sightline.types import TimeMention
from tests.extract.times.conftest import times

_WORDS = sorted(lexicon().word) + [word.capitalize() for word in lexicon().capital] + list(lexicon().zones) + list(lexicon().named)
_TOKENS = some.sampled_from(_WORDS) | some.integers(0, 99999).map(str) | some.sampled_from(
    ["99/99/9999", "31/02/2023", "0000-00-00", "9999-12-31", "0001-01-01", "25:99", "12:60", "31st", "0th", "1980s", "'90s", "44 BC", "Q9",
     "10-17", "1/0", "1/2", "3.5", "999999999999",
     "H1", "2H", "1Q13", "9/11", "14/15", "30/1", "384", "a.m.", "—", "(", ")", "\n\n", "\u2028", "٣", "²", "①", "İ", "ß", "\U0001f600", "FY"]
)  # fmt: skip


def _sound(text: str, found: list[TimeMention]) -> None:
    reached = 0
    for one in found:
        assert text[one.span.start : one.span.end] == one.text != ""
        assert one.span.start >= reached
        reached = one.span.end
        assert one.type in ("DATE", "TIME", "DURATION", "SET")
        assert one.value
        if one.seconds is not None:
            assert 0 <= one.seconds[0] <= one.seconds[1]
        if one.interval is not None:
            earliest, latest = one.interval.earliest, one.interval.latest
            assert earliest is None or latest is None or earliest <= latest
            back = read_back(one.interval.edtf, one.interval.zone)
            assert (back.earliest, back.latest) == (earliest, latest)


@settings(max_examples=300, deadline=None)
@given(
    some.lists(_TOKENS, max_size=14),
    some.sampled_from(["2023-09-11", "0001-01-01", "9999-12-31", "1582-10-15", None]),
    some.sampled_from([None, "Asia/Seoul", "-12:00"]),
)
def test_any_words(words: list[str], day: str | None, zone: str | None) -> None:
    text = " ".join(words)
    _sound(text, times(text, day, zone=zone))  # type: ignore[arg-type]


@settings(max_examples=150, deadline=None)
@given(some.text(max_size=80))
def test_any_text(text: str) -> None:
    _sound(text, times(text))


@pytest.mark.parametrize(
    "text",
    [
        "99/99/9999 and 31/02/2023 and 0/0/0000", "in the year 0", "in 9999, next century", "10000 years later", "99999999999 centuries ago",
        "a million millennia from now", "1/0 hours ago", "25:61 p.m.", "the 99th century BC", "Feb. 30, 2023", "on the 45th", "Q9 2023",
        "next millennium", "0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-12:00", "Easter 9999", "Easter 1", "every zero days", "²/³/2023",
        "٣/٤/2023", "a" * 5000, "1" * 5000, "the " * 3000, "Monday " * 2000,
    ],
)  # fmt: skip
@pytest.mark.parametrize("day", ["2023-09-11", "0001-01-01", "9999-12-31"])
def test_hostile(text: str, day: str) -> None:
    _sound(text, times(text, day, zone="Pacific/Kiritimati"))


def test_same_text_same_answer() -> None:
    text = "On Monday the train left; two days later, at 5 p.m. local time, it arrived, as in April 2019."
    assert times(text) == times(text)


def test_every_rule_has_its_reader() -> None:
    assert set(table("grammar.toml")["rules"]) == set(READERS)
    assert grammar().triggers


def test_a_long_text_without_dates_of_its_own_takes_time_by_its_length() -> None:
    """Without a publication every bare month looks back for the date reached."""
    begin = perf_counter()
    assert len(times("It rained in May. ", None)) == 1
    assert len(times("It rained in May. " * 4000, None)) == 4000
    assert perf_counter() - begin < 20
