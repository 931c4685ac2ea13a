"""Ways that were to lead to a place on one day and got there on another: a plan of one event against the fact of another."""

from __future__ import annotations

from datetime import timedelta

from sightline.stories.clock import gap, local_day, width
from sightline.stories.contradictions.scene import AHEAD, FACT, Finding, Scene, direct_claims, ids
from sightline.stories.events import Assembled
from sightline.stories.geography import Relation, relate
from sightline.stories.origins import Sourced
from sightline.types import ContradictionType, Place, SlotValue

_WAYS = frozenset({"travel", "visit"})
_LATE = timedelta(days=3)
_DAY = timedelta(days=1)


def find(scene: Scene) -> list[Finding]:
    """Each planned way with a day against the arrival of the same people at its end."""
    found: list[Finding] = []
    arrivals = [item for item in scene.events if item.kind.name == "arrival" and item.event.status in FACT and not item.event.background]
    for plan in scene.events if arrivals else ():
        if plan.kind.name not in _WAYS or plan.event.background:
            continue
        reached = [arrival for arrival in arrivals if _leads_to(plan, arrival)]
        for value in _days(plan, AHEAD):
            found.extend(_late(plan, value, reached))
    return found


def _late(plan: Assembled, value: SlotValue, reached: list[Assembled]) -> list[Finding]:
    """The one arrival that came on another day, where none came on the day told."""
    facts = [(arrival, day) for arrival in reached for day in _days(arrival, FACT)[:1]]
    near = [(arrival, day) for arrival, day in facts if _apart(value, day) is not None]
    if len(near) != 1 or _apart(value, near[0][1]) == timedelta(0):
        return []
    arrival, day = near[0]
    mine, theirs = direct_claims(arrival, day, "when"), direct_claims(plan, value, "when")
    if not mine or not theirs or not _before(theirs, mine):
        return []
    return [
        Finding(
            type=ContradictionType.PLAN_AGAINST_FACT,
            event=arrival.event.id,
            slot="when",
            values=(day.value, value.value),
            claims=(ids(mine), ids(theirs)),
            explanation=f"Planned for {value.value}, arrived {day.value}.",
            confidence=0.7,
        )
    ]


def _before(plans: list[Sourced], facts: list[Sourced]) -> bool:
    told = [one.evidence.known for one in plans if one.evidence.known is not None]
    came = [one.evidence.known for one in facts if one.evidence.known is not None]
    return bool(told) and bool(came) and min(told) < min(came)


def _apart(plan: SlotValue, fact: SlotValue) -> timedelta | None:
    """How far a plan and a fact lie apart, none where they fall on one day; ``None`` where they are too far apart to be one way."""
    if plan.interval is None or fact.interval is None:
        return None
    if local_day(plan.interval) == local_day(fact.interval):
        return timedelta(0)
    apart = gap(plan.interval, fact.interval)
    return apart if apart <= _LATE else None


def _days(item: Assembled, statuses: frozenset[str]) -> list[SlotValue]:
    """An event's dates of some standing that are a day or less."""
    slot = item.slot("when")
    return [
        value
        for value in (slot.values if slot is not None else ())
        if value.interval is not None and value.status in statuses and width(value.interval) <= _DAY
    ]


def _leads_to(plan: Assembled, arrival: Assembled) -> bool:
    """Whether a way's people are those who arrive, at the town where it was to end."""
    if not set(plan.event.participants) & set(arrival.event.participants):
        return False
    ends, there = _places(plan), _places(arrival)
    return any(relate(one, other) is Relation.SAME for one in ends for other in there)


def _places(item: Assembled) -> list[Place]:
    return [
        value.place
        for name in ("to", "where")
        if (slot := item.slot(name)) is not None
        for value in slot.values
        if value.place is not None and value.place.kind not in ("country", "continent")
    ]
