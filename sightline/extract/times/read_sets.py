"""Readers of what happens again and again: TIMEX3's SET."""

from __future__ import annotations

import re

from sightline.extract.times.draft import LETTER, Context, Draft
from sightline.extract.times.durations import value_of
from sightline.extract.times.numbers import amount
from sightline.extract.times.scan import Match
from sightline.extract.times.words import lexicon

_PATTERN = {"P1D": "XXXX-XX-XX", "P1W": "XXXX-WXX", "P1M": "XXXX-XX", "P1Y": "XXXX", "P3M": "XXXX-QX"}


def frequency(match: Match, context: Context) -> Draft | None:
    """daily, annually, as an adverb; before a noun ("daily flights") it says what kind, and is passed over but for a named list."""
    word = match.word(match.first)
    if match.words.text[match.start].isupper() and match.words.text[max(0, match.start - 3) : match.start].rstrip()[-1:] not in (
        "",
        ".",
        "!",
        "?",
        '"',
        "”",
    ):
        return None
    adjective = not word.endswith("ally") and re.match(r"[\s-]+[a-z]{3,}", match.words.text[match.end : match.end + 5])
    following = match.word(match.last)
    if adjective and following not in (
        "for",
        "from",
        "and",
        "but",
        "since",
        "because",
        "with",
        "when",
        "into",
        "until",
        "through",
        "while",
    ):
        return None
    if (
        match.word(match.first - 1) in ("the", "a", "twice")
        or match.word(match.first - 2) in ("a", "an", "our", "another")
        or match.words.text[match.start - 1 : match.start] == "-"
    ):
        return None
    value = str(match.value("FREQUENCY"))
    return Draft(match, "SET", _PATTERN.get(value, value), quant="EVERY", freq=value)


def weekday_set(match: Match, context: Context) -> Draft | None:
    """every Tuesday, Mondays, Tuesday nights, each other Friday."""
    number = match.number("WDAY", "WDAYS") or 1
    part = match.value("NIGHTS", "DAYPART")
    ahead = context.following
    if match.rule == "weekday_before_set" and ahead is not None:
        part = ahead.value("NIGHTS") or "TNI"
    if number > 7:
        return Draft(match, "SET", "XXXX-WXX-XX" if number == 8 else "XXXX-WXX-XXTNI", quant="EVERY", freq="P1D")
    value = f"XXXX-WXX-{number}" + (str(part) if part else "")
    return Draft(match, "SET", value, quant="EVERY", freq="P2W" if match.has("OTHER", "SECOND") else "P1W")


def weekend_set(match: Match, context: Context) -> Draft | None:
    """(on) weekends."""
    return Draft(match, "SET", "XXXX-WXX-WE", quant="EVERY", freq="P1W") if match.word(match.first).endswith("s") else None


def each_unit(match: Match, context: Context) -> Draft | None:
    """every month, each of two years, every other day, every summer, every March, every Christmas."""
    name = match.value("NAMEDDAY")
    if isinstance(name, str):
        kind, rule = lexicon().named[name]
        return Draft(match, "SET", f"XXXX-{rule}" if kind == "fixed" else "P1Y", quant="EVERY", freq="P1Y")
    season = match.value("SEASON")
    if season:
        return Draft(match, "SET", f"XXXX-{season}", quant="EVERY", freq="P1Y")
    month = match.number("MONTH", "MONTHABBR", "MAYMARCH")
    if month:
        return Draft(match, "SET", f"XXXX-{month:02d}", quant="EVERY", freq="P1Y")
    part = match.value("DAYPART", "NIGHTS")
    if part:
        return Draft(match, "SET", f"XXXX-XX-XX{part}", quant="EVERY", freq="P1D")
    units = match.all("UNIT", "CLOCKUNIT", "QUARTER", "WEEKEND")
    each = match.all("EACH")
    if not units or not each:
        return None
    if match.has("WEEKEND"):
        return Draft(match, "SET", "XXXX-WXX-WE", quant="EVERY", freq="P1W")
    unit = "quarter" if match.has("QUARTER") else str(match.words.values[units[0]])
    many = amount(match, each[0] + 1, units[0])
    if match.has("OTHER", "SECOND"):
        many = many._replace(low=2.0, high=2.0)
    else:
        ordinal = match.number("ORDWORD", "ORDNUM")
        if ordinal:
            many = many._replace(low=float(ordinal), high=float(ordinal))
    value = value_of([(many, unit)])
    return Draft(match, "SET", value, quant=match.word(each[0]).upper(), freq=value)


def times_a(match: Match, context: Context) -> Draft | None:
    """twice a week, three times a day, once per month."""
    unit_at = match.all("UNIT", "CLOCKUNIT")[0]
    unit = str(match.words.values[unit_at])
    count = match.number("TIMESWORD") or int(amount(match, match.first, unit_at - 1).low)
    if unit == "fortnight":
        return Draft(match, "SET", "P2W", freq=f"{count}X")
    letter = LETTER[unit]
    return Draft(match, "SET", f"PT1{letter}" if unit in ("hour", "minute", "second") else f"P1{letter}", quant="EACH", freq=f"{count}X")


def times_often(match: Match, context: Context) -> Draft | None:
    """twice daily, three times weekly."""
    count = match.number("TIMESWORD") or int(amount(match, match.first, match.last - 2).low)
    return Draft(match, "SET", str(match.value("FREQUENCY")), quant="EACH", freq=f"{count}X")


READERS = {
    "times_often": times_often, "weekend_set": weekend_set,
    "frequency": frequency, "weekday_set": weekday_set, "weekday_before_set": weekday_set, "each_unit": each_unit, "times_a": times_a,
}  # fmt: skip
