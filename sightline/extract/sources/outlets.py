"""The last links of every chain of a report: the agencies that the page credits, and its own outlet."""

from __future__ import annotations

import re
from collections.abc import Sequence
from urllib.parse import urlsplit

from sightline.extract.sources.identity import Identities
from sightline.types import Access, Credit, Report, Source, SourceForm, SourceKind, Span


def outwards(report: Report, text: str, credits: Sequence[Credit], who: Identities) -> list[Source]:
    """The agencies that the page credits, then the report's own outlet."""
    tail = []
    for credit in credits:
        if credit.kind != "page":
            continue
        for name in credit.chain:
            found = re.search(re.escape(name), text[credit.span.start : credit.span.end])
            spans = (Span(credit.span.start + found.start(), credit.span.start + found.end()),) if found else (credit.span,)
            tail.append(_newsroom(who, name, spans, SourceKind.AGENCY))
    outlet = report.outlet or (urlsplit(report.url).hostname if report.url else None)
    if outlet is None:
        tail.append(Source(form=SourceForm.NONE, kind=SourceKind.OUTLET))
    else:
        tail.append(_newsroom(who, outlet, (), SourceKind.OUTLET, report.url))
    return tail


def _newsroom(who: Identities, name: str, spans: tuple[Span, ...], kind: SourceKind, url: str | None = None) -> Source:
    actor = who.named(name)
    if actor is None and url and who.register is not None:
        actor = who.register.outlet(url)
    if actor is not None and actor.source_kind in ("agency", "outlet", "state_media"):
        kind = SourceKind(actor.source_kind)
    party = actor.party if actor is not None else f"outlet:{_slug(name)}"
    return Source(
        form=SourceForm.NAMED,
        kind=kind,
        spans=spans,
        text=name if spans else "",
        actor=actor.id if actor else None,
        name=actor.name if actor else name,
        party=party,
        access=Access.TOLD,
    )


def _slug(name: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", name.lower().removeprefix("the ")).strip("-")
