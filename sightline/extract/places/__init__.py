"""Place names in a report: found, resolved to the gazetteer, told apart by how they are used, with the region meant."""

from __future__ import annotations

from collections.abc import Sequence

from spacy.tokens import Doc

from sightline.extract.places.home import home_of
from sightline.extract.places.metonymy import usage
from sightline.extract.places.ranking import Group, resolve
from sightline.extract.places.recognise import given, recognise
from sightline.extract.places.relations import Region, region_of
from sightline.extract.places.spotting import Spot
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
    chosen = [_sense(made[of[n]], spot) for n, spot in enumerate(found)]
    mentions = []
    for n, spot in enumerate(found):
        place, sure, others = chosen[n]
        region = region_of(doc, found, chosen, n) if place is not None else Region()
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


def _sense(group: Group, spot: Spot) -> tuple[Place | None, float, tuple[Place, ...]]:
    """The likeliest sense of a group, its probability, and the next two."""
    best = group.best()
    if best is None:
        return None, 1.0, ()
    order = group.beliefs.argsort(kind="stable")[::-1][:3]
    others = tuple(group.candidates[int(i)][0] for i in order if int(i) != best and group.beliefs[int(i)] > 0.02)
    return group.candidates[best][0], float(group.beliefs[best]), others
