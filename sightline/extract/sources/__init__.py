"""Who stands behind reported words: typed sources, the chain they came through, and who was told.

PolNeAR-like attributions are flat: source, cue, content. Here each gets its speaker's form, kind, number and party, the formula that
withholds a name, and the chain outwards to the reader: the one the source told, the newsroom that quotes it, the report's own outlet
last. The rules work on tags and word order with the tree as a second witness; their words stand in ``data/``. docs/sources.md tells
what each value means.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from spacy.tokens import Doc

from sightline.extract.credits import credits_in
from sightline.extract.sources.build import Builder
from sightline.types import Actor, Attribution, NameMention, Report

if TYPE_CHECKING:
    from sightline.gazetteer import Register

__all__ = ["type_sources"]


def type_sources(
    doc: Doc,
    attributions: Sequence[Attribution],
    names: Sequence[NameMention],
    actors: Sequence[Actor],
    report: Report,
    *,
    register: Register | None = None,
) -> list[Attribution]:
    """The attributions with speaker, further speakers, chain, addressee and attitude, in their own order; sources named behind others follow.

    ``names`` and ``actors`` are the report's; ``register`` adds what it knows of newsrooms and states (without it, parties come
    from the actors alone). A source behind another ("Interfax, citing an official, reported") becomes an attribution of its own with
    the same content and the other as its parent; indices of the given attributions do not change.
    """
    builder = Builder(doc, names, actors, report, register, credits_in(report.text))
    return builder.build(attributions)
