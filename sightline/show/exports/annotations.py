"""Claims as W3C Web Annotations (JSON-LD)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import msgspec

from sightline.show.words import GRADES
from sightline.types import Claim, Event, Reading, Story

CONTEXT = 20


def _annotation(reading: Reading, claim: Claim, event: Event) -> dict[str, Any]:
    report, span = reading.report, claim.span
    text = report.text
    source = report.url if report.url and report.url.startswith(("http://", "https://")) else f"urn:sightline:report:{report.id}"
    quote = {
        "type": "TextQuoteSelector",
        "exact": span.of(text),
        "prefix": text[max(0, span.start - CONTEXT) : span.start],
        "suffix": text[span.end : span.end + CONTEXT],
    }
    return {
        "id": f"urn:sightline:claim:{claim.id}",
        "type": "Annotation",
        "motivation": "identifying",
        "body": [
            {"type": "TextualBody", "purpose": "tagging", "value": claim.type},
            {"type": "TextualBody", "purpose": "describing", "format": "text/plain",
             "value": f"{event.label}: {claim.certainty.status.value}; {GRADES[event.grade]}. {event.reason}".strip()},
        ],
        "target": {"source": source, "selector": [{"type": "TextPositionSelector", "start": span.start, "end": span.end}, quote]},
    }  # fmt: skip


def web_annotations(story: Story, readings: Sequence[Reading]) -> bytes:
    """An annotation page with an annotation for each claim behind an event."""
    known = {claim.id: (reading, claim) for reading in readings for claim in reading.claims}
    items = [_annotation(*known[claim], event) for event in story.events for claim in event.claims if claim in known]
    page = {
        "@context": "http://www.w3.org/ns/anno.jsonld",
        "id": f"urn:sightline:story:{story.id}",
        "type": "AnnotationPage",
        "items": items,
    }
    return msgspec.json.encode(page)
