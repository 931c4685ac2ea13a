"""Readers of what is counted back or on: two years ago, six weeks earlier, a day later, three hours from now."""

from __future__ import annotations

import re

from sightline.extract.times import calendar
from sightline.extract.times.calendar import Stretch
from sightline.extract.times.draft import COMPARED, MASK, Context, Draft, dated, vague
from sightline.extract.times.numbers import amount
from sightline.extract.times.read_counted import descending, duration
from sightline.extract.times.read_relative import unit_of
from sightline.extract.times.scan import Match, opens

_MONEY = re.compile(r"[$£€¥%]|\b(?:cents|million|billion|percent|profit|loss|earnings|revenue|sales|income|net)\b", re.IGNORECASE)


def ago(match: Match, context: Context) -> Draft | None:
    """two years ago, six weeks earlier, a day later, three days from now."""
    units = match.all("UNIT", "QUARTER", "WEEKEND", "CLOCKUNIT", "DAYPART", "NIGHTS")
    if not units:
        return None
    if match.kind(match.first) in ("ORDWORD", "SECOND", "ORDNUM"):
        return None
    match, units = _one_length(match, units)
    many = amount(match, match.first, units[0])
    half = 0.5 if match.has("HALF") and match.all("HALF")[-1] > units[0] else 0.0
    unit = _unit_counted(match, units[0])
    ago_, ahead = match.has("AGO"), match.has("HENCE", "FROM")
    later = match.has("LATER", "AFTER") or match.rule == "years_on"
    if _only_length(match, unit):
        return duration(match.cut(match.first, match.last - 1), context)
    if unit is None:
        return None
    sign = 1 if later or ahead else -1
    if not many.counted and (ago_ or ahead):
        return _uncounted(match, context, unit, many.low, many.high, sign)
    if unit in ("hour", "minute", "second"):
        return _hours(match, context, unit, (many.low + half) * sign, ago_ or ahead)
    whole, count = _whole(unit, many.low + half)
    if len(units) == 2 and unit == "year" and match.words.values[units[1]] == "month" and many.counted:
        whole, count = "month", 12 * int(many.low) + int(amount(match, units[0] + 1, units[1]).low)
    if (
        whole == unit == "year"
        and (count, half) == (1, 0.0)
        and not context.narrative
        and not later
        and not ahead
        and not match.has("APPROX", "MORELESS")
    ):
        period = accounts(match, context)
        if period is not None:
            return whole_of(dated(match, period, context, unit=period.unit, anchor="text"))
    if ago_ or ahead:
        base, anchor = context.here(whole), "published"
    else:
        told = context.antecedent(match)
        if told is not None and _coarser(told, whole) and told.unit == "year":
            told = context.antecedent(match, "day", reach=500) or told
        if (
            unit == "year"
            and count == 1
            and match.has("EARLIER")
            and told is not None
            and context.drafts[-1].match.rule in ("ago", "year_ago")
        ):
            return whole_of(dated(match, told, context, unit=told.unit, anchor="text"))
        compared = told is not None and told.unit in ("quarter", "month", "half", "year") and count == 1 and not context.narrative
        if told is not None and compared and unit == "year" and not half and not later:
            shifted = years_before(told, count)
            return whole_of(dated(match, shifted, context, unit=told.unit, anchor="text"))
        if not many.counted:
            return duration(match, context)
        base, anchor = calendar.containing(whole, told), "text"
        if told is None and not later:
            base, anchor = context.here(whole), "published"
        elif told is None or _coarser(told, whole):
            return _somewhere(match, told, whole, context)
    found = base.shifted(count * sign) if base else None
    if match.rule == "years_on" and found is not None and context.ref is not None and found.first() > context.ref.number:
        found, anchor = context.here(whole), "published"
    if base is not None and found is None:
        return Draft(match, "DATE", "PAST_REF" if sign < 0 else "FUTURE_REF", anchor=anchor, vague=True)
    draft = whole_of(dated(match, found, context, unit=whole, anchor=anchor))
    draft.mod = match.value("APPROX", "MORELESS", "LEASTMOST") if match.has("APPROX", "MORELESS", "LEASTMOST") else None  # type: ignore[assignment]
    draft.mod = draft.mod or None
    draft.approximate = bool(draft.mod) or (many.high != many.low)
    return draft


