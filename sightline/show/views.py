"""What the templates show of a story: plain values, ready to be escaped and laid out."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

import msgspec

from sightline.show.filters import EVERYTHING, Choices, Filter, choices_of, parties_of
from sightline.show.graph import source_graph_svg
from sightline.show.links import Links, slug
from sightline.show.map import Spot, map_svg
from sightline.show.paragraph import HARMLESS, picture_parts
from sightline.show.ranking import ahead, heaviest, history, leading, parted, parted_ahead, told
from sightline.show.timeline import timeline_svg
from sightline.show.words import GRADES, chain_words, outlet_name, plural, sentence_case, slot_name, span_of_reports, when
from sightline.types import Claim, Event, Reading, SlotValue, Story

_RAW_DATE = re.compile(r"[-0-9T:Z./~?%+]+")
FIRST = 40
"""Most events shown at once; the others stand behind a fold."""
VALUES = 6
"""Most rival values of a slot."""
POSSIBLY = 5
"""Most events named as possibly the same."""


class EvidenceView(msgspec.Struct, frozen=True, kw_only=True):
    """One claim with the sentence it stands in."""

    report: str
    outlet: str
    published: str
    link: str
    before: str
    words: str
    after: str
    chain: str
    """Who says so, through whom."""
    certainty: str


class ValueView(msgspec.Struct, frozen=True, kw_only=True):
    """One rival value of a slot."""

    text: str
    link: str | None
    """Of the actor or place that it is."""
    grade: int
    grade_name: str
    pages: str
    flags: tuple[str, ...]
    reason: str


class SlotView(msgspec.Struct, frozen=True, kw_only=True):
    """A slot's name and its values, best first."""

    name: str
    values: tuple[ValueView, ...]


class EventView(msgspec.Struct, frozen=True, kw_only=True):
    """An event with everything behind it."""

    id: str
    anchor: str
    label: str
    type: str
    when: str
    status: str
    grade: int
    grade_name: str
    reason: str
    slots: tuple[SlotView, ...]
    evidence: tuple[EvidenceView, ...]
    parties: str
    kinds: str
    disputed: bool
    alone: bool
    """Whether one report alone tells it: then all its values have its grade."""
    claims: int
    """How many claims there are, of which ``evidence`` shows the first."""
    possibly_same: tuple[tuple[str, str], ...]
    """Link and label."""


class ContradictionView(msgspec.Struct, frozen=True, kw_only=True):
    """Two values that do not agree."""

    type: str
    explanation: str
    event: str
    link: str
    harmless: bool
    """Told later or more exactly, not told otherwise."""


class StoryView(msgspec.Struct, frozen=True, kw_only=True):
    """A story as its page shows it."""

    id: str
    title: str
    facts: tuple[str, ...]
    picture: tuple[tuple[str, str], ...]
    """What each of its sentences is about, and what it says."""
    happened: tuple[EventView, ...]
    lesser: tuple[EventView, ...]
    """What happened by one page's word alone and without a date or an origin."""
    ahead: tuple[EventView, ...]
    ahead_lesser: tuple[EventView, ...]
    """What is to come and told by no more than its kind ("a visit")."""
    background: tuple[EventView, ...]
    contradictions: tuple[ContradictionView, ...]
    """The gravest first."""
    contradictions_left: int
    unknowns: tuple[tuple[str, tuple[EvidenceView, ...]], ...]
    timeline: str
    map: str
    graph: str
    choices: Choices
    filter: Filter
    fitting: int
    """How many events the filter lets through."""
    events: int
    """How many there are."""


def _chain(reading: Reading, claim: Claim) -> str:
    if claim.attribution is None:
        return f"{outlet_name(reading.report.outlet)} itself"
    said = reading.attributions[claim.attribution]
    speaker = said.speaker
    who = (speaker.name or speaker.text or "a source not named") if speaker else "a source not named"
    links = [chain_words(link.name or link.kind.value) for link in said.via]
    return " via ".join(dict.fromkeys([who, *(link for link in links if link)]))


def _certainty(claim: Claim) -> str:
    certainty = claim.certainty
    words = [certainty.status.value]
    if certainty.degree.value in ("probable", "possible"):
        words.append(certainty.degree.value)
    words += [f"“{hedge.text}”" for hedge in certainty.hedges[:2]]
    return ", ".join(words)


