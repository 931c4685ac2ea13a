"""Where a happening is, comes from and goes to."""

from __future__ import annotations

from sightline.extract.claims.mentions import Mentions
from sightline.extract.claims.table import Happening, tables
from sightline.extract.claims.tree import Tree
from sightline.extract.claims.triggers import Finder, Trigger
from sightline.types import PlaceMention, Where

_THROUGH = frozenset({"flat", "compound", "nmod", "nmod:poss", "nmod:desc", "appos", "goeswith"})
_TOWARD = frozenset({"to", "for", "into", "onto", "toward", "towards"})
_PART = frozenset({"most", "part", "much", "half", "all", "rest", "several", "swathe", "outskirt", "centre", "center", "third", "quarter"})
_WAYS = frozenset({"from", "to", "into", "toward", "towards", "via"})
_COMPASS = ("north", "south", "east", "west")
_LAND = frozenset({"territory", "soil", "airspace", "waters", "water", "border", "coast", "land", "mainland", "shore", "side"})
_VENUES = frozenset({"venue", "site", "host", "location", "setting", "place", "scene"})
_NESTED = {"into": "to", "to": "to", "from": "from", "near": "near", "outside": "near", "toward": "toward", "towards": "toward"}
_PHRASES = {
    "in front of": "near", "close to": "near", "next to": "near", "out of": "from", "away from": "from", "en route to": "toward",
    "ahead of": "", "because of": "", "due to": "", "according to": "", "instead of": "", "as of": "", "by way of": "via", "outside of": "near",
    "south of": "near", "north of": "near", "east of": "near", "west of": "near", "up to": "to", "prior to": "",
}  # fmt: skip


#: Happenings whose "there" is where they lead.
_GOING = frozenset({"arrival", "travel", "visit", "return"})


