"""Stories kept up to date while reports come in.

A :class:`Builder` holds what does not depend on other reports (evidence, terms, shingles) and the likenesses of pairs, so that a
further report costs little. Its stories depend on the set of reports and decisions alone, never on the order in which they came.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

import msgspec

from sightline.stories import contradictions
from sightline.stories.clock import NEVER, as_known, order_key
from sightline.stories.copies import CopyIndex
from sightline.stories.events import Assembled, members_of
from sightline.stories.evidence import Evidence, evidence_of
from sightline.stories.grouping import LikenessTable, group
from sightline.stories.identities import identify
from sightline.stories.joining import active, join
from sightline.stories.labels import title_of
from sightline.stories.lineage import link
from sightline.stories.nodes import gather
from sightline.stories.origins import assign, describe
from sightline.stories.parties import Parties, Registry
from sightline.stories.state import State
from sightline.stories.unknowns import unknowns_of
from sightline.types import CopyLink, Decision, Event, Reading, SlotValue, Story

VERSION = "stories/1"


class Builder:
    """Builds stories from readings that are added one after another."""

    def __init__(self, register: Registry) -> None:
        self._parties = Parties(register)
        self._readings: dict[str, Reading] = {}
        self._evidence: dict[str, list[Evidence]] = {}
        self._copies = CopyIndex()
        self._likeness = LikenessTable()
        self._cache: dict[str, tuple[object, Story]] = {}
        self._stamp = 0
        self._states: dict[str, State] = {}
        self._amounts: dict[str, list[contradictions.Amount]] = {}

    def add(self, reading: Reading) -> None:
        """Adds a reading; one of a report that is there already is left out, since nothing is overwritten."""
        report = reading.report
        if report.id in self._readings:
            return
        self._readings[report.id] = reading
        self._evidence[report.id] = evidence_of(reading, self._parties)
        if self._copies.add(reading) - {report.id}:
            self._stamp += 1
        self._likeness.add(reading)

    def stories(self, decisions: Sequence[Decision] = (), as_of: datetime | None = None) -> list[Story]:
        """The stories of all reports added, most reports first.

        With ``as_of`` the picture as it could be known then: only reports that had been published (or, undated, fetched) and decisions
        taken by that instant. It equals what a builder would have given that had been fed only those reports.
        """
        if as_of is not None:
            kept = as_known(self._readings.values(), as_of)
            if len(kept) < len(self._readings):
                return build(kept, decisions=decisions, as_of=as_of, register=self._parties.register)
        held = active(decisions, as_of)
        order = sorted(self._readings, key=lambda report: order_key(self._readings[report].report))
        found = [self._story(reports, held, as_of) for reports in group(self._likeness, order, held)]
        return sorted(found, key=lambda story: (-len(story.reports), story.id))

    def _story(self, reports: Sequence[str], decisions: Sequence[Decision], as_of: datetime | None) -> Story:
        story_id = f"story:{reports[0]}"
        mark = (tuple(reports), tuple(decision.id for decision in decisions), as_of)
        cached = self._cache.get(story_id)
        if cached is not None and cached[0] == mark:
            return cached[1]
        story = self._assemble(story_id, reports, decisions, as_of)
        self._cache[story_id] = (mark, story)
        return story

    def _assemble(self, story_id: str, reports: Sequence[str], decisions: Sequence[Decision], as_of: datetime | None) -> Story:
        state = self._states.setdefault(story_id, State())
        readings = {report: self._readings[report] for report in reports}
        within = set(reports)
        links = {report: tuple(one for one in self._copies.links(report) if _inside(one, within)) for report in reports}
        who = state.identities(identify(list(readings.values()), decisions), decisions)
        evidence = [one for report in reports for one in self._evidence[report]]
        state.assignment = assign(evidence, links, state.assignment)
        sourced = state.assignment.sourced
        told = [one for one in evidence if not (one.kind.speech or one.kind.measure)] or evidence
        clusters = join(gather(told, who, decisions, state.memory), decisions, state.memory)
        items = [state.event(cluster, members_of(cluster, sourced), who, self._parties) for cluster in clusters]
        state.forget(items)
        link(items)
        items.sort(key=_time_order)
        scene = contradictions.Scene(
            events=items,
            readings=readings,
            links=links,
            who=who,
            parties=self._parties,
            stamp=self._stamp,
            amounts=self._amounts,
            silences=state.silences,
        )
        findings = contradictions.find(scene)
        events = tuple(_flagged(item.event, findings) for item in items)
        pages = {item.event.id: len(item.reports) for item in items}
        merges = tuple(merge for item in items for merge in item.cluster.merges)
        return Story(
            id=story_id,
            title=title_of(events, pages, [readings[report].report.text.casefold() for report in reports]),
            reports=tuple(reports),
            events=events,
            origins=describe([item.origins for item in items]),
            copies=tuple(one for report in reports for one in links[report]),
            contradictions=tuple(finding.contradiction(number) for number, finding in enumerate(findings, 1)),
            unknowns=unknowns_of(items),
            decisions=(*merges, *decisions),
            as_of=as_of,
            version=VERSION,
        )


def _inside(one: CopyLink, reports: set[str]) -> bool:
    return one.source in reports or one.source.startswith("dispatch:")


def _time_order(item: Assembled) -> tuple[datetime, datetime, str]:
    interval = item.event.interval
    happened = interval.earliest or interval.latest if interval is not None else None
    known = min((one.evidence.known for one in item.members if one.evidence.known is not None), default=NEVER)
    return (happened or known, known, item.event.id)


def _flagged(event: Event, findings: Iterable[contradictions.Finding]) -> Event:
    flags: dict[tuple[str, str], list[str]] = {}
    for finding in findings:
        if finding.event == event.id and finding.flag is not None and finding.flag_key is not None:
            flags.setdefault((finding.slot, finding.flag_key), []).append(finding.flag)
    if not flags:
        return event

    def mark(slot: str, value: SlotValue) -> SlotValue:
        found = flags.get((slot, value.key))
        return msgspec.structs.replace(value, flags=tuple(dict.fromkeys((*value.flags, *found)))) if found else value

    slots = tuple(msgspec.structs.replace(slot, values=tuple(mark(slot.name, value) for value in slot.values)) for slot in event.slots)
    return msgspec.structs.replace(event, slots=slots)


def build(
    readings: Sequence[Reading],
    *,
    decisions: Sequence[Decision] = (),
    as_of: datetime | None = None,
    register: Registry | None = None,
) -> list[Story]:
    """Stories of some readings: what several reports say together, graded, with contradictions and open questions.

    ``decisions`` are a user's (same-event, different-event, same-actor, different-actor, same-story, undo) and have the last word. With
    ``as_of`` only what could be known at that instant counts. The order of the readings makes no difference.
    """
    builder = Builder(register if register is not None else default_register())
    for reading in as_known(readings, as_of):
        builder.add(reading)
    return builder.stories(decisions, as_of)


def default_register() -> Registry:
    """The shipped register of actors, outlets and parties."""
    from sightline.gazetteer import Register

    register: Registry = Register.load()
    return register
