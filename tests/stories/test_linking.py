"""Where no table describes a happening, the words around it have a say."""

from __future__ import annotations

import pytest

from sightline.stories import build
from sightline.stories.linking import FEATURES, features, load_linker, mention_of
from tests.stories.builders import KIM, REGISTER, Page, day


def events(*told: tuple[str, str]) -> int:
    pages = [
        Page(f"r{number}", "2023-09-12", f"Daily {number}").says(
            sentence, "other:plant", predicate="plant", who=(KIM,), thing=thing, when=day("2023-09-12")
        )
        for number, (sentence, thing) in enumerate(told)
    ]
    return sum(len(story.events) for story in build([page.reading() for page in pages], register=REGISTER))


PINE = ("Kim planted a pine tree at the Khasan school garden.", "tree")


def test_the_same_happening_in_much_the_same_words_is_one():
    assert events(PINE, ("At the Khasan school Kim planted a pine tree.", "tree")) == 1


def test_one_verb_of_two_matters_is_two_happenings():
    assert events(PINE, ("Kim planted doubts over grain exports among bankers.", "doubt")) == 2


def test_the_weights_are_those_of_the_features():
    linker = load_linker()
    assert len(linker.weights) == len(FEATURES)
    one = mention_of("a", "plant", "Kim planted a tree.", ("kim",))
    assert len(features(one, one, 1.0)) == len(FEATURES)
    assert 0.0 < linker.probability(one, one, 1.0) <= 1.0
    assert features(one, one, 0.5)[0] == pytest.approx(1.0)
