"""Disagreements over when."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import msgspec

from sightline.stories.clock import gap, local_day, width
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
)
from sightline.stories.events import Assembled
from sightline.stories.origins import Sourced
from sightline.types import ContradictionType, Interval, SlotValue, Status

Make = Callable[[ContradictionType, str, float, str | None], Finding]
_DAY = timedelta(days=1)
_AS_EARLY = re.compile(r"\bas (?:early|soon|late) as\b", re.IGNORECASE)
_OVERTAKEN = frozenset({ContradictionType.PLAN_AGAINST_FACT, ContradictionType.STALE})
_WATCHES = timedelta(minutes=15)
_SHARP = timedelta(hours=6)
"""Expressions no wider than this name a clock time or a part of the day."""


class _Side(msgspec.Struct):
    """One day, or a value that is no single day, with all that is said for it."""

    value: SlotValue
    support: list[Sourced]


def find(scene: Scene) -> list[Finding]:
    """Compares the dates that each event is given: day against day first, then the hours that are told of the best day."""
    found: list[Finding] = []
    for item in scene.events:
        if item.dates is not None and item.dates[0] == scene.stamp:
            found.extend(one for one in item.dates[1] if isinstance(one, Finding))
            continue
        mine = _of_event(scene, item)
        item.dates = (scene.stamp, list(mine))
        found.extend(mine)
    return found


def _of_event(scene: Scene, item: Assembled) -> list[Finding]:
    found: list[Finding] = []
    slot = item.slot("when")
    if slot is not None:
        sides = [_Side(value, direct_claims(item, value, "when")) for value in slot.values if value.interval is not None]
        sides = [side for side in sides if side.support]
        found.extend(_refinements(scene, item, [(side.value, side.support) for side in sides]))
        days = _by_day(sides)
        overtaken: set[str] = set()
        for place, better in enumerate(days):
            for worse in days[place + 1 :]:
                finding = _pair(scene, item, better.value, better.support, worse.value, worse.support)
                if finding is not None and finding.type in _OVERTAKEN:
                    # An expectation is set against the best told fact, not against each rival of that.
                    finding = None if worse.value.key in overtaken else finding
                    overtaken.add(worse.value.key)
                if finding is not None:
                    found.append(finding)
                if finding is None or finding.type is not ContradictionType.SUPERSEDED:
                    found.extend(_changed_mind(item, better, worse))
        found.extend(_hours(scene, item, sides))
    return found


def _changed_mind(item: Assembled, better: _Side, worse: _Side) -> list[Finding]:
    """One named speaker who expected both days, whatever came of it."""
    mine = [one for one in better.support if one.evidence.status.value in AHEAD]
    theirs = [one for one in worse.support if one.evidence.status.value in AHEAD]
    finding = _replaced(_maker(item, better.value, mine, worse.value, theirs), mine, theirs) if mine and theirs else None
    return [msgspec.structs.replace(finding, flag=None, flag_key=None)] if finding is not None else []


def _by_day(sides: list[_Side]) -> list[_Side]:
    """Values of one local day as one side, spoken for by its best value, best day first."""
    days: dict[str, _Side] = {}
    for side in sides:
        interval = side.value.interval
        key = (local_day(interval) if interval is not None else None) or side.value.key
        if key in days:
            days[key].support = [*days[key].support, *side.support]
        else:
            days[key] = _Side(side.value, list(side.support))
    return list(days.values())


def _hours(scene: Scene, item: Assembled, sides: list[_Side]) -> list[Finding]:
    """Hours of one day that exclude each other, the best told against each other one."""
    if not sides or sides[0].value.interval is None:
        return []
    day = local_day(sides[0].value.interval)
    fine = [side for side in sides if side.value.interval is not None and local_day(side.value.interval) == day and side.value.key != day]
    fine = _moments(fine)
    found = []
    for other in fine[1:]:
        finding = _pair(scene, item, fine[0].value, fine[0].support, other.value, other.support)
        if finding is not None:
            found.append(finding)
    return found


def _moments(sides: list[_Side]) -> list[_Side]:
    """Clock times that watches alone tell apart as one side, spoken for by the best of them."""
    kept: list[_Side] = []
    for side in sides:
        near = next((other for other in kept if _same_moment(other.value, side.value)), None)
        if near is None:
            kept.append(_Side(side.value, list(side.support)))
        else:
            near.support = [*near.support, *side.support]
    return kept


def _same_moment(one: SlotValue, other: SlotValue) -> bool:
    return one.interval is not None and other.interval is not None and _one_moment(one.interval, other.interval)


def _early_misread(scene: Scene, fine: list[Sourced], coarse: list[Sourced]) -> bool:
    """Whether "as early as Tuesday" of a dispatch has become "early on Tuesday" on the pages that translate it."""
    if not _only_translated(scene, fine):
        return False
    return any(_AS_EARLY.search(one.evidence.surface) for one in coarse if _share_dispatch(scene, [one], fine))


def _refinements(scene: Scene, item: Assembled, values: Sequence[tuple[SlotValue, list[Sourced]]]) -> list[Finding]:
    """Each date with the next coarser one that holds it: the same, told more exactly."""
    found = []
    ordered = sorted(values, key=lambda pair: (width(pair[0].interval) if pair[0].interval else _DAY, pair[0].key))
    for place, (fine, mine) in enumerate(ordered):
        for coarse, theirs in ordered[place + 1 :]:
            if fine.interval is None or coarse.interval is None or coarse.interval.width is None:
                continue
            if (
                coarse.interval.contains(fine.interval)
                and width(coarse.interval) > width(fine.interval)
                and width(coarse.interval) <= 2 * _DAY
            ):
                wrong = _early_misread(scene, mine, theirs)
                text = f"{fine.value} lies within {coarse.value}: the same, told more exactly."
                found.append(
                    Finding(
                        type=ContradictionType.MISTRANSLATED if wrong else ContradictionType.REFINEMENT,
                        event=item.event.id,
                        slot="when",
                        values=(coarse.value, fine.value) if wrong else (fine.value, coarse.value),
                        claims=(ids(theirs), ids(mine)) if wrong else (ids(mine), ids(theirs)),
                        explanation="The dispatch said that it might be so soon; the translation made it a part of the day."
                        if wrong
                        else text,
                        confidence=0.6 if wrong else 1.0,
                        flag="refuted" if wrong else None,
                        flag_key=fine.key if wrong else None,
                    )
                )
                break
    return found


def _pair(scene: Scene, item: Assembled, better: SlotValue, mine: list[Sourced], worse: SlotValue, theirs: list[Sourced]) -> Finding | None:
    one, other = better.interval, worse.interval
    if one is None or other is None or gap(one, other) == timedelta(0) or _zones_may_bridge(one, other) or _one_moment(one, other):
        return None
    if width(one) > 3 * _DAY or width(other) > 3 * _DAY:
        return None
    make = _maker(item, better, mine, worse, theirs)
    if better.status in FACT and (worse.status in AHEAD or (worse.grade <= 1 and _mostly_ahead(theirs))):
        return _plan(make, better, mine, theirs)
    if better.status in AHEAD and worse.status in AHEAD:
        return _replaced(make, mine, theirs)
    if better.status not in FACT or worse.status not in FACT:
        return None
    scheduled = _is_schedule(one, mine), _is_schedule(other, theirs)
    if scheduled[0] != scheduled[1]:
        if scheduled[0]:
            make, better, mine, theirs = _maker(item, worse, theirs, better, mine), worse, theirs, mine
        return _plan(make, better, mine, theirs)
    if _zone_apart(one, other):
        return make(ContradictionType.TIME_ZONE, "The same instant in two time zones.", 0.7, None)
    if _is_report_date(worse, theirs) and not _is_report_date(better, mine) and better.grade >= worse.grade and _starts_earlier(one, other):
        shared = " The same side's officials give the earlier day elsewhere." if sides(mine) & sides(theirs) else ""
        text = f"{worse.value} is the day on which it was said or published, not the day on which it happened.{shared}"
        return make(ContradictionType.REPORT_DATE, text, 0.9 if shared else 0.75, "report-date")
    if _only_translated(scene, theirs) != _only_translated(scene, mine) and _share_dispatch(scene, mine, theirs):
        if _only_translated(scene, mine):
            make = _maker(item, worse, theirs, better, mine)
        return make(ContradictionType.MISTRANSLATED, "A translation of the same dispatch gives another date.", 0.6, "refuted")
    if not certain(theirs) or not certain(mine):
        if better.grade < 2:
            return None
        return make(ContradictionType.DIRECT, f"{names(mine)} against {names(theirs)}, which is hedged.", 0.6, "disputed")
    return make(ContradictionType.DIRECT, f"{names(mine)} against {names(theirs)}: both cannot be.", 0.85, "disputed")


def _maker(item: Assembled, better: SlotValue, mine: list[Sourced], worse: SlotValue, theirs: list[Sourced]) -> Make:
    def make(kind: ContradictionType, explanation: str, confidence: float, flag: str | None) -> Finding:
        return Finding(
            type=kind,
            event=item.event.id,
            slot="when",
            values=(better.value, worse.value),
            claims=(ids(mine), ids(theirs)),
            explanation=explanation,
            confidence=confidence,
            flag=flag,
            flag_key=worse.key if flag else None,
        )

    return make


def _plan(make: Make, better: SlotValue, mine: list[Sourced], theirs: list[Sourced]) -> Finding:
    """An expectation that the fact overtook; stale where every page that repeats it came out after the fact was known."""
    fact_known = min((one.evidence.known for one in mine if one.evidence.known is not None), default=None)
    late = [one for one in theirs if fact_known is not None and (issued := _published_from(one)) is not None and issued > fact_known]
    if late and len(late) == len(theirs):
        return make(ContradictionType.STALE, f"Still expected when {better.value} had been reported.", 0.8, "stale")
    return make(ContradictionType.PLAN_AGAINST_FACT, f"What was expected against what happened ({better.value}).", 0.9, "superseded")


def _published_from(one: Sourced) -> datetime | None:
    """The earliest that a claim's report can have come out."""
    issued = one.evidence.published
    return issued.earliest if issued is not None and issued.earliest is not None else one.evidence.known


