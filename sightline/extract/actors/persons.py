"""Names of people: in full, then the short ones that stand for them, then those that the language pipeline has not seen."""

from __future__ import annotations

from spacy.tokens import Span, Token

from sightline.extract.actors import spelling
from sightline.extract.actors.cast import Cast
from sightline.extract.actors.entity import Entity
from sightline.extract.actors.other_names import is_work
from sightline.extract.actors.words import role_kinds, sex_of_given_name, words
from sightline.extract.columns import columns
from sightline.gazetteer.folding import fold
from sightline.gazetteer.register import holds
from sightline.types import Actor


def person_names(cast: Cast) -> None:
    """Names of people: full names first, then the short ones that stand for them."""
    found = sorted(
        (_longer(cast, *_core(span)) for span in (*(e for e in columns(cast.doc).names if e.label_ == "PER"), *_unseen(cast))),
        key=lambda f: f[0],
    )
    short = []
    for first, last, sex in found:
        if first >= last or not cast.free(first, last) or (last - first == 1 and cast.doc[first].lower_ in words("titles")):
            continue
        if is_work(cast.doc[first:last]):
            continue
        name = spelling.clean(cast.doc[first:last].text)
        if fold(name).split()[-1:] and fold(name).split()[-1] in words("organisation_nouns"):
            cast.misnamed.append((first, last))
            continue
        everyone = cast.register.actors_named(name)
        if everyone and all(a.kind in ("organisation", "group") for a in everyone) and " " in name:
            cast.misnamed.append((first, last))
            continue
        if len(fold(name).split()) < 2:
            known = [a for a in cast.register.actors_named(name) if a.kind == "person"]
            if not known:
                short.append((first, last, sex, name))
                continue
            person = cast.known(known[0])
        else:
            person = _full(cast, name)
        person.sex = person.sex or sex or _sex(name)
        cast.name(person, name)
        cast.mention(person, first, last, "PER", "name", head=_head(cast.doc[first:last]))
        _describe(cast, person, first, last)
    for first, last, sex, name in short:
        if not cast.free(first, last):
            continue
        if first and cast.doc[first - 1].lower_ in ("younger", "elder", "older"):
            continue  # told apart from a relation of the same name, once the relations are known
        found_so = _short(cast, name, first, sex)
        if found_so is None and (cast.is_place(first, last) or _is_body(cast, name)):
            continue
        if found_so is None and name.isupper() and len(name) <= 5:
            cast.misnamed.append((first, last))
            continue
        person, confidence = found_so or (cast.add(Entity(name, "person", source_kind="person")), 0.7)
        person.sex = person.sex or sex or (_sex(name) if person.name == name else "")
        cast.mention(
            person, first, last, "PER", "short" if person.name != name else "name", confidence=confidence, head=_head(cast.doc[first:last])
        )
        person.confidence = min(person.confidence, max(confidence, 0.5))
        _describe(cast, person, first, last)


def missed_names(cast: Cast) -> None:
    """Family names that stand alone and that the pipeline has not seen as names, of people whom the report names in full."""
    families: dict[str, Entity | None] = {}
    for person in cast.persons():
        for name in {person.name, *person.aliases}:
            if " " in name and not person.kin:
                family = name.split()[0] if spelling.parts(name, country=person.country)[1] == fold(name.split()[0]) else name.split()[-1]
                families[family] = person if families.get(family, person) is person else None
    for at, pos in enumerate(columns(cast.doc).pos):
        if pos != "PROPN" or at in cast.taken:
            continue
        token, place = cast.doc[at], cast.places.get(at)
        if place is not None and place.place is not None:
            continue
        choice = _known_alone(cast, token) if token.text not in families else None
        found = families.get(token.text)
        if found is None and choice is None:
            continue
        if len(token) < 2 or (token.text.isupper() and len(token) < 4):
            continue
        after = cast.doc[token.i + 1] if token.i + 1 < len(cast.doc) else None
        before = cast.doc[token.i - 1] if token.i else None
        if (after is not None and after.pos_ == "PROPN") or (
            before is not None and before.pos_ == "PROPN" and before.lower_ not in words("titles")
        ):
            continue
        if found is None and choice is not None:
            found = cast.known(choice)
        if found is not None:
            cast.mention(found, token.i, token.i + 1, "PER", "short", confidence=0.75)


def _known_alone(cast: Cast, token: Token) -> Actor | None:
    """The well-known holder of office whom a lone subject names in a report on their country ("Maduro called it a lie")."""
    if token.dep_ not in ("nsubj", "nsubj:pass") or token.ent_type_ not in ("", "LOC") or len(token) < 4:
        return None
    choice = _well_known(cast, cast.register.surnamed(token.text))
    return choice if choice is not None and _standing(cast, choice) < _NO_OFFICE else None


