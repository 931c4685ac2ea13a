"""What kind of source a noun phrase is, in which form it stands, and whether a name is withheld."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from spacy.tokens import Token

from sightline.extract.sources.phrases import Phrase
from sightline.extract.sources.words import SourceWords
from sightline.types import Actor, SourceForm, SourceKind

_PRONOUNS = frozenset("he she they it i we you who his her this that these those".split())  # noqa: SIM905
_OF_BODY = {
    SourceKind.GOVERNMENT: SourceKind.OFFICIAL,
    SourceKind.AGENCY: SourceKind.AGENCY,
}
_NUMBERS = {word: n for n, word in enumerate("one two three four five six seven eight nine ten eleven twelve".split(), 1)}  # noqa: SIM905
_MEDIA = frozenset((SourceKind.AGENCY, SourceKind.OUTLET, SourceKind.STATE_MEDIA))
_MEDIA_HEADS = frozenset("agency newspaper newswire paper daily channel broadcaster station website magazine tabloid".split())  # noqa: SIM905


class Description(NamedTuple):
    """What the words of a phrase say of the source."""

    kind: SourceKind
    form: SourceForm
    anonymous: bool = False
    count: int | None = None
    actor: Actor | None = None
    """The actor that the head itself names."""
    body: Actor | None = None
    """The organisation or state that the phrase names beside ("a spokesman for Boeing")."""


Lookup = Callable[[Phrase], tuple[Actor | None, Actor | None]]


def describe(noun: Phrase, words: SourceWords, lookup: Lookup) -> Description:
    """The kind, form, anonymity and number of the source that ``noun`` names.

    ``lookup`` gives the actor of the phrase's head and that of any other name in it, where known.
    """
    head = noun.head
    if head.tag_ == "PRP" or (head.lower_ in _PRONOUNS and noun.first == noun.last):
        actor, _ = lookup(noun)
        single = 1 if head.lower_ in ("he", "she", "i") else None
        return Description(_of_actor(actor) or SourceKind.PERSON, SourceForm.PRONOUN, False, single, actor)
    members = _members(noun)
    if members is not None:
        whole = describe(members, words, lookup)
        number = _NUMBERS.get(head.lower_)
        form = SourceForm.ROLE if number == 1 else SourceForm.COLLECTIVE
        return whole._replace(count=number, form=form)
    actor, body = lookup(noun)
    kind = _kind(noun, words, actor, body)
    form = _form(noun, words, actor, kind)
    anonymous = _withheld(noun, words, form, kind)
    if kind is SourceKind.PERSON and anonymous and form is SourceForm.NAMED:
        anonymous = False
    return Description(kind, form, anonymous, _count(noun, form), actor, body)


def _members(noun: Phrase) -> Phrase | None:
    """The group behind "one of the two officials", "some of the drivers"."""
    head = noun.head
    if head.tag_ not in ("CD", "DT", "JJ") and head.lower_ not in ("one", "some", "many", "most", "several", "both", "none"):
        return None
    doc, of = head.doc, head.i + 1
    if of + 1 > noun.last or doc[of].lower_ != "of":
        return None
    nouns = [i for i in range(of + 1, noun.last + 1) if doc[i].tag_ in ("NN", "NNS", "NNP", "NNPS", "PRP")]
    return Phrase(doc[nouns[0]] if len(nouns) == 1 else doc[nouns[-1]], of + 1, noun.last) if nouns else None


def is_media(description: Description) -> bool:
    """Whether the source can stand between another one and the reader."""
    return description.kind in _MEDIA


def _of_actor(actor: Actor | None) -> SourceKind | None:
    if actor is None or actor.source_kind is None:
        return None
    try:
        return SourceKind(actor.source_kind)
    except ValueError:
        return None


def _kind(noun: Phrase, words: SourceWords, actor: Actor | None, body: Actor | None) -> SourceKind:
    head = noun.head
    common = head.tag_ in ("NN", "NNS", "JJ", "CD", "DT", "VBG", "FW") and not _named(head)
    if not common:
        return _named_kind(noun, words, actor, body)
    return _common_kind(noun, words, actor, body)


def _named(head: Token) -> bool:
    return head.tag_ in ("NNP", "NNPS") or head.ent_type_ in ("PER", "ORG", "LOC")


def _named_kind(noun: Phrase, words: SourceWords, actor: Actor | None, body: Actor | None) -> SourceKind:
    head = noun.head
    known = _of_actor(actor)
    if known is not None and known not in (SourceKind.PERSON, SourceKind.UNKNOWN):
        return known
    if {"chiefs", "staff"} <= {token.lower_ for token in noun.tokens}:
        return SourceKind.GOVERNMENT
    apposed = _apposed_body(noun, words)
    if apposed is not None:
        return apposed
    title = _title_kind(noun, words, body)
    if title is not None and (head.ent_type_ == "PER" or head.ent_type_ == "" or _person_word(noun, words)):
        return title
    if head.ent_type_ == "PER" and (actor is None or actor.kind == "person"):
        about = _introduced(noun, words, body)
        return about if about is not None else SourceKind.PERSON
    if actor is not None and actor.kind == "state":
        return SourceKind.GOVERNMENT
    inside = _word_kind(noun, words)
    if inside is not None:
        return inside
    about = _introduced(noun, words, body)
    if about is not None:
        return about
    if actor is not None and actor.kind == "person":
        return SourceKind.PERSON
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
    if before.tag_ not in ("NN", "NNS") or before.i < noun.first:
        return None
    if before.lower_ in ("agency", "agencies", "service"):
        return _agency_kind(Phrase(before, noun.first, before.i), words, None, None)
    kind = words.bodies.get(before.lower_)
    if kind is SourceKind.OUTLET:
        return _outlet_kind(noun, words, None)
    return kind if kind in (SourceKind.COMPANY, SourceKind.ORGANISATION) else None


def _looks_personal(noun: Phrase) -> bool:
    return noun.head.ent_type_ == "PER" or (
        noun.last > noun.first and noun.tokens[0].tag_ == "NNP" and noun.head.tag_ == "NNP" and not noun.head.ent_type_
    )


def _person_word(noun: Phrase, words: SourceWords) -> bool:
    return any(token.lower_ in words.persons or token.lower_ in words.by_body for token in noun.tokens if token.tag_ in ("NN", "NNP"))


def _title_kind(noun: Phrase, words: SourceWords, body: Actor | None) -> SourceKind | None:
    """The kind of a title before a name: "Fire chief Dana Holt", "analyst Fiona Marsh"."""
    before = [token for token in noun.tokens if token.i < _name_start(noun, words)]
    for token in reversed(before):
        kind = _role(token, noun, words, body)
        if kind is not None:
            return kind
    return None


def _name_start(noun: Phrase, words: SourceWords) -> int:
    """Where the name itself begins, titles left out."""
    head, first = noun.head, noun.head.i
    doc = head.doc
    while first > noun.first:
        before = doc[first - 1]
        title = before.lower_ in words.persons or before.lower_ in words.by_body or before.lower_ in ("president", "dr", "prof", "rep", "sen", "gen")
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
            kind = _role(token, Phrase(token, i, min(j + 6, len(doc) - 1)), words, body)
            if kind is None:
                kind = _body_kind(token.lower_, words)
                if kind is not None and noun.head.ent_type_ == "PER":
                    kind = _OF_BODY.get(kind, kind)
            if kind is not None:
                return kind
    return None


def _role(token: Token, noun: Phrase, words: SourceWords, body: Actor | None) -> SourceKind | None:
    lower = token.lower_
    if lower in ("office", "offices"):
        named = _body_in(noun, words, body, token)
        return SourceKind.GOVERNMENT if named in (None, SourceKind.OUTLET) else named
    if lower in words.persons:
        kind = words.persons[lower]
        if kind is SourceKind.UNKNOWN:
            return _of_sources(noun, words, body)
        if lower in words.by_body or kind is SourceKind.OFFICIAL:
            named = _body_in(noun, words, body, token)
            if (
                named in (SourceKind.INTELLIGENCE, SourceKind.COMPANY, SourceKind.ORGANISATION, SourceKind.GOVERNMENT)
                and lower in words.by_body
            ):
                return _OF_BODY.get(named, named)
            if named is SourceKind.INTELLIGENCE:
                return named
            if named is SourceKind.ORGANISATION and lower.rstrip("s") in ("official", "commander", "leader"):
                return named
        if (
            kind is SourceKind.COMPANY
            and lower.startswith("chair")
            and _body_in(noun, words, body, token) in (SourceKind.ORGANISATION, SourceKind.GOVERNMENT)
        ):
            named = _body_in(noun, words, body, token)
            return SourceKind.OFFICIAL if named is SourceKind.GOVERNMENT else named
        return kind
    if lower in words.by_body:
        named = _body_in(noun, words, body, token)
        if named is not None:
            return _OF_BODY.get(named, named)
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
            kind = _body_kind(word, words)
            if kind is not None and word not in ("region", "province", "city", "country"):
                return _OF_BODY.get(kind, kind)
    return SourceKind.UNKNOWN


def _body_in(noun: Phrase, words: SourceWords, body: Actor | None, role: Token) -> SourceKind | None:
    """The kind of the body that a role belongs to, by the words beside it or the name in the phrase."""
    named = _of_actor(body)
    if named is not None:
        return named
    tokens = noun.tokens
    for token in sorted((t for t in tokens if t.i != role.i), key=lambda t: (t.i < role.i, -t.i if t.i < role.i else t.i)):
        kind = _body_kind(token.lower_, words) if token.tag_ in ("NN", "NNS", "NNP", "NNPS", "JJ") else None
        if kind is SourceKind.AGENCY or token.lower_ in ("press", "news"):
            continue
        if kind is not None:
            return kind
    return None


def _body_kind(word: str, words: SourceWords) -> SourceKind | None:
    return words.bodies.get(word)


def _common_kind(noun: Phrase, words: SourceWords, actor: Actor | None, body: Actor | None) -> SourceKind:
    head = noun.head
    lower = head.lower_
    known = _of_actor(actor)
    if (
        lower in words.channels
        or any(t.lower_ in words.channels for t in noun.tokens if t.i != head.i)
        and lower in ("channel", "channels", "users", "post", "posts", "account")
    ):
        return SourceKind.SOCIAL_MEDIA
    if lower in words.documents:
        return _document_kind(noun, words, body)
    role = _role(head, noun, words, body)
    if role is not None:
        if role is SourceKind.UNKNOWN and _reporter(noun):
            return SourceKind.OUTLET
        if role is SourceKind.OUTLET:
            media = _of_actor(body)
            return media if media in _MEDIA else role
        if known is not None and known in (SourceKind.OFFICIAL, SourceKind.INTELLIGENCE) and role is SourceKind.PERSON:
            return known
        return role
    if lower in ("agency", "agencies", "service", "services"):
        return _agency_kind(noun, words, actor, body)
    if known is not None and known is not SourceKind.UNKNOWN:
        return known
    kind = _body_kind(lower, words)
    if kind is SourceKind.OUTLET:
        return _outlet_kind(noun, words, body)
    if kind is not None:
        return kind
    inside = _word_kind(noun, words)
    if inside is not None:
        return inside
    return SourceKind.PERSON if lower.endswith(("er", "or", "ist", "man", "woman", "men", "women")) else SourceKind.UNKNOWN


def _document_kind(noun: Phrase, words: SourceWords, body: Actor | None) -> SourceKind:
    """A report by a newsroom is the newsroom; a video shared by users is theirs; any other paper is a document."""
    lowers = {token.lower_ for token in noun.tokens}
    media = _of_actor(body)
    if noun.head.lower_ in ("report", "reports", "dispatch", "story", "article") and media in _MEDIA and not lowers & {"obtained", "seen"}:
        return media
    if lowers & {"unconfirmed", "unverified", "conflicting"} and noun.head.lower_ == "reports":
        return SourceKind.UNKNOWN
    if "social" in lowers or lowers & words.channels:
        return SourceKind.SOCIAL_MEDIA
    return SourceKind.DOCUMENT


def _reporter(noun: Phrase) -> bool:
    return noun.head.lower_ in ("reporter", "correspondent", "journalist")


def _agency_kind(noun: Phrase, words: SourceWords, actor: Actor | None, body: Actor | None) -> SourceKind:
    """News agencies, spy agencies and agencies of a state carry the same noun."""
    lowers = {token.lower_ for token in noun.tokens}
    if lowers & {"intelligence", "spy", "secret", "espionage"} or ("security" in lowers and noun.head.lower_.startswith("service")):
        return SourceKind.INTELLIGENCE
    known = _of_actor(actor) or _of_actor(body)
    if known in _MEDIA:
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


def _outlet_kind(noun: Phrase, words: SourceWords, body: Actor | None) -> SourceKind:
    lowers = {token.lower_ for token in noun.tokens}
    if lowers & words.channels and noun.head.lower_.startswith("channel"):
        return SourceKind.SOCIAL_MEDIA
    known = _of_actor(body)
    if known in _MEDIA:
        return known
    return SourceKind.STATE_MEDIA if lowers & words.state_modifiers else SourceKind.OUTLET


def _word_kind(noun: Phrase, words: SourceWords) -> SourceKind | None:
    """The kind that a word inside a name gives: the last that says anything ("Foreign Ministry", "Daily Ledger")."""
    lowers = {token.lower_ for token in noun.tokens}
    if "intelligence" in lowers or lowers & {"spy"}:
        return SourceKind.INTELLIGENCE
    for token in sorted(noun.tokens, key=lambda t: (t.i > noun.head.i, -t.i)):
        if token.tag_ in ("DT", "POS", "IN", "CC"):
            continue
        lower = token.lower_
        if lower in ("agency",):
            return _agency_kind(noun, words, None, None)
        kind = _body_kind(lower, words)
        if kind is SourceKind.OUTLET:
            return _outlet_kind(noun, words, None)
        if kind is not None and lower not in ("services", "service", "country", "region", "city", "province"):
            return kind
    if lowers & words.channels:
        return SourceKind.SOCIAL_MEDIA
    return None


def _form(noun: Phrase, words: SourceWords, actor: Actor | None, kind: SourceKind) -> SourceForm:
    head = noun.head
    if kind is SourceKind.DOCUMENT:
        return SourceForm.DOCUMENT
    if head.tag_ in ("NNP", "NNPS") and head.lower_ not in words.persons:
        return SourceForm.NAMED
    if head.ent_type_ in ("PER", "ORG") or any(t.ent_type_ == "PER" and t.dep_ in ("flat", "appos") for t in noun.tokens):
        return SourceForm.NAMED
    if kind in (SourceKind.GOVERNMENT, SourceKind.ORGANISATION, SourceKind.COMPANY, SourceKind.CROWD) and head.lower_ in words.bodies:
        return SourceForm.COLLECTIVE
    plural_head = head.tag_ in ("NNS", "NNPS") or head.lower_ in ("people", "police", "staff", "media", "many", "some")
    return SourceForm.COLLECTIVE if plural_head else SourceForm.ROLE


def _withheld(noun: Phrase, words: SourceWords, form: SourceForm, kind: SourceKind) -> bool:
    """Whether a name is withheld: an unnamed insider, where a spokesperson or the holder of an office is not."""
    head = noun.head
    lowers = [token.lower_ for token in noun.tokens]
    if any(word in words.unnamed for word in lowers):
        return True
    if form in (SourceForm.NAMED, SourceForm.DOCUMENT) or head.lower_ in words.on_record:
        return False
    if head.lower_ not in words.withheld:
        return False
    if kind in (SourceKind.CROWD, SourceKind.WITNESS, SourceKind.SOCIAL_MEDIA, SourceKind.EXPERT):
        return False
    opening = noun.tokens[0]
    if head.lower_ in ("officer", "adviser", "advisor", "commander", "member", "guard") and opening.lower_ == "the":
        return False
    return not any(token.ent_type_ == "PER" for token in noun.tokens)


def _count(noun: Phrase, form: SourceForm) -> int | None:
    head = noun.head
    for token in noun.tokens:
        if token.i > head.i:
            break
        number = _NUMBERS.get(token.lower_)
        if number is None and token.tag_ == "CD" and token.lower_.isdigit() and len(token) < 3:
            number = int(token.lower_)
        if number is not None and (token.head == head or token == head or token.i == noun.first):
            return number
    if head.tag_ in ("NNS", "NNPS") or head.lower_ in ("people", "media", "police", "staff", "authorities"):
        return None
    if form is SourceForm.ROLE or (form is SourceForm.NAMED and head.ent_type_ == "PER"):
        return 1
    return None
