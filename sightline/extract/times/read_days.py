"""Readers of days whose month, year or range other words tell: the 12th, 9/10 November, the 17 of "September 10-17", Friday the 13th."""

from __future__ import annotations

import re

from sightline.extract.times import calendar
from sightline.extract.times.calendar import Stretch, day, part
from sightline.extract.times.draft import Context, Draft, dated, nearest
from sightline.extract.times.read_dates import MONTHS, choose, month, month_day
from sightline.extract.times.scan import Match
from sightline.extract.times.story import reached
from sightline.extract.times.words import beside


def two_days_month(match: Match, context: Context) -> Draft | None:
    """(the night of) 9/10 November 1938: the first of the two days."""
    figures = [match.words.values[index] for index in match.all("DIG")]
    pair = match.value("FRAC") or (tuple(one for one in figures[:2] if isinstance(one, int)) if len(figures) == 2 else None)
    if not isinstance(pair, tuple) or not (pair[1] == pair[0] + 1 or (pair[1] == 1 and pair[0] >= 28)):
        return None
    draft = month_day(match, context, pair[1])
    if draft is None or draft.stretch is None:
        return draft
    first = draft.stretch.shifted(-1)
    return dated(match, first, context, anchor=draft.anchor or "published")


def old_date(match: Match, context: Context) -> Draft | None:
    """30 September 420, December of 384: years of three figures, where nothing goes on that they could count."""
    number, month_ = match.number("NUM"), match.number(*MONTHS)
    after = match.words.text[match.end : match.end + 1]
    if number is None or month_ is None or not 100 <= number <= 999 or after not in ("", ".", ",", ";", ")"):
        return _without_year(match, context)
    if not match.has("DIG", "ORDNUM"):
        return dated(match, part("month", number, month_), context, unit="month", anchor="absolute")
    found = day(number, month_, match.number("DIG", "ORDNUM") or 0)
    return dated(match, found, context, anchor="absolute") if found else None


def _without_year(match: Match, context: Context) -> Draft | None:
    """The same words without the number that is no year."""
    last = match.all("NUM")[0]
    while last > match.first and match.kind(last - 1) in ("COMMA", "OF"):
        last -= 1
    short = match.cut(match.first, last)
    return month_day(short, context) if short.has("DIG", "ORDNUM") else month(short, context)


def day_of_unit(match: Match, context: Context) -> Draft | None:
    """the 20th of that month, the 3rd of next month."""
    number, at = match.number("ORDNUM", "ORDWORD", "SECOND") or 0, match.all("UNIT")[0]
    if match.words.values[at] != "month":
        return None
    here = calendar.containing("month", context.ref)
    told = calendar.containing("month", context.antecedent(match, "day", "month"))
    step = 1 if match.has("NEXT", "FOLLOWING") else -1 if match.has("LAST", "PREVIOUS") else 0
    counted = match.has("LAST", "NEXT", "THIS")
    whole = here if counted else told or here
    whole = whole.shifted(step) if whole else None
    found = day(whole.year, whole.number % 12 + 1, number) if whole else None
    if whole is not None and found is None:
        return None
    return dated(match, found, context, anchor="published" if counted else "text")


def first_of_range(match: Match, context: Context) -> Draft | None:
    """The "10" of "between 10 and 17 September 2023"."""
    after = context.following
    month = after.number(*MONTHS) if after else None
    if after is None or month is None:
        return None
    number = match.number("DIG", "ORDNUM") or 0
    said = after.number("YEAR")
    found = day(said, month, number) if said else choose(match, context, "day", month, number)
    told = reached(match, context)
    if found is None and context.base is not None:
        return None
    draft = dated(match, found, context, anchor="absolute" if said else "text" if told else "published")
    if found is None:
        draft.value = f"XXXX-{month:02d}-{number:02d}"
    return draft


