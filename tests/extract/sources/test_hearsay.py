"""Hearsay has nobody as its source: least of all the one it is about."""

from __future__ import annotations

import pytest

from sightline.extract.sources.hearsay import without_the_told_of
from sightline.language import load
from sightline.types import Attribution, Span


def attribution(text: str, source: str, cue: str, content: str) -> Attribution:
    places = {part: text.index(part) for part in (source, cue, content)}
    source_at, cue_at, content_at = (Span(places[part], places[part] + len(part)) for part in (source, cue, content))
    return Attribution(source=(source_at,), cue=(cue_at,), content=(content_at,))


@pytest.mark.parametrize(
    ("text", "source", "cue", "content"),
    [
        ("Freedonian president said to have fled", "Freedonian president", "said", "to have fled"),
        ("The heir is reported to be in Lisbon.", "The heir", "is reported", "to be in Lisbon"),
    ],
)
def test_whom_it_is_said_of_does_not_say_it(text: str, source: str, cue: str, content: str):
    found = without_the_told_of(load()(text), attribution(text, source, cue, content))
    assert found.source == ()
    assert [span.of(text) for span in found.content] == [source, content]


@pytest.mark.parametrize(
    ("text", "source", "cue", "content"),
    [
        ("The minister said he would go.", "The minister", "said", "he would go"),
        ("The man claimed to have paid.", "The man", "claimed", "to have paid"),
        ("Lost for days, said to be hungry, neighbours told us.", "neighbours", "said", "to be hungry"),
    ],
)
def test_who_speaks_stays_the_source(text: str, source: str, cue: str, content: str):
    given = attribution(text, source, cue, content)
    assert without_the_told_of(load()(text), given) == given
