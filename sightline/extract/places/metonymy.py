"""What a place name stands for in its sentence: the place itself, the state that sits there, a team, a people, or a part of another name."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files

from spacy.tokens import Doc, Token

from sightline.extract.columns import columns
from sightline.extract.places.spotting import Spot
from sightline.extract.places.words import words
from sightline.gazetteer.folding import fold
from sightline.gazetteer.tables import countries, table
from sightline.types import Place


def usage(doc: Doc, spot: Spot, place: Place | None) -> str:
    """``literal``, ``government``, ``team``, ``demonym`` or ``name`` (see :class:`sightline.types.PlaceMention`)."""
    if spot.demonym is not None:
        return "demonym"
    head = _head(doc, spot)
    if _inside_name(doc, spot):
        return "name"
    if place is None:
        return "literal"
    seat = fold(place.name) in _seats() or place.kind == "country" or _capital(place)
    if seat and _acts(doc, spot, head, place):
        return "government"
    if place.kind in ("country", "city", "region") and _plays(head):
        return "team"
    return "literal"


def _head(doc: Doc, spot: Spot) -> Token:
    inside = doc[spot.first : spot.last]
    return next((t for t in inside if not spot.first <= t.head.i < spot.last), inside[-1])


def _inside_name(doc: Doc, spot: Spot) -> bool:
    column = columns(doc)
    entity = column.entity.get(spot.first) if spot.last > spot.first else None
    if entity is None or entity.start < column.sentence[spot.first][0] or entity.end > column.sentence[spot.first][1]:
        return False
    first = entity.start + (column.lower[entity.start] == "the")
    longer = first <= spot.first and spot.last <= entity.end and entity.end - first > spot.last - spot.first
    return longer and entity.label_ in ("ORG", "PER", "MISC")


def _acts(doc: Doc, spot: Spot, head: Token, place: Place) -> bool:
    case = next((t.lower_ for t in head.children if t.dep_ == "case" and t.i < head.i), "")
    governor = head.head
    whole = place.kind == "country"
    building = place.kind == "building"
    lemma = _lemma(governor)
    if head.dep_ == "conj" and governor.ent_type_ in ("LOC", "ORG"):
        return _acts(doc, spot, governor, place) if governor.i < head.i and governor.dep_ != "conj" else False
    if head.dep_ in ("nsubj", "nsubj:outer"):
        return (whole and lemma in _table()["acts"]) or lemma in _table()["acts_city"] or (building and governor.pos_ == "VERB")
    if case in _table()["stays"]:
        return False
    if head.dep_ == "obl:agent" or (case == "according") or any(t.lower_ == "according" for t in head.children):
        return True
    if head.dep_ in ("obj", "iobj", "nsubj:pass"):
        return lemma in _table()["addresses"] or (building and lemma not in ("leave", "visit", "reach", "enter", "attack"))
    if head.dep_ == "nmod:poss":
        return lemma in _table()["owns"] or building
    if head.dep_ in ("nmod", "obl") and case in _table()["binds_with"]:
        bound = [lemma]
        if head.dep_ == "obl":
            bound += [_lemma(t) for t in governor.children if t.dep_ in ("obj", "nsubj", "nsubj:pass") and t.i < head.i]
        elif governor.dep_ in ("nmod", "compound"):
            bound.append(_lemma(governor.head))
        return any(b in _table()["binds"] for b in bound)
    return building and head.dep_ in ("compound", "nmod", "root", "ROOT", "nmod:desc")


def _plays(head: Token) -> bool:
    near = [t for t in head.sent if abs(t.i - head.i) <= 12]
    played = [t for t in near if t.lower_ in words("team")]
    return len(played) >= 2 and (
        head.dep_ in ("nsubj", "obj", "compound")
        or any(t.dep_ == "case" and t.lower_ in ("against", "over", "v", "vs") for t in head.children)
    )


def _lemma(token: Token) -> str:
    """The lemma where the pipeline gives one, else the word without its commonest ending."""
    if token.lemma_:
        return token.lemma_.lower()
    word = token.lower_
    known = _table()["acts"] | _table()["binds"] | _table()["addresses"] | _table()["owns"]
    for ending, instead in (
        ("ies", "y"),
        ("ied", "y"),
        ("es", ""),
        ("es", "e"),
        ("s", ""),
        ("ed", ""),
        ("ed", "e"),
        ("ing", ""),
        ("ing", "e"),
    ):
        if word.endswith(ending) and word[: -len(ending)] + instead in known:
            return word[: -len(ending)] + instead
    return _IRREGULAR.get(word, word)


_IRREGULAR = {
    "said": "say",
    "told": "tell",
    "sent": "send",
    "sought": "seek",
    "thought": "think",
    "gave": "give",
    "saw": "see",
    "took": "take",
    "made": "make",
    "held": "hold",
    "kept": "keep",
    "began": "begin",
    "lost": "lose",
    "won": "win",
    "got": "get",
    "left": "leave",
    "bought": "buy",
    "sold": "sell",
}


@cache
def _seats() -> frozenset[str]:
    return frozenset(fold(row[0]) for row in table("seats.tsv"))


@cache
def _capitals() -> frozenset[tuple[str, str]]:
    return frozenset((c.iso, fold(c.capital)) for c in countries() if c.capital)


def _capital(place: Place) -> bool:
    return place.kind == "city" and (place.country or "", fold(place.name)) in _capitals()


@cache
def _table() -> dict[str, frozenset[str]]:
    text = (files("sightline.extract.places") / "data" / "usage.toml").read_text(encoding="utf-8")
    return {name: frozenset(listed) for name, listed in tomllib.loads(text).items()}
