"""Descriptions that stand for someone: "the North Korean leader", "its president", "the spokesman", "his father"."""

from __future__ import annotations

from functools import lru_cache

from spacy.tokens import Token

from sightline.extract.actors.cast import Cast
from sightline.extract.actors.entity import Entity
from sightline.extract.actors.organisation_words import organisation_word
from sightline.extract.actors.pronouns import antecedent, opening, state_of_its
from sightline.extract.actors.roles import Role
from sightline.extract.actors.words import role_endings, role_kinds, words
from sightline.extract.columns import columns
from sightline.gazetteer.folding import fold

_UNIQUE = frozenset(
    (
        "spokesman",
        "spokeswoman",
        "spokesperson",
        "minister",
        "foreign minister",
        "defence minister",
        "defense minister",
        "governor",
        "mayor",
        "ambassador",
        "sheriff",
        "police chief",
        "suspect",
        "defendant",
        "judge",
        "chief executive",
        "speaker",
        "senator",
        "premier",
        "warlord",
        "mercenary chief",
        "coach",
        "doctor",
        "professor",
        "general",
        "pope",
        "prosecutor",
        "lawyer",
        "author",
        "singer",
        "businessman",
    )
)


def descriptions(cast: Cast) -> None:
    """Join definite descriptions of people to those they stand for, in text order."""
    column = columns(cast.doc)
    telling = role_endings() | words("organisation_nouns") | {"country", "nation"}
    for at, (word, pos) in enumerate(zip(column.lower, column.pos, strict=True)):
        if word in ("younger", "elder", "older") and at + 1 < len(cast.doc) and column.words[at + 1][:1].isupper():
            _of_two(cast, cast.doc[at])
            continue
        if at in cast.taken and word in words("kin"):
            _relation_beside_a_name(cast, cast.doc[at])
        if word not in telling or pos not in ("NOUN", "PROPN") or at in cast.taken:
            continue
        token = cast.doc[at]
        if "Plur" in token.morph.get("Number", []):
            continue
        if word in words("organisation_nouns") or word in ("country", "nation"):
            organisation_word(cast, token)
            continue
        if token.dep_ in ("compound", "flat"):
            continue
        role = cast.role(token)
        if role is not None and role.possessor is None and token.dep_ == "conj" and role.title in words("kin"):
            first = cast.role(token.head)
            if first is not None and first.title in words("kin"):
                cast.kin_of[token.i] = cast.kin_of.get(token.head.i)
        if role is None or not cast.free(role.first + (role.possessor is not None), role.last):
            continue
        if role.title in words("kin"):
            if role.possessor is not None or cast.kin_of.get(token.i) is not None:
                _kin(cast, token, role)
        elif role.definite or role.iso:
            _holder(cast, token, role)


def _relation_beside_a_name(cast: Cast, token: Token) -> None:
    """Note whose relation somebody is who has been named beside it: "his father, Kim Jong-il"."""
    role, person = cast.role(token), cast.of(token)
    if role is not None and role.possessor is not None and person is not None and person.kind == "person":
        whose = cast.of(role.possessor) if cast.of(role.possessor) is not person else None
        if (whose := whose or antecedent(cast, role.possessor)) is not None and whose is not person:
            cast.relations.append((person, role.title, whose))


_ELDER = frozenset(("father", "mother", "grandfather", "grandmother", "uncle", "aunt", "stepfather", "stepmother"))
_YOUNGER = frozenset(("son", "daughter", "grandson", "granddaughter", "nephew", "niece"))


def _of_two(cast: Cast, token: Token) -> None:
    """ "the younger Kim": of two of one family name, the one whom a told relation makes the younger."""
    name = cast.doc[token.i + 1]
    found = []
    for person, word, whose in cast.relations:
        pair = (person, whose) if word in _ELDER else (whose, person) if word in _YOUNGER else None
        if pair is not None and all(name.text in p.name.split() for p in pair):
            found.append(pair[token.lower_ == "younger"])
    if found and all(f is found[0] for f in found) and cast.free(token.i, name.i + 1):
        first = token.i - 1 if token.i and cast.doc[token.i - 1].lower_ == "the" else token.i
        cast.mention(found[0], first, name.i + 1, "PER", "short", confidence=0.85, head=name)


def _kin(cast: Cast, token: Token, role: Role) -> None:
    """ "his father": a person of their own, never the one they are kin to; named where an apposition gives the name."""
    whose = cast.kin_of.get(token.i)
    if whose is None and role.possessor is not None:
        whose = cast.of(role.possessor) or antecedent(cast, role.possessor)
    if whose is None or whose.kind != "person":
        return
    cast.kin_of[token.i] = whose
    beside = [c for c in token.children if c.dep_ in ("appos", "flat", "conj")]
    if token.dep_ in ("appos", "nmod:desc"):
        beside.append(token.head)
    person = next((p for c in beside for p in [cast.of(c)] if p is not None and p.kind == "person" and p is not whose and not p.kin), None)
    if person is None:
        name = f"{role.title} of {whose.name}"
        person = next((p for p in cast.index.spelled_like(name) if p.name == name), None) or cast.add(
            Entity(name, "person", source_kind="person", country=whose.country, kin=True)
        )
    cast.relations.append((person, role.title, whose))
    person.sex = person.sex or ("m" if role.title in words("male") else "f" if role.title in words("female") else "")
    first = min(role.possessor.left_edge.i, role.first) if role.possessor is not None else role.first
    begin = first if first >= token.left_edge.i and cast.free(first, role.last) else role.last - len(role.title.split())
    cast.mention(person, begin, role.last, "PER", "description", confidence=0.8, head=token)


