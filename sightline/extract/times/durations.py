"""Durations as TIMEX3 writes them, after ISO 8601."""

from __future__ import annotations

from sightline.extract.times.draft import LETTER
from sightline.extract.times.numbers import Amount


def value_of(parts: list[tuple[Amount, str]]) -> str:
    """ISO 8601 duration as TIMEX3 writes it: P2Y6M, PT10H, PXD for an uncounted number."""
    date, clock = "", ""
    for many, unit_ in parts:
        number, unit, factor = many.low, unit_, 1
        if unit == "fortnight":
            unit, factor = "week", 2
        elif unit == "half":
            unit, factor = "month", 6
        elif unit in ("decade", "century", "millennium") and many.counted:
            unit, factor = "year", {"decade": 10, "century": 100, "millennium": 1000}[unit]
        if unit == "night":
            return "PXTNI" if not many.counted else f"P{_plain(number)}TNI"
        letter = LETTER[unit]
        timed = unit in ("hour", "minute", "second")
        number *= factor
        if not many.counted:
            piece = f"X{letter}"
        else:
            piece = _split(number, unit, letter)
            if piece.startswith("T"):
                timed, piece = True, piece[1:]
        clock, date = (clock + piece, date) if timed else (clock, date + piece)
    return "P" + date + ("T" + clock if clock else "")


def _plain(number: float) -> str:
    return str(int(number)) if number == int(number) else f"{number:.10g}"


def _split(number: float, unit: str, letter: str) -> str:
    """A number with a fraction in the next finer unit, where that is whole."""
    whole = int(number)
    rest = number - whole
    finer = {
        "year": (12, "M"),
        "hour": (60, "M"),
        "minute": (60, "S"),
        "decade": (10, "Y"),
        "century": (100, "Y"),
        "millennium": (1000, "Y"),
    }
    if rest and unit in finer:
        size, small = finer[unit]
        if abs(rest * size - round(rest * size)) < 1e-6:
            return (f"{whole}{letter}" if whole else "") + f"{round(rest * size)}{small}"
    if rest and unit == "day" and not whole and abs(rest * 24 - round(rest * 24)) < 1e-6:
        return f"T{round(rest * 24)}H"
    return f"{_plain(number)}{letter}"
