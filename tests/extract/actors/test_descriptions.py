"""Common words and pronouns that stand for somebody named before, and those that must stand for nobody."""

from __future__ import annotations

import pytest

from tests.extract.actors.conftest import Reader


@pytest.mark.parametrize(
    ("text", "words", "name"),
    [
        ("Brankton Motors closed its plant in May. The company said demand had collapsed.", "The company", "Brankton Motors"),
        ("Ostwind, the airline, grounded its fleet. The airline gave no date for its return.", "The airline", "Ostwind"),
        ("The Danish Health Ministry closed the schools. The ministry said 40 people were ill.", "The ministry", "The Danish Health Ministry"),
        ("Fighters of the Eastern Liberation Army took the bridge. The group freed its prisoners.", "The group", "Eastern Liberation Army"),
        ("Petra Holm, 70, fell from a ladder. The painter was taken to hospital.", "The painter", "Petra Holm"),
        ("Norway said it would close the border. The country has warned of drones.", "The country", "Norway"),
        ("The Marsh Valley Trust said it had run out of money.", "it", "Marsh Valley Trust"),
        ("Wendel Ashby spoke for an hour. Later he left without a word.", "he", "Wendel Ashby"),
    ],
)  # fmt: skip
def test_a_common_word_stands_for_the_one_named_before(cast: Reader, text: str, words: str, name: str) -> None:
    read = cast(text)
    assert read.of(words) == read.of(name) is not None


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("The Danish Health Ministry closed the schools. The company that ran them protested.", "The company"),
        ("Ostwind, the airline, and Verband, the union, met on Monday. The bank was not there.", "The bank"),
        ("Petra Holm and Lars Munk fell from a ladder. The painter was taken to hospital.", "The painter"),
        ("Norway and Sweden closed the border. The country has warned of drones.", "The country"),
        ("Brankton Motors said a lorry had burnt out. It was built in 1990.", "It"),
        ("Norway said on Friday that it was raining too hard for the flight.", "it"),
        ("Chile said it was a protest.", "it"),
    ],
)
def test_what_is_not_clear_stands_for_nobody(cast: Reader, text: str, words: str) -> None:
    assert cast(text).of(words) is None


def test_a_rival_beside_a_name_does_not_own_itself(cast: Reader) -> None:
    read = cast("Tess Moran left Boeing for Airbus, its European rival.")
    assert read.of("its") != read.of("Airbus")


def test_the_younger_of_a_family_is_known_by_the_relation(cast: Reader) -> None:
    read = cast("Adam Frost leads the firm that his father, Simon Frost, founded. The elder Frost died in May. The younger Frost wept.")
    assert read.of("elder Frost") == read.of("Simon Frost") != read.of("Adam Frost") == read.of("younger Frost")


def test_two_of_a_family_without_a_relation_are_not_guessed(cast: Reader) -> None:
    assert cast("Adam Frost and Simon Frost run the firm. The younger Frost wept.").of("younger Frost") is None


def test_the_then_leader_is_one_who_no_longer_leads(cast: Reader) -> None:
    read = cast("Kim Jong-un took the train that Kim Jong-il had used. The then leader had feared flying.")
    assert read.of("The then leader") == "table:kim-jong-il"


def test_a_building_where_one_stands_does_not_act(cast: Reader) -> None:
    assert cast("Reporters waited outside Downing Street on Friday.").of("Downing Street") is None
    assert cast("Downing Street said the talks had failed.").of("Downing Street") == "table:downing-street"
