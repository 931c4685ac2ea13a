"""Readers of expressions counted from the report's date or from a date told before: today, Friday, last week, two years ago."""

from __future__ import annotations

from sightline.extract.times import calendar
from sightline.extract.times.calendar import Stretch
from sightline.extract.times.draft import Context, Draft, coordinated, dated, manner
from sightline.extract.times.numbers import amount
from sightline.extract.times.read_counted import duration
from sightline.extract.times.read_spans import recent_units
from sightline.extract.times.scan import Match
from sightline.extract.times.story import reached

_UNIT = {"QUARTER": "quarter", "WEEKEND": "weekend", "HALF": "half", "PERIOD": "quarter"}


def unit_of(match: Match) -> str | None:
    """The unit of the calendar that the expression speaks of; ``None`` for hours and minutes."""
    for index in range(match.last - 1, match.first - 1, -1):
        kind = match.kind(index)
        if kind == "UNIT":
            return str(match.words.values[index])
        if kind in _UNIT:
            return _UNIT[kind]
    return None


def today(match: Match, context: Context) -> Draft | None:
    """today, early tomorrow, tonight."""
    part = match.value("TONIGHT")
    shift = match.number("TODAY") or 0
    found = context.ref.shifted(shift) if context.ref else None
    draft = dated(match, found, context)
    if found is None or (context.narrative and match.word(match.last - 1) == "today"):
        draft.value = {0: "PRESENT_REF", -1: "PAST_REF", 1: "FUTURE_REF"}[shift]
    if isinstance(part, str):
        draft.type, draft.part = "TIME", part
    return draft


def overnight(match: Match, context: Context) -> Draft | None:
    """overnight: the night that ends on the report's day, or begins on it if the sentence looks forward."""
    ahead = context.side(match) > 0
    found = context.ref.shifted(0 if ahead else -1) if context.ref else None
    draft = dated(match, found, context)
    draft.type, draft.part = "TIME", "TNI"
    return draft


def weekday(match: Match, context: Context) -> Draft | None:
    """Friday, last Friday, this Friday, the following Friday, Friday of last week."""
    number = match.number("WDAY") or 1
    ref = context.ref
    if match.kind(match.first) == "THE" and match.kind(match.first + 1) == "WDAY" and not match.has("BEFORE", "AFTER"):
        match = match.cut(match.first + 1, match.last)
    before = context.drafts[-1] if context.drafts else None
    if before is not None and before.match.rule == "weekday_set" and coordinated(before.match, match) and match.last - match.first == 1:
        return Draft(match, "SET", f"XXXX-WXX-{number}{before.value[10:]}", quant=before.quant, freq=before.freq)
    if ref is None or _some_weekday(match):
        draft = dated(match, None, context)
        draft.value = f"XXXX-WXX-{number}"
        return draft
    gap = (number - calendar.weekday(ref)) % 7
    anchor = "published"
    week = match.all("UNIT")
    direction = context.side(match)
    if week:
        step = {"LAST": -1, "THIS": 0, "NEXT": 1}.get(match.kind(week[0] - 1), 0)
        whole = calendar.containing("week", ref)
        found = Stretch("day", whole.first()).shifted(7 * step + number - 1) if whole else None
    elif match.has("FOLLOWING", "PREVIOUS", "THAT", "SAME") or (match.has("THE") and match.has("NEXT") and direction < 0):
        told = context.day_told(match, past=direction <= -1) or ref
        ahead = (number - calendar.weekday(told)) % 7
        if match.has("FOLLOWING", "NEXT"):
            found = told.shifted(ahead or 7)
        elif match.has("PREVIOUS"):
            found = told.shifted(ahead - 7)
        else:
            found = told.shifted(ahead if ahead <= 3 else ahead - 7)
        anchor = "text"
    elif match.has("BEFORE"):
        found = ref.shifted(gap - 14)
    elif match.has("LAST", "PAST"):
        found = ref.shifted(gap - 7)
    elif match.has("COMING"):
        found = ref.shifted(gap or 7)
    elif match.has("NEXT"):
        monday = ref.shifted(7 - calendar.weekday(ref))
        found = monday.shifted(number + (7 if match.has("AFTER") else 0)) if monday else None
    elif match.has("THIS"):
        found = ref.shifted(number - calendar.weekday(ref))
        if found and (found.number - ref.number) * direction < -1:
            found = found.shifted(7 if direction > 0 else -7)
    else:
        ahead_ = direction >= 0.8 or (direction > 0 and gap <= 3)
        found = _range_end(match, context, number) or ref.shifted(gap if ahead_ else gap - 7 if gap else 0)
        if direction <= 0:
            found = _in_told_week(match, context, number) or found
        story = reached(match, context, "day") if context.narrative and direction < 2 else None
        if story is not None and context.antecedent_near(match) and story.year < ref.year - 1:
            found, anchor = story.shifted((number - calendar.weekday(story)) % 7), "text"
    return dated(match, found, context, anchor=anchor)


