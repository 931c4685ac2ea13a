"""The cast of a report: everyone who acts in it, gathered from names, titles, descriptions and pronouns."""

from __future__ import annotations

from bisect import insort
from collections import Counter
from functools import cached_property

from spacy.tokens import Doc, Token

from sightline.extract.actors.entity import Entity
from sightline.extract.actors.index import Index
from sightline.extract.actors.roles import Role, role_at
from sightline.extract.actors.words import role_kinds, words
from sightline.extract.columns import columns
from sightline.gazetteer import Register
from sightline.gazetteer.folding import fold
from sightline.types import Actor, NameMention, PlaceMention, Report
from sightline.types import Span as TextSpan


class Cast:
    """Entities with their mentions; each step adds to it and none takes away."""

    def __init__(self, doc: Doc, register: Register, places: list[PlaceMention], report: Report) -> None:
        self.doc = doc
        self.register = register
        self.report = report
        self.day = report.published.value[:10] if report.published is not None else None
        self.index = Index()
        self.plain: list[NameMention] = []
        """Names that nobody acts under: places, works, peoples."""
        self.taken: set[int] = set()
        """Tokens that stand in a mention."""
        self.places: dict[int, PlaceMention] = {}
        for mention in places:
            words_ = doc.char_span(mention.span.start, mention.span.end, alignment_mode="expand")
            if words_ is not None:
                self.places.update(dict.fromkeys(range(words_.start, words_.end), mention))
        counted = {id(m): m for m in self.places.values() if m.place is not None and (m.place.kind == "country" or m.metonymy == "demonym")}
        self.countries = Counter(m.place.country for m in counted.values() if m.place is not None and m.place.country)
        """How often each country is named as such or by its people."""
        self.misnamed: list[tuple[int, int]] = []
        """Names that the pipeline takes for people's but that end like an organisation's ("Quill University")."""
        self.kin_of: dict[int, Entity | None] = {}
        """Whose relation a noun of kinship names, by its token."""
        self.relations: list[tuple[Entity, str, Entity]] = []
        """Who is told to be whose relation: the relation, the word of kinship, and whose."""
        self._states: dict[str, Entity] = {}

    @cached_property
    def told_of(self) -> frozenset[str]:
        """The countries of the report's places and of the organisations in it."""
        named = {m.place.country for m in self.places.values() if m.place is not None and m.place.country}
        named |= {
            a.nationality for e in columns(self.doc).names if e.label_ == "ORG" for a in self.register.actors_named(e.text) if a.nationality
        }
        return frozenset(named)

    @cached_property
    def _countries_of_places(self) -> frozenset[str]:
        return frozenset(m.place.country for m in self.places.values() if m.place is not None and m.place.country)

    def mention(
        self, entity: Entity, first: int, last: int, label: str, form: str, *, confidence: float = 1.0, head: Token | None = None
    ) -> None:
        """Record the words from ``first`` up to ``last`` as a mention of an entity."""
        span = self.doc[first:last]
        head = head or span.root
        entity.mentions.append(
            NameMention(
                span=TextSpan(span.start_char, span.end_char),
                text=span.text,
                label=label,
                form=form,
                head=TextSpan(head.idx, head.idx + len(head)),
                confidence=round(confidence, 3),
            )
        )
        entity.texts[span.text] = None
        insort(entity.places, head.i)
        self.index.mention(entity, first, last, head.i)
        self.taken.update(range(first, last))

    def free(self, first: int, last: int) -> bool:
        """Whether none of these tokens stands in a mention yet."""
        return self.taken.isdisjoint(range(first, last))

    def is_place(self, first: int, last: int) -> bool:
        """Whether these words are just a place that the gazetteer knows, and nobody whom the register knows."""
        mention = self.places.get(first)
        if mention is None or mention.place is None or mention.metonymy in ("name", "demonym") or self.places.get(last - 1) is not mention:
            return False
        own = self.doc[first:last]
        begun = mention.span.start + 4 * mention.text.lower().startswith("the ")
        same = begun >= own.start_char and mention.span.end <= own.end_char + 1 and mention.span.end - begun >= len(own.text) - 1
        return same and mention.place.kind != "building" and not any(a.kind != "state" for a in self.register.actors_named(own.text))

    def of(self, token: Token) -> Entity | None:
        """The entity that a token mentions."""
        return self.index.of(token.i)

    def add(self, entity: Entity) -> Entity:
        """Take an entity into the cast."""
        self.index.add(entity)
        return entity

    def name(self, entity: Entity, name: str) -> None:
        """Note that an entity is called so."""
        if name not in entity.aliases:
            entity.aliases.add(name)
            self.index.name(entity, name)

    @property
    def entities(self) -> list[Entity]:
        """All of the cast, in the order in which they joined it."""
        return self.index.entities

    def state(self, iso: str) -> Entity:
        """The entity of a state, made on first asking."""
        if iso not in self._states:
            known = self.register.state(iso)
            self._states[iso] = self.add(Entity(known.name, "state", known=known, country=iso, party=known.party, source_kind="government"))
        return self._states[iso]

    def body(self, iso: str, slug: str) -> Entity:
        """The entity of a body of a state."""
        return self.known(self.register.body(iso, slug))

    def actors_named(self, name: str, first: int) -> list[Actor]:
        """Whom the register knows by a name that stands at token ``first``: of several, those of the country named just before it, else of the
        one that the report names most. A name that many states' bodies share ("Senate") is nobody's where only other countries are named."""
        found = self.register.actors_named(name)
        shared = fold(name) in words("shared_bodies")
        if len(found) < 2 and not shared:
            return found
        before = {m.place.country for i in range(max(0, first - 3), first) if (m := self.places.get(i)) is not None and m.place is not None}
        if any(a.nationality in before for a in found if a.nationality):
            return [a for a in found if a.nationality in before]
        # A report that names no country tells of those in which its places lie.
        countries = self.countries.keys() or self._countries_of_places if shared else frozenset[str]()
        if countries:
            found = [a for a in found if a.nationality in countries]
        return sorted(found, key=lambda a: -self.countries.get(a.nationality or "", 0))

    def known(self, actor: Actor) -> Entity:
        """The entity of someone in the register."""
        if (entity := self.index.known(actor.id)) is not None:
            return entity
        return self.add(
            Entity(
                actor.name,
                actor.kind,
                known=actor,
                country=actor.nationality,
                sex=self.register.sex(actor.id),
                party=actor.party,
                source_kind=actor.source_kind,
            )
        )

    def persons(self) -> list[Entity]:
        """The people of the cast."""
        return self.index.persons

    def role(self, head: Token) -> Role | None:
        """The role that a noun names."""
        return role_at(head, self.register, self.places)

    def take_role(self, entity: Entity, role: Role) -> None:
        """Note that an entity is told to have a role."""
        if role.title in words("kin"):
            return
        entity.roles.append((role.title, role.iso, role.past))
        self.index.title(entity, role.title)
        kind = role_kinds().get(role.title, "person")
        if entity.source_kind in (None, "person"):
            entity.source_kind = kind
        if entity.known is None and kind == "official" and role.iso and not role.past:
            entity.party = f"state:{role.iso}"
            entity.country = entity.country or role.iso
        elif entity.country is None and role.iso:
            entity.country = role.iso
        last = role.title.split()[-1]
        if not entity.sex and last in words("male") | words("female"):
            entity.sex = "m" if last in words("male") else "f"
