"""What readers of rules share: the answer in the making, and what is known when it is made."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cache
from typing import Any

from sightline.extract.times import calendar
from sightline.extract.times.calendar import Stretch
from sightline.extract.times.edtf import Bound
from sightline.extract.times.scan import Match
from sightline.extract.times.words import table

#: Rules whose answer is another year's period, told for comparison.
COMPARED = ("ago", "year_ago", "comparable", "quarter_ago", "quarter_year")


#: How many expressions a later one may look back over.
REMEMBERED = 200


@dataclass(slots=True)
class Draft:
    """A time expression on its way to a TimeMention; ``start`` and ``end`` are local bounds, used only if ``placed``."""

    match: Match
    type: str
    value: str
    start: Bound = None
    end: Bound = None
    placed: bool = False
    stretch: Stretch | None = None
    """The stretch of the calendar it names, for later expressions to count from."""
    mod: str | None = None
    quant: str | None = None
    freq: str | None = None
    anchor: str | None = None
    seconds: tuple[float, float] | None = None
    approximate: bool = False
    vague: bool = False
    clock: tuple[int, int, int] | None = None
    """Hour (24 for the midnight that ends a day), minute (-1: not said), second."""
    part: str | None = None
    """Part of the day (TMO, TAF, TEV, TNI, TDT)."""
    zone: str | None = None
    local: bool = False
    """Says "local time"."""
    relation: str | None = None
    """Set where the rule itself tells it (first and last of a range)."""
    confidence: float = 1.0
    range_end: Draft | None = None


@dataclass(slots=True)
class Context:
    """The report's own date and what has been read so far."""

    ref: Stretch | None
    """Day of publication, in the outlet's zone."""
    clock: datetime | None = None
    """Local instant of publication, if known to the minute."""
    month: Stretch | None = None
    """Month or year of publication, where the day is not known."""
    order: str = "mdy"
    direction: Callable[[Match], float] = lambda match: 0
    """-2 surely past ... 2 surely future, by the verb it modifies; see tense.py."""
    drafts: list[Draft] = field(default_factory=list)
    side_of_last: float = 0
    following: Match | None = None
    """The candidate after this one."""
    narrative: bool = False
    """Whether the text tells of other years by their own dates; see story.py."""

    def side(self, match: Match) -> float:
        """The direction of an expression; the second of "on Tuesday or Wednesday" has that of the first."""
        before = self.drafts[-1].match if self.drafts else None
        if before is not None and coordinated(before, match):
            return self.side_of_last
        self.side_of_last = self.direction(match)
        return self.side_of_last

    @property
    def base(self) -> Stretch | None:
        """The finest known stretch of publication."""
        return self.ref or self.month

    def here(self, unit: str) -> Stretch | None:
        """The stretch of that unit that holds the report's date, if the date is known that finely."""
        if self.ref is not None:
            return calendar.containing(unit, self.ref)
        if self.month is not None and RANK[unit] >= RANK[self.month.unit]:
            return calendar.containing(unit, self.month)
        return None

    def antecedent_near(self, match: Match) -> bool:
        """Whether a date stands in the same paragraph, within a sentence or two."""
        before = self.drafts[-1].match if self.drafts else None
        return before is not None and match.start - before.end <= 250 and "\n" not in match.words.text[before.end : match.start]

    def antecedent(self, match: Match, *units: str, reach: int = 1200) -> Stretch | None:
        """The last stretch named before ``match`` (of one of ``units``, if given), within ``reach`` characters."""
        for draft in reversed(self.drafts[-REMEMBERED:]):
            if match.start - draft.match.end > reach and not self.narrative:
                return None
            if draft.match.rule == "overnight" or (draft.part is not None and match.start - draft.match.end <= 4):
                continue
            if draft.stretch is not None and draft.type in ("DATE", "TIME") and (not units or draft.stretch.unit in units):
                return draft.stretch
        return None

    def day_told(self, match: Match, *, reach: int = 1200, past: bool = False, main: bool = False) -> Stretch | None:
        """The last day named before ``match``: with ``past``, one up to the day after the report's; with ``main``, one not told aside.

        Aside is what only fixes another happening ("the collapse of Aug. 5", "shut since March 16"), where another day was named.
        """
        aside: Stretch | None = None
        for draft in reversed(self.drafts[-REMEMBERED:]):
            if match.start - draft.match.end > reach and not self.narrative:
                break
            stretch = draft.stretch
            if draft.match.rule == "overnight" or stretch is None or stretch.unit != "day" or draft.type not in ("DATE", "TIME"):
                continue
            if past and self.ref is not None and stretch.number > self.ref.number + 1:
                continue
            if not main or draft.match.word(draft.match.first - 1) not in ("of", "since", "until", "till"):
                return stretch
            aside = aside or stretch
        return aside


def coordinated(one: Match, other: Match) -> bool:
    """Whether two expressions stand side by side, joined by "or", "and" or a comma."""
    if not 0 < other.start - one.end <= 9:
        return False
    return one.words.text[one.end : other.start].strip(" ,").lower() in (
        "or",
        "and",
        "or on",
        "and on",
        "or in",
        "and in",
        "or early",
        "or late",
    )