def _replaced(make: Make, mine: list[Sourced], theirs: list[Sourced]) -> Finding | None:
    """Two expectations of one speaker: the later takes the place of the earlier."""
    shared = speakers(mine) & speakers(theirs)
    if not shared:
        return None
    who = [one for one in mine if one.voice.key in shared]
    said = [one.evidence.known for one in who if one.evidence.known is not None]
    before = [one.evidence.known for one in theirs if one.voice.key in shared and one.evidence.known is not None]
    if said and before and max(before) < min(said):
        return make(ContradictionType.SUPERSEDED, f"{names(who)} gave another date later.", 0.8, "superseded")
    if said and before and not any(one.voice.anonymous for one in who):
        return make(ContradictionType.SUPERSEDED, f"{names(who)} gave both dates; which one last, the reports do not tell.", 0.5, None)
    return None


def _is_report_date(value: SlotValue, support: list[Sourced]) -> bool:
    """Whether every page that gives a day was published, or its source spoke, on that very day."""
    if value.interval is None or local_day(value.interval) != value.key:
        return False
    for one in support:
        evidence = one.evidence
        said = local_day(one.voice.said) if one.voice.said is not None else None
        issued = local_day(evidence.published) if evidence.published is not None else None
        if value.key not in (said, issued):
            return False
    return True


