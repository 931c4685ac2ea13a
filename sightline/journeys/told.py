"""What each claim of a story says of the journey, before its place is found on a network."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime, timedelta

import msgspec

from sightline.journeys.dates import OPEN, about_then, by_then, dated, known_at, values_of, when_of
from sightline.journeys.distances import Distance, distances
from sightline.journeys.tellings import NOWHEN, Rule, Told, rules
from sightline.journeys.travellers import concerns, known_as
from sightline.journeys.trust import reliability
from sightline.journeys.vehicles import Vehicle
from sightline.types import Claim, Event, Interval, Origin, PlaceMention, Polarity, Reading, Report, Span, Status, Story

FAR_KM = 20.0
"""Who came to within so much of a place or more has not reached it."""
ANYWHERE = timedelta(hours=14)
"""No place's time is further ahead of UTC."""
UNDATED = 0.8
"""Factor on the reliability of what a report tells without a date: it may be older than it seems."""
NO_WORD = re.compile(r"\bno (?:\w+ )?(?:word|news|sign|trace|report|confirmation)\b[^.;]*$", re.IGNORECASE)
"""Before a happening: nothing has been heard of it."""
FACT = frozenset({Status.HAPPENED, Status.UNDER_WAY})


replace = msgspec.structs.replace


def told(story: Story, readings: Sequence[Reading], as_of: datetime, vehicle: Vehicle, traveller: str | None) -> Iterator[Told]:
    """All that the story's claims known by ``as_of`` say of the traveller's journey."""
    claims = {c.id: c for r in readings for c in r.claims}
    reports = {r.report.id: r.report for r in readings}
    origins = {claim: independent(origin) for origin in reversed(story.origins) for claim in origin.claims}
    speakers = {claim: origin.speaker for origin in reversed(story.origins) if origin.kind != "unknown" for claim in origin.claims}
    known = known_as(traveller, readings)
    groups = {origin.id: independent(origin) for origin in story.origins}
    for event in story.events:
        rule = rules().get(event.type)
        if rule is None or event.background:
            continue
        for identity in event.claims:
            claim = claims.get(identity)
            if claim is None or claim.background or not concerns(claim, event, known, vehicle):
                continue
            report = reports.get(claim.report)
            told_at = known_at(report)
            if told_at is not None and told_at > as_of:
                continue
            origin = origins.get(identity, f"report {claim.report}")
            yield from _of_claim(claim, event, rule, report, told_at, origin, speakers.get(identity, ""))
        if not any(c in claims for c in event.claims) and (traveller is None or not event.participants or traveller in event.participants):
            yield from _of_slots(event, rule, groups)
    yield from _distances(story, readings, as_of, known, vehicle, (origins, speakers))


def _distances(
    story: Story,
    readings: Sequence[Reading],
    as_of: datetime,
    known: frozenset[str],
    vehicle: Vehicle,
    behind: tuple[dict[str, str], dict[str, str]],
) -> Iterator[Told]:
    origins, speakers = behind
    of_story = set(story.reports)
    for reading in readings:
        told_at = known_at(reading.report)
        if reading.report.id not in of_story or (told_at is not None and told_at > as_of):
            continue
        for found in distances(reading, known, vehicle):
            origin = origins.get(found.claim.id, f"report {reading.report.id}")
            yield _distance(found, reading.report, origin, speakers.get(found.claim.id, ""))


def _distance(found: Distance, report: Report, origin: str, speaker: str) -> Told:
    claim = msgspec.structs.replace(found.claim, when=found.when)
    event = Event(id=claim.id, type="distance", label="", status="happened", claims=(claim.id,))
    at = by_then(report) if found.undated else when_of(claim, event) or about_then(report)
    return Told(
        kind="sighted",
        place=found.mention.place,
        mention=found.mention,
        interval=at or NOWHEN,
        reliability=reliability(claim, "sighted", 0, report),
        origin=origin,
        claims=(claim.id,),
        speaker=speaker,
        reported=known_at(report),
    )


def independent(origin: Origin) -> str:
    """The independence group of an origin: a state with its media is one, pages whose origin cannot be told are taken for one, every other
    origin is its own."""
    if origin.kind == "unknown":
        return "origin unknown"
    return origin.party if origin.party is not None and origin.party.startswith("state:") else origin.id


