"""The one function of this room: a text's time expressions as TimeMentions."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING

from sightline.extract.columns import columns
from sightline.extract.times import calendar
from sightline.extract.times.attach import Attachment, attach
from sightline.extract.times.calendar import Stretch
from sightline.extract.times.dateline import ahead_of_the_outlet
from sightline.extract.times.draft import Context, Draft, coordinated
from sightline.extract.times.edtf import Bound
from sightline.extract.times.intervals import interval, zone_of
from sightline.extract.times.resolve import drafts
from sightline.extract.times.scan import Match
from sightline.extract.times.tense import direction
from sightline.types import Interval, Publication, Span, TimeMention

if TYPE_CHECKING:
    from spacy.tokens import Doc

_DAY = re.compile(r"(\d{4})-(\d\d)-(\d\d)(?:T(\d\d):(\d\d)(?::(\d\d)(?:\.\d+)?)?(Z|[+-]\d\d:?\d\d)?)?")
_MONTH = re.compile(r"(\d{4})(?:-(0[1-9]|1[0-2]))?$")


def find_times(
    doc: Doc,
    published: Publication | None,
    *,
    order: str = "mdy",
    zone: str | None = None,
    zone_origin: str = "dateline",
) -> list[TimeMention]:
    """Every time expression of a text in its order, with value, interval, governor and relation.

    Args:
        doc: The text; tags and a parse are used where present (without them, directions are guessed from the words around an
            expression, and nothing is attached).
        published: When the text was published; without it, expressions that are counted from that day keep ``X`` in their values
            and have no interval.
        order: "mdy" or "dmy", for dates such as 9/11/2023 that could be either: the habit of the outlet's country.
        zone: IANA name or offset of the place that the text speaks from; days and "local time" are taken to be that zone's. UTC is
            assumed without it.
        zone_origin: Where ``zone`` came from, for the intervals' ``zone_origin``.

    Intervals take in the relation: "since 2019" runs from 2019 to the day of publication, "until Friday" ends with Friday, "before"
    and "after" are open. The value stays the expression's own.
    """
    context = context_of(published, order=order, zone=zone)
    context.direction = _remembered(doc)
    found = drafts(columns(doc).text, context)
    attached = attach(doc, [(draft.match.start, draft.match.end, draft.type) for draft in found])
    if found and published is not None and published.method == "leading-line" and found[0].value[:10] == published.value[:10]:
        attached[0] = Attachment(None, attached[0].relation)
    _joint(found, attached)
    ahead_of_the_outlet(found, attached, context, zone)
    _ranges(found, attached)
    return [_mention(draft, at, zone, zone_origin) for draft, at in zip(found, attached, strict=True)]


def _joint(found: list[Draft], attached: list[Attachment]) -> None:
    """The second of "on Tuesday or Wednesday" dates what the first dates."""
    for index in range(1, len(found)):
        if coordinated(found[index - 1].match, found[index].match) and found[index].type == found[index - 1].type:
            attached[index] = attached[index - 1]


def _ranges(found: list[Draft], attached: list[Attachment]) -> None:
    """Ties the two ends of "from Sunday to Tuesday" together: one governor, since the first and until the second."""
    for index in range(len(found) - 1):
        one, other = found[index], found[index + 1]
        if not is_range(one, other):
            continue
        one.range_end, other.range_end = other, one
        governor = attached[index].governor or attached[index + 1].governor
        attached[index] = Attachment(governor, "since")
        attached[index + 1] = Attachment(governor, "until")


def is_range(one: Draft, other: Draft) -> bool:
    """Whether two neighbours are the ends of one stretch, the earlier first."""
    words = one.match.words
    between = words.text[one.match.end : other.match.start].strip().lower()
    before = one.match.word(one.match.first - 1)
    if one.type not in ("DATE", "TIME") or other.type != one.type or one.stretch is None or other.stretch is None:
        return False
    if not (between in ("-", "–", "—") or (between == "and" and before == "between") or between in ("to", "through", "until", "till")):
        return False
    return one.placed and other.placed and one.stretch.first() <= other.stretch.first()


def _remembered(doc: Doc) -> Callable[[Match], float]:
    """The direction of a candidate, worked out once and only if asked for."""
    seen: dict[tuple[int, int], float] = {}
    tagged = doc.has_annotation("TAG")

    def ask(match: Match) -> float:
        key = (match.start, match.end)
        if key not in seen:
            seen[key] = direction(doc, *key, tagged=tagged)
        return seen[key]

    return ask


def context_of(published: Publication | None, *, order: str = "mdy", zone: str | None = None) -> Context:
    """What the day of publication gives to start from; in ``zone``, where the publication has a clock time with an offset."""
    if published is None:
        return Context(None, order=order)
    value = published.value.rstrip("~?%")
    whole = _DAY.match(value)
    if whole is None:
        part = _MONTH.match(value)
        if part is None:
            return Context(None, order=order)
        month = calendar.part("month", int(part[1]), int(part[2])) if part[2] else calendar.year(int(part[1]))
        return Context(None, month=month, order=order)
    day = calendar.day(int(whole[1]), int(whole[2]), int(whole[3]))
    if day is None or whole[4] is None:
        return Context(day, order=order)
    try:
        clock = datetime.fromisoformat(value.replace("Z", "+00:00"))
        if clock.tzinfo is not None and zone is not None:
            clock = clock.astimezone(zone_of(zone))
    except (ValueError, OverflowError):
        return Context(day, order=order)
    clock = clock.replace(tzinfo=None)
    return Context(Stretch("day", clock.toordinal()), clock, order=order)


def _mention(draft: Draft, attached: Attachment, zone: str | None, zone_origin: str) -> TimeMention:
    match, governor = draft.match, attached.governor
    return TimeMention(
        span=Span(match.start, match.end),
        text=match.text,
        type=draft.type,
        value=draft.value,
        interval=_interval(draft, attached.relation, zone, zone_origin) if draft.placed else None,
        seconds=draft.seconds,
        mod=draft.mod,
        quant=draft.quant,
        freq=draft.freq,
        anchor=draft.anchor,
        governor=Span(governor.idx, governor.idx + len(governor)) if governor is not None else None,
        relation=attached.relation,
        confidence=draft.confidence,
    )


def _interval(draft: Draft, relation: str, zone: str | None, zone_origin: str) -> Interval:
    start, end = draft.start, draft.end
    partner = draft.range_end
    if partner is not None:
        first, second = (draft, partner) if relation == "since" else (partner, draft)
        start, end = first.start, second.end
    elif draft.type != "DURATION":
        start, end = related(start, end, relation)
    named = draft.zone or (zone if not draft.local or zone is not None else None)
    origin = "text" if draft.zone else zone_origin if named is not None else None
    return interval(start, end, zone=named, origin=origin, approximate=draft.approximate, vague=draft.vague)


def related(start: Bound, end: Bound, relation: str) -> tuple[Bound, Bound]:
    """The bounds of what happens since, until, by, before or after a stretch."""
    if relation == "since":
        return start, None
    if relation in ("until", "by"):
        return None, end
    if relation == "before":
        return None, _beside(start, -1)
    if relation == "after":
        return _beside(end, 1), None
    return start, end


def _beside(bound: Bound, step: int) -> Bound:
    """The day (or second) just before or after a bound."""
    if isinstance(bound, datetime):
        return calendar.on(bound, step)
    if bound is None:
        return None
    return Stretch("day", bound.first() if step < 0 else bound.last()).shifted(step)
