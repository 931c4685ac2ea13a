"""The wire form of a reading: one JSON object a report, every mention with its character offsets."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import msgspec

from sightline.types import Actor, Attribution, Claim, Hedge, NameMention, Reading, Source, Span, Stance


class PublishedOut(msgspec.Struct, kw_only=True):
    """When the report was published and how that was found."""

    value: str
    method: str
    confidence: float


class TimeOut(msgspec.Struct, kw_only=True):
    """A time expression: TimeML's type and value, EDTF, and the instants (UTC) between which it lies."""

    start: int
    end: int
    text: str
    type: str
    value: str
    edtf: str | None
    earliest: datetime | None
    latest: datetime | None
    mod: str | None
    vague: bool
    approximate: bool
    uncertain: bool
    zone: str | None
    seconds: tuple[float, float] | None
    relation: str
    governor: Span | None
    confidence: float


class NameOut(msgspec.Struct, kw_only=True):
    """Words that refer to somebody or something: a name, or (in ``references``) a description or a pronoun."""

    start: int
    end: int
    text: str
    label: str
    form: str
    actor: str | None
    confidence: float


class PlaceOut(msgspec.Struct, kw_only=True):
    """A place name, resolved where it can be; ``lat``, ``lon``, ``radius_km`` describe the region meant."""

    start: int
    end: int
    text: str
    geonameid: int | None
    place: str | None
    name: str | None
    lat: float | None
    lon: float | None
    radius_km: float | None
    kind: str | None
    country: str | None
    metonymy: str
    relation: str | None
    confidence: float


class LinkOut(msgspec.Struct, kw_only=True):
    """One link of the chain between the source and the reader."""

    name: str | None
    kind: str
    form: str
    anonymous: bool
    actor: str | None
    party: str | None
    spans: tuple[Span, ...]


class AttributionOut(msgspec.Struct, kw_only=True):
    """Reported words: spans of source, cue and content, who the source is, and the chain outwards (``via``)."""

    source: tuple[Span, ...]
    cue: tuple[Span, ...]
    content: tuple[Span, ...]
    kind: str
    attitude: str
    source_kind: str | None
    source_form: str | None
    source_name: str | None
    anonymous: bool
    count: int | None
    access: str | None
    actor: str | None
    party: str | None
    via: list[LinkOut]
    addressee: tuple[Span, ...]
    parent: int | None
    confidence: float


class QuantityOut(msgspec.Struct, kw_only=True):
    """A measured or counted amount in its dimension's normal unit."""

    start: int
    end: int
    text: str
    low: float
    high: float
    unit: str
    dimension: str
    approximate: bool
    comparator: str
    of: str | None


class ParticipantOut(msgspec.Struct, kw_only=True):
    """Who or what takes part, and as what."""

    role: str
    span: Span
    text: str
    actor: str | None


class WhenOut(msgspec.Struct, kw_only=True):
    """A claim's time: an index into ``times`` and how it dates the happening."""

    time: int
    relation: str


class WhereOut(msgspec.Struct, kw_only=True):
    """A claim's place: an index into ``places`` and its role (at, from, to, toward, via, near)."""

    place: int
    role: str


class CertaintyOut(msgspec.Struct, kw_only=True):
    """Polarity and degree (FactBank), status, hedges and each link's stance."""

    polarity: str
    degree: str
    status: str
    hedges: tuple[Hedge, ...]
    stances: tuple[Stance, ...]


class ClaimOut(msgspec.Struct, kw_only=True):
    """One assertion; ``attribution`` is an index into ``attributions``, ``quantities`` are indices into ``quantities``."""

    id: str
    span: Span
    trigger: Span
    predicate: str
    type: str
    participants: list[ParticipantOut]
    when: list[WhenOut]
    where: list[WhereOut]
    quantities: list[int]
    certainty: CertaintyOut
    attribution: int | None
    unknown: tuple[str, ...]
    background: bool
    confidence: float


class CreditOut(msgspec.Struct, kw_only=True):
    """Provenance of an image, from its maker outwards."""

    start: int
    end: int
    kind: str
    chain: tuple[str, ...]


class Annotation(msgspec.Struct, kw_only=True):
    """What ``sightline annotate`` writes for one report. Offsets count characters (Unicode code points) of its ``text``."""

    id: str
    published: PublishedOut | None
    sentences: tuple[Span, ...]
    times: list[TimeOut]
    names: list[NameOut]
    references: list[NameOut]
    places: list[PlaceOut]
    attributions: list[AttributionOut]
    quantities: list[QuantityOut]
    claims: list[ClaimOut]
    actors: tuple[Actor, ...]
    credits: list[CreditOut]
    notes: tuple[str, ...]
    version: str


def _link(source: Source) -> LinkOut:
    return LinkOut(
        name=source.name or source.text or None,
        kind=source.kind.value,
        form=source.form.value,
        anonymous=source.anonymous,
        actor=source.actor,
        party=source.party,
        spans=source.spans,
    )


