"""What a reporting verb reports: its clause, the words before a trailing verb, or a plain object."""

from __future__ import annotations

from spacy.tokens import Doc, Token

from sightline.extract.sources.links import next_phrase, sentence_bounds
from sightline.extract.sources.phrases import Phrase
from sightline.extract.sources.speakers import FINITE, QUOTES
from sightline.extract.sources.words import SourceWords
from sightline.types import Span

#: Tags of the words that speakers are named with.
_NOMINAL = frozenset(("NN", "NNS", "NNP", "NNPS", "JJ", "DT", "CD", "CC", "PRP", "PRP$", "POS"))


def content_of(doc: Doc, verb: Token, subject: Phrase, words: SourceWords) -> Span | None:
    """The words that ``verb`` reports, said by ``subject``; ``None`` where nothing but an object follows."""
    first, end = sentence_bounds(doc, verb.i)
    start = min(subject.first, verb.i)
    trailing = end - verb.i <= 8 and start - first > 6 and doc[start - 1].text == ","
    clause = None if trailing and _complement_after(verb) is None else complement_of(doc, verb)
    if clause is not None and not (trailing and clause.start > doc[first].idx + 1 and clause.end <= doc[start].idx):
        return clause
    opens = _last_break(doc, first, start)
    apart = doc[start - 1].text in QUOTES or (doc[start - 1].text == "," and _ends(doc, verb, subject, end))
    if start - opens >= 3 and apart and subject.head.lower_ not in ("another", "others", "some", "one"):
        return trimmed(doc, opens, start)
    if start == first and first >= 3 and doc[first - 1].text in QUOTES:
        before = sentence_bounds(doc, first - 1)[0]
        return trimmed(doc, before, first)
    after = max(subject.last, verb.i) + 1
    if after < end and (doc[after].lower_ == "that" or doc[after].text in (":", ",") or doc[after].text in QUOTES) and end - after > 3:
        return trimmed(doc, after + (doc[after].text in (":", ",")), end)
    told = next_phrase(doc, verb.i + 1, end)
    if told is not None and verb.i < told.last < end - 3 and words.verbs.get(verb.lower_) in words.addressee_object:
        return trimmed(doc, told.last + 1, end)
    if any(doc[j].tag_ in ("VBD", "VBZ", "VBP", "MD") for j in range(after, end)) and verb.tag_ != "VB":
        return trimmed(doc, after, end)
    return None


def _last_break(doc: Doc, first: int, start: int) -> int:
    """Where the last clause before ``start`` begins: after a semicolon, else where the sentence does."""
    return next((i + 1 for i in range(start - 2, first, -1) if doc[i].text == ";"), first)


def _ends(doc: Doc, verb: Token, subject: Phrase, end: int) -> bool:
    """Whether nothing but a time or place follows the trailing verb and its speaker."""
    after = max(verb.i, subject.last) + 1
    return all(doc[i].tag_ not in FINITE for i in range(after, min(end, after + 12)))


def complement_of(doc: Doc, verb: Token) -> Span | None:
    """The clause that the verb takes by the tree."""
    for child in verb.children:
        if child.dep_ in ("ccomp", "xcomp", "csubj") and child.tag_ not in ("IN",):
            first, last = child.left_edge.i, child.right_edge.i
            if first <= verb.i <= last:
                continue
            return trimmed(doc, first, last + 1)
    return None


def _complement_after(verb: Token) -> Token | None:
    return next((child for child in verb.children if child.dep_ in ("ccomp", "xcomp") and child.i > verb.i), None)


def object_of(doc: Doc, verb: Token) -> Span | None:
    """The object, or what "warned of" and the like are about."""
    for child in verb.children:
        if child.i > verb.i and child.dep_ in ("obj", "obl"):
            return trimmed(doc, child.left_edge.i, child.right_edge.i + 1)
    end = sentence_bounds(doc, verb.i)[1]
    return trimmed(doc, verb.i + 1, end) if end - verb.i > 3 else None


def trimmed(doc: Doc, first: int, end: int) -> Span | None:
    """The words without commas, spaces and the full stop at their edges."""
    while first < end and (doc[first].text in (",", ";", ":") or doc[first].is_space):
        first += 1
    while end > first and (doc[end - 1].text in (",", ";", ".") or doc[end - 1].is_space):
        end -= 1
    if end <= first:
        return None
    last = doc[end - 1]
    return Span(doc[first].idx, last.idx + len(last))


def before_closing(doc: Doc, verb: Token) -> Span | None:
    """What the sentence says before the comma where speaker and verb close it, whatever the tree made of them: "..., A and B said."."""
    first, end = sentence_bounds(doc, verb.i)
    if verb.i + 1 >= end or doc[verb.i + 1].text not in (".", "!") or verb.tag_ not in ("VBD", "VBZ", "VBP"):
        return None
    comma = verb.i - 1
    while comma > first and doc[comma].tag_ in _NOMINAL:
        comma -= 1
    return trimmed(doc, first, comma) if doc[comma].text == "," and verb.i - comma > 1 and comma - first > 2 else None
