"""A claim with what is asked of it across reports: when it became known, whose word it is, its dates, places and people."""

from __future__ import annotations

import re
from datetime import datetime, timedelta

import msgspec

from sightline.stories.clock import NEVER, known_at, local_day, published, width
from sightline.stories.kinds import Kind, kind_of
from sightline.stories.parties import Parties
from sightline.stories.voices import Voice, is_common_noun, voices_of
from sightline.types import Claim, Degree, Interval, Place, PlaceMention, Polarity, Reading, Status

_POINT_RELATIONS = frozenset({"at", "on", "in", "during", "by", "before", "after", "until", "since"})
HAPPENED = frozenset({Status.HAPPENED, Status.UNDER_WAY})
AHEAD = frozenset({Status.PLANNED, Status.EXPECTED, Status.POSSIBLE})


class Evidence(msgspec.Struct, frozen=True, kw_only=True):
    """One claim, ready to be compared."""

    claim: Claim
    report: str
    known: datetime | None
    published: Interval | None
    outlet: str | None
    voices: tuple[Voice, ...]
    """Its speakers, as far back as the report lets one follow; mostly one."""
    sourced: bool
    """Whether anybody is named as its speaker."""
    kind: Kind
    status: Status
    interval: Interval | None
    """When it happens, as the claim has it: the narrowest expression that dates it."""
    implied: Interval | None
    """When it can lie at all, from the claim's status and the report's publication, where no expression dates it."""
    actors: tuple[tuple[str, str], ...]
    """(role, actor id as the report has it)."""
    heads: tuple[tuple[str, str], ...]
    """(role, head lemma) of participants without an actor."""
    places: tuple[tuple[str, Place], ...]
    """(role, place)."""
    surface: str
    """The sentence."""
    id: str
    """The claim's id."""
    order: tuple[datetime, str, int, str]
    """Sorts evidence by when it became known, undated last."""

    @property
    def span(self) -> Interval | None:
        """The claim's own date, else what its status implies."""
        return self.interval or self.implied


def evidence_of(reading: Reading, parties: Parties) -> list[Evidence]:
    """One piece of evidence for each claim of a reading, in text order."""
    report = reading.report
    known, issued = known_at(report), published(report)
    settled = _settled(reading)
    causes = _causes(reading)
    found = []
    for claim in reading.claims:
        status = _status(claim)
        homeward = claim.type in ("travel", "return") and _HOME.search(claim.span.of(report.text)) is not None
        kind = kind_of("return", "head") if homeward else kind_of(claim.type, claim.predicate)
        cause = _cause(causes, claim, report.text) if kind.toll else None
        interval = _interval(claim) or (_interval(cause) if cause is not None else None)
        places = (
            _places(claim)
            or (_places(cause) if cause is not None else ())
            or (_place_of_day(settled, claim, interval) if kind.public and status in HAPPENED else ())
        )
        voices = voices_of(reading, claim, parties)
        # "Ransom paid, officials say": a noun with a capital is nobody.
        things = [
            one
            for one in claim.participants
            if one.actor is not None and one.actor.startswith("report:") and is_common_noun(one.text, report.text)
        ]
        found.append(
            Evidence(
                claim=claim,
                report=report.id,
                known=known,
                published=issued,
                outlet=report.outlet,
                voices=voices,
                sourced=any(voice.kind != "unknown" for voice in voices),
                kind=kind,
                status=status,
                interval=interval,
                implied=None if interval is not None else _implied(issued, status, claim.background, kind),
                actors=tuple(sorted({(one.role, one.actor) for one in claim.participants if one.actor is not None and one not in things})),
                heads=tuple(
                    sorted(
                        {
                            (one.role, one.head.lower())
                            for one in claim.participants
                            if (one.actor is None or one in things) and one.head not in _PRONOUNS
                        }
                    )
                ),
                places=places,
                surface=claim.sentence.of(report.text),
                id=claim.id,
                order=(known or NEVER, report.id, claim.trigger.start, claim.id),
            )
        )
    return found


_HOME = re.compile(r"\b(?:home|homeward|homebound)\b", re.IGNORECASE)
"""On the way home is a departure, whatever the verb."""
_PRONOUNS = frozenset(
    {
        "i",
        "we",
        "you",
        "he",
        "she",
        "it",
        "they",
        "who",
        "which",
        "that",
        "this",
        "these",
        "those",
        "one",
        "both",
        "all",
        "some",
        "others",
        "everyone",
        "him",
        "her",
        "them",
        "us",
        "me",
    }
)
"""Heads that say nothing of what is meant."""
_VAGUE_ISSUE = timedelta(days=4)
"""A publication known no better than this (a month) dates nothing."""
_STAYING = frozenset({"at", "in", "to"})


class _Settled(msgspec.Struct, frozen=True):
    """A claim that tells where somebody was on a day."""

    claim: str
    people: frozenset[str]
    places: tuple[Place, ...]


