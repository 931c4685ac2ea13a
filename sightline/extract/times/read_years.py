"""Readers of seasons, years, decades and centuries."""

from __future__ import annotations

import re

from sightline.extract.times import calendar
from sightline.extract.times.calendar import Stretch, part, year
from sightline.extract.times.draft import Context, Draft, dated, nearest
from sightline.extract.times.numbers import spoken_year
from sightline.extract.times.read_dates import full_year, year_said
from sightline.extract.times.scan import Match
from sightline.extract.times.story import before_christ, next_in, reached
from sightline.extract.times.words import beside

_COUNTED = re.compile(
    r"[-\s]*(?:people|persons?|men|women|children|troops|soldiers|workers|jobs|homes|houses|miles?|kilomet\w+|km|feet|foot|met(?:er|re)s?|"
    r"tons?|tonnes|pounds|kg|g|lbs?|cm|mm|oz|lit(?:er|re)s?|kilos?|kilograms?|dollars?|euros?|yen|won|rubles|roubles|yuan|marks|francs|shares|points|votes|seats|"
    r"employees|members|students|cars|vehicles|tanks|rounds|degrees|calories|megawatts|barrels|acres|hectares|mph|kph|rpm|x|[ap]m|"
    r"others|companies|deaths|cases|civilians|refugees|passengers|percent|per\s?cent|pages|copies|times|hours|GMT|UTC)\b",
    re.IGNORECASE,
)


def season(match: Match, context: Context) -> Draft | None:
    """summer 2023, last winter, the spring of that year."""
    name = match.value("SEASON", "SPRINGFALL")
    if match.has("SPRINGFALL") and match.has("THAT") and not _stands(match):
        return None
    which = calendar.SEASONS.index(str(name)) + 1
    said = year_said(match, context)
    base = calendar.containing("season", context.base)
    on = match.has("FOLLOWING") or (match.has("NEXT") and match.has("THE") and (context.narrative or context.side(match) < 0))
    pointed = on or match.has("PREVIOUS", "SAME", "THAT")
    told = (
        context.antecedent(match)
        if pointed
        else None
        if match.has("LAST", "PAST", "NEXT", "COMING", "THIS", "CURRENT")
        else reached(match, context)
    )
    found: Stretch | None
    if said is not None:
        found = part("season", said, which)
    elif told is not None:
        around = [part("season", told.year + step, which) for step in (-1, 0, 1)]
        if on:
            around = [one for one in around if one is not None and one.first() > told.last()]
        elif match.has("PREVIOUS"):
            around = [one for one in reversed(around) if one is not None and one.last() < told.first()]
        found = next_in(around, told)
    elif base is None or context.base is None or before_christ(match, context):
        found = None
    else:
        choices = [part("season", context.base.year + step, which) for step in (-2, -1, 0, 1, 2)]
        if match.has("LAST", "PAST"):
            found = max((one for one in choices if one and one.number < base.number), default=None)
        elif match.has("NEXT", "COMING"):
            found = min((one for one in choices if one and one.number > base.number), default=None)
        elif match.has("THIS", "CURRENT"):
            near = [one for one in choices if one and abs(one.number - base.number) <= 3 and (one.year == context.base.year or one == base)]
            found = base if base in near else near[0] if near else None
        else:
            found = nearest(choices, context.base, context.side(match))
    draft = dated(match, found, context, unit="season", anchor="absolute" if match.has("YEAR") else "text" if told else "published")
    if found is None:
        draft.value = f"XXXX-{name}"
    return draft


def _stands(match: Match) -> bool:
    """Whether "that fall" is a time of its own and no clause ("buildings that fall down")."""
    text = match.words.text
    before = text[: match.start].rstrip()[-1:]
    return before in ("", ".", ",", ";", "!", "?", ":", "”", '"') or match.word(match.first - 1) in (
        "in",
        "by",
        "of",
        "since",
        "until",
        "late",
        "early",
    )


