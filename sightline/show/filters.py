"""Which of a story's events a reader wants to see: by words, grade, status, kind of source and party.

The page's script sifts the same way by the ``data-`` attributes of each event; without it, the server does.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from urllib.parse import quote

import msgspec

from sightline.show.words import sentence_case
from sightline.types import Event, Status

NO_PARTY = "unknown"
"""Stands for an event behind which no party is known."""


class Choices(msgspec.Struct, frozen=True, kw_only=True):
    """What a story's events can be filtered by: keys with their readable names, those of most events first."""

    statuses: tuple[tuple[str, str], ...]
    kinds: tuple[tuple[str, str], ...]
    parties: tuple[tuple[str, str], ...]


class Filter(msgspec.Struct, frozen=True, kw_only=True):
    """What an event must have to be shown; empty, and every event is."""

    words: str = ""
    grade: int = 0
    """At least."""
    status: str = ""
    kind: str = ""
    party: str = ""

    def __bool__(self) -> bool:
        """Whether anything is asked for at all."""
        return self != Filter()

    def fits(self, event: Event, kinds: Iterable[str], sentences: Iterable[str]) -> bool:
        """Whether an event is wanted, given the kinds of its sources and the sentences that tell it."""
        if event.grade < self.grade or (self.status and event.status != self.status):
            return False
        if self.kind and self.kind not in kinds:
            return False
        if self.party and self.party not in parties_of(event):
            return False
        return not self.words or self.words.casefold() in "\n".join((sentence_case(event.label), event.reason, *sentences)).casefold()


EVERYTHING = Filter()


def parties_of(event: Event) -> list[str]:
    """Keys of the parties behind an event, none of them with a space in it."""
    found = {quote(party, safe=":") for slot in event.slots for value in slot.values for party in value.parties if party}
    return sorted(found) or [NO_PARTY]


def choices_of(events: Iterable[Event], kinds: Mapping[str, Iterable[str]], names: Mapping[str, str]) -> Choices:
    """What can be chosen among some events; ``kinds`` gives the kinds of source by event id, ``names`` the parties' names."""
    statuses, sources, parties = Counter[str](), Counter[str](), Counter[str]()
    readable = {quote(party, safe=":"): name for party, name in names.items()}
    for event in events:
        statuses[event.status] += 1
        sources.update(kinds.get(event.id, ()))
        parties.update(parties_of(event))

    def called(party: str) -> str:
        return "side not known" if party == NO_PARTY else readable.get(party, party.partition(":")[2] or party)

    order = [status.value for status in Status]
    return Choices(
        statuses=tuple((status, status) for status in order if status in statuses),
        kinds=tuple((kind, kind.replace("_", " ")) for kind in _common(sources)),
        parties=tuple((party, called(party)) for party in sorted(_common(parties), key=lambda party: party == NO_PARTY)),
    )


def _common(counts: Counter[str]) -> list[str]:
    return sorted(counts, key=lambda key: (-counts[key], key))