def weekday_counted(match: Match, context: Context) -> Draft | None:
    """a week from Friday, two weeks on Tuesday, a week today, Friday week: that day ahead, and so many weeks on."""
    ref, number = context.ref, match.number("WDAY")
    unit, weeks = match.word(match.all("UNIT")[0]).rstrip("s"), 1
    first = match.kind(match.first) == "WDAY"
    if unit not in ("week", "fortnight") or (first and (match.word(match.last - 1).endswith("s") or match.word(match.first - 1) != "on")):
        return weekday(match.cut(match.first, match.first + 1), context) if first else duration(match.cut(match.first, _on(match)), context)
    if not first:
        many = amount(match, match.first, match.all("UNIT")[0])
        weeks = int(many.low) if many.counted else 0
        if match.has("ON") and context.side(match) < 0:
            return duration(match.cut(match.first, _on(match)), context)
    weeks *= 2 if unit == "fortnight" else 1
    if ref is None or not weeks:
        return dated(match, None, context)
    shift = match.number("TODAY") or 0 if number is None else (number - calendar.weekday(ref)) % 7
    return dated(match, ref.shifted(shift + 7 * weeks), context)


def _on(match: Match) -> int:
    return match.all("FROM", "ON")[0]


def _some_weekday(match: Match) -> bool:
    """Whether it is no certain day: "one Tuesday", "it fell on a Sunday."; "a Sunday vote" is that of a certain one."""
    if match.last - match.first > 1:
        return False
    before = match.word(match.first - 1)
    alone = not match.words.text[match.end : match.end + 2].strip(" ")[:1].isalnum()
    return before == "one" or (before == "a" and alone and match.word(match.first - 2) in ("on", "was", "is", ","))


def _range_end(match: Match, context: Context, number: int) -> Stretch | None:
    """The second of "from Sunday to Tuesday": the first such day after the first."""
    before = context.drafts[-1] if context.drafts else None
    if before is None or before.stretch is None or before.match.rule != "weekday" or not 0 < match.start - before.match.end <= 9:
        return None
    if match.words.text[before.match.end : match.start].strip().lower() not in ("to", "through", "until", "till", "-", "–", "—"):
        return None
    return before.stretch.shifted((number - calendar.weekday(before.stretch)) % 7)


def _in_told_week(match: Match, context: Context, number: int) -> Stretch | None:
    """A bare weekday directly after a week told in the same clause ("two weeks ago on Monday")."""
    before = context.drafts[-1] if context.drafts else None
    if before is None or before.stretch is None or before.stretch.unit != "week" or match.start - before.match.end > 5:
        return None
    return Stretch("day", before.stretch.first()).shifted(number - 1)


def day_before(match: Match, context: Context) -> Draft | None:
    """the day before, the night after: counted from the day told before; "the day before the vote" is a day that only the vote places."""
    step = -1 if match.has("BEFORE") else 1
    unit = unit_of(match) or "day"
    if unit not in ("day", "week", "month", "year") or match.word(match.last - 2).endswith("s"):
        return None
    text = match.words.text
    goes_on = text[match.end : match.end + 1] == " " and text[match.end + 1 : match.end + 2].isalpha() and match.word(match.last) != "that"
    short = match.cut(match.first, match.last - 1)
    part = match.value("DAYPART")
    follows = context.following
    if (
        follows is not None
        and 0 < follows.start - match.end <= 2
        and follows.rule in ("today", "weekday", "month_day", "day_month", "named_day")
    ):
        return None
    told = context.antecedent(match, unit, reach=800)
    if goes_on:
        beside = text[match.start - 2 : match.start] in (", ", "- ", "— ")
        named = dated(short, told if beside else None, context, unit=unit, anchor="text")
        if isinstance(part, str):
            named.type, named.part = "TIME", part
        return named
    base = told or (context.here(unit) if context.antecedent(match, reach=800) is None else None)
    draft = dated(match, base.shifted(step) if base else None, context, unit=unit, anchor="text" if told else "published")
    draft.mod = None
    if isinstance(part, str):
        draft.type, draft.part = "TIME", part
    return draft


def today_unit(match: Match, context: Context) -> Draft | None:
    """the day after tomorrow, the day before yesterday, two weeks from now."""
    unit = unit_of(match)
    shift = match.number("TODAY") or 0
    base = context.ref.shifted(shift) if context.ref else None
    if unit is None:
        return None
    sign = -1 if match.has("BEFORE") else 1
    many = amount(match, match.first, match.all("UNIT", "QUARTER", "WEEKEND")[0]) if not match.has("THE") else None
    count = int(many.low) if many else 1
    whole, factor = ("day", 14) if unit == "fortnight" else (unit, 1)
    here = calendar.containing(whole, base)
    return dated(match, here.shifted(sign * count * factor) if here else None, context, unit=whole)


