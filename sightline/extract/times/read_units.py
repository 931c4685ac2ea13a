"""Readers of stretches that only the context tells: the week, the quarter, the latest month, year-end, the turn of the year."""

from __future__ import annotations

import re
from dataclasses import replace

from sightline.extract.times import calendar
from sightline.extract.times.calendar import Stretch
from sightline.extract.times.draft import COMPARED, LETTER, RANK, Context, Draft, dated, manner, narrowed, nearest
from sightline.extract.times.read_counted import duration
from sightline.extract.times.read_dates import month, month_year
from sightline.extract.times.read_relative import this_unit, unit_of, weekend
from sightline.extract.times.scan import Match
from sightline.extract.times.story import reached

_ENDED = re.compile(r"\s+(?:which\s+)?(?:ended|ending|to|through|ends|that ended)\b", re.IGNORECASE)


def the_unit(match: Match, context: Context) -> Draft | None:
    """the week, the year, the weekend, the end of the month, later in the day."""
    unit = unit_of(match)
    if unit is None or match.word(match.last - 1) in ("days", "weeks", "months", "years", "quarters", "decades", "centuries", "weekends"):
        return None
    text = match.words.text
    at = match.all("UNIT", "QUARTER", "WEEKEND")[-1]
    if text[match.words.starts[at]].isupper() and not text[match.start : match.end].isupper():
        return None
    how, _ = manner(match)
    if match.has("END") and match.word(match.all("END")[0]) == "turn":
        return turn_of(match, context)
    if text[match.end : match.end + 1] in ("-", "‑"):
        return None
    if unit in ("millennium", "fortnight") or (unit == "day" and how is None):
        return None
    if unit == "weekend":
        return weekend(match, context, 0)
    if unit in ("year", "decade", "century") and how is None and match.word(match.last) == "since":
        draft = duration(match.cut(match.last - 1, match.last), context)
        return replace(draft, match=match) if draft is not None else None
    if unit in ("year", "week", "month") and how is None and _ENDED.match(text, match.end):
        return Draft(match, "DURATION", f"P1{LETTER[unit]}", anchor="published")
    if unit == "quarter" and match.kind(match.last) == "OF" and match.kind(match.last + 1) not in ("YEAR", "THE", "FISCAL"):
        return None
    if unit == "quarter":
        return the_quarter(match, context)
    if unit == "week" and match.word(match.last) == "of":
        return _week_of(match, context)
    told = context.antecedent(match, reach=300)
    here = context.here(unit)
    last = context.drafts[-1] if context.drafts else None
    if last is not None and last.stretch is not None and last.stretch.unit == unit and text[last.match.end : match.start].strip() == ",":
        return dated(match, last.stretch, context, unit=unit, anchor="text")
    if how == "earlier" and told is not None and context.ref is not None and told.first() > context.ref.number and context.side(match) < 0:
        told = context.here(unit)
    if unit == "day" and told is not None and told.unit == "day":
        return dated(match, told, context, anchor="text")
    if unit == "week" and here is not None and context.ref is not None and calendar.weekday(context.ref) == 1:
        here = here.shifted(-1 if context.side(match) <= 0 else 0)
    story = reached(match, context, unit) if unit in ("week", "month", "year") else None
    if story is not None and RANK[unit] >= RANK[story.unit]:
        return dated(match, calendar.containing(unit, story), context, unit=unit, anchor="text")
    if unit == "month" and told is not None and told.unit == "month" and how is None:
        return dated(match, told, context, unit=unit, anchor="text")
    if unit in ("decade", "century", "year") and told is not None and how is not None and here is not None and told.year < here.year - 1:
        here = calendar.containing(unit, told)
    return dated(match, here, context, unit=unit)


def _week_of(match: Match, context: Context) -> Draft | None:
    """the week of May 17; before other words ("the week of the vote") it names none."""
    after = context.following
    if after is None or after.start - match.end > 4 or after.rule not in ("month_day", "day_month", "weekday"):
        return None
    month, number, base = after.number("MONTH", "MONTHABBR", "MAYMARCH"), after.number("DIG", "ORDNUM"), context.base
    if month is None or number is None or base is None:
        return dated(match, None, context, unit="week")
    years = [after.number("YEAR")] if after.has("YEAR") else [base.year - 1, base.year, base.year + 1]
    found = nearest([calendar.day(of, month, number) for of in years if of], base, context.side(after))
    return dated(match, calendar.containing("week", found), context, unit="week", anchor="text")


