"""Tolls: the bare number to which "the death toll" or "the number of injured" rises, stands or is put counts people."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from sightline.types import Quantity, Span

_TOLL = re.compile(
    r"\b(?:(?:death |casualty )?(?P<toll>toll)|numbers? of (?P<of>dead|deaths|fatalities|injured|wounded|casualties|victims|missing))\b"
    r"[^.;:!?\n]{0,90}?"
    r"\b(?:rise|rises|rose|risen|rising|climb\w*|jump\w*|reach\w*|stands?|stood|hits?|pass\w*|tops?|topped|exceed\w*|increas\w*|grew|grows?"
    r"|grown|surpass\w*|revised|lowered|cut|put|raised|mount\w*|near\w*|crosse[sd]|at)\s"
    r"(?:(?:by \w+ )?(?:up|down|sharply|again|further|past|above|over|beyond|from [\d,]+|to|at|by|now) )*"
    r"(?P<mark>at least |more than |over |about |around |nearly |some )?"
    r"(?P<number>\d{1,3}(?:,\d{3})+|\d+)(?![\d,.]*\d|\s*(?:per cent|percent|%|km|a\.m|p\.m|degrees))",
    re.IGNORECASE,
)
_MARKS = {"at least": ">=", "more than": ">", "over": ">"}


def tolls(text: str, others: Sequence[Quantity]) -> Iterator[Quantity]:
    """The tolls of a text whose number is not already among ``others``; ``of_span`` is the word that says what is counted.

    >>> [(one.low, one.comparator, one.of) for one in tolls("The death toll rose to at least 1,157 on Sunday.", ())]
    [(1157.0, '>=', 'people')]
    """
    for match in _TOLL.finditer(text) if "toll" in text or "number" in text.lower() else ():
        mark = (match["mark"] or "").strip().lower()
        span = Span(match.start("mark") if mark else match.start("number"), match.end("number"))
        if any(span.overlaps(other.span) and other.of is not None for other in others):
            continue
        amount = float(match["number"].replace(",", ""))
        word = "toll" if match["toll"] else "of"
        yield Quantity(
            span=span, text=text[span.start : span.end], low=amount, high=amount, unit="count", dimension="count",
            approximate=mark in ("about", "around", "nearly", "some"), comparator=_MARKS.get(mark, "="),
            of="people", of_span=Span(*match.span(word)),
        )  # fmt: skip
