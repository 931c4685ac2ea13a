"""Names put right by the words they are made of."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st
from spacy.language import Language
from spacy.tokens import Span

from sightline.language.spans import apply, repaired
from sightline.language.vote import Mention


def put_right(text: str, *mentions: tuple[int, int, str]) -> list[tuple[str, str]]:
    words = text.split()
    return [(" ".join(words[m.start : m.end]), m.kind) for m in repaired(words, [Mention(*m) for m in mentions])]


@pytest.mark.parametrize(
    ("name", "wrong", "right"),
    [
        ("Peruvian Fisheries Ministry", "LOC", "ORG"),
        ("Ministry of Fisheries", "LOC", "ORG"),
        ("Lakeside Workers Party", "PER", "ORG"),
        ("University of Tartu", "LOC", "ORG"),
        ("Morning Gazette", "LOC", "ORG"),
        ("Russian Far East", "ORG", "LOC"),
        ("Darling River", "ORG", "LOC"),
        ("West Bank", "LOC", "LOC"),
        ("Oval Office", "LOC", "LOC"),
        ("Rosa Park", "PER", "PER"),
    ],
)
def test_the_last_word_or_the_office_tells_the_kind(name: str, wrong: str, right: str):
    assert put_right(f"{name} .", (0, len(name.split()), wrong)) == [(name, right)]


def test_articles_marks_and_titles_stay_outside():
    assert put_right("the Azores 's", (0, 3, "LOC")) == [("Azores", "LOC")]
    assert put_right('" Iron Wing "', (0, 4, "ORG")) == [("Iron Wing", "ORG")]
    assert put_right("Ms Okello", (0, 2, "ORG")) == [("Okello", "PER")]
    assert put_right("Lt. Gen. Dana Ross", (0, 4, "PER")) == [("Dana Ross", "PER")]
    assert put_right("Marshal Dana Ross", (0, 3, "PER")) == [("Dana Ross", "PER")]
    assert put_right("General Timber", (0, 2, "ORG")) == [("General Timber", "ORG")]
    assert put_right("The Hague", (0, 2, "LOC")) == [("The Hague", "LOC")]


def test_marks_and_titles_alone_are_no_names():
    assert put_right("Gen. said", (0, 1, "ORG")) == []
    assert put_right("“ said", (0, 1, "MISC")) == []


def test_letters_after_a_persons_name_are_no_place():
    assert put_right("Anna Moss , KC , spoke", (0, 2, "PER"), (3, 4, "LOC")) == [("Anna Moss", "PER")]


def test_a_firm_reaches_to_its_form():
    assert put_right("Tall Timber , Inc. fell", (0, 2, "PER")) == [("Tall Timber , Inc.", "ORG")]


def test_an_office_of_two_fields_is_one():
    assert put_right("Ministry of Roads and Ports said", (0, 3, "ORG")) == [("Ministry of Roads and Ports", "ORG")]


def test_two_offices_stay_two():
    assert put_right("Office of Roads and Division of Ports", (0, 3, "ORG")) == [("Office of Roads", "ORG")]
    found = put_right("Ministry of Roads and Peru agreed", (0, 3, "ORG"), (4, 5, "LOC"))
    assert found == [("Ministry of Roads", "ORG"), ("Peru", "LOC")]


def test_an_abbreviation_read_twice_is_read_everywhere():
    text = "HWU met . HWU left . later HWU came"
    assert put_right(text, (0, 1, "ORG"), (3, 4, "ORG")) == [("HWU", "ORG")] * 3


def test_a_doc_is_put_right(nlp: Language):
    doc = nlp.make_doc("Ms Okello left.")
    doc.set_ents([Span(doc, 0, 2, "ORG")])
    assert [(e.text, e.label_) for e in apply(doc).ents] == [("Okello", "PER")]


_WORDS = st.lists(
    st.sampled_from(["the", "Ms", "Abe", "'s", "Inc.", ",", "Bank", "of", "and", "HWU", "Ministry", "QC"]), min_size=1, max_size=25
)


@given(_WORDS, st.data())
def test_names_never_overlap_and_are_never_empty(words: list[str], data: st.DataObject):
    cuts = sorted(data.draw(st.sets(st.integers(0, len(words)), max_size=8)))
    mentions = [
        Mention(a, b, data.draw(st.sampled_from(["PER", "ORG", "LOC"]))) for a, b in zip(cuts[::2], cuts[1::2], strict=False) if b > a
    ]
    found = repaired(words, mentions)
    assert all(0 <= m.start < m.end <= len(words) for m in found)
    assert all(a.end <= b.start for a, b in itertools.pairwise(found))
