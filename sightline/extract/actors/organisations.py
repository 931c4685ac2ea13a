"""Organisations: names, acronyms, and bodies of a state."""

from __future__ import annotations

import re

from spacy.tokens import Span

from sightline.extract.actors.cast import Cast
from sightline.extract.actors.entity import Entity
from sightline.extract.actors.index import initials
from sightline.extract.actors.other_names import is_people, is_work, unseen
from sightline.extract.actors.persons import named_so
from sightline.extract.actors.spelling import clean
from sightline.extract.actors.words import bodies, body_endings, words
from sightline.extract.columns import columns
from sightline.gazetteer.folding import fold
from sightline.types import Actor

_ACRONYM = re.compile(r"[A-Z][A-Za-z]{0,2}[A-Z&]{1,6}|[A-Z](?:\.[A-Z])+\.?")


def organisation_names(cast: Cast) -> None:
    """Names that the pipeline calls organisations, and those that the register knows by an unmistakable name."""
    doc = cast.doc
    for entity in (*columns(doc).names, *unseen(doc)):
        first, last = _core(entity)
        if entity.label_ == "ORG":
            first = _joined(cast, first, last)
        if (
            first < last
            and cast.free(first, last)
            and (is_people(cast, first, last) or is_work(doc[first:last]))
            and not cast.register.actors_named(doc[first:last].text)
        ):
            continue  # a law, a plan, an award, a people: a name, but nobody who acts
        organisation = entity.label_ in ("ORG", "MISC") or (first, last) in cast.misnamed or _misplaced(cast, entity, first, last)
        if organisation and first < last and cast.free(first, last) and not cast.is_place(first, last) and not _stood_at(cast, first, last):
            _organisation(cast, entity, first, last)
    column = columns(doc)
    for first, word in enumerate(column.words):
        if first in cast.taken or not word[:1].isupper():
            continue
        end = column.sentence[first][1]
        for length in (4, 3, 2, 1):
            last = first + length
            alone = length == 1
            if alone and (len(word) < 4 or column.label[first] or doc[first].is_stop):
                continue
            if last > end or not column.words[last - 1][0].isalnum() or not cast.free(first, last):
                continue
            known = [a for a in cast.actors_named(column.between(first, last), first) if a.kind in ("organisation", "group")]
            if known and _stood_at(cast, first, last):
                break
            if known and not (alone and column.opens[first] and not word.isupper()):
                cast.mention(cast.known(known[0]), first + (column.lower[first] == "the"), last, "ORG", "name", confidence=0.8)
                break
    _shortened(cast)
    _acronyms(cast)


def _joined(cast: Cast, first: int, last: int) -> int:
    """Where a name begins that the pipeline has cut at its "and": "the Securities and [Exchange Commission]"."""
    doc = cast.doc
    if first < 3 or doc[first - 1].lower_ not in ("and", "&") or doc[last - 1].lower_ not in words("organisation_nouns"):
        return first
    begin = first - 2
    while begin > 0 and doc[begin - 1].text[:1].isupper() and doc[begin - 1].lower_ != "the" and not doc[begin].is_sent_start:
        begin -= 1
    whole = doc[begin].text[:1].isupper() and not any(t.ent_type_ for t in doc[begin:first]) and doc[begin - 1].lower_ == "the"
    return begin if whole and cast.free(begin, first) else first


def _misplaced(cast: Cast, entity: Span, first: int, last: int) -> bool:
    """Whether what the pipeline calls a place is rather an organisation: the gazetteer knows no such place, and it ends like one
    ("Marsh Valley Trust") or the register knows it."""
    if entity.label_ != "LOC" or first >= last:
        return False
    place = cast.places.get(first)
    if place is not None and place.place is not None and place.span.end >= cast.doc[last - 1].idx:
        return False
    if last - first > 1 and cast.doc[last - 1].lower_ in words("organisation_nouns"):
        return True
    return any(a.kind == "organisation" for a in cast.register.actors_named(cast.doc[first:last].text))


def _stood_at(cast: Cast, first: int, last: int) -> bool:
    """Whether a building is only where something is: "stood outside Downing Street"."""
    mention = cast.places.get(first)
    if mention is None or mention.place is None or mention.place.kind != "building" or mention.metonymy != "literal":
        return False
    before = cast.doc[first - 1 - (cast.doc[first - 1].lower_ == "the")] if first > 1 else None
    return before is not None and before.lower_ in words("at")


