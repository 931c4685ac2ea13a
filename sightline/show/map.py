"""A map as SVG: places with the size of their uncertainty, lines, labels that do not collide, on Natural Earth's coastlines.

Mercator's projection (Snyder 1987, p. 41), drawn on the server: nothing is fetched and nothing needs a script.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from html import escape

import msgspec

from sightline.show.basemap import clipped

WIDTH = 960
HEIGHT = 520
EARTH_KM = 6371.0088
LABEL_HEIGHT = 14.0
LETTER = 7.3
"""Mean width of a letter of a label in the drawing's units."""


_ANCHORED = {"start": "", "end": ' text-anchor="end"', "middle": ' text-anchor="middle"'}


class Spot(msgspec.Struct, frozen=True, kw_only=True):
    """A place to draw; ``radius_km`` is its uncertainty, ``weight`` how many reports name it."""

    lat: float
    lon: float
    label: str
    radius_km: float = 0.0
    weight: int = 1
    kind: str = "event"
    """event, waypoint, position, destination."""
    opacity: float = 1.0
    link: str | None = None
    note: str = ""


class Track(msgspec.Struct, frozen=True, kw_only=True):
    """A line through points (lat, lon) with the probability that it is the way taken."""

    points: tuple[tuple[float, float], ...]
    probability: float = 1.0


def _mercator(lat: float) -> float:
    return math.degrees(math.log(math.tan(math.radians(45 + max(-84.0, min(84.0, lat)) / 2))))


class View:
    """The box shown and how degrees fall on the drawing."""

    def __init__(self, points: Sequence[tuple[float, float]]) -> None:
        """Around some points (lat, lon), at least some 200 km across, with a margin."""
        lats, lons = [lat for lat, _ in points], [lon for _, lon in points]
        east, west = max(lons), min(lons)
        if east - west > 180:
            lons = [lon + 360 if lon < 0 else lon for lon in lons]
            east, west = max(lons), min(lons)
        low, high = _mercator(min(lats)), _mercator(max(lats))
        width = max((east - west) * 1.3, (high - low) * 1.3 * WIDTH / HEIGHT, 2.5)
        middle, centre = (east + west) / 2, (high + low) / 2
        self.scale = WIDTH / width
        self.west, self.east = middle - width / 2, middle + width / 2
        half = width * HEIGHT / WIDTH / 2
        self.top = centre + half
        self.north, self.south = self._latitude(centre + half), self._latitude(centre - half)

    @staticmethod
    def _latitude(y: float) -> float:
        return math.degrees(2 * math.atan(math.exp(math.radians(y))) - math.pi / 2)

    def place(self, lat: float, lon: float) -> tuple[float, float]:
        """Drawing coordinates of a point."""
        if lon < self.west - 180:
            lon += 360
        return (lon - self.west) * self.scale, (self.top - _mercator(lat)) * self.scale

    def length(self, km: float, lat: float) -> float:
        """Drawing length of some kilometres at a latitude."""
        return math.degrees(km / EARTH_KM) / max(math.cos(math.radians(lat)), 0.05) * self.scale


def _path(view: View, line: Sequence[Sequence[float]], *, close: bool) -> str:
    steps = [view.place(float(lat), float(lon)) for lon, lat in line]
    return "M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in steps) + ("Z" if close else "")


def _overlap(a: tuple[float, float, float, float], b: tuple[float, float, float, float]) -> bool:
    return a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3]


def _labels(spots: Sequence[tuple[Spot, float, float, float]]) -> list[tuple[Spot, float, float, str]]:
    """Where each label fits, heaviest first, tried right, left, above, below and at the corners; one that fits nowhere is left out."""
    taken = [(x - size, y - size, x + size, y + size) for _, x, y, size in spots]
    placed: list[tuple[Spot, float, float, str]] = []
    for spot, x, y, size in sorted(spots, key=lambda item: (-item[0].weight, item[0].label)):
        width = len(spot.label) * LETTER
        for at, base, anchor in (
            (x + size + 4, y + 4, "start"),
            (x - size - 4, y + 4, "end"),
            (x, y - size - 5, "middle"),
            (x, y + size + 13, "middle"),
            (x + size + 1, y - size - 1, "start"),
            (x + size + 1, y + size + 9, "start"),
            (x - size - 1, y - size - 1, "end"),
            (x - size - 1, y + size + 9, "end"),
        ):
            left = {"start": at, "end": at - width, "middle": at - width / 2}[anchor]
            box = (left, base - LABEL_HEIGHT + 3, left + width, base + 3)
            inside = box[0] >= 0 and box[2] <= WIDTH and box[1] >= 0 and box[3] <= HEIGHT
            if inside and not any(_overlap(box, other) for other in taken):
                taken.append(box)
                placed.append((spot, at, base, anchor))
                break
    return placed


def _focus(spots: Sequence[Spot]) -> list[Spot]:
    """The spots to draw the map around: all of them, or without a few light ones far off that would make all others a heap.

    Spots are left out one by one, always the one at an edge of the box without which it shrinks most, up to an eighth of all weight;
    what is left is taken if its box has less than a third of the area.
    """
    kept = list(spots)
    if len(kept) <= 3:
        return kept
    spare = sum(spot.weight for spot in spots) / 8
    whole = _area(kept)
    while len(kept) > 3:
        edges = {id(pick(kept, key=key)): pick(kept, key=key) for pick in (min, max) for key in (_latitude, _longitude)}
        light = [spot for spot in edges.values() if spot.kind == "event" and spot.weight <= spare]
        if not light:
            break
        outer = min(light, key=lambda spot: (_area([other for other in kept if other is not spot]), spot.label))
        kept = [other for other in kept if other is not outer]
        spare -= outer.weight
        if _area(kept) < whole / 3:
            return kept
    return list(spots)


