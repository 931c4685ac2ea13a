"""Two clock times of one instant: "10:47 p.m. local time (1447 GMT)" tells the local zone's offset, wherever the place is."""

from __future__ import annotations

from sightline.extract.times.draft import Draft

_DAY = 24 * 60
_EAST = 13 * 60


def pair(local: Draft, universal: Draft) -> bool:
    """Gives a clock time without a zone the offset that the same instant in UTC beside it tells, and UTC's its own day.

    Both must be whole minutes and differ by a multiple of a quarter of an hour; offsets are taken from -11 to +13 hours. Tells whether
    anything was changed.
    """
    if local.clock is None or universal.clock is None or local.zone is not None or universal.zone != "UTC" or local.stretch is None:
        return False
    there = _minutes(local.clock)
    gap = (there - _minutes(universal.clock)) % _DAY
    offset = gap - _DAY if gap > _EAST else gap
    if offset % 15:
        return False
    local.zone = f"{'-' if offset < 0 else '+'}{abs(offset) // 60:02d}:{abs(offset) % 60:02d}"
    day = local.stretch.shifted((there - offset) // _DAY)
    if day is not None and not universal.match.has("WDAY", "MONTH", "MONTHABBR", "MAYMARCH", "TODAY", "ISO"):
        universal.stretch, universal.value, universal.anchor = day, day.value(), local.anchor
    return True


def _minutes(clock: tuple[int, int, int]) -> int:
    return 60 * clock[0] + max(0, clock[1])
