"""Origins: the utterances, observations and dispatches that the pages of a story lead back to, each counted once.

Claims of one speaker are one origin; a second one begins only where the reports date the speaking to another day. A page that took its
text from another and names nobody speaks with that other page's voice.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime

import msgspec

from sightline.stories.clock import local_day
from sightline.stories.evidence import Evidence
from sightline.stories.voices import Voice
from sightline.types import CopyLink, Interval, Origin

_FRESH_DAYS = 2
_TEXT_LINKS = frozenset({"copy", "version", "rewrite"})


class Sourced(msgspec.Struct, frozen=True, kw_only=True):
    """A piece of evidence with the origin that it was followed back to."""

    evidence: Evidence
    voice: Voice
    origin: str


class Assignment(msgspec.Struct):
    """The origins of a story's claims, by claim id, and the days on which each speaker is said to have spoken."""

    sourced: dict[str, tuple[Sourced, ...]] = {}
    days: dict[str, list[str]] = {}


def assign(evidence: Iterable[Evidence], links: Mapping[str, Sequence[CopyLink]], before: Assignment | None = None) -> Assignment:
    """The origins of each claim of a story; more than one where several sides say it in one breath.

    Records of an earlier state (``before``) that are still right are given back as they are.
    """
    before = before if before is not None else Assignment()
    pieces = sorted(evidence, key=lambda one: one.order)
    voices = _inherit(pieces, links)
    days = _said_days(voices.values())
    fresh = {key for key in days.keys() | before.days.keys() if days.get(key) != before.days.get(key)}
    found = {}
    for one in pieces:
        spoken = voices[one.id]
        kept = before.sourced.get(one.id)
        if kept is None or len(kept) != len(spoken) or any(old.voice is not new or new.key in fresh for old, new in zip(kept, spoken)):
            kept = tuple(Sourced(evidence=one, voice=voice, origin=_origin_id(voice, one, days)) for voice in spoken)
        found[one.id] = kept
    return Assignment(found, days)


def _inherit(pieces: list[Evidence], links: Mapping[str, Sequence[CopyLink]]) -> dict[str, tuple[Voice, ...]]:
    """Voices, with those of pages that name nobody taken from the page that each copies most, for claims of one kind."""
    told: dict[tuple[str, str], tuple[Voice, ...]] = {}
    voices: dict[str, tuple[Voice, ...]] = {}
    speakers: dict[tuple[str, str, str | None], Voice] = {}
    for one in pieces:
        found = one.voices
        nearest = next((link for link in links.get(one.report, ()) if link.kind in _TEXT_LINKS), None)
        if nearest is not None and one.sourced:
            # Whom a page quotes in words that it took over is whom the other page quoted, not one more of that side.
            found = tuple(_quoted_there(voice, speakers.get((nearest.source, voice.speaker, voice.party))) for voice in found)
        elif nearest is not None:
            found = told.get((nearest.source, one.kind.family), found)
        if one.sourced or found is not one.voices:
            told.setdefault((one.report, one.kind.family), found)
        for voice in found if one.sourced else ():
            speakers.setdefault((one.report, voice.speaker, voice.party), voice)
        voices[one.id] = found
    return voices


def _quoted_there(voice: Voice, there: Voice | None) -> Voice:
    """The other page's voice, unless this page dates the words to another day than that one does."""
    return voice if there is None or voice.said not in (None, there.said) else there


def _said_days(voices: Iterable[tuple[Voice, ...]]) -> dict[str, list[str]]:
    days: dict[str, set[str]] = {}
    for spoken in voices:
        for voice in spoken:
            if voice.said is not None and (day := local_day(voice.said)) is not None:
                days.setdefault(voice.key, set()).add(day)
    return {key: sorted(found) for key, found in days.items()}


def _origin_id(voice: Voice, one: Evidence, days: dict[str, list[str]]) -> str:
    own = local_day(voice.said) if voice.said is not None else None
    known = days.get(voice.key, [])
    if own is None and known and one.known is not None:
        # The speaker's latest dated word of the days before the page came out; not one of another week.
        near = [day for day in known if 0 <= (one.known.date() - date.fromisoformat(day)).days <= _FRESH_DAYS]
        own = near[-1] if near else None
    return f"{voice.key}@{own}" if own is not None else voice.key


class Part(msgspec.Struct, frozen=True, kw_only=True):
    """What one event's claims tell of an origin."""

    best: Sourced
    first: tuple[bool, datetime | None, str]
    said: Interval | None
    reports: frozenset[str]
    claims: tuple[str, ...]


def parts(sourced: Iterable[Sourced]) -> dict[str, Part]:
    """The origins of one event's claims."""
    groups: dict[str, list[Sourced]] = {}
    for one in sourced:
        groups.setdefault(one.origin, []).append(one)
    return {
        origin: Part(
            best=min(members, key=_precedence),
            first=min(_when(one) for one in members),
            said=next((one.voice.said for one in members if one.voice.said is not None), None),
            reports=frozenset(one.evidence.report for one in members),
            claims=tuple(dict.fromkeys(one.evidence.id for one in members)),
        )
        for origin, members in groups.items()
    }


def describe(events: Iterable[Mapping[str, Part]]) -> tuple[Origin, ...]:
    """The story's origins with the pages and claims that lead back to each, in order of first appearance."""
    groups: dict[str, list[Part]] = {}
    for event in events:
        for origin_id, part in event.items():
            groups.setdefault(origin_id, []).append(part)
    origins = []
    for origin_id, members in groups.items():
        voice = min((part.best for part in members), key=_precedence).voice
        origin = Origin(
            id=origin_id,
            kind=voice.kind,
            speaker=voice.speaker,
            party=voice.party,
            access=voice.access,
            anonymous=voice.anonymous,
            via=voice.via,
            said=min((part for part in members if part.said is not None), key=lambda part: part.first, default=members[0]).said,
            reports=tuple(sorted(frozenset().union(*(part.reports for part in members)))),
            claims=tuple(sorted(claim for part in members for claim in part.claims)),
        )
        origins.append((min(part.first for part in members), origin_id, origin))
    return tuple(origin for _, _, origin in sorted(origins, key=lambda item: item[:2]))


def best_voice(members: Sequence[Sourced]) -> Voice:
    """The voice that speaks for an origin: one that saw before one that did not, then the shortest way, then the earliest page."""
    return min(members, key=_precedence).voice


def _precedence(one: Sourced) -> tuple[bool, int, tuple[bool, datetime | None, str], str]:
    return (not one.voice.observed, len(one.voice.via), _when(one), one.evidence.id)


def _when(one: Sourced) -> tuple[bool, datetime | None, str]:
    known = one.evidence.known
    return (known is None, known, one.evidence.report)
