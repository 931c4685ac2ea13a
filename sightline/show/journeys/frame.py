"""What the pictures of journeys share: scales, axes and colours as SVG strings."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta, tzinfo
from html import escape
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

WIDTH, LEFT, RIGHT, TOP = 960, 150, 24, 28
INK, SOFT, LINE, ACCENT, WARN = (
    "var(--ink, #1d2327)",
    "var(--soft, #58636b)",
    "var(--line, #d9d5cb)",
    "var(--accent, #1f5c8a)",
    "var(--warn, #a3291f)",
)
_LIGHT = ("#1f5c8a", "#b3581a", "#1e6b3c", "#7a3f8f", "#8a6100", "#5a6870", "#a3291f", "#2b7a78")
_DARK = ("#6fb3e8", "#f0a060", "#6cc58d", "#cf9be0", "#d9b34a", "#b4c0c7", "#f28b80", "#6fcac7")
HUES = tuple(f"var(--hue{i}, {hue})" for i, hue in enumerate(_LIGHT))
"""Colours of rival destinations, told apart in the common kinds of colour blindness by lightness too; lighter on a dark page."""
_STYLE = "@media (prefers-color-scheme:dark){svg{" + "".join(f"--hue{i}:{hue};" for i, hue in enumerate(_DARK)) + "}}"


def zone(name: str | None) -> tzinfo:
    """The zone of an IANA name, UTC where there is none."""
    try:
        return ZoneInfo(name) if name else UTC
    except (ZoneInfoNotFoundError, ValueError):
        return UTC


def zone_name(name: str | None) -> str:
    """How the axis names its zone: "UTC", or the zone's city with "time"."""
    return "UTC" if not name or zone(name) is UTC else f"{name.rsplit('/', 1)[-1].replace('_', ' ')} time"


class TimeScale:
    """Instants on the horizontal axis."""

    def __init__(self, first: datetime, last: datetime, local: str | None = None) -> None:
        """From ``first`` to ``last``, told in the zone ``local``."""
        self.first = first
        self.last = max(last, first + timedelta(hours=1))
        self.local = local

    def x(self, instant: datetime) -> float:
        """Drawing coordinate, kept within the axis."""
        share = (instant - self.first) / (self.last - self.first)
        return LEFT + max(0.0, min(1.0, share)) * (WIDTH - LEFT - RIGHT)

    def axis(self, top: float, bottom: float) -> str:
        """Lines and labels at whole hours or days of local time, with the day's name where it begins."""
        hours = (self.last - self.first).total_seconds() / 3600
        # A day's name takes more room than an hour's.
        step = next((s for s in (1, 2, 3, 6, 12, 24, 48, 96, 168) if hours / s <= (14 if s < 24 else 10)), 336)
        local = zone(self.local)
        begin = self.first.astimezone(local).replace(minute=0, second=0, microsecond=0)
        begin -= timedelta(hours=begin.hour % min(step, 24))
        parts = [f'<text x="{LEFT}" y="{bottom + 34:.0f}" font-size="11" fill="{SOFT}">{escape(zone_name(self.local))}</text>']
        for i in range(int(hours / step) + 3):
            mark = (begin + timedelta(hours=step * i)).astimezone(local)
            if not self.first <= mark <= self.last:
                continue
            x = self.x(mark)
            midnight = mark.hour == 0 or step >= 24
            label = f"{mark:%a} {mark.day} {mark:%b}" if midnight else f"{mark:%H:%M}"
            parts.append(
                f'<line x1="{x:.1f}" x2="{x:.1f}" y1="{top:.0f}" y2="{bottom:.0f}" stroke="{LINE}" stroke-width="{1.2 if midnight else 0.6}"/>'
            )
            parts.append(text(x, bottom + 16, label, anchor="middle", size=11, fill=INK if midnight else SOFT))
        return "".join(parts)


def svg(height: float, title: str, body: Sequence[str]) -> str:
    """A static SVG with a title for those who listen."""
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height:.0f}" role="img" aria-label="{escape(title, quote=True)}" '
        f'font-family="system-ui, sans-serif"><title>{escape(title)}</title><style>{_STYLE}</style>{"".join(body)}</svg>'
    )


def text(x: float, y: float, words: str, *, anchor: str = "start", size: float = 12, fill: str = INK, weight: str = "normal") -> str:
    """A line of text, escaped."""
    return f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}" font-size="{size:g}" font-weight="{weight}" fill="{fill}">{escape(words)}</text>'


def shorter(words: str, most: int) -> str:
    """Words cut to a length, with an ellipsis."""
    return words if len(words) <= most else words[: most - 1].rstrip() + "…"


def moment(instant: datetime, local: str | None) -> str:
    """An instant in local time."""
    there = instant.astimezone(zone(local))
    return f"{there:%a} {there.day} {there:%b} {there:%H:%M}"
