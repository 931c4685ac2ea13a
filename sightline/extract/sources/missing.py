"""Attributions that plain rules see where none was found: a subject with an unmistakable verb of saying, or "according to".

Only precise patterns stand here. Spans are characters; the confidence is that of the rules on own passages.
"""

from __future__ import annotations

from collections.abc import Sequence

from spacy.tokens import Doc, Token

from sightline.extract.columns import columns
from sightline.extract.sources.contents import before_closing, complement_of, content_of, object_of, trimmed
from sightline.extract.sources.links import next_phrase, sentence_bounds
from sightline.extract.sources.phrases import Phrase, conjuncts, phrase
from sightline.extract.sources.speakers import by_tree, over_insertion, speaker_of
from sightline.extract.sources.words import SourceWords, source_words
from sightline.types import Attribution, SourceKind, Span

_OPENING = frozenset('“"«„')
_CLOSING = frozenset('”"»“')
_CONFIDENCE = 0.6
_NO_SPEAKER = frozenset(
    (
        "it",
        "that",
        "this",
        "which",
        "there",
        "what",
        "who",
        "these",
        "those",
        "nobody",
        "none",
        "someone",
        "anyone",
        "everyone",
        "we",
        "i",
        "you",
        "one",
        "jury",
    )
)
#: Verbs whose plain object is what they report ("put the depth at ten kilometres", "warned of a surge").
_WITH_OBJECT = frozenset(
    (
        "report",
        "warn",
        "put",
        "confirm",
        "announce",
        "predict",
        "estimate",
        "claim",
        "deny",
        "reject",
        "forecast",
        "blame",
        "accuse",
        "describe",
        "call",
        "assess",
        "measure",
        "dismiss",
        "acknowledge",
        "reveal",
        "threaten",
        "promise",
        "suggest",
        "admit",
        "show",
        "refer",
    )
)
#: Words by which a rule may add to what a model found.
_SURE = frozenset(
    (
        "say",
        "tell",
        "report",
        "announce",
        "confirm",
        "deny",
        "declare",
        "decline",
        "comment",
        "respond",
        "verify",
        "according",
        "per",
        "declare",
    )
)
#: Verbs that report only with a clause behind them.
_WITH_CLAUSE = frozenset(("find", "show", "rule", "hold", "believe", "expect", "fear", "hope", "think", "assume", "consider"))
_WITHOUT_CONTENT = frozenset(("comment", "decline", "respond", "reply", "answer", "refer", "verify"))


def missing(doc: Doc, places: Sequence[int], found: Sequence[Attribution], words: SourceWords) -> list[Attribution]:
    """Attributions by rule whose cue no found attribution's cue overlaps; ``places`` are the tokens to look at."""
    taken = sorted((span for attribution in found for span in attribution.cue), key=lambda span: span.start)
    held = [span for attribution in found for span in attribution.content]
    text = columns(doc).text
    out: list[Attribution] = []
    for i in places:
        token = doc[i]
        lower = token.lower_
        if lower in words.seeing:
            made = _observed(doc, token, words) if token.tag_ in ("VBD", "VBN", "VBP", "VBZ") else None
        elif words.verbs.get(lower) in words.plain and token.tag_ in ("VBD", "VBZ", "VBP", "VB", "VBG", "VBN"):
            made = _by_verb(doc, text, token, words)
        elif lower == "according" and token.i + 1 < len(doc) and doc[token.i + 1].lower_ == "to":
            made = _according(doc, token, 2)
        elif lower == "per" and token.is_sent_start:
            made = _according(doc, token, 1)
        elif lower in words.no_comment and token.i and doc[token.i - 1].lower_ == "no":
            made = _no_comment(doc, token)
        else:
            continue
        if (
            made is not None
            and not any(cue.overlaps(span) for cue in made.cue for span in taken)
            and (not found or _sure(made, words.verbs.get(lower, lower), held))
        ):
            out.append(made)
    return out


def _sure(made: Attribution, lemma: str, held: Sequence[Span]) -> bool:
    """Whether a rule may add to what a model found: plain words of saying outside all found contents."""
    if lemma not in _SURE and made.attitude != "observation":
        return False
    first = made.cue[0]
    return not any(span.start <= first.start < span.end for span in held)