def _unseen(cast: Cast) -> list[Span]:
    """Names that the pipeline does not call people's but that a form of address stands before ("Mr. Xi"), or that are people's by their words
    and company ("Mehmet Oz")."""
    doc = cast.doc
    found = []
    column = columns(doc)
    for at, word in enumerate(column.words):
        if not at or column.lower[at - 1] not in words("address") or not column.words[at - 1][:1].isupper():
            continue
        if column.label[at] != "PER" and word[:1].isupper() and not column.opens[at]:
            token, last, end = doc[at], at + 1, column.sentence[at][1]
            while last < end and doc[last].text[:1].isupper() and doc[last].pos_ == "PROPN" and doc[last].ent_type_ == token.ent_type_:
                last += 1
            found.append(doc[at:last])
    not_people = words("organisation_nouns") | words("place_nouns") | words("company_names")
    for entity in column.names:
        ranked = entity.label_ in ("ORG", "LOC", "MISC") and len(entity) > 2 and entity[0].lower_ in words("ranks")
        if ranked and all(t.text.istitle() for t in entity) and entity[-1].lower_ not in not_people:
            found.append(entity)
    found += _registered(cast)
    found += [e for e in column.names if e.label_ in ("LOC", "ORG") and 2 <= len(e) <= 3 and _person_after_all(cast, e)]
    return found


def _registered(cast: Cast) -> list[Span]:
    """Full names of known people that the pipeline has not labelled ("Pope Leo XIV"), the longest first."""
    column, found, reached = columns(cast.doc), [], 0
    words_ = column.words
    for first, word in enumerate(words_):
        if first < reached or not word[:1].isupper() or column.label[first] == "PER":
            continue
        end = first + 1
        while end < min(first + 4, len(words_)) and (words_[end][:1].isupper() or words_[end] == "-"):
            end += 1
        for last in range(end, first + 1, -1):
            if any(a.kind == "person" for a in cast.register.actors_named(column.between(first, last))):
                found.append(cast.doc[first:last])
                reached = last
                break
    return found


def _person_after_all(cast: Cast, entity: Span) -> bool:
    """Whether what the pipeline calls a place or an organisation is rather a person: nobody knows it, no word of it is that of a place or an
    organisation, and it begins with a given name, speaks, stands with a person, or has a person's role beside it."""
    place = cast.places.get(entity.start)
    if (
        (place is not None and place.place is not None)
        or not all(t.text.istitle() for t in entity)
        or cast.register.actors_named(entity.text)
    ):
        return False
    if not words("organisation_nouns").union(words("place_nouns"), words("company_names")).isdisjoint(t.lower_ for t in entity):
        return False
    if entity.start and cast.doc[entity.start - 1].lower_ == "the":
        return False
    head = _head(entity)
    if fold(entity[0].text) in sex_of_given_name() or (head.dep_ in ("nsubj", "nsubj:outer") and head.head.lower_ in words("saying")):
        return True
    partners = [c for c in head.children if c.dep_ == "conj"] + ([head.head] if head.dep_ == "conj" else [])
    return any(p.ent_type_ == "PER" for p in partners) or any(c.dep_ == "appos" and cast.role(c) is not None for c in head.children)


def _core(entity: Span) -> tuple[int, int, str]:
    """The name without titles before it and other words after it, with what belongs to it: first token, one past the last, and the sex that
    a title tells."""
    doc = entity.doc
    first, last, sex = entity.start, entity.end, ""
    while first < last - 1 and (doc[first].lower_ in words("titles") or (last - first > 2 and doc[first].lower_ in role_kinds())):
        sex = sex or _title_sex(doc[first].lower_)
        first += 1
    while first < last and (
        doc[last - 1].text in ("'s", "’s", "'", "’", ",", '"', "”")
        or (last - first > 1 and doc[last - 1].text.islower() and doc[last - 2].whitespace_)
    ):
        last -= 1
    if first < last:
        if (
            last + 1 < len(doc)
            and doc[last].text == "-"
            and not doc[last - 1].whitespace_
            and not doc[last].whitespace_
            and doc[last + 1].text.istitle()
        ):
            last += 2
        if last < len(doc) and doc[last].text.rstrip(".") in ("Jr", "Sr", "II", "III", "IV"):
            last += 1
    if first > entity.sent.start and not sex:
        sex = _title_sex(doc[first - 1].lower_)
    return first, last, sex


def _longer(cast: Cast, first: int, last: int, sex: str) -> tuple[int, int, str]:
    """Take in the words after a name that the pipeline has cut, where the register knows a person so ("[Kim] Ju Ae")."""
    end = min(last + 2, len(cast.doc))
    while end > last and not all(t.text[:1].isupper() for t in cast.doc[last:end]):
        end -= 1
    for longer in range(end, last, -1):
        if first < last and any(a.kind == "person" for a in cast.register.actors_named(cast.doc[first:longer].text)):
            return first, longer, sex
    return first, last, sex


def _title_sex(title: str) -> str:
    title = title.rstrip(".")
    return "m" if title in words("male") else "f" if title in words("female") else ""


def _sex(name: str) -> str:
    letters = fold(name).split()
    return sex_of_given_name().get(letters[0], "") if letters else ""


def _head(span: Span) -> Token:
    return next((t for t in span if not span.start <= t.head.i < span.end), span[-1])


