"""The door: texts in, Docs out, to the letter, in order, whatever the text."""

from __future__ import annotations

import subprocess
import sys
import time

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from spacy.language import Language

from sightline.language import BrokenTextError, TextTooLongError, load, pipeline, read
from sightline.language.pipeline import LONGEST
from sightline.language.swap import PipelineMissingError
from sightline.language.weights import WeightsMissingError
from sightline.language.weights import read as read_weights

REPORT = (
    "Ferry leaves port\n\nBy Anna Petrov\n\nThe ferry left the port on Sunday, the harbour office said. "
    "“Nobody was told,” said Omar Haddad, who waited for hours.\n\nIt is unclear when it will arrive in Manila."
)


def test_importing_the_package_imports_no_spacy_numpy_or_torch():
    code = "import sys, sightline.language; print([m for m in ('spacy', 'numpy', 'torch', 'thinc') if m in sys.modules])"
    shown = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert shown.stdout.strip() == "[]"


def test_the_pipeline_is_loaded_once():
    assert load() is load()


def test_every_annotation_is_there(nlp: Language):
    doc = nlp(REPORT)
    for annotation in ("DEP", "SENT_START", "TAG", "POS", "MORPH", "LEMMA", "ENT_IOB"):
        assert doc.has_annotation(annotation), annotation


def test_a_report_read_alone_and_among_others_reads_the_same(nlp: Language):
    alone = next(read([REPORT]))
    among = list(read(["Snow fell.", REPORT, "The bridge is closed.", REPORT]))[1]
    assert [(t.text, t.dep_, t.head.i, t.tag_, t.lemma_, t.ent_type_) for t in alone] == [
        (t.text, t.dep_, t.head.i, t.tag_, t.lemma_, t.ent_type_) for t in among
    ]


def test_docs_come_in_the_order_of_the_texts():
    texts = [f"Report number {n} came in." for n in range(30)]
    assert [doc.text for doc in read(iter(texts))] == texts


@given(st.text(max_size=300))
@settings(max_examples=80, deadline=None, suppress_health_check=list(HealthCheck))
def test_the_text_stays_to_the_letter(text: str):
    (doc,) = read([text])
    assert doc.text == text
    assert all(text[token.idx : token.idx + len(token)] == token.text for token in doc)


@given(
    st.lists(
        st.sampled_from(["The train left.", "\n", "\n\n", " ", "”says Kim", "Russiathis", "…", "\r\n", "\t", "🚂", "\u200f", "\x00"]),
        max_size=25,
    )
)
@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
def test_white_space_heads_no_word_and_roots_no_sentence_of_words(parts: list[str]):
    (doc,) = read(["".join(parts)])
    for token in doc:
        assert token.is_space or not token.head.is_space
    for sentence in doc.sents:
        assert not sentence.root.is_space or all(token.is_space for token in doc)


def test_a_long_text_is_read_in_pieces_and_put_together(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(pipeline, "PIECE", 2_000)
    paragraph = "The convoy crossed the river at noon, officials said. It then turned north.\n\n"
    text = paragraph * 80
    (doc,) = read([text])
    assert doc.text == text
    assert sum(1 for _ in doc.sents) == 2 * text.count(paragraph)


@pytest.mark.parametrize("text", ["a" * 200_000, "x." * 20_000, "-" * 20_000, "so " * 5_000])
def test_a_line_without_end_is_no_hang(text: str):
    started = time.monotonic()
    (doc,) = read([text])
    assert doc.text == text
    assert time.monotonic() - started < 60


def test_what_is_no_report_is_refused_in_one_line():
    with pytest.raises(TextTooLongError, match="characters"):
        next(read(["a" * (LONGEST + 1)]))


def test_half_a_surrogate_pair_is_refused_with_its_place():
    with pytest.raises(BrokenTextError, match="character 4"):
        next(read(["Snow\ud800 fell."]))


def test_a_refused_text_is_a_value_error():
    assert issubclass(TextTooLongError, ValueError) and issubclass(BrokenTextError, ValueError)


def test_an_unknown_pipeline_is_named_with_the_remedy():
    with pytest.raises(PipelineMissingError, match="spacy download no_such_pipeline"):
        load("no_such_pipeline")


def test_missing_weights_name_the_command_that_makes_them(tmp_path):
    with pytest.raises(WeightsMissingError, match=r"python -m training\.language"):
        read_weights(tmp_path)


def test_the_company_a_text_is_read_in_changes_no_byte():
    texts = [
        REPORT,
        "Snow fell.",
        "",
        "Gen. Abe left at 5 p.m. “It is over.” He waved.",
        REPORT * 3,
        "a",
        "The U.S. Navy Office said so.\n\nNo.",
    ]
    alone = [next(read([text])).to_bytes() for text in texts]
    assert [doc.to_bytes() for doc in read(texts)] == alone
    assert [doc.to_bytes() for doc in read(reversed(texts))] == alone[::-1]
