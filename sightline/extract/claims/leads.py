"""What stands before and above the text: datelines and headlines."""

from __future__ import annotations

import re

from sightline.extract import datelines
from sightline.types import Span

#: "MANILA, Nov 18 (AP) - ": capitals at the start of a line, whatever place and date follow, closed by a dash; or a bare date, "Aug 31, 2023 - ".
_DATELINE = re.compile(
    r"^[ \t]*(?:[A-Z][A-Z'’.\-]+(?: [A-Z][A-Z'’.\-]*){0,3}(?:/[A-Z]+)?(?:,[^\n]{1,45}?)?"
    r"|(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]{0,6}\.? \d{1,2},? \d{4}|\d{1,2} [A-Z][a-z]{2,8} \d{4})"
    r"[ \t]*(?:\([^()\n]{2,30}\))?[ \t]*(?:--|—|–|-)[ \t]",
    re.MULTILINE,
)
_REACH = 400


def dateline(text: str) -> Span:
    """Where the dateline near a report's beginning stands; an empty span where there is none.

    >>> dateline("LAGOS, May 3 (Wire) - The port is shut.")
    Span(start=0, end=22)
    >>> dateline("Aug 31, 2023 - The port is shut.").length
    15
    >>> dateline("(ANSA) - ROMA, 3 GIU - The port is shut.").end
    23
    >>> dateline("The port is shut.").length
    0
    """
    found = _DATELINE.search(text, 0, _REACH)
    if found is not None:
        return Span(*found.span())
    line = datelines.dateline(text[:_REACH])
    return Span(line.start, line.end) if line is not None and line.agency is not None else Span(0, 0)


def in_headline(text: str, start: int) -> bool:
    """Whether the character stands in a first line that no full stop ends, with more text below it."""
    first = len(text) - len(text.lstrip())
    end = text.find("\n", first)
    return first <= start < end and text[first:end].rstrip()[-1:] not in '.!?:;"”' and bool(text[end:].strip())
