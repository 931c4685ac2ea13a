"""Which place, name, time and quantity stands on which word."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from sightline.extract.claims.table import Tables, tables
from sightline.extract.claims.tree import Tree
from sightline.types import NameMention, PlaceMention, Quantity, Span, TimeMention

_MEASURES = frozenset({"distance", "speed", "duration", "share", "temperature", "magnitude"})
_KINDS = {
    "city": ("city",), "town": ("city", "village"), "village": ("village", "city"), "port": ("city", "port"), "capital": ("city",),
    "country": ("country",), "nation": ("country",), "region": ("region", "area"), "province": ("region",), "island": ("island",),
}  # fmt: skip
_LITERAL = ("literal",)
_PRONOUNS = frozenset(["he", "she", "they", "we", "i", "you", "who", "him", "her", "them", "us", "me"])


class Mentions:
    """Lookup from token index to the mentions there, and what kind of thing a head word is."""

    def __init__(
        self,
        tree: Tree,
        times: Sequence[TimeMention],
        places: Sequence[PlaceMention],
        names: Sequence[NameMention],
        quantities: Sequence[Quantity],
    ) -> None:
        """Indexes the mentions of one report by word."""
        self.tree = tree
        self.tables: Tables = tables()
        self.times = times
        self.quantities = quantities
        self.places = sorted(places, key=lambda place: place.span)
        self.place: dict[int, PlaceMention] = {}
        self.place_top: dict[int, PlaceMention] = {}
        self.name: dict[int, NameMention] = {}
        self.timed: set[int] = set()
        self.measured: set[int] = set()
        self.amounts: set[int] = set()
        self.distances: set[int] = set()
        for place in places:
            words = tree.tokens(place.span)
            self.place.update(dict.fromkeys(words, place))
            self.place_top[tree.top(words)] = place
        for name in sorted(names, key=lambda name: -name.span.length):
            self.name.update(dict.fromkeys(tree.tokens(name.span), name))
        for time in times:
            self.timed.update(tree.tokens(time.span))
        for quantity in quantities:
            self.amounts.add(tree.top(tree.tokens(quantity.span)))
            if quantity.dimension == "distance":
                self.distances.update(tree.tokens(quantity.span))
            if quantity.dimension in _MEASURES:
                self.measured.add(tree.top(tree.tokens(quantity.span)))

    def literal_place(self, index: int) -> PlaceMention | None:
        """The place named on this word, if it stands for the place itself and not for its state or people."""
        place = self.place.get(index)
        return place if place is not None and place.metonymy in _LITERAL else None

    def pointed_place(self, index: int) -> PlaceMention | None:
        """ "that city", "this port town": the last place of that kind named before, under the words that point to it."""
        tree = self.tree
        kinds = _KINDS.get(tree.lemma[index])
        if kinds is None or index in self.place:
            return None
        pointer = next((kid for kid in tree.kids[index] if tree.lower[kid] in ("that", "this") and tree.dep[kid] == "det"), None)
        if pointer is None:
            return None
        start = tree.start[pointer]
        before = [
            place
            for place in self.places
            if place.span.end <= start and place.metonymy in _LITERAL and place.place is not None and place.place.kind in kinds
        ]
        if not before:
            return None
        span = Span(start, tree.end[index])
        return msgspec.structs.replace(before[-1], span=span, text=tree.text[span.start : span.end], confidence=before[-1].confidence * 0.8)

    def place_there(self, index: int) -> PlaceMention | None:
        """The place that "there" means: the last one named before, in this sentence or one of the two before it."""
        tree = self.tree
        if tree.lower[index] != "there" or tree.dep[index] not in ("advmod", "obl", "xcomp") or tree.case(index):
            return None
        before = [
            place
            for place in self.places
            if place.span.end <= tree.start[index]
            and place.metonymy in _LITERAL
            and place.place is not None
            and tree.sentence[index] - tree.sentence[tree.at(place.span.start)] <= 2
        ]
        if not before:
            return None
        last = before[-1]
        span = Span(tree.start[index], tree.end[index])
        return msgspec.structs.replace(last, span=span, text=tree.text[span.start : span.end], confidence=last.confidence * 0.7)

    def actor(self, index: int) -> str | None:
        """Actor id of the name, title, description or pronoun on this word."""
        name = self.name.get(index)
        return name.actor if name is not None else None

    def is_place(self, index: int) -> bool:
        """A place by name or by word."""
        tree = self.tree
        if self.literal_place(index) is not None:
            return True
        if tree.pos[index] == "PROPN" and tree.ent[index] == "LOC" and index not in self.name:
            return True
        return index in self.place or (tree.pos[index] != "PROPN" and tree.lemma[index] in self.tables.classes["place"])

    def is_people(self, index: int) -> bool:
        """A person or a body of persons, a state that acts included."""
        tree, classes = self.tree, self.tables.classes
        if tree.lemma[index] in classes["person"] or tree.lemma[index] in classes["body"] or tree.lower[index] in _PRONOUNS:
            return True
        place = self.place.get(index)
        if place is not None:
            return place.metonymy in ("government", "team")
        name = self.name.get(index)
        label = name.label if name is not None else tree.ent[index]
        return label in ("PER", "ORG", "NORP")

    def is_person(self, index: int) -> bool:
        """A person or people one by one."""
        tree = self.tree
        if tree.lemma[index] in self.tables.classes["person"] or tree.lower[index] in _PRONOUNS:
            return True
        name = self.name.get(index)
        label = name.label if name is not None else tree.ent[index]
        return label in ("PER", "NORP") or (tree.pos[index] == "NUM" and not self.tree.kids[index])

    def has_class(self, index: int, value: str) -> bool:
        """Whether the head word is of the class (or is that very word where no class has the name)."""
        tree = self.tree
        if value == "people":
            return self.is_people(index)
        if value == "person":
            return self.is_person(index)
        if value == "place":
            return self.is_place(index)
        if value == "proper":
            return tree.pos[index] == "PROPN" and index not in self.place and index not in self.timed
        group = self.tables.classes.get(value)
        if group is None:
            return tree.lemma[index] == value or tree.lower[index] == value
        if tree.lemma[index] in group or tree.lower[index] in group:
            return True
        name = self.name.get(index)
        label = name.label if name is not None else tree.ent[index]
        if value in ("body", "firm", "team", "court", "bank") and label == "ORG":
            return True
        if value == "vehicle":
            return label == "MISC" and any(character.isdigit() for character in self.tree.doc[index].text)
        return False
