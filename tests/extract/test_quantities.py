"""Amounts: what is one, what is none, and its value in the normal unit."""

from __future__ import annotations

from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.lang.en import English

from sightline.extract.quantities import find_quantities
from sightline.types import Quantity


@cache
def tokens() -> English:
    return English()


def amounts(text: str) -> list[Quantity]:
    return find_quantities(tokens()(text))


@pytest.mark.parametrize(
    ("text", "low", "high", "unit"),
    [
        ("some 700 kilometres away", 700, 700, "km"),
        ("1,180 km by rail", 1180, 1180, "km"),
        ("a drive of 425 miles", 683.97, 683.972, "km"),
        ("at 60 km/h", 60, 60, "km/h"),
        ("at 60 kilometres per hour", 60, 60, "km/h"),
        ("at 37 mph", 59.5457, 59.5458, "km/h"),
        ("15 knots", 27.78, 27.78, "km/h"),
        ("around 20 hours", 72000, 72000, "s"),
        ("a 20-hour journey", 72000, 72000, "s"),
        ("two and a half days", 216000, 216000, "s"),
        ("four-and-a-half hours", 16200, 16200, "s"),
        ("half an hour", 1800, 1800, "s"),
        ("an hour and a half", 5400, 5400, "s"),
        ("20 hours and 30 minutes", 73800, 73800, "s"),
        ("between 20 and 25 hours", 72000, 90000, "s"),
        ("20 to 25 hours", 72000, 90000, "s"),
        ("20-25 hours", 72000, 90000, "s"),
        ("20 or more hours", 72000, 72000, "s"),
        ("nearly 200 tonnes of grain", 200000, 200000, "kg"),
        ("two kilos", 2, 2, "kg"),
        ("12.5%", 12.5, 12.5, "percent"),
        ("45 per cent", 45, 45, "percent"),
        ("two-thirds of the seats", 66.667, 66.667, "percent"),
        ("$5bn", 5e9, 5e9, "USD"),
        ("US$1.2 million", 1.2e6, 1.2e6, "USD"),
        ("€300,000", 3e5, 3e5, "EUR"),
        ("ten to 15 million dollars", 1e7, 1.5e7, "USD"),
        ("three thousand rubles", 3000, 3000, "RUB"),
        ("minus 20 degrees Celsius", -20, -20, "degC"),
        ("212 degrees Fahrenheit", 100, 100, "degC"),
        ("4,000 hectares", 40, 40, "km2"),
        ("600 megawatts", 6e8, 6e8, "W"),
        ("a magnitude 6.4 quake", 6.4, 6.4, "magnitude"),
        ("a 6.4-magnitude quake", 6.4, 6.4, "magnitude"),
        ("a 37-year-old man", 37, 37, "a"),
        ("90 carriages", 90, 90, "count"),
        ("twenty-one officers", 21, 21, "count"),
        ("two hundred and five soldiers", 205, 205, "count"),
        ("1.5 million refugees", 1.5e6, 1.5e6, "count"),
        ("half a million refugees", 5e5, 5e5, "count"),
        ("dozens of residents", 24, 99, "count"),
        ("tens of thousands of people", 20000, 99999, "count"),
        ("a dozen boats", 12, 12, "count"),
    ],
)
def test_one_amount_in_its_normal_unit(text: str, low: float, high: float, unit: str) -> None:
    (found,) = amounts(text)
    assert found.unit == unit
    assert low <= found.low <= high or found.low == pytest.approx(low)
    assert found.high == pytest.approx(high, rel=1e-4)


@pytest.mark.parametrize(
    ("text", "comparator", "approximate"),
    [
        ("90 carriages", "=", False),
        ("about 90 carriages", "=", True),
        ("some 90 carriages", "=", True),
        ("90 or so carriages", "=", True),
        ("more than 90 carriages", ">", False),
        ("at least 90 carriages", ">=", False),
        ("up to 90 carriages", "<=", False),
        ("fewer than 90 carriages", "<", False),
        ("90 or more carriages", ">=", False),
        ("dozens of carriages", "=", True),
    ],
)
def test_how_the_number_is_meant(text: str, comparator: str, approximate: bool) -> None:
    (found,) = amounts(text)
    assert (found.comparator, found.approximate, found.of) == (comparator, approximate, "carriages")
    assert found.text == text


@pytest.mark.parametrize(
    "text",
    [
        "on 11 September 2023 at 10:40",
        "in 2019 and 2020",
        "a Su-35 and the flight SPAR19",
        "the M-4 motorway",
        "two days ago",
        "three hours later",
        "on 24 April",
        "Article 5 of the treaty",
        "the 21st century began",
        "at 9 p.m. on Tuesday",
        "the scores were level",
    ],
)
def test_dates_clocks_and_names_hold_no_amount(text: str) -> None:
    assert amounts(text) == []


def test_an_amount_restated_in_brackets_is_given_once() -> None:
    found = amounts("It went at 60 km/h (37 mph) for 700 kilometres (435 miles).")
    assert [(each.text, each.unit) for each in found] == [("60 km/h", "km/h"), ("700 kilometres", "km")]


def test_the_counted_word_keeps_its_place() -> None:
    text = "They saw 21 bulletproof carriages."
    (found,) = amounts(text)
    assert found.of == "carriages"
    assert found.of_span is not None
    assert found.of_span.of(text) == "carriages"


def test_a_count_without_its_noun() -> None:
    found = amounts("At least 40 were hurt and two were killed.")
    assert [(each.low, each.comparator) for each in found] == [(40, ">="), (2, "=")]


@given(st.text(max_size=80))
@settings(max_examples=150, deadline=None)
def test_any_text_is_read_and_spans_are_its_own(text: str) -> None:
    last = 0
    for found in amounts(text):
        assert found.span.of(text) == found.text
        assert last <= found.span.start < found.span.end
        assert found.low <= found.high
        last = found.span.end


_PIECES = ["a few", "several", "half", "a", "dozen", "twenty", "-", "one", "1,180", "7.5", "km", "per", "hour", "$", "5bn", "million", "or", "so",
           "more", "than", "between", "and", "to", "hours", "people", "of", "percent", "magnitude", "year", "old", "(", ")", "minus", "°C", "the"]  # fmt: skip


@given(st.lists(st.sampled_from(_PIECES), max_size=12), st.sampled_from([" ", "", "  "]))
@settings(max_examples=300, deadline=None)
def test_any_run_of_number_words_is_read(pieces: list[str], gap: str) -> None:
    text = gap.join(pieces)
    for found in amounts(text):
        assert found.span.of(text) == found.text
        assert found.low <= found.high


@given(st.integers(1, 10**9), st.sampled_from(["km", "hours", "tonnes", "carriages"]))
def test_digits_with_and_without_separators_are_equal(number: int, noun: str) -> None:
    plain, grouped = amounts(f"about {number} {noun}"), amounts(f"about {number:,} {noun}")
    assert [each.low for each in plain] == [each.low for each in grouped]
