"""Regions that are told by a place: "200 km north of Moscow", "near Khasan", "on the border between Poland and Belarus".

The region is a disc: its centre is moved from the place where a direction is told, and its radius says how loosely the words bind. A bare
"near" reaches to the place's own edge and 20 km on; a direction without a distance is taken as within half the place's own reach (at least
25 km); a told distance is trusted to a quarter. These are working values, not measurements.
"""

from __future__ import annotations

import math
import re
from typing import NamedTuple

from spacy.tokens import Doc

from sightline.extract.places.spotting import Spot
from sightline.types import Place, PlaceRelation, Span

_BEARINGS = {
    "north": 0.0,
    "northeast": 45.0,
    "east": 90.0,
    "southeast": 135.0,
    "south": 180.0,
    "southwest": 225.0,
    "west": 270.0,
    "northwest": 315.0,
}
_DIRECTION = r"(?P<direction>(?:north|south)(?:[- ]?(?:east|west))?|east|west)"
_NUMBER = r"(?P<number>\d{1,3}(?:[,  ]\d{3})+|\d+(?:\.\d+)?|a few|several|dozens of|tens of|hundreds of)"
_UNIT = r"(?P<unit>kilomet(?:er|re)s?|kms?|(?:nautical )?miles?|mi)\b\.?"
_AWAY = re.compile(
    rf"{_NUMBER}[- ]?\s*{_UNIT}(?:\s*\([^)]{{1,24}}\))?\s+(?:(?:to the )?{_DIRECTION}|(?P<side>away|outside|off|inside|beyond|short))?"
    r"\s*(?:from|of|outside|off)?\s*(?:the\s+)?(?:(?:city|town|capital|village|coast|border)\s+(?:of|with)\s+)?(?:the\s+)?$",
    re.IGNORECASE,
)
_TOWARDS = re.compile(rf"\b{_DIRECTION}\s+of\s+(?:the\s+)?(?:(?:city|town|capital|village)\s+of\s+)?$", re.IGNORECASE)
_PART = re.compile(r"\b(?P<direction>(?:north|south)(?:[- ]?(?:east|west))?|east|west)ern\s+$", re.IGNORECASE)
_NEAR = re.compile(
    r"\b(?P<word>near(?: to)?|close to|not far from|outside(?: of)?|on the outskirts of|in the vicinity of|off(?: the coast of)?)\s+(?:the\s+)?"
    r"(?:(?:city|town|capital|village|port|coast|border)\s+(?:of|with)\s+)?(?:the\s+)?$",
    re.IGNORECASE,
)
_BORDER = re.compile(r"\bborder\s+(?:with|of)\s+(?:the\s+)?$", re.IGNORECASE)
_BETWEEN = re.compile(r"\b(?P<border>border\s+)?between\s+(?:the\s+)?$", re.IGNORECASE)
_VAGUE = {"a few": 5.0, "several": 10.0, "dozens of": 50.0, "tens of": 50.0, "hundreds of": 300.0}
_MILE_KM = 1.609344
_NAUTICAL_KM = 1.852


class Region(NamedTuple):
    """A disc, and the words that moved it away from its place."""

    lat: float | None = None
    lon: float | None = None
    radius_km: float | None = None
    relation: PlaceRelation | None = None


def region_of(doc: Doc, text: str, found: list[Spot], chosen: list[tuple[Place | None, float, tuple[Place, ...]]], n: int) -> Region:
    """The region that the ``n``-th spot means after any words before it."""
    place = chosen[n][0]
    if place is None or place.lat is None or place.lon is None:
        return Region()
    spot = found[n]
    opening = max(doc[spot.first].sent.start_char, spot.start - 100)
    before = text[opening : spot.start]
    pair = _pair(text, found, chosen, n)
    if pair is not None:
        return pair
    if hit := _AWAY.search(before):
        return _away(place, hit, opening)
    if (hit := _TOWARDS.search(before)) or (hit := _PART.search(before)):
        whole = place.kind in ("country", "region", "area", "sea", "county", "island")
        direction = _direction(hit["direction"])
        if whole and hit.re is _PART:
            return _moved(place, direction, place.radius_km * 0.5, place.radius_km * 0.6, _relation(direction, hit, opening))
        reach = max(25.0, place.radius_km * (1.0 if whole else 3.0))
        return _moved(place, direction, reach, reach, _relation(direction, hit, opening))
    if hit := _BORDER.search(before):
        return Region(place.lat, place.lon, place.radius_km + 50.0, _relation("border", hit, opening))
    if hit := _NEAR.search(before):
        word = hit["word"].lower()
        kind = "off" if word.startswith("off") else "outside" if word.startswith(("outside", "on the out")) else "near"
        return Region(place.lat, place.lon, place.radius_km + 20.0, _relation(kind, hit, opening))
    return Region(place.lat, place.lon, place.radius_km)


