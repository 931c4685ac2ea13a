"""Readers of stretches around the report that are hardly counted: recent weeks, the months ahead, the third straight day, year-long."""

from __future__ import annotations

from sightline.extract.times.draft import SECONDS, Context, Draft, vague
from sightline.extract.times.durations import value_of
from sightline.extract.times.numbers import Amount
from sightline.extract.times.read_counted import around, duration, duration_bare, same_day, unit_at
from sightline.extract.times.scan import Match
from sightline.extract.times.words import beside


def recent_units(match: Match, context: Context) -> Draft | None:
    """recent weeks, the coming days, the last few years, in previous months."""
    units = match.all("UNIT", "CLOCKUNIT", "QUARTER", "WEEKEND", "NIGHTS")
    first = units[0]
    word = match.word(first)
    if match.has("SEVERAL"):
        return duration(match, context)
    if match.kind(match.first) == "LAST" and match.word(match.first - 1) in beside("lasting"):
        return duration_bare(match.cut(units[0], units[0] + 1), context)
    if not word.endswith("s") and word not in ("millennia",):
        return None
    ahead = match.has("COMING", "NEXT", "FOLLOWING", "LATER")
    unit = unit_at(match, units[-1])
    if match.has("FOLLOWING") and (context.narrative or context.side(match) <= -1):
        low, high = vague()["count"]["several"]
        draft = Draft(match, "DURATION", value_of([(Amount(low, high, False), unit)]), anchor="text", approximate=True, vague=True)
        draft.seconds = (low * SECONDS.get(unit, 86400), high * SECONDS.get(unit, 86400))
        return draft
    _, high = vague()["count"]["several"]
    draft = Draft(match, "DATE", "FUTURE_REF" if ahead else "PAST_REF", anchor="published", vague=True)
    ref = context.ref
    if ref is not None and not match.has("FOLLOWING", "LATER", "EARLIER"):
        far = ref.shifted(round(high * SECONDS.get(unit, 86400) / 86400) * (1 if ahead else -1))
        draft.start, draft.end = (ref, far) if ahead else (far, ref)
        draft.placed = far is not None
    return draft


def units_ahead(match: Match, context: Context) -> Draft | None:
    """the weeks ahead, the year ahead."""
    units = match.all("UNIT", "CLOCKUNIT", "QUARTER")
    if match.has("DIG", "NUM", "NUMWORD", "SEVERAL"):
        return duration(match, context)
    unit = unit_at(match, units[0])
    plural = match.word(units[0]).endswith("s") or unit == "millennium"
    low, high = vague()["count"]["several"] if plural else (1, 1)
    many = Amount(float(low), float(high), not plural)
    draft = Draft(match, "DURATION", value_of([(many, unit)]), anchor="published", vague=plural)
    draft.seconds = (low * SECONDS[unit], high * SECONDS[unit])
    return around(draft, [(many, unit)], context)


def straight_units(match: Match, context: Context) -> Draft | None:
    """(for) the third straight day: as many days, up to the report's."""
    at = match.all("UNIT", "CLOCKUNIT", "QUARTER", "WEEKEND")
    which = match.number("ORDWORD", "SECOND", "ORDNUM")
    if not at or which is None or match.word(match.last - 1).endswith("s"):
        return None
    many, unit = Amount(float(which), float(which), True), unit_at(match, at[-1])
    draft = Draft(match, "DURATION", value_of([(many, unit)]), anchor="published")
    draft.seconds = (which * SECONDS[unit], which * SECONDS[unit])
    ref = context.ref
    if ref is not None and unit in ("day", "week", "month", "quarter", "year"):
        draft.start = ref.shifted(1 - which) if unit == "day" else same_day(ref, unit, -which)
        draft.end, draft.placed = ref, draft.start is not None
    return draft


def nth_day(match: Match, context: Context) -> Draft | None:
    """the second day (of something): a day that only the text can place."""
    unit = match.all("UNIT")
    word = match.word(unit[0])
    if word != "day" or not match.has("THE") or match.word(match.last) != "of":
        return None
    found = context.ref
    return Draft(match, "DATE", found.value() if found else "XXXX-XX-XX", found, found, found is not None, found, confidence=0.4)


def long_word(match: Match, context: Context) -> Draft | None:
    """yearlong, week-long, hours-long."""
    if match.has("YEARLONG"):
        return Draft(match, "DURATION", str(match.value("YEARLONG")))
    if match.word(match.last - 1) != "long":
        return None
    match = match.cut(match.all("UNIT", "CLOCKUNIT")[0], match.last)
    unit = unit_at(match, match.first)
    plural = match.word(match.first).endswith("s")
    low, high = vague()["count"]["bare"] if plural else (1, 1)
    draft = Draft(match, "DURATION", value_of([(Amount(low, high, not plural), unit)]), vague=plural, approximate=True)
    draft.seconds = (low * SECONDS[unit], high * SECONDS[unit])
    return draft


def in_duration(match: Match, context: Context) -> Draft | None:
    """(in) two weeks' time: that far after the report."""
    draft = duration(match, context)
    if draft is None or draft.seconds is None or context.ref is None:
        return draft
    low, high = (round(seconds / 86400) for seconds in draft.seconds)
    draft.start, draft.end = context.ref.shifted(low), context.ref.shifted(high)
    draft.placed = draft.start is not None and draft.end is not None
    return draft


READERS = {
    "recent_units": recent_units, "straight_units": straight_units, "units_ahead": units_ahead, "nth_day": nth_day, "long_word": long_word,
    "in_duration": in_duration,
}  # fmt: skip