def year_(match: Match, context: Context) -> Draft | None:
    """2019, the year 2000, early 1990, mid-2001. A bare number needs company that makes it a year."""
    number = match.number("YEAR")
    if number is None:
        return None
    text, start, end = match.words.text, match.words.starts[match.all("YEAR")[0]], match.end
    alone = match.last - match.first == 1
    if alone:
        prepared = match.word(match.first - 1) in beside("before_year") or _set_apart(match)
        if not 1900 <= number <= 2100 and not (prepared and number >= 1100):
            return None
        led = match.word(match.first - 1) in ("since", "by", "until", "during") or text[max(0, start - 3) : start] == "In "
        if (
            (_COUNTED.match(text, end) and not led)
            or text[end : end + 1] in "$€£°"
            or re.match(r"\s?(?:million|billion|hundred)", text[end : end + 10])
        ):
            return None
        if re.search(
            r"(?:\bNo\.?|[#№@]|\b(?:nearly|almost|some|over|than|exactly|only|Room|Flight|Route|Highway|Resolution))\s*$",
            text[max(0, start - 12) : start],
        ):
            return None
        if text[start - 1 : start] in ("/", "=", "_") or (
            text[start - 1 : start] == "-" and text[start - 2 : start - 1].isalnum() and not text[start - 5 : start - 1].isdigit()
        ):
            return None
    return dated(match, year(number), context, unit="year", anchor="absolute")


def year_far(match: Match, context: Context) -> Draft | None:
    """the year 4000: beyond what a bare number means."""
    number = match.number("NUM") or 0
    if match.value("UNIT") != "year" or not 2200 <= number <= 9999 or "," in match.text:
        return None
    return dated(match, year(number), context, unit="year", anchor="absolute")


def _set_apart(match: Match) -> bool:
    """Whether signs make a number a year: "(1738)", "c. 1818", "1704 – 1787", "Aberdeen, 1859."."""
    before, after = match.kind(match.first - 1), match.kind(match.last)
    if before == "LPAR":
        return after in ("RPAR", "DASH", "COMMA")
    if before == "DOT":
        return match.word(match.first - 2) in ("c", "ca", "b", "d", "fl")
    number, other = match.number("YEAR") or 0, None
    if before == "DASH" and match.kind(match.first - 2) == "YEAR":
        other = match.words.values[match.first - 2]
        return isinstance(other, int) and 0 < number - other <= 150
    if after == "DASH" and match.kind(match.last + 1) == "YEAR":
        other = match.words.values[match.last + 1]
        return isinstance(other, int) and 0 < other - number <= 150
    name = match.words.text[match.words.starts[match.first - 2] : match.words.ends[match.first - 2]] if match.first > 1 else ""
    return before == "COMMA" and name[:1].isupper() and match.words.text[match.end : match.end + 1] in (".", ")", ";")


def year_fiscal(match: Match, context: Context) -> Draft | None:
    """fiscal 1989, FY23, the 2023-24 academic year: TIMEX3 gives the year that names it; the interval is left as wide as both years."""
    number = match.number("YEAR")
    if number is None:
        short = match.number("NUM", "DIG")
        if short is None or not (10 <= short <= 99):
            return None
        number = full_year(short, 2, context)
    draft = dated(match, year(number), context, unit="year", anchor="absolute")
    if draft.stretch is not None:
        draft.start = part("month", number - 1, 4) or draft.start
        draft.vague = True
    return draft


def year_or(match: Match, context: Context) -> Draft | None:
    """1994 or later."""
    draft = dated(match, year(match.number("YEAR") or 0), context, unit="year", anchor="absolute")
    later = not match.has("EARLIER")
    draft.mod = "ON_OR_AFTER" if later else "ON_OR_BEFORE"
    draft.vague = False
    if draft.stretch is not None:
        draft.start, draft.end = (draft.stretch, None) if later else (None, draft.stretch)
    return draft


def year_spoken(match: Match, context: Context) -> Draft | None:
    """nineteen ninety-six, the year two thousand."""
    words = match.all("NUMWORD")
    number = spoken_year(match, words[0], match.last) if words else None
    if number is None and match.has("UNIT", "HUNDRED") and match.number("NUMWORD") == 2 and match.number("HUNDRED") == 1000:
        number = 2000
    if number is None or not 1100 <= number <= 2099:
        return None
    return dated(match, year(number), context, unit="year", anchor="absolute")


