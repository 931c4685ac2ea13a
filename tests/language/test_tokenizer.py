"""Words as the treebanks have them, and lost spaces found again."""

from __future__ import annotations

import pickle

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.lang.en import English
from spacy.language import Language

from sightline.language.tokenizer import GLUED_RIGHT, Acquaintance, Infixes, make


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("in Russiathis Monday", ["in", "Russia", "this", "Monday"]),
        ("the leaderwho travels", ["the", "leader", "who", "travels"]),
        ("left on Sundaywith aides", ["left", "on", "Sunday", "with", "aides"]),
        ("the old fleet.”says The Post", ["the", "old", "fleet", ".", "”", "says", "The", "Post"]),
        ("”says a source", ["”", "says", "a", "source"]),
        ("it ended yesterday.The crowd", ["it", "ended", "yesterday", ".", "The", "crowd"]),
    ],
)
def test_lost_spaces_are_found(nlp: Language, text: str, words: list[str]):
    assert [token.text for token in nlp.make_doc(text)] == words


@pytest.mark.parametrize(
    "word",
    ["Forsythe", "Marchand", "Robinson", "herewith", "Anderson", "YouTube", "therefrom", "McCarthy", "Smithwho1", "within", "Goethe"],
)
def test_words_that_only_look_glued_stay_whole(nlp: Language, word: str):
    assert [token.text for token in nlp.make_doc(word)] == [word]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Kim Jong-un's", ["Kim", "Jong", "-", "un", "'s"]),
        ("a 20-hour trip", ["a", "20", "-", "hour", "trip"]),
        ("U.S.-led", ["U.S.", "-", "led"]),
        ("at news.example.com today", ["at", "news.example.com", "today"]),
        ("it doesn’t", ["it", "does", "n’t"]),
        ("SEOUL, Sept. 11 (Yonhap) --", ["SEOUL", ",", "Sept.", "11", "(", "Yonhap", ")", "--"]),
    ],
)
def test_words_are_the_treebanks_words(nlp: Language, text: str, words: list[str]):
    assert [token.text for token in nlp.make_doc(text)] == words


@given(st.text(alphabet=st.characters(categories=["L"]), min_size=1, max_size=12), st.sampled_from(GLUED_RIGHT))
def test_nothing_is_cut_without_a_list_of_known_words(left: str, right: str):
    assert Infixes("a^", frozenset()).glued(left + right) == 0


def test_a_cut_needs_its_left_part_known_and_its_whole_unknown(nlp: Language):
    from spacy.strings import get_string_id

    assert Infixes("a^", {get_string_id("russia")}).glued("Russiathis") == 6
    assert Infixes("a^", {get_string_id("russia"), get_string_id("russiathis")}).glued("Russiathis") == 0


def test_the_finder_can_be_sent_to_another_process():
    finder = pickle.loads(pickle.dumps(Infixes(r"-", frozenset({1}))))
    assert [match.start() for match in finder("a-b")] == [1]


_RUNS = st.sampled_from(
    [
        "don't",
        "“I’m",
        "U.S.,",
        "p.m.",
        "fleet.”says",
        "Russiathis",
        "(20-year-old)",
        "Oslo",
        "cannot",
        "Oslo’s",
        "e.g.",
        "$5m",
        "10am.",
        "…",
        ":)",
    ]
)


@given(st.lists(st.lists(_RUNS, max_size=12).map(" ".join), max_size=3), st.lists(_RUNS, max_size=20).map(" ".join))
@settings(deadline=None, max_examples=60)
def test_a_run_met_before_comes_apart_as_one_never_met(met: list[str], text: str) -> None:
    fresh, acquainted = make(English().vocab), make(English().vocab)
    known = Acquaintance(acquainted)
    known.meet([*met, text])
    known.meet([text])
    one, other = fresh(text), acquainted(text)
    assert [(t.text, t.whitespace_, t.norm_) for t in one] == [(t.text, t.whitespace_, t.norm_) for t in other]