def _of_claim(
    claim: Claim, event: Event, rule: Rule, report: Report | None, told_at: datetime | None, origin: str, speaker: str
) -> Iterator[Told]:
    when = when_of(claim, event)
    grade = _grade(event, claim.id)
    base = Told(origin=origin, claims=(claim.id,), reported=told_at, speaker=speaker)
    status, negative = claim.certainty.status, claim.certainty.polarity is Polarity.NEGATIVE
    unheard = status is Status.UNKNOWN and report is not None and NO_WORD.search(report.text[claim.sentence.start : claim.trigger.start])
    if negative or status is Status.DENIED or unheard:
        if rule.happened in {"arrived", "crossed"}:
            place = _place(claim, rule.roles if rule.happened == "arrived" else ("to",))
            until = Interval(latest=told_at, zone="UTC")
            if when is not None and when.latest is not None:
                until = msgspec.structs.replace(when, earliest=None, edtf="..")
            if until.latest is not None:
                yield replace(
                    base,
                    kind="silence",
                    place=place.place if place else None,
                    mention=place,
                    interval=until,
                    reliability=0.8,
                )
        return
    if status is Status.UNDER_WAY and rule.passing:
        through, now = _place(claim, rule.through), when or about_then(report)
        if through is not None and now is not None:
            yield replace(
                base,
                kind=rule.passing,
                place=through.place,
                mention=through,
                interval=now,
                reliability=reliability(claim, rule.passing, grade, report),
            )
    if status in FACT and rule.turns and claim.predicate == "turn" and _place(claim, rule.roles) is None:
        turned = when or (about_then(report) if status is Status.UNDER_WAY else by_then(report))
        if turned is not None:
            yield replace(base, kind="turned", interval=turned, reliability=reliability(claim, "departed", grade, report))
        return
    if status in FACT and rule.happened:
        place = _place(claim, rule.roles)
        trusted = reliability(claim, rule.happened, grade, report)
        if place is not None and (_ahead(when, told_at) or (when is None and rule.undated and not _has_date(claim) and not dated(event))):
            # What has happened lies before its report: a date after it is misread ("on Saturday", the wrong one).
            when, trusted = by_then(report), UNDATED * trusted
        if place is None and rule.happened == "departed":
            place = _slot_place(event, ("from",))
        if when is not None and (place is not None or event.type == "crossing"):
            resolved = place.place if place is not None else None
            kind = "passed" if rule.happened == "arrived" and _away(place) else rule.happened
            yield replace(base, kind=kind, place=resolved, mention=place, interval=when, reliability=trusted)
    elif rule.ahead:
        place = _place(claim, rule.roles)
        if place is None and event.type == "arrival" and when is not None:
            yield replace(base, kind="expected", interval=when, reliability=reliability(claim, "expected", grade, report))
        if place is not None:
            if rule.ahead == "expected" and when is not None:
                yield replace(
                    base,
                    kind="expected",
                    place=place.place,
                    mention=place,
                    interval=when,
                    reliability=reliability(claim, "expected", grade, report),
                )
            if event.type != "crossing":
                yield replace(base, kind="bound", place=place.place, mention=place, reliability=reliability(claim, "bound", grade, report))
    for role in rule.toward:
        for where in claim.where:
            if where.role == role:
                yield replace(
                    base,
                    kind="bound",
                    place=where.mention.place,
                    mention=where.mention,
                    reliability=reliability(claim, "bound", grade, report),
                )
    yield from _durations(claim, rule, base)


def _durations(claim: Claim, rule: Rule, base: Told) -> Iterator[Told]:
    if not rule.toward and rule.happened not in {"arrived", "departed"}:
        return
    place = _place(claim, ("to", "toward", "at"))
    for time in claim.when:
        if place is not None and time.type == "DURATION" and time.seconds is not None and time.relation in {"for", "at", "during", "in"}:
            low, high = (s / 3600.0 for s in time.seconds)
            if 0.5 <= low <= high <= 24.0 * 30:
                yield replace(
                    base,
                    kind="duration",
                    place=place.place,
                    mention=place,
                    reliability=0.3,
                    hours=(low, high),
                    begins=_place(claim, ("from",)),
                    words=f'"{time.text}"',
                )


def _of_slots(event: Event, rule: Rule, groups: dict[str, str]) -> Iterator[Told]:
    """Where the readings are not at hand: one observation for each value of ``when`` and each origin behind it, at the event's place."""
    place = next((v.place for name in (*rule.roles, "where") for v in values_of(event, name) if v.place is not None), event.place)
    if rule.happened and place is not None and event.status in FACT:
        for value in values_of(event, "when"):
            if value.interval is None or OPEN & set(value.flags):
                continue
            for origin in value.origins or (f"event {event.id}",):
                yield Told(
                    kind=rule.happened,
                    place=place,
                    interval=value.interval,
                    reliability=reliability(None, rule.happened, value.grade, None),
                    origin=groups.get(origin, origin),
                    claims=value.claims,
                )
    for role in rule.toward:
        for value in values_of(event, role):
            if value.place is not None:
                for origin in value.origins or (f"event {event.id}",):
                    yield Told(
                        kind="bound",
                        place=value.place,
                        reliability=reliability(None, "bound", value.grade, None),
                        origin=groups.get(origin, origin),
                        claims=value.claims,
                    )


def _grade(event: Event, claim: str) -> int:
    grades = [v.grade for v in values_of(event, "when") if claim in v.claims] or [
        v.grade for v in values_of(event, "happened") if claim in v.claims
    ]
    return max(grades, default=event.grade)


def _place(claim: Claim, roles: Iterable[str]) -> PlaceMention | None:
    for role in roles:
        for where in claim.where:
            if (
                where.role == role
                and where.mention.metonymy in {"literal", "name"}
                and (where.mention.place is not None or where.mention.lat is not None)
            ):
                return where.mention
    return None


def _has_date(claim: Claim) -> bool:
    return any(time.type in {"DATE", "TIME"} for time in claim.when)


def _ahead(when: Interval | None, told_at: datetime | None) -> bool:
    """Whether a time lies after the report; one without a zone may be any place's."""
    if when is None or when.earliest is None or told_at is None:
        return False
    return when.earliest - (timedelta() if when.zone else ANYWHERE) > told_at


def _away(place: PlaceMention | None) -> bool:
    """Whether only a distance from the place was reached: "within 200 km of the capital"."""
    return place is not None and place.relation is not None and (place.relation.distance_km or 0.0) >= FAR_KM


def _slot_place(event: Event, roles: Iterable[str]) -> PlaceMention | None:
    for role in roles:
        for value in values_of(event, role):
            if value.place is not None and not OPEN & set(value.flags):
                return PlaceMention(span=Span(start=0, end=0), text=value.value, place=value.place)
    return None
