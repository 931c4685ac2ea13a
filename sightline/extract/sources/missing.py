"""Attributions that plain rules see where none was found: a subject with an unmistakable verb of saying, or "according to".

Only precise patterns stand here. Spans are characters; the confidence is that of the rules on own passages.
"""

from __future__ import annotations

from collections.abc import Sequence

from spacy.tokens import Doc, Token

from sightline.extract.sources.links import next_phrase, sentence_bounds
from sightline.extract.sources.phrases import Phrase, conjuncts, phrase
from sightline.extract.sources.words import SourceWords
from sightline.types import Attribution, Span

_CONFIDENCE = 0.6
_QUOTES = frozenset(('"', "“", "”", "``", "''"))
_NO_SPEAKER = frozenset(("it", "that", "this", "which", "there", "what", "who", "these", "those"))
_AUXILIARIES = frozenset(
    "has have had did does do was were is are would will could may might not n't n’t never also later then then neither nor".split()
)  # noqa: SIM905


def missing(doc: Doc, found: Sequence[Attribution], words: SourceWords) -> list[Attribution]:
    """Attributions by rule whose cue no found attribution's cue overlaps."""
    taken = sorted((span for attribution in found for span in attribution.cue), key=lambda span: span.start)
    out: list[Attribution] = []
    for token in doc:
        lower = token.lower_
        if lower in words.verbs and words.verbs[lower] in words.plain and token.tag_ in ("VBD", "VBZ", "VBP", "VB", "VBG", "VBN"):
            made = _by_verb(doc, token, words)
        elif lower == "according" and token.i + 1 < len(doc) and doc[token.i + 1].lower_ == "to":
            made = _according(doc, token)
        elif lower in words.no_comment and token.i and doc[token.i - 1].lower_ == "no":
            made = _no_comment(doc, token)
        else:
            continue
        if made is not None and not any(cue.overlaps(span) for cue in made.cue for span in taken):
            out.append(made)
    return out


def _by_verb(doc: Doc, verb: Token, words: SourceWords) -> Attribution | None:
    lemma = words.verbs[verb.lower_]
    if any(child.dep_ == "aux:pass" for child in verb.children):
        return _told_by(doc, verb, words, lemma)
    if verb.tag_ in ("VB", "VBG"):
        governed = _withheld(verb)
        if governed is None:
            return None
        subject = _subject(governed)
        cue = [governed, verb]
    else:
        subject = _subject(verb) or _inverted(doc, verb)
        cue = [verb]
    if subject is None or subject.head.lower_ in _NO_SPEAKER or subject.head.tag_ in ("EX", "WDT", "WP"):
        return None
    content = _content(doc, verb, subject, words)
    if content is None and lemma not in (
        "comment",
        "decline",
        "respond",
        "reply",
        "answer",
        "refer",
        "accuse",
        "deny",
        "reject",
        "announce",
        "confirm",
        "dismiss",
        "describe",
        "call",
        "assess",
        "measure",
        "put",
        "blame",
    ):
        return None
    if lemma in ("call", "put", "hold", "hear", "show", "find", "rule", "measure", "fear") and content is None:
        return None
    spans = (content,) if content is not None else ()
    return Attribution(source=(subject.span,), cue=tuple(_joined(cue)), content=spans, confidence=_CONFIDENCE)


def _told_by(doc: Doc, verb: Token, words: SourceWords, lemma: str) -> Attribution | None:
    """ "Investors were told by the bank that ..."."""
    agent = next(
        (child for child in verb.children if child.dep_ in ("obl:agent", "obl") and any(c.lower_ == "by" for c in child.children)), None
    )
    if agent is None or lemma not in words.addressee_object:
        return None
    content = _complement(doc, verb)
    if content is None:
        return None
    return Attribution(
        source=(phrase(agent).span,), cue=(Span(verb.idx, verb.idx + len(verb)),), content=(content,), confidence=_CONFIDENCE
    )


def _withheld(verb: Token) -> Token | None:
    """The finite verb of "declined to comment", "would not say", "could not confirm"."""
    if verb.tag_ != "VB":
        return None
    head = verb.head
    if verb.dep_ == "xcomp" and head.lower_ in ("declined", "refused", "declines", "refuses", "unable", "able", "wanted", "asked"):
        return head
    aux = [child for child in verb.children if child.dep_ == "aux"]
    return (
        aux[0] if aux and aux[0].lower_ != "to" and not any(child.lower_ == "to" for child in verb.children if child.tag_ == "TO") else None
    )


def _subject(verb: Token) -> Phrase | None:
    word = verb
    for _ in range(3):
        for child in word.children:
            if child.dep_ in ("nsubj", "nsubj:pass") and child.i < verb.i:
                return phrase(child, verb.i)
        if word.dep_ in ("aux", "xcomp") or (word.dep_ == "conj" and word.head.tag_.startswith("VB")):
            word = word.head
        else:
            break
    return _beside(verb)


