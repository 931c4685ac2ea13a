"""He, she, his, her; and "it", "its" of a state or an organisation: the nearest that fits, by sex, number and place in the sentence.

A pronoun whose antecedent is not clear enough is left alone: a wrong link puts words into somebody's mouth.
"""

from __future__ import annotations

from bisect import bisect_left
from typing import TYPE_CHECKING

from spacy.tokens import Token

from sightline.extract.actors.entity import Entity
from sightline.extract.columns import columns

if TYPE_CHECKING:
    from sightline.extract.actors.cast import Cast

_MALE = frozenset(("he", "him", "his", "himself"))
_FEMALE = frozenset(("she", "her", "hers", "herself"))
_THING = frozenset(("it", "its", "itself"))
_ALL = _MALE | _FEMALE | _THING
_SUBJECT = ("nsubj", "nsubj:pass", "nsubj:outer")
_REACH = 3
"""Sentences back."""
_SAYING = frozenset(("said", "says", "told", "added", "wrote"))


def pronouns(cast: Cast) -> None:
    """Join pronouns to the cast, in text order."""
    column = columns(cast.doc)
    for at, (word, pos) in enumerate(zip(column.lower, column.pos, strict=True)):
        if word not in _ALL or at in cast.taken or pos not in ("PRON", "DET"):
            continue
        token = cast.doc[at]
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
    for i in range(token.i - 1, max(0, opening(token, 2)) - 1, -1):
        mention = cast.places.get(i)
        if mention is not None and mention.place is not None and mention.place.kind == "country":
            return mention.place.country
        entity = cast.of(cast.doc[i]) if i in cast.taken else None
        if entity is not None and entity.kind == "state":
            return entity.country
    return None


def opening(token: Token, sentences: int) -> int:
    """The first token of a token's sentence, or of the one so many before that, itself counted."""
    start = token.sent.start
    for _ in range(sentences - 1):
        if start == 0:
            break
        start = token.doc[start - 1].sent.start
    return start


def _person(cast: Cast, token: Token) -> tuple[Entity | None, float]:
    sex = "m" if token.lower_ in _MALE else "f"
    begun = opening(token, _REACH)
    quoted = _quoted(token)
    speaker = _speaker_above(cast, token) if token.dep_ in _SUBJECT and not quoted else None
    goes_on = _speaker_before(cast, token) if token.dep_ in _SUBJECT and token.head.lower_ in _SAYING and not quoted else None
    end = token.sent.end
    scored = []
    behind = {id(e): heads for e, heads in cast.index.between(token.i + 1, end)}
    for person, places in cast.index.between(begun, token.i):
        if person.kind != "person" or (person.sex and person.sex != sex):
            continue
        if quoted and _speaks(cast, person, token):
            continue
        if token.dep_ != "nmod:poss" and any(_clause_mate(cast.doc[p], token) for p in behind.get(id(person), ())):
            continue
        if any(_clause_mate(cast.doc[p], token) for p in places):
            places = [p for p in places if not _clause_mate(cast.doc[p], token)]
            if not places or token.lower_ not in ("his", "her", "himself", "herself"):
                continue
        last = cast.doc[max(places)]
        gap = sum(1 for s in range(last.i, token.i) if cast.doc[s].is_sent_start) if last.sent.start != token.sent.start else 0
        score = (
            2.0 * (last.dep_ in _SUBJECT or (last.dep_ == "appos" and last.head.dep_ in _SUBJECT))
            + 0.7 * (person.sex == sex)
            + min(len(person.places), 6) * 0.25
            - 1.3 * gap
            - 0.01 * (token.i - last.i)
        )
        if last.dep_ in ("nmod:poss", "compound", "nmod"):
            score -= 0.5
        if person.kin:
            score -= 1.5
        if person is speaker:
            # "Okello said he was glad": who speaks of "him" speaks of himself.
            score += 1.0
        if person is goes_on:
            score += 1.5
        scored.append((score, -person.first, person))
    if not scored:
        return None, 0.0
    scored.sort(key=lambda item: item[:2], reverse=True)
    margin = scored[0][0] - scored[1][0] if len(scored) > 1 else 2.0
    if margin < 0.25:
        return None, 0.0
    return scored[0][2], min(0.9, 0.6 + 0.15 * margin)


