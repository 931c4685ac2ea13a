"""A verb has one subject: what a greedy parser gets wrong before a trailing reporting clause or a title, put right.

In *The train left on Sunday, the agency said* the parser decides about *train* and *left* before it sees the end, and now
and then leaves *said* with two subjects. Then the first belongs to what is reported: to the clausal complement between
the two, or, where *left* was read as a reduced relative clause of *train*, to *left*, which becomes the complement.
In *The train of opposition leader Anna Petrov left*, the second of two subjects of *left* is the first one's *of* phrase.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from sightline.language.words import strings

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_SUBJECTS = ("nsubj", "nsubj:pass", "csubj", "expl")
_REDUCED = ("acl", "acl:relcl")
_FINITE = "Mood=Ind|Tense=Past|VerbForm=Fin"


class Change(NamedTuple):
    """A word with its new head and relation."""

    word: int
    head: int
    dep: str


def changes(verb: Token) -> list[Change]:
    """What must change around a verb with two subjects before it; nothing if no pattern fits."""
    before = [child for child in verb.lefts if child.dep_ in _SUBJECTS]
    if len(before) < 2:
        return []
    first, last = before[0], before[-1]
    if _of_phrase(first, last):
        strays = [Change(word.i, last.i, "case") for word in verb.doc[first.i + 1 : first.i + 2]]
        return [*strays, Change(last.i, first.i, "nmod")]
    inside = [child for child in verb.lefts if child.dep_ == "ccomp" and first.i < child.i < last.i]
    if inside:
        clause = inside[-1]
        if any(child.dep_ in _SUBJECTS for child in clause.children):
            return []
        return [Change(first.i, clause.i, _subject_of(clause))]
    reduced = [child for child in first.rights if child.dep_ in _REDUCED and child.tag_ in ("VBN", "VBD") and child.i < last.i]
    if not reduced or not any(token.text == "," for token in verb.doc[reduced[-1].i : last.i]):
        return []
    clause = reduced[-1]
    return [Change(clause.i, verb.i, "ccomp"), Change(first.i, clause.i, _subject_of(clause))]


def _of_phrase(first: Token, last: Token) -> bool:
    """True if nothing but a preposition and noun phrase lies between two subjects."""
    between = first.doc[first.i + 1 : last.i]
    if len(between) == 0 or between[0].dep_ != "case" or between[0].pos_ != "ADP":
        return False
    return all(token.pos_ not in ("VERB", "AUX", "PUNCT", "SCONJ", "PRON") for token in between)


def _subject_of(clause: Token) -> str:
    return "nsubj:pass" if any(child.dep_ == "aux:pass" for child in clause.children) else "nsubj"


def mend(doc: Doc) -> Doc:
    """Put such sentences right in ``doc``; all others stay as they are."""
    import numpy as np

    offsets: list[int] = doc.to_array("HEAD").astype(np.int64).tolist()
    seen: set[int] = set()
    found: list[Change] = []
    for at, (dep, offset) in enumerate(zip(strings(doc, "DEP"), offsets, strict=True)):
        if offset > 0 and dep in _SUBJECTS:
            if at + offset in seen:
                found += changes(doc[at + offset])
            seen.add(at + offset)
    if not found:
        return doc
    heads = [token.head.i for token in doc]
    deps = [token.dep for token in doc]
    for word, head, dep in found:
        heads[word] = head
        deps[word] = doc.vocab.strings.add(dep)
    hung: Any = np.array([(head - i) & 0xFFFFFFFFFFFFFFFF for i, head in enumerate(heads)], dtype=np.uint64)
    table: Any = np.stack([hung, np.array(deps, dtype=np.uint64)], axis=1)
    doc.from_array(["HEAD", "DEP"], table)
    for word, head, dep in found:
        if dep in ("nmod", "case"):
            continue
        clause: Any = doc[word if dep == "ccomp" else head]
        if clause.tag_ == "VBN" and not any(child.dep_ in ("aux", "aux:pass") for child in clause.children):
            clause.tag_ = "VBD"
            clause.set_morph(_FINITE)
    return doc
