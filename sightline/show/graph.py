"""The source graph as SVG: pages on the left, the origins they lead back to, and the parties behind those."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from html import escape

from sightline.show.words import clipped, outlet_name, plural, report_name, short_day
from sightline.types import Origin, Reading, Story

WIDTH = 960
ROW = 22
COLUMNS = (0, 400, 760)
PAGES = 40
"""With more pages than this their outlets are drawn in their place."""
CHARACTERS = (40, 42, 28)


def _spread(count: int, height: float) -> list[float]:
    """Heights at which ``count`` rows stand, evenly."""
    return [height * (number + 0.5) / count for number in range(count)]


def _curve(x0: float, y0: float, x1: float, y1: float, kind: str) -> str:
    middle = (x0 + x1) / 2
    return f'<path class="edge {kind}" d="M{x0} {y0:.1f}C{middle} {y0:.1f} {middle} {y1:.1f} {x1} {y1:.1f}"/>'


def _page_names(readings: Sequence[Reading]) -> dict[str, tuple[str, str]]:
    """For each report its outlet and day, and its title."""
    found = {}
    for reading in readings:
        report = reading.report
        day = report.published.interval.earliest if report.published else None
        name = outlet_name(report.outlet)
        found[report.id] = (f"{name}, {short_day(day)}" if day else name, report_name(report))
    return found


def _nodes(origins: Sequence[Origin], readings: Sequence[Reading]) -> dict[str, str]:
    """For each page behind the origins what stands for it: itself, or where there are many, its outlet, the smaller outlets together."""
    behind = {report for origin in origins for report in origin.reports}
    if len(behind) <= PAGES:
        return {report: report for report in sorted(behind)}
    outlets = {reading.report.id: outlet_name(reading.report.outlet) for reading in readings if reading.report.id in behind}
    counts = Counter(outlets.values())
    large = sorted(counts, key=lambda outlet: (-counts[outlet], outlet))[:PAGES]
    rest = plural(len(counts) - len(large), "outlet") + " more"
    return {
        report: f"{outlet}, {plural(counts[outlet], 'page')}" if outlet in large else rest for report, outlet in sorted(outlets.items())
    }


def _leading(origins: Sequence[Origin], limit: int) -> list[Origin]:
    return sorted(origins, key=lambda origin: (-len(set(origin.reports)), origin.party or "", origin.id))[:limit]


def source_graph_svg(
    story: Story, readings: Sequence[Reading], parties: Mapping[str, str], links: Mapping[str, str], *, limit: int = 24
) -> str:
    """The graph of the origins with most pages; ``parties`` gives party names, ``links`` addresses of reports. Empty without origins."""
    origins = _leading(story.origins, limit)
    if not origins:
        return ""
    names = _page_names(readings)
    party_of = {origin.id: origin.party or "unknown" for origin in origins}
    counts = Counter(party_of.values())
    sides = sorted(counts, key=lambda party: (-counts[party], party))
    origins.sort(key=lambda origin: (sides.index(party_of[origin.id]), -len(set(origin.reports)), origin.id))
    nodes = _nodes(origins, readings)
    pages: list[str] = list(dict.fromkeys(nodes[report] for origin in origins for report in sorted(set(origin.reports)) if report in nodes))
    height = ROW * max(len(pages), len(origins), len(sides)) + 34.0
    page_y = dict(zip(pages, _spread(len(pages), height - 30), strict=True))
    origin_y = dict(zip((origin.id for origin in origins), _spread(len(origins), height - 30), strict=True))
    party_y = dict(zip(sides, _spread(len(sides), height - 30), strict=True))
    parts = [
        f'<svg class="graph" viewBox="0 0 {WIDTH} {height:.0f}" role="group" aria-label="{plural(len(pages), "page")} lead back to '
        f'{plural(len(origins), "origin")} of {plural(len(sides), "party")}"><g transform="translate(0 28)">'
    ]
    for x, title in zip(COLUMNS, ("Pages", "Origins", "Parties"), strict=True):
        parts.append(f'<text class="head" x="{x + 4}" y="-10">{title}</text>')
    for origin in origins:
        y = origin_y[origin.id]
        behind = dict.fromkeys(nodes[report] for report in sorted(set(origin.reports)) if report in nodes)
        parts += [_curve(COLUMNS[0] + 290, page_y[page], COLUMNS[1], y, "page") for page in behind]
        parts.append(_curve(COLUMNS[1] + 300, y, COLUMNS[2], party_y[party_of[origin.id]], "party"))
    for page, y in page_y.items():
        name, title = names.get(page, (page, page))
        text = f'<text x="{COLUMNS[0] + 4}" y="{y + 4:.1f}">{escape(clipped(name, CHARACTERS[0]))}</text>'
        parts.append(f'<a href="{escape(links[page])}"><title>{escape(title)}</title>{text}</a>' if page in links else text)
    for origin in origins:
        via = [name for name in origin.via if name != origin.speaker][:2]
        chain = origin.speaker + (f" via {', '.join(via)}" if via else "")
        count = len(set(origin.reports))
        parts.append(
            f'<text class="origin" x="{COLUMNS[1] + 6}" y="{origin_y[origin.id] + 4:.1f}"><title>{escape(chain)}, {plural(count, "page")}</title>'
            f"{escape(clipped(chain, CHARACTERS[1]))}</text>"
        )
    for side, y in party_y.items():
        name = parties.get(side, side.partition(":")[2] or ("side not known" if side == "unknown" else side))
        parts.append(f'<text class="side" x="{COLUMNS[2] + 6}" y="{y + 4:.1f}">{escape(clipped(name, CHARACTERS[2]))}</text>')
    parts.append("</g></svg>")
    return "".join(parts)