def _by_verb(doc: Doc, text: str, verb: Token, words: SourceWords) -> Attribution | None:
    lemma = words.verbs[verb.lower_]
    if _elsewhere(doc, verb, lemma, words):
        return None
    if any(child.dep_ == "aux:pass" for child in verb.children):
        return _told_by(doc, verb, words, lemma)
    if verb.tag_ in ("VB", "VBG"):
        governed = _withheld(verb)
        if governed is None:
            return None
        subject = by_tree(verb if governed.dep_ in ("aux", "aux:pass") else governed, words) or over_insertion(doc, governed)
        cue = [governed, verb]
    else:
        subject = speaker_of(doc, verb, words)
        cue = [verb]
    if subject is None or not _can_speak(subject):
        return None
    clause = complement_of(doc, verb)
    that = verb.i + 1 < len(doc) and doc[verb.i + 1].lower_ == "that"
    if lemma in _WITH_CLAUSE and clause is None and not that:
        return None
    if verb.tag_ == "VBN" and not _finite_enough(verb, lemma):
        return None
    if lemma == "call" and verb.i + 1 < len(doc) and doc[verb.i + 1].tag_ == "PRP":
        return None
    content = content_of(doc, verb, subject, words) or (object_of(doc, verb) if lemma in _WITH_OBJECT else None)
    if content is None and lemma == "say":
        content = before_closing(doc, verb)
    if content is None and lemma not in _WITHOUT_CONTENT:
        return None
    spans = (content,) if content is not None else ()
    kind = _manner([span.of(text).strip(" ,") for span in spans])
    return Attribution(source=(subject.span,), cue=tuple(_joined(cue)), content=spans, kind=kind, confidence=_CONFIDENCE)


def _manner(contents: Sequence[str]) -> str:
    """``direct`` where every fragment is all quotation, ``mixed`` where there is some, else ``indirect``."""
    if contents and all(text[:1] in _OPENING and text[-1:] in _CLOSING for text in contents):
        return "direct"
    return "mixed" if any(mark in text for text in contents for mark in _OPENING) else "indirect"


def _can_speak(noun: Phrase) -> bool:
    """Whether a subject can be a source, and is not already one ("according to sources reported to the agency")."""
    head, doc = noun.head, noun.head.doc
    if head.lower_ in _NO_SPEAKER or head.tag_ not in ("NN", "NNS", "NNP", "NNPS", "PRP", "CD", "DT", "JJ", "FW", "VBN"):
        return False
    return not (noun.first >= 2 and doc[noun.first - 2].lower_ == "according" and doc[noun.first - 1].lower_ == "to")


def _observed(doc: Doc, verb: Token, words: SourceWords) -> Attribution | None:
    """ "Intelligence agencies spotted a train", "a train was spotted by hikers": seen by those whose seeing is news."""
    passive = any(child.dep_ == "aux:pass" for child in verb.children)
    if passive:
        agent = next(
            (c for c in verb.children if c.dep_ in ("obl:agent", "obl") and c.i > verb.i and any(b.lower_ == "by" for b in c.children)),
            None,
        )
        seer = phrase(agent) if agent is not None else None
    else:
        seer = by_tree(verb, words)
    if seer is None or not _watches(seer, words):
        return None
    if passive:
        theme = next((child for child in verb.children if child.dep_ == "nsubj:pass"), None)
        parts = [trimmed(doc, theme.left_edge.i, theme.right_edge.i + 1)] if theme is not None else []
        parts.append(trimmed(doc, seer.last + 1, sentence_bounds(doc, verb.i)[1]))
    else:
        parts = [object_of(doc, verb)]
    content = tuple(part for part in parts if part is not None)
    cue = (Span(verb.idx, verb.idx + len(verb)),)
    return Attribution(source=(seer.span,), cue=cue, content=content, attitude="observation", confidence=_CONFIDENCE)


def _watches(noun: Phrase, words: SourceWords) -> bool:
    kind = words.persons.get(noun.head.lower_)
    if kind in (SourceKind.WITNESS, SourceKind.OUTLET, SourceKind.INTELLIGENCE, SourceKind.EXPERT):
        return noun.head.tag_ != "NNP"
    intelligence = any(token.lower_ in ("intelligence", "spy") for token in noun.tokens)
    return (intelligence and noun.head.lower_ in words.bodies) or noun.head.lower_ in ("agencies", "satellites")


