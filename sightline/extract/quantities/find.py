"""Finds measured and counted amounts and brings them to normal units."""

from __future__ import annotations

import math
import re
from bisect import bisect_right
from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from sightline.extract.quantities.numbers import Amount, Word, number, words
from sightline.extract.quantities.table import Table, Unit, table
from sightline.types import Quantity, Span

if TYPE_CHECKING:
    from spacy.tokens import Doc

_DASHES = ("-", "–", "—", "−")
_MONTHS = frozenset(
    "january february march april may june july august september october november december jan feb mar apr jun jul aug sep sept oct nov dec".split()
)
_PEOPLE = frozenset("people men women children troops police dead personnel staff crew others cattle".split())
_LONGEST_UNIT = 3


class _Found(NamedTuple):
    first: int
    after: int
    low: float
    high: float
    unit: Unit | None
    mark: str
    approximate: bool
    plain: bool
    adjective: bool
    stated: str | None


def find_quantities(doc: Doc) -> list[Quantity]:
    """Distances, speeds, durations, masses, money, shares, temperatures and counts of a text, in text order, without overlap.

    Values come in one normal unit a dimension: km, km/h, s, kg, km2, m3, W, Wh, percent, degC, currency codes (ISO 4217),
    ``count`` (with ``of``, the lemma of what is counted). Vague words ("dozens") give the range of ``data/units.toml``; an open
    comparator stands in ``comparator`` with ``low == high``. An amount restated in brackets in another unit is given once.
    Dates, clock times, years, ordinals and numbers inside names are none.

    >>> from spacy.lang.en import English
    >>> found = find_quantities(English()("It took around 20 hours over some 700 kilometres (435 miles)."))
    >>> [(q.text, q.low, q.unit, q.approximate) for q in found]
    [('around 20 hours', 72000.0, 's', True), ('some 700 kilometres', 700.0, 'km', True)]
    """
    knowledge = table()
    text = doc.text
    run = words(text)
    starts = [token.idx for token in doc]
    found: list[Quantity] = []
    at = 0
    while at < len(run):
        hit = _read(run, at, knowledge)
        if hit is None:
            at += 1
            continue
        quantity = _settle(doc, text, starts, run, hit)
        if quantity is not None and not _restated(text, found, quantity):
            found.append(quantity)
        at = hit.after
        while quantity is not None and at < len(run) and run[at].start < quantity.span.end:
            at += 1
    return found


def _read(run: Sequence[Word], at: int, knowledge: Table) -> _Found | None:
    word = run[at]
    if not (
        word.text[0].isdecimal() or word.lower in knowledge.symbols or word.lower in knowledge.numerals or _may_open(word.lower, knowledge)
    ):
        return None
    if _inside_name(run, at):
        return None
    share = _fraction(run, at, knowledge)
    if share is not None:
        return _marked(
            run,
            at,
            share[1],
            Amount(share[0], share[0], share[1], plain=False),
            Unit("share", "percent", 1.0),
            "fraction",
            False,
            knowledge,
        )
    symbol = knowledge.symbols.get(word.lower)
    if symbol is not None:
        if at + 1 >= len(run) or not run[at + 1].text[0].isdecimal():
            return None
        amount = _range(run, at + 1, knowledge, money=True)
        if amount is None:
            return None
        return _marked(run, at, amount.after, amount, Unit("money", symbol, 1.0), word.text, False, knowledge)
    magnitude = word.lower == "magnitude"
    if magnitude:
        after = at + 2 if at + 1 < len(run) and run[at + 1].text in _DASHES else at + 1
        if after < len(run) and run[after].text[0].isdecimal():
            amount = number(run, after, knowledge)
            if amount is not None:
                return _marked(run, at, amount.after, amount, Unit("magnitude", "magnitude", 1.0), "magnitude", False, knowledge)
        return None
    amount = _range(run, at, knowledge, money=False) or _one_unit(run, at, knowledge)
    if amount is None:
        return None
    tied = run[amount.after : amount.after + 2]
    if len(tied) == 2 and tied[0].text in _DASHES and tied[1].lower == "magnitude":
        return _marked(run, at, amount.after + 2, amount, Unit("magnitude", "magnitude", 1.0), "magnitude", False, knowledge)
    tail = knowledge.after.get(" ".join(word.lower for word in run[amount.after : amount.after + 2]))
    unit, after, adjective, stated = _unit(run, amount.after + 2 if tail else amount.after, knowledge)
    if tail and unit is not None:
        marked = _marked(run, at, after, amount, unit, stated, adjective, knowledge)
        return marked._replace(approximate=True) if tail == "~" else marked._replace(mark=tail)
    if tail:
        after, adjective, stated = amount.after, False, None
    return _marked(run, at, after, amount, unit, stated, adjective, knowledge)