def evidence_view(reading: Reading, claim: Claim, links: Links) -> EvidenceView:
    """A claim with its sentence, the trigger apart."""
    text, sentence = reading.report.text, claim.sentence
    start, end = min(sentence.start, claim.trigger.start), max(sentence.end, claim.trigger.end)
    published = reading.report.published
    return EvidenceView(
        report=reading.report.id,
        outlet=outlet_name(reading.report.outlet),
        published=when(published.interval) if published else "undated",
        link=links.passage(reading.report.id, claim.trigger.start, claim.trigger.end),
        before=text[max(start, claim.trigger.start - 300) : claim.trigger.start],
        words=text[claim.trigger.start : claim.trigger.end],
        after=text[claim.trigger.end : min(end, claim.trigger.end + 300)],
        chain=_chain(reading, claim),
        certainty=_certainty(claim),
    )


def _link(value: SlotValue, links: Links) -> str | None:
    if value.actor is not None:
        return links.actor(value.actor)
    return links.place(value.place.id) if value.place is not None else None


def _distinct(values: Sequence[SlotValue]) -> list[SlotValue]:
    """Values that read differently: the first of those that read the same."""
    return list({value.value: value for value in reversed(values) if value.value}.values())[::-1]


def _value(value: SlotValue, links: Links) -> ValueView:
    pages = len({claim.partition("#")[0] for claim in value.claims})
    return ValueView(
        text=when(value.interval) if value.interval is not None and _RAW_DATE.fullmatch(value.value) else value.value,
        link=_link(value, links),
        grade=value.grade,
        grade_name=GRADES[value.grade],
        pages=plural(pages, "report"),
        flags=value.flags,
        reason=value.reason,
    )


class Evidence:
    """Claims of many readings by their id."""

    def __init__(self, readings: Sequence[Reading]) -> None:
        """Index the readings' claims."""
        self._claims = {claim.id: (reading, claim) for reading in readings for claim in reading.claims}

    def views(self, claims: Sequence[str], links: Links, limit: int = 40) -> tuple[EvidenceView, ...]:
        """The claims that are known, earliest publication first."""
        known = [self._claims[claim] for claim in claims if claim in self._claims]
        known.sort(key=lambda item: (item[0].report.published.value if item[0].report.published else "~", item[1].id))
        return tuple(evidence_view(reading, claim, links) for reading, claim in known[:limit])

    def sentences(self, claims: Sequence[str]) -> Iterator[str]:
        """The sentences that some claims stand in."""
        known = (self._claims[claim] for claim in claims if claim in self._claims)
        return (claim.sentence.of(reading.report.text) for reading, claim in known)

    def kinds(self, claims: Sequence[str]) -> set[str]:
        """Kinds of the sources behind some claims."""
        found: set[str] = set()
        for claim in claims:
            if claim in self._claims:
                reading, record = self._claims[claim]
                speaker = reading.attributions[record.attribution].speaker if record.attribution is not None else None
                found.add(speaker.kind.value if speaker else "outlet")
        return found


def event_view(event: Event, evidence: Evidence, links: Links, labels: Mapping[str, str], *, evidence_limit: int = 40) -> EventView:
    """An event with its slots and evidence; ``labels`` names the other events of the story."""
    slots = tuple(
        SlotView(
            name=slot_name(slot.name, [value.value for value in slot.values]),
            values=tuple(_value(value, links) for value in _distinct(slot.values)[:VALUES]),
        )
        for slot in event.slots
        if slot.name not in ("happened", "status") and slot.values
    )
    values = [value for slot in event.slots for value in slot.values]
    return EventView(
        id=event.id,
        anchor=f"event-{slug(event.id)}",
        label=sentence_case(event.label),
        type=event.type,
        when=when(event.interval),
        status=event.status,
        grade=event.grade,
        grade_name=GRADES[event.grade],
        reason=event.reason,
        slots=slots,
        evidence=evidence.views(event.claims, links, evidence_limit),
        alone=len({claim.partition("#")[0] for claim in event.claims}) <= 1,
        claims=len(event.claims),
        parties=" ".join(parties_of(event)),
        kinds=" ".join(sorted(evidence.kinds(event.claims))),
        disputed=any("disputed" in value.flags for value in values),
        possibly_same=_possibly_same(event, labels, links),
    )


