"""Speakers before a colon."""

from __future__ import annotations

import pytest

from sightline.extract.reading import read
from sightline.gazetteer import Gazetteer, Register
from sightline.language import load
from sightline.types import Attribution, Report


@pytest.fixture(scope="module")
def rooms() -> tuple[Gazetteer, Register]:
    return Gazetteer.load(), Register.load()


def told(text: str, rooms: tuple[Gazetteer, Register]) -> list[tuple[str | None, str]]:
    """Who says what."""
    found = read(Report(id="r", text=text), load()(text), gazetteer=rooms[0], register=rooms[1])
    return [(_name(one), " ".join(span.of(text) for span in one.content)) for one in found.attributions]


def _name(one: Attribution) -> str | None:
    return one.speaker.name if one.speaker is not None else None


@pytest.mark.parametrize(
    ("text", "speaker", "words"),
    [
        ("Interfax: the ferry left Batumi at noon.", "Interfax", "the ferry left Batumi at noon"),
        ("CGTN at 22:26: jets are crossing the strait.", "CGTN", "jets are crossing the strait"),
        ("Navy spokesman Ito Kenji: none of them crossed the line.", "Ito Kenji", "none of them crossed the line"),
        ("Minsk: the envoy goes home on Sunday.", "Belarus", "the envoy goes home on Sunday"),
        ("[nl] Lukashenko: the man is not here.", "Lukashenko", "the man is not here"),
    ],
)
def test_whoever_stands_before_the_colon_says_it(text: str, speaker: str, words: str, rooms: tuple[Gazetteer, Register]):
    assert (speaker, words) in told(text, rooms)


def test_a_newsroom_and_its_sources_are_two_links(rooms: tuple[Gazetteer, Register]):
    text = "NBC, two sources: the delegation leaves on Friday."
    found = read(Report(id="r", text=text), load()(text), gazetteer=rooms[0], register=rooms[1])
    (inner,) = [one for one in found.attributions if one.content[0].of(text) == "the delegation leaves on Friday"]
    assert inner.speaker is not None and inner.speaker.text == "two sources"
    assert inner.via[0].name == "NBC"


@pytest.mark.parametrize(
    "text",
    [
        "url: example.org/a | date: 2024-03-01 | outlet: Harbour Post",
        "The route: Batumi, Poti and Sochi.",
        "He brought three things: a map, a lamp and a rope.",
    ],
)
def test_what_is_no_source_says_nothing(text: str, rooms: tuple[Gazetteer, Register]):
    assert told(text, rooms) == []
