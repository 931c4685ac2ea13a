"""Lemmas: a table, then the longest suffix that is known for the tag."""

from __future__ import annotations

import pytest
from spacy.language import Language

from sightline.language.lemmas import Lemmas, read
from training.language.lemmas import edit, learn
from training.language.passages import Passage, Token


@pytest.mark.parametrize(
    ("form", "tag", "lemma"),
    [
        ("left", "VBD", "leave"),
        ("confirmed", "VBN", "confirm"),
        ("denies", "VBZ", "deny"),
        ("travelling", "VBG", "travel"),
        ("agencies", "NNS", "agency"),
        ("summits", "NNS", "summit"),
        ("was", "VBD", "be"),
        ("Russian", "JJ", "Russian"),
        ("Pyongyang", "NNP", "Pyongyang"),
        ("biggest", "JJS", "big"),
        ("provoked", "VBN", "provoke"),
        ("shut", "VBD", "shut"),
        ("overthrew", "VBD", "overthrow"),
        ("people", "NNS", "people"),
    ],
)
def test_lemmas_of_news(nlp: Language, form: str, tag: str, lemma: str):
    table = nlp.get_pipe("sightline_lemmas").lemmas
    assert table.lemma(form, tag) == lemma


def test_a_sentences_first_word_loses_its_capital():
    table = Lemmas({}, {("NNS", "s"): (1, "")})
    assert table.lemma("Trains", "NNS", first=True) == "train"


def test_the_table_goes_before_the_rules():
    table = Lemmas({("NNS", "news"): "news"}, {("NNS", "s"): (1, "")})
    assert (table.lemma("news", "NNS"), table.lemma("trains", "NNS")) == ("news", "train")


def test_rules_are_learned_from_what_most_words_do():
    words = [("walks", "walk"), ("talks", "talk"), ("asks", "ask"), ("carries", "carry"), ("tries", "try"), ("flies", "fly"), ("is", "be")]
    tokens = tuple(Token(form, lemma=lemma, xpos="VBZ") for form, lemma in words)
    table = learn([Passage(tokens, (0,), None)])
    assert [table.lemma(form, "VBZ") for form in ("sinks", "marries", "is")] == ["sink", "marry", "be"]


def test_the_table_is_written_the_same_every_time(tmp_path):
    table = Lemmas({("VBD", "went"): "go"}, {("VBD", "ed"): (2, "")})
    table.write(tmp_path / "a")
    table.write(tmp_path / "b")
    assert (tmp_path / "a").read_bytes() == (tmp_path / "b").read_bytes()
    assert read(tmp_path / "a") == table


def test_an_edit_changes_only_the_end():
    assert edit("leaves", "leave") == (1, "")
    assert edit("better", "good") is None


def test_an_irregular_past_is_never_called_a_plain_form(nlp: Language):
    doc = nlp("The rebels said they had seized the town and shot down a jet.")
    (shot,) = [token for token in doc if token.text == "shot"]
    assert (shot.tag_, shot.lemma_) == ("VBN", "shoot")
