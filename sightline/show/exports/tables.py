"""Claims as a table: CSV and Parquet."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from typing import Any

from sightline.show.words import outlet_name
from sightline.types import Reading, Story

COLUMNS = (
    "story", "event", "event_label", "event_grade", "claim", "report", "outlet", "url", "published", "start", "end", "words", "sentence", "type", "predicate",
    "status", "polarity", "degree", "earliest", "latest", "edtf", "place", "latitude", "longitude", "source", "source_kind", "party", "anonymous", "via",
    "confidence",
)  # fmt: skip


def claim_rows(story: Story, readings: Sequence[Reading]) -> list[dict[str, Any]]:
    """A row for each claim behind an event of the story, in event and claim order."""
    known = {claim.id: (reading, claim) for reading in readings for claim in reading.claims}
    rows = []
    for event in story.events:
        for identity in event.claims:
            if identity not in known:
                continue
            reading, claim = known[identity]
            said = reading.attributions[claim.attribution] if claim.attribution is not None else None
            speaker = said.speaker if said else None
            date = next((time.interval for time in claim.when if time.interval), None)
            place = next((where.mention for where in claim.where if where.mention.lat is not None), None)
            text = reading.report.text
            values = (
                story.id, event.id, event.label, event.grade, claim.id, claim.report, outlet_name(reading.report.outlet), reading.report.url,
                reading.report.published.value if reading.report.published else None, claim.span.start, claim.span.end, claim.span.of(text),
                claim.sentence.of(text), claim.type, claim.predicate, claim.certainty.status.value, claim.certainty.polarity.value,
                claim.certainty.degree.value, date.earliest.isoformat() if date and date.earliest else None,
                date.latest.isoformat() if date and date.latest else None, date.edtf if date else None,
                place.place.name if place and place.place else None, place.lat if place else None, place.lon if place else None,
                (speaker.name or speaker.text) if speaker else None, speaker.kind.value if speaker else None, speaker.party if speaker else None,
                bool(speaker and speaker.anonymous), " <- ".join(link.name or link.kind.value for link in said.via) if said else None,
                round(claim.confidence, 3),
            )  # fmt: skip
            rows.append(dict(zip(COLUMNS, values, strict=True)))
    return rows


def _harmless(value: Any) -> Any:
    """Text that a spreadsheet would run as a formula gets an apostrophe in front (OWASP, CSV injection)."""
    return f"'{value}" if isinstance(value, str) and value.startswith(("=", "+", "-", "@", "\t", "\r")) else value


def claims_csv(story: Story, readings: Sequence[Reading]) -> bytes:
    """The rows as CSV in UTF-8 (RFC 4180)."""
    sink = io.StringIO(newline="")
    writer = csv.DictWriter(sink, COLUMNS)
    writer.writeheader()
    for row in claim_rows(story, readings):
        writer.writerow({key: _harmless(value) for key, value in row.items()})
    return sink.getvalue().encode()


def claims_parquet(story: Story, readings: Sequence[Reading]) -> bytes:
    """The rows as Parquet.

    Raises:
        ModuleNotFoundError: without the extra ``crawl``.
    """
    import pyarrow
    from pyarrow import parquet

    kinds = {"event_grade": pyarrow.int8(), "start": pyarrow.int32(), "end": pyarrow.int32(), "latitude": pyarrow.float64(), "longitude": pyarrow.float64(),
             "anonymous": pyarrow.bool_(), "confidence": pyarrow.float64()}  # fmt: skip
    schema = pyarrow.schema([(column, kinds.get(column, pyarrow.string())) for column in COLUMNS])
    sink = io.BytesIO()
    parquet.write_table(pyarrow.Table.from_pylist(claim_rows(story, readings), schema=schema), sink)
    return sink.getvalue()
