"""Quotation marks are paired within paragraphs, whatever their shape."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sightline.extract.speech.quotes import quotations


def inside(text: str) -> list[str]:
    return [text[quote.start : quote.end] for quote in quotations(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('The port is "closed for now", she said.', ['"closed for now"']),
        ("“We sail at dawn,” the master said. “Not before.”", ["“We sail at dawn,”", "“Not before.”"]),
        ("The ferry was late.”says the pilot", []),
        ("“The ferry was late.”says the pilot", ["“The ferry was late.”"]),
        ("''No comment,'' the office said.", ["''No comment,''"]),
        ("'We sail at dawn,' the master said.", ["'We sail at dawn,'"]),
        ("The sailors' union doesn't know.", []),
        ("It is 5'10\" tall.", []),
        ("", []),
    ],
)
def test_pairs(text: str, expected: list[str]) -> None:
    assert inside(text) == expected


def test_a_speech_of_several_paragraphs_runs_on() -> None:
    text = "“The first gate opened.\n\n“Then the second,” he said.\n\n“A third?”"
    first, second, third = quotations(text)
    assert (first.closed, second.continued, third.continued) == (False, True, False)
    assert text[first.start : first.end] == "“The first gate opened."


@given(st.text(alphabet="ab \"'“”‘’.,\n", max_size=200))
def test_quotations_are_ordered_disjoint_and_stay_within_a_line(text: str) -> None:
    found = quotations(text)
    for quote in found:
        assert 0 <= quote.start < quote.end <= len(text)
        assert "\n" not in text[quote.start : quote.end]
    for one, two in pairwise(found):
        assert one.end <= two.start
