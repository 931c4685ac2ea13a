"""Readers of counted stretches and of what happens again and again: DURATION and SET."""

from __future__ import annotations

import re
from itertools import pairwise

from sightline.extract.times import calendar
from sightline.extract.times.calendar import Stretch
from sightline.extract.times.draft import SECONDS, Context, Draft, vague
from sightline.extract.times.durations import value_of
from sightline.extract.times.numbers import Amount, amount
from sightline.extract.times.scan import Match, opens
from sightline.extract.times.words import beside

_UNITS = ("UNIT", "CLOCKUNIT", "QUARTER", "WEEKEND", "NIGHTS", "DAYPART", "SECOND")
_RATE = re.compile(
    r"(?:[$£€¥]?\d(?:[\d,.]*\d)?|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|dozen|hundred|thousand|million|billion|once|twice|times|cents?|"
    r"dollars?|euros?|pounds?|percent))(?:\s+[^\W\d_]+){0,3}\s+$",
    re.IGNORECASE,
)
_DENIED = re.compile(r"(?:n['’]t|\bnot|\bnever|\bcannot|\bwithout)\b[^.;]*$", re.IGNORECASE)


def duration(match: Match, context: Context) -> Draft | None:
    """two hours, nearly forty years, a 10-hour (tour), two and a half years, the past two months, a few days."""
    units = match.all(*_UNITS)
    if match.rule == "year_ago_stretch":
        units = units[1:]
    if not units:
        return None
    if len(units) > 1 and match.rule == "duration" and not descending(match, units):
        match, units = match.cut(match.first, units[0] + 1), units[:1]
    text = match.words.text
    word = match.word(units[-1])
    if match.word(match.last) == "of" and match.kind(units[-1]) == "QUARTER" and not match.has("UNIT", "CLOCKUNIT"):
        return None
    if match.kind(match.first) == "LAST" and match.word(match.first - 1) in beside("lasting"):
        match = match.cut(match.first + 1, match.last)
    if text[match.words.starts[units[-1]]].isupper() and text[match.start].islower():
        return None
    kind = match.kind(units[0])
    if kind == "QUARTER" and match.kind(units[0] - 1) == "DASH" and len(units) == 1 and units[0] - 1 > match.first and word == "quarters":
        return None
    if kind == "QUARTER" and word == "quarter" and not match.has("LAST", "PAST", "NEXT"):
        return None
    if kind == "DAYPART" and (match.kind(units[0] - 1) not in ("DIG", "NUM", "NUMWORD") or match.value("DAYPART") != "TNI"):
        return _one_morning(match, units[0]) if match.word(units[0] - 1) == "one" else None
    if match.first and match.all("DIG") and text[match.start - 1 : match.start] in ("/", ":"):
        return None
    if match.has("THE") and match.kind(match.first) == "APPROX":
        match = match.cut(match.first + 1, match.last)
    adjectival = match.kind(units[-1] - 1) == "DASH" or (
        match.has("DIG", "NUM", "NUMWORD") and word in ("day", "week", "month", "year", "hour")
    )
    if match.kind(match.first) in ("SECOND", "ORDWORD") and match.kind(units[-1] - 1) == "DASH":
        match = match.cut(match.first + 1, match.last)
    if match.kind(match.first) == "THE" and adjectival and match.last - match.first <= (6 if match.has("OLD") else 4):
        match = match.cut(match.first + 1, match.last)
    if (
        word == "day"
        and match.last - match.first == 2
        and match.word(match.first) == "one"
        and match.word(match.first - 1) in beside("some_day")
    ):
        return Draft(match, "DATE", "FUTURE_REF", context.ref, None, context.ref is not None, anchor="published", vague=True)
    parts: list[tuple[Amount, str]] = []
    begin = match.first if match.rule != "year_ago_stretch" else match.all("AGO", "EARLIER")[0] + 1
    for number, index in enumerate(units):
        if match.kind(index) == "SECOND" or (match.kind(index) == "QUARTER" and number == 0 and len(units) > 1):
            continue
        many = amount(match, begin, index)
        parts.append((many, unit_at(match, index)))
        begin = index + 1
    if not parts:
        return None
    if match.last > units[-1] + 1 and match.has("HALF") and match.all("HALF")[-1] > units[-1]:
        many, unit = parts[-1]
        parts[-1] = (Amount(many.low + 0.5, many.high + 0.5, many.counted), unit)
    draft = Draft(match, "DURATION", value_of(parts), anchor="published")
    draft.seconds = _seconds(match, parts)
    draft.approximate = not parts[0][0].counted or parts[0][0].low != parts[0][0].high
    _loosened(draft)
    return _from_now(draft, parts, context) or around(draft, parts, context)


