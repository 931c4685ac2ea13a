"""From text to attributions, with the shipped pipeline and weights."""

from time import process_time

import pytest
import spacy
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.tokens import Doc

from sightline.extract.speech import find_attributions
from sightline.language import load
from sightline.types import Attribution, Span


def found(text: str) -> list[Attribution]:
    return find_attributions(load()(text))


def of(text: str, spans: tuple[Span, ...]) -> str:
    return " ... ".join(span.of(text) for span in spans)


def told(text: str) -> list[tuple[str, str, str]]:
    return [(of(text, item.source), of(text, item.cue), of(text, item.content)) for item in found(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "The harbour office said that the ferry had left at dawn.",
            ("The harbour office", "said", "that the ferry had left at dawn"),
        ),
        (
            "The ferry left at dawn, the harbour office said in a statement.",
            ("the harbour office", "said in a statement", "The ferry left at dawn"),
        ),
        (
            "According to port officials, the ferry left at dawn.",
            ("port officials", "According to", "the ferry left at dawn"),
        ),
        (
            "According to port officials quoted by the Nordic News agency, the ferry left at dawn.",
            ("port officials", "According to", "the ferry left at dawn"),
        ),
        (
            "“We will not close the bridge,” the mayor told reporters.",
            ("the mayor", "told", "“We will not close the bridge,”"),
        ),
        (
            "The minister denied that the bridge had been closed.",
            ("The minister", "denied", "that the bridge had been closed"),
        ),
    ],
)
def test_who_said_what(text: str, expected: tuple[str, str, str]) -> None:
    assert told(text) == [expected]


def test_a_verb_glued_to_the_closing_mark() -> None:
    text = "The report is long.\n\n“The ferry was old. It should never have sailed.”says The Courier."
    assert ("The Courier", "says", "“The ferry was old. It should never have sailed.”") in told(text)


def test_a_headline_with_its_source_after_the_colon() -> None:
    text = "Ferry leaves port at night: harbour officials\n\nThe quay was empty on Monday."
    assert ("harbour officials", ":", "Ferry leaves port at night") in told(text)


def test_manner() -> None:
    kinds = [found(f"The mayor said {content}.")[0].kind for content in ("the bridge was safe", "the bridge was “perfectly safe”")]
    assert kinds == ["indirect", "mixed"]
    assert found("“The bridge is perfectly safe,” the mayor said.")[0].kind == "direct"


def test_a_text_without_reported_words_has_none() -> None:
    assert found("The ferry left at dawn. It carried forty cars.") == []
    assert found("") == []
    assert found("\n\n  \n") == []


def test_confidence_is_a_probability_and_higher_for_plain_speech() -> None:
    plain = found("“The bridge is safe,” the mayor said.")[0].confidence
    assert 0.7 < plain <= 1


def test_the_same_text_gives_the_same_attributions() -> None:
    text = "The mayor said the bridge was safe. The harbour office denied it.\n\n“Nobody asked us,” a pilot added."
    assert found(text) == found(text)


def test_a_text_without_a_parse_is_read_too() -> None:
    text = "“We will not close the bridge,” the mayor said. The harbour office said that the ferry had left."
    items = find_attributions(spacy.blank("en")(text))
    assert all(span.of(text) for item in items for span in (*item.source, *item.cue, *item.content))


def test_a_long_text_takes_no_longer_a_word() -> None:
    doc = load()("“We will not close the bridge,” the mayor said.\n\nAccording to pilots, the ferry 'left.\n\n" * 10)
    took = []
    for copies in (4, 40):
        many = Doc.from_docs([doc] * copies)
        began = process_time()
        find_attributions(many)
        took.append((process_time() - began) / copies)
    assert took[1] < 3 * took[0] + 0.01


PIECES = st.sampled_from(
    [
        "The mayor said ",
        "“We go,” ",
        "he added",
        ". ",
        "\n\n",
        "According to ",
        "officials",
        ", ",
        "the ferry sank",
        ": ",
        "”",
        '"',
        " — Dara Holm",
        "per ",
    ]
)


@settings(max_examples=60, deadline=None)
@given(st.lists(PIECES, max_size=14))
def test_spans_are_in_bounds_in_order_and_within_paragraphs(parts: list[str]) -> None:
    text = "".join(parts)
    items = found(text)
    for at, item in enumerate(items):
        assert item.cue and item.content
        assert 0 <= item.confidence <= 1
        assert item.parent is None or (0 <= item.parent < len(items) and item.parent != at)
        for role in (item.source, item.cue, item.content):
            assert list(role) == sorted(role)
            for span in role:
                assert 0 <= span.start < span.end <= len(text)
                assert "\n" not in span.of(text)
                assert span.of(text).strip() == span.of(text)