def _is_schedule(interval: Interval, support: list[Sourced]) -> bool:
    """Whether a clock time is told in the present alone ("lands at 22:20"): the present of timetables."""
    return width(interval) <= _SHARP and all(one.evidence.status is Status.UNDER_WAY for one in support)


def _mostly_ahead(support: list[Sourced]) -> bool:
    """Whether most claims speak of what is to come: a lone "happened" among them, ill supported, is more likely misread."""
    ahead = sum(one.evidence.status.value in AHEAD for one in support)
    return ahead > 0 and 2 * ahead >= len(support)


def _one_moment(one: Interval, other: Interval) -> bool:
    """Whether two clock times differ by no more than watches and rounding do."""
    return gap(one, other) <= _WATCHES and max(width(one), width(other)) <= _WATCHES


def _zones_may_bridge(one: Interval, other: Interval) -> bool:
    """Whether hours of which only one has a told time zone come together in some zone of the world."""
    told = (one.zone_origin is not None, other.zone_origin is not None)
    if told[0] == told[1] or width(one) >= _DAY - timedelta(seconds=2) or width(other) >= _DAY - timedelta(seconds=2):
        return False
    return gap(one, other) <= timedelta(hours=12)


def _starts_earlier(one: Interval, other: Interval) -> bool:
    return one.latest is not None and other.earliest is not None and one.latest < other.earliest


def _only_translated(scene: Scene, support: list[Sourced]) -> bool:
    return all(scene.translated(one.evidence.report) for one in support)


def _share_dispatch(scene: Scene, mine: list[Sourced], theirs: list[Sourced]) -> bool:
    return any(scene.common_dispatch(one.evidence.report, other.evidence.report) for one in mine for other in theirs)


def _zone_apart(one: Interval, other: Interval) -> bool:
    """Whether two clock times become the same instant once one, whose zone was only assumed, is read in the other's zone."""
    if one.earliest is None or other.earliest is None or width(one) > _SHARP or width(other) > _SHARP:
        return False
    assumed = [interval for interval in (one, other) if interval.zone_origin is None]
    told = [interval for interval in (one, other) if interval.zone_origin is not None]
    if len(assumed) != 1 or len(told) != 1 or told[0].zone is None or assumed[0].earliest is None or told[0].earliest is None:
        return False
    try:
        offset = assumed[0].earliest.astimezone(ZoneInfo(told[0].zone)).utcoffset()
    except (ZoneInfoNotFoundError, ValueError):
        return False
    if not offset:
        return False
    return abs(assumed[0].earliest - offset - told[0].earliest) <= timedelta(minutes=30)
