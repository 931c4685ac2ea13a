"""An event in at most some fourteen words, and a story in one line."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence

from sightline.stories.clauses import WORDS, best_clause
from sightline.stories.kinds import Kind
from sightline.stories.origins import Sourced
from sightline.types import Event, Participant, Slot, SlotValue, Status

_BY_VEHICLE = frozenset({"train", "plane", "aircraft", "jet", "ship", "boat", "car", "helicopter", "convoy", "motorcade", "bus", "ferry"})
_TRAVELS = frozenset({"departure", "arrival", "crossing", "travel", "return", "visit"})
_NEEDS_PLACE = frozenset({"visit", "travel", "passage", "stop", "crossing", "return", "sighting", "boarding", "arrival"})
_POINTS = frozenset(
    {"station", "airport", "port", "building", "facility", "site", "crossing", "spaceport", "base", "bridge", "poi", "spot"}
)
_SITES = ("cosmodrome", "airport", "station", "port", "bridge", "base", "palace", "stadium", "university", "factory", "plant")
_WITH_ARTICLE, _EMPTY = frozenset(WORDS["with_article"]), frozenset(WORDS["empty"])
_MOST_OF_A_PHRASE = 7


def label_of(kind: Kind, slots: Sequence[Slot], members: Sequence[Sourced], name: Callable[[str], str] = str) -> tuple[str, str | None]:
    """ "Kim Jong-un leaves Pyongyang by train" where named actors fill the roles that the verb asks for; else the best telling's own
    clause; else what kind of happening it is, of what and by whom. The bare kind says that nothing is known to tell.

    ``name`` gives the readable name of an actor id. The second thing given is the claim whose words it takes, where it takes one's.
    """
    table = {slot.name: slot for slot in slots}
    made = _template(kind, table, members)
    told = best_clause(members, name) if made is None or kind.verb.startswith("is ") else None
    if told is not None:
        return told
    if made is not None:
        return made, None
    return _done_to(kind, members) or (_noun_phrase(kind, table, members, name), None)


def _values(table: dict[str, Slot], name: str) -> tuple[SlotValue, ...]:
    return table[name].values if name in table else ()


def _template(kind: Kind, table: dict[str, Slot], members: Sequence[Sourced]) -> str | None:
    if not kind.known or not kind.verb:
        return None
    who, whom, partners = _values(table, "who"), _values(table, "whom"), _values(table, "with")
    if kind.family == "meeting":
        return _meeting(kind, table, who, partners)
    if kind.verb.startswith("is "):
        # What is done to somebody is told of the one to whom it is done.
        return " ".join([whom[0].value, kind.verb, *_places(kind, table)]) if whom and not kind.moves else None
    if kind.moves:
        subject = (who or whom)[0].value if who or whom else None
        where = _places(kind, table, members)
        if subject is None or (kind.name in _NEEDS_PLACE and not where) or (kind.name == "departure" and not where):
            return None
        vehicle = _vehicle(members) if kind.name in _TRAVELS else None
        return " ".join([subject, kind.verb, *where, *([f"by {vehicle}"] if vehicle and vehicle not in subject.lower() else [])])
    if who and whom and who[0].value != whom[0].value and kind.name in _TRANSITIVE and set(who[0].claims) & set(whom[0].claims):
        return " ".join([who[0].value, kind.verb, whom[0].value, *_places(kind, table)])
    return None


_TRANSITIVE = frozenset(
    {"escort", "welcome", "invitation", "call", "praise", "accusation", "criticism", "lawsuit", "purchase", "merger", "sanction", "assault"}
)


def _meeting(kind: Kind, table: dict[str, Slot], who: Sequence[SlotValue], partners: Sequence[SlotValue]) -> str | None:
    named = list(dict.fromkeys(value.value for value in (*who, *partners)))
    if not who or len(named) < 2:
        return None
    first = who[0]
    others = [value.value for value in (*partners, *who[1:]) if value.value != first.value and set(value.claims) & set(first.claims)]
    if not others:
        return None
    return " ".join([first.value, "meets" if kind.name == "meeting" else "holds talks with", others[0], *_places(kind, table)])


def _places(kind: Kind, table: dict[str, Slot], members: Sequence[Sourced] = ()) -> list[str]:
    if kind.name in ("departure", "escape") and (start := _values(table, "from")):
        return [_name(start[0])]
    where, to, via = _values(table, "where"), _values(table, "to"), _values(table, "via")
    if kind.name in ("visit", "crossing", "passage") and (here := max(where, via, to, key=_told)):
        if kind.name == "crossing":
            return ["into" if here is to else "at", _name(here[0])]
        return [_name(here[0])]
    if where and where[0].value.startswith("near "):
        return [where[0].value]
    if where:
        there = {
            one.evidence.id for one in members if any(place.id == where[0].key and role == "to" for role, place in one.evidence.places)
        }
        return ["to" if kind.name == "travel" and there else _at(where[0]), _name(where[0])]
    if to:
        return ["to" if kind.name != "departure" else "for", _name(to[0])]
    return []


def _at(value: SlotValue) -> str:
    """ "at" a station or a cosmodrome, "in" a town, a country, a sea."""
    point = value.place is not None and (value.place.kind in _POINTS or value.value.lower().endswith(_SITES))
    return "at" if point else "in"


def _name(value: SlotValue) -> str:
    """A place's name with the article that seas, rivers and some countries have."""
    words = value.value.split()
    return f"the {value.value}" if words and words[-1].lower() in _WITH_ARTICLE and words[0].lower() != "the" else value.value


def _told(values: tuple[SlotValue, ...]) -> tuple[int, int]:
    return (values[0].grade, len(values[0].claims)) if values else (-1, 0)


