"""Who of a cast may be meant, found without looking at everyone: by what a name looks like, by a role's title, by where a mention stands.

A live page names more than a thousand people. Each look-up here gives all who can answer and some who do not, in the order in which they
joined the cast; whoever asks tests them, so that a reading is the one that looking at everyone gives.
"""

from __future__ import annotations

from bisect import bisect_left, insort
from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable

from sightline.extract.actors import spelling
from sightline.extract.actors.entity import Entity
from sightline.gazetteer.folding import fold


class Index:
    """The look-ups of one cast."""

    def __init__(self) -> None:
        """Of a cast that nobody has joined yet."""
        self.entities: list[Entity] = []
        self.persons: list[Entity] = []
        self._order: dict[int, int] = {}
        self._by: defaultdict[Hashable, dict[int, None]] = defaultdict(dict)
        self._known: dict[str, Entity] = {}
        self._titles: dict[str, None] = {}
        self._at: dict[int, int] = {}
        self._heads: list[tuple[int, int]] = []

    def add(self, entity: Entity) -> None:
        """Take in an entity under its name, the other names it has so far, and the offices it is known to hold."""
        self._order[id(entity)] = len(self.entities)
        self.entities.append(entity)
        if entity.kind == "person":
            self.persons.append(entity)
        for name in (entity.name, *entity.aliases):
            self.name(entity, name)
        if entity.source_kind in ("outlet", "agency") and " " in entity.name:
            self._by["newsroom", entity.name.split()[-1]][self._order[id(entity)]] = None
        if entity.known is not None:
            self._known.setdefault(entity.known.id, entity)
            for office in entity.known.offices:
                self.title(entity, fold(office.title))

    def name(self, entity: Entity, name: str) -> None:
        """Take in another name of an entity."""
        order = self._order[id(entity)]
        keys: list[tuple[str, ...]] = []
        if entity.kind == "person":
            keys = [*spelling.alike(name), *(("short", key) for key in spelling.shortened(name))]
        elif entity.kind in ("organisation", "group"):
            keys = [("organisation", key) for key in _organisation(name)]
        for key in keys:
            self._by[key][order] = None

    def title(self, entity: Entity, title: str) -> None:
        """Take in that an entity is told or known to have a role."""
        self._titles[title] = None
        self._by["title", title][self._order[id(entity)]] = None

    def mention(self, entity: Entity, first: int, last: int, head: int) -> None:
        """Take in a mention: the tokens from ``first`` up to ``last``, and its head."""
        order = self._order[id(entity)]
        for at in range(first, last):
            self._at[at] = min(order, self._at.get(at, order))
        insort(self._heads, (head, order))

    def of(self, at: int) -> Entity | None:
        """The first entity that the token ``at`` mentions."""
        order = self._at.get(at)
        return None if order is None else self.entities[order]

    def known(self, identity: str) -> Entity | None:
        """The entity of somebody in the register."""
        return self._known.get(identity)

    def between(self, first: int, last: int) -> list[tuple[Entity, list[int]]]:
        """Entities with a mention whose head stands from ``first`` up to ``last``, with those heads."""
        found: dict[int, list[int]] = {}
        for head, order in self._heads[bisect_left(self._heads, (first, -1)) : bisect_left(self._heads, (last, -1))]:
            found.setdefault(order, []).append(head)
        return [(self.entities[order], found[order]) for order in sorted(found)]

    def spelled_like(self, name: str) -> list[Entity]:
        """People who may have this full name."""
        return self._of(spelling.alike(name))

    def called(self, name: str) -> list[Entity]:
        """People who may be called so by a part of their name."""
        return self._of([("short", fold(name))])

    def organisations(self, name: str) -> list[Entity]:
        """Organisations that may have this name, its acronym or what it stands for."""
        return self._of(("organisation", key) for key in (fold(name), _squeezed(name), initials(name)))

    def newsrooms(self, word: str) -> list[Entity]:
        """Newsrooms whose name of several words ends so."""
        return self._of([("newsroom", word)])

    def titled(self, title: str, same: Callable[[str, str], bool]) -> list[Entity]:
        """People who may have a role, with ``same`` telling which titles answer to it."""
        return self._of(("title", told) for told in self._titles if same(told, title))

    def _of(self, keys: Iterable[Hashable]) -> list[Entity]:
        return [self.entities[order] for order in sorted({order for key in keys for order in self._by.get(key, ())})]


_LOWER = frozenset(("of", "the", "and", "for", "on", "in", "to", "de", "des", "du"))


def initials(name: str) -> str:
    """The capital letters that an acronym of a name is made of.

    >>> initials("Harbour Safety Board of Norland")
    'HSBN'
    """
    return "".join(w[0].upper() for w in name.replace("-", " ").split() if w.lower() not in _LOWER)


def _squeezed(name: str) -> str:
    return name.replace(".", "").upper()


def _organisation(name: str) -> set[str]:
    """What an organisation may be called: its name, its first words, its initials, its acronym without stops."""
    key = fold(name)
    return {key, initials(name), _squeezed(name), *(key[:at] for at, letter in enumerate(key) if letter == " ")}
