"""The tables and the small laws beneath the judgement."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sightline.extract.certainty.lexicon import inflect, irregular_verbs, lexicon
from sightline.extract.certainty.stances import innermost
from sightline.extract.certainty.state import ASKED, State, compose
from sightline.types import Attribution, Degree, Polarity, Span, Status

STATES = st.builds(
    State,
    st.sampled_from(Polarity),
    st.sampled_from(Degree),
    st.sampled_from([status for status in Status if status is not Status.UNKNOWN]),
)


@pytest.mark.parametrize(
    ("lemma", "form"),
    [("deny", "denied"), ("stop", "stopping"), ("refuse", "refusing"), ("begin", "began"), ("plan", "planned"), ("agree", "agreeing")],
)
def test_inflection(lemma: str, form: str) -> None:
    assert form in inflect(lemma, irregular_verbs())


def test_every_effect_of_the_tables_is_known() -> None:
    known = {
        "yes",
        "no",
        "fact",
        "untrue",
        "prob",
        "noprob",
        "maybe",
        "sched",
        "plan",
        "noplan",
        "expect",
        "noexpect",
        "open",
        "ask",
        "say",
        "permit",
    }
    effects = {name for table in lexicon().governors.values() for frames in table.values() for effect in frames.values() for name in effect}
    assert effects <= known


def test_bands_are_those_of_the_directive() -> None:
    assert set(lexicon().bands.values()) == {
        "almost no chance", "very unlikely", "unlikely", "roughly even chance", "likely", "very likely", "almost certain",
    }  # fmt: skip


@given(STATES)
def test_negating_twice_gives_the_polarity_back(state: State) -> None:
    assert state.negated().negated().polarity is state.polarity


@given(STATES, st.sampled_from(Degree))
def test_weakening_never_strengthens(state: State, degree: Degree) -> None:
    order = list(Degree)
    assert order.index(state.weakened(degree).degree) >= order.index(state.degree)


@given(st.sampled_from(["yes", "prob", "plan", "expect", "maybe", "no"]), STATES)
def test_nothing_can_be_known_under_what_is_unknown(effect: str, own: State) -> None:
    assert compose(effect, own, ASKED) == ASKED


def test_the_innermost_attribution_is_the_deepest_then_the_shortest() -> None:
    outer = Attribution(content=(Span(0, 50),))
    inner = Attribution(content=(Span(0, 50),), parent=0)
    short = Attribution(content=(Span(10, 20),))
    assert innermost([outer, inner], 12, 15) == 1
    assert innermost([outer, short], 12, 15) == 1
    assert innermost([outer, short], 60, 65) is None
