"""Where no table describes a happening, the words around it have a say."""

from __future__ import annotations

import numpy as np

from sightline.stories import build
from sightline.stories.linking import load_linker
from sightline.stories.meaning import load_meanings
from sightline.stories.mentions import Mention, mention_of
from sightline.stories.pairs import FEATURES, features
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


def mention(report: str, lemma: str, **more: object) -> Mention:
    return Mention(id=f"{report}:{lemma}", report=report, lemma=lemma, lemmas=frozenset({lemma}), **more)  # type: ignore[arg-type]


SHOT = mention("a", "shoot", subjects=frozenset({"gunman"}), objects=frozenset({"guard"}), words=frozenset({"gunman", "guard", "mall"}))
OTHERS = [
    mention("b", "shooting", words=frozenset({"gunman", "mall", "dead"})),
    mention("b", "say", subjects=frozenset({"police"})),
    mention("c", "vote", words=frozenset({"parliament"}), count=2),
]


def likeness(size: int, value: float = 0.5) -> np.ndarray:
    return np.full((size, size), value, dtype=np.float32)


def test_a_pair_has_a_number_for_each_feature():
    one, other, rows = features([SHOT, *OTHERS], likeness(4))
    assert rows.shape == (6, len(FEATURES))
    assert list(zip(one.tolist(), other.tolist())) == [(0, 1), (0, 2), (0, 3), (1, 2), (1, 3), (2, 3)]
    assert np.isfinite(rows).all()
    assert features([SHOT], likeness(1))[2].shape == (0, len(FEATURES))


def test_it_makes_no_difference_which_of_two_comes_first():
    for other in OTHERS:
        there, back = (features(pair, likeness(2))[2] for pair in ([SHOT, other], [other, SHOT]))
        assert np.allclose(there, back, atol=1e-6)


def test_others_of_the_story_tell_only_how_common_words_are():
    alone, among = features([SHOT, OTHERS[0]], likeness(2))[2][0], features([SHOT, *OTHERS], likeness(4))[2][0]
    differ = {name for name, mine, theirs in zip(FEATURES, alone, among) if abs(mine - theirs) > 1e-5}
    assert differ <= {name for name in FEATURES if name.startswith("share of reports")} | {"reports"}


def test_words_for_one_matter_are_near_in_meaning():
    meanings = load_meanings()
    near, far = (float(meanings.of("shooting") @ meanings.of(word)) for word in ("gunfire", "election"))
    assert near > far + 0.2
    assert not meanings.of("qwxz").any()
    assert not meanings.together(["qwxz"]).any()


def test_a_shooting_is_rather_the_shots_than_a_vote():
    linker = load_linker()
    assert linker.probability(SHOT, OTHERS[0], 0.5) > linker.probability(SHOT, OTHERS[2], 0.5)
    assert 0.0 < linker.joined < linker.sure < 1.0


def test_a_claim_is_a_mention_with_its_participants_and_sentence():
    claim = Page("r", "2023-09-12").says(PINE[0], "other:plant", predicate="plant", who=(KIM,), thing="tree").claims[0]
    seen = mention_of(claim, PINE[0])
    assert (seen.report, seen.lemma, seen.type) == ("r", "plant", "")
    assert {"kim", "tree"} <= seen.subjects
    assert {"khasan", "school", "garden"} <= seen.words
