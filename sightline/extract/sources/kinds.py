"""What kind of source a noun phrase is, in which form it stands, and whether a name is withheld."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from spacy.tokens import Token

from sightline.extract.sources.bodies import MEDIA, agency_kind, body_kind, document_kind, of_actor, outlet_kind, word_kind
from sightline.extract.sources.named import named_kind
from sightline.extract.sources.phrases import Phrase
from sightline.extract.sources.roles import role_kind
from sightline.extract.sources.words import SourceWords
from sightline.types import Actor, SourceForm, SourceKind

_PRONOUNS = frozenset("he she they it i we you who his her this that these those".split())  # noqa: SIM905
_NUMBERS = {word: n for n, word in enumerate("one two three four five six seven eight nine ten eleven twelve".split(), 1)}  # noqa: SIM905


class Description(NamedTuple):
    """What the words of a phrase say of the source."""

    kind: SourceKind
    form: SourceForm
    anonymous: bool = False
    number: int | None = None
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
        return Description(of_actor(actor) or SourceKind.PERSON, SourceForm.PRONOUN, False, single, actor)
    members = _members(noun)
    if members is not None:
        whole = describe(members, words, lookup)
        number = _NUMBERS.get(head.lower_)
        form = SourceForm.ROLE if number == 1 else SourceForm.COLLECTIVE
        return whole._replace(number=number, form=form)
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
    return description.kind in MEDIA


def _kind(noun: Phrase, words: SourceWords, actor: Actor | None, body: Actor | None) -> SourceKind:
    head = noun.head
    common = head.tag_ in ("NN", "NNS", "JJ", "CD", "DT", "VBG", "FW") and not _named(head)
    if not common:
        return named_kind(noun, words, actor, body)
    return _common_kind(noun, words, actor, body)


def _named(head: Token) -> bool:
    return head.tag_ in ("NNP", "NNPS") or head.ent_type_ in ("PER", "ORG", "LOC")


def _common_kind(noun: Phrase, words: SourceWords, actor: Actor | None, body: Actor | None) -> SourceKind:
    head = noun.head
    lower = head.lower_
    known = of_actor(actor)
    if lower in words.channels or (
        any(t.lower_ in words.channels for t in noun.tokens if t.i != head.i)
        and lower in ("channel", "channels", "users", "post", "posts", "account")
    ):
        return SourceKind.SOCIAL_MEDIA
    if lower in words.documents:
        return document_kind(noun, words, body)
    role = role_kind(head, noun, words, body)
    if role is SourceKind.OUTLET and of_actor(body) in MEDIA:
        return of_actor(body) or role
    if role is SourceKind.PERSON and known in (SourceKind.OFFICIAL, SourceKind.INTELLIGENCE):
        return known or role
    if role is not None:
        return role
    if lower in ("agency", "agencies", "service", "services"):
        return agency_kind(noun, words, actor, body)
    kind = body_kind(lower, words)
    if known is not None and known is not SourceKind.UNKNOWN and not (known is SourceKind.OFFICIAL and kind is SourceKind.GOVERNMENT):
        return known
    if kind is SourceKind.OUTLET:
        return outlet_kind(noun, words, body)
    if kind is SourceKind.GOVERNMENT and any(token.lower_ in ("intelligence", "spy") for token in noun.tokens):
        return SourceKind.INTELLIGENCE
    inside = kind or word_kind(noun, words)
    if inside is not None:
        return inside
    return SourceKind.PERSON if lower.endswith(("er", "or", "ist", "man", "woman", "men", "women")) else SourceKind.UNKNOWN


def _form(noun: Phrase, words: SourceWords, actor: Actor | None, kind: SourceKind) -> SourceForm:
    head = noun.head
    if kind is SourceKind.DOCUMENT:
        return SourceForm.DOCUMENT
    if head.tag_ in ("NNP", "NNPS") and head.lower_ not in words.persons:
        return SourceForm.NAMED
    if head.ent_type_ in ("PER", "ORG") or any(
        t.i > head.i and (t.ent_type_ == "PER" or t.i == head.i + 1) and t.tag_ == "NNP" for t in noun.tokens
    ):
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
        if number is not None and (head in (token.head, token) or token.i == noun.first):
            return number
    if head.tag_ in ("NNS", "NNPS") or head.lower_ in ("people", "media", "police", "staff", "authorities"):
        return None
    if form is SourceForm.ROLE or (form is SourceForm.NAMED and head.ent_type_ == "PER"):
        return 1
    return None
