"""Names agree across a document."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st
from spacy.language import Language
from spacy.tokens import Span

from sightline.language.vote import Mention, apply, vote


def voted(text: str, *mentions: tuple[int, int, str]) -> list[tuple[str, str]]:
    words = text.split()
    return [(" ".join(words[m.start : m.end]), m.kind) for m in vote(words, [Mention(*m) for m in mentions])]


def test_a_surname_follows_its_full_name():
    text = "Anna Petrov left . Petrov said so . The aides of Petrov agree"
    assert voted(text, (0, 2, "PER"), (4, 5, "ORG")) == [("Anna Petrov", "PER"), ("Petrov", "PER"), ("Petrov", "PER")]


def test_a_family_name_that_comes_first_is_followed_too():
    assert voted("Kim Jong - un left . Kim waved", (0, 4, "PER"), (6, 7, "LOC"))[1] == ("Kim", "PER")


def test_a_street_named_after_a_person_stays_a_street():
    text = "Anna Petrov lives in Petrov Street now"
    assert voted(text, (0, 2, "PER"), (4, 6, "LOC")) == [("Anna Petrov", "PER"), ("Petrov Street", "LOC")]


def test_a_country_that_is_also_a_name_stays_a_country():
    text = "Mary Jordan came . Jordan said , Jordan denied , Jordan asked"
    mentions = ((0, 2, "PER"), (4, 5, "LOC"), (7, 8, "LOC"), (10, 11, "LOC"))
    assert voted(text, *mentions)[1:] == [("Jordan", "LOC")] * 3


def test_the_majority_settles_a_string_of_several_kinds():
    text = "Hawa said . Hawa said . Hawa said"
    assert {kind for _, kind in voted(text, (0, 1, "ORG"), (3, 4, "ORG"), (6, 7, "LOC"))} == {"ORG"}


def test_an_abbreviation_follows_the_name_before_it():
    text = "the Harbour Workers Union ( HWU ) met . HWU left"
    found = voted(text, (1, 4, "ORG"), (5, 6, "LOC"), (9, 10, "LOC"))
    assert found == [("Harbour Workers Union", "ORG"), ("HWU", "ORG"), ("HWU", "ORG")]


def test_a_doc_without_names_stays_as_it_is(nlp: Language):
    doc = nlp.make_doc("Nothing here.")
    assert apply(doc) is doc and not doc.ents


def test_the_vote_is_taken_in_a_doc(nlp: Language):
    doc = nlp.make_doc("Anna Petrov left. Petrov waved.")
    doc.set_ents([Span(doc, 0, 2, "PER")])
    assert [(e.text, e.label_) for e in apply(doc).ents] == [("Anna Petrov", "PER"), ("Petrov", "PER")]


_WORDS = st.lists(st.sampled_from(["Anna", "Petrov", "Kim", "said", ".", "(", ")", "ABC", "the", "-"]), min_size=1, max_size=25)


@given(_WORDS, st.data())
def test_names_never_overlap_and_the_second_vote_changes_no_ends(words: list[str], data: st.DataObject):
    cuts = sorted(data.draw(st.sets(st.integers(0, len(words)), max_size=8)))
    mentions = [
        Mention(a, b, data.draw(st.sampled_from(["PER", "ORG", "LOC"]))) for a, b in zip(cuts[::2], cuts[1::2], strict=False) if b > a
    ]
    once = vote(words, mentions)
    assert all(a.end <= b.start for a, b in itertools.pairwise(once))
    assert {(m.start, m.end) for m in mentions} <= {(m.start, m.end) for m in once}


@pytest.mark.parametrize("words", [[], ["Petrov"]])
def test_short_documents_are_no_error(words: list[str]):
    assert vote(words, []) == []
