"""Readers of quarters and halves of a year, and of the periods that accounts compare."""

from __future__ import annotations

import re

from sightline.extract.times import calendar
from sightline.extract.times.calendar import Stretch, part
from sightline.extract.times.draft import Context, Draft, dated, nearest
from sightline.extract.times.read_ago import accounts, whole_of, years_before
from sightline.extract.times.read_dates import full_year, year_said
from sightline.extract.times.read_units import the_quarter
from sightline.extract.times.read_years import year_
from sightline.extract.times.scan import Match

_GAME = re.compile(
    r"\b(?:scor(?:e[ds]?|ing)|goals?|goalkeeper|touchdowns?|halftime|half-time|coach|yards?|striker|penalty|quarterback|midfielder|defender|"
    r"kick(?:ed|off)?|rebounds?|header|pitch|offside|fouls?|minutes? left|the game|the match)\b",
    re.IGNORECASE,
)
_MONEY = re.compile(
    r"[$£€¥%]|\b(?:percent|profits?|loss(?:es)?|earnings|revenues?|income|econom\w+|output|gdp|growth|exports?|inflation|shares|quarterly|firm|company)\b",
    re.IGNORECASE,
)


def _placed(match: Match, context: Context, unit: str, which: int) -> tuple[Stretch | None, str]:
    """The quarter or half of that number: of the year said, else nearest on the side that the sentence tells."""
    said = year_said(match, context)
    if said is not None:
        return part(unit, said, which), "absolute" if match.has("YEAR") else "published"
    base = context.base
    if base is None:
        return None, "published"
    here = calendar.containing(unit, base)
    years = [part(unit, base.year + step, which) for step in (-1, 0, 1)]
    if here is not None and match.has("LAST"):
        return max((one for one in years if one and one.number < here.number), default=None), "published"
    if here is not None and match.has("NEXT"):
        return min((one for one in years if one and one.number > here.number), default=None), "published"
    if match.has("THIS"):
        return part(unit, base.year, which), "published"
    direction = context.side(match)
    if direction <= 0 and here is not None:
        begun = [one for one in years if one is not None and one.number <= here.number]
        return max(begun, default=None), "published"
    return nearest(years, base, direction), "published"


def _of_a_game(match: Match) -> bool:
    """Whether a bare "second half" or "first quarter" is a game's: words of sport nearby and none of money or output."""
    if match.has("YEAR", "FISCAL", "UNIT", "APOS", "DASH"):
        return False
    near = match.words.text[max(0, match.start - 200) : match.end + 200]
    return bool(_GAME.search(near)) and not _MONEY.search(near)


def quarter(match: Match, context: Context) -> Draft | None:
    """the third quarter, fiscal first quarter of 1990, last year's fourth quarter, the year-ago second quarter."""
    which = match.number("ORDWORD", "SECOND", "ORDNUM")
    if which is None or not 1 <= which <= 4 or match.word(match.last).startswith("final") or _of_a_game(match):
        return None
    if match.kind(match.first) in ("THE", "THAT") and match.kind(match.all("QUARTER")[0] - 1) == "DASH":
        match = match.cut(match.first + 1, match.last)
    if match.has("AGO", "EARLIER") and not match.has("YEAR"):
        found, anchor = _year_ago(match, context, "quarter", which)
    else:
        found, anchor = _placed(match, context, "quarter", which)
    return _unnamed(dated(match, found, context, unit="quarter", anchor=anchor), f"Q{which}")


def _unnamed(draft: Draft, name: str) -> Draft:
    if draft.stretch is None:
        draft.value = f"XXXX-{name}"
    return draft


def _year_ago(match: Match, context: Context, unit: str, which: int) -> tuple[Stretch | None, str]:
    told = context.antecedent(match, unit, reach=2000)
    if told is not None and told == part(unit, told.year, which):
        before = context.drafts[-1].match.rule in ("ago", "year_ago", "comparable", "quarter_ago")
        return (told if before else years_before(told, 1)), "text"
    found, _ = _placed(match, context, unit, which)
    return (years_before(found, 1) if found else None), "published"


def quarter_letter(match: Match, context: Context) -> Draft | None:
    """Q3, 3Q, Q3 2023."""
    which = match.number("DIG") or 0
    letter = match.all("Q")[0]
    number = match.all("DIG")[0]
    if not _touching(match, letter, number) or not 1 <= which <= 4:
        return None
    said = _glued_year(match, letter, context)
    if said is not None:
        return dated(match, part("quarter", said, which), context, unit="quarter", anchor="absolute")
    found, anchor = _placed(match, context, "quarter", which)
    return _unnamed(dated(match, found, context, unit="quarter", anchor=anchor), f"Q{which}")


def _touching(match: Match, one: int, other: int) -> bool:
    return match.words.ends[min(one, other)] == match.words.starts[max(one, other)]


def _glued_year(match: Match, letter: int, context: Context) -> int | None:
    """The year of "1Q13", "1Q2013"."""
    if match.last != letter + 2 or match.kind(match.first) != "DIG" or not _touching(match, letter, letter + 1):
        return None
    text = match.word(letter + 1)
    return full_year(int(text), len(text), context) if len(text) in (2, 4) else None


