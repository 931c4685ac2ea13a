"""How the destinations' probabilities moved as reports came in, stacked over as-of time."""

from __future__ import annotations

from collections.abc import Sequence

from sightline.show.journeys.frame import HUES, INK, LEFT, RIGHT, SOFT, TOP, WIDTH, TimeScale, moment, shorter, svg, text
from sightline.types import Forecast

MOVED = 0.08
"""Least change of a probability whose cause is written out."""


def weights(series: Sequence[Forecast], *, height: float = 360) -> str:
    """Stacked probabilities over the forecasts' as-of instants, with the reports that came when they moved most. Empty for less than two, and
    where there never was more than one destination."""
    ordered = sorted(series, key=lambda f: f.as_of)
    if len(ordered) < 2:
        return ""
    bottom = height - 108
    scale = TimeScale(ordered[0].as_of, ordered[-1].as_of, ordered[-1].destinations[0].zone if ordered[-1].destinations else None)
    total: dict[str, float] = {}
    for forecast in ordered:
        for destination in forecast.destinations:
            total[destination.name] = total.get(destination.name, 0.0) + destination.probability
    names = sorted(total, key=lambda n: (-total[n], n))[: len(HUES) - 1]
    if len(names) < 2:
        return ""
    shares = [[next((d.probability for d in f.destinations if d.name == n), 0.0) for n in names] for f in ordered]
    body = [scale.axis(TOP, bottom)]
    for i, name in enumerate(names):
        lower = [sum(row[:i]) for row in shares]
        upper = [sum(row[: i + 1]) for row in shares]
        # What is known holds until the next report: steps, not slopes.
        forth = _steps(scale, [f.as_of for f in ordered], upper, bottom)
        back = list(reversed(_steps(scale, [f.as_of for f in ordered], lower, bottom)))
        points = " ".join(f"{x:.1f},{y:.1f}" for x, y in [*forth, *back])
        body.append(f'<polygon points="{points}" fill="{HUES[i]}" fill-opacity="0.75"><title>{_plain(name)}</title></polygon>')
    for share in (0.0, 0.5, 1.0):
        y = bottom - share * (bottom - TOP)
        body.append(text(LEFT - 8, y + 4, f"{share:.0%}", anchor="end", size=11, fill=SOFT))
    body += _legend(names, height)
    body += _causes(ordered, names, scale, bottom)
    return svg(height, "Probability of each destination as reports came in", body)


def _steps(scale: TimeScale, instants: Sequence[object], values: Sequence[float], bottom: float) -> list[tuple[float, float]]:
    out: list[tuple[float, float]] = []
    for i, (instant, value) in enumerate(zip(instants, values)):
        x, y = scale.x(instant), bottom - value * (bottom - TOP)  # type: ignore[arg-type]
        if i:
            out.append((x, out[-1][1]))
        out.append((x, y))
    return out


def _legend(names: Sequence[str], height: float) -> list[str]:
    out: list[str] = []
    x = float(LEFT)
    for i, name in enumerate(names):
        label = shorter(name, 24)
        if x + 20 + 6.4 * len(label) > WIDTH - RIGHT:
            break
        out.append(f'<rect x="{x:.0f}" y="{height - 18:.0f}" width="11" height="11" fill="{HUES[i]}" fill-opacity="0.75"/>')
        out.append(text(x + 15, height - 8, label, size=11))
        x += 28 + 6.4 * len(label)
    return out


def _causes(ordered: Sequence[Forecast], names: Sequence[str], scale: TimeScale, bottom: float) -> list[str]:
    moves: list[tuple[float, Forecast, str]] = []
    for before, after in zip(ordered, ordered[1:]):  # noqa: RUF007
        old = {d.name: d.probability for d in before.destinations}
        change = max((abs(d.probability - old.get(d.name, 0.0)) for d in after.destinations), default=0.0)
        known = {(o.origin, o.place, o.kind) for o in before.observations}
        new = [o.label or f"{o.kind} {o.place}" for o in after.observations if (o.origin, o.place, o.kind) not in known]
        if change >= MOVED and new:
            moves.append((change, after, "; ".join(dict.fromkeys(new))))
    out: list[str] = []
    top = sorted(moves, key=lambda m: -m[0])[:3]
    for row, (change, forecast, words) in enumerate(sorted(top, key=lambda m: m[1].as_of)):
        x = scale.x(forecast.as_of)
        out.append(f'<line x1="{x:.1f}" x2="{x:.1f}" y1="{TOP - 6}" y2="{bottom:.0f}" stroke="{INK}" stroke-width="1"/>')
        out.append(text(x, TOP - 9, str(row + 1), anchor="middle", size=11, weight="bold"))
        local = forecast.destinations[0].zone if forecast.destinations else None
        out.append(
            text(
                LEFT, bottom + 48 + 13 * row, shorter(f"{row + 1}  {moment(forecast.as_of, local)}, by {change:.0%}: {words}", 125), size=11
            )
        )
    return out


def _plain(words: str) -> str:
    from html import escape

    return escape(words)
