"""Disagreements over how much: different quantities under one name, different scopes, and amounts that cannot be."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import timedelta

from sightline.stories.clock import known_at
from sightline.stories.contradictions.scene import FACT, Amount, Finding, Scene
from sightline.stories.events import Assembled
from sightline.stories.geography import Relation, distance_km, relate
from sightline.stories.readable import readable_quantity
from sightline.types import ContradictionType, Place, Reading, Span

_STRAIGHT = 0.12
"""Share by which a stated distance may differ from the great circle and still be it."""
_BY_RAIL = (1.15, 2.6)
"""How much longer than the great circle a way on the ground commonly is."""
_TOP = re.compile(r"\b(?:top|maximum|max|highest|up to|at most|no more than|not above|not exceed|limit(?:ed)?)\b", re.IGNORECASE)
_TRIP = re.compile(r"\b(?:trip|visit|tour|journey|stay|travel\w*)\b", re.IGNORECASE)
_TOOK = re.compile(r"\b(?:took|taken|spent|lasted|travell?ed|rode|after)\b", re.IGNORECASE)
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_AHEAD_WORDS = re.compile(
    r"\b(?:will|would|should|could|may|might|expect\w*|plan\w*|estimat\w*|usually|last time|previous\w*|earlier)\b", re.IGNORECASE
)
_SAME = 0.1


def find(scene: Scene) -> list[Finding]:
    """Distances, speeds, durations and counts of a story against one another."""
    if not scene.events:
        return []
    amounts = [amount for report in sorted(scene.readings) for amount in _kept(scene, report)]
    main = max(scene.events, key=lambda item: (not item.event.background, len(item.reports), item.event.id))
    return [
        *_distances(scene, amounts, main),
        *_speeds(amounts, main),
        *_lengths(amounts, main),
        *_durations(scene, amounts),
        *_counts(amounts, main),
    ]


def _kept(scene: Scene, report: str) -> list[Amount]:
    if report not in scene.amounts:
        scene.amounts[report] = amounts_of(scene.readings[report])
    return scene.amounts[report]


def amounts_of(reading: Reading) -> list[Amount]:
    """Every quantity of a reading with its sentence, the claims there and the places named there."""
    found = []
    for quantity in reading.quantities:
        sentence = next((span for span in reading.sentences if span.contains(quantity.span)), quantity.span)
        claims = tuple(claim.id for claim in reading.claims if claim.sentence.overlaps(sentence))
        found.append(
            Amount(
                report=reading.report.id,
                quantity=quantity,
                sentence=sentence.of(reading.report.text),
                claims=claims[:1] if len(claims) > 1 and not _held(reading, quantity.span) else _held(reading, quantity.span) or claims,
                places=_places(reading, sentence),
            )
        )
    return found


def _held(reading: Reading, span: Span) -> tuple[str, ...]:
    return tuple(claim.id for claim in reading.claims if any(quantity.span == span for quantity in claim.quantities))


def _places(reading: Reading, sentence: Span) -> tuple[Place, ...]:
    found: dict[str, Place] = {}
    for mention in reading.places:
        if (
            sentence.contains(mention.span)
            and mention.place is not None
            and mention.metonymy == "literal"
            and mention.place.kind not in ("country", "continent")
        ):
            found.setdefault(mention.place.id, mention.place)
    return tuple(found.values())


def _close(one: float, other: float, share: float = _SAME) -> bool:
    return abs(one - other) <= share * max(abs(one), abs(other))


def _distances(scene: Scene, amounts: Sequence[Amount], main: Assembled) -> list[Finding]:
    """The straight line against the way on the ground, between the same two places."""
    stated = [amount for amount in amounts if amount.quantity.dimension == "distance" and amount.middle >= 20]
    pairs: dict[tuple[str, str], tuple[Place, Place]] = {}
    for amount in stated:
        if len(amount.places) == 2:
            one, other = sorted(amount.places, key=lambda place: place.id)
            pairs[(one.id, other.id)] = (one, other)
    found = []
    for key in sorted(pairs):
        one, other = pairs[key]
        direct = distance_km(one, other)
        if direct is None or direct < 20:
            continue
        about = [amount for amount in stated if _is_about(scene, amount, one, other, pairs)]
        straight = [amount for amount in about if _close(amount.middle, direct, _STRAIGHT)]
        ground = [amount for amount in about if _BY_RAIL[0] * direct < amount.middle < _BY_RAIL[1] * direct and amount not in straight]
        if straight and ground:
            text = (
                f"{round(direct)} km is the straight line between {one.name} and {other.name}; the longer figure is the way on the ground. "
                "Two different quantities."
            )
            found.append(_finding(ContradictionType.DIFFERENT_QUANTITY, main, "distance", straight, ground, text, 0.9))
    return found


def _is_about(scene: Scene, amount: Amount, one: Place, other: Place, pairs: dict[tuple[str, str], tuple[Place, Place]]) -> bool:
    """Whether a stated distance is of this pair: its sentence names both, or no pair, and its report speaks of both and of no other pair."""
    ids = {place.id for place in amount.places}
    if {one.id, other.id} <= ids and len(ids) <= 3:
        return True
    if len(ids) >= 2:
        return False
    mentioned = {mention.place.id for mention in scene.readings[amount.report].places if mention.place is not None}
    known = [key for key in pairs if set(key) <= mentioned]
    return known == [tuple(sorted((one.id, other.id)))] and ids <= {one.id, other.id}


def _speeds(amounts: Sequence[Amount], main: Assembled) -> list[Finding]:
    """A top speed against an average."""
    stated = [amount for amount in amounts if amount.quantity.dimension == "speed" and amount.middle > 0]
    top = [amount for amount in stated if amount.quantity.comparator in ("<", "<=") or _TOP.search(amount.sentence)]
    usual = [amount for amount in stated if amount not in top]
    apart = [amount for amount in top if usual and not any(_close(amount.middle, other.middle, 0.05) for other in usual)]
    if not usual or not apart:
        return []
    return [
        _finding(
            ContradictionType.DIFFERENT_QUANTITY,
            main,
            "speed",
            usual,
            apart,
            "A speed on the way against a top speed: two different quantities.",
            0.75,
        )
    ]


def _lengths(amounts: Sequence[Amount], main: Assembled) -> list[Finding]:
    """How many days a trip lasted, counted from different starts or ends."""
    days = [
        amount
        for amount in amounts
        if amount.quantity.dimension == "duration"
        and amount.middle >= 2 * 86400
        and amount.quantity.low == amount.quantity.high
        and _TRIP.search(amount.sentence)
        and amount.middle <= 60 * 86400
    ]
    groups: dict[float, list[Amount]] = {}
    for amount in days:
        groups.setdefault(round(amount.middle / 86400), []).append(amount)
    if len(groups) < 2:
        return []
    ordered = sorted(groups, key=lambda length: (-len(groups[length]), length))
    found = []
    for length in ordered[1:]:
        text = "Lengths of a trip that begin or end at different points (border to border, door to door, days counted whole)."
        found.append(_finding(ContradictionType.SCOPE, main, "duration", groups[ordered[0]], groups[length], text, 0.7))
    return found


def _durations(scene: Scene, amounts: Sequence[Amount]) -> list[Finding]:
    """A time that a way is said to have taken, against the departure and the arrival that other reports date."""
    took = [
        amount
        for amount in amounts
        if amount.quantity.dimension == "duration" and 3600 <= amount.middle <= 10 * 86400 and _TOOK.search(amount.sentence)
    ]
    if not took:
        return []
    left = [item for item in scene.events if item.kind.name == "departure" and _dated(item)]
    reached = [item for item in scene.events if item.kind.name in ("arrival", "crossing") and _dated(item)]
    found = []
    for start in left:
        ends = [end for end in reached if _follows(start, end)]
        for amount in took:
            named = {place.id for place in amount.places}
            if start.event.place is not None and named and start.event.place.id not in named:
                continue
            people = {scene.who.of(one.actor) for one in scene.readings[amount.report].names if one.actor is not None}
            told_here = amount.report in start.reports or any(amount.report in end.reports for end in ends)
            if not told_here and not set(start.event.participants) & people:
                continue
            if not _is_of(amount, start) or not _told_after(scene, amount, start):
                continue
            least = min((_elapsed(start, end)[0] for end in ends), default=None)
            if least is not None and timedelta(seconds=amount.quantity.high) * 1.1 < least:
                hours = round(least.total_seconds() / 3600)
                text = f"Left {_when(start)} and not across before {hours} hours had passed: {readable_quantity(amount.quantity)} cannot be what it took."
                found.append(
                    Finding(
                        type=ContradictionType.INFEASIBLE,
                        event=start.event.id,
                        slot="duration",
                        values=(f"at least {hours} hours", readable_quantity(amount.quantity)),
                        claims=(start.event.claims[:3], amount.claims),
                        explanation=text,
                        confidence=0.75,
                        flag="refuted",
                    )
                )
    return found


def _told_after(scene: Scene, amount: Amount, start: Assembled) -> bool:
    """Whether the report that tells a duration came out after the departure."""
    known = known_at(scene.readings[amount.report].report)
    interval = start.event.interval
    return known is not None and interval is not None and interval.earliest is not None and known >= interval.earliest


def _is_of(amount: Amount, start: Assembled) -> bool:
    """Whether a duration can be this journey's: no other year, no expectation in its sentence."""
    interval = start.event.interval
    years = {int(year) for year in _YEAR.findall(amount.sentence)}
    if interval is not None and interval.earliest is not None and years - {interval.earliest.year}:
        return False
    return not _AHEAD_WORDS.search(amount.sentence)