def _holder(cast: Cast, token: Token, role: Role) -> None:
    iso = role.iso
    if iso is None and role.possessor is not None:
        owner = cast.of(role.possessor)
        iso = owner.country if owner is not None and owner.kind == "state" else state_of_its(cast, role.possessor)
        if iso is None and owner is not None and owner.kind in ("organisation", "group"):
            return
        if iso is None and role.possessor.lower_ not in ("its", "their"):
            return
    if iso is None and any(c.dep_ == "nmod" and any(k.lower_ in ("for", "of", "at", "from") for k in c.children) for c in token.children):
        return
    role = role._replace(iso=iso)
    person, confidence = _who(cast, token, role)
    if person is None:
        return
    begin = role.first if cast.free(role.first, role.last) else role.last - len(role.title.split())
    if role.possessor is not None and role.possessor.i < begin and cast.free(role.possessor.left_edge.i, role.last):
        begin = role.possessor.left_edge.i
    cast.mention(person, begin, role.last, "PER", "description", confidence=confidence, head=token)


def _who(cast: Cast, token: Token, role: Role) -> tuple[Entity | None, float]:
    """Who holds the role: someone of the report by what is said of them or known, else by the register alone."""
    if role.past:
        fitting = [p for p in cast.index.titled(role.title, _same_role) if p.kind == "person"]
        told = [p for p in fitting if any(r[0] == role.title and r[2] and (role.iso is None or r[1] == role.iso) for r in p.roles)]
        if not told:
            told = [p for p in fitting if p.places and p.first < token.i and _once_held(cast, p, role)]
        return (told[0], 0.8) if len(told) == 1 else (None, 0.0)
    scored = []
    for person in cast.index.titled(role.title, _same_role):
        fit = _fit(cast, person, role) if person.kind == "person" else 0
        if fit:
            before = person.before(token.i)
            near = before - token.i if before is not None else -10_000
            scored.append(((fit, before is not None, near, len(person.places)), person))
    if scored:
        best, person = max(scored, key=lambda item: item[0])
        if role.iso is None and (not best[1] or -best[2] > 250 or (role.title not in _UNIQUE and role.title not in words("head"))):
            return None, 0.0
        rivals = sum(1 for s, p in scored if p is not person and s[0] == best[0])
        return person, (0.9 if role.iso and not rivals else 0.75 if not rivals else 0.6)
    if role.iso is None and role.possessor is None and role_kinds().get(role.title) in ("person", "expert"):
        return _only_one(cast, token, role)
    if role.iso and role.title in words("head"):
        holders = cast.register.holders(role.title, role.iso, cast.day)
        if len(holders) == 1 or (holders and role.title in ("leader", "ruler")):
            return cast.known(holders[0]), 0.7
    return None, 0.0


def _only_one(cast: Cast, token: Token, role: Role) -> tuple[Entity | None, float]:
    """ "The novelist": the one person named in this sentence and the two before it, if nothing else is said of what they are."""
    first = opening(token, 3)
    near = [p for p, _ in cast.index.between(first, token.i) if p.kind == "person" and not p.kin]
    if len(near) != 1 or near[0].roles or near[0].known is not None or role.last - role.first != 2:
        return None, 0.0
    last = role.title.split()[-1]
    sex = "m" if last in words("male") else "f" if last in words("female") else ""
    return (near[0], 0.6) if not sex or near[0].sex in ("", sex) else (None, 0.0)


def _once_held(cast: Cast, person: Entity, role: Role) -> bool:
    """Whether somebody of the report is known to have held a role and no longer does."""
    if person.known is None or (role.iso is not None and person.known.nationality != role.iso):
        return False
    terms = [o for o in person.known.offices if _same_role(fold(o.title), role.title)]
    return bool(terms) and all(o.end not in (None, "..") and (cast.day is None or o.end[: len(cast.day)] < cast.day) for o in terms)


def _fit(cast: Cast, person: Entity, role: Role) -> int:
    """How well a person answers to a role: 3 told so in the text, 2 known to hold it, 1 told the bare role, 0 not at all."""
    told = [r for r in person.roles if not r[2] and _same_role(r[0], role.title)]
    if any(role.iso is not None and r[1] == role.iso for r in told):
        return 3
    if person.known is not None and (role.iso is None or person.known.nationality == role.iso):
        for office in person.known.offices:
            if _same_role(fold(office.title), role.title) and (
                cast.day is None or office.end == ".." or _held(office.start, office.end, cast.day)
            ):
                return 2
    if told and (role.iso is None or any(r[1] is None for r in told)) and (role.iso is None or person.country in (None, role.iso)):
        return 1
    return 0


@lru_cache(maxsize=65536)
def _same_role(one: str, other: str) -> bool:
    if one == other:
        return True
    heads = words("head")
    if one in heads and other in heads:
        general = {"leader", "ruler"} & {one, other} or {one, other} == {"premier", "prime minister"}
        return bool(general) or one.endswith(other) or other.endswith(one)
    return one.rsplit(maxsplit=1)[-1] == other or (role_kinds().get(one) == role_kinds().get(other) and one.endswith(" " + other))


def _held(start: str | None, end: str | None, day: str) -> bool:
    return (start is None or start <= day[: len(start)]) and (end is None or day[: len(end)] <= end)
