"""From candidates to drafts with values and intervals, in the order of the text, each knowing those before it."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime

from sightline.extract.times import (
    calendar,
    read_ago,
    read_clock,
    read_counted,
    read_dates,
    read_days,
    read_named,
    read_quarters,
    read_relative,
    read_sets,
    read_spans,
    read_units,
    read_years,
)
from sightline.extract.times.calendar import Stretch
from sightline.extract.times.draft import Context, Draft, vague
from sightline.extract.times.paired import pair
from sightline.extract.times.read_ago import years_before
from sightline.extract.times.scan import Match, Words, candidates, marked
from sightline.extract.times.story import is_narrative

READERS: dict[str, Callable[[Match, Context], Draft | None]] = {
    **read_dates.READERS,
    **read_days.READERS,
    **read_named.READERS,
    **read_years.READERS,
    **read_relative.READERS,
    **read_units.READERS,
    **read_ago.READERS,
    **read_quarters.READERS,
    **read_counted.READERS,
    **read_spans.READERS,
    **read_sets.READERS,
    **read_clock.READERS,
}
_YEARLY = ("month", "month_day", "day_month", "month_unsure")
_DAYED = (
    "THIS",
    "LAST",
    "NEXT",
    "PREVIOUS",
    "FOLLOWING",
    "SAME",
    "THAT",
    "TODAY",
    "TONIGHT",
    "WDAY",
    "MONTH",
    "MONTHABBR",
    "MAYMARCH",
    "ISO",
)
_MONTHS = ("MONTH", "MONTHABBR", "MAYMARCH")
_BETWEEN = re.compile(r"\s*(?:,|on|of|at|in|,\s*on|,?\s*at(?:\s+about|\s+around)?|\()?\s*$", re.IGNORECASE)


def drafts(text: str, context: Context) -> list[Draft]:
    """Every time expression of a text, resolved, left to right."""
    return read(marked(text), context)


def read(words: Words, context: Context) -> list[Draft]:
    """The same for marked words."""
    found = list(candidates(words))
    context.narrative = is_narrative(found, context.base)
    for index, match in enumerate(found):
        context.following = found[index + 1] if index + 1 < len(found) else None
        if _overlooked(match):
            continue
        draft = READERS[match.rule](match, context)
        if draft is None:
            continue
        before = context.drafts[-1] if context.drafts else None
        if before is not None and _joined(before, draft):
            context.drafts[-1] = _with_time(_merged(before, draft))
        else:
            context.drafts.append(_with_time(draft))
        _told_by_next(context.drafts)
        _lend_day(context.drafts)
        _put_in_order(context.drafts)
    return context.drafts


def _overlooked(match: Match) -> bool:
    """Whether a name that only looks like a time stands there ("USA Today", "Sunday Times")."""
    text = match.words.text
    if re.match(r"\s+(?:Times|Telegraph|Mirror|Mail|Express|Post|Herald|Tribune|Guardian|Business)\b", text[match.end : match.end + 12]):
        return True
    if match.has("SEASON", "SPRINGFALL") and re.match(r"\s+(?:Olympics?|Paralympics?|Games)\b", text[match.end : match.end + 13]):
        return True
    return bool(
        re.search(
            r"\b(?:USA|Russia|India|Pakistan|Psychology|Dhaka|Al|Man|Bloody|Black|Cyber|Super|This Is|News|Father|Daily|Meet the Press)\s+$",
            text[max(0, match.start - 12) : match.start],
        )
    )


def _put_in_order(drafts_: list[Draft]) -> None:
    """Moves the first of "between Jan. 1 and Oct. 31", "from November to March" before the second, where no year is written."""
    if len(drafts_) < 2:
        return
    one, other = drafts_[-2], drafts_[-1]
    if (
        one.stretch is None
        or other.stretch is None
        or one.stretch.unit != other.stretch.unit
        or one.stretch.first() <= other.stretch.first()
    ):
        return
    if not all(draft.match.rule in _YEARLY and draft.type == "DATE" and not draft.match.has("YEAR") for draft in (one, other)):
        return
    before = one.match.word(one.match.first - 1)
    between = one.match.words.text[one.match.end : other.match.start].strip().lower()
    if (before, between) not in (("between", "and"), ("from", "to"), ("from", "through"), ("from", "until")):
        return
    earlier = years_before(one.stretch, one.stretch.year - other.stretch.year) or one.stretch
    while earlier.first() > other.stretch.first():
        earlier = years_before(earlier, 1) or other.stretch
    one.stretch = one.start = one.end = earlier
    one.value = earlier.value()


def _told_by_next(drafts_: list[Draft]) -> None:
    """Gives "two days later, on 5 May" the day that follows it, where nothing before told from when to count."""
    if len(drafts_) < 2:
        return
    one, other = drafts_[-2], drafts_[-1]
    if one.type != "DATE" or one.stretch is not None or not one.value.endswith("-XX") or other.type != "DATE" or other.stretch is None:
        return
    if one.match.rule not in ("ago", "this_unit", "day_before") or other.stretch.unit != "day" or other.match.rule not in _YEARLY:
        return
    if one.match.words.text[one.match.end : other.match.start].strip() in (",", ", on", "(", "on", "–", "—"):
        one.stretch = one.start = one.end = other.stretch
        one.value, one.placed = other.stretch.value(), True


def _lend_day(drafts_: list[Draft]) -> None:
    """Gives the first clock time of "between 5 and 7 p.m. on Monday" the day of the second."""
    if len(drafts_) < 2:
        return
    one, other = drafts_[-2], drafts_[-1]
    _pair_clocks(one, other)
    if len(drafts_) > 2 and _names_day(other) and other.stretch is not None:
        _lend_through(drafts_[-3], one, other)
    if (
        one.clock is None
        or other.clock is None
        or not _loose(one)
        or _loose(other)
        or other.stretch is None
        or one.stretch == other.stretch
    ):
        return
    if one.match.words.text[one.match.end : other.match.start].strip().lower() in ("and", "to", "-", "–", "until", "till", "or"):
        one.stretch, one.value, one.anchor = other.stretch, other.value[:10], other.anchor
        _with_time(one)


def _lend_through(one: Draft, bracketed: Draft, day: Draft) -> None:
    """Gives both clock times of "10:47 p.m. local time (1447 GMT) on Wednesday" that day."""
    text = day.match.words.text
    if one.clock is None or bracketed.clock is None or not (_loose(one) and _loose(bracketed)):
        return
    if text[one.match.end : bracketed.match.start].strip() != "(" or text[bracketed.match.end : day.match.start].strip() not in (
        ")",
        ") on",
    ):
        return
    zoned = bracketed if one.zone == "UTC" else one
    for draft in (one, bracketed):
        draft.stretch, draft.value, draft.anchor = day.stretch, day.value[:10], day.anchor
    if not zoned.match.has("ZONE", "ZONEPLACE"):
        zoned.zone = None
    _pair_clocks(one, bracketed)
    _with_time(one)
    _with_time(bracketed)


def _pair_clocks(one: Draft, other: Draft) -> None:
    """Of a clock time and another in brackets behind it, the one in UTC tells the zone of the other."""
    text = one.match.words.text
    if text[one.match.end : other.match.start].strip() != "(" or text[other.match.end : other.match.end + 1] != ")":
        return
    if pair(one, other) or (other.local and pair(other, one)):
        _with_time(one)
        _with_time(other)


def _joined(one: Draft, other: Draft) -> bool:
    """Whether two neighbours are one time: a day, and a clock time or part of the day of it."""
    gap = other.match.start - one.match.end
    if not 0 <= gap <= 14 or not _BETWEEN.match(one.match.words.text[one.match.end : other.match.start]):
        return False
    if _timed(one) and _timed(other):
        return _refines(one, other)
    if _timed(one):
        dated = not one.match.has(*_MONTHS, "TODAY") and other.match.has(*_MONTHS)
        return _names_day(other) and (_loose(one) or dated)
    return _timed(other) and _names_day(one) and _loose(other)


def _timed(draft: Draft) -> bool:
    return draft.clock is not None or draft.part is not None


def _refines(one: Draft, other: Draft) -> bool:
    """A clock time beside a part of the day ("Monday evening at 8", "8 p.m. Monday night")."""
    return (one.clock is None) != (other.clock is None) and (_loose(other) or _loose(one))


def _loose(draft: Draft) -> bool:
    """A clock time or part of the day that names no day of its own."""
    return not draft.match.has(*_DAYED)


def _names_day(draft: Draft) -> bool:
    return draft.type == "DATE" and draft.match.rule in (
        "today", "weekday", "month_day", "day_month", "named_day", "numeric", "year_month_day", "day_before", "this_unit", "day_ordinal",
        "day_of_unit", "two_days_month", "weekday_counted", "weekday_by_day", "weekday_ordinal", "old_date",
        "iso", "first_of_range", "second_of_range",
    ) and (draft.stretch is None or draft.stretch.unit == "day")  # fmt: skip


def _merged(one: Draft, other: Draft) -> Draft:
    """One draft over both: the day of the one, the time of the other."""
    dayed, timed = (other, one) if (_loose(one) and not _loose(other)) or (_timed(one) and not _timed(other)) else (one, other)
    if _timed(one) and _timed(other):
        dayed = one if not _loose(one) or _loose(other) else other
        timed = one if one.clock is not None else other
    clock, part = timed.clock, timed.part
    if clock is not None and timed.match.value("AM") is None and read_clock.past_noon(clock[0], dayed.part):
        clock = (clock[0] + 12, clock[1], clock[2])
    match = one.match.cut(one.match.first, other.match.last)
    merged = Draft(
        match, "TIME", dayed.value[:10], dayed.stretch, dayed.stretch, dayed.stretch is not None, dayed.stretch,
        timed.mod or dayed.mod, anchor=dayed.anchor, clock=clock, part=None if clock else part,
        zone=timed.zone or dayed.zone, local=timed.local or dayed.local, approximate=timed.approximate,
    )  # fmt: skip
    if dayed.stretch is None and not dayed.value.startswith("XXXX"):
        merged.value = "XXXX-XX-XX"
    elif dayed.stretch is None:
        merged.value = dayed.value
    return merged


def _with_time(draft: Draft) -> Draft:
    """Value and bounds of a draft that has a clock time or a part of the day."""
    base = draft.value.split("T")[0] if draft.type == "TIME" else draft.value
    stretch = draft.stretch
    if draft.clock is not None:
        hour, minute, second = draft.clock
        draft.type = "TIME"
        draft.value = f"{base}T{hour:02d}:{minute:02d}" + (f":{second:02d}" if second >= 0 else "")
        if stretch is not None and stretch.unit == "day":
            begin = calendar.on(calendar.begin(stretch), 3600 * min(hour, 23) + 60 * minute + max(0, second))
            if hour == 24:
                tomorrow = stretch.shifted(1)
                begin = calendar.begin(tomorrow) if tomorrow else calendar.finish(stretch)
            draft.start, draft.end, draft.placed = begin, calendar.on(begin, 0 if second >= 0 else 59), True
    elif draft.part is not None:
        draft.type = "TIME"
        draft.value = base + draft.part
        if stretch is not None and stretch.unit == "day":
            draft.start, draft.end = part_of_day(stretch, draft.part, draft.mod)
            draft.placed, draft.vague = True, True
    return draft


def part_of_day(day: Stretch, part: str, mod: str | None) -> tuple[datetime, datetime]:
    """First and last second of a part of the day; a night goes on into the next day."""
    first, hours = vague()["dayparts"][part]
    low, high = {"START": (0.0, 0.5), "MID": (0.25, 0.75), "END": (0.5, 1.0)}.get(mod or "", (0.0, 1.0))
    if part == "TMO" and mod == "START":
        first, hours, low, high = 0, 9, 0.0, 1.0
    begin = calendar.on(calendar.begin(day), 3600 * (first + hours * low))
    return begin, calendar.on(begin, 3600 * hours * (high - low) - 1)
