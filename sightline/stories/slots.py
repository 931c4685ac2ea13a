"""The questions about an event and the rival answers that its claims give, each with who stands behind it and how well it is confirmed."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, datetime

import msgspec

from sightline.stories.clock import day_interval, local_day, width
from sightline.stories.corroboration import Setting, grade
from sightline.stories.geography import Relation, relate
from sightline.stories.identities import Identities
from sightline.stories.incidents import presupposes
from sightline.stories.means import means_of
from sightline.stories.origins import Sourced
from sightline.stories.parties import Parties
from sightline.stories.places_of import place_slot
from sightline.stories.readable import readable_interval, readable_quantity
from sightline.types import Interval, Place, Quantity, Slot, SlotValue, Status

STRENGTH = (
    Status.HAPPENED,
    Status.UNDER_WAY,
    Status.PLANNED,
    Status.EXPECTED,
    Status.POSSIBLE,
    Status.DENIED,
    Status.UNKNOWN,
)
"""From the strongest word on a happening to the weakest."""
_PEOPLE = {"agent": "who", "theme": "whom", "recipient": "whom", "counterpart": "with", "companion": "companion", "vehicle": "vehicle"}
_TOLLS = frozenset({"killed", "hurt"})
_LONG_AGO = datetime(1, 1, 2, tzinfo=UTC)
_FACT = frozenset({Status.HAPPENED, Status.UNDER_WAY})


class Answer(msgspec.Struct, kw_only=True):
    """One value while its support is gathered."""

    key: str
    value: str
    interval: Interval | None = None
    place: Place | None = None
    actor: str | None = None
    quantity: Quantity | None = None
    direct: list[Sourced] = []
    """Claims that say just this."""
    finer: list[Sourced] = []
    """Claims that say something more precise, which implies it."""

    @property
    def support(self) -> list[Sourced]:
        """All claims that speak for the value."""
        return [*self.direct, *self.finer]


def strongest(statuses: Iterable[Status]) -> Status:
    """The strongest of several words on a happening."""
    return min(statuses, key=STRENGTH.index, default=Status.UNKNOWN)


def slots_of(members: Sequence[Sourced], setting: Setting, who: Identities, parties: Parties) -> tuple[Slot, ...]:
    """All slots of an event, values best first."""
    tables: dict[str, list[Answer]] = {"happened": _statuses(members), "when": _whens(members)}
    tables.update(_wheres(members))
    tables.update(_people(members, who))
    tables.update(_quantities(members))
    means = _means(members)
    if means:
        tables["means"] = means
    slots = []
    for name, answers in tables.items():
        values = [_value(answer, setting, parties) for answer in answers if answer.support]
        if values:
            ordered = sorted(values, key=_best_first(name))
            if name in _TOLLS:
                # A toll is counted on as the hours pass: of values as well confirmed, the later one leads.
                latest = {
                    answer.key: max(one.evidence.known or _LONG_AGO for one in answer.support) for answer in answers if answer.support
                }
                ordered.sort(key=lambda value: (-value.grade, -latest[value.key].timestamp()))
            slots.append(Slot(name=name, values=tuple(ordered)))
    return tuple(slots)


def _value(answer: Answer, setting: Setting, parties: Parties) -> SlotValue:
    support = answer.support
    status = strongest(one.evidence.status for one in support)
    in_force = [one for one in support if one.evidence.status in _FACT] if status in _FACT else support
    told = [one for one in in_force if not presupposes(one.evidence.claim, one.evidence.surface, one.evidence.kind)]
    verdict = grade(told or in_force, setting, parties)
    return SlotValue(
        value=answer.value,
        key=answer.key,
        interval=answer.interval,
        place=answer.place,
        actor=answer.actor,
        quantity=answer.quantity,
        claims=tuple(dict.fromkeys(one.evidence.id for one in support)),
        origins=verdict.origins,
        parties=verdict.parties,
        grade=verdict.grade,
        reason=verdict.reason,
        status=status.value,
    )


def _best_first(slot: str) -> Callable[[SlotValue], tuple[object, ...]]:
    def key(value: SlotValue) -> tuple[object, ...]:
        status = STRENGTH.index(Status(value.status))
        standing = status if slot == "happened" else int(status > 1)
        fineness = width(value.interval).total_seconds() if value.interval is not None else 0.0
        support = (-len(value.parties), -len(value.origins), -len(value.claims))
        return (standing, -value.grade, _coarseness(value), *support, fineness, value.key)

    return key


def _coarseness(value: SlotValue) -> int:
    """0 for a day or a town, more for a stretch of days, a region, a country: of values as well confirmed, the one that says more leads."""
    if value.interval is not None:
        days = width(value.interval).days
        return 0 if days <= 1 else 1 if days <= 8 else 2
    if value.place is not None:
        return {"region": 1, "area": 1, "sea": 1, "country": 2, "continent": 3}.get(value.place.kind, 0)
    return 0


def _statuses(members: Sequence[Sourced]) -> list[Answer]:
    answers: dict[str, Answer] = {}
    for one in members:
        status = one.evidence.status
        label = Status.HAPPENED.value if status is Status.UNDER_WAY else status.value
        answers.setdefault(label, Answer(key=label, value=label, direct=[], finer=[])).direct.append(one)
    return list(answers.values())


def _whens(members: Sequence[Sourced]) -> list[Answer]:
    answers: dict[str, Answer] = {}
    days: dict[str, list[Sourced]] = {}
    for one in members:
        interval = one.evidence.interval
        if interval is None:
            continue
        key = interval_key(interval)
        answers.setdefault(key, Answer(key=key, value=readable_interval(interval), interval=interval, direct=[], finer=[])).direct.append(
            one
        )
        day = local_day(interval)
        if day is not None and day != key:
            days.setdefault(day, []).append(one)
    for day, finer in days.items():
        # Two partly different hours of one day agree on the day, even where no page says just the day.
        if day in answers or len({interval_key(one.evidence.interval) for one in finer if one.evidence.interval is not None}) > 1:
            like = finer[0].evidence.interval
            if like is None:
                continue
            whole = day_interval(day, like)
            answer = answers.setdefault(day, Answer(key=day, value=readable_interval(whole), interval=whole, direct=[], finer=[]))
            answer.finer.extend(finer)
    _add_contained(list(answers.values()))
    return list(answers.values())


def _add_contained(answers: list[Answer]) -> None:
    """A finer time supports each coarser one that holds it, the coarse ones up to some days wide."""
    ordered = sorted(answers, key=lambda answer: (width(answer.interval) if answer.interval else None, answer.key))
    for place, coarse in enumerate(ordered):
        held = {id(one) for one in coarse.finer}
        for fine in ordered[:place]:
            if coarse.interval is not None and fine.interval is not None and coarse.interval.contains(fine.interval):
                coarse.finer.extend(one for one in fine.direct if id(one) not in held)


def interval_key(interval: Interval) -> str:
    """Normal form of an interval: its EDTF text, or its instants where it has none."""
    if interval.edtf not in ("", ".."):
        return interval.edtf.rstrip("?~%")
    return f"{interval.earliest or ''}/{interval.latest or ''}"


def quantity_key(quantity: Quantity) -> str:
    """Normal form of an amount: how it compares, its range and its unit."""
    return f"{quantity.comparator}{quantity.low:g}..{quantity.high:g} {quantity.unit}"


def _wheres(members: Sequence[Sourced]) -> dict[str, list[Answer]]:
    tables: dict[str, dict[str, Answer]] = {}
    right_there: set[tuple[str, str]] = set()
    for one in members:
        for role, place in one.evidence.places:
            slot = place_slot(role, one.evidence.kind)
            tables.setdefault(slot, {}).setdefault(
                place.id, Answer(key=place.id, value=place.name, place=place, direct=[], finer=[])
            ).direct.append(one)
            if role != "near":
                right_there.add((slot, place.id))
    for slot, table in tables.items():
        # What only happened near a place did not happen there.
        table.update(
            (key, msgspec.structs.replace(answer, value=f"near {answer.value}"))
            for key, answer in table.items()
            if (slot, key) not in right_there
        )
        answers = list(table.values())
        for wide in answers:
            for narrow in answers:
                if wide.place is not None and narrow.place is not None and relate(narrow.place, wide.place) is Relation.WITHIN:
                    wide.finer.extend(one for one in narrow.direct if one not in wide.direct and one not in wide.finer)
    return {name: list(table.values()) for name, table in tables.items()}


def _people(members: Sequence[Sourced], who: Identities) -> dict[str, list[Answer]]:
    tables: dict[str, dict[str, Answer]] = {}
    for one in members:
        for role, actor in one.evidence.actors:
            slot = _PEOPLE.get(role)
            if slot is None:
                continue
            key = who.of(actor)
            answer = tables.setdefault(slot, {}).setdefault(key, Answer(key=key, value=who.name(actor), actor=key, direct=[], finer=[]))
            answer.direct.append(one)
    return {name: list(table.values()) for name, table in tables.items()}


def _quantities(members: Sequence[Sourced]) -> dict[str, list[Answer]]:
    tables: dict[str, dict[str, Answer]] = {}
    for one in members:
        for quantity in one.evidence.claim.quantities:
            slot = quantity_slot(quantity)
            if slot.startswith("number of ") and one.evidence.kind.toll:
                # Rival tolls are told of people, workers, passengers: one question.
                slot = "hurt" if one.evidence.kind.name == "injury" else "killed"
            key = quantity_key(quantity)
            table = tables.setdefault(slot, {})
            table.setdefault(key, Answer(key=key, value=readable_quantity(quantity), quantity=quantity, direct=[], finer=[])).direct.append(
                one
            )
    return {name: list(table.values()) for name, table in tables.items()}


def _means(members: Sequence[Sourced]) -> list[Answer]:
    """By what means a way is told to be gone."""
    answers: dict[str, Answer] = {}
    for one in members:
        for means in means_of(one.evidence.claim):
            answers.setdefault(means, Answer(key=means, value=means, direct=[], finer=[])).direct.append(one)
    return list(answers.values())


def quantity_slot(quantity: Quantity) -> str:
    """The slot of a quantity: its dimension, and what is counted."""
    if quantity.dimension == "count" and quantity.of:
        return f"number of {quantity.of}"
    return quantity.dimension
