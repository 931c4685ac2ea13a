"""A forecast in the formats of maps and tables: GeoJSON, CZML, CSV, GPX."""

from __future__ import annotations

import csv
import io
import json
from datetime import UTC, datetime
from xml.sax.saxutils import escape, quoteattr

from sightline.types import Forecast, Passage, Quantiles


def geojson(forecast: Forecast) -> str:
    """GeoJSON (RFC 7946): the stretches with the probability of being there, waypoints with passage times, destinations with arrivals."""
    features: list[dict[str, object]] = []
    for share in forecast.position:
        shape = (
            {"type": "LineString", "coordinates": [[lon, lat] for lat, lon in share.path]}
            if len(share.path) >= 2
            else {"type": "Point", "coordinates": [share.lon, share.lat]}
        )
        features.append(
            {
                "type": "Feature",
                "geometry": shape,
                "properties": {"what": "position", "start": share.start, "end": share.end, "probability": round(share.probability, 6)},
            }
        )
    for passage in forecast.passages:
        if passage.lat is not None and passage.lon is not None:
            features.append(
                {
                    "type": "Feature",
                    "geometry": {"type": "Point", "coordinates": [passage.lon, passage.lat]},
                    "properties": {
                        "what": "passage",
                        "place": passage.place,
                        "name": passage.name,
                        "destination": passage.destination,
                        "km": passage.km,
                        **_times(passage.time),
                    },
                }
            )
    at = {p.place: (p.lon, p.lat) for p in forecast.passages if p.lat is not None}
    for destination in forecast.destinations:
        where = at.get(destination.place)
        features.append(
            {
                "type": "Feature",
                "geometry": {"type": "Point", "coordinates": list(where)} if where else None,
                "properties": {
                    "what": "destination",
                    "place": destination.place,
                    "name": destination.name,
                    "probability": round(destination.probability, 6),
                    "arrived": round(destination.arrived, 6),
                    "zone": destination.zone,
                    **_times(destination.arrival),
                },
            }
        )
    return (
        json.dumps(
            {"type": "FeatureCollection", "as_of": _iso(forecast.as_of), "headline": forecast.headline, "features": features},
            ensure_ascii=False,
            indent=1,
        )
        + "\n"
    )


def czml(forecast: Forecast) -> str:
    """CZML for Cesium: the median journey to the likeliest destination, labelled as such, and each waypoint with its 80% interval as the
    time in which it is shown."""
    way = _likeliest(forecast)
    packets: list[dict[str, object]] = [{"id": "document", "name": forecast.headline, "version": "1.0"}]
    if way:
        first, last = way[0].time.median, way[-1].time.median
        samples: list[float | str] = []
        for passage in way:
            samples += [_iso(passage.time.median), passage.lon or 0.0, passage.lat or 0.0, 0.0]
        packets[0]["clock"] = {
            "interval": f"{_iso(first)}/{_iso(max(first, last))}",
            "currentTime": _iso(forecast.as_of),
            "multiplier": 3600,
        }
        packets.append(
            {
                "id": "median",
                "name": f"Median of the forecast to {way[0].destination} (not a track)",
                "availability": f"{_iso(first)}/{_iso(max(first, last))}",
                "position": {"interpolationAlgorithm": "LINEAR", "cartographicDegrees": samples},
                "point": {"pixelSize": 10},
                "path": {"width": 2},
                "label": {"text": "median", "pixelOffset": {"cartesian2": [0, -16]}},
            }
        )
        for number, passage in enumerate(way):  # a way there and back passes a place twice
            packets.append(
                {
                    "id": f"passage/{number}/{passage.place}",
                    "name": passage.name,
                    "description": f"80%: {_iso(passage.time.low80)} to {_iso(passage.time.high80)}",
                    "availability": f"{_iso(passage.time.low80)}/{_iso(passage.time.high80)}",
                    "position": {"cartographicDegrees": [passage.lon, passage.lat, 0.0]},
                    "point": {"pixelSize": 6},
                    "label": {"text": passage.name},
                }
            )
    return json.dumps(packets, ensure_ascii=False, indent=1) + "\n"


def table(forecast: Forecast) -> str:
    """CSV: destinations, passages and stretches, a row each; empty cells where a column does not apply. Times are UTC."""
    out = io.StringIO()
    columns = ["what", "destination", "place", "end", "probability", "arrived", "km", "lat", "lon", "zone", *_NAMES]
    writer = csv.DictWriter(out, columns, restval="", lineterminator="\n")
    writer.writeheader()
    for d in forecast.destinations:
        writer.writerow(
            {
                "what": "destination",
                "destination": _safe(d.name),
                "place": _safe(d.place),
                "probability": f"{d.probability:.6f}",
                "arrived": f"{d.arrived:.6f}",
                "zone": d.zone or "",
                **_times(d.arrival),
            }
        )
    for p in forecast.passages:
        writer.writerow(
            {
                "what": "passage",
                "destination": _safe(p.destination),
                "place": _safe(p.place),
                "km": p.km,
                "lat": p.lat,
                "lon": p.lon,
                "zone": p.zone or "",
                **_times(p.time),
            }
        )
    for s in forecast.position:
        writer.writerow(
            {
                "what": "position",
                "place": _safe(s.start),
                "end": _safe(s.end),
                "probability": f"{s.probability:.6f}",
                "lat": s.lat,
                "lon": s.lon,
            }
        )
    return out.getvalue()


def gpx(forecast: Forecast) -> str:
    """GPX 1.1: the likeliest way's waypoints at their median times, labelled as a forecast's median, since GPX has no way to tell doubt."""
    way = _likeliest(forecast)
    name = f"Median of a forecast, not a track: {forecast.headline}"
    points = "".join(
        f"<rtept lat={quoteattr(str(p.lat))} lon={quoteattr(str(p.lon))}><time>{_iso(p.time.median)}</time><name>{escape(p.name)}</name>"
        f"<desc>{escape(f'median; 80% {_iso(p.time.low80)} to {_iso(p.time.high80)}')}</desc></rtept>"
        for p in way
    )
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n<gpx version="1.1" creator="Sightline" xmlns="http://www.topografix.com/GPX/1/1">'
        f"<metadata><name>{escape(name)}</name><time>{_iso(forecast.as_of)}</time></metadata><rte><name>{escape(name)}</name>{points}</rte></gpx>\n"
    )


_NAMES = ("median", "low50", "high50", "low80", "high80", "low90", "high90", "low95", "high95")


def _times(quantiles: Quantiles) -> dict[str, str]:
    return {name: _iso(getattr(quantiles, name)) for name in _NAMES}


def _likeliest(forecast: Forecast) -> list[Passage]:
    if not forecast.passages:
        return []
    name = forecast.passages[0].destination
    return [p for p in forecast.passages if p.destination == name and p.lat is not None and p.lon is not None]


def _iso(instant: datetime) -> str:
    return instant.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _safe(words: str) -> str:
    """A cell that no spreadsheet takes for a formula."""
    return "'" + words if words[:1] in "=+-@\t\r" else words
