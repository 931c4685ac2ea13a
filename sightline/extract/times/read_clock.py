"""Readers of parts of the day, clock times, and of references to the moment of speaking."""

from __future__ import annotations

import re

from sightline.extract.times.draft import Context, Draft, manner, vague
from sightline.extract.times.scan import Match, opens
from sightline.extract.times.words import Value, beside

_GREETING = re.compile(r"\b[Gg]ood\s+$")


def _of_day(match: Match, context: Context, kind: str, mod: str | None = None) -> Draft:
    """A TIME of the report's day until a day beside it takes it over."""
    day = context.ref
    draft = Draft(match, "TIME", (day.value() if day else "XXXX-XX-XX"), day, day, day is not None, day, mod, anchor="published")
    draft.part = kind or None
    return draft


def daypart(match: Match, context: Context) -> Draft | None:
    """this morning, last night, in the evening, early afternoon, at dawn."""
    words = match.all("DAYPART", "DAYPOINT")
    kind = str(match.words.values[words[-1]])
    if match.kind(match.first) == "DASH" or match.words.text[max(0, match.start - 1) : match.start] == "-":
        return None
    if _GREETING.search(match.words.text[max(0, match.start - 6) : match.start]):
        return None
    bare = match.last - match.first == 1
    before = match.word(match.first - 1)
    placed = before in ("in", "at", "by", "before", "after", "until", "since", "from", "to", "every", "of")
    if bare and _beside_day(match, context):
        return _of_day(match, context, kind)
    if match.kind(words[0]) == "DAYPOINT" and bare and not placed:
        return None
    if bare and match.kind(words[0]) == "DAYPART" and before not in ("at", "by", "until", "since"):
        return None
    after = context.following
    of_day = match.word(match.last) == "of" and after is not None and after.start - match.end <= 4
    if of_day and match.has("THE"):
        return _of_day(match, context, kind, manner(match)[1])
    if (
        match.has("THE")
        and not manner(match)[1]
        and not match.has("FOLLOWING", "PREVIOUS", "SAME", "NEXT")
        and (before not in ("in", "during", "of", "by", "for", "into", "throughout", "until") or match.word(match.last) in ("the", "when"))
    ):
        return None
    draft = _of_day(match, context, kind)
    ref = context.ref
    _, mod = manner(match)
    draft.mod = mod
    if ref is None:
        draft.value = "XXXX-XX-XX"
        return draft
    if match.has("LAST"):
        draft.stretch = ref.shifted(-1)
    elif match.has("NEXT", "FOLLOWING", "PREVIOUS", "SAME", "THAT") or (match.has("THE") and not match.has("THIS")):
        told = context.day_told(match, reach=600, main=True)
        draft.anchor = "text" if told else "published"
        base = told or ref
        draft.stretch = base.shifted(1 if match.has("NEXT", "FOLLOWING") else -1 if match.has("PREVIOUS") else 0)
    elif not match.has("THIS"):
        draft.stretch = context.day_told(match, reach=200, main=True) or ref
    draft.start = draft.end = draft.stretch
    draft.value = draft.stretch.value() if draft.stretch else "XXXX-XX-XX"
    return draft


def night_before_last(match: Match, context: Context) -> Draft | None:
    """the night before last."""
    draft = _of_day(match, context, str(match.value("DAYPART")))
    if context.ref is not None:
        draft.stretch = draft.start = draft.end = context.ref.shifted(-2)
        draft.value = draft.stretch.value() if draft.stretch else "XXXX-XX-XX"
    return draft


def _beside_day(match: Match, context: Context) -> bool:
    """Whether it follows a day at once ("Monday night", "yesterday evening", "September 10 evening")."""
    before = context.drafts[-1] if context.drafts else None
    if before is None or (before.stretch is not None and before.stretch.unit != "day"):
        return False
    clocked = before.clock is not None and before.match.has("WDAY", "MONTH", "MONTHABBR", "MAYMARCH", "TODAY")
    return (
        (before.type == "DATE" or clocked)
        and match.words.text[before.match.end : match.start].isspace()
        and match.start - before.match.end <= 2
    )


