"""Denials that point back to what others were said to have said."""

from __future__ import annotations

import pytest

from sightline.extract.sources.answers import answers
from sightline.extract.sources.words import source_words
from sightline.language import load
from sightline.types import Attribution, Span


def spans(text: str, words: str) -> Span:
    start = text.index(words)
    return Span(start, start + len(words))


TEXT = "Local radio reported that a barge had sunk near the lock, but the harbour master denied {}."


def denied(text: str, who: str = "Local radio") -> list[Attribution]:
    doc = load()(text)
    told = Attribution(
        source=(spans(text, who),), cue=(spans(text, "reported"),), content=(spans(text, "that a barge had sunk near the lock"),)
    )
    words = source_words()
    places = [token.i for token in doc if token.lower_ in words.denial_signs]
    return [one for one in answers(doc, places, [told], words) if one is not told]


@pytest.mark.parametrize("what", ["it", "the report", "those claims"])
def test_who_denies_the_report_denies_what_was_reported(what: str):
    text = TEXT.format(what)
    (found,) = denied(text)
    assert found.attitude == "denial"
    assert found.content[0].of(text) == "that a barge had sunk near the lock"
    assert "harbour master" in found.source[0].of(text)


@pytest.mark.parametrize("what", ["entry to the crew", "a report on wages", "claims that it was late"])
def test_a_denial_with_an_object_of_its_own_points_back_to_nothing(what: str):
    assert denied(TEXT.format(what)) == []


def test_who_did_not_deny_it_denied_nothing():
    assert denied(TEXT.format("it").replace("denied", "did not deny")) == []