def descending(match: Match, units: list[int]) -> bool:
    """Whether units follow one another as in one length: years, then months; "10.8 seconds two years ago" is two."""
    sizes = [SECONDS.get(unit_at(match, index), 1) for index in units if match.kind(index) not in ("SECOND", "QUARTER")]
    return all(one > other for one, other in pairwise(sizes))


def _one_morning(match: Match, at: int) -> Draft:
    """one morning, one evening: of a day that nothing places."""
    return Draft(match.cut(at - 1, at + 1), "TIME", f"XXXX-XX-XX{match.words.values[at]}")


def days_a_week(match: Match, context: Context) -> Draft | None:
    """five days a week, 24 hours a day: TIMEX3's SET of the longer unit, its freq counted in the shorter."""
    units = match.all(*_UNITS)
    if len(units) < 2:
        return None
    many, short, long = amount(match, match.first, units[0]), unit_at(match, units[0]), unit_at(match, units[1])
    if not many.counted or SECONDS.get(short, 0) >= SECONDS.get(long, 0):
        return duration(match.cut(match.first, units[0] + 1), context)
    freq = value_of([(many, short)]).lstrip("PT")
    return Draft(match, "SET", value_of([(Amount(1, 1, True), long)]), quant="EACH", freq=freq)


def unit_at(match: Match, index: int) -> str:
    """The unit that the word at an index names; a part of the day counts as a night."""
    kind = match.kind(index)
    if kind in ("UNIT", "CLOCKUNIT"):
        return str(match.words.values[index])
    return {"QUARTER": "quarter", "WEEKEND": "weekend", "NIGHTS": "night", "DAYPART": "night"}[kind]


def _seconds(match: Match, parts: list[tuple[Amount, str]]) -> tuple[float, float]:
    """Least and greatest length in seconds, loosened by "about", "nearly", "more than"."""
    low = sum(many.low * SECONDS.get(unit, 43200) for many, unit in parts)
    high = sum(many.high * SECONDS.get(unit, 43200) for many, unit in parts)
    mod = _mod(match)
    if mod:
        least, most = vague()["loosened"][mod]
        low, high = low * least, high * most
    return low, high


def _mod(match: Match) -> str | None:
    for name in ("MORELESS", "LEASTMOST", "APPROX"):
        value = match.value(name)
        if isinstance(value, str) and value:
            return value
    if match.has("UP"):
        return "EQUAL_OR_LESS"
    if match.has("SOME") and match.has("DIG", "NUM", "NUMWORD", "YEAR"):
        return "APPROX"
    return None


def _loosened(draft: Draft) -> None:
    draft.mod = _mod(draft.match)
    draft.approximate = draft.approximate or draft.mod is not None


def _from_now(draft: Draft, parts: list[tuple[Amount, str]], context: Context) -> Draft | None:
    """ "will end in five years": the day, week, month or year that far from the report, not a length."""
    match, (many, unit) = draft.match, parts[0]
    if match.word(match.first - 1) != "in" or len(parts) != 1 or not many.counted or unit not in ("day", "week", "month", "year"):
        return None
    if match.word(match.first - 2) in beside("rare") or many.low != int(many.low) or match.has("DASH", "PAST", "LAST", "NEXT", "THE"):
        return None
    if _rare_kind(match):
        return None
    here = context.here(unit)
    if here is None or context.side(match) < 1 or _DENIED.search(match.words.text[max(0, match.start - 60) : match.start]):
        return None
    found, far = here.shifted(int(many.low)), here.shifted(int(many.high))
    if found is None or far is None:
        return None
    return Draft(match, "DATE", found.value(), found, far, True, found, draft.mod, anchor="published", approximate=True)


def _rare_kind(match: Match) -> bool:
    """Whether a superlative stands in the phrase before "in"."""
    for index in range(match.first - 2, max(-1, match.first - 11), -1):
        word = match.word(index)
        if not word[:1].isalpha() or word in beside("verbs_between"):
            return False
        if word in beside("rare_kind"):
            return True
    return False


