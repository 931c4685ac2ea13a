"""How well one value is confirmed: a grade from 0 to 4 with the reason as a sentence.

0  origin unknown: pages state it and name nobody
1  one origin
2  several origins of one party, or several parties none of which could know at first hand or whose sides are partly guessed
3  two or more parties with no common origin, one of them with direct access
4  grade 3 and a first-hand observation, or a confirmation against the speaker's interest

Parties are counted, never pages (the second axis of the Admiralty code, made checkable). A newsroom's own dispatch that names no
source is no party, except a news agency's about a happening to which the press was admitted.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import lru_cache

import msgspec

from sightline.stories.chains import parse_outlet
from sightline.stories.clock import local_day, readable_day
from sightline.stories.copies import slug
from sightline.stories.kinds import Kind
from sightline.stories.origins import Sourced, best_voice
from sightline.stories.parties import Parties
from sightline.stories.voices import Voice, has_direct_access
from sightline.types import Access, Status

RULE = "stories.corroboration/1"


class Setting(msgspec.Struct, frozen=True, kw_only=True):
    """What the event itself says about access and interest."""

    kind: Kind
    own: frozenset[str] = frozenset()
    """Parties that take part in the event or on whose ground it happens."""
    hurt: frozenset[str] = frozenset()
    """Parties that the event harms."""
    people: frozenset[str] = frozenset()
    """Actor ids of those who take part, as the reports have them: each is a side of its own where no party is known."""


class Verdict(msgspec.Struct, frozen=True, kw_only=True):
    """A grade, its reason, and who was counted."""

    grade: int
    reason: str
    origins: tuple[str, ...]
    parties: tuple[str, ...]


class _Origin(msgspec.Struct, frozen=True, kw_only=True):
    id: str
    voice: Voice
    party: str | None
    direct: bool
    against: bool
    pages: int
    day: str


def grade(support: Iterable[Sourced], setting: Setting, parties: Parties) -> Verdict:
    """Grades what several claims say together.

    ``support`` are the claims behind one value; the order makes no difference, and a further page of a known origin neither.
    """
    groups: dict[str, list[Sourced]] = {}
    for one in support:
        groups.setdefault(one.origin, []).append(one)
    conveyed = _conveyed(groups)
    origins = [_weigh(origin_id, members, setting, conveyed) for origin_id, members in sorted(groups.items())]
    known = [origin for origin in origins if origin.voice.kind != "unknown"]
    ids = tuple(origin.id for origin in origins)
    if not known:
        pages = sum(origin.pages for origin in origins)
        return Verdict(grade=0, reason=f"Origin unknown: {_pages(pages)} it and {_name(pages)} no source", origins=ids, parties=())
    sides: dict[str, list[_Origin]] = {}
    for origin in known:
        if origin.party is not None:
            sides.setdefault(origin.party, []).append(origin)
    counted = tuple(sorted(sides))
    if len(sides) >= 2:
        return _several(sides, known, ids, parties)
    if len(sides) == 1:
        party, members = next(iter(sides.items()))
        if len(members) > 1:
            reason = f"{_count(len(members)).capitalize()} origins of one party, {parties.name(party)}: {_list(members)}"
            return Verdict(grade=2, reason=reason, origins=ids, parties=counted)
        return Verdict(grade=1, reason=f"One origin: {_tell(members[0])}{_aside(known, members)}", origins=ids, parties=counted)
    first = sorted(known, key=_standing)[0]
    return Verdict(grade=1, reason=f"One origin: {_tell(first)}; whose side it speaks for is not known", origins=ids, parties=())


def _several(sides: dict[str, list[_Origin]], known: list[_Origin], ids: tuple[str, ...], parties: Parties) -> Verdict:
    order = sorted(sides, key=lambda party: (not any(one.direct for one in sides[party]), -sum(one.pages for one in sides[party]), party))
    direct = any(one.direct for members in sides.values() for one in members)
    each = [f"{_bare(parties.name(party), sides[party])} ({_list(sides[party])})" for party in order]
    told = f"{', '.join(each[:-1])} and {each[-1]}"
    head = f"{_count(len(sides)).capitalize()} parties: {told}"
    counted = tuple(order)
    told_sides = [party for party in order if not all(one.voice.guessed for one in sides[party])]
    if len(told_sides) < 2:
        unsure = next(party for party in order if party not in told_sides)
        reason = f"{head}; whose side {sides[unsure][0].voice.speaker} is on is inferred, not told"
        return Verdict(grade=2, reason=reason, origins=ids, parties=counted)
    if not direct:
        return Verdict(grade=2, reason=f"{head}; none of them could know at first hand", origins=ids, parties=counted)
    seen = [one for members in sides.values() for one in members if one.voice.observed]
    against = [one for members in sides.values() for one in members if one.against]
    if seen or against:
        extra = f"seen by {seen[0].voice.speaker}" if seen else f"{against[0].voice.speaker} says so against its own interest"
        return Verdict(grade=4, reason=f"{head}; no common origin; {extra}", origins=ids, parties=counted)
    return Verdict(grade=3, reason=f"{head}; no common origin", origins=ids, parties=counted)


def _conveyed(groups: Mapping[str, list[Sourced]]) -> frozenset[str]:
    """Agencies through which some named speaker's word on the value came: their own flat dispatch has that speaker behind it."""
    found: set[str] = set()
    for members in groups.values():
        for one in members:
            if one.voice.kind in ("utterance", "document", "observation") or one.voice.official:
                found.update(name for name in _carriers(one.voice.via, one.evidence.outlet) if name != slug(one.voice.speaker))
    return frozenset(found)


