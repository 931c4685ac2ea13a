"""Claims of a picture that fit, as evidence to be shown."""

from __future__ import annotations

from collections.abc import Callable

from sightline.show.links import ServedLinks
from sightline.show.views import EvidenceView, evidence_view
from sightline.types import Claim, Reading
from sightline.web.pictures import Shown

CLAIMS_SHOWN = 100
LINKS = ServedLinks()


def claims_shown(view: Shown, wanted: Callable[[Reading, Claim], bool]) -> list[EvidenceView]:
    """The first hundred claims that are wanted, in the order their reports came."""
    found: list[EvidenceView] = []
    for reading in view.picture.readings:
        for claim in reading.claims:
            if wanted(reading, claim):
                found.append(evidence_view(reading, claim, LINKS))
                if len(found) >= CLAIMS_SHOWN:
                    return found
    return found