def _shortened(cast: Cast) -> None:
    """ "The Times", "the Post": the last word of the one newsroom's name that the report has given in full."""
    newsrooms = [e for e in cast.entities if e.source_kind in ("outlet", "agency", "state_media") and " " in e.name]
    column = columns(cast.doc)
    for at, word in enumerate(column.words):
        if not at or at in cast.taken or not word[:1].isupper() or column.lower[at - 1] != "the" or column.label[at] == "PER":
            continue
        found = [e for e in newsrooms if e.name.split()[-1] == word and e.first < at]
        if len(found) == 1:
            cast.mention(found[0], at, at + 1, "ORG", "short", confidence=0.85)


def _acronyms(cast: Cast) -> None:
    """Acronyms that the text has introduced, wherever they stand."""
    short = {alias: e for e in cast.entities if e.kind in ("organisation", "group") for alias in e.aliases if _ACRONYM.fullmatch(alias)}
    for at, word in enumerate(columns(cast.doc).words):
        found = short.get(word)
        if found is not None and at not in cast.taken:
            cast.mention(found, at, at + 1, "ORG", "acronym", confidence=0.9)


def _core(entity: Span) -> tuple[int, int]:
    first, last = entity.start, entity.end
    while first < last and entity.doc[first].lower_ in ("the", "a", "an"):
        first += 1
    while first < last and entity.doc[last - 1].text in ("'s", "’s", "'", "’", ",", '"', "”", "."):
        last -= 1
    return first, last


def _organisation(cast: Cast, entity: Span, first: int, last: int) -> None:
    doc = cast.doc
    name = clean(doc[first:last].text)
    everyone = cast.actors_named(name, first)
    if not everyone and (country := cast.places.get(first)) is not None and country.place is not None and last - first > 2:
        rest = doc[first + len(country.text.split()) : last].text
        everyone = [a for a in cast.register.actors_named(rest) if a.nationality == country.place.country]
    known = [a for a in everyone if a.kind != "person"]
    if everyone and not known:
        cast.mention(cast.known(everyone[0]), first, last, "PER", "name", confidence=0.9)
        return
    titled = last - first == 2 and doc[first].lower_ in words("titles")
    if (titled or (last - first == 1 and not known)) and (person := named_so(cast, doc[last - 1].text)) is not None:
        cast.mention(person, last - 1, last, "PER", "short", confidence=0.85)
        return
    outlets = cast.index.newsrooms(name)
    if first and doc[first - 1].lower_ == "the" and len(outlets) == 1 and outlets[0].first < first:
        cast.mention(outlets[0], first, last, "ORG", "short", confidence=0.85)
        return
    if known and known[0].kind == "state":
        cast.mention(cast.state(known[0].nationality or ""), first, last, entity.label_, "name")
        return
    if not known and last - first == 1 and cast.places.get(first) is None and _seat(cast, name, first):
        return
    elsewhere = _sits_elsewhere(cast, known[0] if known else None, name, last)
    if elsewhere is not None:
        found = elsewhere
    elif known:
        found = cast.known(known[0])
    elif (state := _state_body(cast, first, last)) is not None:
        found = state
    elif entity.label_ == "MISC":
        return
    else:
        found = next((e for e in cast.index.organisations(name) if _same(e, name)), None) or cast.add(
            Entity(name, "organisation", source_kind="organisation")
        )
    cast.name(found, name)
    acronym = bool(_ACRONYM.fullmatch(name)) and name != found.name
    cast.mention(found, first, last, "ORG", "acronym" if acronym else "name")
    _introduced(cast, found, last)


def _sits_elsewhere(cast: Cast, known: Actor | None, name: str, last: int) -> Entity | None:
    """The body of another state than the register's with this name, told by the capital it sits in: "the Foreign Office in Berlin"."""
    doc, slug = cast.doc, bodies().get(name.lower())
    if slug is None or last + 1 >= len(doc) or doc[last].lower_ != "in":
        return None
    place = cast.places.get(last + 1)
    iso = cast.register.seat_of(place.text) if place is not None else None
    return cast.body(iso, slug) if iso is not None and (known is None or iso != known.nationality) else None


def _seat(cast: Cast, name: str, first: int) -> bool:
    """Whether a name that the pipeline calls an organisation is a capital; where it acts, the body or state that sits there is taken up."""
    body, iso = cast.register.body_at(name), cast.register.seat_of(name)
    if body is None and iso is None:
        return False
    acts = cast.doc[first].dep_ in ("nsubj", "nsubj:outer", "nmod:poss", "obl:agent") and not any(
        c.dep_ == "case" and c.lower_ in words("at") | {"to", "from"} for c in cast.doc[first].children
    )
    if acts and body is not None and iso not in cast.countries:
        cast.mention(cast.known(body), first, first + 1, "ORG", "short", confidence=0.75)
    elif acts and iso is not None:
        cast.mention(cast.state(iso), first, first + 1, "LOC", "short", confidence=0.75)
    return True