def the_quarter(match: Match, context: Context) -> Draft:
    """the quarter: the one that ended on the date that follows, else the one told before, else the last full one."""
    after = context.following
    if _ENDED.match(match.words.text, match.end) and after is not None and after.start - match.end < 12 and context.ref is not None:
        month, number = after.number("MONTH", "MONTHABBR", "MAYMARCH"), after.number("DIG")
        if month and number:
            choices = [calendar.day(context.ref.year + step, month, number) for step in (-1, 0)]
            end = nearest(choices, context.ref, -1)
            middle = end.shifted(-45) if end else None
            return dated(match, calendar.containing("quarter", middle), context, unit="quarter", anchor="text")
    told = _own_quarter(context)
    here = context.here("quarter")
    found = told or (here.shifted(-1) if here else None)
    return dated(match, found, context, unit="quarter", anchor="text" if told else "published")


def _own_quarter(context: Context) -> Stretch | None:
    """The last quarter told that was not told for comparison with another year's."""
    for draft in reversed(context.drafts):
        if draft.stretch is not None and draft.stretch.unit == "quarter" and draft.match.rule not in COMPARED:
            return draft.stretch
    return None


def latest_unit(match: Match, context: Context) -> Draft | None:
    """the latest quarter, the current month, the current fiscal year."""
    if match.last - match.first == 1:
        return None
    unit = unit_of(match)
    if unit is None or unit == "fortnight" or match.word(match.last - 1).endswith("s"):
        return None
    here = context.here(unit)
    if match.has("CURRENT"):
        return dated(match, here, context, unit=unit)
    if match.has("PERIOD"):
        return the_quarter(match, context)
    if unit in ("week", "month", "day", "quarter"):
        return dated(match, here.shifted(-1) if here else None, context, unit=unit)
    return dated(match, here.shifted(-1) if here and unit == "year" else here, context, unit=unit)


def turn_of(match: Match, context: Context) -> Draft | None:
    """the turn of the year, the end of the century."""
    unit = unit_of(match)
    if unit not in ("year", "month", "week", "decade", "century", "millennium", "quarter"):
        return None
    here = context.here(unit)
    ahead = context.side(match) > 0
    if match.word(match.all("END")[0]) != "turn":
        return the_unit(match, context)
    if here is None:
        return dated(match, None, context, unit=unit)
    start = here.shifted(1) if ahead else here
    if start is None:
        return None
    draft = dated(match, start, context, unit=unit)
    first = calendar.containing("month" if unit in ("year", "quarter") else "day" if unit in ("week", "month") else "year", start)
    before = first.shifted(-1) if first else None
    if first and before:
        draft.start, draft.end, draft.vague = before, first, True
    return draft


def year_end(match: Match, context: Context) -> Draft | None:
    """year-end, the end of the year as a day; mid-year."""
    here = context.here("year")
    unit = unit_of(match) or "year"
    if unit != "year" or (match.has("END") and match.word(match.all("END")[0]) not in ("end", "close")):
        return None
    if match.has("YEAR"):
        here = calendar.year(match.number("YEAR") or 0)
    elif here is not None:
        step = -1 if match.has("LAST") else 1 if match.has("NEXT") else 0
        if not step and match.word(match.first - 1) == "since":
            step = -1
        here = here.shifted(step)
    if match.has("MID"):
        return dated(match, here, context, unit="year")
    if not match.has("DASH"):
        return dated(match, here, context, unit="year")
    last = Stretch("day", here.last()) if here else None
    draft = dated(match, last, context)
    return Draft(match, "DATE", draft.value, last, last, last is not None, here, "END", anchor="published")


def _month(match: Match, context: Context) -> Draft | None:
    return (month_year if match.has("YEAR", "UNIT") else month)(match, context)


def nth_weekday(match: Match, context: Context) -> Draft | None:
    """the first Monday in November, the last Friday of March 2012."""
    draft = _month(match.cut(match.all("MONTH", "MONTHABBR", "MAYMARCH")[0], match.last), context)
    whole, number = draft.stretch if draft is not None else None, match.number("WDAY") or 1
    which = -1 if match.kind(match.first + 1) == "LAST" else match.number("ORDWORD", "SECOND", "ORDNUM") or 0
    if draft is None or whole is None or not -1 <= which <= 5:
        return dated(match, None, context)
    found = calendar.nth_weekday(whole.year, whole.number % 12 + 1, number, which)
    if found is None or calendar.containing("month", found) != whole:
        return None
    return dated(match, found, context, anchor=draft.anchor or "published")


