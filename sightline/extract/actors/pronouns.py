"""He, she, his, her; and "it", "its" of a state or an organisation: the nearest that fits, by sex, number and place in the sentence.

A pronoun whose antecedent is not clear enough is left alone: a wrong link puts words into somebody's mouth.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from spacy.tokens import Token

from sightline.extract.actors.entity import Entity

if TYPE_CHECKING:
    from sightline.extract.actors.cast import Cast

_MALE = frozenset(("he", "him", "his", "himself"))
_FEMALE = frozenset(("she", "her", "hers", "herself"))
_THING = frozenset(("it", "its", "itself"))
_SUBJECT = ("nsubj", "nsubj:pass", "nsubj:outer")
_REACH = 3
"""Sentences back."""


def pronouns(cast: Cast) -> None:
    """Join pronouns to the cast, in text order."""
    for token in cast.doc:
        word = token.lower_
        if token.i in cast.taken or token.pos_ not in ("PRON", "DET"):
            continue
        if word in _MALE or word in _FEMALE:
            found, confidence = _person(cast, token)
            label = "PER"
        elif word in _THING:
            found, confidence = _thing(cast, token)
            label = "ORG"
        else:
            continue
        if found is not None:
            if not found.sex and word in (*_MALE, *_FEMALE):
                found.sex = "m" if word in _MALE else "f"
            cast.mention(found, token.i, token.i + 1, label, "pronoun", confidence=confidence, head=token)


def antecedent(cast: Cast, token: Token) -> Entity | None:
    """The person that a possessive pronoun stands for, whether or not it has been joined yet."""
    return _person(cast, token)[0] if token.lower_ in _MALE | _FEMALE else None


def state_of_its(cast: Cast, token: Token) -> str | None:
    """The state that "its" or "the country's" belongs to: the nearest state named before it within two sentences."""
    if token.lower_ not in ("its", "their") and token.lower_ not in ("country", "nation", "state"):
        return None
    for i in range(token.i - 1, max(0, _opening(token, 2)) - 1, -1):
        mention = cast.places.get(i)
        if mention is not None and mention.place is not None and mention.place.kind == "country":
            return mention.place.country
        entity = cast.of(cast.doc[i]) if i in cast.taken else None
        if entity is not None and entity.kind == "state":
            return entity.country
    return None


def _opening(token: Token, sentences: int) -> int:
    start = token.sent.start
    for _ in range(sentences - 1):
        if start == 0:
            break
        start = token.doc[start - 1].sent.start
    return start


def _person(cast: Cast, token: Token) -> tuple[Entity | None, float]:
    sex = "m" if token.lower_ in _MALE else "f"
    opening = _opening(token, _REACH)
    quoted = _quoted(token)
    scored = []
    for person in cast.persons():
        if person.sex and person.sex != sex:
            continue
        places = [p for p in person.places if opening <= p < token.i]
        if not places or (quoted and _speaks(cast, person, token)):
            continue
        if any(_clause_mate(cast.doc[p], token) for p in places):
            places = [p for p in places if not _clause_mate(cast.doc[p], token)]
            if not places or token.lower_ not in ("his", "her", "himself", "herself"):
                continue
        last = cast.doc[max(places)]
        gap = sum(1 for s in range(last.i, token.i) if cast.doc[s].is_sent_start) if last.sent.start != token.sent.start else 0
        score = (
            2.0 * (last.dep_ in _SUBJECT)
            + 0.7 * (person.sex == sex)
            + min(len(person.places), 6) * 0.25
            - 1.3 * gap
            - 0.01 * (token.i - last.i)
        )
        if last.dep_ in ("nmod:poss", "compound", "nmod"):
            score -= 0.5
        if person.kin:
            score -= 1.5
        scored.append((score, -person.first, person))
    if not scored:
        return None, 0.0
    scored.sort(key=lambda item: item[:2], reverse=True)
    margin = scored[0][0] - scored[1][0] if len(scored) > 1 else 2.0
    if margin < 0.25:
        return None, 0.0
    return scored[0][2], min(0.9, 0.6 + 0.15 * margin)


def _thing(cast: Cast, token: Token) -> tuple[Entity | None, float]:
    """Only the subject of the same or the sentence before, and only where it is the one state or organisation there."""
    if token.lower_ == "it" and (
        token.dep_ in ("expl", "obj") or token.head.pos_ == "ADJ" or token.head.lower_ in ("is", "was", "seems", "appears", "likely")
    ):
        return None, 0.0
    opening = _opening(token, 2 if token.dep_ in _SUBJECT else 1)
    subjects = [
        (p, e)
        for e in cast.entities
        if e.kind in ("state", "organisation", "group")
        for p in e.places
        if opening <= p < token.i and cast.doc[p].dep_ in _SUBJECT
    ]
    if not subjects or len({id(e) for _, e in subjects}) > 1:
        return None, 0.0
    return subjects[0][1], 0.7


def _clause_mate(other: Token, pronoun: Token) -> bool:
    """Whether both are arguments of one verb ("Kim met him"): then they cannot be the same."""
    return other.head.i == pronoun.head.i and other.dep_ not in ("nmod:poss", "appos", "conj")


def _quoted(token: Token) -> bool:
    before = token.doc[token.sent.start : token.i].text
    return before.count("“") > before.count("”") or before.count('"') % 2 == 1


def _speaks(cast: Cast, person: Entity, token: Token) -> bool:
    """Whether a person is the subject of a verb of saying in the pronoun's sentence or the one after."""
    end = token.sent.end
    if end < len(token.doc):
        end = token.doc[end].sent.end
    return any(
        token.sent.start <= p < end
        and cast.doc[p].dep_ in _SUBJECT
        and cast.doc[p].head.lower_ in ("said", "says", "told", "added", "wrote")
        for p in person.places
    )