def _somewhere(match: Match, told: Stretch | None, unit: str, context: Context) -> Draft | None:
    """A day, week or month that is counted from nothing as fine as itself ("In 1941 ... Two days later"): its value keeps the X."""
    if match.rule == "years_on":
        return dated(match, context.here(unit), context, unit=unit) if context.here(unit) else duration(match, context)
    mask = MASK.get(unit)
    if mask is None:
        return duration(match, context)
    known = told.value() if told is not None and told.unit in ("year", "month") else ""
    value = known + mask[len(known) :] if not (unit == "week" and len(known) > 4) else f"{known[:4]}-WXX"
    return Draft(match, "DATE", value, anchor="text", confidence=0.5)


def _one_length(match: Match, units: list[int]) -> tuple[Match, list[int]]:
    """Without a length before it that is another ("10.8 seconds two years ago")."""
    if len(units) < 2 or descending(match, units):
        return match, units
    begin = units[-2] + 1
    while match.kind(begin) in ("AND", "COMMA"):
        begin += 1
    return match.cut(begin, match.last), units[-1:]


def _unit_counted(match: Match, at: int) -> str | None:
    kind = match.kind(at)
    if kind in ("DAYPART", "NIGHTS"):
        return "day"
    return str(match.words.values[at]) if kind == "CLOCKUNIT" else unit_of(match.cut(match.first, at + 1))


def _only_length(match: Match, unit: str | None) -> bool:
    """Whether the last word is another phrase's: "two days before the vote", "14 days on, 14 days off"."""
    end = match.end
    if match.word(match.last - 1) in ("before", "after") and re.match(r"\s+[^\W_]", match.words.text[end : end + 2]):
        return True
    return match.rule == "years_on" and unit not in ("month", "year", "decade") and not opens(match)


def whole_of(draft: Draft) -> Draft:
    """Without the part that "earlier" and "later" name elsewhere ("later this year")."""
    draft.mod, draft.vague = None, False
    draft.start = draft.end = draft.stretch
    return draft


def _coarser(told: Stretch, unit: str) -> bool:
    return calendar.UNITS.index(told.unit) > calendar.UNITS.index(unit) and told.unit != "weekend"


def _whole(unit: str, count: float) -> tuple[str, int]:
    """A unit and a whole number of it for a count that may have a half."""
    if unit == "fortnight":
        return "week", round(count * 2)
    if count == int(count):
        return unit, int(count)
    finer = {"year": ("month", 12), "month": ("week", 4), "week": ("day", 7), "decade": ("year", 10), "century": ("year", 100),
             "quarter": ("month", 3), "half": ("month", 6)}.get(unit)  # fmt: skip
    return (finer[0], round(count * finer[1])) if finer else (unit, int(count))


def years_before(stretch: Stretch, count: int) -> Stretch | None:
    """The same stretch so many years earlier."""
    per = {"month": 12, "quarter": 4, "half": 2, "season": 4, "year": 1}.get(stretch.unit)
    if per is not None:
        return stretch.shifted(-per * count)
    value = stretch.value()
    month, number = int(value[5:7]), int(value[8:10])
    return calendar.day(stretch.year - count, month, number) or calendar.day(stretch.year - count, month, 28)


def accounts(match: Match, context: Context) -> Stretch | None:
    """For "a year ago" or "a year earlier" beside a quarter or half of the accounts: the same one a year before.

    Business news compares a period with the one a year before; the period is the last one named, further off where money was just spoken of.
    """
    text = match.words.text
    reach = 6000 if _MONEY.search(text[max(0, match.start - 90) : match.start]) else 300
    for index in range(len(context.drafts) - 1, -1, -1):
        draft = context.drafts[index]
        if match.start - draft.match.end > reach:
            return None
        stretch = draft.stretch
        if stretch is not None and stretch.unit in ("quarter", "half"):
            return stretch if draft.match.rule in COMPARED else years_before(stretch, 1)
        if stretch is not None and stretch.unit == "day" and draft.match.word(draft.match.first - 1) == "ended" and match.has("EARLIER"):
            period = context.drafts[index - 1] if index else draft
            if period.stretch is None or period.stretch.unit != "quarter" or draft.match.start - period.match.end > 20:
                return years_before(stretch, 1)
        if draft.type == "DURATION" and draft.value in ("P9M", "P6M") and draft.match.has("THE"):
            here = context.here("year")
            return here.shifted(-1) if here else None
    return None