def second_of_range(match: Match, context: Context) -> Draft | None:
    """The "17" of "September 10-17"."""
    before = context.drafts[-1] if context.drafts else None
    number = match.number("DIG") or 0
    if before is None or before.stretch is None or before.stretch.unit != "day" or match.start - before.match.end > 10:
        return None
    text = match.words.text
    between, joined = text[before.match.end : match.start].strip().lower(), context.following
    if between == ",":
        listed = joined is not None and joined.rule == "second_of_range" and text[match.end : joined.start].strip() == "and"
        if not listed or match.has("YEAR"):
            return None
    elif between not in ("-", "–", "—", "and", "to", "through") or (between == "and" and _counts(match)):
        return None
    month = calendar.containing("month", before.stretch)
    said = match.number("YEAR")
    if month is None:
        return None
    found = day(said or month.year, month.number % 12 + 1, number)
    if found is None or (said is None and found.number <= before.stretch.number):
        return None
    return dated(match, found, context, anchor=before.anchor or "published")


def _counts(match: Match) -> bool:
    """Whether the word behind a number is one that it counts or ranks ("the 12th floor", "19 and 20 people")."""
    after = match.word(match.last)
    goes_on = match.words.text[match.end : match.end + 1] == " " and after.isalpha()
    return goes_on and after not in beside("after_ordinal") and not after.endswith("ed")


def day_ordinal(match: Match, context: Context) -> Draft | None:
    """on the 12th: of the month nearest in the sentence's direction, or of the month just spoken of."""
    number = match.number("ORDNUM") or 0
    if _counts(match) or (match.word(match.first - 1) not in ("on", "of") and not _follows_day(match, context)):
        return None
    base = calendar.containing("month", context.ref)
    if base is None or not 1 <= number <= 31 or context.ref is None:
        return None
    told = context.antecedent(match, "day", "month", reach=300)
    if told is not None and abs(told.first() - context.ref.number) > 45:
        base = calendar.containing("month", told) or base
        return dated(match, day(base.year, base.number % 12 + 1, number), context, anchor="text")
    choices = [day((base.number + step) // 12, (base.number + step) % 12 + 1, number) for step in (-1, 0, 1)]
    found = nearest(choices, context.ref, context.side(match))
    return dated(match, found, context) if found else None


def _follows_day(match: Match, context: Context) -> bool:
    """Whether it is the second of "from the 9th to the 12th"."""
    before = context.drafts[-1] if context.drafts else None
    return before is not None and before.stretch is not None and before.stretch.unit == "day" and 0 < match.start - before.match.end <= 12


def slash_day(match: Match, context: Context) -> Draft | None:
    """(on) 3/14 by the outlet's habit; 9/11 as the name of a day of 2001."""
    pair, text = match.value("FRAC"), match.words.text
    before, base = match.word(match.first - 1), context.base
    if not isinstance(pair, tuple) or base is None:
        return None
    named = pair == (9, 11) and match.text == "9/11" and before in beside("before_nine_eleven") and base.year >= 2001
    if named:
        return dated(match, day(2001, 9, 11), context, anchor="absolute")
    if before != "on" or (
        re.match(r"\s*(?:of|%|[-/\w])", text[match.end : match.end + 3]) is not None and not text[match.end : match.end + 1].isspace()
    ):
        return None
    month_, number = pair if context.order != "dmy" else (pair[1], pair[0])
    choices = [day(base.year + step, month_, number) for step in (-1, 0, 1)]
    found = nearest(choices, base, context.side(match))
    draft = dated(match, found, context) if found is not None else None
    if draft is not None:
        draft.confidence = 0.7
    return draft


def weekday_ordinal(match: Match, context: Context) -> Draft | None:
    """Friday the 13th: the nearest day of that number which falls on that weekday."""
    number, wanted = match.number("ORDNUM") or 0, match.number("WDAY", "WDAYABBR")
    base = calendar.containing("month", context.antecedent(match, "day", "month", reach=300) or context.ref)
    if base is None or context.base is None:
        return dated(match, None, context)
    choices = [day((base.number + step) // 12, (base.number + step) % 12 + 1, number) for step in range(-7, 8)]
    fitting: list[Stretch | None] = [one for one in choices if one is not None and calendar.weekday(one) == wanted]
    return dated(match, nearest(fitting, context.base, context.side(match)), context)


READERS = {
    "first_of_range": first_of_range, "second_of_range": second_of_range, "two_days_month": two_days_month, "old_date": old_date,
    "day_of_unit": day_of_unit, "day_ordinal": day_ordinal, "weekday_ordinal": weekday_ordinal, "slash_day": slash_day,
}  # fmt: skip
