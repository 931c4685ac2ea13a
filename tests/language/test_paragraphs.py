"""No sentence is parsed across a paragraph."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from spacy.language import Language

from sightline.language.paragraphs import wrapped


def sentences(nlp: Language, text: str) -> list[str]:
    return [" ".join(sentence.text.split()) for sentence in nlp(text).sents]


@pytest.mark.parametrize("gap", ["\n\n", "\n", " \n\n", "\n \n", "\r\n\r\n", "\n\n\n\n", "\u2029"])
def test_every_kind_of_break_ends_a_sentence(nlp: Language, gap: str):
    assert sentences(nlp, f"Leader's train leaves capital{gap}The train left on Sunday.{gap}Nobody saw it") == [
        "Leader's train leaves capital",
        "The train left on Sunday.",
        "Nobody saw it",
    ]


def test_lines_wrapped_to_a_width_are_one_sentence(nlp: Language):
    text = (
        "The two delegations met for three hours on Tuesday in\n"
        "the border town and agreed to reopen the crossing for\n"
        "goods in the spring, an official said."
    )
    assert len(sentences(nlp, text)) == 1


def test_a_heading_over_a_byline_is_not_wrapped_text():
    assert not wrapped(["Talks on the border crossing end without a result again", "By Omar Haddad", "The talks ended."])


def test_the_start_of_a_text_is_no_sentence_of_its_own(nlp: Language):
    assert sentences(nlp, "\n\n  The bridge is closed.") == ["The bridge is closed."]


_LINE = st.lists(st.sampled_from(["The", "train", "left", "Monday", ",", "said", "Kim", "and", ".", "”"]), min_size=1, max_size=8).map(
    " ".join
)


@given(st.lists(_LINE, min_size=2, max_size=5))
@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
def test_no_sentence_holds_words_of_two_paragraphs(nlp: Language, lines: list[str]):
    for sentence in nlp("\n\n".join(lines)).sents:
        assert "\n\n" not in sentence.text.strip()
