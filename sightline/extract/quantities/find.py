"""Finds measured and counted amounts and brings them to normal units."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from sightline.extract.columns import columns
from sightline.extract.quantities.numbers import words
from sightline.extract.quantities.patterns import may_begin, read_amount
from sightline.extract.quantities.settle import settle
from sightline.extract.quantities.table import table
from sightline.extract.quantities.tolls import tolls
from sightline.types import Quantity

if TYPE_CHECKING:
    from spacy.tokens import Doc

_COLUMNS: list[int | str] = ["LENGTH", "SPACY"]
_BRACKET = re.compile(r"\s*[(\[]\s*$")


def find_quantities(doc: Doc) -> list[Quantity]:
    """Distances, speeds, durations, masses, money, shares, temperatures and counts of a text, in text order, without overlap.

    Values come in one normal unit a dimension: km, km/h, s, kg, km2, m3, W, Wh, percent, degC, currency codes (ISO 4217),
    ``count`` (with ``of``, the lemma of what is counted). Vague words ("dozens") give the range of ``data/units.toml``; an open
    comparator stands in ``comparator`` with ``low == high``. An amount restated in brackets in another unit is given once.
    Dates, clock times, years, ordinals and numbers inside names are none.

    >>> from spacy.lang.en import English
    >>> found = find_quantities(English()("It took around 20 hours for some 700 kilometres (435 miles)."))
    >>> [(q.text, q.low, q.unit, q.approximate) for q in found]
    [('around 20 hours', 72000.0, 's', True), ('some 700 kilometres', 700.0, 'km', True)]
    """
    knowledge = table()
    text = columns(doc).text
    run = words(text)
    starts = _starts(doc)
    found: list[Quantity] = []
    at = 0
    while at < len(run):
        hit = read_amount(run, at, knowledge) if may_begin(run[at], knowledge) else None
        if hit is None:
            at += 1
            continue
        quantity = settle(doc, text, starts, run, hit)
        if quantity is not None and not _restated(text, found, quantity):
            found.append(quantity)
        at = hit.after
        while quantity is not None and at < len(run) and run[at].start < quantity.span.end:
            at += 1
    counted = list(tolls(text, found))
    kept = [one for one in found if not any(one.span.overlaps(toll.span) for toll in counted)]
    return sorted((*kept, *counted), key=lambda one: one.span.start)


def _starts(doc: Doc) -> list[int]:
    """Where each token begins; reading tokens one by one would cost more than all else here."""
    if not len(doc):
        return []
    columns = doc.to_array(_COLUMNS).astype(np.int64)
    return [0, *np.cumsum(columns[:, 0] + columns[:, 1])[:-1].tolist()]


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
