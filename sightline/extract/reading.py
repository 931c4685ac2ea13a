"""Everything that one report says, step by step."""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import msgspec

import sightline
from sightline.extract.actors import find_actors
from sightline.extract.claims import find_claims
from sightline.extract.columns import columns
from sightline.extract.credits import find_credits
from sightline.extract.datelines import Dateline, dateline
from sightline.extract.places import find_places
from sightline.extract.published import credit, publication
from sightline.extract.quantities import find_quantities
from sightline.extract.sources import type_sources
from sightline.extract.speech import find_attributions
from sightline.extract.times import find_times
from sightline.types import Reading, Report, Span

if TYPE_CHECKING:
    from spacy.tokens import Doc

    from sightline.gazetteer import Gazetteer, Register

#: Raised whenever a rule or a weight changes what a reading holds; part of every reading's ``version``.
RULES = 4


def version() -> str:
    """Which software, rules and shipped weights make a reading ("0.1.0/rules-2/weights-5d41402a")."""
    return f"{sightline.__version__}/rules-{RULES}/weights-{_weights()}"


@cache
def _weights() -> str:
    """A short fingerprint of every weight file that the package ships, by name and content."""
    package = Path(sightline.__file__).parent
    digest = hashlib.sha256()
    for path in sorted(package.glob("**/weights/*")):
        if path.is_file() and path.suffix != ".py":
            digest.update(path.relative_to(package).as_posix().encode())
            digest.update(path.read_bytes())
    return digest.hexdigest()[:8]


#: Countries whose papers write the month before the day in figures.
MONTH_FIRST = frozenset({"US", "PH", "FM", "MH", "PW", "PR", "GU"})


def date_order(report: Report, register: Register) -> str:
    """How the report's outlet writes dates in figures: "dmy", or "mdy" for papers of the United States and for unknown ones."""
    host = urlsplit(report.url or "").hostname or ""
    names = ((report.outlet or "").split("<-")[0].strip(), host)
    outlet = next((found for name in names if name and (found := register.outlet(name)) is not None), None)
    return "dmy" if outlet is not None and outlet.nationality is not None and outlet.nationality not in MONTH_FIRST else "mdy"


def dateline_zone(line: Dateline | None, gazetteer: Gazetteer) -> str | None:
    """Time zone of the place of a report's dateline."""
    if line is None or not line.place:
        return None
    town, _, rest = line.place.partition(",")
    found = [place for place in gazetteer.named(town.strip().title()) if place.zone]
    if rest.strip():
        around = gazetteer.named(rest.strip())[:4]
        regions = {(place.country, place.admin1) for place in around if place.kind == "region"}
        states = {place.country for place in around if place.kind == "country"}
        found = [place for place in found if place.country in states or (place.country, place.admin1) in regions]
        return found[0].zone if found else None
    return found[0].zone if found else line.zone


def _credited(line: Dateline | None, text: str, register: Register) -> str | None:
    """The register's name of the newsroom that a report's head credits."""
    name = credit(line, text)
    found = register.outlet(name.strip()) if name else None
    return found.name if found is not None else None


def read(report: Report, doc: Doc, *, gazetteer: Gazetteer, register: Register, order: str | None = None) -> Reading:
    """The whole reading of a report whose linguistic reading is ``doc``.

    Publication first (times count from it); a report without an outlet is that of the agency its dateline credits. Then mentions that
    need only the text (times, quantities, reported words, places), then who they belong to (actors, sources), and claims last.
    ``order`` is that of dates in figures, "mdy" or "dmy"; by default the one of the outlet's country.

    Raises:
        ValueError: when ``doc`` is not the reading of ``report.text`` to the letter.
    """
    if columns(doc).text != report.text:
        raise ValueError(f"{report.id}: the doc is of another text than the report's")
    if report.published is None:
        report = msgspec.structs.replace(report, published=publication(report))
    line = dateline(report.text)
    agency = _credited(line, report.text, register)
    if line is not None and line.month is None and line.agency is None and register.outlet(line.place) is not None:
        line = None  # "TASS: the train left" is a newsroom's word, from no place.
    if report.outlet is None and agency is not None:
        report = msgspec.structs.replace(report, outlet=agency)
    zone = dateline_zone(line, gazetteer)
    times = find_times(doc, report.published, order=order or date_order(report, register), zone=zone)
    quantities = find_quantities(doc)
    places = find_places(doc, gazetteer, report)
    names, actors = find_actors(doc, register, places, report)
    attributions = type_sources(doc, find_attributions(doc), names, actors, report, register=register)
    claims = find_claims(doc, report, times, places, names, quantities, attributions)
    return Reading(
        report=report,
        sentences=tuple(_sentences(doc)),
        times=tuple(times),
        names=tuple(names),
        places=tuple(places),
        quantities=tuple(quantities),
        attributions=tuple(attributions),
        claims=tuple(claims),
        actors=tuple(actors),
        credits=tuple(find_credits(doc)),
        dateline=None if line is None else Span(line.start, line.end),
        agency=agency,
        version=version(),
    )


def _sentences(doc: Doc) -> list[Span]:
    """Sentence spans without the white space around them."""
    column, spans = columns(doc), []
    for first, last in dict.fromkeys(column.sentence):
        text = column.between(first, last)
        start = column.start[first] + len(text) - len(text.lstrip())
        end = column.start[first] + len(text.rstrip())
        if start < end:
            spans.append(Span(start, end))
    return spans
