"""Tolls that do not agree: mostly counts that went on rising, sometimes two sides that count differently."""

from __future__ import annotations

from datetime import datetime

import msgspec

from sightline.stories.clock import NEVER
from sightline.stories.contradictions.scene import Finding, Scene, certain, ids, names, sides, speakers
from sightline.stories.events import Assembled
from sightline.stories.origins import Sourced
from sightline.types import ContradictionType, SlotValue

_SLOTS = ("killed", "hurt")


class _Count(msgspec.Struct):
    """One number with those who give it, and when it was last given."""

    value: SlotValue
    support: list[Sourced]
    last: datetime


def find(scene: Scene) -> list[Finding]:
    """Each number of an event's dead and hurt against the newest: overtaken by it, or, of another side and higher, disputed."""
    found: list[Finding] = []
    for item in scene.events:
        for name in _SLOTS if item.kind.toll else ():
            counts = _counts(item, name)
            for older in counts[1:]:
                finding = _against(item, name, counts[0], older)
                if finding is not None:
                    found.append(finding)
    return found


def _counts(item: Assembled, name: str) -> list[_Count]:
    """The numbers, the newest first; among numbers of one hour the better confirmed."""
    slot = item.slot(name)
    counts = []
    for value in slot.values if slot is not None else ():
        support = item.behind(value.claims)
        last = max((one.evidence.known for one in support if one.evidence.known is not None), default=NEVER)
        if value.quantity is not None and last != NEVER:
            counts.append(_Count(value, support, last))
    return sorted(counts, key=lambda one: (-one.last.timestamp(), -one.value.grade, one.value.key))


def _against(item: Assembled, name: str, newest: _Count, older: _Count) -> Finding | None:
    new, old = newest.value.quantity, older.value.quantity
    if new is None or old is None or older.last >= newest.last:
        return None
    values, claims = (newest.value.value, older.value.value), (ids(newest.support), ids(older.support))
    if old.low <= new.low or speakers(older.support) & speakers(newest.support) or sides(older.support) == sides(newest.support) != set():
        text = f"An earlier count: {older.value.value}, then {newest.value.value}."
        return Finding(
            type=ContradictionType.SUPERSEDED,
            event=item.event.id,
            slot=name,
            values=values,
            claims=claims,
            explanation=text,
            confidence=0.8,
            flag="superseded",
            flag_key=older.value.key,
        )
    apart = sides(older.support) and sides(newest.support) and not sides(older.support) & sides(newest.support)
    if not apart or not certain(older.support) or not certain(newest.support):
        return None
    text = f"{names(newest.support)} against {names(older.support)}: two sides count differently."
    return Finding(
        type=ContradictionType.DIRECT,
        event=item.event.id,
        slot=name,
        values=values,
        claims=claims,
        explanation=text,
        confidence=0.6,
        flag="disputed",
        flag_key=older.value.key,
    )
