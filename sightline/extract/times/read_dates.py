"""Readers of expressions that name a day or a month by its own name, named days among them."""

from __future__ import annotations

import re
from functools import lru_cache

from sightline.extract.times import calendar
from sightline.extract.times.calendar import Stretch, day, part
from sightline.extract.times.draft import Context, Draft, dated, nearest
from sightline.extract.times.numbers import spoken_year
from sightline.extract.times.scan import Match
from sightline.extract.times.story import next_in, reached
from sightline.extract.times.words import beside, lexicon

_DIED = re.compile(r"\b(?:died|passed away|dies)\b[^.;!?]*$")
#: An obituary that tells a life by its years ends with a death at most so many days before its publication.
_OBITUARY = 45
_FROM_TOLD = {"THAT": 0, "SAME": 0, "FOLLOWING": 1, "PREVIOUS": -1}
_MONTHS = ("MONTH", "MONTHABBR", "MAYMARCH")


def iso(match: Match, context: Context) -> Draft | None:
    """2023-09-11, with or without a time and an offset."""
    text = match.text
    found = day(int(text[:4]), int(text[5:7]), int(text[8:10]))
    if found is None:
        return None
    draft = dated(match, found, context, anchor="absolute")
    if len(text) > 10:
        hour, minute = int(text[11:13]), int(text[14:16])
        second = int(text[17:19]) if text[16:17] == ":" else 0
        if hour > 23 or minute > 59 or second > 59:
            return draft
        draft.clock = (hour, minute, second if text[16:17] == ":" else -1)
        offset = re.search(r"(Z|[+-]\d\d:?\d\d)$", text[16:])
        if offset:
            draft.zone = "UTC" if offset[1] == "Z" else offset[1]
    return draft


def numeric(match: Match, context: Context) -> Draft | None:
    """11/09/2023, 9/11/23, 11.09.2023: the order of day and month by the outlet's country, unless one number says it."""
    pieces = [int(piece) for piece in re.split(r"[/.-]", match.words.text[match.words.starts[match.last - 1] : match.end])]
    written = re.split(r"[/.-]", match.words.text[match.words.starts[match.last - 1] : match.end])
    order = "dmy" if "." in match.text.rsplit(" ", maxsplit=1)[-1] else context.order
    if len(written[0]) == 4:
        found = day(pieces[0], pieces[1], pieces[2])
    elif len(written[2]) in (2, 4) and len(written[0]) <= 2:
        number = full_year(pieces[2], len(written[2]), context)
        first, second = (pieces[0], pieces[1]) if order != "dmy" else (pieces[1], pieces[0])
        found = day(number, first, second) or day(number, second, first)
        both = first <= 12 and second <= 12 and first != second
        if found is not None and both:
            draft = dated(match, found, context, anchor="absolute")
            draft.confidence = 0.8
            return draft
    else:
        return None
    return dated(match, found, context, anchor="absolute") if found else None


def full_year(number: int, digits: int, context: Context) -> int:
    """A year of two digits: the one within 80 years back and 20 ahead of the report (of 2000 where there is no date)."""
    if digits == 4:
        return number
    now = context.base.year if context.base else 2020
    full = now // 100 * 100 + number
    return full - 100 if full > now + 20 else full + 100 if full < now - 79 else full


def year_said(match: Match, context: Context) -> int | None:
    """The year that the expression itself gives, in figures or as "last year"."""
    number = match.number("YEAR")
    if number is not None:
        return number
    marks = match.all("APOS")
    if marks and marks[-1] + 1 == match.last - 1 and match.kind(match.last - 1) in ("DIG", "NUM"):
        short, touching = match.word(match.last - 1), match.words.ends[marks[-1]] == match.words.starts[match.last - 1]
        return full_year(int(short), 2, context) if touching and len(short) == 2 else None
    spoken = match.all("NUMWORD")
    if len(spoken) > 1:
        return spoken_year(match, spoken[0], match.last)
    here = context.here("year")
    for index in match.all("UNIT"):
        before = match.kind(index - 1)
        if index - 1 < match.first:
            continue
        told = context.antecedent(match)
        if told and (before in _FROM_TOLD or (before == "NEXT" and match.kind(index - 2) == "THE")):
            return told.year + _FROM_TOLD.get(before, 1)
        if here is not None and before in ("LAST", "THIS", "NEXT"):
            return here.year + {"LAST": -1, "THIS": 0, "NEXT": 1}[before]
    return None


