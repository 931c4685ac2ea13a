"""A verb has one subject."""

from __future__ import annotations

import pytest
from spacy.language import Language
from spacy.tokens import Doc

from sightline.language.reporting import mend


def doc(nlp: Language, words: str, heads: list[int], deps: str, tags: str, pos: str) -> Doc:
    return Doc(nlp.vocab, words.split(), heads=heads, deps=deps.split(), tags=tags.split(), pos=pos.split())


def told(nlp: Language, heads: list[int], deps: str) -> Doc:
    tags, pos = "NNS VBN , NNS VBD .", "NOUN VERB PUNCT NOUN VERB PUNCT"
    return doc(nlp, "Trains left , agencies said .", heads, deps, tags, pos)


def arcs(doc: Doc) -> dict[str, tuple[str, str]]:
    return {token.text: (token.dep_, token.head.text) for token in doc}


def test_a_subject_before_the_complement_is_the_complements(nlp: Language):
    wrong = told(nlp, [4, 4, 1, 4, 4, 4], "nsubj ccomp punct nsubj ROOT punct")
    right = mend(wrong)
    assert arcs(right)["Trains"] == ("nsubj", "left")
    assert arcs(right)["left"] == ("ccomp", "said")
    assert right[1].tag_ == "VBD"


def test_a_reduced_relative_clause_before_a_comma_is_the_complement(nlp: Language):
    wrong = told(nlp, [4, 0, 1, 4, 4, 4], "nsubj acl punct nsubj ROOT punct")
    assert arcs(mend(wrong))["left"] == ("ccomp", "said")
    assert arcs(wrong)["Trains"] == ("nsubj", "left")


def test_a_passive_keeps_its_kind_of_subject(nlp: Language):
    deps, pos = "nsubj aux:pass ccomp punct nsubj ROOT", "NOUN AUX VERB PUNCT NOUN VERB"
    wrong = doc(nlp, "Ships were seized , police said", [5, 2, 5, 2, 5, 5], deps, "NNS VBD VBN , NNS VBD", pos)
    assert arcs(mend(wrong))["Ships"] == ("nsubj:pass", "seized")
    assert wrong[2].tag_ == "VBN"


def test_an_of_phrase_is_no_second_subject(nlp: Language):
    wrong = doc(
        nlp, "aides of leader Kim left", [4, 2, 3, 4, 4], "nsubj case nmod:desc nsubj ROOT", "NNS IN NN NNP VBD", "NOUN ADP NOUN PROPN VERB"
    )
    assert arcs(mend(wrong)) == {
        "aides": ("nsubj", "left"),
        "of": ("case", "Kim"),
        "leader": ("nmod:desc", "Kim"),
        "Kim": ("nmod", "aides"),
        "left": ("ROOT", "left"),
    }


@pytest.mark.parametrize("text", ["Ships seized in March were freed, police said.", "The bridge is open.", "Snow fell and rivers rose."])
def test_sound_trees_stay_as_they_are(nlp: Language, text: str):
    read = nlp(text)
    before = arcs(read)
    assert arcs(mend(read)) == before
