"""Sentence ends that writing settles: abbreviations go on, a closing quotation mark stays with its sentence."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from spacy.language import Language

from sightline.language import read
from sightline.language.sentences import settled, words


def sentences(text: str) -> list[str]:
    (doc,) = read([text])
    return [sentence.text.strip() for sentence in doc.sents]


@pytest.mark.parametrize(
    "text",
    [
        "The ferry left at 5:15 a.m. Manila time on Sunday.",
        "The meeting is set for 9 p.m. Tuesday in the town hall.",
        "Talks with Lt. Col. Dana Ross and Brig. Gen. Ali Noor failed.",
        "The letter of Sept. 12 was sent to No. 14 in St. Albans.",
        "The bridge was built by A. B. Moreno and Peter K. Lindqvist.",
        "A spokesman for Harbour Lines Inc. said the ship was late.",
        "It was the first case, e.g. Peru vs. Chile, that the court heard.",
        "The U.S. Secretary of State met the U.N. Security Council.",
        "Mr. Okello and Mrs. Haddad waved.",
        "R. T. Lindqvist and L. Moreno waved.",
    ],
)
def test_an_abbreviation_inside_a_clause_ends_no_sentence(text: str):
    assert sentences(text) == [text]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ('"The road is open."', "Drivers were relieved."),
        ("“The road is open.”", "Drivers were relieved."),
        ('The mayor called it "a good day for the town."', "Shops stayed closed on Monday."),
        ("“Who told you that?”", "The minister gave no answer."),
        ("The convoy was seen in the U.S.", "The crew had left."),
        ("The office is on Main St.", "The door is green."),
        ("They landed at 4 p.m.", "It rained."),
    ],
)
def test_what_ends_a_sentence_ends_it(first: str, second: str):
    assert sentences(f"{first} {second}") == [first, second]


def test_a_question_in_quotation_marks_goes_on_to_its_speaker():
    text = '"Where is the train?" Kim asked.'
    assert sentences(text) == [text]


def test_no_sentence_starts_small_right_after_a_word():
    text = "The death toll from a quake that shook the northwestern hills late Friday rose to 57 on Sunday."
    assert sentences(text) == [text]


def test_letters_that_name_no_person_settle_nothing():
    assert 4 not in settled(["They", "chose", "plan", "B.", "Nobody", "agreed"], [True] * 6)


def test_a_line_break_still_starts_a_sentence(nlp: Language):
    text = "Written by Gen.\n\nAbe left the town."
    assert sentences(text)[-1] == "Abe left the town."


def test_a_letter_that_counts_a_list_is_no_initial():
    assert not {3, 4} & set(settled(["left", ".", "A", ".", "Thanks", "came"], [False, True, False, True, True, False]))


def test_no_starter_is_a_title():
    assert not words().starters & words().titles


_TEXTS = st.lists(st.sampled_from(["Gen.", "Abe", "left", ".", '"', "”", "The", "U.S.", "5", "p.m.", " ", "\n", "K.", "?"]), max_size=20)


@given(_TEXTS, st.booleans())
def test_only_words_inside_the_text_are_settled(texts: list[str], spaced: bool):
    assert set(settled(texts, [spaced] * len(texts))) <= set(range(1, len(texts)))