def around(draft: Draft, parts: list[tuple[Amount, str]], context: Context) -> Draft:
    """The stretch before or after the report that "the past two months" or "the next five years" covers."""
    match, ref = draft.match, context.day_told(draft.match) if context.narrative else context.ref
    back = match.has("PAST", "RECENT", "LATEST", "PREVIOUS") or match.has("LAST")
    ahead = match.has("NEXT", "COMING", "AHEAD")
    if not (back or ahead) or ref is None:
        return draft
    days = max(1, round(draft.seconds[1] / 86400)) if draft.seconds else 1
    far = ref.shifted(-days if back else days)
    many, unit = parts[0]
    if len(parts) == 1 and many.counted and many.high == int(many.high) and unit in ("month", "year", "quarter", "week"):
        far = same_day(ref, unit, int(many.high) * (-1 if back else 1)) or far
    draft.start, draft.end = (far, ref) if back else (ref, far)
    draft.placed = far is not None
    draft.vague = not many.counted
    return draft


def same_day(ref: Stretch, unit: str, count: int) -> Stretch | None:
    """The same day of the month so many months or years away."""
    if unit == "week":
        return ref.shifted(7 * count)
    months = count * {"month": 1, "quarter": 3, "year": 12}[unit]
    month = calendar.containing("month", ref)
    target = month.shifted(months) if month else None
    if month is None or target is None:
        return None
    return Stretch("day", min(target.first() + ref.number - month.first(), target.last()))


def duration_a(match: Match, context: Context) -> Draft | None:
    """a week, an hour and a half; after an amount it is a rate: "four flights a week"."""
    if match.has("MOMENT") or (match.has("QUARTER") and not match.has("LAST", "PAST")):
        return None
    unit_at = match.all("UNIT", "CLOCKUNIT", "QUARTER", "WEEKEND")
    if unit_at and match.word(unit_at[0]).endswith("s") and match.last - match.first == 2:
        return duration_bare(match.cut(unit_at[0], match.last), context)
    if match.has("WEEKEND") and match.word(match.first) == "over":
        match = match.cut(match.first + 1, match.last)
    before = match.words.text[max(0, match.start - 60) : match.start]
    last = before.split()[-1].lower() if before.split() else ""
    if match.last - match.first == 2 and last not in beside("not_rate") and _RATE.search(before):
        return rate(match, context)
    return duration(match, context)


def rate(match: Match, context: Context) -> Draft | None:
    """a year, per day, as the measure of a rate."""
    units = match.all("UNIT", "CLOCKUNIT")
    if not units:
        return None
    return Draft(match, "SET", value_of([(Amount(1, 1, True), unit_at(match, units[-1]))]), quant="EACH", anchor=None)


def duration_bare(match: Match, context: Context) -> Draft | None:
    """days, months, centuries: an uncounted length; a bare singular is none."""
    word = match.word(match.first)
    if not word.endswith("s") and word not in ("millennia", "centuries"):
        return None
    before = match.word(match.first - 1)
    if before in beside("no_length"):
        return None
    if match.words.text[match.end : match.end + 1] in ("'", "’") or (match.words.text[match.start].isupper() and not opens(match)):
        return None
    unit = unit_at(match, match.first)
    low, high = vague()["count"]["bare"]
    draft = Draft(match, "DURATION", value_of([(Amount(low, high, False), unit)]), approximate=True, vague=True)
    draft.seconds = (low * SECONDS[unit], high * SECONDS[unit])
    return draft


def duration_vague(match: Match, context: Context) -> Draft | None:
    """a long time, some time, a while: a length that nobody counted; after "for" with a perfect it reaches up to the report."""
    if match.has("PERIOD") and not match.has("A"):
        return None
    before = match.word(match.first - 1)
    if match.has("TIME") and match.has("SHORTLONG") and not match.has("A"):
        return None
    draft = Draft(match, "DURATION", "PXM" if match.word(match.first) == "some" else "PXX", vague=True, approximate=True)
    if before == "for" and context.ref is not None and context.side(match) <= 0:
        draft.start, draft.end, draft.placed = None, context.ref, True
    return draft


READERS = {
    "duration": duration, "duration_a": duration_a, "duration_bare": duration_bare, "duration_vague": duration_vague, "the_duration": duration,
    "year_ago_stretch": duration, "per_unit": rate, "days_a_week": days_a_week,
}  # fmt: skip
