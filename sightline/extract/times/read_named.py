"""Readers of days that have a name: Christmas, Labor Day weekend, Lunar New Year."""

from __future__ import annotations

from functools import lru_cache

from sightline.extract.times import calendar
from sightline.extract.times.calendar import Stretch, day
from sightline.extract.times.draft import Context, Draft, dated, nearest
from sightline.extract.times.read_dates import year_lent, year_said
from sightline.extract.times.scan import Match
from sightline.extract.times.story import next_in, reached
from sightline.extract.times.words import lexicon


@lru_cache(maxsize=4096)
def named(name: str, of_year: int) -> Stretch | None:
    """The day that a named day falls on in a year."""
    kind, rule = lexicon().named[name]
    if kind == "fixed":
        return day(of_year, int(rule[:2]), int(rule[3:]))
    if kind == "nth":
        found = calendar.nth_weekday(of_year, *rule[:3])
        return found.shifted(rule[3]) if found is not None and len(rule) > 3 else found
    if kind == "easter":
        begin = calendar.easter(of_year)
        return begin.shifted(rule) if begin else None
    if not 1950 <= of_year <= 2075:
        return None
    from holidays import country_holidays

    country, wanted = rule
    days = sorted(at for at, names in country_holidays(country, years=of_year, language="en_US").items() if wanted in names.split("; "))
    return day(days[0].year, days[0].month, days[0].day) if days else None


def named_day(match: Match, context: Context) -> Draft | None:
    """Christmas, last Thanksgiving, Easter 2024, Lunar New Year."""
    name = match.value("NAMEDDAY")
    if not isinstance(name, str):
        return None
    if match.has("WEEKEND"):
        return _named_weekend(match, context)
    said = year_said(match, context) or year_lent(match, context)
    told: Stretch | None = None
    base = context.ref
    if said is not None:
        found = named(name, said)
    elif base is None:
        found = None
    else:
        choices = [named(name, base.year + step) for step in (-1, 0, 1) if 1 <= base.year + step <= 9999]
        if match.has("LAST", "PAST"):
            found = max((one for one in choices if one and one.number < base.number), default=None)
        elif match.has("NEXT", "COMING"):
            found = min((one for one in choices if one and one.number > base.number), default=None)
        elif match.has("THIS"):
            found = named(name, base.year)
        else:
            told = reached(match, context)
            if told is not None:
                found = next_in([named(name, told.year + step) for step in (-1, 0, 1)], told)
            else:
                found = nearest(choices, base, context.side(match))
    draft = dated(match, found, context, anchor="absolute" if match.has("YEAR") else "text" if told else "published")
    if found is None and lexicon().named[name][0] == "fixed":
        draft.value = f"XXXX-{lexicon().named[name][1]}"
    return draft


def _named_weekend(match: Match, context: Context) -> Draft | None:
    """Labor Day weekend: the one that the day ends, opens or lies in."""
    at = match.all("WEEKEND")[0]
    draft = named_day(match.cut(match.first, at), context)
    found = draft.stretch if draft is not None else None
    if draft is None or found is None:
        return dated(match, None, context, unit="weekend")
    if calendar.weekday(found) <= 2:
        found = found.shifted(-3)
    return dated(match, calendar.containing("weekend", found), context, unit="weekend", anchor=draft.anchor or "published")


def weekday_by_day(match: Match, context: Context) -> Draft | None:
    """the Sunday before Christmas, Monday after Easter: that day of the week next to the named day."""
    at, number = match.all("BEFORE", "AFTER")[0], match.number("WDAY")
    draft = named_day(match.cut(at + 1, match.last), context)
    fixed = draft.stretch if draft is not None else None
    if draft is None or fixed is None or number is None:
        return dated(match, None, context)
    gap = (number - calendar.weekday(fixed)) % 7
    found = fixed.shifted(gap - 7 if match.has("BEFORE") else gap or 7)
    return dated(match, found, context, anchor=draft.anchor or "published")


READERS = {"named_day": named_day, "weekday_by_day": weekday_by_day}
