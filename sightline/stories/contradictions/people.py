"""Disagreements over who was there: mostly two places or two times, and then no contradiction at all."""

from __future__ import annotations

from sightline.stories.clock import gap
from sightline.stories.contradictions.scene import Finding, Scene, ids
from sightline.stories.events import Assembled
from sightline.stories.geography import Relation, relate
from sightline.stories.origins import Sourced
from sightline.types import ContradictionType, Status

_BESIDE = frozenset({"companion", "counterpart"})


def find(scene: Scene) -> list[Finding]:
    """Someone who is told to be along in one event and not to be along in another: a matter of scope."""
    if not any(one.evidence.status is Status.DENIED for item in scene.events for one in item.members):
        return []
    present: dict[str, list[tuple[Assembled, Sourced]]] = {}
    absent: dict[str, list[tuple[Assembled, Sourced]]] = {}
    for item in scene.events:
        for one in item.members:
            beside = {scene.who.of(actor) for role, actor in one.evidence.actors if role in _BESIDE}
            if one.evidence.status is Status.DENIED:
                for actor in beside:
                    absent.setdefault(actor, []).append((item, one))
            else:
                for actor in {scene.who.of(actor) for role, actor in one.evidence.actors if role in _BESIDE | {"agent"}}:
                    present.setdefault(actor, []).append((item, one))
    found = []
    for actor in sorted(absent.keys() & present.keys()):
        for item, denial in absent[actor]:
            elsewhere = [(other, one) for other, one in present[actor] if other is not item and _apart(item, other)]
            if elsewhere:
                other, one = elsewhere[0]
                name = scene.who.name(actor)
                found.append(
                    Finding(
                        type=ContradictionType.SCOPE,
                        event=item.event.id,
                        slot="companion",
                        values=(f"{name} at: {other.event.label}", f"{name} not at: {item.event.label}"),
                        claims=(ids([one]), ids([denial])),
                        explanation=f"Two occasions: {name} can be absent from one and present at the other.",
                        confidence=0.7,
                    )
                )
                break
    return found


def _apart(one: Assembled, other: Assembled) -> bool:
    """Whether two events differ in place or time, so that presence at both need not agree."""
    mine, theirs = one.event, other.event
    if mine.place is not None and theirs.place is not None and relate(mine.place, theirs.place) is Relation.APART:
        return True
    return mine.interval is not None and theirs.interval is not None and gap(mine.interval, theirs.interval).total_seconds() > 0
