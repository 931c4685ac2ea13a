"""Where things stand: within one dossier file, or at the addresses of the served pages."""

from __future__ import annotations

import re
from typing import Protocol
from urllib.parse import quote


def slug(text: str) -> str:
    """Letters, digits, dots and dashes that an HTML id may hold; distinct texts of reports' ids stay distinct.

    >>> slug("kim2023/10~2"), slug("a b")
    ('kim2023_2f10_7e2', 'a_20b')
    """
    return re.sub(r"[^A-Za-z0-9.-]", lambda found: f"_{ord(found[0]):x}", text)


class Links(Protocol):
    """Addresses of the picture's parts."""

    def report(self, report: str) -> str:
        """Of a report's text."""
        ...

    def passage(self, report: str, start: int, end: int) -> str:
        """Of some characters of a report."""
        ...

    def event(self, event: str) -> str:
        """Of an event."""
        ...

    def actor(self, actor: str) -> str | None:
        """Of an actor's page, where there is one."""
        ...

    def place(self, place: str) -> str | None:
        """Of a place's page, where there is one."""
        ...


class DossierLinks:
    """Fragments within one file."""

    def report(self, report: str) -> str:
        """Of a report's text."""
        return f"#report-{slug(report)}"

    def passage(self, report: str, start: int, end: int) -> str:
        """Of some characters of a report."""
        return f"#r-{slug(report)}-{start}-{end}"

    def event(self, event: str) -> str:
        """Of an event."""
        return f"#event-{slug(event)}"

    def actor(self, actor: str) -> str | None:
        """A dossier has no pages of actors."""
        return None

    def place(self, place: str) -> str | None:
        """A dossier has no pages of places."""
        return None


class ServedLinks:
    """Stable addresses on a server."""

    def __init__(self, story: str = "") -> None:
        """Events are addressed within ``story``."""
        self._story = story

    def report(self, report: str) -> str:
        """Of a report's text."""
        return f"/reports/{quote(report, safe='')}"

    def passage(self, report: str, start: int, end: int) -> str:
        """Of some characters of a report."""
        return f"/reports/{quote(report, safe='')}#{start}-{end}"

    def event(self, event: str) -> str:
        """Of an event."""
        return f"/stories/{quote(self._story, safe='')}#event-{slug(event)}"

    def actor(self, actor: str) -> str | None:
        """Of an actor's page."""
        return f"/actors/{quote(actor, safe='')}"

    def place(self, place: str) -> str | None:
        """Of a place's page."""
        return f"/places/{quote(place, safe='')}"
