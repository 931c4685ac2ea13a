"""Where the traveller is now: the stretches by probability on a map."""

from __future__ import annotations

from sightline.show.journeys.frame import moment
from sightline.show.map import Spot, Track, map_svg
from sightline.types import Forecast

STYLE = (
    ".sea{fill:var(--sea,#dbe6ec)}.land{fill:var(--land,#f4f0e6);stroke:var(--shore,#9fb0b8);stroke-width:.6}"
    ".border{fill:none;stroke:var(--border,#b5aa95);stroke-dasharray:3 2}.track{fill:none;stroke:var(--accent,#1f5c8a);stroke-width:4}"
    ".spot{fill:var(--ink,#1d2327)}.at-position{fill:#b3581a}.at-destination{fill:#1e6b3c}.region{fill:none;stroke:#58636b}"
    ".scale{fill:none;stroke:var(--ink,#1d2327)}text{font:11px system-ui,sans-serif;fill:var(--ink,#1d2327)}"
)
"""For a map that stands alone; in a page the page's own style rules."""


def position_map(forecast: Forecast, *, alone: bool = False) -> str:
    """Map of the stretches where the traveller may be now, the darker the likelier, with waypoints (their median passage) and
    destinations (their probability). Empty where no coordinates are known; ``alone`` adds a style and the namespace."""
    spots: list[Spot] = []
    seen: set[str] = set()
    ends = {d.place: d for d in forecast.destinations if d.probability >= 0.02}
    for passage in forecast.passages:
        if passage.lat is None or passage.lon is None or passage.place in seen:
            continue
        seen.add(passage.place)
        end = ends.get(passage.place)
        note = f"{passage.name}: {moment(passage.time.median, passage.zone)} (median)"
        if end is not None:
            note += f"; destination {end.probability:.0%}"
        spots.append(
            Spot(
                lat=passage.lat,
                lon=passage.lon,
                label=passage.name if end is None else f"{passage.name} {end.probability:.0%}",
                kind="waypoint" if end is None else "destination",
                weight=1 if end is None else 4,
                note=note,
            )
        )
    most = max((s.probability for s in forecast.position), default=1.0)
    tracks = [
        Track(points=share.path, probability=share.probability / most)
        for share in sorted(forecast.position, key=lambda s: s.probability)
        if len(share.path) >= 2
    ]
    for share in forecast.position[:8]:
        if share.probability >= 0.02:
            where = f"at {share.start}" if share.start == share.end else f"{share.start} - {share.end}"
            spots.append(
                Spot(
                    lat=share.lat,
                    lon=share.lon,
                    label="",
                    kind="position",
                    weight=1,
                    opacity=min(1.0, 0.2 + share.probability),
                    note=f"{where}: {share.probability:.0%}",
                )
            )
    drawing = map_svg(spots, tracks)
    if not alone or not drawing:
        return drawing
    return drawing.replace("<svg ", '<svg xmlns="http://www.w3.org/2000/svg" ', 1).replace(">", f"><style>{STYLE}</style>", 1)
