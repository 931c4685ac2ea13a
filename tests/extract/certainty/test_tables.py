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


_SPANS = st.tuples(st.integers(0, 40), st.integers(1, 20)).map(lambda pair: Span(pair[0], pair[0] + pair[1]))
_ATTRIBUTIONS = st.builds(Attribution, content=st.lists(_SPANS, max_size=3).map(tuple), parent=st.one_of(st.none(), st.integers(0, 9)))


def _looking_at_all(attributions: list[Attribution], start: int, end: int) -> int | None:
    def depth(index: int) -> int:
        found, parent = 0, attributions[index].parent
        while parent is not None and found < 8 and parent < len(attributions):
            found, parent = found + 1, attributions[parent].parent
        return found

    holding = [
        (-depth(index), sum(span.length for span in one.content), index)
        for index, one in enumerate(attributions)
        if any(span.start <= start and end <= span.end for span in one.content)
    ]
    return min(holding)[2] if holding else None


@given(st.lists(_ATTRIBUTIONS, max_size=8), st.integers(0, 60), st.integers(1, 5))
def test_the_innermost_attribution_is_found_as_by_looking_at_all(attributions: list[Attribution], start: int, length: int) -> None:
    assert innermost(attributions, start, start + length) == _looking_at_all(attributions, start, start + length)