def clock(match: Match, context: Context) -> Draft | None:
    """5:15 a.m. Moscow time, 13:00 local, noon, 5 o'clock, 0515 GMT."""
    said = _said(match)
    if said is None:
        return None
    hour, minute, second = said
    meridian = match.value("AM")
    part = match.value("DAYPART")
    if (meridian or match.has("OCLOCK")) and hour > 23:
        return None
    if (meridian == "pm" and hour < 12) or past_noon(hour, part):
        hour += 12
    elif (meridian == "am" or part == "TMO") and hour == 12:
        hour = 0
    if hour > 24 or minute > 59 or second > 59 or (hour == 24 and minute > 0):
        return None
    told = None if match.has("THIS") else context.day_told(match, reach=250, main=True, past=context.side(match) <= -1)
    if told is not None and _past_midnight(match, context, hour):
        told = told.shifted(1)
    day = told or context.ref
    draft = Draft(
        match, "TIME", day.value() if day else "XXXX-XX-XX", day, day, day is not None, day, anchor="text" if told else "published"
    )
    draft.clock = (hour, minute, second)
    draft.mod = "APPROX" if match.value("APPROX") == "APPROX" else None
    draft.approximate = draft.mod is not None
    zone = match.value("ZONE", "ZONEPLACE")
    draft.zone = str(zone) if zone else None
    draft.local = match.has("LOCAL")
    return draft


#: Hours of twelve that in a part of the day are past noon; "one o'clock at night" is not.
_AFTER_NOON = {"TAF": range(12), "TEV": range(12), "TNI": range(6, 12)}


def past_noon(hour: int, part: Value) -> bool:
    """Whether an hour of twelve is past noon in a part of the day: "eight in the evening"."""
    return hour in _AFTER_NOON.get(str(part), ())


def _past_midnight(match: Match, context: Context, hour: int) -> bool:
    """Whether small hours follow a clock time of the evening ("at 10:15 p.m. on Saturday ... after 2 a.m.")."""
    before = context.drafts[-1] if context.drafts else None
    near = before is not None and match.start - before.match.end <= 250
    return near and before is not None and before.clock is not None and before.clock[0] >= 18 and hour < 6 and not match.has("DAYPART")


def clock_first(match: Match, context: Context) -> Draft | None:
    """The "5" of "from 5 to 8 p.m.", the "9:30" of "9:30-11 a.m.": in the half of the day that leaves it before the second."""
    second = context.following
    if second is None or second.start - match.end > 8 or second.value("AM") is None:
        return None
    before = match.word(match.first - 1)
    if not match.has("CLOCK") and before not in ("from", "between") and match.kind(match.last) != "DASH":
        return None
    one, other = _said(match), _said(second)
    if match.has("DIG"):
        one = (match.number("DIG") or 0, 0, -1)
    if one is None or other is None or not 1 <= one[0] <= 12:
        return None
    draft = clock(second, context)
    if draft is None or draft.clock is None:
        return None
    hour = one[0] % 12 + (12 if second.value("AM") == "pm" and (one[0] % 12, one[1]) < (other[0] % 12, other[1]) else 0)
    draft.match, draft.clock = match, (hour, one[1], -1)
    return draft


def _said(match: Match) -> tuple[int, int, int] | None:
    """Hour, minute and second as written; the second is -1 where none is said."""
    if match.has("NOON"):
        hour = match.number("NOON") or 12
        return (0 if hour == 24 and match.word(match.first - 1) == "after" else hour), 0, -1
    if match.has("CLOCK"):
        index = match.all("CLOCK")[0]
        pieces = [int(piece) for piece in match.words.text[match.words.starts[index] : match.words.ends[index]].split(":")]
        if (
            match.words.text[match.words.ends[index] : match.words.ends[index] + 1] == "."
            and match.words.text[match.words.ends[index] + 1 : match.words.ends[index] + 2].isdigit()
        ):
            return None
        return pieces[0], pieces[1], pieces[2] if len(pieces) > 2 else -1
    decimal = match.value("DECIMAL")
    if decimal is not None:
        whole, _, rest = str(decimal).partition(".")
        return (int(whole), int(rest), -1) if len(rest) == 2 and len(whole) <= 2 else None
    if match.rule == "clock_spoken":
        hour = match.number("NUMWORD", "DIG") or 0
        minute = 30 if match.has("HALF") else 15
        if not 1 <= hour <= 12:
            return None
        return (hour, minute, -1) if match.has("PAST") else (hour - 1, 60 - minute, -1) if minute == 15 else None
    if match.rule == "clock_four":
        index = match.all("YEAR", "NUM")[0]
        digits = match.words.text[match.words.starts[index] : match.words.ends[index]]
        if (
            len(digits) != 4
            or not digits.isdigit()
            or (match.has("CLOCKUNIT") and match.word(match.all("CLOCKUNIT")[0]) not in ("hours", "hrs"))
        ):
            return None
        return int(digits[:2]), int(digits[2:]), -1
    hour_ = match.number("DIG", "NUMWORD")
    return (hour_, 0, -1) if hour_ is not None else None


