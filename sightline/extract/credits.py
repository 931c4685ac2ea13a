"""Credits: who made an image or a page and through whom it came ("Photo: AFP/KCNA via KNS", "SEOUL, Sept. 11 (Yonhap) --").

Wires write the distributor before the slash and the maker behind it, and "via" before the one who passed it on; the chain runs
from the maker outwards.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from functools import cache
from importlib.resources import files

from spacy.tokens import Doc

from sightline.extract.columns import columns
from sightline.extract.datelines import dateline
from sightline.types import Credit, Span

_NAME = r"[A-ZÀ-Ý][\w.&'’-]*(?:[ \t]+(?:of|the|de|[A-ZÀ-Ý0-9][\w.&'’-]*)){0,4}"
_CHAIN = rf"{_NAME}(?:[ \t]*/[ \t]*{_NAME}){{0,3}}(?:,?[ \t]+via[ \t]+{_NAME}){{0,2}}"
_BY = r"(?:[ \t]+(?i:credit|by|courtesy(?:[ \t]+of)?|from))?"
_KINDS = r"(?i:photo(?:graph)?|image|picture|video|footage|illustration|pic)"
_LABELLED = re.compile(rf"(?P<label>{_KINDS}{_BY}|(?i:credit))[ \t]*[:©][ \t]*(?P<chain>{_CHAIN})")
_BRACKETED = re.compile(rf"[(\[](?P<label>{_KINDS}{_BY})[ \t:]+(?P<chain>{_CHAIN})[)\]]")
_WORDED = re.compile(rf"(?P<label>{_KINDS})[ \t]+(?i:by|courtesy of)[ \t]+(?P<chain>{_CHAIN})")
_SLASHED = rf"{_NAME}[ \t]*/[ \t]*{_NAME}(?:[ \t]*/[ \t]*{_NAME})?(?:,?[ \t]+via[ \t]+{_NAME})?"
_VIA = re.compile(rf"(?<![\w/])(?P<chain>{_SLASHED}|[A-Z]{{2,6}}[ \t]+via[ \t]+{_NAME})(?=[ \t]*(?:[.)\]]|$))", re.MULTILINE)
_AGENCY_PHOTO = re.compile(rf"[(\[]?(?P<agency>AP|AFP|EPA|Reuters|REUTERS)[ \t]+(?P<label>Photo|Image|Video)/(?P<maker>{_NAME})")
_DATE = r"(?:,[ \t]*[\w.]+(?:[ \t]+\d{1,2})?\.?)?(?:,[ \t]*\d{4})?"
_DATELINE = re.compile(
    rf"^[ \t]*[A-ZÀ-Ý][A-ZÀ-Ý.'’ /-]{{2,40}}{_DATE}[ \t]*"
    r"(?:\((?P<agency>[A-Z][\w ./&'-]{1,40})\)[ \t]*[-–—]{1,2}|\.[ \t]*/(?P<slashed>[A-Z][\w -]{1,30})/\.)",
    re.MULTILINE,
)
_BYLINE = re.compile(
    rf"^[ \t]*(?i:by)[ \t]+{_NAME}(?:[ \t]+and[ \t]+{_NAME}|,[ \t]*{_NAME})*?[ \t]*(?:,|\||[-–—])[ \t]*(?P<agency>{_NAME})[ \t]*$",
    re.MULTILINE,
)
_WITH = re.compile(
    rf"(?i:with (?:reporting|files|material|input|additional reporting) (?:by|from)|(?:source|via|agency):)[ \t]*(?:the[ \t]+)?(?P<agency>{_NAME})"
)
_SIGNED = re.compile(r"(?:[ \t\n](?:[-–—]|--)[ \t]*|[ \t\n]\(|[ \t\n]\[)(?P<agency>[A-Z][\w.&-]*(?:[ /][A-Z][\w.&-]*){0,3})[)\]]?[ \t]*\Z")
_HEAD, _FOOT = 800, 60
_VIDEO = frozenset(("video", "footage"))


@cache
def _tables() -> dict[str, frozenset[str]]:
    table = tomllib.loads(files("sightline.extract.sources").joinpath("data").joinpath("credits.toml").read_text(encoding="utf-8"))
    return {name: frozenset(values) for name, values in table.items()}


def find_credits(doc: Doc) -> list[Credit]:
    """Credits of images, videos and of the page itself, in the order of the text; spans are characters of ``doc.text``."""
    return credits_in(columns(doc).text)


def credits_in(text: str) -> list[Credit]:
    """The credits of a text; see ``find_credits``."""
    found: list[Credit] = []
    for credit in (*_images(text), *_pages(text)):
        if not any(credit.span.overlaps(other.span) for other in found):
            found.append(credit)
    return sorted(found, key=lambda credit: credit.span)


def _images(text: str) -> Iterator[Credit]:
    for start, line in _lines(text, _tables()["labels"]):
        for pattern in (_AGENCY_PHOTO, _LABELLED, _BRACKETED, _WORDED, _VIA):
            for match in pattern.finditer(line):
                groups = match.groupdict()
                label = (groups.get("label") or "photo").split()[0].lower()
                chain = [groups["maker"], groups["agency"]] if groups.get("agency") else _chain(match["chain"])
                if pattern in (_VIA, _WORDED) and not _credible(chain):
                    continue
                span = Span(start + match.start(), start + match.end())
                yield Credit(span=span, kind="video" if label in _VIDEO else "photo", chain=tuple(chain))


def _lines(text: str, signs: frozenset[str]) -> Iterator[tuple[int, str]]:
    """Lines that hold one of the signs, with where they start."""
    low = text.lower()
    seen = -1
    places = sorted(at for sign in signs for at in _occurrences(low, sign))
    for place in places:
        start = text.rfind("\n", 0, place) + 1
        if start == seen:
            continue
        seen = start
        end = text.find("\n", place)
        yield start, text[start : end if end >= 0 else len(text)]


def _occurrences(low: str, sign: str) -> Iterator[int]:
    at = low.find(sign)
    while at >= 0:
        yield at
        at = low.find(sign, at + 1)


def _credible(chain: list[str]) -> bool:
    """An unlabelled credit needs a known agency in it: "and/or" names stay what they are."""
    known = _tables()["distributors"] | _tables()["makers"] | _tables()["wholesalers"]
    return any(name.lower() in known for name in chain)


def _chain(words: str) -> list[str]:
    """Maker first: "AFP/KCNA via KNS" gives KCNA, KNS, AFP."""
    first, *passed = re.split(r",?[ \t]+via[ \t]+", words.strip(" .,"))
    names = [name.strip() for name in first.split("/") if name.strip()]
    distributors = _tables()["distributors"]
    wholesalers = _tables()["wholesalers"]
    makers = [name for name in names if name.lower() not in distributors and name.lower() not in wholesalers]
    agencies = [name for name in names if name.lower() in distributors]
    last = [name for name in names if name.lower() in wholesalers]
    return [*makers, *passed, *agencies, *last] if makers or passed else [*agencies, *last]


def _pages(text: str) -> Iterator[Credit]:
    for match in _DATELINE.finditer(text, 0, _HEAD):
        group = "agency" if match["agency"] else "slashed"
        yield Credit(span=Span(match.start(group), match.end(group)), kind="page", chain=(match[group],))
    opening = dateline(text[:_HEAD])
    if opening is not None and opening.agency is not None:
        at = text.index(opening.agency, opening.start)
        yield Credit(span=Span(at, at + len(opening.agency)), kind="page", chain=(opening.agency,))
    for start, line in _lines(text, _tables()["page_signs"]):
        for pattern in (_BYLINE, _WITH):
            for match in pattern.finditer(line):
                yield from _agency(match, start)
    foot = max(0, len(text) - _FOOT)
    last = _SIGNED.search(text, foot)
    if last is not None:
        yield from _agency(last, 0)


def _agency(match: re.Match[str], start: int) -> Iterator[Credit]:
    """A page credit where every name in it is a known agency."""
    known = _tables()["distributors"] | _tables()["makers"]
    words = match["agency"].rstrip()
    if all(part.strip().lower().removeprefix("the ") in known for part in words.split("/")):
        first = start + match.start("agency")
        yield Credit(span=Span(first, first + len(words)), kind="page", chain=tuple(_chain(words)))
