"""Where no network is known: great circles with a detour factor, and its uncertainty said so."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from sightline.journeys.network import Line, Network, Waypoint, fold, great_circle_km
from sightline.types import Place


class Detour(msgspec.Struct, frozen=True, kw_only=True):
    """How much longer than the great circle ways of one mode are."""

    factor: float
    sd: float
    """Standard deviation of the factor's logarithm."""


DETOURS = {
    # Road 1.3 and rail somewhat more: Ballou, Rahardja and Sakai 2002 for roads; the railway Pyongyang-Vladivostok is 1.72 times the great
    # circle, Moscow-Petersburg 1.03. Sea and air: general knowledge; aircraft
    # of states fly round others' airspace (Kuala Lumpur-Taipei on 2 August 2022 took 7 h for 3,230 km).
    "rail": Detour(factor=1.35, sd=0.16),
    "road": Detour(factor=1.3, sd=0.12),
    "sea": Detour(factor=1.25, sd=0.2),
    "air": Detour(factor=1.1, sd=0.15),
    "any": Detour(factor=1.3, sd=0.2),
}


def straight(places: Sequence[Place], mode: str, *, name: str = "great circles") -> Network:
    """A network of all the given places, each joined to each by the great circle times the mode's detour factor.

    A way through a third place is taken only where that is at most as long, so reports on the way stay on it: places within a tenth of the
    direct way's length beside it are on it, and the direct line is left out.
    """
    detour = DETOURS.get(mode, DETOURS["any"])
    points: list[Waypoint] = []
    for place in places:
        if place.lat is None or place.lon is None or fold(place.name) in {fold(p.name) for p in points}:
            continue
        kind = {"airport": "airport", "port": "port"}.get(place.kind, "town")
        points.append(
            Waypoint(id=place.name, name=place.name, lat=place.lat, lon=place.lon, kind=kind, zone=place.zone, country=place.country)
        )
    gaps = {(a.id, b.id): great_circle_km(a.lat, a.lon, b.lat, b.lon) for a in points for b in points if a is not b}
    lines = []
    for i, a in enumerate(points):
        for b in points[i + 1 :]:
            direct = gaps[a.id, b.id]
            through = any(
                c.id not in (a.id, b.id)
                and gaps[a.id, c.id] + gaps[c.id, b.id] <= 1.1 * direct
                and min(gaps[a.id, c.id], gaps[c.id, b.id]) > 0
                for c in points
            )
            if direct > 0.1 and not through:
                lines.append(Line(start=a.id, end=b.id, km=direct * detour.factor, mode=mode if mode != "any" else "road", certain=False))
    said = (
        f"No network is known: distances are great circles times {detour.factor:g} ({mode}), which may be off by {detour.sd:.0%} "
        "(one standard deviation)."
    )
    return Network(points, lines, name=name, detour_sd=detour.sd, assumptions=(said,))
