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

from sightline.types import Credit, Span

_NAME = r"[A-ZÀ-Ý][\w.&'’-]*(?:[ \t]+(?:of|the|de|[A-ZÀ-Ý0-9][\w.&'’-]*)){0,4}"
_CHAIN = rf"{_NAME}(?:[ \t]*/[ \t]*{_NAME}){{0,3}}(?:,?[ \t]+via[ \t]+{_NAME}){{0,2}}"
_LABELLED = re.compile(
    rf"(?P<label>(?i:photo(?:graph)?|image|picture|video|footage|illustration|pic)(?:[ \t]+(?i:credit|by|courtesy(?:[ \t]+of)?))?|(?i:credit))[ \t]*[:©][ \t]*(?P<chain>{_CHAIN})"
)
_BRACKETED = re.compile(rf"[(\[](?P<label>(?i:photo|image|picture|video)(?:[ \t]+(?i:by|courtesy of|from))?)[ \t:]+(?P<chain>{_CHAIN})[)\]]")
_VIA = re.compile(rf"(?<![\w/])(?P<chain>{_NAME}[ \t]*/[ \t]*{_NAME}(?:[ \t]*/[ \t]*{_NAME})?(?:,?[ \t]+via[ \t]+{_NAME})?|[A-Z]{{2,6}}[ \t]+via[ \t]+{_NAME})(?=[ \t]*(?:[.)\]]|$))", re.MULTILINE)
_AGENCY_PHOTO = re.compile(rf"[(\[]?(?P<agency>AP|AFP|EPA|Reuters|REUTERS)[ \t]+(?P<label>Photo|Image|Video)/(?P<maker>{_NAME})")
_DATELINE = re.compile(
    r"^[ \t]*(?P<place>[A-ZÀ-Ý][A-ZÀ-Ý.'’ /-]{2,40})(?:,[ \t]*[\w.]+(?:[ \t]+\d{1,2})?\.?)?(?:,[ \t]*\d{4})?[ \t]*(?:\((?P<agency>[A-Z][\w ./&'-]{1,40})\)[ \t]*[-–—]{1,2}|\.[ \t]*/(?P<slashed>[A-Z][\w -]{1,30})/\.)",
    re.MULTILINE,
)
_BYLINE = re.compile(rf"^[ \t]*(?i:by)[ \t]+{_NAME}(?:[ \t]+and[ \t]+{_NAME}|,[ \t]*{_NAME})*?[ \t]*(?:,|\||[-–—])[ \t]*(?P<agency>{_NAME})[ \t]*$", re.MULTILINE)
_WITH = re.compile(rf"(?i:with (?:reporting|files|material|input|additional reporting) (?:by|from)|(?:source|via|agency):)[ \t]*(?:the[ \t]+)?(?P<agency>{_NAME})")
_SIGNED = re.compile(r"(?:[ \t\n](?:[-–—]|--)[ \t]*|[ \t\n]\(|[ \t\n]\[)(?P<agency>[A-Z][\w.&-]*(?:[ /][A-Z][\w.&-]*){0,3})[)\]]?[ \t]*\Z")
_VIDEO = frozenset(("video", "footage"))


@cache
def _tables() -> dict[str, frozenset[str]]:
    table = tomllib.loads(files("sightline.extract.sources").joinpath("data").joinpath("credits.toml").read_text(encoding="utf-8"))
    return {name: frozenset(values) for name, values in table.items()}


def find_credits(doc: Doc) -> list[Credit]:
    """Credits of images, videos and of the page itself, in the order of the text; spans are characters of ``doc.text``."""
    text = doc.text
    found: list[Credit] = []
    for credit in (*_images(text), *_pages(text)):
        if not any(credit.span.overlaps(other.span) for other in found):
            found.append(credit)
    return sorted(found, key=lambda credit: credit.span)


def _images(text: str) -> Iterator[Credit]:
    for pattern in (_AGENCY_PHOTO, _LABELLED, _BRACKETED, _VIA):
        for match in pattern.finditer(text):
            groups = match.groupdict()
            label = (groups.get("label") or "photo").split()[0].lower()
            if groups.get("agency"):
                chain = [groups["maker"], groups["agency"]]
            else:
                chain = _chain(match["chain"])
                if pattern is _VIA and not _credible(chain):
                    continue
            yield Credit(span=Span(match.start(), match.end()), kind="video" if label in _VIDEO else "photo", chain=tuple(chain))


def _credible(chain: list[str]) -> bool:
    """An unlabelled credit needs a known agency in it: "and/or" names stay what they are."""
    known = _tables()["distributors"] | _tables()["makers"]
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
    known = _tables()["distributors"] | _tables()["makers"]
    for match in _DATELINE.finditer(text):
        group = "agency" if match["agency"] else "slashed"
        yield Credit(span=Span(match.start(group), match.end(group)), kind="page", chain=(match[group],))
    for pattern in (_BYLINE, _WITH, _SIGNED):
        for match in pattern.finditer(text):
            agency = match["agency"].strip()
            parts = [part.strip() for part in agency.split("/")]
            if all(part.lower().removeprefix("the ") in known for part in parts):
                start = match.start("agency")
                yield Credit(span=Span(start, start + len(match["agency"].rstrip())), kind="page", chain=tuple(_chain(agency)))
