"""A forecast as text for the terminal."""

from __future__ import annotations

from collections.abc import Sequence

from sightline.show.journeys.frame import moment, zone_name
from sightline.types import Forecast, PositionShare


def plain(forecast: Forecast) -> str:
    """The whole answer: headline, destinations, position, reasons, what cannot be, what was assumed."""
    utc = forecast.as_of.strftime("%Y-%m-%d %H:%M UTC")
    out = [forecast.headline, f"{forecast.journey}; as of {utc}", "", "Destinations"]
    for d in forecast.destinations:
        if d.probability >= 0.005 or d is forecast.destinations[0]:
            out.append(
                f"  {d.probability:6.1%}  {d.name}: median {moment(d.arrival.median, d.zone)}, 50% {_span(d.arrival.low50, d.arrival.high50, d.zone)}, "
                f"80% {_span(d.arrival.low80, d.arrival.high80, d.zone)}, 95% {_span(d.arrival.low95, d.arrival.high95, d.zone)} ({zone_name(d.zone)}); "
                f"reached by now {d.arrived:.0%}"
            )
    out += ["", "Where now", *where_lines(forecast.position)]
    if forecast.reasons:
        out += ["", "Why", *(f"  {r.text}" for r in forecast.reasons)]
    if forecast.next_sighting:
        out += ["", f"  {forecast.next_sighting}"]
    if forecast.infeasible:
        out += ["", "Cannot be", *(f"  {text}" for text in forecast.infeasible)]
    out += ["", "Assumed", *(f"  {text}" for text in forecast.assumptions)]
    return "\n".join(out) + "\n"


def where_lines(position: Sequence[PositionShare], most: int = 12) -> list[str]:
    """The stretches by probability, pieces of one stretch taken together."""
    shares: dict[tuple[str, str], float] = {}
    for share in position:
        shares[share.start, share.end] = shares.get((share.start, share.end), 0.0) + share.probability
    ordered = sorted(shares.items(), key=lambda item: (-item[1], item[0]))
    lines = [f"  {p:6.1%}  {'at ' + a if a == b else f'between {a} and {b}'}" for (a, b), p in ordered[:most] if p >= 0.005]
    rest = 1.0 - sum(p for _, p in ordered[:most] if p >= 0.005)
    return lines + ([f"  {rest:6.1%}  elsewhere on these ways"] if rest >= 0.005 else [])


def _span(low: object, high: object, zone: str | None) -> str:
    from datetime import datetime

    assert isinstance(low, datetime)
    assert isinstance(high, datetime)
    a, b = moment(low, zone), moment(high, zone)
    return f"{a} - {b[-5:]}" if a[:-6] == b[:-6] else f"{a} - {b}"