def _possibly_same(event: Event, labels: Mapping[str, str], links: Links) -> tuple[tuple[str, str], ...]:
    """The first few events that may be the same one, of those that read the same only one."""
    named = {sentence_case(labels[other]): links.event(other) for other in reversed(event.possibly_same) if other in labels}
    return tuple((link, label) for label, link in reversed(named.items()))[:POSSIBLY]


def places_of(story: Story, links: Links) -> list[Spot]:
    """The places of a story's events, each once, as spots of a map."""
    found: dict[tuple[float, float], list[Event]] = {}
    names: dict[tuple[float, float], tuple[str, float]] = {}
    for event in story.events:
        places = {value.place.id: value.place for slot in event.slots for value in slot.values if value.place is not None}
        if event.place is not None:
            places[event.place.id] = event.place
        for place in places.values():
            if place.lat is not None and place.lon is not None and place.kind not in ("country", "continent", "area"):
                key = (place.lat, place.lon)
                found.setdefault(key, []).append(event)
                names[key] = (place.name, place.radius_km)
    spots = []
    for key, events in sorted(found.items()):
        reports = {claim.partition("#")[0] for event in events for claim in event.claims}
        name, radius = names[key]
        note = f"{name}: {plural(len(events), 'event')}, {plural(len(reports), 'report')}"
        spots.append(
            Spot(
                lat=key[0],
                lon=key[1],
                label=name,
                radius_km=radius if radius > 20 else 0.0,
                weight=len(reports),
                link=links.event(events[0].id),
                note=note,
            )
        )
    return sorted(spots, key=lambda spot: -spot.weight)[:40]


def story_view(
    story: Story,
    readings: Sequence[Reading],
    links: Links,
    parties: Mapping[str, str],
    *,
    limit: int = 400,
    evidence_limit: int = 40,
    wanted: Filter = EVERYTHING,
) -> StoryView:
    """Everything that a story's page shows; ``limit`` bounds each list of events, ``evidence_limit`` the claims shown of each, and
    of the events listed only those ``wanted`` are."""
    evidence = Evidence(readings)
    labels = {event.id: event.label for event in story.events}
    kinds = {event.id: evidence.kinds(event.claims) for event in story.events}
    fitting = {event.id for event in story.events if wanted.fits(event, kinds[event.id], evidence.sentences(event.claims))}
    happened, coming, earlier = (
        [event for event in events if event.id in fitting] for events in (told(story), ahead(story), history(story))
    )
    first, lesser = parted(happened, min(FIRST, limit))
    soon, vague = parted_ahead(coming, min(FIRST, limit))
    drawn = leading([event for event in story.events if not event.background and event.interval is not None], 22)
    outlets = {outlet_name(reading.report.outlet) for reading in readings}
    facts = (
        plural(len(readings), "report"),
        plural(len(outlets), "outlet"),
        plural(len(story.origins), "origin"),
        span_of_reports(readings),
    )
    report_links = {reading.report.id: links.report(reading.report.id) for reading in readings}

    def views(events: Sequence[Event]) -> tuple[EventView, ...]:
        return tuple(event_view(event, evidence, links, labels, evidence_limit=evidence_limit) for event in heaviest(events, limit))

    return StoryView(
        id=story.id,
        title=story.title,
        facts=facts,
        picture=tuple(picture_parts(story)),
        happened=views(first),
        lesser=views(lesser),
        ahead=views(soon),
        ahead_lesser=views(vague),
        background=views(earlier),
        contradictions=tuple(
            ContradictionView(
                type=item.type.value,
                explanation=item.explanation,
                event=sentence_case(labels.get(item.event, "")),
                link=links.event(item.event),
                harmless=item.type in HARMLESS,
            )
            for item in sorted(story.contradictions, key=lambda item: item.type in HARMLESS)[:limit]
        ),
        contradictions_left=max(0, len(story.contradictions) - limit),
        unknowns=tuple((unknown.question, evidence.views(unknown.claims, links, 5)) for unknown in story.unknowns),
        timeline=timeline_svg(drawn, readings, {event.id: links.event(event.id) for event in drawn}),
        map=map_svg(places_of(story, links)),
        graph=source_graph_svg(story, readings, parties, report_links),
        choices=choices_of(story.events, kinds, parties),
        filter=wanted,
        fitting=len(fitting),
        events=len(story.events),
    )
