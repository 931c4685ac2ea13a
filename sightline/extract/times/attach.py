"""Which happening a time belongs to, and how it dates it.

"Officials said Monday that the train left" dates the saying; "the train left on Monday, officials said" dates the leaving. A time
stands in the clause of the verb nearest before it; where no verb stands before it in its clause, in that of the first verb after it.
Tags decide, for they are surer than a small parser's attachments.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from sightline.extract.times.ahead import lemma_of, own_verb
from sightline.extract.times.clauses import Clauses, left, over_as
from sightline.extract.times.marks import words
from sightline.extract.times.words import table

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_TWO = re.compile(r"(?:prior to|ahead of|as of|up to)$")


class Attachment(NamedTuple):
    """The token that a time dates (``None``: none), and how."""

    governor: Token | None
    relation: str


def attach(doc: Doc, times: list[tuple[int, int, str]]) -> list[Attachment]:
    """The attachment of each time, given as first and last character and TIMEX3 type; without tags nothing is attached."""
    if not times:
        return []
    spans = [doc.char_span(start, end, alignment_mode="expand") for start, end, _ in times]
    clauses = Clauses(doc, frozenset(index for span in spans if span is not None for index in range(span.start, span.end)))
    tagged = doc.has_annotation("TAG")
    attached = []
    for span, (_, _, kind) in zip(spans, times, strict=True):
        if span is None or not len(span):
            attached.append(Attachment(None, "at"))
            continue
        relation, before = related_by(doc, span.start, kind)
        owner = clauses.owner(span.start, span.end) if tagged else None
        if owner is not None:
            attached.append(Attachment(owner, "for" if kind == "DURATION" else "every" if kind == "SET" else "at"))
            continue
        attached.append(Attachment(_governor(clauses, span.start, span.end, before, relation, kind) if tagged else None, relation))
    return attached


def related_by(doc: Doc, first: int, kind: str) -> tuple[str, int]:
    """How the words before a time relate it, and the index of the first word of its phrase."""
    rows = table("attach.toml")["relation"]
    index = left(doc, first)
    if kind == "SET":
        return "every", index if index >= 0 and doc[index].lower_ in ("on", "in", "at") else first
    plain = "for" if kind == "DURATION" else "at"
    if index < 0:
        return plain, first
    over = over_as(doc, index)
    if over != index:
        return plain, over + 1
    word = doc[index].lower_
    further = left(doc, index)
    if word in ("ended", "dated") and doc[index].tag_ == "VBD":
        return plain, first
    if word in words("easy") and further >= 0 and doc[further].lower_ in words("marker") and doc[further].tag_ != "VBD":
        index, word, further = further, doc[further].lower_, left(doc, further)
    two = f"{doc[further].lower_} {word}" if further >= 0 else word
    if _TWO.fullmatch(two):
        return rows[two], further
    told = rows.get(word)
    if told is None or word == "and":
        return plain, first
    if word == "to" and not any(doc[back].lower_ in ("from", "between") for back in range(max(0, index - 8), index)):
        told = "at"
    if kind == "DURATION":
        told = "for" if word in ("from", "at", "on", "about", "around", "of", "to") else "during" if word == "in" else told
    return told, index


def _governor(clauses: Clauses, first: int, last: int, before: int, relation: str, kind: str) -> Token | None:
    low, high = clauses.sentence(first, last)
    verb = clauses.verb_before(before, low)
    if verb is None:
        return clauses.noun_before(before, low) or clauses.verb_after(last, high)
    own = own_verb(clauses, verb, lemma_of(verb), before, clauses.doc[first:last], high)
    if own is not None:
        return own
    if clauses.waits(verb, before, last):
        return clauses.verb_after(last, high) or verb
    noun = clauses.noun_tied(verb, before) if kind in ("DATE", "TIME") and relation in ("at", "since", "until") else None
    return noun or verb
