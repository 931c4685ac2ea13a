"""Records to rows and back."""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime
from typing import Any

import msgspec

from sightline.types import Decision, Reading, Report


def moment(instant: datetime) -> str:
    """ISO 8601 in UTC to the microsecond, so that text order is time order.

    >>> moment(datetime(2023, 9, 11, 8, tzinfo=UTC))
    '2023-09-11T08:00:00.000000Z'
    """
    return instant.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def text_digest(text: str) -> str:
    """Hexadecimal SHA-256 of the text in UTF-8."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def report_row(report: Report, added: datetime) -> dict[str, Any]:
    """The row of a report. NUL characters, which PostgreSQL cannot hold, stand as they are in the reading."""
    published = report.published
    latest = published.interval.latest if published else None
    return {
        "id": report.id,
        "text": report.text.replace("\x00", "\ufffd"),
        "text_sha256": text_digest(report.text),
        "sha256": report.sha256,
        "title": report.title,
        "outlet": report.outlet,
        "url": report.url,
        "author": report.author,
        "language": report.language,
        "published": published.value if published else None,
        "published_method": published.method if published else None,
        "published_latest": moment(latest) if latest else None,
        "path": report.path,
        "fetched": moment(report.fetched) if report.fetched else None,
        "added": moment(added),
        "metadata": dict(report.metadata),
    }


def claim_rows(reading: Reading, sequence: int) -> list[dict[str, Any]]:
    """The rows of a reading's claims."""
    rows = []
    for claim in reading.claims:
        said = reading.attributions[claim.attribution] if claim.attribution is not None else None
        speaker = said.speaker if said else None
        dates = [time.interval for time in claim.when if time.interval is not None]
        earliest = min((date.earliest for date in dates if date.earliest), default=None)
        latest = max((date.latest for date in dates if date.latest), default=None)
        rows.append(
            {
                "reading": sequence,
                "id": claim.id,
                "report": claim.report,
                "start": claim.span.start,
                "end": claim.span.end,
                "type": claim.type,
                "predicate": claim.predicate,
                "status": claim.certainty.status.value,
                "polarity": claim.certainty.polarity.value,
                "degree": claim.certainty.degree.value,
                "earliest": moment(earliest) if earliest else None,
                "latest": moment(latest) if latest else None,
                "source": (speaker.name or speaker.text or None) if speaker else None,
                "source_kind": speaker.kind.value if speaker else None,
                "party": speaker.party if speaker else None,
                "anonymous": bool(speaker and speaker.anonymous),
                "background": claim.background,
                "confidence": claim.confidence,
            }
        )
    return rows


_PACK = msgspec.msgpack.Encoder()
_UNPACK = msgspec.msgpack.Decoder(Reading)


def pack(reading: Reading) -> bytes:
    """A reading as MessagePack."""
    return _PACK.encode(reading)


def unpack(data: bytes) -> Reading:
    """The reading of some MessagePack."""
    return _UNPACK.decode(data)


def decision_row(decision: Decision) -> dict[str, Any]:
    """The row of a decision."""
    return {
        "id": decision.id,
        "kind": decision.kind,
        "subjects": list(decision.subjects),
        "at": moment(decision.at),
        "by": decision.by,
        "note": decision.note,
    }


def decision_of(row: Any) -> Decision:
    """The decision of a row."""
    return Decision(id=row.id, kind=row.kind, subjects=tuple(row.subjects), at=datetime.fromisoformat(row.at), by=row.by, note=row.note)