def _latitude(spot: Spot) -> float:
    return spot.lat


def _longitude(spot: Spot) -> float:
    return spot.lon


def _area(spots: Sequence[Spot]) -> float:
    """Of the map around some spots, in square degrees at its scale."""
    view = View([(spot.lat, spot.lon) for spot in spots])
    return (WIDTH / view.scale) * (HEIGHT / view.scale)


EDGE = 9.0


def _at_edge(x: float, y: float) -> tuple[float, float, str]:
    """Where the way from the middle to a point off the map leaves it, and an arrow head there that points on."""
    dx, dy = x - WIDTH / 2, y - HEIGHT / 2
    share = min((WIDTH / 2 - EDGE) / max(abs(dx), 1e-9), (HEIGHT / 2 - EDGE) / max(abs(dy), 1e-9))
    ex, ey = WIDTH / 2 + dx * share, HEIGHT / 2 + dy * share
    length = math.hypot(dx, dy)
    ux, uy = dx / length * 7, dy / length * 7
    tip, left, right = (ex + ux, ey + uy), (ex - uy * 0.7, ey + ux * 0.7), (ex + uy * 0.7, ey - ux * 0.7)
    return ex, ey, "M" + "L".join(f"{px:.1f} {py:.1f}" for px, py in (tip, left, right)) + "Z"


def map_svg(spots: Sequence[Spot], tracks: Sequence[Track] = ()) -> str:
    """The map of some spots and tracks, clipped to their region; empty when there is nothing to show.

    A few light spots far from all others are told by arrows at the edge.
    """
    points = [(spot.lat, spot.lon) for spot in (_focus(spots) if not tracks else spots)] + [
        point for track in tracks for point in track.points
    ]
    if not points:
        return ""
    view = View(points)
    tolerance = 1.2 / view.scale
    rings, borders = clipped(view.west, max(view.south, -89.0), view.east, min(view.north, 89.0), tolerance)
    parts = [f'<svg class="map" viewBox="0 0 {WIDTH} {HEIGHT}" role="group" aria-label="Map of {len(spots)} places">',
             f'<rect class="sea" width="{WIDTH}" height="{HEIGHT}"/>']  # fmt: skip
    if rings:
        parts.append(f'<path class="land" d="{"".join(_path(view, ring, close=True) for ring in rings)}"/>')
    if borders:
        parts.append(f'<path class="border" d="{"".join(_path(view, line, close=False) for line in borders)}"/>')
    for track in tracks:
        line = [(lon, lat) for lat, lon in track.points]
        parts.append(f'<path class="track" stroke-opacity="{0.15 + 0.85 * track.probability:.2f}" d="{_path(view, line, close=False)}"/>')
    drawn: list[tuple[Spot, float, float, float]] = []
    for spot in spots:
        x, y = view.place(spot.lat, spot.lon)
        reach = view.length(spot.radius_km, spot.lat)
        if 6 < reach < WIDTH:
            parts.append(f'<circle class="region at-{spot.kind}" cx="{x:.1f}" cy="{y:.1f}" r="{reach:.1f}"/>')
        drawn.append((spot, x, y, 3.0 + 1.6 * math.sqrt(spot.weight)))
    inside = [item for item in drawn if 0 <= item[1] <= WIDTH and 0 <= item[2] <= HEIGHT]
    off = []
    for spot, x, y, _ in (item for item in drawn if item not in inside):
        ex, ey, head = _at_edge(x, y)
        off.append((spot, ex, ey, 5.0))
        arrow = f'<path class="off" d="{head}"><title>{escape(spot.note or spot.label)}, off this map</title></path>'
        parts.append(f'<a href="{escape(spot.link)}">{arrow}</a>' if spot.link else arrow)
    for spot, x, y, size in inside:
        title = f"<title>{escape(spot.note or spot.label)}</title>"
        circle = f'<circle class="spot at-{spot.kind}" cx="{x:.1f}" cy="{y:.1f}" r="{size:.1f}" fill-opacity="{spot.opacity:.2f}">{title}</circle>'
        parts.append(f'<a href="{escape(spot.link)}">{circle}</a>' if spot.link else circle)
    parts += [
        f'<text x="{at:.1f}" y="{base:.1f}"{_ANCHORED[anchor]}>{escape(spot.label)}</text>'
        for spot, at, base, anchor in _labels([*inside, *off])
    ]
    parts.append(f"{_scale_bar(view)}</svg>")
    return "".join(parts)


def _scale_bar(view: View) -> str:
    middle = (view.north + view.south) / 2
    km = next((km for km in (5000, 2000, 1000, 500, 200, 100, 50, 20, 10, 5) if view.length(km, middle) < WIDTH / 4), 5)
    length = view.length(km, middle)
    y = HEIGHT - 14
    return f'<path class="scale" d="M16 {y - 5}v5h{length:.1f}v-5"/><text class="scale" x="20" y="{y - 4}">{km:,} km</text>'
