"""People by their role: minister, analyst, "a source in the ministry", a spokesman who is of the kind of the body he speaks for."""

from __future__ import annotations

from spacy.tokens import Token

from sightline.extract.sources.bodies import body_kind, of_actor
from sightline.extract.sources.phrases import Phrase
from sightline.extract.sources.words import SourceWords
from sightline.types import Actor, SourceKind

SPEAKS_AS = {
    SourceKind.GOVERNMENT: SourceKind.OFFICIAL,
    SourceKind.AGENCY: SourceKind.AGENCY,
}
_BODIES = (SourceKind.INTELLIGENCE, SourceKind.COMPANY, SourceKind.ORGANISATION, SourceKind.GOVERNMENT)


def role_kind(token: Token, noun: Phrase, words: SourceWords, body: Actor | None) -> SourceKind | None:
    """The kind of the role that ``token`` names within the phrase, if it names one."""
    lower = token.lower_
    if lower in ("office", "offices"):
        named = _body_in(noun, words, body, token)
        return SourceKind.GOVERNMENT if named in (None, SourceKind.OUTLET) else named
    if lower in words.persons:
        kind = words.persons[lower]
        if kind is SourceKind.UNKNOWN:
            return _of_sources(noun, words, body)
        named = _body_in(noun, words, body, token)
        if lower in words.by_body and named in _BODIES and not (named is SourceKind.COMPANY and lower.startswith("official")):
            return SPEAKS_AS.get(named, named)
        if kind is SourceKind.OFFICIAL and named is SourceKind.INTELLIGENCE:
            return named
        if named is SourceKind.ORGANISATION and lower.rstrip("s") in ("commander", "leader", "fighter"):
            return named
        if lower.startswith("chair") and named in (SourceKind.ORGANISATION, SourceKind.GOVERNMENT):
            return SPEAKS_AS.get(named, named)
        return kind
    if lower in words.by_body:
        named = _body_in(noun, words, body, token)
        if named is not None:
            return SPEAKS_AS.get(named, named)
        return words.by_body[lower]
    return None


def _of_sources(noun: Phrase, words: SourceWords, body: Actor | None) -> SourceKind:
    """ "government sources", "a source in the ministry"; but "a source close to the ministry" is nobody's."""
    lowers = [token.lower_ for token in noun.tokens]
    for token in noun.tokens:
        if token.i < noun.head.i and token.lower_ in words.modifiers:
            return words.modifiers[token.lower_]
    if any(word in lowers for word in ("close", "familiar", "briefed", "knowledge", "insight", "aware")):
        return SourceKind.UNKNOWN
    behind = [token.lower_ for token in noun.tokens if token.i > noun.head.i]
    if behind and behind[0] in ("in", "within", "inside", "at", "from"):
        for word in reversed(behind):
            if word in words.modifiers:
                return words.modifiers[word]
            kind = body_kind(word, words)
            if kind is not None and word not in ("region", "province", "city", "country"):
                return SPEAKS_AS.get(kind, kind)
    return SourceKind.UNKNOWN


def _body_in(noun: Phrase, words: SourceWords, body: Actor | None, role: Token) -> SourceKind | None:
    """The kind of the body that a role belongs to: the name in the phrase, else the words beside it, a state last of all."""
    named = of_actor(body)
    if named is not None and body is not None and body.kind != "state":
        return named
    for token in _beside(noun, role):
        if token.text == "House":
            return SourceKind.GOVERNMENT
        kind = body_kind(token.lower_, words) if token.tag_ in ("NN", "NNS", "NNP", "NNPS", "JJ") else None
        if kind is SourceKind.AGENCY or token.lower_ in ("press", "news"):
            continue
        if kind is not None:
            return kind
    return named


def _beside(noun: Phrase, role: Token) -> list[Token]:
    """The words of the phrase in the order in which they tell the body: those behind the role from the head of the first
    phrase back, those behind that, then those before the role, nearest first."""
    behind = [token for token in noun.tokens if token.i > role.i]
    if behind and behind[0].tag_ == "IN":
        behind = behind[1:]
    cut = next((k for k, token in enumerate(behind) if token.tag_ in ("IN", "CC", ",")), len(behind))
    before = [token for token in noun.tokens if token.i < role.i]
    return [*reversed(behind[:cut]), *behind[cut:], *reversed(before)]
