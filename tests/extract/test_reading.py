"""A reading: all steps in order, on one text, to the letter."""

from __future__ import annotations

import msgspec
import pytest

from sightline.extract.reading import read, version
from sightline.gazetteer import Gazetteer, Register
from sightline.language import load
from sightline.types import Reading, Report

TEXT = """11 September 2023

Train leaves capital

The leader's train left Pyongyang on Sunday, the state agency said on Tuesday. It reached Khasan early on Tuesday.

It is not known when he will arrive in Vladivostok.
"""


@pytest.fixture(scope="module")
def rooms() -> tuple[Gazetteer, Register]:
    return Gazetteer.load(), Register.load()


@pytest.fixture(scope="module")
def reading(rooms: tuple[Gazetteer, Register]) -> Reading:
    return read(Report(id="one", text=TEXT), load()(TEXT), gazetteer=rooms[0], register=rooms[1])


def test_every_claim_points_into_the_text(reading: Reading) -> None:
    assert reading.claims
    for claim in reading.claims:
        assert claim.report == "one"
        assert claim.sentence.contains(claim.trigger)
        for each in claim.participants:
            assert each.span.of(TEXT) == each.text
        for time in claim.when:
            assert time in reading.times
        for place in claim.where:
            assert place.mention.span.of(TEXT) == place.mention.text


def test_sentences_are_trimmed_and_in_order(reading: Reading) -> None:
    texts = [span.of(TEXT) for span in reading.sentences]
    assert all(text == text.strip() and text for text in texts)
    assert list(reading.sentences) == sorted(reading.sentences)


def test_claim_ids_are_unique(reading: Reading) -> None:
    ids = [claim.id for claim in reading.claims]
    assert len(ids) == len(set(ids))


def test_the_saying_dates_nothing(reading: Reading) -> None:
    departure = next(claim for claim in reading.claims if claim.type == "departure" and claim.where)
    assert [time.text.removeprefix("on ") for time in departure.when] == ["Sunday"]


def test_the_reading_says_what_made_it(reading: Reading) -> None:
    assert reading.version == version()


def test_the_same_report_gives_the_same_bytes(reading: Reading, rooms: tuple[Gazetteer, Register]) -> None:
    again = read(Report(id="one", text=TEXT), load()(TEXT), gazetteer=rooms[0], register=rooms[1])
    assert msgspec.json.encode(again) == msgspec.json.encode(reading)


def test_a_doc_of_another_text_is_refused(rooms: tuple[Gazetteer, Register]) -> None:
    with pytest.raises(ValueError, match="one: the doc is of another text"):
        read(Report(id="one", text=TEXT), load()("Other words."), gazetteer=rooms[0], register=rooms[1])


@pytest.mark.parametrize("text", ["", " \n\n ", "!!!", "7", "A\n\nB\n\nC", "ALL CAPITALS HERE: LEADER LEAVES TOWN"])
def test_odd_texts_are_read_without_error(text: str, rooms: tuple[Gazetteer, Register]) -> None:
    found = read(Report(id="odd", text=text), load()(text), gazetteer=rooms[0], register=rooms[1])
    assert found.report.text == text


@pytest.mark.parametrize(("credit", "outlet"), [("Reuters", "Reuters"), ("Fjord Wire", None)])
def test_a_report_without_an_outlet_is_that_of_a_known_agency_in_its_dateline(
    rooms: tuple[Gazetteer, Register], credit: str, outlet: str | None
) -> None:
    text = f"Ferry adrift\n\nOSLO, March 4, 2024 ({credit}) - A ferry drifted for hours, police said."
    found = read(Report(id="one", text=text), load()(text), gazetteer=rooms[0], register=rooms[1])
    assert found.report.outlet == outlet
    assert found.dateline is not None and found.dateline.of(text).startswith("OSLO")


def test_a_newsroom_before_a_colon_is_no_place(rooms: tuple[Gazetteer, Register]) -> None:
    """There are villages called Tass and Ria, whose time the report's days would else be."""
    text = "TASS: the leader's train left the city on Friday."
    found = read(Report(id="one", text=text, metadata={"date": "2023-09-15"}), load()(text), gazetteer=rooms[0], register=rooms[1])
    friday = next(time for time in found.times if time.text == "Friday")
    assert friday.interval is not None
    assert friday.interval.zone_origin is None
    assert found.dateline is None
