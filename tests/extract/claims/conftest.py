"""Reads a sentence of the test's own, with its places and people said by the test."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import pytest

from sightline.extract.claims import find_claims
from sightline.extract.quantities import find_quantities
from sightline.language import load
from sightline.types import Attribution, Claim, Interval, NameMention, Place, PlaceMention, Report, Span, TimeMention

Reader = Callable[..., list[Claim]]


def span_of(text: str, words: str) -> Span:
    start = text.index(words)
    return Span(start, start + len(words))


@pytest.fixture(scope="session")
def read() -> Reader:
    nlp = load()

    def claims(
        text: str,
        *,
        places: Sequence[str] = (),
        states: Sequence[str] = (),
        people: Sequence[str] = (),
        times: Sequence[tuple[str, str]] = (),
        when: Interval | None = None,
        place: Place | None = None,
        attributions: Sequence[Attribution] = (),
        report: Report | None = None,
    ) -> list[Claim]:
        mentions = [PlaceMention(span=span_of(text, name), text=name, place=place) for name in places]
        mentions += [PlaceMention(span=span_of(text, name), text=name, metonymy="government") for name in states]
        names = [NameMention(span=span_of(text, name), text=name, label="PER", actor=f"who:{name}") for name in people]
        dates = [
            TimeMention(
                span=span_of(text, time), text=time, type="DATE", value="XXXX", interval=when, governor=span_of(text, word), anchor="text"
            )
            for time, word in times
        ]
        doc = nlp(text)
        return find_claims(doc, report or Report(id="r", text=text), dates, mentions, names, find_quantities(doc), attributions)

    return claims


def one(claims: Sequence[Claim], kind: str) -> Claim:
    """The only claim of a type."""
    found = [claim for claim in claims if claim.type == kind]
    assert len(found) == 1, [(claim.type, claim.predicate) for claim in claims]
    return found[0]


def roles(claim: Claim) -> set[tuple[str, str]]:
    return {(participant.role, participant.text) for participant in claim.participants}


def places(claim: Claim) -> set[tuple[str, str]]:
    return {(where.role, where.mention.text) for where in claim.where}