def _pair(text: str, found: list[Spot], chosen: list[tuple[Place | None, float, tuple[Place, ...]]], n: int) -> Region | None:
    """ "between A and B" seen from B: the disc over both, or on a border the reach of the smaller side."""
    if n == 0 or text[found[n - 1].end : found[n].start].strip() not in ("and", "and the", "–", "-"):
        return None
    first, second = chosen[n - 1][0], chosen[n][0]
    opening = max(0, found[n - 1].start - 40)
    hit = _BETWEEN.search(text[opening : found[n - 1].start])
    if hit is None or first is None or second is None or first.lat is None or first.lon is None or second.lat is None or second.lon is None:
        return None
    span = Span(opening + hit.start(), found[n - 1].end)
    if hit["border"]:
        small = min(first, second, key=lambda p: p.radius_km)
        return Region(small.lat, small.lon, small.radius_km + 50.0, PlaceRelation(kind="border", span=span, other=first))
    half = _distance(first.lat, first.lon, second.lat, second.lon) / 2
    east = (second.lon - first.lon + 180.0) % 360.0 - 180.0
    return Region(
        round((first.lat + second.lat) / 2, 4),
        round((first.lon + east / 2 + 180.0) % 360.0 - 180.0, 4),
        round(half + min(first.radius_km, second.radius_km), 1),
        PlaceRelation(kind="between", span=span, other=first),
    )


def _away(place: Place, hit: re.Match[str], opening: int) -> Region:
    number = hit["number"].lower()
    vague = number in _VAGUE
    km = _VAGUE[number] if vague else float(re.sub(r"[,  ]", "", number))
    if hit["unit"].lower().startswith("mi"):
        km *= _MILE_KM
    elif hit["unit"].lower().startswith("nautical"):
        km *= _NAUTICAL_KM
    slack = max(place.radius_km, km * (0.8 if vague else 0.25), 2.0)
    span = Span(opening + hit.start(), opening + hit.end())
    if hit["direction"]:
        direction = _direction(hit["direction"])
        return _moved(place, direction, km, slack, PlaceRelation(kind=direction, distance_km=round(km, 1), span=span))
    kind = {"off": "off", "outside": "outside"}.get((hit["side"] or "").lower(), "near")
    return Region(place.lat, place.lon, round(km + slack, 1), PlaceRelation(kind=kind, distance_km=round(km, 1), span=span))


def _direction(words: str) -> str:
    return re.sub("[- ]", "", words.lower())


def _relation(kind: str, hit: re.Match[str], opening: int) -> PlaceRelation:
    return PlaceRelation(kind=kind, span=Span(opening + hit.start(), opening + hit.end()))


def _moved(place: Place, direction: str, km: float, radius: float, relation: PlaceRelation) -> Region:
    """The place's point moved along a bearing on the sphere."""
    assert place.lat is not None and place.lon is not None
    bearing, arc = math.radians(_BEARINGS[direction]), km / 6371.0
    lat, lon = math.radians(place.lat), math.radians(place.lon)
    there = math.asin(math.sin(lat) * math.cos(arc) + math.cos(lat) * math.sin(arc) * math.cos(bearing))
    east = math.atan2(math.sin(bearing) * math.sin(arc) * math.cos(lat), math.cos(arc) - math.sin(lat) * math.sin(there))
    return Region(round(math.degrees(there), 4), round((math.degrees(lon + east) + 180.0) % 360.0 - 180.0, 4), round(radius, 1), relation)


def _distance(lat1: float, lon1: float, lat2: float, lon2: float) -> float:
    a1, a2 = math.radians(lat1), math.radians(lat2)
    half = math.sin((a2 - a1) / 2) ** 2 + math.cos(a1) * math.cos(a2) * math.sin(math.radians(lon2 - lon1) / 2) ** 2
    return 12742.0 * math.asin(math.sqrt(half))
