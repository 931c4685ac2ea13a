"""What the rules for contradictions look at, and what they give back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

import msgspec

from sightline.stories.chains import parse_outlet
from sightline.stories.events import Assembled
from sightline.stories.identities import Identities
from sightline.stories.origins import Sourced
from sightline.stories.parties import Parties
from sightline.types import Contradiction, ContradictionType, CopyLink, Degree, Place, Quantity, Reading, SlotValue, Status

FACT = frozenset({Status.HAPPENED.value, Status.UNDER_WAY.value})
AHEAD = frozenset({Status.PLANNED.value, Status.EXPECTED.value, Status.POSSIBLE.value})


class Amount(msgspec.Struct, frozen=True, kw_only=True):
    """A quantity with what it is of."""

    report: str
    quantity: Quantity
    sentence: str
    claims: tuple[str, ...]
    places: tuple[Place, ...]

    @property
    def middle(self) -> float:
        """The middle of its range, in its normal unit."""
        return (self.quantity.low + self.quantity.high) / 2


class Silence(msgspec.Struct, frozen=True, kw_only=True):
    """A party that a report says has not spoken."""

    report: str
    party: str
    known: datetime
    claims: tuple[str, ...]


class Scene(msgspec.Struct, frozen=True, kw_only=True):
    """One story while its contradictions are looked for."""

    events: Sequence[Assembled]
    readings: Mapping[str, Reading]
    links: Mapping[str, Sequence[CopyLink]]
    who: Identities
    parties: Parties
    stamp: int = 0
    """Changes when the links of a report that was there before have changed."""
    amounts: dict[str, list[Amount]] = {}
    """Quantities by report, kept between buildings."""
    silences: dict[str, list[Silence]] = {}
    """Parties that a report says have not spoken, kept between buildings."""

    def translated(self, report: str) -> bool:
        """Whether a page is said to be a translation, or is not in English."""
        reading = self.readings.get(report)
        if reading is None:
            return False
        language = reading.report.language
        return parse_outlet(reading.report.outlet).translated or (language is not None and not language.startswith("en"))

    def common_dispatch(self, one: str, other: str) -> bool:
        """Whether two pages draw on one dispatch, or one on the other."""
        mine = {link.source for link in self.links.get(one, ()) if link.kind != "quotes"}
        theirs = {link.source for link in self.links.get(other, ()) if link.kind != "quotes"}
        names = {source.split(":")[1] for source in mine if source.startswith("dispatch:")}
        others = {source.split(":")[1] for source in theirs if source.startswith("dispatch:")}
        return bool(names & others) or one in theirs or other in mine


class Finding(msgspec.Struct, frozen=True, kw_only=True):
    """A contradiction before it gets its id, with the flags that it puts on the weaker value."""

    type: ContradictionType
    event: str
    slot: str
    values: tuple[str, ...]
    """Readable values, the better supported first."""
    claims: tuple[tuple[str, ...], ...]
    explanation: str
    confidence: float = 1.0
    flag: str | None = None
    """What the last value is marked with: disputed, superseded, stale, refuted, report-date."""
    flag_key: str | None = None
    """Key of the value that the flag belongs to."""

    @property
    def key(self) -> tuple[str, ...]:
        """Sorts findings the same way every time."""
        return (self.event, self.slot, self.type.value, *self.values, *(claim for claims in self.claims for claim in claims))

    def contradiction(self, number: int) -> Contradiction:
        """The record for the story."""
        return Contradiction(
            id=f"contradiction:{number}:{self.event}:{self.slot}",
            type=self.type,
            event=self.event,
            slot=self.slot,
            values=self.values,
            claims=self.claims,
            explanation=self.explanation,
            confidence=round(self.confidence, 2),
        )


def certain(support: Sequence[Sourced]) -> bool:
    """Whether at least one claim states it without a hedge."""
    return any(one.evidence.claim.certainty.degree is Degree.CERTAIN for one in support)


def surely_after(one: Sourced) -> datetime | None:
    """The instant after which a claim's report was certainly published: the begin of a stretch wider than a day, else when it was known."""
    issued = one.evidence.published
    if issued is not None and issued.earliest is not None and issued.width is not None and issued.width.days >= 1:
        return issued.earliest
    return one.evidence.known


def direct_claims(item: Assembled, value: SlotValue, slot: str) -> list[Sourced]:
    """The claims that give just this value, not a finer one that implies it."""
    support = item.behind(value.claims)
    if slot == "when":
        from sightline.stories.slots import interval_key

        return [one for one in support if one.evidence.interval is not None and interval_key(one.evidence.interval) == value.key]
    if value.place is not None:
        return [one for one in support if any(place.id == value.key for _, place in one.evidence.places)]
    return support


def speakers(support: Sequence[Sourced]) -> frozenset[str]:
    """Keys of the voices behind some claims, unknown ones left out."""
    return frozenset(one.voice.key for one in support if one.voice.kind != "unknown")


def sides(support: Sequence[Sourced]) -> frozenset[str]:
    """Parties of the voices behind some claims."""
    return frozenset(one.voice.party for one in support if one.voice.party is not None)


def names(support: Sequence[Sourced], most: int = 2) -> str:
    """Readable speakers behind some claims."""
    found = sorted({one.voice.speaker for one in support})
    text = ", ".join(found[:most])
    return f"{text} and {len(found) - most} more" if len(found) > most else text


def ids(support: Sequence[Sourced]) -> tuple[str, ...]:
    """Claim ids, each once."""
    return tuple(dict.fromkeys(one.evidence.id for one in support))
