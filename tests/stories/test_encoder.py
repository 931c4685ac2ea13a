"""What a word means in its sentence."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sightline.stories.context import load_context, states_of
from sightline.stories.encoder import GROUP, Encoder, PackedRows, WordPieces, load_encoder, unpack
from sightline.stories.mentions import Mention


def told(sentence: str, word: str) -> Mention:
    start = sentence.index(word)
    span = (start, start + len(word))
    return Mention(id=word, report="a", lemma=word, lemmas=frozenset({word}), context=sentence, head=span, whole=(span,))


def likeness(*mentions: Mention) -> np.ndarray:
    found = load_context().of(states_of(mentions))
    return found @ found.T


def test_a_theft_is_nearer_to_a_robbery_than_to_an_election():
    theft = told("Thieves stole the jewels from a shop in Lyon.", "stole")
    robbery = told("The robbery at the Lyon jeweller lasted four minutes.", "robbery")
    election = told("The election of a new mayor of Lyon was close.", "election")
    table = likeness(theft, robbery, election)
    assert table[0, 1] > table[0, 2] + 0.1
    assert np.allclose(np.diag(table), 1.0, atol=1e-5)


def test_a_word_means_something_else_in_another_sentence():
    fire = told("The fire burnt two barns near the river.", "fire")
    shots = told("Soldiers came under fire at the checkpoint.", "fire")
    again = told("Firefighters put out the fire in the barns by noon.", "fire")
    table = likeness(fire, shots, again)
    assert table[0, 2] > table[0, 1]


def test_states_do_not_depend_on_what_was_read_before():
    mention = told("The ferry sank off the island on Sunday.", "sank")
    before = states_of([mention])
    states_of([told("Ministers met in the capital.", "met")])
    load_encoder()._states.cache_clear()
    assert (states_of([mention]) == before).all()


def test_a_word_far_into_an_endless_sentence_is_read_with_what_stands_around_it():
    endless = "and then the dog barked, " * 400 + "while the bridge collapsed."
    start = endless.index("collapsed")
    row = load_encoder().words(endless, (start, start + 9), [(start, start + 9)])
    short = "the dog barked, while the bridge collapsed."
    place = short.index("collapsed")
    near = load_encoder().words(short, (place, place + 9), [(place, place + 9)])
    head, other = row[:384], near[:384]
    assert float(head @ other) > 0.6 * float(np.linalg.norm(head) * np.linalg.norm(other))


@pytest.mark.parametrize("text", ["", " ", "\x00\u202e", "é" * 500, "🚂🚂🚂", "e\u0301te\u0301"])
def test_any_text_has_finite_states(text: str):
    assert np.isfinite(load_encoder().words(text, (0, 1), [(0, 1)])).all()


def test_words_are_cut_into_the_longest_pieces_known_and_accents_make_no_difference():
    pieces = WordPieces(["[UNK]", "re", "##open", "##ed", "reopen", "cafe"])
    assert pieces.of("Reopened") == [4, 3]
    assert pieces.of("café") == [5]
    assert pieces.of("zoo") == [0]
    assert list(pieces.cut("café reopened")) == [(5, 0, 4), (4, 5, 13), (3, 5, 13)]


def test_words_come_apart_at_marks_before_their_pieces():
    pieces = WordPieces(["[UNK]", "jong", "-", "un", "'", "s"])
    assert [piece for piece, _, _ in pieces.cut("Jong-un's")] == [1, 2, 3, 4, 5]


@given(st.text(max_size=60))
def test_pieces_stand_where_their_words_stand(text: str):
    encoder = load_encoder()
    assert isinstance(encoder, Encoder)
    ends = [(start, end) for _, start, end in encoder._pieces.cut(text)]
    assert ends == sorted(ends)
    assert all(0 <= start < end <= len(text) and not text[start:end].isspace() for start, end in ends)


def test_packed_rows_are_those_of_the_whole_matrix():
    random = np.random.default_rng(1)
    packed = random.integers(0, 256, (7, GROUP), dtype=np.uint8)
    scale = random.random((14, 1)).astype(np.float16)
    whole = unpack(packed, scale)
    rows = np.array([[3, 0], [6, 3]])
    assert (PackedRows(packed, scale)[rows] == whole[rows]).all()
