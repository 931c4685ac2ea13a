"""The time that a narrative has reached: what bare months, days and seasons of a text about other years are counted from.

News is dated from its publication. A history names its own dates and goes on from them: "On 5 March 1936 ... In May ... By 10 June".
"""

from __future__ import annotations

from collections.abc import Iterable

from sightline.extract.times.calendar import Stretch
from sightline.extract.times.draft import RANK, REMEMBERED, Context
from sightline.extract.times.scan import Match
from sightline.extract.times.words import beside

_DATED = frozenset(("month_day", "day_month", "month_year", "season_year", "numeric", "iso", "year", "year_month_day", "named_day"))
_DEICTIC = frozenset(("today", "overnight", "today_unit", "latest_unit"))
_NAMED = frozenset(("month", "month_day", "month_unsure", "season", "season_unsure", "named_day", "month_year"))
_UNITS = frozenset(("day", "week", "month", "quarter", "season", "year"))
_NEAR = 250
_OF = 4


def is_narrative(found: Iterable[Match], base: Stretch | None) -> bool:
    """Whether a text names years at least two before its publication, and hardly ever counts from that day.

    Three bare years are enough, or two with a month, a day or a part ("early 1944"); "hardly ever" is at most one "today", "Monday" or
    "last week" for five years. One such date is enough where nothing at all counts from the publication and no later year is named.
    Without a publication every text is a narrative.
    """
    if base is None:
        return True
    years, counted, newer = 0.0, 0, 0
    for match in found:
        if match.rule in _DATED and match.has("YEAR"):
            number = match.number("YEAR") or 0
            sure = match.last - match.first > 1 or match.word(match.first - 1) in beside("before_year")
            newer += number > base.year - 2
            if match.word(match.first - 1) == "since":
                continue
            if sure and 1000 <= number <= base.year - 2:
                years += 1.0 if match.rule == "year" and not match.has("EARLY", "LATE", "MID") else 1.5
        else:
            counted += _from_publication(match)
    return (years >= 3 and years >= 5 * counted) or (years >= 1.5 and not counted and not newer)


def _from_publication(match: Match) -> bool:
    if match.rule in _DEICTIC:
        return True
    if match.rule == "weekday":
        return not match.has("FOLLOWING", "PREVIOUS", "SAME", "THAT")
    if match.rule == "this_unit":
        return match.has("THIS", "LAST", "NEXT", "PAST", "COMING") and not match.has("THE")
    if match.rule in _NAMED:
        return match.has("THIS", "LAST", "PAST") or (match.has("NEXT") and not match.has("THE"))
    return match.rule == "ago" and match.has("AGO")


def reached(match: Match, context: Context, finest: str = "year") -> Stretch | None:
    """The stretch that the story has reached before ``match``, or ``None`` where the text tells news.

    In news a story is only what directly follows a day of a year at least two back, in the past tense. Stretches coarser than ``finest``
    are passed over.
    """
    base = context.base
    for draft in reversed(context.drafts[-REMEMBERED:]):
        stretch = draft.stretch
        if not context.narrative and match.start - draft.match.end > _NEAR:
            return None
        if stretch is None or draft.type not in ("DATE", "TIME") or stretch.unit not in _UNITS or RANK[stretch.unit] > RANK[finest]:
            continue
        if draft.part is not None and match.start - draft.match.end <= _OF:
            continue
        if draft.anchor not in ("absolute", "text"):
            if context.narrative:
                continue
            return None
        if context.narrative:
            return stretch if context.side(match) < 2 else None
        if base is None or stretch.year > base.year - 2 or stretch.unit != "day" or draft.match.rule in ("numeric", "iso"):
            return None
        if "\n" in match.words.text[draft.match.end : match.start] or context.side(match) > -1:
            return None
        return stretch
    return None


def before_christ(match: Match, context: Context) -> bool:
    """Whether the story has reached a year before the calendar's first: nothing can be counted on from it."""
    before = context.drafts[-1] if context.drafts else None
    return before is not None and before.value.startswith("BC") and (context.narrative or match.start - before.match.end <= _NEAR)


def next_in(choices: list[Stretch | None], told: Stretch) -> Stretch | None:
    """The choice that goes on from ``told``: inside it, else the nearest; a step back costs twice its length, into another year 6 times."""

    def cost(choice: Stretch) -> int:
        if choice.last() < told.first():
            return (2 if choice.year == told.year else 6) * (told.first() - choice.last())
        return max(0, choice.first() - told.last())

    fitting = [choice for choice in choices if choice is not None]
    return min(fitting, key=cost) if fitting else None