def reference(match: Match, context: Context) -> Draft | None:
    """now, currently, recently, soon, in the future: TIMEX3's PRESENT_REF, PAST_REF, FUTURE_REF, and an interval by the vague table."""
    rule = match.rule
    text = match.words.text
    after = match.word(match.last)
    if (rule == "now" and after == "that") or (text[match.start].isupper() and not opens(match) and rule in ("current", "recent", "soon")):
        return None
    if rule == "previously" and (
        match.word(match.first) != "previously" or (after != "" and text[match.end : match.end + 1] != "," and not opens(match))
    ):
        return None
    if rule == "the_past" and not match.has("THE"):
        return None
    if rule == "the_past" and (
        text[match.end : match.end + 1] == "-"
        or (re.match(r"\s+(?:[a-z]+)", text[match.end : match.end + 4]) and after not in beside("after_past"))
    ):
        return None
    if (
        rule in ("near_term", "the_future")
        and match.has("THE")
        and re.match(r"[ -][a-z]", text[match.end : match.end + 2])
        and (after not in beside("after_future"))
    ):
        return None
    if rule == "the_future" and not match.has("THE", "NEAR"):
        return None
    if rule == "the_moment" and match.word(match.first - 1) not in ("at", "for", "by", "until"):
        return None
    if rule in ("soon",) and match.word(match.first - 1) in ("as", "how", "too", "so", "sooner"):
        return None
    if rule == "soon" and context.side(match) <= -2:
        return None
    if rule == "soon" and match.word(match.first) == "shortly" and after in ("before", "after", "thereafter", "afterwards", "afterward"):
        return None
    value, first, last = vague()["reference"][rule]
    ref = context.ref
    draft = Draft(match, "DATE", value, anchor="published", vague=True)
    if ref is not None:
        draft.start = None if first == "open" else ref.shifted(first)
        draft.end = None if last == "open" else ref.shifted(last)
        draft.placed = True
    return draft


def present(match: Match, context: Context) -> Draft | None:
    """(at) present, the present, (at) this point."""
    after = match.words.text[match.end : match.end + 1]
    if match.has("THE") and after not in (".", ",", ";"):
        return None
    return reference(match, context)


def at_time(match: Match, context: Context) -> Draft | None:
    """(at) the time, that time: a time told before; (at) this time: now."""
    if match.word(match.last) == "of":
        return None
    if match.has("THIS"):
        return Draft(match, "DATE", "PRESENT_REF", context.ref, context.ref, context.ref is not None, anchor="published", vague=True)
    told = context.antecedent(match)
    return Draft(match, "DATE", "PAST_REF", told, told, told is not None, anchor="text", vague=True)


def these_days(match: Match, context: Context) -> Draft | None:
    """these days; those years."""
    word = match.word(match.last - 1)
    if not word.endswith("s"):
        return None
    if match.has("THOSE"):
        told = context.antecedent(match)
        return (
            Draft(match, "DATE", "PAST_REF", told, told, told is not None, anchor="text", vague=True) if word in ("days", "years") else None
        )
    return reference(match, context) if word == "days" else None


READERS = {
    "daypart": daypart, "noon": clock, "clock": clock, "clock_hour": clock, "clock_dot": clock, "clock_four": clock, "clock_spoken": clock,
    "clock_first": clock_first, "night_before_last": night_before_last,
    "now": reference, "current": reference, "recent": reference, "recently": reference, "soon": reference, "the_past": reference,
    "the_future": reference, "the_moment": reference, "present": present, "at_time": at_time, "time_being": reference, "these_days": these_days,
    "soon_possible": reference, "to_date": reference, "later_date": reference, "someday": reference, "previously": reference,
    "near_term": reference,
}  # fmt: skip
