"""On which side of the report's date a time lies, by the verb that it modifies.

The parse is climbed from the time to its verb; the verb's auxiliaries and tag tell the tense. Without a parse the tagged words of the
sentence around it are asked, and without tags the plain words.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from sightline.extract.times.words import table

if TYPE_CHECKING:
    from spacy.tokens import Doc, Span, Token

SURELY_PAST, PAST, UNKNOWN, FUTURE, SURELY_FUTURE = -2, -1, 0, 1, 2
_VERBAL = ("VERB", "AUX")
_END = re.compile(r"[.!?\n][\s\"”’]")


@cache
def _words(name: str) -> frozenset[str]:
    rows = table("tense.toml")
    text = rows["near"][name[5:]] if name.startswith("near ") else rows[name]
    return frozenset(text.split())


def direction(doc: Doc, start: int, end: int) -> int:
    """From -2 (surely past) to 2 (surely future) for the time at these characters; 0 when nothing tells."""
    span = doc.char_span(start, end, alignment_mode="expand")
    if span is None or not len(span):
        return UNKNOWN
    if not doc.has_annotation("DEP"):
        return _by_words(doc, span)
    return of_span(span)


def of_span(span: Span) -> int:
    """The same for a span of a parsed text."""
    token = span.root
    for before in _before(span):
        if before.lower_ in _words("until"):
            governed = _climb(token)
            return governed if governed <= SURELY_PAST else max(FUTURE, governed)
        if before.lower_ == "since":
            return SURELY_PAST
        if before.lower_ in ("ended", "dated"):
            return SURELY_PAST
        if before.lower_ in ("due", "effective", "payable", "expires", "expire"):
            return FUTURE
        break
    told = _climb(token)
    if token.head.pos_ == "NOUN" and token.dep_ in ("compound", "nmod:poss", "nmod:unmarked", "nmod:desc", "amod"):
        return told - (told > 0) + (told < 0)
    return told


def _before(span: Span) -> list[Token]:
    """The word before the span, over an article."""
    index = span.start - 1
    doc = span.doc
    if index >= 0 and doc[index].lower_ in ("the", "a", "last", "next"):
        index -= 1
    return [doc[index]] if index >= 0 else []


def _climb(token: Token) -> int:
    for _ in range(8):
        if token.pos_ in _VERBAL and token.tag_ != "MD":
            return tense(token)
        lower = token.lemma_.lower() or token.lower_
        if token.pos_ == "NOUN" and lower in _words("ahead_nouns"):
            return FUTURE
        if token.pos_ in ("ADJ", "ADV") and lower in _words("ahead"):
            return FUTURE
        if token.head.i == token.i:
            break
        token = token.head
    copula = next((child for child in token.children if child.dep_ in ("cop", "aux")), None)
    return tense(token) if copula is not None else UNKNOWN


def tense(verb: Token, depth: int = 0) -> int:
    """Direction of a verb (or a copular predicate) by its auxiliaries, its tag and the verb that governs it."""
    helpers = [child for child in verb.children if child.dep_ in ("aux", "aux:pass", "auxpass", "cop")]
    words = {helper.lower_ for helper in helpers}
    if words & _words("will"):
        return SURELY_FUTURE
    if words & _words("would") and not words & {"have", "'ve", "’ve"}:
        return FUTURE
    lemma = verb.lemma_.lower() or verb.lower_
    ahead = lemma in _words("ahead")
    past = any(helper.tag_ == "VBD" for helper in helpers)
    if verb.tag_ == "VBD":
        return PAST if ahead and any(child.dep_ == "xcomp" for child in verb.children) else SURELY_PAST
    if verb.tag_ == "VBN" or (helpers and verb.tag_ in ("JJ", "NN", "NNS", "NNP", "RB", "IN", "CD")):
        return _participle(verb.tag_, words, lemma, past)
    if verb.tag_ in ("VB", "VBG", "TO") or verb.dep_ == "xcomp":
        return _bare(verb, words, lemma, past, depth)
    if verb.tag_ in ("VBZ", "VBP"):
        return _present(verb, lemma)
    return SURELY_PAST if past else UNKNOWN


def _participle(tag: str, helpers: set[str], lemma: str, past: bool) -> int:
    """A past participle or a copular predicate: "was signed", "has left", "is expected", "the deal signed"."""
    ahead = lemma in _words("ahead")
    if past:
        return UNKNOWN if ahead else SURELY_PAST
    if helpers & {"have", "has", "'ve", "’ve", "having"}:
        return SURELY_PAST
    if ahead:
        return FUTURE
    return PAST if not helpers or (tag == "VBN" and lemma in _words("reporting")) else UNKNOWN


def _bare(verb: Token, helpers: set[str], lemma: str, past: bool, depth: int) -> int:
    """An infinitive or a participle in -ing: "did not leave", "is leaving", "is to leave", "plans to leave"."""
    if "did" in helpers or (verb.tag_ == "VBG" and past):
        return SURELY_PAST
    if verb.tag_ == "VBG" and helpers & _words("is"):
        return FUTURE
    marked = any(child.tag_ == "TO" for child in verb.children)
    if verb.tag_ == "VB" and marked and helpers & _words("is"):
        return FUTURE
    if verb.tag_ == "VB" and not marked and not helpers and any(child.dep_.startswith("nsubj") for child in verb.children):
        return _present(verb, lemma)
    return _under(verb, depth)


def _under(verb: Token, depth: int) -> int:
    """An infinitive or participle lies where its governor puts it."""
    head = verb.head
    if head.i == verb.i or depth > 4:
        return UNKNOWN
    lemma = head.lemma_.lower() or head.lower_
    infinitive = verb.tag_ == "VB"
    if infinitive and (lemma in _words("ahead") or lemma in _words("ahead_nouns")):
        past = head.tag_ == "VBD" or any(
            child.tag_ == "VBD" for child in head.children if child.dep_.startswith("aux") or child.dep_ == "cop"
        )
        return FUTURE if not past else UNKNOWN if lemma in ("schedule", "set", "due", "expect", "slate", "plan") else FUTURE
    if head.pos_ in _VERBAL:
        above = tense(head, depth + 1)
        return above if not infinitive or above != SURELY_PAST else PAST
    if infinitive and head.pos_ in ("NOUN", "ADJ"):
        return FUTURE
    return _under(head, depth + 1) if head.head.i != head.i else UNKNOWN


def _present(verb: Token, lemma: str) -> int:
    """Present tense: what was just reported, or what the headline tells, else what is arranged."""
    if lemma in _words("reporting"):
        return PAST
    if lemma in ("be", "have", "do", "seem", "remain", "include", "mean", "show") or verb.pos_ == "AUX":
        return UNKNOWN
    sentence = verb.sent
    last = sentence[-1]
    if sentence.start == 0 and last.lower_ not in (".", "!", "?", '"', "”") and len(sentence) < 25:
        return PAST
    return FUTURE


def _by_words(doc: Doc, span: Span) -> int:
    """Without a parse: the nearest telling word of the sentence, words before it counting half as far."""
    text = doc.text
    start, end = span.start_char, span.end_char
    before = text[max(0, start - 110) : start]
    cut = [found.end() for found in _END.finditer(before)]
    before = before[cut[-1] :] if cut else before
    after = text[end : end + 80]
    stop = _END.search(after)
    after = after[: stop.start()] if stop else after
    best, distance = UNKNOWN, 1000.0
    for words, factor in ((re.findall(r"[\w'’]+", before)[::-1], 0.5), (re.findall(r"[\w'’]+", after), 1.0)):
        for steps, word in enumerate(words, 1):
            side = _side(word.lower())
            if side != UNKNOWN and steps * factor < distance:
                best, distance = side, steps * factor
                break
    if before.rstrip().lower().endswith((" until", " by")) and best != PAST:
        return FUTURE
    return best


def _side(word: str) -> int:
    if word in _words("near ahead") or word in _words("will"):
        return FUTURE
    if word in _words("near past") or (word.endswith("ed") and len(word) > 4):
        return PAST
    return UNKNOWN
