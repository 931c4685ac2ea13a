"""Another pipeline in place of ours: its labels in our terms."""

from __future__ import annotations

from importlib.metadata import EntryPoint

import pytest
import spacy
from spacy.language import Language
from spacy.tokens import Doc, Span

from sightline.language import swap


def clear(words: str, heads: list[int], deps: str, pos: str, lemmas: str | None = None) -> Doc:
    """A Doc as a pipeline with CLEAR labels makes it."""
    nlp = spacy.blank("en")
    return Doc(nlp.vocab, words.split(), heads=heads, deps=deps.split(), pos=pos.split(), lemmas=(lemmas or words).split())


def arcs(doc: Doc) -> dict[str, tuple[str, str]]:
    return {token.text: (token.dep_, token.head.text) for token in doc}


def test_a_prepositional_phrase_is_turned_round():
    doc = clear("Trains left on Monday", [1, 1, 1, 2], "nsubj ROOT prep pobj", "NOUN VERB ADP PROPN")
    assert arcs(swap.map_doc(doc)) == {
        "Trains": ("nsubj", "left"),
        "left": ("ROOT", "left"),
        "Monday": ("obl", "left"),
        "on": ("case", "Monday"),
    }


def test_a_phrase_within_a_phrase():
    doc = clear("end of talks in Oslo", [0, 0, 1, 2, 3], "ROOT prep pobj prep pobj", "NOUN ADP NOUN ADP PROPN")
    mapped = arcs(swap.map_doc(doc))
    assert mapped["talks"] == ("nmod", "end")
    assert mapped["Oslo"] == ("nmod", "talks")


def test_a_passive_with_its_agent():
    doc = clear("It was seen by spies", [2, 2, 2, 2, 3], "nsubjpass auxpass ROOT agent pobj", "PRON AUX VERB ADP NOUN")
    mapped = arcs(swap.map_doc(doc))
    assert mapped["It"] == ("nsubj:pass", "seen")
    assert mapped["was"] == ("aux:pass", "seen")
    assert mapped["spies"] == ("obl:agent", "seen")


def test_a_copula_hangs_on_what_it_joins():
    doc = clear("Dams are safe .", [1, 1, 1, 1], "nsubj ROOT acomp punct", "NOUN AUX ADJ PUNCT", "dam be safe .")
    assert arcs(swap.map_doc(doc)) == {
        "Dams": ("nsubj", "safe"),
        "are": ("cop", "safe"),
        "safe": ("ROOT", "safe"),
        ".": ("punct", "safe"),
    }


def test_objects_change_their_label_only():
    doc = clear("They fired missiles", [1, 1, 1], "nsubj ROOT dobj", "PRON VERB NOUN")
    assert arcs(swap.map_doc(doc))["missiles"] == ("obj", "fired")


def test_names_of_other_schemes():
    doc = spacy.blank("en")("Anna left Oslo on Monday")
    doc.set_ents([Span(doc, 0, 1, "PERSON"), Span(doc, 2, 3, "GPE"), Span(doc, 4, 5, "DATE")])
    swap.map_doc(doc)
    assert [(e.text, e.label_) for e in doc.ents] == [("Anna", "PER"), ("Oslo", "LOC")]


def test_a_universal_tree_stays_as_it_is(nlp: Language):
    doc = nlp("The train left on Sunday.")
    before = arcs(doc)
    assert arcs(swap.map_doc(doc)) == before


def test_a_pipeline_without_what_we_read_is_refused():
    with pytest.raises(swap.PipelineMissingError, match="parser"):
        swap.prepared(spacy.blank("en"), "blank")


def test_an_entry_point_offers_a_pipeline(monkeypatch: pytest.MonkeyPatch, nlp: Language):
    point = EntryPoint("offered", "sightline.language:load", swap.GROUP)
    monkeypatch.setattr(swap, "entry_points", lambda group: [point] if group == swap.GROUP else [])
    assert swap.load("offered") is nlp
