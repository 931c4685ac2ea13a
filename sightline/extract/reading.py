"""Everything that one report says, step by step."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

import sightline
from sightline.extract.actors import find_actors
from sightline.extract.claims import find_claims
from sightline.extract.credits import find_credits
from sightline.extract.places import find_places
from sightline.extract.published import publication
from sightline.extract.quantities import find_quantities
from sightline.extract.sources import type_sources
from sightline.extract.speech import find_attributions
from sightline.extract.times import find_times
from sightline.types import Reading, Report, Span

if TYPE_CHECKING:
    from spacy.tokens import Doc

    from sightline.gazetteer import Gazetteer, Register

#: Raised whenever a rule or a weight changes what a reading holds; part of every reading's ``version``.
RULES = 1


def version() -> str:
    """Which software and rules make a reading ("0.1.0/rules-1")."""
    return f"{sightline.__version__}/rules-{RULES}"


def read(report: Report, doc: Doc, *, gazetteer: Gazetteer, register: Register, order: str = "mdy") -> Reading:
    """The whole reading of a report whose linguistic reading is ``doc``.

    Publication first (times count from it), then mentions that need only the text (times, quantities, reported words, places),
    then who they belong to (actors, sources), and claims last. ``order`` is that of numeric dates, "mdy" or "dmy".

    Raises:
        ValueError: when ``doc`` is not the reading of ``report.text`` to the letter.
    """
    if doc.text != report.text:
        raise ValueError(f"{report.id}: the doc is of another text than the report's")
    if report.published is None:
        report = msgspec.structs.replace(report, published=publication(report))
    times = find_times(doc, report.published, order=order)
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
        version=version(),
    )


def _sentences(doc: Doc) -> list[Span]:
    """Sentence spans without the white space around them."""
    spans = []
    for sentence in doc.sents:
        text = sentence.text
        start = sentence.start_char + len(text) - len(text.lstrip())
        end = sentence.end_char - (len(text) - len(text.rstrip()))
        if start < end:
            spans.append(Span(start, end))
    return spans
