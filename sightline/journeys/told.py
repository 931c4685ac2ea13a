"""What each claim of a story says of the journey, before its place is found on a network."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from functools import cache
from importlib import resources

import msgspec

from sightline.journeys.travellers import concerns
from sightline.journeys.trust import reliability
from sightline.journeys.vehicles import Vehicle
from sightline.types import Claim, Event, Interval, Origin, Place, PlaceMention, Polarity, Reading, Report, SlotValue, Span, Status, Story

NOWHEN = Interval()
OPEN = frozenset({"report-date", "refuted", "mistranslated"})
"""Flags of a date that say it is not the happening's."""
FACT = frozenset({Status.HAPPENED, Status.UNDER_WAY})


class Rule(msgspec.Struct, frozen=True, kw_only=True):
    """How claims of one type become observations; ``data/kinds.toml`` explains the fields."""

    happened: str = ""
    roles: tuple[str, ...] = ()
    ahead: str = ""
    toward: tuple[str, ...] = ()


@cache
def rules() -> dict[str, Rule]:
    """The shipped table."""
    text = resources.files("sightline.journeys").joinpath("data/kinds.toml").read_text(encoding="utf-8")
    return {name: msgspec.convert(entry, Rule) for name, entry in tomllib.loads(text).items()}


class Told(msgspec.Struct, frozen=True, kw_only=True):
    """An observation whose place is not yet a waypoint."""

    kind: str = ""
    place: Place | None = None
    mention: PlaceMention | None = None
    interval: Interval = NOWHEN
    reliability: float = 0.0
    origin: str = ""
    claims: tuple[str, ...] = ()
    speaker: str = ""
    words: str = ""
    """What it says, where that is more than its kind and place."""
    reported: datetime | None = None
    hours: tuple[float, float] | None = None
    begins: PlaceMention | None = None
    """Where a duration is counted from."""


replace = msgspec.structs.replace


def told(story: Story, readings: Sequence[Reading], as_of: datetime, vehicle: Vehicle, traveller: str | None) -> Iterator[Told]:
    """All that the story's claims known by ``as_of`` say of the traveller's journey."""
    claims = {c.id: c for r in readings for c in r.claims}
    reports = {r.report.id: r.report for r in readings}
    origins = {claim: independent(origin) for origin in reversed(story.origins) for claim in origin.claims}
    speakers = {claim: origin.speaker for origin in reversed(story.origins) if origin.kind != "unknown" for claim in origin.claims}
    groups = {origin.id: independent(origin) for origin in story.origins}
    for event in story.events:
        rule = rules().get(event.type)
        if rule is None or event.background:
            continue
        for identity in event.claims:
            claim = claims.get(identity)
            if claim is None or claim.background or not concerns(claim, event, traveller, vehicle):
                continue
            report = reports.get(claim.report)
            known = _known(report)
            if known is not None and known > as_of:
                continue
            origin = origins.get(identity, f"report {claim.report}")
            yield from _of_claim(claim, event, rule, report, known, origin, speakers.get(identity, ""))
        if not any(c in claims for c in event.claims) and (traveller is None or not event.participants or traveller in event.participants):
            yield from _of_slots(event, rule, groups)


def independent(origin: Origin) -> str:
    """The independence group of an origin: a state with its media is one, pages whose origin cannot be told are taken for one, every other
    origin is its own."""
    if origin.kind == "unknown":
        return "origin unknown"
    return origin.party if origin.party is not None and origin.party.startswith("state:") else origin.id


def _of_claim(
    claim: Claim, event: Event, rule: Rule, report: Report | None, known: datetime | None, origin: str, speaker: str
) -> Iterator[Told]:
    when = _when(claim, event)
    grade = _grade(event, claim.id)
    base = Told(origin=origin, claims=(claim.id,), reported=known, speaker=speaker)
    status, negative = claim.certainty.status, claim.certainty.polarity is Polarity.NEGATIVE
    if negative or status is Status.DENIED:
        if rule.happened == "arrived":
            place = _place(claim, rule.roles)
            until = Interval(latest=known, zone="UTC")
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
    if status in FACT and rule.happened:
        place = _place(claim, rule.roles)
        if place is None and rule.happened == "departed":
            place = _slot_place(event, ("from",))
        if when is not None and (place is not None or event.type == "crossing"):
            trusted = reliability(claim, rule.happened, grade, report)
            resolved = place.place if place is not None else None
            yield replace(base, kind=rule.happened, place=resolved, mention=place, interval=when, reliability=trusted)
    elif rule.ahead:
        place = _place(claim, rule.roles)
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
    place = next((v.place for name in (*rule.roles, "where") for v in _values(event, name) if v.place is not None), event.place)
    if rule.happened and place is not None and event.status in FACT:
        for value in _values(event, "when"):
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
        for value in _values(event, role):
            if value.place is not None:
                for origin in value.origins or (f"event {event.id}",):
                    yield Told(
                        kind="bound",
                        place=value.place,
                        reliability=reliability(None, "bound", value.grade, None),
                        origin=groups.get(origin, origin),
                        claims=value.claims,
                    )


def _values(event: Event, name: str) -> tuple[SlotValue, ...]:
    return next((slot.values for slot in event.slots if slot.name == name), ())


def _when(claim: Claim, event: Event) -> Interval | None:
    """The claim's own date, all its expressions taken together; ``None`` where it has none or the story says it is the report's."""
    low: datetime | None = None
    high: datetime | None = None
    approximate, found = False, False
    zone: tuple[str | None, str | None] = (None, None)
    for time in claim.when:
        if time.interval is None or time.type not in {"DATE", "TIME"}:
            continue
        earliest, latest = time.interval.earliest, time.interval.latest
        if time.relation in {"since", "after"}:
            latest = None
        elif time.relation in {"before", "until", "by"}:
            earliest = None
        elif time.relation == "every":
            continue
        if found and (
            (latest is not None and low is not None and latest < low) or (earliest is not None and high is not None and earliest > high)
        ):
            continue
        low = earliest if low is None or (earliest is not None and earliest > low) else low
        high = latest if high is None or (latest is not None and latest < high) else high
        approximate, found = approximate or time.interval.approximate, True
        if zone == (None, None):
            zone = (time.interval.zone, time.interval.zone_origin)
    if not found or (low is None and high is None):
        return None
    for value in _values(event, "when"):
        ends = (value.interval.earliest, value.interval.latest) if value.interval is not None else None
        if claim.id in value.claims and OPEN & set(value.flags) and ends == (low, high):
            return None
    return Interval(earliest=low, latest=high, approximate=approximate, zone=zone[0], zone_origin=zone[1])


def _grade(event: Event, claim: str) -> int:
    grades = [v.grade for v in _values(event, "when") if claim in v.claims] or [
        v.grade for v in _values(event, "happened") if claim in v.claims
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


def _slot_place(event: Event, roles: Iterable[str]) -> PlaceMention | None:
    for role in roles:
        for value in _values(event, role):
            if value.place is not None and not OPEN & set(value.flags):
                return PlaceMention(span=Span(start=0, end=0), text=value.value, place=value.place)
    return None


def _known(report: Report | None) -> datetime | None:
    if report is None:
        return None
    if report.published is not None and report.published.interval.latest is not None:
        return report.published.interval.latest
    return report.fetched