def _thing(cast: Cast, token: Token) -> tuple[Entity | None, float]:
    """ "it" and "its" of a state or an organisation: the subject of the verb of saying above it; else the only one named before it in its
    sentence; else, at the head of a sentence, the only subject of the sentence before."""
    if token.lower_ == "it" and _impersonal(token):
        return None, 0.0
    if (speaker := _speaker_above(cast, token)) is not None:
        return (speaker, 0.85) if speaker.kind in _THINGS else (None, 0.0)
    here = [(e, head) for e, head in things(cast, token.sent.start, token.i) if not _beside(cast, token, e, head)]
    if here:
        subjects = [e for e, head in here if head.dep_ in _SUBJECT]
        found = subjects if token.lower_ == "it" or subjects else [e for e, _ in here]
        return (
            (found[0], 0.7)
            if found and len({id(e) for e in found}) == 1 and not _other_subject(cast, token.sent.start, token.i)
            else (None, 0.0)
        )
    if token.dep_ not in (*_SUBJECT, "nmod:poss") or _other_subject(cast, token.sent.start, token.i):
        return None, 0.0
    before = things(cast, opening(token, 2), token.sent.start)
    subjects = [e for e, head in before if head.dep_ in _SUBJECT]
    if len({id(e) for e in subjects}) != 1 or _other_subject(cast, opening(token, 2), token.sent.start):
        return None, 0.0
    return subjects[0], 0.65


_THINGS = ("state", "organisation", "group")


def _beside(cast: Cast, token: Token, entity: Entity, head: Token) -> bool:
    """Whether the pronoun opens what is said of an actor beside its name ("Airbus, its European rival")."""
    if token.head.dep_ == "appos" and token.head.head.i == head.i:
        return True
    return token.i > 1 and token.lower_ == "its" and token.doc[token.i - 1].text == "," and cast.of(token.doc[token.i - 2]) is entity


def things(cast: Cast, first: int, last: int) -> list[tuple[Entity, Token]]:
    """States and organisations mentioned between two tokens, each with the head of its mention."""
    return [(e, cast.doc[p]) for e, heads in cast.index.between(first, last) if e.kind in _THINGS for p in heads]


_IMPERSONAL = frozenset(
    (
        "is",
        "was",
        "seems",
        "seemed",
        "appears",
        "appeared",
        "likely",
        "raining",
        "rained",
        "snowing",
        "snowed",
        "happened",
        "turned",
        "takes",
        "took",
    )
)


def _impersonal(token: Token) -> bool:
    """Whether an "it" stands for nothing or for what is said rather than for somebody ("it is likely", "it was a protest")."""
    head = token.head
    return (
        token.dep_ in ("expl", "obj")
        or head.pos_ == "ADJ"
        or head.lower_ in _IMPERSONAL
        or (head.pos_ in ("NOUN", "PROPN") and any(c.dep_ == "cop" for c in head.children))
    )


def _speaker_above(cast: Cast, token: Token) -> Entity | None:
    """The subject of the verb that governs the pronoun's clause ("the ministry said it would")."""
    verb = token.head
    while verb.dep_ in ("nmod", "obj", "obl", "conj", "xcomp", "compound") and verb.head.i != verb.i:
        verb = verb.head
    if verb.dep_ != "ccomp" or token.i < verb.head.i:
        return None
    subject = next((c for c in verb.head.children if c.dep_ in _SUBJECT and c.i < token.i), None)
    return cast.of(subject) if subject is not None else None


def _speaker_before(cast: Cast, token: Token) -> Entity | None:
    """Who speaks in the sentence before: "Okello told reporters that Banda would be tried. He said" goes on with Okello."""
    start = token.sent.start
    if not start:
        return None
    verb = token.doc[start - 1].sent.root
    if verb.lower_ not in _SAYING:
        return None
    subject = next((c for c in verb.children if c.dep_ in _SUBJECT), None)
    if subject is None:
        return None
    return next((found for token in (subject, *subject.children) if (found := cast.of(token)) is not None and found.kind == "person"), None)


def _other_subject(cast: Cast, first: int, last: int) -> bool:
    """Whether between two tokens a thing that is no actor is a subject: an "it" may rather be that thing."""
    return any(
        t.dep_ in _SUBJECT and t.pos_ in ("NOUN", "PROPN") and "Plur" not in t.morph.get("Number", []) and cast.of(t) is None
        for t in cast.doc[first:last]
    )


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
    places = person.places
    return any(
        cast.doc[p].dep_ in _SUBJECT and cast.doc[p].head.lower_ in _SAYING
        for p in places[bisect_left(places, token.sent.start) : bisect_left(places, end)]
    )
