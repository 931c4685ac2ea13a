"""Sentences without end are cut, and nothing else."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sightline.language import load, read
from sightline.language.longest import LONGEST, cuts


@given(st.lists(st.sampled_from(["a", ",", ";", "said"]), max_size=40), st.integers(1, 12))
def test_every_piece_is_short_enough_and_none_is_empty(words: list[str], longest: int) -> None:
    places = [0, *cuts(words, longest), len(words)]
    assert all(0 < last - first <= longest for first, last in pairwise(places) if words)


@pytest.mark.parametrize("unit", ["Oslo, Paris, Rome, ", "the ferry left and ", "said ", "he said that she said that "])
def test_a_text_without_a_full_stop_is_many_sentences_and_keeps_its_words(unit: str) -> None:
    text = unit * 400
    (doc,) = read([text], load())
    sentences = list(doc.sents)
    assert doc.text == text and len(sentences) > 1
    assert all(len(sentence) <= LONGEST + 1 for sentence in sentences)
    assert all(sentence.start <= token.head.i < sentence.end for sentence in sentences for token in sentence)


def test_an_ordinary_sentence_stays_whole() -> None:
    text = "The ferry, which had left Turku on Sunday, " + "and which " * 20 + "was late, reached Stockholm on Monday."
    (doc,) = read([text], load())
    assert len(list(doc.sents)) == 1