def _year_lent(match: Match, context: Context) -> int | None:
    """The year of the date that follows, in "from March to August 1988" and "May 1, 3 and 4, 1990"."""
    after = context.following
    if after is None or after.start - match.end > 12 or not after.has("YEAR") or not after.has(*_MONTHS, "DIG"):
        return None
    between = match.words.text[match.end : after.start].strip().lower()
    said, one, other = after.number("YEAR"), match.number(*_MONTHS), after.number(*_MONTHS)
    if said is not None and one is not None and other is not None and one > other:
        said -= 1
    return said if between in ("to", "and", "-", "–", "—", "through", "or", "until", "till", ",", ", and") else None


def _choose(match: Match, context: Context, unit: str, month: int, number: int = 1) -> Stretch | None:
    """The day or month of that name nearest to the report, on the side that the sentence tells."""
    told, base = reached(match, context), context.base
    if told is not None and unit == "day" and base is not None and _DIED.search(match.words.text[max(0, match.start - 60) : match.start]):
        late = max((one for step in (0, -1) if (one := day(base.year + step, month, number)) and one.number <= base.first()), default=None)
        told = None if late is not None and base.first() - late.number <= _OBITUARY else told
    if told is not None:
        return next_in(
            [day(told.year + step, month, number) if unit == "day" else part("month", told.year + step, month) for step in (-1, 0, 1)], told
        )
    if base is None:
        return None
    ref = base if unit == "day" else calendar.containing("month", base) or base
    reach = range(-4, 5) if (unit, month, number) == ("day", 2, 29) else range(-1, 2)
    years = [base.year + step for step in reach]
    choices = [day(of, month, number) if unit == "day" else part("month", of, month) for of in years]
    return nearest(choices, ref, context.side(match))


def month_day(match: Match, context: Context, number: int | None = None) -> Draft | None:
    """September 11, Monday Sept. 11, 11 September 2023, the 11th of September last year."""
    month = match.number(*_MONTHS)
    number = match.number("DIG", "ORDNUM", "ORDWORD", "SECOND") if number is None else number
    if month is None or number is None or not 1 <= number <= 31:
        return None
    if match.kind(match.last) in ("COLON",) and not match.has("YEAR"):
        return None
    said = year_said(match, context) or _year_lent(match, context)
    if said is not None:
        found = day(said, month, number)
        return dated(match, found, context, anchor="absolute" if match.has("YEAR") else "published") if found else None
    if number > 29 and day(2000, month, number) is None:
        return None
    found = _choose(match, context, "day", month, number)
    draft = dated(match, found, context, anchor="text" if reached(match, context) else "published")
    if found is None:
        draft.value = f"XXXX-{month:02d}-{number:02d}"
    return draft


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
    number, month_ = match.number("NUM"), match.number(*_MONTHS)
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
    month = after.number(*_MONTHS) if after else None
    if after is None or month is None:
        return None
    number = match.number("DIG", "ORDNUM") or 0
    said = after.number("YEAR")
    found = day(said, month, number) if said else _choose(match, context, "day", month, number)
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
    month = calendar.containing("month", before.stretch)
    said = match.number("YEAR")
    if month is None:
        return None
    found = day(said or month.year, month.number % 12 + 1, number)
    if found is None or (said is None and found.number <= before.stretch.number):
        return None
    return dated(match, found, context, anchor=before.anchor or "published")