RANK = {unit: rank for rank, unit in enumerate(calendar.UNITS)}
#: letters of ISO durations; decades and centuries as TIMEX3 writes them
LETTER = {"day": "D", "week": "W", "month": "M", "quarter": "Q", "year": "Y", "decade": "DE", "century": "CE", "millennium": "ML", "hour": "H",
          "minute": "M", "second": "S", "weekend": "WE"}  # fmt: skip
SECONDS = {"second": 1, "minute": 60, "hour": 3600, "day": 86400, "weekend": 172800, "week": 604800, "fortnight": 1209600,
           "month": 2629746, "quarter": 7889238, "half": 15778476, "year": 31556952, "decade": 315569520, "century": 3155695200,
           "millennium": 31556952000}  # fmt: skip
MASK = {"day": "XXXX-XX-XX", "week": "XXXX-WXX", "weekend": "XXXX-WXX-WE", "month": "XXXX-XX", "quarter": "XXXX-QX", "half": "XXXX-HX",
        "season": "XXXX-XX", "year": "XXXX", "decade": "XXX", "century": "XX", "millennium": "X"}  # fmt: skip


@cache
def vague() -> dict[str, Any]:
    """The table of vague expressions."""
    return table("vague.toml")


def manner(match: Match) -> tuple[str | None, str | None]:
    """Which part of a stretch an expression means: its name in the vague table (or "earlier", "later"), and TIMEX3's mod."""
    for name, mod in (("EARLY", "START"), ("LATE", "END"), ("MID", "MID"), ("EARLIER", "START"), ("LATER", "END")):
        if match.has(name):
            return name.lower(), mod
    if match.has("END"):
        part = str(match.value("END"))
        return part.lower(), part
    return None, None


def dated(match: Match, stretch: Stretch | None, context: Context, *, unit: str = "day", anchor: str = "published") -> Draft:
    """A DATE that names a stretch of the calendar, or a part of one ("early 2020")."""
    how, mod = manner(match)
    if stretch is None:
        return Draft(match, "DATE", MASK[unit], mod=mod, anchor=anchor, confidence=0.5)
    draft = Draft(match, "DATE", stretch.value(), stretch, stretch, True, stretch, mod, anchor=anchor)
    return narrowed(draft, how, context)


def narrowed(draft: Draft, how: str | None, context: Context) -> Draft:
    """The draft's interval cut down to its early, middle or late part."""
    stretch = draft.stretch
    if how is None or stretch is None:
        return draft
    if how in ("earlier", "later"):
        ref = context.ref
        if ref is not None and stretch.first() <= ref.number <= stretch.last() and stretch.unit != "day":
            draft.start, draft.end = (stretch, ref) if how == "earlier" else (ref, stretch)
            draft.start, draft.end = edge(draft.start), edge(draft.end, last=True)
            return draft
        return draft
    draft.vague = True
    if stretch.unit == "day":
        first, last = vague()["hours"][how]
        midnight = calendar.begin(stretch)
        draft.start, draft.end = midnight + timedelta(hours=first), midnight + timedelta(hours=last, minutes=59, seconds=59)
        return draft
    fine = {"year": "month", "half": "month", "decade": "year", "century": "year", "millennium": "century"}.get(stretch.unit, "day")
    begin, end = calendar.containing(fine, stretch), calendar.containing(fine, Stretch("day", stretch.last()))
    if begin is None or end is None:
        return draft
    low, high = vague()["share"][how]
    count = end.number - begin.number + 1
    first = begin.number + int(low * count)
    draft.start = Stretch(fine, first)
    draft.end = Stretch(fine, max(first, begin.number + round(high * count) - 1))
    return draft


def edge(bound: Bound, *, last: bool = False) -> Bound:
    """The first (or last) day of a stretch."""
    if isinstance(bound, Stretch):
        return Stretch("day", bound.last() if last else bound.first())
    return bound


def nearest(choices: list[Stretch | None], ref: Stretch, direction: float) -> Stretch | None:
    """The choice that fits best: near the report's date, on the side that the direction tells.

    A step against the direction costs 12 times its length where the direction is sure, 5 times where it is likely, twice where the
    past is only perhaps told; without any direction the future costs a fifth more than the past.
    """
    level = max(-2, min(2, int(direction) if abs(direction) < 0.8 else round(direction)))
    weight = {-2: (1.0, 12.0), -1: (1.0, 5.0), 0: (1.0, 1.2), 1: (5.0, 1.0), 2: (12.0, 1.0)}[level]
    if -0.8 < direction < 0:
        weight = (1.0, 2.0)

    def cost(choice: Stretch) -> float:
        if choice.last() < ref.first():
            return (ref.first() - choice.last()) * weight[0]
        return max(0, choice.first() - ref.last()) * weight[1]

    fitting = [choice for choice in choices if choice is not None]
    return min(fitting, key=cost) if fitting else None
