"""What the templates show of a report: its text in pieces, and who says what in it."""

from __future__ import annotations

import msgspec

from sightline.show.markup import Piece, marks_of, paragraphs, pieces
from sightline.show.words import chain_words, outlet_name, report_name, when
from sightline.types import Attribution, Reading

LOW_CONFIDENCE = 0.5
"""Below it an attribution is shown as uncertain."""


class ReportView(msgspec.Struct, frozen=True, kw_only=True):
    """A report as its page shows it."""

    id: str
    title: str
    """Its title, or its first words."""
    outlet: str
    author: str | None
    published: str
    method: str | None
    url: str | None
    notes: tuple[str, ...]
    paragraphs: list[list[Piece]]
    chains: tuple[tuple[str, str, bool], ...]
    """Chain of a source, its words, and whether the reading is uncertain."""


def _safe_url(url: str | None) -> str | None:
    """Only addresses that a click may follow."""
    return url if url is not None and url.lower().startswith(("https://", "http://")) else None


def _chain(said: Attribution) -> str:
    speaker = said.speaker
    who = (speaker.name or speaker.text or "a source not named") if speaker else "a source not named"
    kind = f" ({speaker.kind.value.replace('_', ' ')}{', anonymous' if speaker.anonymous else ''})" if speaker else ""
    return " via ".join([who + kind, *(chain_words(link.name or link.kind.value) for link in said.via)])


def report_view(reading: Reading) -> ReportView:
    """A report with every mention marked."""
    report = reading.report
    chains = []
    for said in reading.attributions:
        words = " … ".join(span.of(report.text).strip() for span in said.content)
        chains.append((_chain(said), words if len(words) <= 280 else words[:278] + "…", said.confidence < LOW_CONFIDENCE))
    return ReportView(
        id=report.id,
        title=report_name(report),
        outlet=outlet_name(report.outlet),
        author=report.author,
        published=when(report.published.interval) if report.published else "undated",
        method=report.published.method if report.published else None,
        url=_safe_url(report.url),
        notes=reading.notes,
        paragraphs=paragraphs(pieces(report.text, marks_of(reading))),
        chains=tuple(chains),
    )
