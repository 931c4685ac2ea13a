"""Decides whether a number read is a quantity, and brings it to its normal unit."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from sightline.extract.quantities.counted import MONTHS, counted_noun, is_plural
from sightline.extract.quantities.numbers import Word, number
from sightline.extract.quantities.patterns import DASHES, Found, unit_at
from sightline.extract.quantities.table import Unit, table
from sightline.types import Quantity, Span

if TYPE_CHECKING:
    from spacy.tokens import Doc


#: "One carriage" counts; "one day" or "one way" hardly does.
_ONE = frozenset({"person", "people", "soldier", "child", "man", "woman", "civilian", "carriage", "officer", "passenger", "worker"})


def settle(doc: Doc, text: str, starts: list[int], run: Sequence[Word], hit: Found) -> Quantity | None:
    """Decides whether the number is a quantity, and what it counts."""
    end = run[hit.after - 1].end
    start = run[hit.first].start
    if hit.unit is not None:
        return _measured(doc, text, starts, run, hit, start, end)
    following = run[hit.after] if hit.after < len(run) else None
    glued = following is not None and hit.plain and following.start == end
    if glued and following is not None and (following.text[0].isalpha() or following.text in (*DASHES, ":", "/")):
        return None
    if _is_date(run, hit):
        return None
    counted = counted_noun(doc, starts, run, hit.after)
    if counted is None:
        year = hit.plain and hit.mark == "=" and 1500 <= hit.low <= 2100 and "," not in run[hit.after - 1].text
        if year or hit.low == hit.high == 1 or not _stands_alone(run, hit):
            return None
        return _count(text, hit, Span(start, end), None, None)
    lemma, of_span = counted
    bare = hit.mark == "="
    if bare and hit.low == hit.high == 1 and lemma not in _ONE:
        return None
    if bare and hit.plain and 1500 <= hit.low <= 2100 and "," not in run[hit.after - 1].text and not is_plural(doc, of_span):
        return None
    return _count(text, hit, Span(start, of_span.end), lemma, of_span)


def _count(text: str, hit: Found, span: Span, of: str | None, of_span: Span | None) -> Quantity:
    return Quantity(
        span=span, text=text[span.start : span.end], low=hit.low, high=hit.high, unit="count", dimension="count", stated=hit.stated,
        approximate=hit.approximate, comparator=hit.mark, of=of, of_span=of_span,
    )  # fmt: skip


def _measured(doc: Doc, text: str, starts: list[int], run: Sequence[Word], hit: Found, start: int, end: int) -> Quantity | None:
    unit = hit.unit
    assert unit is not None
    following = run[hit.after].lower if hit.after < len(run) else ""
    beyond = run[hit.after + 1].lower if hit.after + 1 < len(run) else ""
    if unit.dimension == "duration":
        if following in ("ago", "hence") or (
            following in ("later", "earlier", "before", "after") and beyond != "than" and not hit.adjective
        ):
            return None
        if beyond == "old" or following == "old" or (following == "-" and beyond == "old"):
            return _age(text, run, hit, start)
        if hit.adjective and hit.low == hit.high == 1 and run[hit.first].lower != "one" and not run[hit.first].text.isdecimal():
            return None
    low, high, name = hit.low * unit.factor, hit.high * unit.factor, unit.unit
    if unit.unit == "degF":
        low, high, name = (hit.low - 32) / 1.8, (hit.high - 32) / 1.8, "degC"
    minus = run[hit.first - 1] if hit.first else None
    if unit.dimension == "temperature" and minus is not None and minus.lower in ("minus", "-", "−"):
        low, high, start = (
            -high if unit.unit != "degF" else (-hit.high - 32) / 1.8,
            -low if unit.unit != "degF" else (-hit.low - 32) / 1.8,
            minus.start,
        )
    if unit.dimension == "duration" and not hit.adjective:
        low, high, end = _more_duration(run, hit, low, high, end)
    of, of_span = _measured_of(doc, starts, run, hit.after, unit, hit.adjective)
    return Quantity(
        span=Span(start, end), text=text[start:end], low=_tidy(low), high=_tidy(high), unit=name, dimension=unit.dimension,
        stated=hit.stated, approximate=hit.approximate, comparator=hit.mark, of=of, of_span=of_span,
    )  # fmt: skip


def _tidy(value: float) -> float:
    """Takes the noise of unit factors out of the last digits."""
    return float(f"{value:.10g}")


def _more_duration(run: Sequence[Word], hit: Found, low: float, high: float, end: int) -> tuple[float, float, int]:
    """ "20 hours and 30 minutes", "two hours 15 minutes", "an hour and a half"."""
    knowledge = table()
    at = hit.after + (1 if hit.after < len(run) and run[hit.after].lower == "and" else 0)
    if at >= len(run) or hit.unit is None:
        return low, high, end
    if at > hit.after and [word.lower for word in run[at : at + 2]] == ["a", "half"]:
        return low + hit.unit.factor / 2, high + hit.unit.factor / 2, run[at + 1].end
    more = number(run, at, knowledge)
    if more is None:
        return low, high, end
    unit, after, adjective, _ = unit_at(run, more.after, knowledge)
    if unit is None or adjective or unit.dimension != "duration" or unit.factor >= hit.unit.factor:
        return low, high, end
    return low + more.low * unit.factor, high + more.high * unit.factor, run[after - 1].end


def _measured_of(
    doc: Doc, starts: list[int], run: Sequence[Word], after: int, unit: Unit, adjective: bool
) -> tuple[str | None, Span | None]:
    """What is measured: "10 tonnes of grain", "a 20-hour journey", "40% of voters"."""
    if after >= len(run):
        return None, None
    if run[after].lower == "of" or adjective:
        counted = counted_noun(doc, starts, run, after)
        if counted is not None:
            return counted
    return (unit.dimension, None) if unit.dimension == "speed" else (None, None)


def _age(text: str, run: Sequence[Word], hit: Found, start: int) -> Quantity | None:
    """ "a 37-year-old man", "was 61 years old"."""
    last = next((index for index in range(hit.after, min(hit.after + 3, len(run))) if run[index].lower == "old"), None)
    if last is None or hit.unit is None:
        return None
    end = run[last].end
    years = hit.unit.factor / 31556952
    return Quantity(
        span=Span(start, end), text=text[start:end], low=_tidy(hit.low * years), high=_tidy(hit.high * years), unit="a", dimension="age",
        stated=hit.stated, approximate=hit.approximate, comparator=hit.mark,
    )  # fmt: skip


def _is_date(run: Sequence[Word], hit: Found) -> bool:
    """A day beside its month's name, or the hour of a clock."""
    if not hit.plain:
        return False
    following = run[hit.after].lower if hit.after < len(run) else ""
    before = run[hit.first - 1].lower if hit.first else ""
    if before == "." and hit.first > 1:
        before = run[hit.first - 2].lower
    if following in MONTHS or before in MONTHS:
        return True
    return following in ("am", "pm", "gmt", "utc", "noon") or (
        following in ("a", "p") and hit.after + 1 < len(run) and run[hit.after + 1].text == "."
    )


def _stands_alone(run: Sequence[Word], hit: Found) -> bool:
    """ "killed two", "at least 40 were hurt": a count whose noun is left out; "the two sides" never comes here."""
    following = run[hit.after].lower if hit.after < len(run) else "."
    before = run[hit.first - 1].lower if hit.first else ""
    if before in ("the", "these", "those", "both", "other", "no") and hit.mark == "=":
        return False
    if before in (
        "killed",
        "killing",
        "wounded",
        "wounding",
        "injured",
        "injuring",
        "left",
        "leaving",
        "arrested",
        "hospitalised",
        "hospitalized",
        "rescued",
    ):
        return True
    ends = following in (".", ",", ";", "were", "was", "are", "have", "had", "of", "in", "at", ")", "and", "dead", "injured", "wounded")
    return ends and (hit.mark != "=" or hit.approximate or following in ("were", "dead", "injured", "wounded") or hit.low >= 1000)