def month_year(match: Match, context: Context) -> Draft | None:
    """September 2023, early September last year, Sept. of that year."""
    month = match.number(*_MONTHS)
    said = year_said(match, context)
    if month is None:
        return None
    found = part("month", said, month) if said is not None else None
    draft = dated(match, found, context, unit="month", anchor="absolute" if match.has("YEAR") else "published")
    if found is None:
        draft.value = f"XXXX-{month:02d}"
    return draft


def month_spoken(match: Match, context: Context) -> Draft | None:
    """January nineteen ninety-seven."""
    month = match.number(*_MONTHS)
    words = match.all("NUMWORD")
    said = spoken_year(match, words[0], match.last)
    if month is None or said is None:
        return None
    return dated(match, part("month", said, month), context, unit="month", anchor="absolute")


def month(match: Match, context: Context) -> Draft | None:
    """September, last May, early this October. The month just past would be "last month": "last" with its name is the year before's."""
    number = match.number(*_MONTHS)
    if number is None:
        return None
    lent = _year_lent(match, context)
    base = calendar.containing("month", context.base)
    anchor = "absolute" if lent is not None else "published"
    found: Stretch | None
    if lent is not None:
        found = part("month", lent, number)
    elif not match.has("LAST", "PAST", "NEXT", "COMING", "THIS", "FOLLOWING", "PREVIOUS", "SAME", "THAT"):
        found = _choose(match, context, "month", number)
        anchor = "text" if reached(match, context) else "published"
    elif base is None:
        found = None
    elif match.has("LAST", "PAST"):
        back = (base.number - number) % 12 + 1
        found = base.shifted(-back if back > 1 else -13)
    elif match.has("NEXT", "COMING"):
        found = base.shifted((number - 2 - base.number) % 12 + 1)
    elif match.has("THIS"):
        found = part("month", base.year, number)
    else:
        told = calendar.containing("month", context.antecedent(match)) or base
        found = (
            told.shifted((number - 2 - told.number) % 12 + 1)
            if match.has("FOLLOWING")
            else told.shifted(-((told.number - number) % 12 + 1))
        )
    draft = dated(match, found, context, unit="month", anchor=anchor)
    if found is None:
        draft.value = f"XXXX-{number:02d}"
    return draft


def day_ordinal(match: Match, context: Context) -> Draft | None:
    """on the 12th: of the month nearest in the sentence's direction, or of the month just spoken of."""
    number = match.number("ORDNUM") or 0
    after = match.word(match.last)
    if match.words.text[match.end : match.end + 1] == " " and after.isalpha() and after not in beside("after_ordinal"):
        return None
    if match.word(match.first - 1) != "on" and not _follows_day(match, context):
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


def weekday_ordinal(match: Match, context: Context) -> Draft | None:
    """Friday the 13th: the nearest day of that number which falls on that weekday."""
    number, wanted = match.number("ORDNUM") or 0, match.number("WDAY", "WDAYABBR")
    base = calendar.containing("month", context.antecedent(match, "day", "month", reach=300) or context.ref)
    if base is None or context.base is None:
        return dated(match, None, context)
    choices = [day((base.number + step) // 12, (base.number + step) % 12 + 1, number) for step in range(-7, 8)]
    fitting: list[Stretch | None] = [one for one in choices if one is not None and calendar.weekday(one) == wanted]
    return dated(match, nearest(fitting, context.base, context.side(match)), context)


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
    said = year_said(match, context)
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


READERS = {
    "two_days_month": two_days_month, "old_date": old_date, "day_of_unit": day_of_unit, "weekday_ordinal": weekday_ordinal,
    "iso": iso, "numeric": numeric, "month_day": month_day, "day_month": month_day, "year_month_day": month_day,
    "first_of_range": first_of_range, "second_of_range": second_of_range, "month_year": month_year, "month_spoken": month_spoken,
    "month": month, "month_unsure": month, "month_first": month, "day_ordinal": day_ordinal, "named_day": named_day,
}  # fmt: skip
