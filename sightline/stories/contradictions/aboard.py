"""How many were aboard what crashed or sank: numbers of different reports that cannot both be right."""

from __future__ import annotations

import re
from collections.abc import Iterator

import msgspec

from sightline.stories.clock import NEVER, known_at
from sightline.stories.contradictions.counts import agree
from sightline.stories.contradictions.scene import Finding, Scene
from sightline.stories.events import Assembled
from sightline.stories.readable import readable_quantity
from sightline.types import ContradictionType, Quantity, Reading, Span

_MISHAPS = frozenset({"crash", "sinking", "disappearance", "capture", "fire", "explosion"})
_SOULS = frozenset({"people", "person", "soul"})
_BEFORE = re.compile(
    r"\b(?P<sure>carrying|carried|carries|transporting)\s+$|\b(?:with|had|there were|there had been)\s+(?:(?:a )?total of\s+)?$",
    re.IGNORECASE,
)
_BEHIND = re.compile(r"^[^.;:,]{0,45}\b(?:on board|aboard|on it)\b", re.IGNORECASE)
_CREW = re.compile(r"^\s*(?:,?\s*and)\s*$", re.IGNORECASE)
_ALL = re.compile(r"^\s+and crew\b", re.IGNORECASE)
_UNLESS = re.compile(r"\b(?:can|could|may|licen[sc]ed|capacity|certified|allowed|up to|usually|normally|in (?:19|20)\d\d)\b", re.IGNORECASE)


class _Told(msgspec.Struct, frozen=True):
    """A number of people aboard with the report and the words that give it."""

    quantity: Quantity
    report: str
    speaker: str
    party: str | None
    claims: tuple[str, ...]


def find(scene: Scene) -> list[Finding]:
    """The numbers aboard of the one mishap of a story against one another."""
    items = [item for item in scene.events if item.kind.name in _MISHAPS and not item.event.background and len(item.reports) > 1]
    widest = sorted(items, key=lambda item: (-len(item.reports), item.event.id))
    if not widest or (len(widest) > 1 and len(widest[1].reports) == len(widest[0].reports)):
        return []
    item = widest[0]
    told = [one for report in sorted(item.reports) for one in _of_report(scene.readings[report], item)]
    told.sort(key=lambda one: (known_at(scene.readings[one.report].report) or NEVER, one.report))
    found: list[Finding] = []
    for at, newer in enumerate(told):
        older = next((one for one in told[:at] if one.report != newer.report and not agree(one.quantity, newer.quantity)), None)
        if older is not None and not any(newer.quantity.low == other.quantity.low for other in told[:at]):
            found.append(_finding(item, newer, older))
    return found


def _finding(item: Assembled, newer: _Told, older: _Told) -> Finding:
    same = newer.speaker == older.speaker or (newer.party is not None and newer.party == older.party)
    values = (readable_quantity(newer.quantity), readable_quantity(older.quantity))
    return Finding(
        type=ContradictionType.SUPERSEDED if same else ContradictionType.DIRECT,
        event=item.event.id,
        slot="aboard",
        values=values,
        claims=(newer.claims, older.claims),
        explanation=f"An earlier figure of those aboard: {values[1]}, then {values[0]}."
        if same
        else f"How many were aboard: {values[0]} ({newer.speaker}) or {values[1]} ({older.speaker}).",
        confidence=0.65,
    )


def _of_report(reading: Reading, item: Assembled) -> Iterator[_Told]:
    """The one number of those aboard that a report gives; a report with two tells of two things."""
    amounts = list(_amounts(reading))
    if len({amount.low for amount in amounts}) != 1:
        return
    amount = amounts[0]
    inner = [one for one in reading.attributions if one.speaker is not None and any(span.contains(amount.span) for span in one.content)]
    speaker = min(inner, key=lambda one: sum(span.length for span in one.content)).speaker if inner else None
    here = [claim.id for claim in reading.claims if claim.sentence.contains(amount.span)]
    mine = [one.evidence.id for one in item.members if one.evidence.report == reading.report.id]
    outlet = reading.agency or reading.report.outlet or reading.report.id
    yield _Told(
        amount,
        reading.report.id,
        (speaker.name or speaker.text) if speaker is not None else outlet,
        speaker.party if speaker is not None else None,
        tuple(here or mine)[:2],
    )


def _amounts(reading: Reading) -> Iterator[Quantity]:
    text = reading.report.text
    people = [one for one in reading.quantities if one.dimension == "count" and one.of is not None and one.low >= 2]
    for at, one in enumerate(people):
        sentence = next((span for span in reading.sentences if span.contains(one.span)), None)
        if sentence is None or _UNLESS.search(sentence.of(text)):
            continue
        before, behind = text[sentence.start : one.span.start], text[one.span.end : sentence.end]
        match = _BEFORE.search(before)
        if match is None:
            continue
        crew = people[at + 1] if at + 1 < len(people) and people[at + 1].of in ("crew", "member", "sailor") else None
        joined = crew is not None and _CREW.match(text[one.span.end : crew.span.start])
        if not match["sure"] and not _BEHIND.match(text[crew.span.end : sentence.end] if joined and crew else behind):
            continue
        if one.of in _SOULS or (one.of == "passenger" and _ALL.match(behind)):
            yield msgspec.structs.replace(one, of="people")
        elif one.of == "passenger" and joined and crew is not None and one.comparator == crew.comparator == "=":
            span = Span(one.span.start, crew.span.end)
            yield msgspec.structs.replace(one, span=span, low=one.low + crew.low, high=one.high + crew.high, of="people")
