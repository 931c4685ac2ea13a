"""How grades, statuses and instants are put into words, the same on every page."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from sightline.types import Event, Interval, Reading, Report, SlotValue

GRADES = {
    0: "origin unknown",
    1: "one origin",
    2: "one party",
    3: "independently confirmed",
    4: "confirmed at first hand",
}
"""Short names of the corroboration grades."""

SLOTS = {
    "happened": "said by",
    "when": "when",
    "where": "where",
    "from": "from",
    "to": "to",
    "toward": "towards",
    "via": "via",
    "who": "who",
    "agent": "who",
    "theme": "what",
    "whom": "whom",
    "companion": "with",
    "counterpart": "with",
    "vehicle": "in",
    "means": "how",
}
"""Readable names of the slots; others stand as they are."""


ACCESS = {
    "observed": "saw it",
    "document": "has it in writing",
    "participant": "takes part in it",
    "told": "was told",
    "inferred": "infers it",
    "unknown": "not told",
}
"""How a source comes to know, in words."""


def slot_name(name: str, values: Iterable[str] = ()) -> str:
    """A slot's name as a reader would ask for it; ``values`` are what fills it.

    >>> slot_name("agent"), slot_name("number of people", ["2 people"]), slot_name("number of train", ["5"])
    ('who', 'how many', 'how many: train')
    """
    if name.startswith("number of "):
        counted = name.removeprefix("number of ")
        named = all(counted[:3].lower() in value.lower() for value in values)
        return "how many" if named else f"how many: {counted}"
    return SLOTS.get(name, name)


def sentence_case(label: str) -> str:
    """A label that was cut out of a sentence, as a headline: without a leading "that", its first letter a capital.

    >>> sentence_case("that workers were painting"), sentence_case("KCNA reports")
    ('Workers were painting', 'KCNA reports')
    """
    bare = label.removeprefix("that ").strip() or label
    return bare[:1].upper() + bare[1:]


def short_day(instant: datetime) -> str:
    """ "10 Sep"."""
    return f"{instant.day} {instant:%b}"


def printable(text: str) -> str:
    """The text on one line without control characters, so that a hostile report cannot steer a terminal.

    >>> printable("a\\x1b[31mred\\nline")
    'a[31mred line'
    """
    if text.isprintable():
        return text
    return "".join(character if character.isprintable() else (" " if character.isspace() else "") for character in text)


def day(instant: datetime) -> str:
    """ "Sun 10 Sep 2023"."""
    return f"{instant:%a} {instant.day} {instant:%b %Y}"


def clock(instant: datetime, zone: str | None = None) -> str:
    """Day and time in the zone, UTC where none is given.

    >>> from datetime import UTC
    >>> clock(datetime(2023, 9, 12, 2, 15, tzinfo=UTC), "Asia/Vladivostok")
    'Tue 12 Sep 2023 12:15 Vladivostok time'
    """
    if zone is None:
        return f"{day(instant)} {instant:%H:%M} UTC"
    local = instant.astimezone(ZoneInfo(zone))
    return f"{day(local)} {local:%H:%M} {zone.rpartition('/')[2].replace('_', ' ')} time"


def _bounds(interval: Interval) -> tuple[datetime | None, datetime | None]:
    """The ends in the local time of a zone that the interval's EDTF is written in, where one is known."""
    zone = interval.zone
    if zone is None or zone == "UTC" or zone.startswith(("+", "-")):
        return interval.earliest, interval.latest
    try:
        local = ZoneInfo(zone)
    except (KeyError, ValueError):
        return interval.earliest, interval.latest
    return tuple(end.astimezone(local) if end else None for end in (interval.earliest, interval.latest))  # type: ignore[return-value]


def when(interval: Interval | None) -> str:
    """An interval as a reader would say it: a day, days, a month, a year, or a stretch with open ends; unknown, "time not told"."""
    if interval is None or (interval.earliest is None and interval.latest is None):
        return "time not told"
    first, last = _bounds(interval)
    mark = "about " if interval.approximate or interval.vague else ""
    if first is None:
        assert last is not None
        return f"{mark}until {day(last)}"
    if last is None:
        return f"{mark}from {day(first)} on"
    width = last - first
    if width <= timedelta(minutes=1):
        return f"{mark}{day(first)} {first:%H:%M}"
    if first.date() == last.date():
        whole = width >= timedelta(hours=23, minutes=59)
        return f"{mark}{day(first)}" if whole else f"{mark}{day(first)}, {first:%H:%M} to {last:%H:%M}"
    if first.day == 1 and (last + timedelta(seconds=1)).day == 1:
        if first.month == 1 and last.month == 12:
            return f"{mark}{first:%Y}" if first.year == last.year else f"{mark}{first:%Y} to {last:%Y}"
        if (first.year, first.month) == (last.year, last.month):
            return f"{mark}{first:%b %Y}"
    if first.year == last.year:
        return f"{mark}{first:%a} {short_day(first)} to {day(last)}"
    return f"{mark}{day(first)} to {day(last)}"


def grade(value: int) -> str:
    """The grade's short name with its number."""
    return f"{GRADES[value]} ({value})"


def plural(count: int, word: str) -> str:
    """ "1 report", "3 reports", "2 parties"."""
    if count == 1:
        return f"1 {word}"
    ending = word[:-1] + "ies" if word.endswith("y") and word[-2] not in "aeiou" else word + "s"
    return f"{count} {ending}"


def slot_of(event: Event, name: str) -> tuple[SlotValue, ...]:
    """The rival values of one of the event's slots, best first."""
    return next((slot.values for slot in event.slots if slot.name == name), ())


def span_of_reports(readings: Iterable[Reading]) -> str:
    """From the first to the last publication day."""
    dates = sorted(
        first for reading in readings if reading.report.published and (first := _bounds(reading.report.published.interval)[0]) is not None
    )
    if not dates:
        return "undated"
    first, last = dates[0], dates[-1]
    return day(first) if first.date() == last.date() else f"{day(first)} to {day(last)}"


def chain_words(name: str) -> str:
    """A chain of outlets as words.

    >>> chain_words("Harbour Post <- STT")
    'Harbour Post via STT'
    """
    return " via ".join(part.strip() for part in name.split("<-") if part.strip())


def clipped(text: str, length: int) -> str:
    """The text, cut after a word where it is longer than ``length`` characters.

    >>> clipped("The ferry left Turku", 14), clipped("Turku", 14)
    ('The ferry…', 'Turku')
    """
    if len(text) <= length:
        return text
    whole = text[:length].rpartition(" ")[0]
    return (whole if len(whole) > length / 2 else text[: length - 1]).rstrip(" ,;:") + "…"


def report_name(report: Report) -> str:
    """A report's title, or where it has none its first words."""
    return report.title or clipped(" ".join(printable(report.text[:160]).split()), 80) or report.id


def outlet_name(outlet: str | None) -> str:
    """The page's own outlet, without the chain behind it."""
    return (outlet or "unnamed outlet").split("<-")[0].strip() or "unnamed outlet"