@lru_cache(maxsize=65536)
def _carriers(via: tuple[str, ...], outlet: str | None) -> frozenset[str]:
    return frozenset(slug(name) for name in (*via, *parse_outlet(outlet).dispatches))


def _weigh(origin_id: str, members: list[Sourced], setting: Setting, conveyed: frozenset[str]) -> _Origin:
    voice = best_voice(members)
    if voice.party is None and voice.kind == "utterance" and voice.actor in setting.people:
        voice = msgspec.structs.replace(voice, party=f"actor:{slug(voice.speaker)}", access=Access.PARTICIPANT)
    days = [(known, one) for one in members if (known := one.evidence.known) is not None]
    _, at, day = origin_id.rpartition("@")
    if not (at and len(day) >= 10):
        known, first = min(days, key=lambda pair: pair[0], default=(None, None))
        # A paper's day is that of the place where it came out.
        local = local_day(first.evidence.published) if first is not None and first.evidence.published is not None else None
        day = local or (known.date().isoformat() if known is not None else "")
    return _Origin(
        id=origin_id,
        voice=voice,
        party=voice.party if _counts(voice, members, setting, conveyed) else None,
        direct=has_direct_access(voice, setting.own),
        against=voice.party in setting.hurt and voice.official,
        pages=len({one.evidence.report for one in members}),
        day=readable_day(day),
    )


def _counts(voice: Voice, members: list[Sourced], setting: Setting, conveyed: frozenset[str]) -> bool:
    """Whether a speaker can be a party at all."""
    if voice.party is None or voice.kind == "unknown":
        return False
    if voice.observed or voice.kind in ("utterance", "document"):
        return True
    if voice.official:
        # State media speak for their state where it takes part; of what happens elsewhere they are one more newsroom.
        return voice.party in setting.own
    happened = any(one.evidence.status in (Status.HAPPENED, Status.UNDER_WAY) and not one.evidence.claim.background for one in members)
    return setting.kind.public and voice.agency and happened and slug(voice.speaker) not in conveyed


def _standing(origin: _Origin) -> tuple[bool, bool, int, str]:
    return (not origin.direct, origin.voice.anonymous, -origin.pages, origin.id)


def _list(origins: list[_Origin]) -> str:
    ordered = sorted(origins, key=_standing)
    told = [_tell(origin) for origin in ordered[:2]]
    if len(ordered) > 2:
        told.append(f"{len(ordered) - 2} more")
    return "; ".join(told)


def _tell(origin: _Origin) -> str:
    parts = [origin.voice.speaker]
    if origin.voice.via and origin.voice.via[0] != origin.voice.speaker and (origin.voice.anonymous or not origin.voice.official):
        parts.append(f"via {origin.voice.via[0]}")
    if origin.day:
        parts.append(origin.day)
    if origin.voice.observed:
        parts.append("own observation")
    elif origin.direct:
        parts.append("first-hand")
    elif origin.voice.kind == "dispatch":
        parts.append("its own dispatch, source not named")
    if origin.pages > 1:
        parts.append(f"retold by {origin.pages} pages")
    return ", ".join(parts)


def _aside(known: list[_Origin], members: list[_Origin]) -> str:
    others = [origin for origin in known if origin not in members]
    if not others:
        return ""
    names = ", ".join(sorted({origin.voice.speaker for origin in others})[:2])
    return f"; also {names}, whose source or side is not known and which adds no party"


def _bare(name: str, members: list[_Origin]) -> str:
    newsroom = any(one.party is not None and one.party.startswith("outlet:") for one in members)
    return "an independent newsroom" if newsroom and name.lower() == members[0].voice.speaker.lower() else name


def _count(number: int) -> str:
    words = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
    return words[number] if number < len(words) else str(number)


def _pages(number: int) -> str:
    return "one page states" if number == 1 else f"{number} pages state"


def _name(number: int) -> str:
    return "names" if number == 1 else "name"
