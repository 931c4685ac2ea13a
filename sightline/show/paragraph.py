"""The picture in one paragraph: what stands firm, what rests on one side, what is disputed, what is not known."""

from __future__ import annotations

from collections.abc import Sequence

from sightline.show.ranking import ahead, leading, told
from sightline.show.words import plural, sentence_case, slot_of, when
from sightline.types import ContradictionType, Event, Story

HARMLESS = {ContradictionType.REFINEMENT, ContradictionType.SUPERSEDED, ContradictionType.PLAN_AGAINST_FACT}


def _listed(events: Sequence[Event]) -> str:
    parts = []
    for event in events:
        dates = slot_of(event, "when")
        date = dates[0].interval if dates else event.interval
        label = sentence_case(event.label)
        parts.append(f"{label} ({when(date)})" if date is not None else label)
    return "; ".join(parts)


def picture(story: Story) -> str:
    """Some sentences, each resting on the grades of the events it names."""
    happened = told(story)
    firm = leading([event for event in happened if event.grade >= 3], 4)
    single = leading([event for event in happened if event.grade in (1, 2)], 3)
    coming = leading(ahead(story), 2)
    sentences = []
    if firm:
        sentences.append(f"Independently confirmed: {_listed(firm)}.")
    if single:
        sentences.append(f"On one side's word alone: {_listed(single)}.")
    if coming:
        sentences.append(f"Expected: {_listed(coming)}.")
    serious = [item for item in story.contradictions if item.type not in HARMLESS]
    if serious:
        verb = "is" if len(serious) == 1 else "are"
        sentences.append(f"There {verb} {plural(len(serious), 'contradiction')} to look at: {serious[0].explanation.rstrip('.')}.")
    if story.unknowns:
        sentences.append(f"Not known: {story.unknowns[0].question.rstrip('?.')}.")
    if not sentences:
        return "Nothing in these reports leads back to a source that could be told."
    return " ".join(sentences)
