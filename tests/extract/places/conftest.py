"""Reads the places of a sentence of the test's own."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from sightline.extract.places import find_places
from sightline.gazetteer import Gazetteer
from sightline.language import load
from sightline.types import PlaceMention, Report, Span

Reader = Callable[..., list[PlaceMention]]


@pytest.fixture(scope="session")
def gazetteer() -> Gazetteer:
    return Gazetteer.load()


@pytest.fixture(scope="session")
def read(gazetteer: Gazetteer) -> Reader:
    nlp = load()

    def places(text: str, *names: str, outlet: str | None = None, url: str | None = None) -> list[PlaceMention]:
        """All places found; with names, the mentions of just these words."""
        spans = [Span(text.index(name), text.index(name) + len(name)) for name in names] or None
        return find_places(nlp(text), gazetteer, Report(id="r", text=text, outlet=outlet, url=url), spans=spans)

    return places