def _vehicle(members: Sequence[Sourced]) -> str | None:
    found = Counter(
        head
        for one in members
        for head in [participant.head for participant in one.evidence.claim.participants if participant.role in ("vehicle", "agent")]
        if head in _BY_VEHICLE
    )
    return min(found, key=lambda word: (-found[word], word)) if found else None


def _done_to(kind: Kind, members: Sequence[Sourced]) -> tuple[str, str] | None:
    """ "At least 14 people killed": what came about, in the words of a headline."""
    participle = "killed" if kind.name == "killing" else kind.verb[3:] if kind.name in _HARM else None
    facts = [one for one in members if one.evidence.status in (Status.HAPPENED, Status.UNDER_WAY)]
    phrases = [(text, one.evidence.id) for one in facts for part in one.evidence.claim.participants if (text := _phrase(part, "theme"))]
    if participle is None or not phrases:
        return None
    # The latest word: a count goes on as the hours pass.
    best, claim = phrases[-1]
    return f"{best[:1].upper()}{best[1:]} {participle}", claim


_HARM = frozenset({"injury", "arrest", "rescue", "evacuation", "treatment"})


def _noun_phrase(kind: Kind, table: dict[str, Slot], members: Sequence[Sourced], name: Callable[[str], str]) -> str:
    """ "Investigation by Swedish police", "Departure from Rostov"; the bare kind where neither theme, agent nor place is told."""
    noun = kind.name.removeprefix("other:")
    if noun != kind.name:
        return noun[:1].upper() + noun[1:]
    parts = [noun[:1].upper() + noun[1:]]
    for role, preposition in (("theme", "of"), ("agent", "by")):
        phrases = Counter(text for one in members for part in one.evidence.claim.participants if (text := _phrase(part, role, name)))
        if phrases:
            parts.append(f"{preposition} {min(phrases, key=lambda text: (-phrases[text], len(text), text))}")
    for slot, preposition in (("from", "from"), ("where", "in"), ("to", "to")):
        places = _values(table, slot)
        if places and len(parts) < 3 and places[0].value.startswith("near "):
            parts.append(places[0].value)
        elif places and len(parts) < 3:
            parts.append(f"{_at(places[0]) if slot == 'where' else preposition} {_name(places[0])}")
    return " ".join(parts)


def _phrase(part: Participant, role: str, name: Callable[[str], str] | None = None) -> str:
    if part.role == role and part.actor is not None and name is not None:
        return name(part.actor)
    words = part.text.split()
    if words[:1] == ["least"]:
        words = ["at", *words]
    if part.role != role or not 0 < len(words) <= _MOST_OF_A_PHRASE or words[0].lower() in _EMPTY:
        return ""
    first = words[0]
    common = first in _ARTICLES or first.lower() == f"{part.head}s"
    return " ".join([first.lower() if common else first, *words[1:]])


_ARTICLES = frozenset({"The", "A", "An", "Two", "Three", "Several", "Some", "Its", "Their", "His", "Her"})


def title_of(events: Sequence[Event], pages: Mapping[str, int], texts: Sequence[str] = ()) -> str:
    """The matter in one line: the happening that most pages tell of, best confirmed, the news before earlier history.

    ``pages`` gives, by event id, how many reports tell of each. Where no happening is told by more than two, the one with which reports
    open and whose words most of their ``texts`` share, one with a known actor before others.
    """
    telling = [event for event in events if not event.says_nothing]
    if not telling:
        return "Reports without a happening that could be read"
    news = [event for event in telling if not event.background] or telling
    best = max(pages.get(event.id, 0) for event in news)
    few = best <= _FEW_PAGES < len(texts)
    words = [frozenset(_TELLING_WORD.findall(text)) for text in texts] if few else []
    common = (
        {event.id: _shared(event.label, words) + _NAMED * bool(event.participants) + _opening(event, len(texts)) for event in news}
        if few
        else {}
    )

    def rank(event: Event) -> tuple[object, ...]:
        told = 0 if common else -pages.get(event.id, 0)
        return (_standing(event), told, -common.get(event.id, 0.0), -event.grade, event.interval is None, event.id)

    return min(news, key=rank).label


def _opening(event: Event, reports: int) -> float:
    """How near to the reports' beginnings the happening is told, in shares of the reports."""
    first: dict[str, int] = {}
    for report, _, place in (claim.rpartition("#") for claim in event.claims):
        first[report] = min(first.get(report, _FIRST_LINES), int(place.split("-")[0]))
    return _OPENS * sum(1 - min(place, _FIRST_LINES) / _FIRST_LINES for place in first.values()) / reports


_FIRST_LINES = 120
"""Characters at a report's beginning that tell what it is about."""
_OPENS = 1.5
"""What it is worth that a report opens with it, in shares of the reports."""
_FEW_PAGES = 2
_NAMED = 0.25
"""What a known actor in it is worth, in shares of the reports."""
_TELLING_WORD = re.compile(r"[^\W\d_]{3,}")
_SMALL = frozenset([*WORDS["no_start"], *WORDS["auxiliaries"], *WORDS["small"]])


def _shared(label: str, texts: Sequence[frozenset[str]]) -> float:
    """In what share of the texts, given as their words, the label's three commonest words stand, on average."""
    words = {word.casefold() for word in _TELLING_WORD.findall(label)} - _SMALL
    shares = sorted((sum(word in text for text in texts) / len(texts) for word in words), reverse=True)
    return round(sum(shares[:3]) / 3, 6)


def _standing(event: Event) -> int:
    """Happenings of a known kind that took or take place come before what is only planned, denied or loosely told."""
    sure = event.status in (Status.HAPPENED.value, Status.UNDER_WAY.value)
    return int(not sure) + 2 * event.type.startswith("other:") + 4 * event.is_phrase
