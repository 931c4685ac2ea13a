"""The line that opens an agency's report: "SEOUL, Sept. 11 (Yonhap) --", "(ANSA) - AOSTA, OCT 16 -", "Madrid, 3 jun (EFE).-", "Berlin (dpa) -"."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from typing import NamedTuple

from sightline.extract.times.words import lexicon


class Dateline(NamedTuple):
    """A report's opening line, as far as it says where, when and whose it is."""

    place: str
    month: int | None
    day: int | None
    year: int | None
    agency: str | None
    start: int
    end: int

    @property
    def zone(self) -> str | None:
        """IANA zone of the place, where the table of zones knows it; a gazetteer knows more."""
        mark, value = lexicon().word.get(self.place.split(",")[0].strip().lower(), ("", None))
        return str(value) if mark == lexicon().mark["ZONEPLACE"] else None


@cache
def _months() -> dict[str, int]:
    """Month names and their short forms, lower case, to the month's number."""
    table = tomllib.loads(files("sightline.extract").joinpath("data").joinpath("datelines.toml").read_text(encoding="utf-8"))
    return {word: number for number, words in enumerate(table["months"].values(), 1) for word in words.split()}


@cache
def _wires() -> frozenset[str]:
    """Names of agencies as they stand in brackets, lower case."""
    table = tomllib.loads(files("sightline.extract.sources").joinpath("data").joinpath("credits.toml").read_text(encoding="utf-8"))
    return frozenset((*table["distributors"], *table["makers"]))


_PLACE = r"(?P<place>[A-ZÀ-Ý][\w.'’-]+(?:[ /][A-ZÀ-Ý][\w.'’-]*){0,4}(?:,\s+[A-Z][\w.'’ -]{1,25}?)??)"
_DASH = r"[-–—_]{1,3}"


@cache
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    month = rf"(?i:{'|'.join(sorted(map(re.escape, _months()), key=lambda word: (-len(word), word)))})\b\.?"
    date = rf"(?P<date>{month}\s+\d{{1,2}}(?:st|nd|rd|th)?|\d{{1,2}}[.º°]?\s+(?:de\s+)?{month})(?:(?:,|\sde)?\s+(?P<year>\d{{4}}))?"
    usual = (
        rf"^[^\S\n]*(?:\([^)\n]{{1,30}}\)[^\S\n]*)?{_PLACE}(?:,?\s+{date})?"
        rf"\s*[,.]?(?:\s*[(\[/](?P<agency>[^)\]/\n]{{2,40}})[)\]/]\s*[-–—_:.]{{1,3}}|\s*(?:{_DASH}|:))\s*\S"
    )
    bracket = r"[(\[](?P<agency>[A-Z][\w.&/' -]{1,30})[)\]]"
    first = rf"^[^\S\n]*{bracket}[^\S\n]*(?:{_DASH}|[,:.])?[^\S\n]*{_PLACE}(?:,?[^\S\n]+{date})?[^\S\n]*[.,]?[^\S\n]*(?:{_DASH}|:)\s*\S"
    last = rf"^[^\S\n]*{_PLACE}(?:,?[^\S\n]+{date})?[^\S\n]*[.,]?[^\S\n]*{_DASH}[^\S\n]*{bracket}[^\S\n]*[.:]?[^\S\n]*{_DASH}\s*\S"
    return tuple(re.compile(pattern, re.MULTILINE) for pattern in (first, last, usual))  # type: ignore[return-value]


def dateline(text: str) -> Dateline | None:
    """The dateline among the first lines of a text, if there is one.

    >>> line = dateline("SEOUL, Sept. 11 (Yonhap) -- The train has left, officials said.")
    >>> line.place, line.month, line.day, line.agency, line.zone
    ('SEOUL', 9, 11, 'Yonhap', 'Asia/Seoul')
    >>> dateline("(ANSA) - AOSTA, OCT 16 - Two climbers are missing.")[:5]
    ('AOSTA', 10, 16, None, 'ANSA')
    >>> dateline("Madrid, 3 de junio (EFE).- Un tren ha salido.")[:5]
    ('Madrid', 6, 3, None, 'EFE')
    """
    return min(_found(text[:1500]), key=lambda line: line.start, default=None)


def _found(head: str) -> Iterator[Dateline]:
    """The first line that each way of writing one finds."""
    for number, pattern in enumerate(_patterns()):
        for match in pattern.finditer(head):
            if _holds(match, bracketed=number < 2):
                yield _line(match)
                break


def _holds(match: re.Match[str], *, bracketed: bool) -> bool:
    """Whether what looks like a dateline is one: a place in capitals with more than a colon, a date with a newsroom, or a known wire's."""
    agency, date = match["agency"], match["date"]
    first = match["place"].strip(" ,").split(",")[0]
    shouted = first.isupper() and len(first) >= 3
    wire = agency is not None and agency.strip().lower() in _wires()
    if bracketed:
        return wire or bool(shouted and date)
    return wire or bool(date and agency) or (shouted and bool(agency or date or match.group().rstrip()[-2:-1] != ":"))


def _line(match: re.Match[str]) -> Dateline:
    month = day = None
    if match["date"]:
        word = next((found for found in re.findall(r"[^\W\d_]+", match["date"]) if found.lower() in _months()), None)
        number = re.search(r"\d+", match["date"])
        if word and number:
            month, day = _months()[word.lower()], int(number.group())
    year = int(match["year"]) if match["year"] else None
    return Dateline(match["place"].strip(" ,"), month, day, year, match["agency"], match.start(), match.end() - 1)
