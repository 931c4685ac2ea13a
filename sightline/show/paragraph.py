"""The picture in one paragraph: what stands firm, what is disputed, what rests on one side, what is to come, what is not known."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from sightline.show.ranking import ahead, leading, told
from sightline.show.words import plural, sentence_case, slot_of, when
from sightline.types import ContradictionType, Event, Origin, Story

HARMLESS = {ContradictionType.REFINEMENT, ContradictionType.SUPERSEDED, ContradictionType.PLAN_AGAINST_FACT}


def picture(story: Story) -> str:
    """Some sentences, each resting on the grades of the events it names."""
    return " ".join(f"{lead}: {words}." if lead else f"{words}." for lead, words in picture_parts(story))


def picture_parts(story: Story) -> list[tuple[str, str]]:
    """The picture's sentences, each as what it is about ("Independently confirmed") and what it says."""
    happened = told(story)
    origins = {origin.id: origin for origin in story.origins}
    rows = [event for event in happened if _is_disputed(event)]
    # A mere noun that is denied ("agreement by the opposition") tells a reader nothing.
    calm = [event for event in happened if not _is_disputed(event) and not (event.status == "denied" and event.is_phrase)]
    firm = leading([event for event in calm if event.grade >= 3], 4)
    single = leading([event for event in calm if event.grade in (1, 2)], 3)
    coming = leading(ahead(story), 2)
    parts = []
    if firm:
        parts.append(("Independently confirmed", "; ".join(_line(event) + _sides(event, origins) for event in firm)))
    denials = {item.event: item.explanation for item in story.contradictions if item.type is ContradictionType.DENIAL}
    for event in leading(rows, 2):
        why = denials.get(event.id)
        parts.append(("Disputed", _line(event) + (f". {why.rstrip('.')}" if why else "")))
    if single:
        parts.append(("On one side's word alone", "; ".join(_line(event) + _speaker(event, origins) for event in single)))
    bare = leading([event for event in calm if event.grade == 0], 2) if not firm and not single else []
    if bare:
        parts.append(("Told without a source", "; ".join(_line(event) for event in bare)))
    if coming:
        parts.append(("Expected", "; ".join(_line(event) for event in coming)))
    shown = {event.id for event in leading(rows, 2)}
    serious = [
        item
        for item in story.contradictions
        if item.type not in HARMLESS and not (item.type is ContradictionType.DENIAL and item.event in shown)
    ]
    if serious:
        parts.append((f"To look at, {plural(len(serious), 'contradiction')}", serious[0].explanation.rstrip(".")))
    if story.unknowns:
        question = story.unknowns[0].question.rstrip("?.")
        parts.append(("Not known", f"{question[:1].lower()}{question[1:]}"))
    return parts or [("", "Nothing in these reports leads back to a source that could be told")]


def _is_disputed(event: Event) -> bool:
    return any("disputed" in value.flags for value in slot_of(event, "happened"))


def _line(event: Event) -> str:
    """The event with its date; "(denied)" where nobody says more than that it did not happen."""
    dates = slot_of(event, "when")
    date = dates[0].interval if dates else event.interval
    marks = [event.status] if event.status == "denied" and not _NEGATED.search(event.label) else []
    if date is not None:
        marks.append(when(date))
    label = sentence_case(event.label)
    return f"{label} ({', '.join(marks)})" if marks else label


_NEGATED = re.compile(r"\b(?:no|not|never|nobody|without)\b|n['’]t\b", re.IGNORECASE)


def _behind(event: Event, origins: Mapping[str, Origin]) -> list[Origin]:
    """The origins of the event's leading status that name a speaker, each party's first."""
    values = slot_of(event, "happened")
    found: dict[str, Origin] = {}
    for key in values[0].origins if values else ():
        origin = origins.get(key)
        if origin is not None and origin.kind != "unknown":
            found.setdefault(origin.party or origin.id, origin)
    counted = list(values[0].parties) if values else []
    return sorted(found.values(), key=lambda origin: (origin.party not in counted, origin.anonymous, -len(origin.reports), origin.id))


def _sides(event: Event, origins: Mapping[str, Origin]) -> str:
    behind = _behind(event, origins)
    return f", according to {_called(behind[0])} and, independently, {_called(behind[1])}" if len(behind) > 1 else ""


def _speaker(event: Event, origins: Mapping[str, Origin]) -> str:
    """Whose words the line is, or who is first behind it."""
    own = [origin for origin in origins.values() if event.quoted in origin.claims and origin.kind != "unknown"]
    behind = own or _behind(event, origins)
    denied = next((value for value in slot_of(event, "happened") if value.key == "denied" and event.status != "denied"), None)
    against = [origins[key] for key in denied.origins if key in origins and origins[key].kind != "unknown"] if denied is not None else []
    against = [origin for origin in against if origin not in behind]
    denial = f" (denied by {_called(against[0])})" if against else ""
    return (f", according to {_called(behind[0])}" if behind else "") + denial


def _called(origin: Origin) -> str:
    """A speaker, with the newsroom that an unnamed one spoke through."""
    through: Sequence[str] = origin.via[:1] if origin.anonymous else ()
    name = f"the {origin.speaker}" if _BODY.search(origin.speaker) and not origin.speaker.lower().startswith("the ") else origin.speaker
    return f"{name} through {through[0]}" if through else name


_BODY = re.compile(
    r"(?:^Kremlin|^White House|^Pentagon|^[A-Z].*\b(?:Ministry|Department|Forces|Justice|Court|Survey|Government|Police|Army|Navy|military|Office|Service"
    r"|Agency|Council|Commission|Union)|^(?:International|United|World|European|National|Federal)\b.*)$"
)
"""Bodies whose name takes the article in a sentence."""