class Wheres:
    """Finds the places of triggers in one report."""

    def __init__(self, tree: Tree, mentions: Mentions, finder: Finder) -> None:
        """Works on one report's tree and mentions."""
        self.tree = tree
        self.mentions = mentions
        self.finder = finder
        self.roles = tables().where
        self.befall = tables().words["befall"]
        self.others: frozenset[int] = frozenset()

    def places(self, trigger: Trigger, happening: Happening, others: frozenset[int]) -> tuple[Where, ...]:
        """The places in text order, each mention once; ``others`` are the words of other happenings, which keep their own."""
        self.others = others
        found: dict[int, Where] = {}
        tree = self.tree
        if trigger.type == "distance":
            self._ends(trigger.word, found)
            return tuple(found[start] for start in sorted(found))
        if trigger.type == "arrival" and trigger.base == "shape":
            self._add(found, trigger.word if trigger.carrier is None else trigger.carrier, "to")
        if trigger.type == "presence":
            self._add(found, trigger.word, self._role(tree.case(trigger.word), happening, default="at"))
            return tuple(found.values())
        if trigger.base == "noun":
            self._of_noun(trigger.word, happening, found)
        if trigger.carrier is not None and not tree.is_verb(trigger.carrier) and trigger.base == "noun":
            self._add(found, trigger.carrier, self._role(tree.case(trigger.carrier), happening, default="at"))
        if trigger.carrier is not None:
            self._of_verb(trigger.carrier, happening, found, own=trigger.base != "noun")
        if not found:
            self._relative(trigger, found)
        if not found and trigger.base == "noun":
            self._venue(trigger.word, found)
        if not found:
            self._within_participants(trigger, happening, found)
        if trigger.base == "noun" and not found:
            self._right_after(trigger.word, found)
        if trigger.base == "noun" and not found:
            self._from_purpose(trigger.word, happening, found)
        return tuple(found[start] for start in sorted(found))

    def _ends(self, word: int, found: dict[int, Where]) -> None:
        """Both ends of a distance: the place that is so far away, and from where."""
        tree = self.tree
        subjects = self.finder.arguments(word).subjects
        for subject in subjects:
            self._add(found, subject, "at")
        for below in tree.under(word, frozenset({"nsubj", "acl:relcl", "advcl", "conj"})):
            if below not in subjects and below in self.mentions.place_top and self.mentions.literal_place(below) is not None:
                role = self.roles.get(tree.case(below).split(" ")[0], "")
                end = "to" if role == "to" else "from"
                found.setdefault(self.mentions.place_top[below].span.start, Where(role=end, mention=self.mentions.place_top[below]))

    def _of_verb(self, verb: int, happening: Happening, found: dict[int, Where], *, own: bool) -> None:
        given = self.finder.arguments(verb)
        if (own or self.tree.lemma[verb] in self.befall) and happening.frame_name != "compete":
            for thing in given.objects:
                self._add(found, thing, happening.objects.get(self.tree.lemma[verb], happening.object))
            if given.passive or (not given.objects and happening.type in ("opening", "closing", "capture", "presence")):
                for thing in given.subjects:
                    self._add(found, thing, happening.object)
        border = any(self.mentions.has_class(thing, "border") for thing in given.objects)
        for preposition, word in given.obliques:
            role = self._role(preposition, happening, default="at" if not preposition else "")
            if preposition == "with" and border:
                role = "at"
            if role and not (own and self._after_event(word)):
                self._add(found, word, role)
        for kid in self.tree.kids[verb]:
            there = self.mentions.place_there(kid) if happening.type in _GOING else None
            if there is not None:
                found.setdefault(there.span.start, Where(role="to", mention=there))
                continue
            if self.tree.dep[kid] in ("advmod", "xcomp", "advcl", "dep") and self.tree.pos[kid] in ("PROPN", "ADV", "ADJ", "NOUN", "ADP"):
                role = self._role(self.tree.case(kid), happening, default="")
                for below in self.tree.children(kid, "obl", "nmod"):
                    inner = self._role(self.tree.case(below), happening, default="")
                    if inner:
                        self._add(found, below, inner)
                if role:
                    self._add(found, kid, role)
            elif self.tree.dep[kid] in ("parataxis", "nmod") and self.tree.case(kid):
                role = self._role(self.tree.case(kid), happening, default="")
                if role:
                    self._add(found, kid, role)

    def _after_event(self, word: int) -> bool:
        """ "left for talks in Doha": a place right after another happening's noun is that one's."""
        tree = self.tree
        case = next((kid for kid in tree.kids[word] if tree.dep[kid] == "case"), 0)
        return case > 0 and tree.lower[case] in ("in", "at") and case - 1 in self.others and tree.pos[case - 1] == "NOUN"

    def _of_noun(self, noun: int, happening: Happening, found: dict[int, Where]) -> None:
        tree = self.tree
        for kid in tree.kids[noun]:
            relation, preposition = tree.dep[kid], tree.case(kid)
            if (relation.startswith("nmod") and relation != "nmod:poss") or relation == "obl":
                for each in tree.conjuncts(kid):
                    case = tree.case(each) or preposition
                    if happening.frame_name == "meeting" and case in ("between", "with"):
                        continue
                    role = self._role(case, happening, default="")
                    if case == "of":
                        role = happening.object
                    elif case in ("on", "against") and happening.frame_name == "attack":
                        role = "at"
                    if role:
                        self._add(found, each, role)
            elif relation == "compound" or (relation == "nmod:poss" and happening.frame.noun_poss == "theme"):
                self._add(
                    found, kid, "at" if happening.frame_name not in ("motion", "visit") else "from" if happening.object == "from" else "to"
                )

    def _relative(self, trigger: Trigger, found: dict[int, Where]) -> None:
        """ "Vladivostok, where he will meet ...": the place before the clause."""
        tree = self.tree
        verb = trigger.carrier
        if verb is None:
            return
        here = verb
        for _ in range(4):
            where = next((kid for kid in tree.kids[here] if tree.lower[kid] == "where" and kid < here), None)
            if where is not None:
                before = [word for word in range(max(0, where - 3), where) if tree.pos[word] in ("NOUN", "PROPN")]
                if before and tree.sentence[before[-1]] == tree.sentence[where]:
                    self._add(found, before[-1], "at")
                    if not found and tree.dep[here] in ("acl:relcl", "advcl:relcl", "acl"):
                        self._add(found, tree.head[here], "at")
                return
            if tree.dep[here] not in ("xcomp", "conj") or tree.head[here] == here:
                return
            here = tree.head[here]

    def _venue(self, noun: int, found: dict[int, Where]) -> None:
        """ "Oslo, the venue for the talks", "Oslo will be the site of the summit"."""
        tree = self.tree
        venue = tree.head[noun]
        if tree.lemma[venue] not in _VENUES or tree.case(noun) not in ("for", "of"):
            return
        for subject in tree.children(venue, "nsubj") or self._before_copula(venue):
            self._add(found, subject, "at")
        here = venue
        while not found and tree.dep[here] in ("appos", "conj", "nmod", "parataxis") and tree.head[here] != here:
            here = tree.head[here]
            if tree.is_verb(here):
                for preposition, word in self.finder.arguments(here).obliques:
                    if preposition in ("in", "at", "to"):
                        self._add(found, word, "at")
                return
            if self.mentions.literal_place(here) is not None:
                self._add(found, here, "at")

    def _before_copula(self, venue: int) -> list[int]:
        """The name before "is" in "Oslo is more than likely the venue", whatever the parser made of the hedge."""
        tree = self.tree
        for word in range(venue - 1, max(0, venue - 8), -1):
            if tree.lemma[word] == "be" and tree.sentence[word] == tree.sentence[venue]:
                before = word - 1 if tree.pos[word - 1] != "AUX" else word - 2
                return [before] if self.mentions.literal_place(before) is not None else []
        return []

    def _within_participants(self, trigger: Trigger, happening: Happening, found: dict[int, Where]) -> None:
        """ "hit a hospital in Gaza", "closed its border with Poland": the place stands inside another's phrase."""
        given = self.finder.arguments(trigger.carrier if trigger.carrier is not None else trigger.word)
        own = tuple(self.tree.children(trigger.word, "nmod")) if trigger.base == "noun" else ()
        for thing in (*own, *given.objects, *(word for _, word in given.obliques), *given.agents, *given.subjects):
            if thing not in self.others and not found:
                self._within(thing, happening, found, 0)

    def _within(self, thing: int, happening: Happening, found: dict[int, Where], depth: int) -> None:
        tree = self.tree
        moving = happening.frame_name in ("motion", "visit", "transfer", "attack", "observe") and depth == 0
        for kid in tree.children(thing, "nmod"):
            case = tree.case(kid)
            way = self._role(case, happening, default="") if moving and case in _WAYS else ""
            if way:
                for each in tree.conjuncts(kid):
                    self._add(found, each, way)
                continue
            border = case in ("with", "between", "over", "across", "on") and self.mentions.has_class(thing, "border")
            if case in ("in", "at", "near", "outside", "off") or border or (case == "on" and self.mentions.literal_place(kid)):
                for each in tree.conjuncts(kid):
                    self._add(found, each, "near" if case in ("near", "outside", "off") else "at")
            if not found and depth < 3 and kid not in self.others:
                self._within(kid, happening, found, depth + 1)

    def _right_after(self, noun: int, found: dict[int, Where]) -> None:
        """The place after the noun that the parser hung on the verb above it."""
        tree = self.tree
        above = tree.head[noun]
        for word in tree.children(above, "obl") if tree.is_verb(above) else ():
            if any(tree.dep[kid] == "case" and kid == noun + 1 and tree.lower[kid] in ("in", "at") for kid in tree.kids[word]):
                self._add(found, word, "at")

    def _from_purpose(self, noun: int, happening: Happening, found: dict[int, Where]) -> None:
        """ "arrived in Seoul for talks": the talks are there too."""
        tree = self.tree
        above = tree.head[noun]
        if tree.case(noun) != "for" or happening.frame_name != "meeting":
            return
        for word in tree.children(above, "obl"):
            preposition = tree.case(word)
            if preposition in ("in", "at", "to"):
                self._add(found, word, "at")

    def _role(self, preposition: str, happening: Happening, *, default: str) -> str:
        if not preposition:
            return default
        if preposition in _PHRASES:
            role = _PHRASES[preposition]
        else:
            role = self.roles.get(preposition.split(" ", maxsplit=1)[0], "")
        if role in ("of", "with"):
            return ""
        motion = happening.frame_name in ("motion", "visit", "transfer")
        if role in ("to", "toward") and not motion and preposition in _TOWARD:
            return "" if preposition in ("for", "to") and happening.frame_name not in ("affect", "speech", "undergo") else "to"
        if role == "via" and not motion:
            return "at"
        if role == "at" and preposition in ("in", "at", "on") and happening.type in ("arrival", "return"):
            return "to"
        if role == "to" and happening.type == "travel" and preposition == "for":
            return "toward"
        return role

    def _add(self, found: dict[int, Where], word: int, role: str) -> None:
        if self._excluded(word):
            return
        for mention, case in self._mentions_of(word):
            inner = "at" if case in ("in", "at") and role == "near" else _NESTED.get(case, role)
            found.setdefault(mention.span.start, Where(role="near" if self._is_near(mention, inner) else inner, mention=mention))

    def _excluded(self, word: int) -> bool:
        """ "heading north, not to Oslo": a place that is denied."""
        tree = self.tree
        case = next((kid for kid in tree.kids[word] if tree.dep[kid] == "case"), word)
        return (
            case > 0 and tree.lower[case - 1] in ("not", "than") and tree.lower[case - 2] in (",", "-", "–", "rather", "and", "but", "not")
        )

    def _is_near(self, mention: PlaceMention, role: str) -> bool:
        """ "400 km south of Moscow", "200 km from Moscow": not at the place, nor from it."""
        if role not in ("at", "from"):
            return False
        relation = mention.relation
        if relation is not None and (relation.distance_km is not None or relation.kind in ("near", "outside", "off")):
            return True
        tree = self.tree
        before = tree.at(mention.span.start) - 1
        if before > 0 and tree.lower[before] == "the":
            before -= 1
        if before <= 0 or tree.lower[before] not in ("of", "from"):
            return False
        return before - 1 in self.mentions.distances or tree.lower[before - 1].endswith(_COMPASS)

    def _mentions_of(self, word: int) -> list[tuple[PlaceMention, str]]:
        """The place on the word, or named inside its phrase ("the port of Sochi", "a station near Minsk"); the outermost only."""
        place = self.mentions.literal_place(word) or self.mentions.pointed_place(word)
        if place is not None:
            return [(place, "")]
        tree = self.tree
        general = (
            self.tree.lemma[word] in self.mentions.tables.classes["place"] or self.tree.lemma[word] in self.mentions.tables.classes["spot"]
        )
        if not general and tree.lemma[word] not in _PART:
            return []
        if tree.lemma[word] in _LAND:
            for kid in tree.kids[word]:
                demonym = self.mentions.place.get(kid)
                if demonym is not None and demonym.metonymy == "demonym" and demonym.place is not None:
                    return [(demonym, "")]
        waiting = [kid for kid in tree.kids[word] if tree.dep[kid] in _THROUGH]
        for kid in sorted(waiting):
            place = self.mentions.literal_place(kid)
            if place is not None:
                return [(place, tree.case(kid))]
            inner = self._mentions_of(kid) if tree.dep[kid] in ("nmod", "appos") else []
            if inner:
                return inner
        return []
