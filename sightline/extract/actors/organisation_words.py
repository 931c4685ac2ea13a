"""Common words for an organisation, a group or a state named before: "the company", "the ministry", "the rebels' group", "the country"."""

from __future__ import annotations

from spacy.tokens import Token

from sightline.extract.actors.cast import Cast
from sightline.extract.actors.entity import Entity
from sightline.extract.actors.pronouns import opening, things
from sightline.extract.actors.words import words
from sightline.gazetteer.folding import fold

_FAR = 5
"""Sentences back for a name that says itself what it is ("the ministry")."""
_NEAR = 3
"""Sentences back for one of which nothing is known."""
_GOVERNMENTAL = ("government", "official", "intelligence")
_NEWSROOMS = ("outlet", "state_media")


def organisation_word(cast: Cast, token: Token) -> None:
    """Join a bare "the company" to the nearest organisation before it that is one by its name, by what is known of it or by what the text calls
    it; failing that, to the only one of the last sentences of which nothing speaks against it."""
    doc = cast.doc
    first = token.i - 1
    country = None
    while (
        first > token.sent.start
        and (place := cast.places.get(first)) is not None
        and place.metonymy == "demonym"
        and place.place is not None
    ):
        country = place.place.country
        first -= 1
    told = [c for c in token.children if c.dep_ in ("nmod", "compound", "amod", "acl", "acl:relcl") and not first < c.i < token.i]
    if first < 0 or doc[first].lower_ != "the" or told:
        return
    if token.dep_ in ("compound", "appos") or not cast.free(first, token.i + 1):
        return
    if token.lower_ in ("country", "nation"):
        _country(cast, token)
        return
    word = token.lower_
    near = [
        (heads[-1], n, e)
        for n, (e, heads) in enumerate(cast.index.between(opening(token, _FAR + 2), token.i))
        if e.kind in ("organisation", "group") and country in (None, e.country)
    ]
    fitting = [item for item in near if _fits(cast, item[2], word)]
    if fitting:
        last, _, found = max(fitting, key=lambda item: item[:2])
        if _sentences(cast, last, token.i) <= _FAR:
            cast.mention(found, first, token.i + 1, "ORG", "description", confidence=0.75, head=token)
        return
    if country is not None or word not in words("firms"):
        return
    open_ = [e for last, _, e in near if last >= opening(token, _NEAR) and may_be(e, word) and not called(cast, e)]
    if len(open_) == 1 and not any(
        _fits(cast, e, word) for e in cast.entities if e.kind in ("organisation", "group") and e.first < token.i
    ):
        cast.mention(open_[0], token.i - 1, token.i + 1, "ORG", "description", confidence=0.65, head=token)


def _fits(cast: Cast, entity: Entity, word: str) -> bool:
    return is_a(entity, word) or word in called(cast, entity)


def _country(cast: Cast, token: Token) -> None:
    """ "the country": the one state that has acted in this sentence and the one before, if no other country is named there."""
    first = opening(token, 2)
    acting = {e.country for e, _ in things(cast, first, token.i) if e.kind == "state"}
    named = {
        m.place.country for i in range(first, token.i) if (m := cast.places.get(i)) is not None and m.place is not None and m.place.country
    }
    if len(acting) == 1 and named <= acting and (iso := next(iter(acting))) is not None:
        cast.mention(cast.state(iso), token.i - 1, token.i + 1, "ORG", "description", confidence=0.65, head=token)


def called(cast: Cast, entity: Entity) -> set[str]:
    """What the text has called an organisation, alone or beside its name: "Verdi, the union", "the airline Lufthansa"."""
    found = set()
    for place in entity.places:
        head = cast.doc[place]
        beside = [head] + [c for c in head.children if c.dep_ in ("appos", "nmod:desc", "compound", "flat")]
        if head.dep_ in ("appos", "flat", "nmod:desc"):
            beside.append(head.head)
        found |= {t.lower_ for t in beside if t.lower_ in words("organisation_nouns") and t.text.islower()}
    return found


def is_a(entity: Entity, word: str) -> bool:
    """Whether an organisation is what a word says by its own name or by what is known of it."""
    own = {w for n in (entity.name, *entity.aliases, *(entity.known.aliases if entity.known else ())) for w in fold(n).split()}
    if word in own:
        return True
    if word in ("company", "firm"):
        return entity.source_kind == "company" or bool(own & words("company_names"))
    if word in ("airline", "carrier"):
        return bool(own & {"airlines", "airways", "airline", "air", "aviation"})
    if word == "agency":
        return (
            entity.source_kind in ("agency", "state_media", "intelligence")
            or bool(own & {"administration", "bureau", "survey"})
            or _of_the_un(entity)
        )
    if word in ("newspaper", "paper", "daily", "broadcaster", "channel", "outlet"):
        return entity.source_kind in _NEWSROOMS
    if word in ("group", "movement", "militia", "organisation", "organization"):
        return entity.kind == "group" or bool(own & words("armed_names"))
    return False


def _of_the_un(entity: Entity) -> bool:
    return entity.party == "org:united-nations" and entity.known is not None


def may_be(entity: Entity, word: str) -> bool:
    """Whether nothing speaks against an organisation's being what a word says."""
    if entity.kind == "group" or entity.source_kind in (*_GOVERNMENTAL, *_NEWSROOMS, "agency", "expert"):
        return False
    if entity.party is not None and (entity.party.startswith("state:") or entity.party == "org:united-nations"):
        return False
    if entity.source_kind == "company":
        return word not in ("union", "charity", "club", "bank")
    own = {w for n in (entity.name, *entity.aliases) for w in fold(n).split()}
    told = own & (words("organisation_nouns") | words("armed_names"))
    return entity.known is None and (not told or word in told or (told <= {"group"} and word in words("firms")))


def _sentences(cast: Cast, first: int, last: int) -> int:
    return sum(1 for i in range(first, last) if cast.doc[i].is_sent_start)