def half_letter(match: Match, context: Context) -> Draft | None:
    """H1 2013, 2H 2012; without a year only beside words of money."""
    which, letter, number = match.number("DIG") or 0, match.all("H")[0], match.all("DIG")[0]
    text = match.words.text
    if not _touching(match, letter, number) or which not in (1, 2) or re.match(r"\w|-\w", text[match.end : match.end + 2]):
        return _year_alone(match, context)
    if not match.has("YEAR", "APOS", "UNIT") and not _MONEY.search(text[max(0, match.start - 90) : match.end + 90]):
        return None
    found, anchor = _placed(match, context, "half", which)
    return _unnamed(dated(match, found, context, unit="half", anchor=anchor), f"H{which}")


def _year_alone(match: Match, context: Context) -> Draft | None:
    return year_(match.cut(match.last - 1, match.last), context) if match.kind(match.last - 1) == "YEAR" else None


def same_of_year(match: Match, context: Context) -> Draft | None:
    """the same month of 2020, the same quarter of last year: the one told before, in that year."""
    unit, said = ("quarter" if match.has("QUARTER") else str(match.value("UNIT"))), year_said(match, context)
    told = context.antecedent(match, unit)
    if said is None or told is None or unit == "week":
        return dated(match, None, context, unit=unit if unit in ("day", "week", "month", "quarter") else "year", anchor="text")
    return dated(match, years_before(told, told.year - said), context, unit=unit, anchor="text")


def quarter_year(match: Match, context: Context) -> Draft | None:
    """the 1988 quarter, last year's quarter, the 1988 period: the quarter told before, in that year."""
    said = year_said(match, context)
    told = context.antecedent(match, "quarter", "half", "month", reach=3000)
    if said is None:
        return None
    unit = "half" if match.has("HALF") else "quarter"
    if told is None or (unit == "half" and told.unit != "half"):
        return dated(match, calendar.year(said), context, unit="year")
    found = years_before(told, told.year - said)
    return dated(match, found, context, unit=told.unit, anchor="text")


def half(match: Match, context: Context) -> Draft | None:
    """the first half, the second half of 1989, the last half of the '80s."""
    which = match.number("ORDWORD", "SECOND", "ORDNUM") or 2
    if which not in (1, 2) or _of_a_game(match):
        return None
    if match.has("DECADE", "NAMEDDECADE"):
        number = match.number("DECADE") or (match.number("NAMEDDECADE") or 0) * 10
        if number < 100:
            now = context.base.year if context.base else 2020
            number += now // 100 * 100
            number -= 100 if number > now + 5 else 0
        whole = calendar.made("decade", number // 10)
        draft = dated(match, whole, context, unit="decade", anchor="absolute")
        draft.mod = "START" if which == 1 else "END"
        if whole is not None:
            draft.start, draft.end = calendar.year(number if which == 1 else number + 5), calendar.year(number + (4 if which == 1 else 9))
        return draft
    after = match.word(match.last)
    if any(match.words.values[index] != "year" for index in match.all("UNIT")):
        return None
    year_named = match.has("YEAR", "UNIT", "FISCAL", "APOS")
    if not year_named and (
        after in ("of", "time", "hour", "century")
        or match.word(match.first - 1) not in ("in", "for", "during", "of", "from", "since", "by")
    ):
        return None
    found, anchor = _placed(match, context, "half", which)
    draft = _unnamed(dated(match, found, context, unit="half", anchor=anchor), f"H{which}")
    draft.mod = None
    return draft


def year_ago(match: Match, context: Context) -> Draft | None:
    """the year-ago quarter, the year-earlier period, year-ago."""
    which = match.number("ORDWORD", "SECOND", "ORDNUM")
    if which is not None:
        return quarter(match, context) if match.has("QUARTER") and which <= 4 else None
    if match.kind(match.first) in ("THE", "A") and not match.has("QUARTER", "PERIOD", "HALF"):
        match = match.cut(match.first + 1, match.last)
    found = accounts(match, context)
    here = context.here("year")
    if (found is None or found.unit == "year") and match.has("QUARTER"):
        told = the_quarter(match, context).stretch
        found = years_before(told, 1) if told else None
    if found is None:
        return dated(match, here.shifted(-1) if here else None, context, unit="year")
    draft = dated(match, found, context, unit=found.unit, anchor="text")
    return whole_of(draft)


def comparable(match: Match, context: Context) -> Draft | None:
    """the corresponding period last year, the same quarter a year ago, the comparable year-ago quarter."""
    if match.has("TIME") and not match.has("UNIT"):
        return None
    which = match.number("ORDWORD", "SECOND", "ORDNUM")
    if which is not None and match.has("QUARTER") and which <= 4:
        return quarter(match, context)
    said = year_said(match, context)
    told = context.antecedent(match, "quarter", "half", "month", reach=800)
    if match.has("QUARTER") and told is not None and told.unit != "quarter":
        told = context.antecedent(match, "quarter", reach=3000)
    if not match.has("UNIT", "YEAR"):
        return None if told is None or match.has("HALF") else dated(match, told, context, unit=told.unit, anchor="text")
    if told is None:
        here = context.here("year")
        return whole_of(dated(match, here.shifted(-1) if here else None, context, unit="year"))
    found = years_before(told, told.year - said if said is not None else 1)
    return whole_of(dated(match, found, context, unit=told.unit, anchor="text"))


READERS = {
    "quarter": quarter, "quarter_first": quarter, "quarter_letter": quarter_letter, "quarter_year": quarter_year, "half": half,
    "half_unsure": half, "half_letter": half_letter, "same_of_year": same_of_year, "year_ago": year_ago, "comparable": comparable, "quarter_ago": comparable,
}  # fmt: skip
