"""Disagreements over where."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sightline.stories.clock import known_at
from sightline.stories.contradictions.scene import (
    AHEAD,
    FACT,
    Finding,
    Scene,
    certain,
    direct_claims,
    ids,
    names,
    sides,
    speakers,
    surely_after,
)
from sightline.stories.events import Assembled
from sightline.stories.geography import Relation, relate
from sightline.stories.means import means_of
from sightline.stories.origins import Sourced
from sightline.types import ContradictionType, Place, SlotValue, Status

_SLOTS = ("where", "to", "from")


def find(scene: Scene) -> list[Finding]:
    """Compares the places that each event is given, and the means by which it is told to go."""
    found: list[Finding] = []
    for item in scene.events:
        for name in _SLOTS:
            slot = item.slot(name)
            if slot is None:
                continue
            for place, worse in enumerate(slot.values):
                # Against the best value that it does not agree with, not against each region that holds that one.
                for better in slot.values[:place]:
                    if better.place is None or worse.place is None or relate(better.place, worse.place) is not Relation.APART:
                        continue
                    pair = _pair(scene, item, name, better, worse)
                    found.extend(pair)
                    if pair:
                        break
        found.extend(_means(item))
    return found + _other_means(scene.events)


def _other_means(items: Sequence[Assembled]) -> list[Finding]:
    """One sentence that has somebody mean to go by one means and then go by another ("was to fly, but took the train")."""
    told: dict[tuple[str, int], list[tuple[Assembled, Sourced, str]]] = {}
    for item in items:
        for one in item.members:
            means = means_of(one.evidence.claim) if item.kind.moves else ()
            if len(means) == 1:
                told.setdefault((one.evidence.report, one.evidence.claim.sentence.start), []).append((item, one, means[0]))
    found = []
    for sentence in told.values():
        plans = [entry for entry in sentence if entry[1].evidence.status.value in AHEAD]
        facts = [entry for entry in sentence if entry[1].evidence.status.value in FACT]
        for item, plan, planned in plans[:1]:
            for _, fact, used in facts:
                if used != planned and fact.evidence.claim.trigger.start > plan.evidence.claim.trigger.start:
                    found.append(
                        Finding(
                            type=ContradictionType.PLAN_AGAINST_FACT,
                            event=item.event.id,
                            slot="means",
                            values=(used, planned),
                            claims=(ids([fact]), ids([plan])),
                            explanation=f"The plan was to go {planned}; it went {used}.",
                            confidence=0.7,
                        )
                    )
                    break
    return found


def _first_named(scene: Scene, place: Place) -> datetime | None:
    """When a report first named the place where it came to be, as whatever it was named."""
    found = [
        known
        for reading in scene.readings.values()
        if (known := known_at(reading.report)) is not None
        and any(mention.place is not None and _names(mention.place, place) for mention in reading.places)
    ]
    return min(found, default=None)


def _names(told: Place, place: Place) -> bool:
    """Whether a told place is the place, lies in it, or is the region that holds it."""
    relation = relate(told, place)
    return relation in (Relation.SAME, Relation.NEAR, Relation.WITHIN) or (relation is Relation.HOLDS and told.kind == "region")


def _pair(scene: Scene, item: Assembled, slot: str, better: SlotValue, worse: SlotValue) -> list[Finding]:
    mine, theirs = direct_claims(item, better, slot), direct_claims(item, worse, slot)
    both = {one.evidence.id for one in mine} & {one.evidence.id for one in theirs}
    mine = [one for one in mine if one.evidence.id not in both]
    theirs = [one for one in theirs if one.evidence.id not in both and (better.place is None or not _agrees(one, better.place))]
    if not mine or not theirs:
        return []
    if better.status in FACT and (worse.status in AHEAD or (worse.grade <= 1 and _mostly_ahead(theirs))):
        return _plan(scene, item, slot, better, mine, worse, theirs)
    if Status.DENIED.value in (better.status, worse.status):
        return []
    if better.status in AHEAD and worse.status in AHEAD:
        shared = speakers(mine) & speakers(theirs)
        if shared and _all_before(theirs, mine):
            return [
                _finding(
                    ContradictionType.SUPERSEDED,
                    item,
                    slot,
                    better,
                    mine,
                    worse,
                    theirs,
                    f"{names(mine)} named another place later.",
                    "superseded",
                    0.8,
                )
            ]
        return []
    if better.status in FACT and worse.status in FACT and not item.kind.fixed_by and certain(mine) and certain(theirs):
        if sides(mine) and sides(mine) == sides(theirs) and better.grade < 2:
            return []
        text = f"{names(mine)} against {names(theirs)}: it cannot have been at both."
        return [_finding(ContradictionType.DIRECT, item, slot, better, mine, worse, theirs, text, "disputed", 0.7)]
    return []


def _plan(
    scene: Scene, item: Assembled, slot: str, better: SlotValue, mine: list[Sourced], worse: SlotValue, theirs: list[Sourced]
) -> list[Finding]:
    """An expected place that the event did not keep to: overtaken where told in time, stale where still told afterwards."""
    fact_known = _first_named(scene, better.place) if better.place is not None else None
    late = [one for one in theirs if fact_known is not None and (issued := surely_after(one)) is not None and issued >= fact_known]
    early = [one for one in theirs if one not in late]
    found = []
    if early:
        text = f"{worse.value} was expected; it happened at {better.value}."
        found.append(_finding(ContradictionType.PLAN_AGAINST_FACT, item, slot, better, mine, worse, early, text, "superseded", 0.9))
    if late:
        text = f"{worse.value} is still told as expected when {better.value} was already being named."
        found.append(_finding(ContradictionType.STALE, item, slot, better, mine, worse, late, text, "stale", 0.8))
    return found[:1] if not late else found[-1:] if not early else found


def _agrees(one: Sourced, place: Place) -> bool:
    """Whether a claim names, beside the rival, a place that goes with ``place``."""
    return any(relate(other, place) in (Relation.SAME, Relation.NEAR, Relation.WITHIN) for _, other in one.evidence.places)


def _mostly_ahead(support: Sequence[Sourced]) -> bool:
    """Whether most claims speak of what is to come: a lone "happened" among them, ill supported, is more likely misread."""
    ahead = sum(one.evidence.status.value in AHEAD for one in support)
    return ahead > 0 and 2 * ahead >= len(support)


def _means(item: Assembled) -> list[Finding]:
    slot = item.slot("means")
    if slot is None:
        return []
    found = []
    for place, better in enumerate(slot.values):
        for worse in slot.values[place + 1 :]:
            if better.status in FACT and worse.status in AHEAD:
                mine, theirs = item.behind(better.claims), item.behind(worse.claims)
                text = f"The plan was to go {worse.value}; it went {better.value}."
                found.append(
                    _finding(ContradictionType.PLAN_AGAINST_FACT, item, "means", better, mine, worse, theirs, text, "superseded", 0.8)
                )
    return found


def _all_before(early: list[Sourced], late: list[Sourced]) -> bool:
    before = [one.evidence.known for one in early if one.evidence.known is not None]
    after = [one.evidence.known for one in late if one.evidence.known is not None]
    return bool(before) and bool(after) and max(before) < min(after)


def _finding(
    kind: ContradictionType,
    item: Assembled,
    slot: str,
    better: SlotValue,
    mine: list[Sourced],
    worse: SlotValue,
    theirs: list[Sourced],
    text: str,
    flag: str,
    confidence: float,
) -> Finding:
    return Finding(
        type=kind,
        event=item.event.id,
        slot=slot,
        values=(better.value, worse.value),
        claims=(ids(mine), ids(theirs)),
        explanation=text,
        confidence=confidence,
        flag=flag,
        flag_key=worse.key,
    )