def _beside(verb: Token) -> Phrase | None:
    """A speaker right before the verb, after a comma or at the start: ", the agency said", where the tree lost it."""
    doc, i = verb.doc, verb.i - 1
    while i > 0 and (doc[i].lower_ in _AUXILIARIES or doc[i].tag_ == "RB"):
        i -= 1
    if i < 0 or doc[i].tag_ not in ("NN", "NNS", "NNP", "NNPS", "PRP"):
        return None
    found = phrase(doc[i], verb.i)
    before = doc[found.first - 1] if found.first else None
    opens = before is None or doc[found.first].is_sent_start or before.is_punct or before.lower_ in ("and", "but", "as") or before.is_space
    return found if opens else None


def _inverted(doc: Doc, verb: Token) -> Phrase | None:
    """The speaker behind the verb after a quotation: '"...," said the mayor'."""
    if verb.i == 0 or verb.i + 1 >= len(doc):
        return None
    before = doc[verb.i - 1]
    if before.text not in _QUOTES and before.text not in (",", "?", "!", "”"):
        return None
    end = sentence_bounds(doc, verb.i)[1]
    found = next_phrase(doc, verb.i + 1, end)
    return found if found is not None and found.first <= verb.i + 2 else None


def _content(doc: Doc, verb: Token, subject: Phrase, words: SourceWords) -> Span | None:
    complement = _complement(doc, verb)
    if complement is not None:
        return complement
    first, end = sentence_bounds(doc, verb.i)
    start = min(subject.first, verb.i)
    if start - first >= 3 and (doc[start - 1].is_punct or doc[start - 1].text in _QUOTES):
        return _trimmed(doc, first, start)
    if start == first and first >= 3 and doc[first - 1].text in _QUOTES:
        before = sentence_bounds(doc, first - 1)[0]
        return _trimmed(doc, before, first)
    after = max(subject.last, verb.i) + 1
    if after < end and (doc[after].lower_ == "that" or doc[after].text in (":", ",") or doc[after].text in _QUOTES) and end - after > 3:
        return _trimmed(doc, after + (doc[after].text in (":", ",")), end)
    told = next_phrase(doc, verb.i + 1, end)
    if told is not None and verb.i < told.last < end - 3 and words.verbs.get(verb.lower_) in words.addressee_object:
        return _trimmed(doc, told.last + 1, end)
    if any(doc[j].tag_ in ("VBD", "VBZ", "VBP", "MD") for j in range(after, end)) and verb.tag_ != "VB":
        return _trimmed(doc, after, end)
    return None


def _complement(doc: Doc, verb: Token) -> Span | None:
    for child in verb.children:
        if child.dep_ in ("ccomp", "xcomp", "csubj") and child.tag_ not in ("IN",):
            first, last = child.left_edge.i, child.right_edge.i
            if first <= verb.i <= last:
                continue
            return _trimmed(doc, first, last + 1)
    return None


def _trimmed(doc: Doc, first: int, end: int) -> Span | None:
    """The words without commas, spaces and the full stop at their edges."""
    while first < end and (doc[first].text in (",", ";", ":") or doc[first].is_space):
        first += 1
    while end > first and (doc[end - 1].text in (",", ";", ".") or doc[end - 1].is_space):
        end -= 1
    if end <= first:
        return None
    last = doc[end - 1]
    return Span(doc[first].idx, last.idx + len(last))


def _according(doc: Doc, token: Token) -> Attribution | None:
    first, end = sentence_bounds(doc, token.i)
    source = next_phrase(doc, token.i + 2, end)
    if source is None or source.head.lower_ in ("plan", "schedule", "law", "tradition", "rules"):
        return None
    source = conjuncts(source, end)[0]
    cue = Span(token.idx, doc[token.i + 1].idx + 2)
    if token.i - first > 3:
        content = _trimmed(doc, first, token.i)
    else:
        after = next((j for j in range(source.last + 1, end) if doc[j].text == ","), None)
        content = _trimmed(doc, after, end) if after is not None else None
    if content is None:
        return None
    return Attribution(source=(source.span,), cue=(cue,), content=(content,), confidence=_CONFIDENCE)


def _no_comment(doc: Doc, token: Token) -> Attribution | None:
    verb = next(
        (doc[j] for j in range(token.i - 1, max(token.i - 6, -1), -1) if doc[j].lower_ in ("had", "has", "have", "gave", "made")), None
    )
    if verb is None:
        return None
    subject = _subject(verb)
    if subject is None or subject.head.lower_ in _NO_SPEAKER or subject.head.tag_ == "EX":
        return None
    return Attribution(source=(subject.span,), cue=(Span(verb.idx, token.idx + len(token)),), attitude="refusal", confidence=_CONFIDENCE)


def _joined(cue: list[Token]) -> list[Span]:
    ordered = sorted({token.i: token for token in cue}.values(), key=lambda token: token.i)
    if len(ordered) == 2 and ordered[1].i - ordered[0].i <= 3:
        return [Span(ordered[0].idx, ordered[1].idx + len(ordered[1]))]
    return [Span(token.idx, token.idx + len(token)) for token in ordered]
