"""The JSON form of the picture: stories, their reports and claims, and forecasts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

import msgspec

from sightline.show.annotation import ClaimOut, annotation
from sightline.types import Forecast, Reading, Story


class ReportOut(msgspec.Struct, kw_only=True):
    """A report as the picture lists it; its text is not repeated, ``sha256`` tells it."""

    id: str
    title: str | None
    outlet: str | None
    url: str | None
    published: str | None
    published_method: str | None
    path: str | None
    sha256: str | None
    notes: tuple[str, ...]


class EvidenceOut(msgspec.Struct, kw_only=True):
    """A claim with the report it stands in and the exact words of its clause."""

    report: str
    text: str
    source: str | None
    via: list[str]
    claim: ClaimOut


class PictureOut(msgspec.Struct, kw_only=True):
    """What ``sightline brief --format json`` writes."""

    sightline: str
    as_of: datetime | None
    reports: list[ReportOut]
    stories: list[Story]
    forecasts: dict[str, Forecast]
    claims: dict[str, EvidenceOut]


def _evidence(reading: Reading) -> dict[str, EvidenceOut]:
    wire = annotation(reading)
    found: dict[str, EvidenceOut] = {}
    for claim in wire.claims:
        said = wire.attributions[claim.attribution] if claim.attribution is not None else None
        found[claim.id] = EvidenceOut(
            report=reading.report.id,
            text=claim.span.of(reading.report.text),
            source=said.source_name if said else None,
            via=[link.name or link.kind for link in said.via] if said else [],
            claim=claim,
        )
    return found


def picture_out(
    stories: Sequence[Story], readings: Sequence[Reading], forecasts: Mapping[str, Forecast], *, as_of: datetime | None = None
) -> PictureOut:
    """The wire form; claims are keyed by their id, and only those that a story's events rest on are given."""
    from sightline import __version__

    wanted = {claim for story in stories for event in story.events for claim in event.claims}
    wanted |= {claim for story in stories for unknown in story.unknowns for claim in unknown.claims}
    claims: dict[str, EvidenceOut] = {}
    for reading in readings:
        claims.update((identity, evidence) for identity, evidence in _evidence(reading).items() if identity in wanted)
    reports = [
        ReportOut(
            id=reading.report.id,
            title=reading.report.title,
            outlet=reading.report.outlet,
            url=reading.report.url,
            published=reading.report.published.value if reading.report.published else None,
            published_method=reading.report.published.method if reading.report.published else None,
            path=reading.report.path,
            sha256=reading.report.sha256,
            notes=reading.notes,
        )
        for reading in readings
    ]
    return PictureOut(sightline=__version__, as_of=as_of, reports=reports, stories=list(stories), forecasts=dict(forecasts), claims=claims)


def picture_json(
    stories: Sequence[Story], readings: Sequence[Reading], forecasts: Mapping[str, Forecast], *, as_of: datetime | None = None
) -> bytes:
    """The wire form as JSON in UTF-8."""
    return msgspec.json.encode(picture_out(stories, readings, forecasts, as_of=as_of))


def picture_schema() -> dict[str, Any]:
    """JSON Schema (2020-12) of the picture."""
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **msgspec.json.schema(PictureOut)}
