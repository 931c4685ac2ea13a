"""Where a country is entered or left on a network."""

from __future__ import annotations

import networkx as nx

from sightline.journeys.network import Network


def border_waypoint(network: Network, country: str, origin: str | None) -> str | None:
    """The waypoint at which one enters ``country`` (ISO 3166-1 alpha-2) coming from ``origin``: of the lines that lead into it, the end
    within it nearest to the origin. ``None`` where no line leads in, or, without an origin, where several do.

    Coming from within the country, it is the first waypoint beyond its border.
    """
    ends: list[str] = []
    inside = origin is not None and network.waypoints[origin].country == country
    for a, b in network.graph.edges():
        one, other = network.waypoints[a], network.waypoints[b]
        if one.country == other.country or not one.country or not other.country:
            continue
        for here, there in ((a, b), (b, a)):
            if network.waypoints[here].country == country:
                ends.append(there if inside else here)
    ends = sorted(set(ends))
    if not ends:
        return None
    if origin is None:
        return ends[0] if len(ends) == 1 else None
    far = nx.single_source_dijkstra_path_length(network.graph, origin, weight="km")
    reachable = [e for e in ends if e in far]
    return min(reachable, key=lambda e: (far[e], e)) if reachable else None


def nearest_border(network: Network, origin: str | None) -> str | None:
    """The border waypoint nearest to ``origin`` by the lines, for "crossed the border" without a name; ``None`` where there is none, or,
    without an origin, more than one."""
    borders = sorted(w.id for w in network.waypoints.values() if w.kind == "border")
    if origin is None:
        return borders[0] if len(borders) == 1 else None
    far = nx.single_source_dijkstra_path_length(network.graph, origin, weight="km")
    reachable = [b for b in borders if b in far]
    return min(reachable, key=lambda b: (far[b], b)) if reachable else None
