"""What the tests of times share."""

from __future__ import annotations

import spacy
from spacy.tokens import Doc

from sightline.extract.times import find_times
from sightline.extract.times.intervals import read_back
from sightline.types import Publication, TimeMention

BLANK = spacy.blank("en")


def published(day: str) -> Publication:
    return Publication(value=day, interval=read_back(day), method="metadata")


def times(text: str, day: str | None = "2023-09-11", **options: str) -> list[TimeMention]:
    """The times of a text without tags or a parse."""
    return find_times(BLANK(text), published(day) if day else None, **options)


def one(text: str, day: str | None = "2023-09-11", **options: str) -> TimeMention:
    found = times(text, day, **options)
    assert len(found) == 1, [mention.text for mention in found]
    return found[0]


def tagged(*pieces: str) -> Doc:
    """A text whose words carry tags: "left/VBD"."""
    pairs = [piece.rsplit("/", 1) for line in pieces for piece in line.split()]
    words = [word for word, _ in pairs]
    return Doc(BLANK.vocab, words=words, tags=[tag for _, tag in pairs])