def _uncounted(match: Match, context: Context, unit: str, low: float, high: float, sign: int) -> Draft:
    """several years ago: TIMEX3's PAST_REF, and an interval by the vague table."""
    draft = Draft(match, "DATE", "PAST_REF" if sign < 0 else "FUTURE_REF", anchor="published", vague=True)
    if unit in ("hour", "minute", "second"):
        day = context.ref
        draft.start = draft.end = day
        draft.placed = day is not None
        return draft
    whole, near = _whole(unit, low)
    _, far = _whole(unit, high)
    here = context.here(whole)
    if here is None:
        return draft
    one, other = here.shifted(sign * near), here.shifted(sign * far)
    if one and other:
        draft.start, draft.end = (other, one) if sign < 0 else (one, other)
        draft.placed = True
    return draft


def _hours(match: Match, context: Context, unit: str, count: float, published: bool) -> Draft | None:
    """two hours ago, an hour later: a time of day, where the time counted from is known."""
    size = {"hour": 3600, "minute": 60, "second": 1}[unit]
    if published and context.clock is not None:
        moment = calendar.on(context.clock, count * size)
        draft = Draft(match, "TIME", moment.isoformat(timespec="minutes"), anchor="published")
        draft.start, draft.end, draft.placed, draft.approximate = moment, calendar.on(moment, 59), True, True
        return draft
    told = None if published else _last_clock(match, context)
    if told is not None and told.clock is not None and told.stretch is not None:
        hour, minute, second = told.clock
        moment = calendar.on(calendar.begin(told.stretch), 3600 * hour + 60 * minute + max(0, second) + count * size)
        draft = Draft(match, "TIME", moment.date().isoformat(), anchor="text", approximate=True, zone=told.zone, local=told.local)
        draft.stretch = Stretch("day", moment.toordinal())
        draft.clock = (moment.hour, moment.minute, moment.second if second >= 0 or unit == "second" else -1)
        return draft
    draft_ = duration(match, context)
    if draft_ is not None and published and context.ref is not None:
        draft_.type, draft_.value = "TIME", f"{context.ref.value()}TXX"
        draft_.start = draft_.end = context.ref
        draft_.placed, draft_.stretch = True, context.ref
    return draft_


def ago_this(match: Match, context: Context) -> Draft | None:
    """two years ago this month, ten years ago today, three weeks ago Friday."""
    at, ref = match.all("UNIT", "CLOCKUNIT", "QUARTER", "WEEKEND", "DAYPART", "NIGHTS"), context.ref
    many, unit = amount(match, match.first, at[0]), str(match.words.values[at[0]])
    count = int(many.low)
    plain = match.cut(match.first, match.all("AGO")[0] + 1)
    if ref is None or not many.counted or match.kind(at[0]) != "UNIT":
        return ago(plain, context)
    weekday = match.number("WDAY")
    found: Stretch | None = None
    if unit == "year" and weekday is None:
        base = context.here(str(match.words.values[at[-1]])) if match.has("THIS") else ref.shifted(match.number("TODAY") or 0)
        found = years_before(base, count) if base is not None and base.unit in ("day", "month") else None
    elif unit == "year" and weekday is not None:
        ahead = context.side(match) > 0
        base = ref.shifted((weekday - calendar.weekday(ref)) % 7 if ahead else -((calendar.weekday(ref) - weekday) % 7))
        found = years_before(base, count) if base else None
    elif unit == "week" and weekday is not None:
        whole = calendar.containing("week", ref)
        found = Stretch("day", whole.first()).shifted(weekday - 1 - 7 * count) if whole else None
    elif unit == "week" and match.has("TODAY"):
        found = ref.shifted((match.number("TODAY") or 0) - 7 * count)
    return dated(match, found, context, unit=found.unit) if found is not None else ago(plain, context)


def _last_clock(match: Match, context: Context) -> Draft | None:
    """The clock time told just before, for "two hours later"."""
    before = context.drafts[-1] if context.drafts else None
    near = before is not None and match.start - before.match.end <= 600
    return before if near and before is not None and before.clock is not None else None


def units_ago(match: Match, context: Context) -> Draft | None:
    """years ago, days ago."""
    if not match.word(match.first).endswith("s"):
        return None
    low, high = vague()["count"]["bare"]
    return _uncounted(match, context, str(match.words.values[match.first]), low, high, -1)


def other_day(match: Match, context: Context) -> Draft | None:
    """the other day: some days back."""
    low, high = vague()["count"]["bare"]
    return _uncounted(match, context, "day", low, high, -1) if match.word(match.last - 1) == "day" else None


READERS = {"ago": ago, "ago_this": ago_this, "years_on": ago, "units_ago": units_ago, "other_day": other_day}