def this_unit(match: Match, context: Context) -> Draft | None:
    """last week, this month, the following year, the same day, the past quarter."""
    unit = unit_of(match)
    if unit is None or unit == "fortnight":
        return duration(match, context) if unit and match.has("PAST", "COMING", "NEXT", "LAST") else None
    if match.has("PERIOD", "HALF"):
        told = context.antecedent(match, "quarter", "half", "month", "year")
        if match.has("HALF") or not match.has("SAME", "THAT", "PREVIOUS", "FOLLOWING") or told is None:
            return None
        unit = told.unit
    plural = match.word(match.last - 1).endswith("s") and match.kind(match.last - 1) in ("UNIT", "QUARTER", "WEEKEND")
    plural = plural and not (match.has("THIS") and match.word(match.last - 1) == "years")
    if plural:
        return recent_units(match, context)
    here = context.here(unit)
    told = context.antecedent(match)
    base, anchor = here, "published"
    step = 0
    if match.has("FOLLOWING", "PREVIOUS", "SAME", "THAT") or _goes_on(match, context, unit, told):
        anchor = "text"
        same = context.antecedent(match, unit) if match.has("SAME", "THAT") else None
        base = same or (calendar.containing(unit, told) if told is not None else here)
        step = 1 if match.has("FOLLOWING", "NEXT") else -1 if match.has("PREVIOUS") else 0
        if unit == "day" and told is not None:
            base = context.day_told(match, reach=600, past=context.side(match) <= -1)
    elif _rolls(match, unit):
        return _rolling(match, context, unit)
    if anchor == "published":
        step = -1 if match.has("LAST", "PAST") else 1 if match.has("NEXT", "COMING") else 0
        step += -1 if match.has("BEFORE") else 1 if match.has("AFTER") else 0
        if unit == "weekend":
            return weekend(match, context, step)
    return dated(match, base.shifted(step) if base else None, context, unit=unit, anchor=anchor)


def _goes_on(match: Match, context: Context, unit: str, told: Stretch | None) -> bool:
    """Whether "the next year" goes on from what was told ("He won in 1998. The next year he lost")."""
    if not (match.has("THE") and match.has("NEXT")):
        return False
    return unit == "day" or (told is not None and (context.narrative or (told.unit == unit and context.side(match) <= -1)))


def _rolls(match: Match, unit: str) -> bool:
    """Whether "the past year", "the next month" mean a stretch up to or from the report's day rather than one of the calendar."""
    if unit == "weekend" or match.has("BEFORE", "AFTER") or manner(match)[0] is not None:
        return False
    return match.has("PAST") or (match.has("THE") and match.has("LAST", "NEXT"))


def _rolling(match: Match, context: Context, unit: str) -> Draft:
    """Its value is the calendar's stretch beside the report's, as annotators have it; its interval the one that the words mean."""
    here = context.here(unit)
    ahead = match.has("NEXT")
    found = here.shifted(1 if ahead else -1) if here else None
    draft = dated(match, found, context, unit=unit)
    counted = duration(match, context)
    if counted is not None and counted.placed:
        draft.start, draft.end, draft.vague = counted.start, counted.end, True
    return draft


def weekend(match: Match, context: Context, step: int) -> Draft:
    """The weekend that is over, under way or ahead: last, this, next, or by the sentence's direction."""
    ref = context.ref
    here = calendar.containing("weekend", ref)
    if ref is None or here is None:
        return dated(match, None, context, unit="weekend")
    under_way = calendar.weekday(ref) >= 6
    if step:
        found = here.shifted(step if step > 0 or not under_way else -1)
    elif match.has("COMING") or under_way or context.side(match) > 0:
        found = here
    elif match.has("THIS"):
        found = here.shifted(-1) if calendar.weekday(ref) <= 2 and context.side(match) < 0 else here
    else:
        found = here.shifted(-1) if context.side(match) <= 0 else here
    return dated(match, found, context, unit="weekend")


def bare_last(match: Match, context: Context) -> Draft | None:
    """ "this year as last"."""
    before = context.drafts[-1] if context.drafts else None
    if before is None or before.stretch is None:
        return None
    return dated(match, before.stretch.shifted(-1), context, unit=before.stretch.unit)


def bare_part(match: Match, context: Context) -> Draft | None:
    """earlier today, later in the day."""
    if match.has("TODAY"):
        return today(match, context)
    return None


READERS = {
    "today": today, "overnight": overnight, "weekday": weekday, "day_before": day_before, "today_unit": today_unit, "this_unit": this_unit,
    "weekday_counted": weekday_counted, "bare_last": bare_last, "bare_part": bare_part,
}  # fmt: skip
