"""Place names in a report: found, resolved to the gazetteer, told apart by how they are used, with the region meant."""

from __future__ import annotations

from collections.abc import Sequence

from spacy.tokens import Doc

from sightline.extract.places.home import home_of
from sightline.extract.places.metonymy import usage
from sightline.extract.places.ranking import Group, resolve
from sightline.extract.places.recognise import given, recognise
from sightline.extract.places.relations import Region, region_of
from sightline.gazetteer import Gazetteer
from sightline.types import Place, PlaceMention, Report, Span

__all__ = ["find_places"]


def find_places(doc: Doc, gazetteer: Gazetteer, report: Report, *, spans: Sequence[Span] | None = None) -> list[PlaceMention]:
    """The place mentions of a report, in text order and without overlaps.

    A name that the gazetteer does not know, or knows only as a historical state, keeps ``place`` or its coordinates empty. ``confidence`` is
    the probability that the words name a place times the probability of the sense chosen; ``alternatives`` are the next two senses.
    ``spans`` fixes the names instead of finding them.

    Args:
        doc: the linguistic reading of ``report``; ``doc.text == report.text``.
    """
    found = given(doc, gazetteer, spans) if spans is not None else recognise(doc, gazetteer)
    made, of = resolve(found, gazetteer, home_of(report, gazetteer))
    chosen = [_sense(made[of[n]]) for n in range(len(found))]
    mentions = []
    for n, spot in enumerate(found):
        place, sure, others = chosen[n]
        region = region_of(doc, report.text, found, chosen, n) if place is not None and spot.demonym is None else Region()
        mentions.append(
            PlaceMention(
                span=Span(spot.start, spot.end),
                text=spot.text,
                place=place,
                metonymy=usage(doc, spot, place),
                relation=region.relation,
                lat=region.lat,
                lon=region.lon,
                radius_km=region.radius_km,
                confidence=round(spot.probability * sure, 4),
                alternatives=others,
            )
        )
    return mentions


def _sense(group: Group) -> tuple[Place | None, float, tuple[Place, ...]]:
    """The likeliest sense of a group, its probability, and the next two."""
    best = group.best()
    if best is None:
        return None, 1.0, ()
    order = group.beliefs.argsort(kind="stable")[::-1][:3]
    place = likeliest = group.candidates[best][0]
    if place.kind in ("region", "county"):
        towns = [
            p
            for p, main in group.candidates
            if p.kind == "city" and (_same_spot(p, place) or _inside(p, place)) and _much_of(p, place, main)
        ]
        place = next(iter(towns), place)
    others = tuple(group.candidates[int(i)][0] for i in order if int(i) != best and group.beliefs[int(i)] > 0.02)
    same = sum(
        float(b) for b, (p, _) in zip(group.beliefs, group.candidates, strict=True) if p is place or p is likeliest or _same_spot(p, place)
    )
    return place, min(1.0, same), others


def _inside(town: Place, region: Place) -> bool:
    return region.kind == "region" and (town.country, town.admin1) == (region.country, region.admin1)


def _much_of(town: Place, region: Place, main: bool) -> bool:
    """Whether a bare name rather means the town that a region is named after: it lies at its centre and holds a quarter of its people, or it
    holds a tenth under its main name. In English-speaking countries papers write of the state or county itself."""
    if region.country in ("US", "CA", "AU", "GB", "IE") or not main:
        return _same_spot(town, region) and town.population > 0.25 * region.population
    return town.population > max(50_000, 0.1 * region.population)


def _same_spot(one: Place, other: Place) -> bool:
    """Whether two entries are one spot for a reader: a city and the district named after it."""
    if one.lat is None or other.lat is None or one.lon is None or other.lon is None or one.country != other.country:
        return False
    return abs(one.lat - other.lat) < 0.4 and abs(one.lon - other.lon) < 0.5
