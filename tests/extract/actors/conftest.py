"""Reads the actors of a text of the test's own."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

import pytest

from sightline.extract.actors import find_actors
from sightline.extract.places import find_places
from sightline.gazetteer import Gazetteer, Register
from sightline.language import load
from sightline.types import Actor, Interval, NameMention, Publication, Report


class Cast(NamedTuple):
    """Names and actors of a text."""

    text: str
    names: list[NameMention]
    actors: list[Actor]

    def of(self, words: str, nth: int = 0) -> str | None:
        """Id of the actor whom the ``nth`` occurrence of some words mentions."""
        at = -1
        for _ in range(nth + 1):
            at = self.text.index(words, at + 1)
        inside = [n for n in self.names if n.span.start < at + len(words) and at < n.span.end and n.actor]
        return min(inside, key=lambda n: abs(n.span.start - at) + abs(n.span.end - at - len(words))).actor if inside else None

    def actor(self, words: str) -> Actor:
        return next(a for a in self.actors if a.id == self.of(words))


Reader = Callable[..., Cast]


@pytest.fixture(scope="session")
def cast() -> Reader:
    nlp, gazetteer, register = load(), Gazetteer.load(), Register.load()

    def read(text: str, day: str | None = "2023-09-11") -> Cast:
        published = Publication(value=day, interval=Interval(edtf=day), method="option") if day else None
        report = Report(id="r", text=text, published=published)
        doc = nlp(text)
        return Cast(text, *find_actors(doc, register, find_places(doc, gazetteer, report), report))

    return read
