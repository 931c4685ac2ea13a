"""Tolls, denials that point back, and other tellings that no verb of the happening itself tells."""

from __future__ import annotations

import pytest

from sightline.extract.quantities.tolls import tolls
from sightline.extract.reading import read
from sightline.gazetteer import Gazetteer, Register
from sightline.language import load
from sightline.types import Claim, Reading, Report, Status


@pytest.fixture(scope="module")
def rooms() -> tuple[Gazetteer, Register]:
    return Gazetteer.load(), Register.load()


def reading(text: str, rooms: tuple[Gazetteer, Register]) -> Reading:
    return read(Report(id="r", text=text), load()(text), gazetteer=rooms[0], register=rooms[1])


def only(found: Reading, kind: str) -> Claim:
    (claim,) = [claim for claim in found.claims if claim.type == kind]
    return claim


@pytest.mark.parametrize(
    ("text", "number", "mark"),
    [
        ("The death toll from the flood rose to 57 on Sunday.", 57, "="),
        ("Mudslide toll climbs past 1,200", 1200, "="),
        ("By evening the toll stood at at least 61.", 61, ">="),
        ("The number of injured climbed from 80 to 210.", 210, "="),
    ],
)
def test_the_number_that_a_toll_reaches_counts_people(text: str, number: int, mark: str):
    (found,) = tolls(text, ())
    assert (found.low, found.comparator, found.of) == (number, mark, "people")


@pytest.mark.parametrize("text", ["The toll road runs to 40 km.", "The number of injured rose by 8%.", "The toll is not known."])
def test_other_numbers_are_no_toll(text: str):
    assert list(tolls(text, ())) == []


def test_a_toll_that_rises_is_deaths_and_no_rise(rooms: tuple[Gazetteer, Register]):
    found = reading("The death toll from the flood rose to 57 on Sunday.", rooms)
    assert only(found, "death").quantities[0].low == 57
    assert not [claim for claim in found.claims if claim.type == "rise"]


def test_both_sides_of_a_denied_report_are_claims(rooms: tuple[Gazetteer, Register]):
    found = reading("Local media reported that a helicopter crashed near the village, but the army denied the report.", rooms)
    told, denied = [claim for claim in found.claims if claim.type == "crash"]
    assert told.certainty.status is Status.HAPPENED
    assert denied.certainty.status is Status.DENIED
    assert denied.id == f"{told.id}~denied"
    assert denied.attribution is not None
    speaker = found.attributions[denied.attribution].speaker
    assert speaker is not None and speaker.text == "the army"


def test_how_many_is_asked_not_told(rooms: tuple[Gazetteer, Register]):
    found = reading("It was not immediately known how many people were hurt.", rooms)
    assert only(found, "injury").certainty.status is Status.UNKNOWN


def test_an_infinitive_that_heads_a_line_lies_ahead(rooms: tuple[Gazetteer, Register]):
    assert only(reading("Okello to be sworn in on Monday", rooms), "appointment").certainty.status is Status.PLANNED


def test_who_is_held_under_arrest_is_arrested(rooms: tuple[Gazetteer, Register]):
    claim = only(reading("President Ada Moreno was being held under house arrest, officers said.", rooms), "arrest")
    assert [part.text for part in claim.participants if part.role == "theme"] == ["President Ada Moreno"]


def test_a_bare_count_is_the_subject_and_not_the_speaker_behind_it(rooms: tuple[Gazetteer, Register]):
    claim = only(reading("More than 140 were injured, he added.", rooms), "injury")
    assert "he" not in [part.text for part in claim.participants]


def test_a_leading_date_is_no_part_of_the_sentence(rooms: tuple[Gazetteer, Register]):
    claim = only(reading("Aug 31, 2023 - The country's new ruler will be sworn in on Monday, the army said.", rooms), "appointment")
    assert [part.text for part in claim.participants] == ["The country's new ruler"]
