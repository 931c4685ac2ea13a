"""Attributions that plain rules see where none was found: a subject with an unmistakable verb of saying, or "according to".

Only precise patterns stand here. Spans are characters; the confidence is that of the rules on own passages.
"""

from __future__ import annotations

from collections.abc import Sequence

from spacy.tokens import Doc, Token

from sightline.extract.sources.links import next_phrase, sentence_bounds
from sightline.extract.sources.phrases import Phrase, conjuncts, phrase
from sightline.extract.sources.words import SourceWords, source_words
from sightline.types import Attribution, Span

_CONFIDENCE = 0.6
_QUOTES = frozenset(('"', "“", "”", "``", "''"))
_NO_SPEAKER = frozenset(
    ("it", "that", "this", "which", "there", "what", "who", "these", "those", "nobody", "none", "someone", "anyone", "everyone", "we", "i", "you", "one", "jury")
)
_FINITE = frozenset(("VBD", "VBZ", "VBP", "MD"))
_OPENERS = frozenset(("WP", "WDT", "WRB", "VBG", "VBN", "DT", "NN", "NNS", "NNP", "NNPS", "JJ", "IN", "RB", "CD", "PRP$"))
#: Verbs whose plain object is what they report ("put the depth at ten kilometres", "warned of a surge").
_WITH_OBJECT = frozenset(
    ("report", "warn", "put", "confirm", "announce", "predict", "estimate", "claim", "deny", "reject", "forecast", "blame", "accuse", "describe", "call", "assess",
     "measure", "dismiss", "acknowledge", "reveal", "threaten", "promise", "suggest", "admit", "show", "refer")
)
_WITHOUT_CONTENT = frozenset(("comment", "decline", "respond", "reply", "answer", "refer", "verify"))
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
            made = _according(doc, token, 2)
        elif lower == "per" and token.is_sent_start:
            made = _according(doc, token, 1)
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
        subject = _subject(governed, words) or _over_insertion(doc, governed)
        cue = [governed, verb]
    else:
        subject = _parenthetical(doc, verb) or _subject(verb, words) or _over_insertion(doc, verb) or _inverted(doc, verb) or _clause_initial(doc, verb)
        cue = [verb]
    if subject is None or subject.head.lower_ in _NO_SPEAKER or subject.head.tag_ in ("EX", "WDT", "WP"):
        return None
    content = _content(doc, verb, subject, words) or (_object(doc, verb) if lemma in _WITH_OBJECT else None)
    if content is None and lemma not in _WITHOUT_CONTENT:
        return None
    spans = (content,) if content is not None else ()
    return Attribution(source=(subject.span,), cue=tuple(_joined(cue)), content=spans, confidence=_CONFIDENCE)


def _told_by(doc: Doc, verb: Token, words: SourceWords, lemma: str) -> Attribution | None:
    """ "Investors were told by the bank that ..."."""
    if lemma in ("confirm", "deny", "announce", "reveal", "report"):
        return _confirmed_by(doc, verb)
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


def _confirmed_by(doc: Doc, verb: Token) -> Attribution | None:
    """ "The deal was confirmed by two lawyers"."""
    agent = next((child for child in verb.children if child.dep_ in ("obl:agent", "obl") and any(c.lower_ == "by" for c in child.children)), None)
    subject = next((child for child in verb.children if child.dep_ == "nsubj:pass"), None)
    if agent is None or subject is None or agent.i < verb.i:
        return None
    content = _trimmed(doc, subject.left_edge.i, subject.right_edge.i + 1)
    cue = (Span(verb.idx, verb.idx + len(verb)),)
    return Attribution(source=(phrase(agent).span,), cue=cue, content=(content,) if content else (), confidence=_CONFIDENCE)


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


def _subject(verb: Token, words: SourceWords) -> Phrase | None:
    """The subject by the tree; a second reporting verb takes that of the reporting verb above it ("said ... and warned")."""
    for child in verb.children:
        if child.dep_ in ("nsubj", "nsubj:pass") and child.i < verb.i:
            return phrase(child, verb.i)
    word = verb
    for _ in range(4):
        joined = word.dep_ in ("conj", "parataxis") and word.head.tag_.startswith("VB")
        if not (word.dep_ in ("aux", "xcomp", "ccomp") or joined) or word.head == word:
            break
        word = word.head
        if word.i > verb.i or (word.lower_ not in words.verbs and joined and word.dep_ == "ccomp"):
            continue
        for child in word.children:
            if child.dep_ in ("nsubj", "nsubj:pass") and child.i < word.i <= verb.i:
                return phrase(child, verb.i)
    return _beside(verb)