def _settled(reading: Reading) -> dict[str, list[_Settled]]:
    """The claims of a report that tell of a day and a place below a country at which something happened, by day."""
    found: dict[str, list[_Settled]] = {}
    for claim in reading.claims:
        places = tuple(place for role, place in _places(claim) if role in _STAYING and place.kind not in ("country", "continent"))
        if not places or _status(claim) not in HAPPENED:
            continue
        interval = _interval(claim)
        day = local_day(interval) if interval is not None else None
        if day is not None:
            found.setdefault(day, []).append(_Settled(claim.id, _people(claim), places))
    return found


def _causes(reading: Reading) -> list[Claim]:
    """The incidents of a report that can have killed or hurt somebody."""
    return [claim for claim in reading.claims if (kind := kind_of(claim.type, claim.predicate)).incident and not kind.toll]


def _cause(causes: list[Claim], claim: Claim, text: str) -> Claim | None:
    """What killed or hurt, where the clause itself dates it: "died when a tunnel collapsed on Tuesday" was on Tuesday."""
    within = [one for one in causes if one.when and one.trigger.start > claim.trigger.end and claim.span.contains(one.span)]
    at_once = [one for one in within if _AT_ONCE.match(one.span.of(text))]
    return at_once[0] if len(at_once) == 1 else None


_AT_ONCE = re.compile(r"(?:when|as)\b", re.IGNORECASE)


def _people(claim: Claim) -> frozenset[str]:
    return frozenset(one.actor for one in claim.participants if one.actor is not None)


def _place_of_day(settled: dict[str, list[_Settled]], claim: Claim, interval: Interval | None) -> tuple[tuple[str, Place], ...]:
    """The place of a public meeting that names none: the only one at which the report has the same people on the same day."""
    day = local_day(interval) if interval is not None else None
    if day is None:
        return ()
    people = _people(claim)
    found: dict[str, Place] = {}
    for other in settled.get(day, ()):
        if other.claim != claim.id and not (people and other.people and people.isdisjoint(other.people)):
            found.update({place.id: place for place in other.places})
    return tuple(("at", place) for place in found.values()) if len(found) == 1 else ()


def _wide(role: str, mention: PlaceMention, place: Place) -> Place:
    """A place "on the outskirts of" or "near" another reaches as far as the words do."""
    if role != "near" and (mention.relation is None or mention.relation.kind not in ("near", "outside", "off")):
        return place
    return msgspec.structs.replace(place, radius_km=max(place.radius_km, mention.radius_km or 0.0, 40.0))


def _places(claim: Claim) -> tuple[tuple[str, Place], ...]:
    """Resolved places of a claim by role; a capital that stands for its government is no place."""
    found = {
        (one.role, one.mention.place.id): _wide(one.role, one.mention, one.mention.place)
        for one in claim.where
        if one.mention.place is not None and one.mention.metonymy not in ("government", "team", "demonym", "name")
    }
    return tuple((role, place) for (role, _), place in sorted(found.items()))


def _status(claim: Claim) -> Status:
    certainty = claim.certainty
    if certainty.polarity is Polarity.NEGATIVE and certainty.status in HAPPENED:
        return Status.DENIED
    if certainty.degree is Degree.POSSIBLE and certainty.status in HAPPENED:
        return Status.POSSIBLE
    return certainty.status


def _interval(claim: Claim) -> Interval | None:
    """The narrowest dated expression of a claim; ties go to the one that stands first."""
    dated = [
        time for time in claim.when if time.interval is not None and time.relation in _POINT_RELATIONS and time.type in ("DATE", "TIME")
    ]
    bounded = [time for time in dated if time.relation in ("at", "on", "in", "during")]
    best = min(bounded or dated, key=lambda time: (width(_bounds(time.interval, time.relation)), time.span.start), default=None)
    return _bounds(best.interval, best.relation) if best is not None else None


def _bounds(interval: Interval | None, relation: str) -> Interval:
    """Opens an end for "before", "until", "by", "after", "since", where the reader of times has left a closed stretch."""
    if interval is None:
        raise ValueError("only dated expressions have bounds")
    if relation in ("before", "until", "by") and interval.earliest is not None:
        return msgspec.structs.replace(interval, earliest=None, edtf=f"../{interval.edtf}" if "/" not in interval.edtf else interval.edtf)
    if relation in ("after", "since") and interval.latest is not None:
        return msgspec.structs.replace(interval, latest=None, edtf=f"{interval.edtf}/.." if "/" not in interval.edtf else interval.edtf)
    return interval


def _implied(issued: Interval | None, status: Status, background: bool, kind: Kind) -> Interval | None:
    if issued is None or background or issued.earliest is None or issued.latest is None or width(issued) > _VAGUE_ISSUE:
        return None
    if status in AHEAD:
        return Interval(earliest=issued.earliest, latest=issued.latest + timedelta(days=kind.ahead_days))
    if status in HAPPENED or status is Status.DENIED:
        return Interval(earliest=issued.earliest - timedelta(days=kind.gap_days + 1), latest=issued.latest)
    return None