def _introduced(cast: Cast, found: Entity, last: int) -> None:
    """An acronym in brackets after the name: "the Harbour Safety Board (HSB)"."""
    doc = cast.doc
    if last + 2 < len(doc) and doc[last].text == "(" and doc[last + 2].text == ")" and _ACRONYM.fullmatch(doc[last + 1].text):
        short = doc[last + 1].text
        if initials(found.name).startswith(short.replace(".", "").upper()[:2]) and cast.free(last + 1, last + 2):
            cast.name(found, short)
            cast.mention(found, last + 1, last + 2, "ORG", "acronym", confidence=0.95)


def _same(entity: Entity, name: str) -> bool:
    names = {entity.name, *entity.aliases}
    keys = {fold(n) for n in names}
    if fold(name) in keys:
        return True
    if _ACRONYM.fullmatch(name) and len(name) >= 2:
        return any(initials(n) == name.replace(".", "").upper() for n in names if " " in n)
    if _ACRONYM.fullmatch(entity.name):
        return initials(name) == entity.name.replace(".", "").upper() and " " in name
    first = fold(name)
    return any(key.startswith(first + " ") and len(first) > 3 and " " in key for key in keys) and name[:1].isupper()


def _state_body(cast: Cast, first: int, last: int) -> Entity | None:
    """A body of a state by its words: "South Korean Defence Ministry", "Russia's foreign ministry"."""
    doc = cast.doc
    for length in range(min(5, last - first), 0, -1):
        slug = bodies().get(doc[last - length : last].text.lower())
        if slug is None:
            continue
        for i in range(last - length - 1, max(doc[first].sent.start, first - 4) - 1, -1):
            mention = cast.places.get(i)
            if mention is not None and mention.place is not None and mention.place.country:
                iso = mention.place.country if mention.place.kind == "country" else cast.register.seat_of(mention.text)
                return cast.body(iso, slug) if iso else None
        return None
    return None


def state_bodies(cast: Cast) -> None:
    """Bodies told in common words: "the North Korean state agency", "Russia's military", "Seoul's defence ministry"."""
    doc = cast.doc
    phrases = bodies()
    column = columns(doc)
    for at, (word, pos) in enumerate(zip(column.lower, column.pos, strict=True)):
        if word not in body_endings() or pos not in ("NOUN", "PROPN") or at in cast.taken:
            continue
        token = doc[at]
        for length in (4, 3, 2, 1):
            first = at - length + 1
            if first < column.sentence[at][0] or column.between(first, at + 1).lower() not in phrases or not cast.free(first, at + 1):
                continue
            if (
                token.i + 1 < len(doc)
                and doc[token.i + 1].pos_ in ("NOUN", "PROPN")
                and doc[token.i + 1].head.i != token.i
                and token.dep_ == "compound"
            ):
                break
            if any(w in phrases[doc[first : token.i + 1].text.lower()] for w in ("government",)) and token.lower_ == "officials":
                break
            iso, begin = _owner(cast, first)
            if iso is None:
                break
            named = next((c for c in token.children if c.dep_ in ("appos", "flat") and c.i > token.i and cast.of(c) is not None), None)
            apposed = cast.of(named) if named is not None else cast.of(doc[token.i + 1]) if token.i + 1 < len(doc) else None
            found = (
                apposed
                if apposed is not None and apposed.party == f"state:{iso}" and apposed.kind == "organisation"
                else cast.body(iso, phrases[doc[first : token.i + 1].text.lower()])
            )
            if apposed is None or apposed is not found:
                cast.mention(found, begin, token.i + 1, "ORG", "description", confidence=0.9, head=token)
            break


def _owner(cast: Cast, first: int) -> tuple[str | None, int]:
    """The state named just before a phrase, and where its words begin."""
    doc = cast.doc
    i = first - 1
    while i >= max(doc[first].sent.start, first - 4):
        mention = cast.places.get(i)
        if mention is not None and mention.place is not None:
            iso = mention.place.country if mention.place.kind == "country" else cast.register.seat_of(mention.text)
            while i > 0 and cast.places.get(i - 1) is mention:
                i -= 1
            return iso, i
        if doc[i].lower_ not in ("'s", "’s", "’", "'") and doc[i].pos_ not in ("ADJ", "NOUN"):
            return None, first
        i -= 1
    return None, first