def _parenthetical(doc: Doc, verb: Token) -> Phrase | None:
    """A speaker and verb between commas: "The mosaic, archaeologists say, dates ..."."""
    if verb.i + 1 >= len(doc) or doc[verb.i + 1].text not in (",", "."):
        return None
    found = _beside(verb)
    return found if found is not None and found.first and doc[found.first - 1].text in (",", "”", '"') else None


def _over_insertion(doc: Doc, verb: Token) -> Phrase | None:
    """The speaker before an insertion that a comma closes: "The owner, who asked not to be named, said"."""
    i = verb.i - 1
    while i > 0 and (doc[i].lower_ in _AUXILIARIES or doc[i].tag_ == "RB"):
        i -= 1
    if i < 2 or doc[i].text not in (",", "–", "—", ")"):
        return None
    first = sentence_bounds(doc, verb.i)[0]
    for j in range(i - 1, first, -1):
        if doc[j].text not in (",", "–", "—", "(") or doc[j + 1].tag_ not in _OPENERS or doc[j - 1].tag_ not in ("NN", "NNS", "NNP", "NNPS", "PRP"):
            continue
        found = phrase(doc[j - 1], j)
        if found.first <= first or doc[found.first - 1].text in _QUOTES or doc[found.first - 1].text in (",", ":") or doc[found.first - 1].lower_ in ("and", "but"):
            return found
    return None


def _clause_initial(doc: Doc, verb: Token) -> Phrase | None:
    """The noun phrase that opens the sentence, with no finite verb but a relative one before this: "Four residents reached by phone said"."""
    first, end = sentence_bounds(doc, verb.i)
    if verb.i - first > 16:
        return None
    found = next_phrase(doc, first, verb.i, verb.i)
    if found is None or found.first > first + 1:
        return None
    between = [doc[k] for k in range(found.last + 1, verb.i)]
    finite = sum(token.tag_ in _FINITE for token in between)
    relative = sum(token.tag_ in ("WP", "WDT") for token in between)
    return found if between and finite <= 2 * relative and not any(token.text in _QUOTES for token in between) else None


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
    if before.text not in _QUOTES and before.text not in (",", "?", "!"):
        return None
    end = sentence_bounds(doc, verb.i)[1]
    found = next_phrase(doc, verb.i + 1, end)
    if found is None or found.first > verb.i + 2:
        return None
    after = doc[found.last + 1] if found.last + 1 < len(doc) else None
    clause = after is not None and (after.tag_ in _FINITE or after.lower_ in ("of", "that", "has", "had", "not"))
    return None if clause else found


def _content(doc: Doc, verb: Token, subject: Phrase, words: SourceWords) -> Span | None:
    first, end = sentence_bounds(doc, verb.i)
    start = min(subject.first, verb.i)
    trailing = end - verb.i <= 8 and start - first > 6 and doc[start - 1].text == ","
    complement = None if trailing and _complement_after(verb) is None else _complement(doc, verb)
    if complement is not None and not (trailing and complement.start > doc[first].idx + 1 and complement.end <= doc[start].idx):
        return complement
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


def _complement_after(verb: Token) -> Token | None:
    return next((child for child in verb.children if child.dep_ in ("ccomp", "xcomp") and child.i > verb.i), None)


def _object(doc: Doc, verb: Token) -> Span | None:
    """The object, or what "warned of" and the like are about."""
    for child in verb.children:
        if child.i > verb.i and child.dep_ in ("obj", "obl"):
            return _trimmed(doc, child.left_edge.i, child.right_edge.i + 1)
    end = sentence_bounds(doc, verb.i)[1]
    return _trimmed(doc, verb.i + 1, end) if end - verb.i > 3 else None


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


def _according(doc: Doc, token: Token, length: int) -> Attribution | None:
    """ "According to the ministry, ..." and "..., according to the ministry"; ``length`` is the cue's in words."""
    first, end = sentence_bounds(doc, token.i)
    source = next_phrase(doc, token.i + length, end)
    if source is None or source.head.lower_ in ("plan", "schedule", "law", "tradition", "rules"):
        return None
    source = conjuncts(source, end)[0]
    last = doc[token.i + length - 1]
    cue = Span(token.idx, last.idx + len(last))
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
    subject = _subject(verb, source_words())
    if subject is None or subject.head.lower_ in _NO_SPEAKER or subject.head.tag_ == "EX":
        return None
    return Attribution(source=(subject.span,), cue=(Span(verb.idx, token.idx + len(token)),), attitude="refusal", confidence=_CONFIDENCE)


def _joined(cue: list[Token]) -> list[Span]:
    ordered = sorted({token.i: token for token in cue}.values(), key=lambda token: token.i)
    if len(ordered) == 2 and ordered[1].i - ordered[0].i <= 3:
        return [Span(ordered[0].idx, ordered[1].idx + len(ordered[1]))]
    return [Span(token.idx, token.idx + len(token)) for token in ordered]
