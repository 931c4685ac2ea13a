"""An event in at most some ten words, and a story in one line."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from sightline.stories.kinds import Kind
from sightline.stories.origins import Sourced
from sightline.types import Event, Slot, SlotValue

_BY_VEHICLE = frozenset({"train", "plane", "aircraft", "jet", "ship", "boat", "car", "helicopter", "convoy", "motorcade", "bus", "ferry"})
_MOST_WORDS = 12


def label_of(kind: Kind, slots: Sequence[Slot], members: Sequence[Sourced]) -> str:
    """ "Kim Jong-un leaves Pyongyang by train"; the words of the best telling where nothing is known of who and where."""
    table = {slot.name: slot for slot in slots}
    subject = _subject(table, members, kind)
    if not kind.known or not kind.verb or not subject:
        return _quote(members)
    words = [subject]
    partners = [value.value for value in (*_values(table, "with"), *_values(table, "who")) if value.value != subject][:1]
    if kind.family == "meeting" and partners:
        words += ["meets", partners[0]]
    else:
        words.append(kind.verb)
        words += [value.value for value in _values(table, "whom")[:1] if not kind.moves]
    words += _places(kind, table, has_object=bool(_values(table, "whom")) and not kind.moves)
    vehicle = _vehicle(members)
    if vehicle and kind.name in ("departure", "arrival", "crossing", "travel", "return", "visit") and vehicle not in subject.lower():
        words.append(f"by {vehicle}")
    return " ".join(words)


def _values(table: dict[str, Slot], name: str) -> tuple[SlotValue, ...]:
    return table[name].values if name in table else ()


def _subject(table: dict[str, Slot], members: Sequence[Sourced], kind: Kind) -> str:
    who = _values(table, "who")
    if who:
        together = kind.family == "meeting" and len(who) > 1 and not _values(table, "with")
        if together:
            shared = [value for value in who if set(value.claims) & set(who[0].claims)][:2]
            return " and ".join(value.value for value in shared)
        return who[0].value
    heads = Counter(head for one in members for role, head in one.evidence.heads if role == "agent")
    if heads:
        head = min(heads, key=lambda word: (-heads[word], word))
        return f"The {head}"
    return ""


def _places(kind: Kind, table: dict[str, Slot], *, has_object: bool) -> list[str]:
    words: list[str] = []
    if kind.name in ("departure", "escape") and (start := _values(table, "from")):
        words.append(start[0].value)
        return words
    where, to, via = _values(table, "where"), _values(table, "to"), _values(table, "via")
    if kind.name in ("visit", "crossing", "passage") and (here := max(where, via, to, key=_told)) and not has_object:
        return [here[0].value] if kind.name == "visit" else ["into" if here is to else "at", here[0].value]
    if where:
        words += ["in" if where[0].place is not None and where[0].place.kind in ("country", "region", "city") else "at", where[0].value]
    elif to:
        words += ["to" if kind.name != "departure" else "for", to[0].value]
    return words


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


def _quote(members: Sequence[Sourced]) -> str:
    best = min(members, key=lambda one: (one.evidence.claim.span.length, one.evidence.id))
    claim = best.evidence.claim
    start = max(0, claim.span.start - claim.sentence.start)
    text = best.evidence.surface[start : start + claim.span.length] or best.evidence.surface
    words = text.split()
    return " ".join(words[:_MOST_WORDS]) + (" …" if len(words) > _MOST_WORDS else "")


def title_of(events: Sequence[Event], pages: dict[str, int]) -> str:
    """The matter in one line: the event that most pages tell of, the news before earlier history.

    ``pages`` gives, by event id, how many reports tell of each.
    """
    if not events:
        return "Reports without a happening that could be read"
    news = [event for event in events if not event.background] or list(events)
    order = sorted(news, key=lambda event: (-pages.get(event.id, 0), -event.grade, event.id))
    return order[0].label
