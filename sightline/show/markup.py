"""A report's text cut into pieces, each with the mentions that cover it, so that every mention can be shown and linked."""

from __future__ import annotations

import itertools
from collections.abc import Sequence

import msgspec

from sightline.types import Reading, Span


class Mark(msgspec.Struct, frozen=True, kw_only=True):
    """A stretch of text to be shown in a layer."""

    span: Span
    layer: str
    """claim, time, place, speech, name, quantity."""
    key: str
    """What pieces of one mention share."""
    note: str
    """What a reader sees on pointing at it."""


class Piece(msgspec.Struct, frozen=True, kw_only=True):
    """Some characters and the marks that cover all of them."""

    start: int
    end: int
    text: str
    marks: tuple[Mark, ...]

    @property
    def layers(self) -> str:
        """Names of the layers, each once, for a class attribute."""
        return " ".join(dict.fromkeys(mark.layer for mark in self.marks))

    @property
    def keys(self) -> str:
        """Keys of the marks, for linking."""
        return " ".join(mark.key for mark in self.marks)

    @property
    def note(self) -> str:
        """The notes of the shortest marks first."""
        ordered = sorted(self.marks, key=lambda mark: mark.span.length)
        return " · ".join(dict.fromkeys(mark.note for mark in ordered if mark.note))


def pieces(text: str, marks: Sequence[Mark]) -> list[Piece]:
    """The whole text as pieces in order; together they are the text to the letter.

    >>> marks = [Mark(span=Span(0, 5), layer="name", key="n0", note=""), Mark(span=Span(4, 9), layer="time", key="t0", note="")]
    >>> [(piece.text, piece.layers) for piece in pieces("Kim left today", marks)]
    [('Kim ', 'name'), ('l', 'name time'), ('eft ', 'time'), ('today', '')]
    """
    cuts = {0, len(text)}
    opening: dict[int, list[Mark]] = {}
    for mark in marks:
        if 0 <= mark.span.start < mark.span.end <= len(text):
            cuts.update((mark.span.start, mark.span.end))
            opening.setdefault(mark.span.start, []).append(mark)
    ordered = sorted(cuts)
    made: list[Piece] = []
    active: list[Mark] = []
    for start, end in itertools.pairwise(ordered):
        active = [mark for mark in active if mark.span.end > start] + opening.get(start, [])
        made.append(Piece(start=start, end=end, text=text[start:end], marks=tuple(active)))
    return made


def marks_of(reading: Reading) -> list[Mark]:
    """Every mention of a reading as a mark."""
    names = {actor.id: actor.name for actor in reading.actors}
    marks: list[Mark] = []
    for number, claim in enumerate(reading.claims):
        certainty = claim.certainty
        note = f"{claim.type}: {certainty.status.value}"
        if certainty.degree.value not in ("certain", "unknown"):
            note += f", {certainty.degree.value}"
        marks.append(Mark(span=claim.trigger, layer="claim", key=f"c{number}", note=note))
    for number, time in enumerate(reading.times):
        marks.append(Mark(span=time.span, layer="time", key=f"t{number}", note=f"{time.type.lower()} {time.value}"))
    for number, place in enumerate(reading.places):
        if place.place is not None:
            where = f"{place.place.name}, {place.place.country}" if place.place.country else place.place.name
            note = where if place.metonymy == "literal" else f"{where} ({place.metonymy})"
            marks.append(Mark(span=place.span, layer="place", key=f"p{number}", note=note))
    for number, name in enumerate(reading.names):
        if name.actor is not None:
            marks.append(Mark(span=name.span, layer="name", key=f"n{number}", note=names.get(name.actor, "")))
    for number, said in enumerate(reading.attributions):
        speaker = said.speaker
        who = (speaker.name or speaker.text or "source not named") if speaker else "source not named"
        chain = " via ".join([who, *(link.name or link.kind.value for link in said.via)])
        for role, spans in (("source", said.source), ("cue", said.cue), ("content", said.content)):
            for span in spans:
                marks.append(
                    Mark(span=span, layer=f"speech {role}", key=f"a{number}", note=chain if role == "content" else f"{role}: {chain}")
                )
    for number, quantity in enumerate(reading.quantities):
        low, high = f"{quantity.low:g}", f"{quantity.high:g}"
        amount = low if low == high else f"{low} to {high}"
        marks.append(Mark(span=quantity.span, layer="quantity", key=f"q{number}", note=f"{amount} {quantity.unit}"))
    return marks


def paragraphs(found: Sequence[Piece]) -> list[list[Piece]]:
    """The pieces by paragraph, cut at blank lines; offsets stay those of the whole text."""
    parts: list[list[Piece]] = [[]]
    for piece in found:
        start = piece.start
        rest = piece.text
        while "\n" in rest:
            line, _, rest = rest.partition("\n")
            if line:
                parts[-1].append(msgspec.structs.replace(piece, start=start, end=start + len(line), text=line))
            start += len(line) + 1
            if parts[-1]:
                parts.append([])
        if rest:
            parts[-1].append(msgspec.structs.replace(piece, start=start, end=start + len(rest), text=rest))
    return [part for part in parts if any(piece.text.strip() for piece in part)]
