"""Where a report's outlet is at home: a hint for namesakes."""

from __future__ import annotations

from urllib.parse import urlsplit

from sightline.gazetteer import Gazetteer
from sightline.types import Place, Report

_OPEN = frozenset(("com", "org", "net", "info", "tv", "io", "co", "me", "news"))
_SPECIAL = {"uk": "GB", "eu": ""}


def home_of(report: Report, gazetteer: Gazetteer) -> Place | None:
    """The place named in the outlet's name ("The Springfield Gazette"), else the capital of the country of its address; or ``None``."""
    words = (report.outlet or "").replace("The ", "").split()
    for last in range(min(len(words), 3), 0, -1):
        for first in range(len(words) - last + 1):
            name = " ".join(words[first : first + last])
            found = [p for p in gazetteer.named(name) if p.kind in ("city", "region", "country") and len(name) > 3]
            if found and name[0].isupper():
                return max(found, key=lambda p: (p.kind == "country", p.population))
    host = urlsplit(report.url or "").hostname or ""
    ending = host.rpartition(".")[2]
    if len(ending) != 2 or ending in _OPEN:
        return None
    try:
        return gazetteer.capital(_SPECIAL.get(ending, ending.upper()))
    except KeyError:
        return None
