"""A posterior as records: arrivals, passages and the position now."""

from __future__ import annotations

from datetime import datetime

import numpy as np

from sightline.journeys.clock import Array, Grid, hours_of, instant_of
from sightline.journeys.network import Network, along
from sightline.journeys.posterior import Posterior, Way, quantile
from sightline.types import DestinationForecast, Passage, PositionShare, Quantiles

SHARES = (0.5, 0.25, 0.75, 0.1, 0.9, 0.05, 0.95, 0.025, 0.975)
SHOWN = 0.03
"""Ways of less probability are weighed, but their passages are not told."""
POINTS = 160
"""Most points of a density."""


def quantiles(cells: Array, grid: Grid) -> Quantiles:
    """The quantiles told of a distribution over cells."""
    values = [instant_of(h) for h in quantile(cells, grid, SHARES)]
    names = ("median", "low50", "high50", "low80", "high80", "low90", "high90", "low95", "high95")
    return Quantiles(**dict(zip(names, values, strict=True)))


def destinations(posterior: Posterior, network: Network, as_of: datetime) -> tuple[DestinationForecast, ...]:
    """The rivals by probability; ways to one place (there directly, or there and back) stand apart by their name."""
    grid = posterior.grid
    before = grid.before(hours_of(as_of))
    out = []
    for way in posterior.ways:
        cells = posterior.arrival(way)
        if cells.sum() <= 0:
            cells = np.ones(grid.n) / grid.n
        point = network.waypoints[way.route.destination]
        out.append(
            DestinationForecast(
                place=point.id,
                name=named(way, network),
                probability=way.weight,
                zone=network.zone_of(point),
                arrival=quantiles(cells, grid),
                arrived=min(1.0, float((cells * before).sum() / cells.sum())),
                density=density(cells, grid),
            )
        )
    return tuple(sorted(out, key=lambda d: (-d.probability, d.name)))


def named(way: Way, network: Network) -> str:
    """The destination's name, with the turning places of a way that comes back."""
    name = network.waypoints[way.route.destination].name
    turns = [network.waypoints[s.waypoint].name for s in way.route.stops if s.halt == "visit" and not s.virtual]
    return f"{name} by {', '.join(turns)}" if turns else name


def density(cells: Array, grid: Grid) -> tuple[tuple[datetime, float], ...]:
    """Probability per hour over the stretch that holds all but a thousandth, thinned by averaging."""
    total = cells / cells.sum()
    cumulative = np.cumsum(total)
    first, last = int(np.searchsorted(cumulative, 0.0005)), int(np.searchsorted(cumulative, 0.9995))
    step = max(1, -(-(last + 1 - first) // POINTS))
    starts = np.arange(first, min(last + 1, grid.n), step)
    counts = np.diff(np.append(starts, min(last + 1, grid.n)))
    sums = np.add.reduceat(total[: starts[-1] + counts[-1]], starts) / (grid.step * counts)
    middles = np.add.reduceat(grid.walls[: starts[-1] + counts[-1]], starts) / counts
    return tuple((instant_of(float(at)), round(float(value), 6)) for at, value in zip(middles, sums))


def passages_and_position(posterior: Posterior, network: Network, as_of: datetime) -> tuple[tuple[Passage, ...], tuple[PositionShare, ...]]:
    """Passage times along the likelier ways, and the shares of the stretches on which the traveller is now (they sum to 1)."""
    grid = posterior.grid
    now = grid.before(hours_of(as_of))
    passages: list[Passage] = []
    places: dict[tuple[str, str, float, float], tuple[float, tuple[tuple[float, float], ...]]] = {}
    shown = [w for w in sorted(posterior.ways, key=lambda w: -w.weight) if w.weight >= SHOWN] or [
        max(posterior.ways, key=lambda w: w.weight)
    ]
    told = sum(w.weight for w in shown)

    def add(start: str, end: str, share: float, lat: float, lon: float, path: tuple[tuple[float, float], ...]) -> None:
        key = (start, end, lat, lon)
        places[key] = (places.get(key, (0.0, ()))[0] + share, path)

    for way in shown:
        weight = way.weight / told
        left_behind, start = 0.0, way.route.stops[0].waypoint
        for i, stop in enumerate(way.route.stops):
            cells = posterior.times(way, i)
            by_now = float((cells * now).sum())
            last = i == len(way.route.stops) - 1
            if i == 0:
                add(start, start, weight * (1.0 - by_now), stop.lat, stop.lon, ())
            else:
                middle = along(_line(way, i), _middle(way, i)) if len(stop.path) >= 2 else (stop.lat, stop.lon)
                add(start, stop.waypoint, weight * max(left_behind - by_now, 0.0), *middle, _piece(way, i))
            if not stop.virtual:
                passages.append(_passage(way, i, network, quantiles(cells, grid)))
                start = stop.waypoint
            left_behind = by_now
            if last:
                add(stop.waypoint, stop.waypoint, weight * by_now, stop.lat, stop.lon, ())
            elif stop.halt and not stop.virtual:
                gone = float((posterior.times(way, i, leaving=True) * now).sum())
                add(stop.waypoint, stop.waypoint, weight * max(by_now - gone, 0.0), stop.lat, stop.lon, ())
                left_behind = gone
    kept = {key: value for key, value in places.items() if value[0] >= 5e-5} or places
    total = sum(share for share, _ in kept.values()) or 1.0
    shares = [
        PositionShare(start=s, end=e, probability=p / total, lat=lat, lon=lon, path=path) for (s, e, lat, lon), (p, path) in kept.items()
    ]
    return tuple(passages), tuple(sorted(shares, key=lambda s: (-s.probability, s.start, s.end, s.lat)))


def _passage(way: Way, index: int, network: Network, time: Quantiles) -> Passage:
    stop = way.route.stops[index]
    point = network.waypoints[stop.waypoint]
    return Passage(
        place=point.id,
        name=point.name,
        destination=named(way, network),
        km=round(stop.km, 1),
        time=time,
        lat=point.lat,
        lon=point.lon,
        zone=network.zone_of(point),
        kind=point.kind,
    )


def _cuts(way: Way, index: int) -> tuple[float, float]:
    """Shares of the whole line between which the piece that leads to this stop lies."""
    stops = way.route.stops
    first = index
    while first > 1 and stops[first - 1].virtual:
        first -= 1
    last = index
    while stops[last].virtual:
        last += 1
    begin, end = stops[first - 1].km, stops[last].km
    return (stops[index - 1].km - begin) / (end - begin), (stops[index].km - begin) / (end - begin)


def _line(way: Way, index: int) -> tuple[tuple[float, float], ...]:
    while way.route.stops[index].virtual:
        index += 1
    return way.route.stops[index].path


def _middle(way: Way, index: int) -> float:
    a, b = _cuts(way, index)
    return (a + b) / 2


def _piece(way: Way, index: int) -> tuple[tuple[float, float], ...]:
    path = _line(way, index)
    if len(path) < 2:
        return path
    a, b = _cuts(way, index)
    marks = [a + (b - a) * i / 8 for i in range(9)] if len(path) > 2 else [a, b]
    return tuple(along(path, m) for m in marks)
