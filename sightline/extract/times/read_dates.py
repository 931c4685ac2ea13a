"""Readers of expressions that name a day or a month by its own name, named days among them."""

from __future__ import annotations

import re

from sightline.extract.times import calendar
from sightline.extract.times.calendar import Stretch, day, part
from sightline.extract.times.draft import Context, Draft, dated, nearest
from sightline.extract.times.numbers import spoken_year
from sightline.extract.times.scan import Match
from sightline.extract.times.story import before_christ, next_in, reached
from sightline.extract.times.words import beside

_DIED = re.compile(r"\b(?:died|passed away|dies)\b[^.;!?]*$")
_ATTACKS = re.compile(r"\s+(?:(?:terror\w*|suicide)\s+)?(?:attacks?|hijack\w+|atrocit\w+)\b")
#: An obituary that tells a life by its years ends with a death at most so many days before its publication.
_OBITUARY = 45
_FROM_TOLD = {"THAT": 0, "SAME": 0, "FOLLOWING": 1, "PREVIOUS": -1}
#: So many days from the report a weekday that does not fit its date is taken for a slip.
_SLIP = 45
MONTHS = ("MONTH", "MONTHABBR", "MAYMARCH")


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


def _pointed(match: Match, context: Context, month: int, number: int) -> Stretch | None:
    """last Nov. 25, next May 1: the last or next such day, where no weekday is said ("next Wednesday, April 17" is the date's)."""
    ref, back = context.ref, match.has("LAST", "PAST")
    if ref is None or match.has("WDAY", "WDAYABBR") or not (back or match.has("NEXT", "COMING")):
        return None
    choices = [one for step in (-1, 0, 1) if (one := day(ref.year + step, month, number))]
    if back:
        return max((one for one in choices if one.number < ref.number), default=None)
    return min((one for one in choices if one.number > ref.number), default=None)


def year_lent(match: Match, context: Context) -> int | None:
    """The year of what follows, in "from March to August 1988", "May 1, 3 and 4, 1990", "on Christmas Day in 2004"."""
    after = context.following
    if after is not None and after.rule == "year" and match.has("NAMEDDAY", "DIG", "ORDNUM"):
        return after.number("YEAR") if match.words.text[match.end : after.start].strip().lower() in ("in", "of") else None
    if after is None or after.start - match.end > 12 or not after.has("YEAR") or not after.has(*MONTHS, "DIG"):
        return None
    between = match.words.text[match.end : after.start].strip().lower()
    said, one, other = after.number("YEAR"), match.number(*MONTHS), after.number(*MONTHS)
    if said is not None and one is not None and other is not None and one > other:
        said -= 1
    return said if between in ("to", "and", "-", "–", "—", "through", "or", "until", "till", ",", ", and") else None


def choose(match: Match, context: Context, unit: str, month: int, number: int = 1) -> Stretch | None:
    """The day or month of that name nearest to the report, on the side that the sentence tells."""
    told, base = reached(match, context), context.base
    if told is not None and unit == "day" and base is not None and _DIED.search(match.words.text[max(0, match.start - 60) : match.start]):
        late = max((one for step in (0, -1) if (one := day(base.year + step, month, number)) and one.number <= base.first()), default=None)
        told = None if late is not None and base.first() - late.number <= _OBITUARY else told
    wanted = match.number("WDAY", "WDAYABBR")
    if told is not None:
        found = next_in(
            [day(told.year + step, month, number) if unit == "day" else part("month", told.year + step, month) for step in (-1, 0, 1)], told
        )
        if wanted is None or base is None or found is None or calendar.weekday(found) == wanted:
            return found
    if base is None or before_christ(match, context):
        return None
    ref = base if unit == "day" else calendar.containing("month", base) or base
    reach = range(-4, 5) if (unit, month, number) == ("day", 2, 29) else range(-1, 2)
    years = [base.year + step for step in reach]
    choices = [day(of, month, number) if unit == "day" else part("month", of, month) for of in years]
    side = context.side(match)
    return _on_weekday(match, choices, nearest(choices, ref, side), ref, side)


