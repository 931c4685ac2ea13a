"""Institutions: which words and names stand for a ministry, a company, an agency, a newsroom."""

from __future__ import annotations

from sightline.extract.sources.phrases import Phrase
from sightline.extract.sources.words import SourceWords
from sightline.types import Actor, SourceKind

#: Kinds that only say that the actor is a person or an organisation.
_LOOSE = ("person", "organisation", "unknown")
MEDIA = frozenset((SourceKind.AGENCY, SourceKind.OUTLET, SourceKind.STATE_MEDIA))


def of_actor(actor: Actor | None) -> SourceKind | None:
    """The kind that an actor's own record gives, if any."""
    if actor is None or actor.source_kind is None or (actor.source_kind in _LOOSE and actor.id.startswith("report:")):
        return None
    try:
        return SourceKind(actor.source_kind)
    except ValueError:
        return None


def body_kind(word: str, words: SourceWords) -> SourceKind | None:
    """The kind of institution that a word names, if any."""
    return words.bodies.get(word)


def document_kind(noun: Phrase, words: SourceWords, body: Actor | None) -> SourceKind:
    """A report by a newsroom is the newsroom; a video shared by users is theirs; any other paper is a document."""
    lowers = {token.lower_ for token in noun.tokens}
    media = of_actor(body)
    if noun.head.lower_ in ("report", "reports", "dispatch", "story", "article") and media in MEDIA and not lowers & {"obtained", "seen"}:
        return media
    if lowers & {"unconfirmed", "unverified", "conflicting"} and noun.head.lower_ == "reports":
        return SourceKind.UNKNOWN
    if "social" in lowers or lowers & words.channels:
        return SourceKind.SOCIAL_MEDIA
    return SourceKind.DOCUMENT


def agency_kind(noun: Phrase, words: SourceWords, actor: Actor | None, body: Actor | None) -> SourceKind:
    """News agencies, spy agencies and agencies of a state carry the same noun."""
    lowers = {token.lower_ for token in noun.tokens}
    if lowers & {"intelligence", "spy", "secret", "espionage"} or ("security" in lowers and noun.head.lower_.startswith("service")):
        return SourceKind.INTELLIGENCE
    known = of_actor(actor) or of_actor(body)
    if known in MEDIA:
        return known
    if "news" in lowers or "wire" in lowers:
        return SourceKind.STATE_MEDIA if lowers & words.state_modifiers else SourceKind.AGENCY
    before = [token for token in noun.tokens if token.i < noun.head.i and token.tag_ not in ("DT", "PRP$", "CD", "JJR", "POS")]
    places_only = bool(before) and all(
        token.ent_type_ in ("NORP", "LOC") or token.lower_ in ("several", "local", "foreign") for token in before
    )
    if noun.head.lower_ in ("agency", "agencies") and (not before or places_only):
        return SourceKind.AGENCY
    if (
        before
        and before[-1].tag_ == "NNP"
        and noun.head.lower_ == "agency"
        and before[-1].ent_type_ != "LOC"
        and noun.head.tag_ == "NN"
        and noun.last == noun.head.i
    ):
        return SourceKind.AGENCY
    if lowers & {"press", "emergency", "rescue", "fire"} or noun.head.lower_.startswith("agenc"):
        return SourceKind.GOVERNMENT if "anti-doping" not in lowers and "doping" not in lowers else SourceKind.ORGANISATION
    return known or SourceKind.ORGANISATION


def outlet_kind(noun: Phrase, words: SourceWords, body: Actor | None) -> SourceKind:
    """Newsroom, state media or a channel of social media."""
    lowers = {token.lower_ for token in noun.tokens}
    if lowers & words.channels and noun.head.lower_.startswith("channel"):
        return SourceKind.SOCIAL_MEDIA
    known = of_actor(body)
    if known in MEDIA:
        return known
    return SourceKind.STATE_MEDIA if lowers & words.state_modifiers else SourceKind.OUTLET


def word_kind(noun: Phrase, words: SourceWords) -> SourceKind | None:
    """The kind that a word inside a name gives: the last that says anything ("Foreign Ministry", "Daily Ledger")."""
    lowers = {token.lower_ for token in noun.tokens}
    if "intelligence" in lowers or lowers & {"spy"}:
        return SourceKind.INTELLIGENCE
    for token in sorted(noun.tokens, key=lambda t: (t.i > noun.head.i, -t.i)):
        if token.tag_ in ("DT", "POS", "IN", "CC"):
            continue
        lower = token.lower_
        if lower in ("agency",):
            return agency_kind(noun, words, None, None)
        kind = body_kind(lower, words)
        if kind is SourceKind.OUTLET:
            return outlet_kind(noun, words, None)
        if kind is not None and lower not in ("services", "service", "country", "region", "city", "province"):
            return kind
    if lowers & words.channels:
        return SourceKind.SOCIAL_MEDIA
    return None
