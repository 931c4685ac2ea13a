"""How surely something is said to be so: polarity, degree and status of a happening, the hedges, and each link's stance.

The scheme is FactBank's (Saurí and Pustejovsky 2009): polarity and degree are each link's own. Status tells where the happening
stands. The reading goes from the word for the happening outwards: its verb group or noun phrase, then each word that governs it,
with the effects in ``data/`` (implicatives, factives, words of intention, expectation, asking and denial). docs/certainty.md
defines every value.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from spacy.tokens import Token

from sightline.extract.certainty.hedges import hedges
from sightline.extract.certainty.lexicon import lexicon
from sightline.extract.certainty.reading import Reader, is_predicate
from sightline.extract.certainty.stances import Layers, innermost, stances
from sightline.extract.certainty.state import ASKED, UNTRUE, State
from sightline.types import Attribution, Certainty, Degree, Polarity, Publication, Status, TimeMention

__all__ = ["Layers", "innermost", "judge"]


def judge(
    doc: object,
    trigger: Token,
    attributions: Sequence[Attribution] = (),
    *,
    published: Publication | None = None,
    when: Sequence[TimeMention] = (),
) -> Certainty:
    """How surely the happening named by ``trigger`` is said to be so, as its innermost speaker has it.

    ``when`` are the times that date the happening and ``published`` the report's own time: a happening dated after publication is
    still to come, whatever its tense. Spans of hedges are character ranges of ``doc.text``.
    """
    words = lexicon()
    index = innermost(attributions, trigger.idx, trigger.idx + len(trigger))
    reader = Reader(words, index is not None, [])
    state = reader.state(trigger)
    state = _as_spoken(state, attributions, index)
    state = _as_dated(state, trigger, published, when)
    status = state.status or Status.HAPPENED
    return Certainty(
        polarity=state.polarity,
        degree=state.degree,
        status=status,
        hedges=hedges(reader.trail, words),
        stances=stances(trigger, attributions, index, state.polarity, state.degree),
    )


def _as_spoken(state: State, attributions: Sequence[Attribution], index: int | None) -> State:
    """The attitude of the attribution, where the tree did not already lead over its cue."""
    if index is None or state.status is None:
        return state
    match attributions[index].attitude:
        case "denial" if state.polarity is Polarity.POSITIVE and state.status in (Status.HAPPENED, Status.UNDER_WAY):
            return UNTRUE
        case "question" if state.degree is Degree.CERTAIN:
            return ASKED
        case "belief" if state.degree is Degree.CERTAIN and state.status is not Status.PLANNED:
            return state.weakened(Degree.PROBABLE)
        case "refusal" if state.degree is Degree.CERTAIN and state.polarity is Polarity.POSITIVE:
            return ASKED
    return state


def _as_dated(state: State, trigger: Token, published: Publication | None, when: Sequence[TimeMention]) -> State:
    """A date after publication makes the happening one to come; one before it turns the plan of a bare noun or present into a fact."""
    if published is None or published.interval.latest is None:
        return state
    now: datetime = published.interval.latest
    starts = [mention.interval.earliest for mention in when if mention.interval is not None and mention.relation in ("at", "during", "for")]
    ends = [mention.interval.latest for mention in when if mention.interval is not None and mention.relation in ("at", "during")]
    told_as_fact = state.status in (Status.HAPPENED, Status.UNDER_WAY) and state.polarity is Polarity.POSITIVE
    if starts and all(start is not None and start > now for start in starts) and told_as_fact and trigger.tag_ not in ("VBD", "VBN"):
        return State(state.polarity, state.degree, Status.PLANNED)
    begun = published.interval.earliest
    tenseless = not is_predicate(trigger) or trigger.tag_ in ("VBZ", "VBP")
    bare_plan = state.status is Status.PLANNED and state.degree is Degree.CERTAIN and tenseless
    if ends and begun is not None and all(end is not None and end < begun for end in ends) and bare_plan:
        return State(state.polarity, state.degree, Status.HAPPENED)
    return state