def _one_unit(run: Sequence[Word], at: int, knowledge: Table) -> Amount | None:
    """ "half an hour", "an hour and a half", "half a mile"; a bare "an hour" is no amount (it may be a rate)."""
    lowers = [word.lower for word in run[at : at + 5]]
    if lowers[0] == "half" and lowers[1:2] in (["a"], ["an"]) and lowers[2:3] and lowers[2] in knowledge.units:
        return Amount(0.5, 0.5, at + 2, plain=False)
    if lowers[0] in ("a", "an") and lowers[2:5] == ["and", "a", "half"] and lowers[1] in knowledge.units:
        return Amount(1.0, 1.0, at + 1, plain=False)
    return None


def _may_open(lower: str, knowledge: Table) -> bool:
    return lower in knowledge.vague_first or lower in ("a", "an", "half", "magnitude", "between", "from", "one", "two", "three", "four")


def _fraction(run: Sequence[Word], at: int, knowledge: Table) -> tuple[float, int] | None:
    """ "a third of", "two-thirds of": percent and the word after."""
    for size in (3, 2, 1):
        if at + size >= len(run):
            continue
        phrase = (
            "".join(word.text if word.text == "-" else f" {word.text}" for word in run[at : at + size]).replace("- ", "-").strip().lower()
        )
        value = knowledge.fractions.get(phrase)
        if value is not None and run[at + size].lower == "of":
            return value, at + size
    return None


