"""The space-time diagram (Marey 1885): kilometres against time, with the bands of the passage times and the reports as bars."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from sightline.show.journeys.frame import ACCENT, INK, LEFT, RIGHT, SOFT, TOP, WARN, WIDTH, TimeScale, moment, shorter, svg, text
from sightline.types import Forecast, Observation, Passage

NAME = 19
"""Characters of a waypoint's name with its kilometres that fit beside the diagram."""


def marey(forecast: Forecast, destination: str | None = None, *, height: float = 460) -> str:
    """Waypoints of one destination's way (the likeliest by default) against time: 90 and 50% bands, the median, reports as bars at
    their waypoints (the fainter the less reliable; thin where an end is open), and the as-of instant. Empty where the forecast tells no
    passages."""
    name = destination or (forecast.passages[0].destination if forecast.passages else "")
    way = [p for p in forecast.passages if p.destination == name]
    if len(way) < 2:
        return ""
    bottom = height - 44
    km = max(p.km for p in way) or 1.0
    near = {p.place: p for p in way}
    told = [o for o in forecast.observations if o.place in near and (o.interval.earliest or o.interval.latest)]
    edges = [p.time.low90 for p in way] + [p.time.high90 for p in way] + [forecast.as_of]
    edges += [
        t for o in told for t in (o.interval.earliest, o.interval.latest) if t is not None and abs(t - forecast.as_of) < timedelta(days=30)
    ]
    scale = TimeScale(min(edges) - timedelta(hours=1), max(edges) + timedelta(hours=1), way[-1].zone)

    def y(passage: Passage) -> float:
        return bottom - passage.km / km * (bottom - TOP)

    body = [scale.axis(TOP, bottom)]
    for low, high, opacity in (("low90", "high90", 0.18), ("low50", "high50", 0.32)):
        forth = [f"{scale.x(getattr(p.time, low)):.1f},{y(p):.1f}" for p in way]
        back = [f"{scale.x(getattr(p.time, high)):.1f},{y(p):.1f}" for p in reversed(way)]
        body.append(f'<polygon points="{" ".join(forth + back)}" fill="{ACCENT}" fill-opacity="{opacity}"/>')
    line = " ".join(f"{scale.x(p.time.median):.1f},{y(p):.1f}" for p in way)
    body.append(f'<polyline points="{line}" fill="none" stroke="{ACCENT}" stroke-width="2"/>')
    body += _labels(way, [y(p) for p in way])
    body += [_bar(o, near[o.place], scale, y(near[o.place])) for o in told]
    now = scale.x(forecast.as_of)
    body.append(f'<line x1="{now:.1f}" x2="{now:.1f}" y1="{TOP - 8}" y2="{bottom:.0f}" stroke="{WARN}" stroke-dasharray="4 3"/>')
    body.append(
        text(
            min(max(now, LEFT + 60), WIDTH - RIGHT - 60),
            TOP - 12,
            f"as of {moment(forecast.as_of, way[-1].zone)}",
            anchor="middle",
            size=11,
            fill=WARN,
        )
    )
    return svg(height, f"Way to {name}: kilometres against time, with 50 and 90% bands", body)


def _labels(way: Sequence[Passage], heights: Sequence[float]) -> list[str]:
    """Lines for all waypoints; names for as many as fit, ends first, then borders, then the others in their order."""
    out = [
        f'<line x1="{LEFT}" x2="{WIDTH - RIGHT}" y1="{at:.1f}" y2="{at:.1f}" stroke="{SOFT}" stroke-opacity="0.25" stroke-width="0.6"/>'
        for at in heights
    ]
    ends = (0, len(way) - 1)
    order = sorted(range(len(way)), key=lambda i: (i not in ends, way[i].kind not in ("border", "gauge"), way[i].kind != "border", i))
    taken: list[float] = []
    for i in order:
        if all(abs(heights[i] - other) >= 13 for other in taken):
            taken.append(heights[i])
            km = f"{way[i].km:,.0f}"
            out.append(text(LEFT - 8, heights[i] + 4, f"{shorter(way[i].name, NAME - len(km))} {km}", anchor="end", size=11))
    return out


def _bar(observation: Observation, passage: Passage, scale: TimeScale, y: float) -> str:
    low = observation.interval.earliest or scale.first
    high = observation.interval.latest or scale.last
    # "It had passed by then" is no sighting of all the time before.
    half = 4.0 if observation.interval.earliest and observation.interval.latest else 1.5
    a, b = scale.x(low), scale.x(high)
    words = f"{observation.label or observation.kind} ({observation.kind} {passage.name}, {moment(low, passage.zone)} to {moment(high, passage.zone)})"
    title = text(0, 0, words).split(">", 1)[1].rsplit("</text>", 1)[0]
    return (
        f'<rect x="{a - 1:.1f}" y="{y - half:.1f}" width="{max(b - a, 3) + 2:.1f}" height="{2 * half:g}" rx="{min(half, 2.0):g}" fill="{INK}" '
        f'fill-opacity="{0.25 + 0.65 * observation.reliability:.2f}"><title>{title}</title></rect>'
    )