def year_second(match: Match, context: Context) -> Draft | None:
    """The "89" of "1988-89"."""
    before = context.drafts[-1] if context.drafts else None
    number = match.number("DIG", "NUM")
    if before is None or before.stretch is None or before.stretch.unit != "year" or number is None or match.start - before.match.end > 2:
        return None
    full = before.stretch.year // 100 * 100 + number
    if not before.stretch.year < full <= before.stretch.year + 50 or number > 99:
        return None
    return dated(match, year(full), context, unit="year", anchor="absolute")


def year_era(match: Match, context: Context) -> Draft | None:
    """AD 79, 44 BC, the 264 of "264-146 BC" (before year 1 there is a value but no interval)."""
    number = match.number("DIG", "NUM", "YEAR")
    if number is None or not 0 < number <= 9999:
        return None
    named = context.following if match.rule == "year_era_first" else match
    if named is None or (named is not match and named.rule != "year_era"):
        return None
    if named.value("ERA") == "BC":
        return Draft(match, "DATE", f"BC{number:04d}", anchor="absolute")
    return dated(match, year(number), context, unit="year", anchor="absolute")


def bc_date(match: Match, context: Context) -> Draft | None:
    """2 August 216 BC, the spring of 218 BC; with AD the same words as of any year. Before year 1 there is no interval."""
    last = match.all("ERA")[0] - 1
    number, month, season_ = match.words.values[last], match.number("MONTH", "MONTHABBR", "MAYMARCH"), match.value("SEASON", "SPRINGFALL")
    days = [index for index in match.all("DIG", "ORDNUM") if index != last]
    if not isinstance(number, int) or not 0 < number <= 9999:
        return None
    of_month = match.words.values[days[0]] if days else None
    if match.value("ERA") == "BC":
        tail = f"-{season_}" if season_ else f"-{month:02d}" + (f"-{of_month:02d}" if isinstance(of_month, int) else "")
        return Draft(match, "DATE", f"BC{number:04d}{tail}", anchor="absolute")
    if season_:
        found = part("season", number, calendar.SEASONS.index(str(season_)) + 1)
    elif isinstance(of_month, int):
        found = calendar.day(number, month or 0, of_month)
    else:
        found = part("month", number, month or 0)
    return dated(match, found, context, unit="day", anchor="absolute") if found is not None else None


def decade(match: Match, context: Context) -> Draft | None:
    """the 1980s, the late '90s, the nineties."""
    number = match.number("YEAR", "DECADE")
    if number is None:
        name = match.number("NAMEDDECADE")
        if name is None or not match.has("THE", "EARLY", "LATE", "MID"):
            return None
        number = name * 10
    elif number < 100 and not match.has("THE", "APOS"):
        return None
    if re.search(
        r"\b(?:his|her|their|my|your|our|its)\s+(?:early\s|late\s|mid-?\s?)?$", match.words.text[max(0, match.start - 14) : match.start]
    ):
        return None
    if number < 100:
        now = context.base.year if context.base else 2020
        number += now // 100 * 100
        number -= 100 if number > now + 5 else 0
    if number % 10:
        return None
    return dated(match, calendar.made("decade", number // 10), context, unit="decade", anchor="absolute")


def century(match: Match, context: Context) -> Draft | None:
    """the 20th century, the late 19th century."""
    unit = match.all("UNIT")
    number = match.number("ORDWORD", "SECOND", "ORDNUM")
    if number is None or match.words.values[unit[0]] != "century" or not 1 <= number <= 99:
        return None
    if match.value("ERA") == "BC":
        return Draft(match, "DATE", f"BC{number - 1:02d}", anchor="absolute")
    return dated(match, calendar.made("century", number - 1), context, unit="century", anchor="absolute")


READERS = {
    "season": season, "season_year": season, "season_unsure": season, "year": year_, "year_far": year_far, "year_fiscal": year_fiscal, "year_or": year_or,
    "year_spoken": year_spoken, "year_second": year_second, "year_era": year_era, "year_era_first": year_era, "bc_date": bc_date,
    "decade": decade, "century": century,
}  # fmt: skip
