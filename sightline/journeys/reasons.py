"""Why the forecast is as it is: what leaving one origin out would change, and which sighting would tell most."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

import msgspec
import numpy as np

from sightline.journeys.clock import Array, hours_of, instant_of
from sightline.journeys.network import Network
from sightline.journeys.posterior import Posterior, Question, quantile
from sightline.journeys.summary import named
from sightline.journeys.wording import between, shift, spoken
from sightline.types import Interval, Observation, Reason


def leave_one_out(
    question: Question, posterior: Posterior, network: Network, weights_without: Sequence[tuple[str, tuple[float, ...]]]
) -> tuple[Reason, ...]:
    """For each origin the forecast without it, greatest effect first.

    ``weights_without`` has, for each origin, the routes' prior weights with its words about the destination left out.
    """
    best = max(range(len(posterior.ways)), key=lambda i: posterior.ways[i].weight)
    name = named(posterior.ways[best], network)
    median = quantile(posterior.arrival(posterior.ways[best]), posterior.grid, [0.5])[0]
    out: list[Reason] = []
    for origin, weights in weights_without:
        own = [o for o in question.observations if o.origin == origin]
        rest = tuple(o for o in question.observations if o.origin != origin)
        other = Posterior(msgspec.structs.replace(question, observations=rest, weights=weights, grid=posterior.grid))
        cells = other.arrival(other.ways[best])
        moved = quantile(cells, other.grid, [0.5])[0] - median if cells.sum() > 0 else 0.0
        change = other.ways[best].weight - posterior.ways[best].weight
        effects = [f"the arrival at {name} would be {shift(moved)}"] if abs(moved) >= 0.05 else []
        if abs(change) >= 0.005:
            effects.append(
                f"{name} would be {abs(change) * 100:.0f} point{'' if round(100 * abs(change)) == 1 else 's'} {'likelier' if change > 0 else 'less likely'}"
            )
        text = f"Without {_named(origin, own, network)} {' and '.join(effects) or 'nothing would change'}"
        out.append(
            Reason(
                origin=origin,
                text=text + ".",
                shift_hours=round(moved, 2),
                probability_change=round(change, 4),
                claims=tuple(sorted({c for o in own for c in o.claims})),
            )
        )
    return tuple(sorted(out, key=lambda r: (-abs(r.shift_hours) - 24 * abs(r.probability_change), r.origin)))


def next_sighting(question: Question, posterior: Posterior, network: Network, as_of: datetime, *, most: int = 5) -> str:
    """The waypoint ahead whose sighting would tell most: of the destination (mutual information of passing it) and of the arrival (how much
    the 80% interval shrinks when it is seen there at its median)."""
    best = max(posterior.ways, key=lambda w: w.weight)
    now = posterior.grid.before(hours_of(as_of))
    ahead: list[tuple[int, float, float, float]] = []
    for i, stop in enumerate(best.route.stops[1:-1], start=1):
        if stop.virtual:
            continue
        cells = posterior.times(best, i)
        if float((cells * now).sum()) < 0.5:
            low, middle, high = quantile(cells, posterior.grid, [0.1, 0.5, 0.9])
            ahead.append((i, low, max(middle, hours_of(as_of)), high))
    if not ahead:
        return ""
    if len(ahead) > most:
        ahead = [ahead[round(j)] for j in np.linspace(0, len(ahead) - 1, most)]
    width = _width(posterior, best.route.destination)
    arrival = quantile(posterior.arrival(best), posterior.grid, [0.5])[0]
    scored = []
    for i, low, middle, high in ahead:
        place = best.route.stops[i].waypoint
        through = sum(w.weight for w in posterior.ways if place in {s.waypoint for s in w.route.stops})
        seen = Observation(
            kind="passed",
            place=place,
            reliability=0.95,
            origin="\0imagined",
            interval=Interval(earliest=instant_of(middle - 0.25), latest=instant_of(middle + 0.25)),
        )
        then = Posterior(
            msgspec.structs.replace(
                question, observations=(*question.observations, seen), as_of=max(as_of, instant_of(middle)), grid=posterior.grid
            )
        )
        narrower = width / max(_width(then, best.route.destination), 0.1)
        # What is told just before the end is of little use: it counts by the share of the time to go that it leaves.
        left = max(arrival - middle, 0.0) / max(arrival - hours_of(as_of), 0.1)
        score = left * (_told(posterior, place) + through * max(float(np.log(narrower)), 0.0))
        scored.append((score, place, through, narrower, low, high))
    _, place, through, narrower, low, high = max(scored, key=lambda s: (s[0], s[1]))
    point = network.waypoints[place]
    text = f"A sighting at {point.name} would tell most (due {between(instant_of(low), instant_of(high), network.zone_of(point))}, 80%)"
    parts = []
    if narrower > 1.1:
        parts.append(f"it would make the arrival's interval {narrower:.1f} times narrower")
    if 0.02 < through < 0.98:
        parts.append(f"passing it or not tells the destinations apart ({through:.0%} go by it)")
    return text + (": " + "; ".join(parts) if parts else "") + "."


def _named(origin: str, own: Sequence[Observation], network: Network) -> str:
    """Who said it and what: labels of the form "speaker: words", or the origin with what it says."""
    speakers: list[str] = []
    words: list[str] = []
    for observation in own:
        speaker, colon, said = observation.label.partition(": ")
        speakers.append(speaker if colon else origin)
        point = network.waypoints.get(observation.place)
        words.append(said if colon else observation.label or spoken(observation.kind, point.name if point else observation.place))
    return f"{', '.join(dict.fromkeys(speakers))} ({'; '.join(dict.fromkeys(words))})"


def _width(posterior: Posterior, destination: str) -> float:
    way = next(w for w in posterior.ways if w.route.destination == destination)
    cells = posterior.arrival(way)
    low, high = quantile(cells, posterior.grid, [0.1, 0.9])
    return max(high - low, 1e-3)


def _told(posterior: Posterior, place: str) -> float:
    """Mutual information, in nats, of the destination and of passing the place."""
    weights = np.array([w.weight for w in posterior.ways])
    inside = np.array([place in {s.waypoint for s in w.route.stops} for w in posterior.ways])
    told = _entropy(weights)
    for part in (weights[inside], weights[~inside]):
        if part.sum() > 0:
            told -= float(part.sum()) * _entropy(part / part.sum())
    return max(told, 0.0)


def _entropy(p: Array) -> float:
    p = p[p > 0]
    return float(-(p * np.log(p)).sum())
