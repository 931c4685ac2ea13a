"""When they will arrive: the density of the arrival at each rival destination, weighted by its probability."""

from __future__ import annotations

from datetime import timedelta

from sightline.show.journeys.frame import HUES, LEFT, RIGHT, SOFT, TOP, WARN, WIDTH, TimeScale, moment, shorter, svg, text
from sightline.types import DestinationForecast, Forecast

SHOWN = 0.02


def densities(forecast: Forecast, *, row: float = 74) -> str:
    """One row a destination: density of its arrival, 80% interval as a bar, median as a line. Empty where there is no density."""
    shown = [d for d in forecast.destinations if d.density and d.probability >= SHOWN][: len(HUES)] or [
        d for d in forecast.destinations if d.density
    ][:1]
    if not shown:
        return ""
    scale = TimeScale(
        min([d.arrival.low95 for d in shown] + [forecast.as_of]) - timedelta(hours=2),
        max([d.arrival.high95 for d in shown] + [forecast.as_of]) + timedelta(hours=2),
        shown[0].zone,
    )
    top = max(value for d in shown for _, value in d.density) or 1.0
    bottom = TOP + row * len(shown)
    body = [scale.axis(TOP, bottom)]
    now = scale.x(forecast.as_of)
    body.append(f'<line x1="{now:.1f}" x2="{now:.1f}" y1="{TOP - 8}" y2="{bottom:.0f}" stroke="{WARN}" stroke-dasharray="4 3"/>')
    body.append(text(now, TOP - 12, "as of", anchor="middle", size=11, fill=WARN))
    for i, destination in enumerate(shown):
        body += _row(destination, scale, TOP + row * (i + 1), row - 22, top, HUES[i])
    return svg(bottom + 44, "When they will arrive, by destination", body)


def _row(destination: DestinationForecast, scale: TimeScale, base: float, height: float, top: float, hue: str) -> list[str]:
    points = [(scale.x(at), base - 8 - value / top * height) for at, value in destination.density]
    line = " ".join(f"{x:.1f},{y:.1f}" for x, y in [(points[0][0], base - 8), *points, (points[-1][0], base - 8)])
    a, b, m = (scale.x(t) for t in (destination.arrival.low80, destination.arrival.high80, destination.arrival.median))
    words = f"{moment(destination.arrival.low80, destination.zone)} to {moment(destination.arrival.high80, destination.zone)} (80%)"
    name = f"{shorter(destination.name, 18)}"
    # The words stand where the curve does not: on the side with more room.
    right = (a + b) / 2 < (LEFT + WIDTH - RIGHT) / 2
    anchor, at = ("end", WIDTH - RIGHT) if right else ("start", LEFT + 4)
    return [
        f'<polygon points="{line}" fill="{hue}" fill-opacity="0.35" stroke="{hue}" stroke-width="1"/>',
        f'<line x1="{a:.1f}" x2="{b:.1f}" y1="{base - 8:.1f}" y2="{base - 8:.1f}" stroke="{hue}" stroke-width="5"/>',
        f'<line x1="{m:.1f}" x2="{m:.1f}" y1="{base - 15:.1f}" y2="{base - 1:.1f}" stroke="{hue}" stroke-width="2"/>',
        text(LEFT - 8, base - 14, name, anchor="end", size=12, weight="bold"),
        text(LEFT - 8, base - 1, f"{destination.probability:.0%}", anchor="end", size=11, fill=SOFT),
        text(at, base - height + 2, words, anchor=anchor, size=11),
    ]