def _full(cast: Cast, name: str) -> Entity:
    begins = spelling.squashed(name)[:1]
    for person in cast.index.spelled_like(name):
        if any(spelling.squashed(alias)[:1] == begins and spelling.same_name(alias, name) for alias in (person.name, *person.aliases)):
            return person
    known = [a for a in cast.register.actors_named(name) if a.kind == "person"]
    if not known:
        alike = [a for a in cast.register.people_spelled_like(name) if any(spelling.same_name(n, name) for n in (a.name, *a.aliases))]
        known = alike if len(alike) == 1 else []
    if known:
        return cast.known(known[0])
    return cast.add(Entity(name, "person", source_kind="person"))


def _is_body(cast: Cast, name: str) -> bool:
    """Whether a lone name is rather a group or an organisation that the register knows ("Wagner")."""
    known = cast.register.actors_named(name)
    return bool(known) and all(a.kind in ("group", "organisation") for a in known)


def _short(cast: Cast, name: str, at: int, sex: str) -> tuple[Entity, float] | None:
    """Whom a lone name stands for: one of the report's people, else a well-known holder of it."""
    key = fold(name)
    scored = []
    for order, person in enumerate(cast.index.called(name)):
        names = [spelling.parts(n, country=person.country) for n in {person.name, *person.aliases}]
        family = key in {p[1] for p in names} or fold(person.name) == key
        given = key in {p[0] for p in names}
        if not (family or given) or (sex and person.sex and sex != person.sex):
            continue
        before = person.before(at) is not None
        called_so = any(fold(text) == key for text in person.texts)
        kin = any(role[2] for role in person.roles)
        scored.append(((called_so, family, before, not kin, len(person.places), -order), person))
    if scored:
        best = max(scored, key=lambda item: item[0])
        if not best[0][2]:  # named in full only later on: rather somebody so well known that the family name does
            choice = _well_known(cast, cast.register.surnamed(name))
            if choice is not None and _standing(cast, choice) == 0:
                return cast.known(choice), 0.8
        rivals = sum(1 for s, _ in scored if s[1] == best[0][1]) - 1
        return best[1], (0.95 if not rivals else 0.85 if best[0][0] else 0.75)
    choice = _well_known(cast, [a for a in cast.register.surnamed(name) if not sex or cast.register.sex(a.id) in ("", sex)])
    if choice is not None:
        return cast.known(choice), 0.8
    return None


def named_so(cast: Cast, name: str) -> Entity | None:
    """The one person of the report with this family name."""
    found = [p for p in cast.index.called(name) if fold(name) == spelling.parts(p.name, country=p.country)[1]]
    return found[0] if len(found) == 1 else None


def _well_known(cast: Cast, family: list[Actor]) -> Actor | None:
    """The holder of a family name who must be meant when no full name is given: the only one from a country that the report names, or the
    one of them who stands highest in office."""
    from_here = [a for a in family if a.nationality in cast.told_of]
    if len(from_here) == 1:
        return from_here[0]
    ranked = sorted((_standing(cast, a), n) for n, a in enumerate(from_here))
    if ranked and ranked[0][0] < _NO_OFFICE and (len(ranked) == 1 or ranked[0][0] < ranked[1][0]):
        return from_here[ranked[0][1]]
    return None


_NO_OFFICE = 4


def _standing(cast: Cast, person: Actor) -> int:
    """0 for a head of state in office, 1 for a head of government, 2 for another office of the state, 3 for any other, 4 for none."""
    best = _NO_OFFICE
    for office in person.offices:
        if holds(office, cast.day) if cast.day is not None else office.end in (None, ".."):
            title = fold(office.title)
            state = (office.body or "").startswith("state:")
            below = 1 if title in ("prime minister", "premier", "taoiseach", "chancellor") else 0 if title in words("head") else 2
            best = min(best, below if state else 3)
    return best


def _describe(cast: Cast, person: Entity, first: int, last: int) -> None:
    """Take up the role told beside a name: a title before it, or an apposition on either side."""
    doc = cast.doc
    head = _head(doc[first:last])
    nouns = [t for t in head.children if t.dep_ in ("nmod:desc", "appos", "compound", "flat", "nmod:unmarked") and not first <= t.i < last]
    if head.dep_ in ("appos", "flat", "nmod:desc") and not first <= head.head.i < last:
        nouns.append(head.head)
    if first > head.sent.start and doc[first - 1].pos_ in ("NOUN", "PROPN"):
        nouns.append(doc[first - 1])
    if first > head.sent.start + 1 and doc[first - 1].text == "," and doc[first - 2].pos_ in ("NOUN", "PROPN"):
        nouns.append(doc[first - 2])
    for noun in dict.fromkeys(nouns):
        role = cast.role(noun)
        if (role is not None and role.last <= first) or (role is not None and role.first >= last):
            cast.take_role(person, role)
            if role.title.split()[-1] in words("kin"):
                person.roles = [r for r in person.roles if r[0] != role.title]
            if role.last <= first and cast.free(role.first, role.last) and role.definite and doc[role.last].text == ",":
                cast.mention(person, role.first, role.last, "PER", "title", confidence=0.9, head=noun)
            else:
                cast.taken.update(range(noun.i, noun.i + 1))
