"""What several reports say together."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

import msgspec

from sightline.types.interval import Interval
from sightline.types.mention import Quantity
from sightline.types.place import Place
from sightline.types.source import Access


class CopyLink(msgspec.Struct, frozen=True, kw_only=True):
    """One page taken, in whole or part, from another or from a common dispatch."""

    source: str
    """Report id of the earlier page, or the id of a dispatch."""
    target: str
    containment: float
    """Share of the target's 5-word shingles that stand in the source, 0 to 1."""
    kind: str
    """copy, version (same page, later), rewrite, cites (credits the agency), quotes (same quotation)."""
    evidence: str


class Origin(msgspec.Struct, frozen=True, kw_only=True):
    """The first utterance, observation, document or dispatch that pages lead back to (PROV: a primary source)."""

    id: str
    kind: str
    """utterance, observation, document, dispatch, unknown."""
    speaker: str
    """Readable: "KCNA", "an anonymous senior South Korean official"."""
    party: str | None = None
    access: Access = Access.UNKNOWN
    anonymous: bool = False
    via: tuple[str, ...] = ()
    """Agencies and outlets it first came through."""
    said: Interval | None = None
    occasion: str | None = None
    reports: tuple[str, ...] = ()
    claims: tuple[str, ...] = ()


class SlotValue(msgspec.Struct, frozen=True, kw_only=True):
    """One value that a slot is given, who stands behind it and how well it is confirmed."""

    value: str
    """Readable."""
    key: str
    """Normal form that equal values share."""
    interval: Interval | None = None
    place: Place | None = None
    actor: str | None = None
    quantity: Quantity | None = None
    claims: tuple[str, ...] = ()
    origins: tuple[str, ...] = ()
    parties: tuple[str, ...] = ()
    grade: int = 0
    """0 origin unknown, 1 one origin, 2 several origins of one party, 3 two or more parties with no common origin and one of them
    with direct access, 4 grade 3 plus a first-hand observation or a confirmation against interest."""
    reason: str = ""
    flags: tuple[str, ...] = ()
    """disputed, superseded, stale, refuted, report-date."""
    status: str = "happened"
    """Strongest status among its claims."""


class Slot(msgspec.Struct, frozen=True, kw_only=True):
    """One question about an event (happened, when, where, from, to, who, via, speed, distance, ...) with its rival values, best first."""

    name: str
    values: tuple[SlotValue, ...] = ()


class Event(msgspec.Struct, frozen=True, kw_only=True):
    """The happening that claims of several reports share."""

    id: str
    type: str
    label: str
    """Readable, at most some ten words: "Kim Jong-un leaves Pyongyang by train"."""
    quoted: str | None = None
    """The claim whose words the label takes, where it takes one's."""
    status: str
    slots: tuple[Slot, ...] = ()
    claims: tuple[str, ...] = ()
    participants: tuple[str, ...] = ()
    """Actor ids."""
    interval: Interval | None = None
    """Best reading of when."""
    place: Place | None = None
    grade: int = 0
    """Of the ``happened`` slot."""
    reason: str = ""
    possibly_same: tuple[str, ...] = ()
    parent: str | None = None
    """The event that this is a part of (a crossing within a journey)."""
    background: bool = False

    @property
    def says_nothing(self) -> bool:
        """Whether the label is the event's bare kind."""
        return self.label.lower() in (self._noun, "")

    @property
    def is_phrase(self) -> bool:
        """Whether the label is a mere noun with what it is of, so that nothing better was told."""
        return self.label.lower().startswith(tuple(f"{self._noun} {word} " for word in ("of", "by", "from", "in", "at", "to")))

    @property
    def _noun(self) -> str:
        return self.type.removeprefix("other:").lower()


class ContradictionType(StrEnum):
    """What kind of disagreement two values are."""

    DIRECT = "direct"
    REFINEMENT = "refinement"
    PLAN_AGAINST_FACT = "plan against fact"
    SUPERSEDED = "superseded"
    STALE = "stale"
    REPORT_DATE = "report date taken for event date"
    TIME_ZONE = "time zone"
    DIFFERENT_QUANTITY = "different quantity"
    SCOPE = "scope"
    MISTRANSLATED = "mistranslated"
    INFEASIBLE = "infeasible"
    DENIAL = "denial"


class Contradiction(msgspec.Struct, frozen=True, kw_only=True):
    """Two values that do not agree, how, and what the difference is."""

    id: str
    type: ContradictionType
    event: str
    slot: str
    values: tuple[str, ...]
    """Readable values, the better supported first."""
    claims: tuple[tuple[str, ...], ...]
    """Claim ids behind each value."""
    explanation: str
    confidence: float = 1.0


class Decision(msgspec.Struct, frozen=True, kw_only=True):
    """A recorded merge, split, join, note or hiding: appended, never overwritten, undone by a later one."""

    id: str
    kind: str
    """same-event, different-event, same-actor, different-actor, same-story, note, hide, undo."""
    subjects: tuple[str, ...]
    at: datetime
    by: str
    """A rule with its version ("stories.events/3") or a user's name."""
    note: str = ""


class Change(msgspec.Struct, frozen=True, kw_only=True):
    """A difference between the picture at two instants."""

    kind: str
    """NEW, RAISED, LOWERED, CONTRADICTED, SUPERSEDED, REFUTED."""
    at: datetime | None
    event: str
    slot: str
    value: str
    cause: str
    """One sentence."""
    reports: tuple[str, ...] = ()


class Unknown(msgspec.Struct, frozen=True, kw_only=True):
    """A question that the reports themselves leave open."""

    question: str
    claims: tuple[str, ...] = ()
    event: str | None = None


class Story(msgspec.Struct, frozen=True, kw_only=True):
    """The reports, events, origins, contradictions and open questions of one developing matter, as of an instant."""

    id: str
    title: str
    """The matter in one line."""
    reports: tuple[str, ...] = ()
    events: tuple[Event, ...] = ()
    """In time order."""
    origins: tuple[Origin, ...] = ()
    copies: tuple[CopyLink, ...] = ()
    contradictions: tuple[Contradiction, ...] = ()
    unknowns: tuple[Unknown, ...] = ()
    decisions: tuple[Decision, ...] = ()
    as_of: datetime | None = None
    version: str = ""
