"""Instants in an address: ISO 8601 dates and times of the calendar, and nothing else."""

from __future__ import annotations

import re
from datetime import datetime

from sightline.readers import parse_publication

_YEAR = r"(?:[1-8]\d{3}|9[0-8]\d{2}|99[0-8]\d|999[0-8])"
_LEAP = r"(?:(?:[1-8]\d|9[0-8])(?:0[48]|[2468][048]|[13579][26])|99(?:0[48]|[2468][048]|[1357][26]|92|96)|(?:[2468][048]|[13579][26])00)"
_DAY = (
    rf"(?:{_YEAR}-(?:(?:0[13578]|1[02])-(?:0[1-9]|[12]\d|3[01])|(?:0[469]|11)-(?:0[1-9]|[12]\d|30)|02-(?:0[1-9]|1\d|2[0-8]))"
    rf"|{_LEAP}-02-29)"
)
_CLOCK = r"T(?:[01]\d|2[0-3]):[0-5]\d(?::[0-5]\d)?(?:Z|[+-](?:0\d|1[0-3]):[0-5]\d)?"
PATTERN = rf"^(?:{_YEAR}(?:-(?:0[1-9]|1[0-2]))?|{_DAY}(?:{_CLOCK})?)$"
"""A year, month, day or minute from 1000 to 9998, as a regular expression of ECMA 262 (which JSON Schema uses)."""
_WHOLE = re.compile(PATTERN.rstrip("$") + r"\Z", re.ASCII)


def instant(text: str) -> datetime:
    """The end of the year, month or day told, or the minute or second; UTC where no zone is.

    Raises:
        ValueError: when the text is no such date.

    >>> instant("2024-02").isoformat(), instant("2024-02-29T10:00Z").isoformat()
    ('2024-02-29T23:59:59+00:00', '2024-02-29T10:00:59+00:00')
    """
    if not _WHOLE.match(text):
        raise ValueError(f"{text[:40]!r} is no date such as 2023-09-12 or 2023-09-12T12:00Z")
    latest = parse_publication(text, "option").interval.latest
    assert latest is not None
    return latest
