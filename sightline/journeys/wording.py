"""The forecast in words: instants in local time, the headline, the reasons."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, tzinfo
from functools import cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError


def zone_or_utc(name: str | None) -> tzinfo:
    """The zone of that IANA name; UTC where there is none."""
    if name is None:
        return UTC
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError):
        return UTC


def rounded(instant: datetime, width: timedelta) -> datetime:
    """The instant to the half hour where the interval around it is wide, to five minutes where it is narrow."""
    minutes = 30 if width >= timedelta(hours=4) else 10 if width >= timedelta(hours=1) else 5
    whole = round(instant.timestamp() / (60 * minutes)) * 60 * minutes
    return datetime.fromtimestamp(whole, tz=UTC)


def day(local: datetime) -> str:
    """A day as people say it.

    >>> day(datetime(2023, 9, 12))
    'Tuesday 12 Sep'
    """
    return f"{local:%A} {local.day} {local:%b}"


def between(low: datetime, high: datetime, zone: str | None) -> str:
    """An interval in the local time of a place.

    >>> between(datetime(2023, 9, 11, 19, 4, tzinfo=UTC), datetime(2023, 9, 12, 6, 58, tzinfo=UTC), "Asia/Vladivostok")
    'Tuesday 12 Sep between 05:00 and 17:00 local'
    """
    local = zone_or_utc(zone)
    a, b = (rounded(x, high - low).astimezone(local) for x in (low, high))
    name = "local" if zone is not None and local is not UTC else "UTC"
    if a.date() == b.date():
        return f"{day(a)} between {a:%H:%M} and {b:%H:%M} {name}"
    return f"between {day(a)} {a:%H:%M} and {day(b)} {b:%H:%M} {name}"


def percent(share: float) -> str:
    """A probability in words a reader trusts.

    >>> percent(0.844), percent(0.998), percent(0.002)
    ('84%', 'over 99%', 'under 1%')
    """
    if share > 0.99:
        return "over 99%"
    if share < 0.01:
        return "under 1%"
    return f"{share:.0%}"


def headline(name: str, low80: datetime, high80: datetime, zone: str | None, probability: float, arrived: float, *, alone: bool) -> str:
    """The answer in one line.

    >>> headline("Vladivostok", datetime(2023, 9, 11, 19, tzinfo=UTC), datetime(2023, 9, 12, 7, tzinfo=UTC), "Asia/Vladivostok", .84, .1, alone=False)
    'Vladivostok: Tuesday 12 Sep between 05:00 and 17:00 local (80%), if that is where it goes (84%)'
    """
    text = f"{name}: {between(low80, high80, zone)} (80%)"
    if not alone:
        text += f", if that is where it goes ({percent(probability)})"
    if arrived > 0.5:
        text += f"; there already: {percent(arrived)}"
    return text


def clock_time(instant: datetime, zone: str | None) -> str:
    """An instant in local time.

    >>> clock_time(datetime(2023, 9, 12, 2, 15, tzinfo=UTC), "Asia/Vladivostok")
    'Tuesday 12 Sep 12:15 local'
    """
    local = instant.astimezone(zone_or_utc(zone))
    return f"{day(local)} {local:%H:%M} {'local' if zone_or_utc(zone) is not UTC else 'UTC'}"


def shift(hours: float) -> str:
    """A change of a median in words.

    >>> shift(2.34), shift(-0.2), shift(0.01)
    ('2.3 h later', '12 min earlier', 'the same')
    """
    if abs(hours) < 0.05:
        return "the same"
    size = f"{abs(hours):.1f} h" if abs(hours) >= 1 else f"{abs(hours) * 60:.0f} min"
    return f"{size} {'later' if hours > 0 else 'earlier'}"


def spoken(kind: str, place: str) -> str:
    """An observation in words.

    >>> spoken("crossed", "Khasan"), spoken("bound", "country:RU")
    ('crossed at Khasan', 'bound for Russia')
    """
    words = {
        "departed": "left",
        "passed": "passed",
        "sighted": "seen at",
        "crossed": "crossed at",
        "stopped": "stopped at",
        "arrived": "reached",
        "expected": "expected at",
        "silence": "no word of",
        "bound": "bound for",
        "duration": "time to",
    }
    return f"{words.get(kind, kind)} {_state_name(place.removeprefix('country:')) if place.startswith('country:') else place}"


@cache
def _state_name(iso: str) -> str:
    from sightline.gazetteer import Register

    party = Register.load().party(f"state:{iso}")
    return party.name if party is not None else iso