def day_of_stretch(match: Match, context: Context) -> Draft | None:
    """the last day of the month, the first day of 2012, the last week of the year: the stretch that its words name, and that part of it."""
    at = match.all("UNIT")[0]
    unit, final = str(match.words.values[at]), match.kind(match.first + 1) == "LAST"
    rest = match.cut(match.all("OF")[0] + 1, match.last)
    if rest.has("MONTH", "MONTHABBR", "MAYMARCH") and unit == "week":
        return week_of_month(match, context)
    whole = _whole_named(rest, context)
    if match.word(at).endswith("s") and whole is not None:
        share = dated(match, whole, context, unit=whole.unit, anchor="text")
        share.mod = "END" if final else "START"
        return narrowed(share, share.mod.lower(), context)
    which = 0 if final else match.number("ORDWORD") or 1
    if whole is None or unit not in ("day", "week", "month") or calendar.UNITS.index(whole.unit) <= calendar.UNITS.index(unit):
        return dated(match, None, context, unit=unit)
    last = calendar.containing(unit, Stretch("day", whole.last()))
    first = calendar.containing(unit, whole)
    found = last if final else first.shifted(which - 1) if first else None
    return dated(match, found if found is not None and found.first() <= whole.last() else None, context, unit=unit, anchor="text")


def _whole_named(rest: Match, context: Context) -> Stretch | None:
    """The month, year or unit that the words behind "of" name."""
    if rest.has("MONTH", "MONTHABBR", "MAYMARCH"):
        draft = _month(rest, context)
    elif rest.has("YEAR"):
        return calendar.year(rest.number("YEAR") or 0)
    elif rest.has("LAST", "NEXT", "THIS", "FOLLOWING", "PREVIOUS", "SAME", "THAT", "COMING", "PAST"):
        draft = this_unit(rest, context)
    else:
        draft = the_unit(rest, context)
    return draft.stretch if draft is not None and draft.type == "DATE" else None


def last_of_something(match: Match, context: Context) -> Draft | None:
    """the last week of (the campaign): one that nothing in the words places."""
    unit = unit_of(match)
    if unit is None or match.word(match.last - 1).endswith("s") or unit == "fortnight":
        return None
    return dated(match, None, context, unit=unit, anchor="text")


def week_of_month(match: Match, context: Context) -> Draft | None:
    """the first week of May, the last weekend in March 2012: seven days of the month; the value is the ISO week that holds their middle."""
    at = match.all("UNIT", "WEEKEND")[0]
    unit = unit_of(match.cut(match.first, at + 1))
    which = match.number("ORDWORD", "SECOND", "ORDNUM")
    final = match.kind(at - 1) == "LAST"
    if unit not in ("week", "weekend") or not (final or (which is not None and 1 <= which <= 5)):
        return _month(match.cut(match.all("MONTH", "MONTHABBR", "MAYMARCH")[0], match.last), context)
    draft = _month(match.cut(match.all("MONTH", "MONTHABBR", "MAYMARCH")[0], match.last), context)
    whole = draft.stretch if draft is not None else None
    if draft is None or whole is None:
        return dated(match, None, context, unit=unit)
    first = whole.last() - 6 if final else whole.first() + 7 * ((which or 1) - 1)
    last = min(first + 6, whole.last())
    saturdays = [day for day in range(first, last + 1) if calendar.weekday(Stretch("day", day)) == 6]
    middle = saturdays[0] if unit == "weekend" and saturdays else min(first + 3, last)
    found = calendar.containing(unit, Stretch("day", middle))
    made = dated(match, found, context, unit=unit, anchor=draft.anchor or "published")
    if unit == "week":
        made.start, made.end = Stretch("day", first), Stretch("day", last)
    return made


READERS = {
    "nth_weekday": nth_weekday, "day_of_stretch": day_of_stretch, "last_of_something": last_of_something,
    "week_of_month": week_of_month, "the_unit": the_unit, "latest_unit": latest_unit, "turn_of": turn_of, "year_end": year_end,
}  # fmt: skip
