"""Positions told by a distance: "on Tuesday morning it was some 80 km off Jeddah".

Such a sentence names no happening, so it is no event of the story; for a journey it is a sighting.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

import msgspec

from sightline.journeys.vehicles import Vehicle
from sightline.types import Claim, PlaceMention, Reading, Status, TimeMention

COPULA = re.compile(
    r"\b(?:was|were|is|are|lay|stood|stands|remained|remains)\s+(?:(?:about|some|around|roughly|nearly|almost|just|already|still|only|now|then|less|"
    r"more|than|within|up|to|at|an?|estimated|approximately|last|seen|reported|located|positioned)\s+)*$",
    re.IGNORECASE,
)
"""Right before the distance: somebody was so far away."""
NEARED = re.compile(
    r"\b(?:(?:had|has|have)\s+)?(?:come|came|got|gone|went|advanced|moved|pushed|driven|marched)\s+(?:up\s+)?(?:to\s+)?"
    r"(?:(?:within|just|short|about|some|around|less|than|of|up|to|nearly)\s+)*$",
    re.IGNORECASE,
)
"""Right before the distance: somebody had come so near, at the latest when it was told."""
SUBJECT = re.compile(r"\b(?:it|she|he|they)\s*$", re.IGNORECASE)


class Distance(msgspec.Struct, frozen=True, kw_only=True):
    """One such sentence: the claim that stands for it, the place with its distance, and its times."""

    claim: Claim
    mention: PlaceMention
    when: tuple[TimeMention, ...] = ()
    undated: bool = False
    """Whether its times are not the position's: "said on Saturday that they had come within 200 km"."""


def distances(reading: Reading, known: frozenset[str], vehicle: Vehicle) -> Iterator[Distance]:
    """The sentences of a reading that tell the traveller's distance from a place, by name, by pronoun or by the vehicle's noun."""
    text = reading.report.text
    names = sorted(name for name in known if ":" not in name)
    for claim in reading.claims:
        if (
            claim.type not in {"distance", "arrival", "travel"}
            or claim.background
            or claim.certainty.status not in {Status.HAPPENED, Status.UNDER_WAY}
        ):
            continue
        for place in reading.places:
            relation = place.relation
            inside = claim.sentence.start <= place.span.start < claim.sentence.end
            if not inside or relation is None or relation.distance_km is None or relation.span is None:
                continue
            before = text[claim.sentence.start : relation.span.start]
            neared = NEARED.search(before) if claim.type != "distance" else None
            verb = COPULA.search(before) if claim.type == "distance" else neared
            if verb is None or claim.trigger.start > place.span.start or not _is_subject(before[: verb.start()], names, vehicle.nouns):
                continue
            yield Distance(
                claim=claim,
                mention=place,
                when=tuple(t for t in reading.times if claim.sentence.start <= t.span.start < claim.sentence.end),
                undated=neared is not None,
            )


def _is_subject(words: str, names: Sequence[str], nouns: Sequence[str]) -> bool:
    """Whether the words before the verb end in a pronoun, the traveller's name or the vehicle's noun."""
    last = re.split(r"[,;:]", words.strip())[-1].casefold()
    if SUBJECT.search(last) or any(last.endswith(name) for name in names if name):
        return True
    return any(re.search(rf"\b{re.escape(noun)}s?$", last) for noun in nouns)