def _on_weekday(match: Match, choices: list[Stretch | None], found: Stretch | None, ref: Stretch, side: float) -> Stretch | None:
    """Of "Monday, March 31" the year in which that is a Monday, where the nearest is none and far off or on the wrong side."""
    wanted = match.number("WDAY", "WDAYABBR")
    if wanted is None or found is None or found.unit != "day" or calendar.weekday(found) == wanted:
        return found
    gap = found.number - ref.last()
    if abs(gap) <= _SLIP and gap * side >= 0:
        return found
    fitting: list[Stretch | None] = [
        one for one in choices if one is not None and calendar.weekday(one) == wanted and (one.number - ref.last()) * side >= 0
    ]
    return nearest(fitting, ref, side) or found


def month_day(match: Match, context: Context, number: int | None = None) -> Draft | None:
    """September 11, Monday Sept. 11, 11 September 2023, the 11th of September last year."""
    month = match.number(*MONTHS)
    number = match.number("DIG", "ORDNUM", "ORDWORD", "SECOND") if number is None else number
    if month is None or number is None or not 1 <= number <= 31:
        return None
    if match.kind(match.last) == "COLON" and not match.has("YEAR") and not match.words.text[match.end + 1 : match.end + 2].isspace():
        return None
    said = year_said(match, context) or year_lent(match, context)
    if said is not None:
        found = day(said, month, number)
        return dated(match, found, context, anchor="absolute" if match.has("YEAR") else "published") if found else None
    if number > 29 and day(2000, month, number) is None:
        return None
    if (month, number) == (9, 11) and context.base is not None and context.base.year > 2001 and _ATTACKS.match(match.words.text, match.end):
        return dated(match, day(2001, 9, 11), context, anchor="absolute")
    pointed = _pointed(match, context, month, number)
    found = pointed or choose(match, context, "day", month, number)
    draft = dated(match, found, context, anchor="text" if not pointed and reached(match, context) else "published")
    if found is None:
        draft.value = f"XXXX-{month:02d}-{number:02d}"
    return draft


def month_year(match: Match, context: Context) -> Draft | None:
    """September 2023, early September last year, Sept. of that year."""
    month = match.number(*MONTHS)
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
    month = match.number(*MONTHS)
    words = match.all("NUMWORD")
    said = spoken_year(match, words[0], match.last)
    if month is None or said is None:
        return None
    return dated(match, part("month", said, month), context, unit="month", anchor="absolute")


def month(match: Match, context: Context) -> Draft | None:
    """September, last May, early this October. The month just past would be "last month": "last" with its name is the year before's."""
    number = match.number(*MONTHS)
    if number is None:
        return None
    lent = year_lent(match, context)
    base = calendar.containing("month", context.base)
    anchor = "absolute" if lent is not None else "published"
    found: Stretch | None
    if lent is not None:
        found = part("month", lent, number)
    elif not match.has("LAST", "PAST", "NEXT", "COMING", "THIS", "FOLLOWING", "PREVIOUS", "SAME", "THAT"):
        found = choose(match, context, "month", number)
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
        named = context.antecedent(match)
        told = calendar.containing("month", named) or base
        found = (
            part("month", named.year, number)
            if named is not None and match.has("THAT", "SAME")
            else told.shifted((number - 2 - told.number) % 12 + 1)
            if match.has("FOLLOWING")
            else told.shifted(-((told.number - number) % 12 + 1))
        )
    draft = dated(match, found, context, unit="month", anchor=anchor)
    if found is None:
        draft.value = f"XXXX-{number:02d}"
    return draft


def month_before(match: Match, context: Context) -> Draft | None:
    """a March speech, Florida's May primary: only before what has its month; May and March are names and nouns too."""
    return month(match, context) if match.word(match.last) in beside("has_month") else None


READERS = {
    "iso": iso, "numeric": numeric, "month_day": month_day, "day_month": month_day, "year_month_day": month_day, "month_year": month_year,
    "month_spoken": month_spoken, "month": month, "month_unsure": month, "month_first": month, "month_before": month_before,
}  # fmt: skip