def _attribution(attribution: Attribution) -> AttributionOut:
    speaker = attribution.speaker
    return AttributionOut(
        source=attribution.source,
        cue=attribution.cue,
        content=attribution.content,
        kind=attribution.kind,
        attitude=attribution.attitude,
        source_kind=speaker.kind.value if speaker else None,
        source_form=speaker.form.value if speaker else None,
        source_name=(speaker.name or speaker.text or None) if speaker else None,
        anonymous=bool(speaker and speaker.anonymous),
        count=speaker.count if speaker else None,
        access=speaker.access.value if speaker else None,
        actor=speaker.actor if speaker else None,
        party=speaker.party if speaker else None,
        via=[_link(link) for link in attribution.via],
        addressee=attribution.addressee,
        parent=attribution.parent,
        confidence=round(attribution.confidence, 3),
    )


def _claim(claim: Claim, times: dict[Span, int], places: dict[Span, int], quantities: dict[Span, int]) -> ClaimOut:
    certainty = claim.certainty
    return ClaimOut(
        id=claim.id,
        span=claim.span,
        trigger=claim.trigger,
        predicate=claim.predicate,
        type=claim.type,
        participants=[ParticipantOut(role=part.role, span=part.span, text=part.text, actor=part.actor) for part in claim.participants],
        when=[WhenOut(time=times[time.span], relation=time.relation) for time in claim.when if time.span in times],
        where=[WhereOut(place=places[where.mention.span], role=where.role) for where in claim.where if where.mention.span in places],
        quantities=[quantities[quantity.span] for quantity in claim.quantities if quantity.span in quantities],
        certainty=CertaintyOut(
            polarity=certainty.polarity.value,
            degree=certainty.degree.value,
            status=certainty.status.value,
            hedges=certainty.hedges,
            stances=certainty.stances,
        ),
        attribution=claim.attribution,
        unknown=claim.unknown,
        background=claim.background,
        confidence=round(claim.confidence, 3),
    )


_REFERRING = ("description", "pronoun", "title")
"""Forms of mentions that are no names."""


def _name(name: NameMention) -> NameOut:
    return NameOut(
        start=name.span.start, end=name.span.end, text=name.text, label=name.label, form=name.form, actor=name.actor,
        confidence=round(name.confidence, 3),
    )  # fmt: skip


def annotation(reading: Reading) -> Annotation:
    """The wire form of one reading."""
    published = reading.report.published
    times = {time.span: number for number, time in enumerate(reading.times)}
    places = {place.span: number for number, place in enumerate(reading.places)}
    quantities = {quantity.span: number for number, quantity in enumerate(reading.quantities)}
    return Annotation(
        id=reading.report.id,
        published=PublishedOut(value=published.value, method=published.method, confidence=published.confidence) if published else None,
        sentences=reading.sentences,
        times=[
            TimeOut(
                start=time.span.start,
                end=time.span.end,
                text=time.text,
                type=time.type,
                value=time.value,
                edtf=time.interval.edtf if time.interval else None,
                earliest=time.interval.earliest if time.interval else None,
                latest=time.interval.latest if time.interval else None,
                mod=time.mod,
                vague=bool(time.interval and time.interval.vague),
                approximate=bool(time.interval and time.interval.approximate),
                uncertain=bool(time.interval and time.interval.uncertain),
                zone=time.interval.zone if time.interval else None,
                seconds=time.seconds,
                relation=time.relation,
                governor=time.governor,
                confidence=round(time.confidence, 3),
            )
            for time in reading.times
        ],
        names=[_name(name) for name in reading.names if name.form not in _REFERRING],
        references=[_name(name) for name in reading.names if name.form in _REFERRING],
        places=[
            PlaceOut(
                start=mention.span.start,
                end=mention.span.end,
                text=mention.text,
                geonameid=mention.place.geonameid if mention.place else None,
                place=mention.place.id if mention.place else None,
                name=mention.place.name if mention.place else None,
                lat=mention.lat,
                lon=mention.lon,
                radius_km=mention.radius_km,
                kind=mention.place.kind if mention.place else None,
                country=mention.place.country if mention.place else None,
                metonymy=mention.metonymy,
                relation=mention.relation.kind if mention.relation else None,
                confidence=round(mention.confidence, 3),
            )
            for mention in reading.places
        ],
        attributions=[_attribution(attribution) for attribution in reading.attributions],
        quantities=[
            QuantityOut(
                start=quantity.span.start,
                end=quantity.span.end,
                text=quantity.text,
                low=quantity.low,
                high=quantity.high,
                unit=quantity.unit,
                dimension=quantity.dimension,
                approximate=quantity.approximate,
                comparator=quantity.comparator,
                of=quantity.of,
            )
            for quantity in reading.quantities
        ],
        claims=[_claim(claim, times, places, quantities) for claim in reading.claims],
        actors=reading.actors,
        credits=[
            CreditOut(start=credit.span.start, end=credit.span.end, kind=credit.kind, chain=credit.chain) for credit in reading.credits
        ],
        notes=reading.notes,
        version=reading.version,
    )


def annotation_line(reading: Reading) -> bytes:
    """The wire form as one line of JSON in UTF-8, without its newline."""
    return msgspec.json.encode(annotation(reading))


def annotation_schema() -> dict[str, Any]:
    """JSON Schema (2020-12) of an annotation."""
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **msgspec.json.schema(Annotation)}
