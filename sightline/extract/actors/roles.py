"""What a noun phrase says of a person's office: "the then North Korean leader", "Russia's vice prime minister", "Kremlin spokesman"."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from spacy.tokens import Token

from sightline.extract.actors.words import role_endings, role_kinds, words
from sightline.gazetteer import Register
from sightline.types import PlaceMention

_LONGEST = 4
POSSESSIVES = frozenset(("his", "her", "its", "their", "my", "our", "your"))


class Role(NamedTuple):
    """A role with its state or body, as far as the phrase tells."""

    title: str
    iso: str | None
    past: bool
    first: int
    """Token index at which the phrase begins, its determiner and possessor included."""
    last: int
    """One past its head noun."""
    possessor: Token | None
    """The pronoun or name that it belongs to ("its leader")."""
    definite: bool


def role_at(head: Token, register: Register, places: Mapping[int, PlaceMention]) -> Role | None:
    """The role that a noun names, or ``None``. ``places`` gives the place mention at each token."""
    doc = head.doc
    title = _title(head)
    if title is None:
        return None
    first = head.i - len(title.split()) + 1
    iso: str | None = None
    past = definite = False
    possessor: Token | None = None
    begin = first
    for i in range(first - 1, max(head.sent.start, first - 9) - 1, -1):
        token = doc[i]
        if token.lower_ in ("the", "this", "that"):
            definite, begin = True, i
            break
        if token.dep_ == "nmod:poss" or token.lower_ in POSSESSIVES or (token.lower_ in ("'s", "’s") and i > head.sent.start):
            owner = token.head if token.lower_ in ("'s", "’s") else token
            possessor, definite = owner, True
            begin = min(begin, owner.left_edge.i)
            iso = iso or _state(owner, register, places)
            break
        if token.lower_ in words("past"):
            past, begin = True, i
            continue
        state = _state(token, register, places)
        if state is not None:
            iso, begin = iso or state, i
            continue
        dash = token.text in ("-", "–")
        if dash or (token.pos_ in ("ADJ", "NOUN", "PROPN", "NUM") and token.head.i >= first):
            begin = i
            continue
        break
    for child in head.children:
        if child.i > head.i and child.dep_ == "nmod" and any(c.lower_ in ("of", "for", "in") for c in child.children if c.dep_ == "case"):
            iso = iso or _state(child, register, places)
    return Role(title, iso, past, begin, head.i + 1, possessor, definite)


def _title(head: Token) -> str | None:
    """The longest role that ends at this noun."""
    if head.lower_ not in role_endings():
        return None
    known = role_kinds()
    doc = head.doc
    for length in range(_LONGEST, 0, -1):
        start = head.i - length + 1
        if start >= head.sent.start:
            phrase = doc[start : head.i + 1].text.lower().replace("\n", " ")
            if phrase in known or phrase in words("kin"):
                return phrase
    return None


def _state(token: Token, register: Register, places: Mapping[int, PlaceMention]) -> str | None:
    mention = places.get(token.i)
    if mention is not None and mention.place is not None and mention.place.country:
        if mention.place.kind == "country" or mention.metonymy in ("government", "demonym"):
            return mention.place.country
        return register.seat_of(mention.text)
    if token.text[:1].isupper():
        return register.seat_of(token.text)
    return None