def _elsewhere(doc: Doc, verb: Token, lemma: str, words: SourceWords) -> bool:
    """Verbs that another word reports for: "quoted by", and "declined" before "to comment"."""
    i = verb.i + 1
    if i + 1 >= len(doc):
        return False
    if doc[i].lower_ == "by" and verb.tag_ in ("VBN", "VBD") and lemma not in ("confirm", "deny", "announce", "reveal", "report"):
        return not any(child.dep_ == "aux:pass" for child in verb.children)
    return lemma in ("decline", "refuse") and doc[i].lower_ == "to" and words.verbs.get(doc[i + 1].lower_, "") in words.plain


def _finite_enough(verb: Token, lemma: str) -> bool:
    """Whether a past participle is really a verb of saying: after "have", or with a subject of its own and no belief's passive."""
    if any(child.lower_ in ("has", "have", "had", "having") for child in verb.children if child.dep_ == "aux"):
        return True
    return lemma not in _WITH_CLAUSE and any(child.dep_ == "nsubj" for child in verb.children)


def _told_by(doc: Doc, verb: Token, words: SourceWords, lemma: str) -> Attribution | None:
    """ "Investors were told by the bank that ..."."""
    if lemma in ("confirm", "deny", "announce", "reveal", "report"):
        return _confirmed_by(doc, verb)
    agent = next(
        (child for child in verb.children if child.dep_ in ("obl:agent", "obl") and any(c.lower_ == "by" for c in child.children)), None
    )
    if agent is None or lemma not in words.addressee_object:
        return None
    content = complement_of(doc, verb)
    if content is None:
        return None
    return Attribution(
        source=(phrase(agent).span,), cue=(Span(verb.idx, verb.idx + len(verb)),), content=(content,), confidence=_CONFIDENCE
    )


def _confirmed_by(doc: Doc, verb: Token) -> Attribution | None:
    """ "The deal was confirmed by two lawyers"."""
    agent = next(
        (child for child in verb.children if child.dep_ in ("obl:agent", "obl") and any(c.lower_ == "by" for c in child.children)), None
    )
    subject = next((child for child in verb.children if child.dep_ == "nsubj:pass"), None)
    if agent is None or subject is None or agent.i < verb.i:
        return None
    content = trimmed(doc, subject.left_edge.i, subject.right_edge.i + 1)
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


def _according(doc: Doc, token: Token, length: int) -> Attribution | None:
    """ "According to the ministry, ..." and "..., according to the ministry"; ``length`` is the cue's in words."""
    first, end = sentence_bounds(doc, token.i)
    source = next_phrase(doc, token.i + length, end)
    if source is None or source.head.lower_ in ("plan", "schedule", "law", "tradition", "rules"):
        return None
    source = conjuncts(source, end)[0]
    commas = [j for j in (token.i - 1, source.last + 1) if first < j < end and doc[j].text == ","]
    last = doc[token.i + length - 1]
    cue = Span(token.idx, last.idx + len(last))
    rest = None
    if token.i - first > 3:
        content = trimmed(doc, first, token.i)
        if len(commas) == 2 and end - commas[1] > 2:
            rest = trimmed(doc, commas[1], end)
    else:
        after = next((j for j in range(source.last + 1, end) if doc[j].text == ","), None)
        content = trimmed(doc, after, end) if after is not None else None
    if content is None:
        return None
    return Attribution(source=(source.span,), cue=(cue,), content=(content, rest) if rest else (content,), confidence=_CONFIDENCE)


def _no_comment(doc: Doc, token: Token) -> Attribution | None:
    verb = next(
        (doc[j] for j in range(token.i - 1, max(token.i - 6, -1), -1) if doc[j].lower_ in ("had", "has", "have", "gave", "made")), None
    )
    if verb is None:
        return None
    subject = by_tree(verb, source_words())
    if subject is None or subject.head.lower_ in _NO_SPEAKER or subject.head.tag_ == "EX":
        return None
    return Attribution(source=(subject.span,), cue=(Span(verb.idx, token.idx + len(token)),), attitude="refusal", confidence=_CONFIDENCE)


def _joined(cue: list[Token]) -> list[Span]:
    ordered = sorted({token.i: token for token in cue}.values(), key=lambda token: token.i)
    if len(ordered) == 2 and ordered[1].i - ordered[0].i <= 3:
        return [Span(ordered[0].idx, ordered[1].idx + len(ordered[1]))]
    return [Span(token.idx, token.idx + len(token)) for token in ordered]