def _counts(amounts: Sequence[Amount], main: Assembled) -> list[Finding]:
    """A number of one thing against a larger number that is of several such things together ("90 carriages of three trains")."""
    found = []
    counts = [amount for amount in amounts if amount.quantity.dimension == "count" and amount.quantity.of]
    for name in sorted({_noun(amount) for amount in counts}):
        same = [amount for amount in counts if _noun(amount) == name and amount.middle >= 5]
        for whole in sorted({amount.middle for amount in same}, reverse=True):
            large = [amount for amount in same if amount.middle == whole]
            parts = {
                other.middle
                for amount in large
                for other in counts
                if other.report == amount.report and other.sentence == amount.sentence and _noun(other) != name and 2 <= other.middle <= 9
            }
            small = [
                amount
                for amount in same
                if any(0.6 <= whole / part / amount.middle <= 1.7 for part in parts) and amount.middle < whole / 1.5
            ]
            if parts and small:
                text = f"{whole:g} is counted over several together, the smaller figure over one: two different quantities."
                found.append(_finding(ContradictionType.DIFFERENT_QUANTITY, main, f"number of {name}", small, large, text, 0.7))
                break
    return found


_SYNONYMS = {
    "car": "carriage",
    "wagon": "carriage",
    "coach": "carriage",
    "railcar": "carriage",
    "aircraft": "plane",
    "jet": "plane",
    "airplane": "plane",
}