def _range(run: Sequence[Word], at: int, knowledge: Table, *, money: bool) -> Amount | None:
    """A number or two of them: "20 to 25", "between 20 and 25", "20-25", "21 or 22"."""
    start, joiners = at, ("to", "or", *_DASHES)
    if run[at].lower in ("between", "from"):
        start, joiners = at + 1, ("and",) if run[at].lower == "between" else ("to",)
        if start >= len(run):
            return None
    if run[start].lower in knowledge.symbols and start + 1 < len(run):
        start, money = start + 1, True
    first = number(run, start, knowledge, money=money)
    if first is None:
        return None
    middle = first.after
    opened = start != at and run[at].lower in ("between", "from")
    unit_between, beyond, _, _ = _unit(run, middle, knowledge)
    if opened and unit_between is not None and beyond < len(run) and run[beyond].lower in joiners:
        middle = beyond
    if middle + 1 < len(run) and run[middle].lower in joiners:
        second_at = middle + 1 + (1 if run[middle + 1].lower in knowledge.symbols and money else 0)
        second = number(run, second_at, knowledge, money=money) if second_at < len(run) else None
        if second is not None and second.high > first.low and not _clock(run, second_at, second.after):
            low = first.low
            if not second.plain and first.low < 1000 <= second.high:
                scale = 10 ** (3 * int(math.log10(second.high) // 3))
                low = first.low * scale if first.low * scale <= second.high else first.low
            return Amount(low, second.high, second.after, first.vague or second.vague, plain=False)
    return None if opened else first


def _unit(run: Sequence[Word], at: int, knowledge: Table) -> tuple[Unit | None, int, bool, str | None]:
    """The unit from word ``at`` on, the word after it, and whether it was tied by a hyphen ("20-hour")."""
    adjective = False
    if at + 1 < len(run) and run[at].text in _DASHES and run[at].start == run[at - 1].end and run[at + 1].start == run[at].end:
        at, adjective = at + 1, True
    if at >= len(run) or run[at].lower not in knowledge.unit_first:
        return None, at - adjective, False, None
    for size in range(min(_LONGEST_UNIT, len(run) - at), 0, -1):
        phrase = " ".join(word.lower for word in run[at : at + size])
        unit = knowledge.units.get(phrase)
        if unit is None:
            continue
        if len(phrase) == 1 and phrase in "mcf" and not _short_unit(run, at):
            return None, at - adjective, False, None
        after = at + size
        speed = _per_hour(run, after, unit)
        if speed is not None:
            return speed[0], speed[1], adjective, phrase + " per hour"
        return unit, after, adjective, phrase
    return None, at - adjective, False, None


def _short_unit(run: Sequence[Word], at: int) -> bool:
    """A lone letter is a unit only right after its number, in the case that units are written in."""
    return run[at].text in ("m", "C", "F") and run[at].start - run[at - 1].end <= 1


def _per_hour(run: Sequence[Word], at: int, unit: Unit) -> tuple[Unit, int] | None:
    if unit.dimension != "distance" or at + 1 >= len(run) or run[at].lower not in ("per", "an", "a", "/"):
        return None
    hours = {"hour": 1.0, "h": 1.0, "second": 3600.0, "s": 3600.0, "minute": 60.0}.get(run[at + 1].lower)
    if hours is None:
        return None
    return Unit("speed", "km/h", unit.factor * hours), at + 2


def _marked(
    run: Sequence[Word], at: int, after: int, amount: Amount, unit: Unit | None, stated: str | None, adjective: bool, knowledge: Table
) -> _Found:
    """Adds the words that qualify the number: "around", "more than", "or so"."""
    first, mark, approximate = at, "=", amount.vague
    while True:
        for size in (4, 3, 2, 1):
            begin = first - size
            if begin < 0:
                continue
            sign = knowledge.before.get(" ".join(word.lower for word in run[begin:first]))
            if sign is not None and not (sign == ">" and size == 1 and begin and run[begin - 1].lower in ("flew", "flying", "all")):
                first = begin
                if sign == "~":
                    approximate = True
                elif mark == "=":
                    mark = sign
                break
        else:
            break
    if first and run[first - 1].text == "~":
        first, approximate = first - 1, True
    for size in (3, 2):
        sign = knowledge.after.get(" ".join(word.lower for word in run[after : after + size]))
        if sign is not None:
            after += size
            if sign == "~":
                approximate = True
            else:
                mark = sign
            break
    if after < len(run) and run[after].text == "+" and run[after].start == run[after - 1].end:
        after, mark = after + 1, ">="
    return _Found(first, after, amount.low, amount.high, unit, mark, approximate, amount.plain, adjective, stated)


def _inside_name(run: Sequence[Word], at: int) -> bool:
    """ "Su-35", "Covid-19", "SPAR19", "No. 7", "10:40", "11.09.2023", "A/320" hold no quantity."""
    word = run[at]
    if at == 0 or not word.text[0].isdecimal():
        return False
    before = run[at - 1]
    if before.end == word.start:
        if before.text[-1].isalpha() or before.text in (":", "#", "_", "."):
            return True
        if (before.text in _DASHES or before.text == "/") and at > 1 and run[at - 2].end == before.start:
            return True
    if (
        at + 1 < len(run)
        and run[at + 1].start == word.end
        and run[at + 1].text == ":"
        and at + 2 < len(run)
        and run[at + 2].text[0].isdecimal()
    ):
        return True
    return before.lower in ("no", "number", "article", "flight", "route", "chapter", "channel", "page", "section", "resolution")


def _clock(run: Sequence[Word], at: int, after: int) -> bool:
    if after < len(run) and run[after].text == ":" and run[after].start == run[after - 1].end:
        return True
    return (
        after < len(run)
        and run[after].lower in ("am", "pm", "a", "p", "o")
        and after + 1 < len(run)
        and run[after + 1].text in (".", "'", "’")
    )


def _settle(doc: Doc, text: str, starts: list[int], run: Sequence[Word], hit: _Found) -> Quantity | None:
    """Decides whether the number is a quantity, and what it counts."""
    end = run[hit.after - 1].end
    start = run[hit.first].start
    common = {"approximate": hit.approximate, "comparator": hit.mark, "stated": hit.stated}
    if hit.unit is not None:
        return _measured(doc, text, starts, run, hit, start, end)
    following = run[hit.after] if hit.after < len(run) else None
    if (
        following is not None
        and hit.plain
        and following.start == end
        and (following.text[0].isalpha() or following.text in (*_DASHES, ":", "/"))
    ):
        if following.lower in ("th", "st", "nd", "rd", "am", "pm", "s", "h") or following.text[0].isalpha():
            return None
        if following.text in (":", "/"):
            return None
        return None
    if _is_date(run, hit):
        return None
    counted = _counted(doc, starts, run, hit.after)
    if counted is None:
        year = hit.plain and hit.mark == "=" and 1500 <= hit.low <= 2100 and "," not in run[hit.after - 1].text
        if year or hit.low == hit.high == 1 or not _stands_alone(run, hit):
            return None
        return Quantity(span=Span(start, end), text=text[start:end], low=hit.low, high=hit.high, unit="count", dimension="count", **common)
    lemma, of_span = counted
    if (
        hit.low == hit.high == 1
        and hit.mark == "="
        and lemma not in ("person", "people", "soldier", "child", "man", "woman", "civilian", "carriage")
    ):
        return None
    if (
        hit.plain
        and hit.mark == "="
        and 1500 <= hit.low <= 2100
        and "," not in run[hit.after - 1].text
        and not lemma_is_plural(doc, of_span)
    ):
        return None
    return Quantity(
        span=Span(start, of_span.end), text=text[start : of_span.end], low=hit.low, high=hit.high, unit="count", dimension="count",
        of=lemma, of_span=of_span, **common,
    )  # fmt: skip


def lemma_is_plural(doc: Doc, span: Span) -> bool:
    """Whether the counted word is in the plural, as far as its form or tag shows."""
    token = next((token for token in doc.char_span(span.start, span.end, alignment_mode="expand") or ()), None)
    return token is not None and (
        token.tag_ in ("NNS", "NNPS") or (not token.tag_ and token.lower_.endswith("s")) or token.lower_ in _PEOPLE
    )


def _measured(doc: Doc, text: str, starts: list[int], run: Sequence[Word], hit: _Found, start: int, end: int) -> Quantity | None:
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


def _more_duration(run: Sequence[Word], hit: _Found, low: float, high: float, end: int) -> tuple[float, float, int]:
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
    unit, after, adjective, _ = _unit(run, more.after, knowledge)
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
        counted = _counted(doc, starts, run, after)
        if counted is not None:
            return counted
    return (unit.dimension, None) if unit.dimension == "speed" else (None, None)


def _age(text: str, run: Sequence[Word], hit: _Found, start: int) -> Quantity | None:
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


def _is_date(run: Sequence[Word], hit: _Found) -> bool:
    """A day beside its month's name, or the hour of a clock."""
    if not hit.plain:
        return False
    following = run[hit.after].lower if hit.after < len(run) else ""
    before = run[hit.first - 1].lower if hit.first else ""
    if before == "." and hit.first > 1:
        before = run[hit.first - 2].lower
    if following in _MONTHS or before in _MONTHS:
        return True
    return following in ("am", "pm", "gmt", "utc", "noon") or (
        following in ("a", "p") and hit.after + 1 < len(run) and run[hit.after + 1].text == "."
    )


def _stands_alone(run: Sequence[Word], hit: _Found) -> bool:
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


def _counted(doc: Doc, starts: list[int], run: Sequence[Word], after: int) -> tuple[str, Span] | None:
    """The noun after a number, past "of the" and adjectives."""
    if after >= len(run):
        return None
    at = bisect_right(starts, run[after].start) - 1
    tokens = doc[at : at + 9]
    step = 0
    if len(tokens) and tokens[0].lower_ == "-":
        step = 1
    if len(tokens) > step and tokens[step].lower_ in ("of", "more", "other", "additional", "further", "new"):
        step += 1
        while step < len(tokens) and tokens[step].lower_ in ("the", "its", "their", "his", "her", "these", "those", "more", "our"):
            step += 1
    last, limit = None, min(len(tokens), step + 6)
    for index in range(step, limit):
        token = tokens[index]
        if not token.pos_:
            if not token.is_alpha:
                break
            if token.lower_ in _PEOPLE or (len(token) > 3 and token.lower_.endswith("s") and not token.lower_.endswith("ss")):
                last = token
                break
            continue
        if token.pos_ in ("NOUN", "PROPN"):
            last = token
            if token.tag_ in ("NNS", "NNPS") and not (index + 1 < limit and tokens[index + 1].pos_ == "NOUN"):
                break
        elif token.pos_ == "ADJ" and last is None or (token.text in _DASHES and index + 1 < limit):
            continue
        elif (
            token.pos_ == "VERB"
            and last is None
            and token.tag_ in ("VBN", "VBG")
            and index + 1 < limit
            and tokens[index + 1].pos_ in ("NOUN", "ADJ")
        ):
            continue
        elif token.lower_ == "and" and last is None and index > step:
            continue
        else:
            break
    if last is None or last.lower_ in _MONTHS or (last.pos_ == "PROPN" and last.tag_ == "NNP"):
        return None
    lemma = (last.lemma_ or last.lower_).lower()
    return lemma, Span(last.idx, last.idx + len(last))


_BRACKET = re.compile(r"\s*[(\[]\s*$")


def _restated(text: str, found: Sequence[Quantity], quantity: Quantity) -> bool:
    """Whether the amount only repeats the one before it in another unit, in brackets."""
    if not found or found[-1].dimension != quantity.dimension:
        return False
    before = found[-1]
    gap = text[before.span.end : quantity.span.start]
    if not _BRACKET.match(gap) and gap.strip() not in ("(", "[", "/", "or", "(or", "(about", "(around", ", or"):
        return False
    if before.dimension == "money":
        return before.unit != quantity.unit
    return before.stated != quantity.stated and abs(before.low - quantity.low) <= 0.15 * max(before.low, quantity.low)
