"""Rival numbers of one happening: how many escaped, were detained, boarded; how much was signed for, paid or fined.

Tolls have rules of their own (:mod:`tolls`). Here a number counts only where it is what its clause is about ("four inmates escaped", not
"escaped with four others"), where no report gives both numbers, and where the two cannot both be right ("at least 30" and "52" can).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime

import msgspec

from sightline.stories.clock import NEVER
from sightline.stories.contradictions.scene import FACT, Finding, Scene, certain, ids, names, sides, speakers
from sightline.stories.events import Assembled
from sightline.stories.origins import Sourced
from sightline.stories.readable import readable_quantity
from sightline.stories.slots import quantity_key
from sightline.stories.things import sorts
from sightline.types import ContradictionType, Quantity

_COUNTED = frozenset({"agent", "theme", "companion", "vehicle", "recipient"})
_WORTH = frozenset({"theme", "topic"})
_PART = re.compile(
    r"\b(?:other|others|more|another|additional|further|of (?:the|them|these|those|its|their|his|her|which|whom))\b", re.IGNORECASE
)
_MOST = 4.0
"""Numbers further apart than this are mostly of two things."""
_ABOUT = 0.15


class _Count(msgspec.Struct):
    """One number with those who give it."""

    quantity: Quantity
    support: list[Sourced]

    @property
    def last(self) -> datetime:
        """When it was last given."""
        return max((one.evidence.known for one in self.support if one.evidence.known is not None), default=NEVER)

    @property
    def reports(self) -> frozenset[str]:
        """The reports that give it."""
        return frozenset(one.evidence.report for one in self.support)


def find(scene: Scene) -> list[Finding]:
    """Each number of an event against the one that is best supported, for amounts of money and for each sort of thing counted."""
    found: list[Finding] = []
    for item in scene.events:
        if item.event.background or item.event.status not in FACT:
            continue
        for name, counts in sorted(_tables(item).items()):
            once = [one for one in counts if not any(one is not other and one.reports & other.reports for other in counts)]
            ranked = sorted(once, key=lambda one: (-len(sides(one.support)), -len(one.reports), -one.last.timestamp(), one.quantity.low))
            for rival in ranked[1:]:
                finding = rivals(item, name, ranked[0].quantity, ranked[0].support, rival.quantity, rival.support)
                if finding is not None:
                    found.append(finding)
    return found


def _tables(item: Assembled) -> dict[str, list[_Count]]:
    """The numbers of an event's facts by what they count."""
    tables: dict[str, dict[tuple[float, float, str], _Count]] = {}
    for one in item.members:
        if one.evidence.status.value not in FACT or one.evidence.kind.toll or one.evidence.claim.background:
            continue
        held = [(slot, quantity) for quantity in one.evidence.claim.quantities if (slot := _slot(one, quantity)) is not None]
        for slot, quantity in held:
            if sum(slot == other for other, _ in held) == 1:
                key = (quantity.low, quantity.high, quantity.comparator)
                tables.setdefault(slot, {}).setdefault(key, _Count(quantity, [])).support.append(one)
    return {slot: list(table.values()) for slot, table in tables.items() if len(table) > 1}


def _slot(one: Sourced, quantity: Quantity) -> str | None:
    """What a number of a claim answers: the sort of the thing that a participant is, with its part in it; the currency of what it is worth."""
    claim = one.evidence.claim
    start, end = quantity.span.start - claim.sentence.start, quantity.span.end - claim.sentence.start
    if _PART.search(one.evidence.surface[max(start, 0) : end + 12]):
        return None
    holder = next((part for part in claim.participants if part.span.contains(quantity.span)), None)
    if quantity.dimension == "money":
        return f"money {quantity.unit}" if holder is not None and holder.role in _WORTH else None
    if quantity.dimension != "count" or quantity.of is None or holder is None or holder.role not in _COUNTED or holder.head != quantity.of:
        return None
    return f"{holder.role} {sorts().get(quantity.of, quantity.of)}"


def rivals(
    item: Assembled, name: str, one: Quantity, mine: Sequence[Sourced], other: Quantity, theirs: Sequence[Sourced]
) -> Finding | None:
    """Two numbers of one thing against each other: overtaken where one side gives both, else at odds; ``None`` where both can be right."""
    if agree(one, other) or not certain(mine) or not certain(theirs):
        return None
    if not 1 / _MOST <= one.low / other.low <= _MOST:
        return None
    slot = "money" if one.dimension == "money" else f"number of {one.of}"
    first, second = (max((each.evidence.known or NEVER for each in side), default=NEVER) for side in (mine, theirs))
    same = bool(speakers(mine) & speakers(theirs)) or (sides(mine) == sides(theirs) != set())
    if same:
        newer, older = ((one, mine), (other, theirs)) if first >= second else ((other, theirs), (one, mine))
        values = (readable_quantity(newer[0]), readable_quantity(older[0]))
        return Finding(
            type=ContradictionType.SUPERSEDED if first != second else ContradictionType.DIRECT,
            event=item.event.id,
            slot=slot,
            values=values,
            claims=(ids(newer[1]), ids(older[1])),
            explanation=f"An earlier figure: {values[1]}, then {values[0]}."
            if first != second
            else f"One side gives {values[0]} and {values[1]}.",
            confidence=0.7,
            flag="superseded" if first != second else "disputed",
            flag_key=quantity_key(older[0]),
        )
    if not speakers(mine) or not speakers(theirs):
        return None
    values = (readable_quantity(one), readable_quantity(other))
    return Finding(
        type=ContradictionType.DIRECT,
        event=item.event.id,
        slot=slot,
        values=values,
        claims=(ids(mine), ids(theirs)),
        explanation=f"{names(mine)}: {values[0]}; {names(theirs)}: {values[1]}. Two figures for one thing.",
        confidence=0.65,
        flag="disputed",
        flag_key=quantity_key(other),
    )


def agree(one: Quantity, other: Quantity) -> bool:
    """Whether two amounts of one thing can both be right: their ranges meet, counting what "about" and "at least" leave open.

    >>> from sightline.types import Span
    >>> def people(low, comparator="=", about=False):
    ...     return Quantity(span=Span(0, 1), text="", low=low, high=low, unit="count", dimension="count", comparator=comparator, approximate=about)
    >>> agree(people(30, ">="), people(52)), agree(people(200, about=True), people(208)), agree(people(4), people(5))
    (True, True, False)
    """
    (low, high), (least, most) = _range(one), _range(other)
    return low <= most and least <= high


def _range(quantity: Quantity) -> tuple[float, float]:
    low, high = quantity.low, quantity.high
    if quantity.approximate:
        low, high = low * (1 - _ABOUT), high * (1 + _ABOUT)
    if quantity.comparator in (">", ">="):
        high = float("inf")
    elif quantity.comparator in ("<", "<="):
        low = 0.0
    return low, high
