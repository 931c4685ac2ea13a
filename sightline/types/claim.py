"""One assertion in one report."""

from __future__ import annotations

import msgspec

from sightline.types.actor import Actor
from sightline.types.certainty import Certainty
from sightline.types.mention import NameMention, PlaceMention, Quantity, TimeMention
from sightline.types.report import Report
from sightline.types.source import Attribution
from sightline.types.span import Span


class Participant(msgspec.Struct, frozen=True, kw_only=True):
    """Who or what takes part, and as what."""

    role: str
    """agent, theme, counterpart (of a meeting), recipient, vehicle, companion, topic."""
    span: Span
    text: str
    head: str
    """Lower-cased lemma of the head word."""
    actor: str | None = None


class Where(msgspec.Struct, frozen=True, kw_only=True):
    """A place in a claim, and as what: at, from, to, toward, via, near."""

    role: str
    mention: PlaceMention


class Claim(msgspec.Struct, frozen=True, kw_only=True):
    """A happening as one report tells it, with its participants, times, places, quantities, certainty and chain."""

    id: str
    """``<report id>#<start>-<end>`` of the trigger, with a suffix where one word makes two claims."""
    report: str
    span: Span
    """The clause."""
    trigger: Span
    """The word that names the happening."""
    sentence: Span
    predicate: str
    """The trigger's lemma."""
    type: str
    """Happening type of the table in extract/data (departure, arrival, crossing, visit, meeting, statement, attack, ...)."""
    participants: tuple[Participant, ...] = ()
    when: tuple[TimeMention, ...] = ()
    where: tuple[Where, ...] = ()
    quantities: tuple[Quantity, ...] = ()
    certainty: Certainty = Certainty()
    attribution: int | None = None
    """Index into the reading's attributions: the innermost one whose content holds the trigger."""
    unknown: tuple[str, ...] = ()
    """Slots that the text itself says are not known ("it is unknown when ...": when)."""
    background: bool = False
    """Told as earlier history, not as news."""
    confidence: float = 1.0


class Credit(msgspec.Struct, frozen=True, kw_only=True):
    """Provenance of an image or a page: "Photo: AFP/KCNA via KNS"."""

    span: Span
    kind: str
    """photo, page, video."""
    chain: tuple[str, ...]
    """From the maker outwards to the one who passed it on."""


class Reading(msgspec.Struct, frozen=True, kw_only=True):
    """Everything that one report says: what ``sightline annotate`` gives."""

    report: Report
    sentences: tuple[Span, ...] = ()
    times: tuple[TimeMention, ...] = ()
    names: tuple[NameMention, ...] = ()
    places: tuple[PlaceMention, ...] = ()
    quantities: tuple[Quantity, ...] = ()
    attributions: tuple[Attribution, ...] = ()
    claims: tuple[Claim, ...] = ()
    actors: tuple[Actor, ...] = ()
    credits: tuple[Credit, ...] = ()
    dateline: Span | None = None
    """The line that opens an agency's report ("SEOUL, Sept. 11 (Yonhap) --")."""
    agency: str | None = None
    """Name of the news agency that the dateline credits, as the register has it."""
    notes: tuple[str, ...] = ()
    """What could not be read and why ("left unread: not English (fr)")."""
    version: str = ""
    """Of the rules and weights that made it."""
