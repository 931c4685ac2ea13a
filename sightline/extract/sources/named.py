"""Sources called by a name: the kind their actor, title, apposition or the words of the name itself give."""

from __future__ import annotations

from sightline.extract.sources.bodies import agency_kind, body_kind, of_actor, outlet_kind, word_kind
from sightline.extract.sources.phrases import Phrase
from sightline.extract.sources.roles import SPEAKS_AS, role_kind
from sightline.extract.sources.words import SourceWords
from sightline.types import Actor, SourceKind

#: Legal forms that end the names of companies.
_LEGAL = frozenset(("ag", "inc", "ltd", "plc", "gmbh", "llc", "corp", "nv", "spa", "oyj", "asa", "pjsc"))


def named_kind(noun: Phrase, words: SourceWords, actor: Actor | None, body: Actor | None) -> SourceKind:
    """The kind of a source that stands by its name."""
    head = noun.head
    known = of_actor(actor)
    joint_chiefs = {"joint", "chiefs"} <= {token.lower_ for token in noun.tokens}
    if joint_chiefs or (known is SourceKind.OFFICIAL and body_kind(head.lower_, words) is SourceKind.GOVERNMENT):
        return SourceKind.GOVERNMENT
    loose = known is SourceKind.OFFICIAL and actor is not None and actor.id.startswith("report:")
    if known is not None and known not in (SourceKind.PERSON, SourceKind.UNKNOWN):
        title = _title_kind(noun, words, body) if loose else None
        return title if title in (SourceKind.COMPANY, SourceKind.ORGANISATION) else known
    if any(token.lower_.rstrip(".") in _LEGAL and token.text[0].isupper() for token in noun.tokens):
        return SourceKind.COMPANY
    apposed = _apposed_body(noun, words)
    if apposed is not None:
        return apposed
    title = _title_kind(noun, words, body)
    if title is not None and (head.ent_type_ in ("PER", "") or _person_word(noun, words)):
        return title
    person = actor is not None and actor.kind == "person"
    if head.ent_type_ == "PER" and (actor is None or person):
        return _introduced(noun, words, body) or SourceKind.PERSON
    if actor is not None and actor.kind == "state":
        return SourceKind.GOVERNMENT
    inside = word_kind(noun, words) or _introduced(noun, words, body)
    if inside is not None or person:
        return inside or SourceKind.PERSON
    if head.ent_type_ == "LOC":
        return SourceKind.GOVERNMENT
    if noun.first == noun.last and head.tag_ == "NNPS" and head.lower_ in words.persons:
        return words.persons[head.lower_]
    return SourceKind.ORGANISATION if head.ent_type_ in ("ORG", "NORP", "") and not _looks_personal(noun) else SourceKind.PERSON


def _apposed_body(noun: Phrase, words: SourceWords) -> SourceKind | None:
    """The kind of a common noun right before a name: "the tabloid Expressen", "the charity Sea-Eye"."""
    first = _name_start(noun, words)
    if first == noun.first:
        return None
    before = noun.head.doc[first - 1]
    if before.tag_ not in ("NN", "NNS", "JJ") or before.i < noun.first:
        return None
    if before.lower_ in ("agency", "agencies", "service"):
        return agency_kind(Phrase(before, noun.first, before.i), words, None, None)
    kind = words.bodies.get(before.lower_)
    if kind is SourceKind.OUTLET:
        return outlet_kind(noun, words, None)
    return kind if kind in (SourceKind.COMPANY, SourceKind.ORGANISATION) else None


def _looks_personal(noun: Phrase) -> bool:
    return noun.head.ent_type_ == "PER" or (
        noun.last > noun.first and noun.tokens[0].tag_ == "NNP" and noun.head.tag_ == "NNP" and not noun.head.ent_type_
    )


def _person_word(noun: Phrase, words: SourceWords) -> bool:
    return any(token.lower_ in words.persons or token.lower_ in words.by_body for token in noun.tokens if token.tag_ in ("NN", "NNP"))


def _title_kind(noun: Phrase, words: SourceWords, body: Actor | None) -> SourceKind | None:
    """The kind of a title before a name: "Fire chief Dana Holt", "analyst Fiona Marsh"."""
    start = _name_start(noun, words)
    titled = noun.head.lower_ in words.persons or noun.head.lower_ in words.by_body
    before = [token for token in noun.tokens if token.i < start or (titled and token.i == noun.head.i)]
    for token in reversed(before):
        kind = role_kind(token, noun, words, body)
        if kind is not None:
            return kind
    return None


def _name_start(noun: Phrase, words: SourceWords) -> int:
    """Where the name itself begins, titles left out."""
    head, first = noun.head, noun.head.i
    doc = head.doc
    while first > noun.first:
        before = doc[first - 1]
        title = (
            before.lower_ in words.persons
            or before.lower_ in words.by_body
            or before.lower_ in ("president", "dr", "prof", "rep", "sen", "gen")
        )
        same = before.ent_type_ == head.ent_type_ if head.ent_type_ and before.ent_type_ else before.tag_ in ("NNP", "NNPS")
        if title or not same or before.tag_ not in ("NNP", "NNPS", "HYPH"):
            break
        first -= 1
    return first


def _introduced(noun: Phrase, words: SourceWords, body: Actor | None) -> SourceKind | None:
    """The kind an apposition or relative clause right behind the name gives: "Dmitry Peskov, the Kremlin's spokesman"."""
    doc = noun.head.doc
    i = noun.last + 1
    if i >= len(doc) or doc[i].text not in (",", "(", "-", "–", "—"):
        return None
    i += 1
    for j in range(i, min(i + 14, len(doc))):
        token = doc[j]
        if token.is_sent_start or (token.text in (",", ")", "–", "—") and j > i):
            break
        if token.lower_ in ("watched", "saw", "witnessed", "survived", "heard", "was") and doc[i].lower_ == "who" and token.lower_ != "was":
            return SourceKind.WITNESS
        if token.tag_ in ("NN", "NNS", "JJ") and not (j + 1 < len(doc) and doc[j + 1].tag_ in ("NN", "NNS")):
            kind = role_kind(token, Phrase(token, i, min(j + 6, len(doc) - 1)), words, body)
            if kind is None:
                kind = body_kind(token.lower_, words)
                if kind is not None and noun.head.ent_type_ == "PER":
                    kind = SPEAKS_AS.get(kind, kind)
            if kind is not None:
                return kind
    return None