def _noun(amount: Amount) -> str:
    word = (amount.quantity.of or "").lower()
    return _SYNONYMS.get(word, _SYNONYMS.get(word.removesuffix("s"), word))


def _dated(item: Assembled) -> bool:
    event = item.event
    return (
        event.grade >= 2
        and event.status in FACT
        and event.interval is not None
        and event.interval.width is not None
        and not event.background
    )


def _follows(start: Assembled, end: Assembled) -> bool:
    one, other = start.event, end.event
    if one.interval is None or other.interval is None or one.interval.latest is None or other.interval.earliest is None:
        return False
    apart = other.interval.earliest - one.interval.latest
    same = bool(set(one.participants) & set(other.participants))
    elsewhere = one.place is None or other.place is None or relate(one.place, other.place) is Relation.APART
    return same and elsewhere and timedelta(0) <= apart <= timedelta(days=5)


def _elapsed(start: Assembled, end: Assembled) -> tuple[timedelta, timedelta]:
    one, other = start.event.interval, end.event.interval
    if one is None or other is None or one.latest is None or one.earliest is None or other.earliest is None or other.latest is None:
        raise ValueError("both events need a dated start and end")
    return other.earliest - one.latest, other.latest - one.earliest


def _when(item: Assembled) -> str:
    slot = item.slot("when")
    return slot.values[0].value if slot is not None else ""


def _finding(
    kind: ContradictionType, main: Assembled, slot: str, better: Sequence[Amount], worse: Sequence[Amount], text: str, sure: float
) -> Finding:
    def told(amounts: Sequence[Amount]) -> str:
        return ", ".join(dict.fromkeys(readable_quantity(amount.quantity) for amount in amounts))

    def claims(amounts: Sequence[Amount]) -> tuple[str, ...]:
        return tuple(dict.fromkeys(claim for amount in amounts for claim in amount.claims))

    return Finding(
        type=kind,
        event=main.event.id,
        slot=slot,
        values=(told(better), told(worse)),
        claims=(claims(better), claims(worse)),
        explanation=text,
        confidence=sure,
    )
