"""Who and what takes part in a happening, and as what."""

from __future__ import annotations

from sightline.extract.claims.mentions import Mentions
from sightline.extract.claims.phrases import noun_phrase
from sightline.extract.claims.table import Happening, tables
from sightline.extract.claims.tree import Tree
from sightline.extract.claims.triggers import Finder, Trigger
from sightline.types import Participant

_CARRY = ("carry", "transport", "take", "bring", "bear", "fly", "convey", "ferry")
_NOTHING = frozenset(
    {"it", "there", "this", "that", "which", "what", "these", "those", "one", "each", "who", "whom", "whose", "none", "nobody", "nothing"}
)
_LEADING = frozenset({"date", "published", "updated", "posted", "dated"})
_GIVING = frozenset({"supply", "sale", "payment"})
_SIDES = frozenset({"recipient", "companion", "counterpart"})
_TO_PEOPLE = frozenset({"for", "to", "with", "alongside"})
_SET = frozenset({"place", "part", "fire", "landfall", "hands", "trial", "contact", "way"})
_MOTION = ("motion", "visit")
_STAYS = frozenset({"remain", "stay", "be"})


class Roles:
    """Finds the participants of triggers in one report."""

    def __init__(self, tree: Tree, mentions: Mentions, finder: Finder) -> None:
        """Works on one report's tree and mentions."""
        self.tree = tree
        self.mentions = mentions
        self.finder = finder

    def participants(self, trigger: Trigger, happening: Happening) -> tuple[Participant, ...]:
        """The participants in text order, each word once."""
        found: dict[int, str] = {}
        tree = self.tree
        if trigger.base == "noun":
            self._of_noun(trigger, happening, found)
        else:
            self._of_verb(trigger, happening, found)
        self._travellers(happening, found)
        for word in [word for word in found if self._leads(word)]:
            behind = next(
                (kid for kid in sorted(tree.kids[word]) if kid > word and not self._leads(kid) and tree.pos[kid] in ("NOUN", "PROPN")), None
            )
            if behind is not None:
                found.setdefault(behind, found[word])
        made = [self._participant(word, role) for word, role in sorted(found.items()) if not self._speaks_before(word, trigger.word)]
        return tuple(each for each in made if each is not None)

    def _leads(self, word: int) -> bool:
        """Whether a word belongs to the dateline."""
        return self.tree.lead.start <= self.tree.start[word] < self.tree.lead.end

    def _speaks_before(self, word: int, trigger: int) -> bool:
        """ "The agency, citing officials: the train left": who stands before the colon only says it."""
        return word < trigger and ":" in self.tree.lower[word:trigger]

    def _of_verb(self, trigger: Trigger, happening: Happening, found: dict[int, str]) -> None:
        tree, word = self.tree, trigger.word
        if trigger.base == "shape" and trigger.carrier is not None:
            word = trigger.carrier
        frame = happening.frames.get(self.tree.lemma[word], happening.frame)
        given = self.finder.arguments(word)
        objects = tuple(thing for thing in given.objects if not self._set_phrase(thing, word) and thing not in self.mentions.measured)
        if trigger.type in ("measure", "distance"):
            objects = tuple(thing for thing in objects if thing not in self.mentions.amounts)
        places = [thing for thing in objects if self._is_where(thing, happening)]
        objects = tuple(thing for thing in objects if thing not in places)
        if given.passive:
            for subject in given.subjects:
                if not self._is_where(subject, happening):
                    found.setdefault(subject, self._vehicle(subject, self._object_role(subject, frame.object, happening, ()), happening))
            for agent in given.agents:
                found.setdefault(agent, frame.subject)
            if objects:
                for thing in objects:
                    found.setdefault(thing, "theme" if frame.object != "theme" else "topic")
        else:
            role = frame.subject if (objects or places or frame.subject == frame.alone) else frame.alone
            for subject in given.subjects:
                found.setdefault(subject, self._vehicle(subject, role, happening))
            for thing in objects:
                if self._same_happening(thing, happening):
                    nested = tuple((tree.case(kid), kid) for kid in tree.children(thing, "nmod"))
                    self._obliques(nested, happening, found)
                elif thing not in self.mentions.timed or self.mentions.is_people(thing):
                    role = self._object_role(thing, frame.object, happening, given.obliques)
                    found.setdefault(thing, self._vehicle(thing, role, happening))
        for thing in given.recipients:
            found.setdefault(thing, "recipient")
        self._obliques(
            tuple(each for each in given.obliques if each[0] != "by" or "vehicle" in happening.frame.prep.values()),
            happening,
            found,
            verb=True,
        )

    def _object_role(self, thing: int, role: str, happening: Happening, obliques: tuple[tuple[str, int], ...]) -> str:
        """What an object is in the frame, by what kind of thing it is."""
        if role == "counterpart" and not self._side(thing):
            return "topic"
        if happening.frame_name == "speech" and self.mentions.is_people(thing) and not self.mentions.has_class(thing, "emergency"):
            return "recipient"
        if (
            happening.frame_name == "transfer"
            and self.mentions.is_people(thing)
            and any(preposition == "with" and not self.mentions.is_people(word) for preposition, word in obliques)
        ):
            return "recipient"
        return role

    def _of_noun(self, trigger: Trigger, happening: Happening, found: dict[int, str]) -> None:
        tree, frame = self.tree, happening.frame
        noun = trigger.word
        if tree.case(noun) in ("under", "in"):
            self._undergoes(noun, happening, found)
        for kid in tree.kids[noun]:
            relation, preposition = tree.dep[kid], tree.case(kid)
            if relation == "nmod:poss" or (relation.startswith("nmod") and preposition in ("of", "between", "by")):
                role = frame.noun_poss if relation == "nmod:poss" else frame.noun_of if preposition == "of" else "agent"
                if preposition == "between":
                    role = frame.prep.get("between", "agent")
                for each in tree.conjuncts(kid):
                    if not self._is_where(each, happening) or relation == "nmod:poss" or preposition == "between":
                        found.setdefault(each, self._vehicle(each, role, happening))
            elif relation in ("amod", "compound") and self._modifies(kid):
                found.setdefault(kid, self._vehicle(kid, frame.noun_mod, happening))
            elif relation.startswith("nmod"):
                self._obliques(tuple((tree.case(each) or preposition, each) for each in tree.conjuncts(kid)), happening, found)
            if relation.startswith("nmod") and preposition == "of" and happening.frame_name == "transfer":
                nested = tuple((tree.case(below), below) for below in tree.children(kid, "nmod"))
                self._obliques(tuple(each for each in nested if each[0] == "to"), happening, found)
        if happening.frame_name == "transfer" and tree.dep[noun] == "obj" and trigger.carrier is None:
            later = tuple(each for each in self.finder.arguments(tree.head[noun]).obliques if each[0] == "to" and each[1] > noun)
            self._obliques(later, happening, found)
        if trigger.carrier is not None:
            given = self.finder.arguments(trigger.carrier)
            if trigger.carries_subject:
                role = (
                    frame.alone
                    if frame.subject != frame.alone and tree.lemma[trigger.carrier] in ("suffer", "sustain", "undergo")
                    else frame.subject
                )
                for subject in given.subjects:
                    if subject != noun:
                        found.setdefault(subject, self._vehicle(subject, role, happening))
            for agent in given.agents:
                found.setdefault(agent, frame.subject)
            self._obliques(given.obliques, happening, found)
        elif tree.dep[noun].startswith("obl") or tree.dep[noun] in ("obj", "nmod"):
            self._subject_above(noun, happening, found)

    def _undergoes(self, noun: int, happening: Happening, found: dict[int, str]) -> None:
        """ "is held under house arrest", "the president under arrest", "was in custody": whoever is in it has it done to him, or does it."""
        tree, case = self.tree, self.tree.case(noun)
        above, frame = tree.head[noun], happening.frame
        if tree.child(noun, "cop") is not None:
            things = tuple(kid for kid in tree.kids[noun] if tree.dep[kid].startswith("nsubj"))
        elif tree.is_verb(above):
            things = self.finder.arguments(above).subjects if case == "under" or tree.lemma[above] in _STAYS else ()
        else:
            things = (above,) if tree.pos[above] in ("NOUN", "PROPN") and case == "under" else ()
        acts = case == "in" and (happening.frame_name == "meeting" or happening.type == "control")
        for thing in things:
            if self.mentions.is_people(thing) or happening.type == "control":
                found.setdefault(thing, frame.subject if acts else frame.object)

    def _subject_above(self, noun: int, happening: Happening, found: dict[int, str]) -> None:
        """ "left for talks with X", "arrived on a visit": who goes there takes part."""
        tree = self.tree
        above = tree.head[noun]
        purpose = tree.case(noun) in ("for", "on") and happening.frame_name in ("meeting", "visit")
        if found and not (purpose and all(role != "agent" for role in found.values())):
            return
        if tree.is_verb(above) and purpose:
            if tree.lemma[above] in tables().words["report"] or not self.finder.arguments(above).subjects:
                return
            for subject in self.finder.arguments(above).subjects:
                if self.mentions.is_people(subject):
                    found.setdefault(subject, happening.frame.subject)

    def _obliques(self, obliques: tuple[tuple[str, int], ...], happening: Happening, found: dict[int, str], *, verb: bool = False) -> None:
        roles = happening.frame.prep
        for preposition, word in obliques:
            key = preposition.split(" ")[0]
            role = "topic" if verb and key == "of" else roles.get(key)
            if key == "to" and happening.frame_name == "meeting" and any(role == "topic" for role in found.values()):
                continue
            if role is None or word in self.mentions.timed or word in self.mentions.measured:
                continue
            side = (happening.frame_name == "meeting" and key in ("with", "between")) or (happening.type in _GIVING and key == "to")
            if self._is_where(word, happening, preposition=key) and not (side and self.mentions.literal_place(word) is not None):
                continue
            people = self.mentions.is_people(word)
            if role == "vehicle" and not self.mentions.has_class(word, "vehicle"):
                continue
            if role in _SIDES and not people and not side and key in _TO_PEOPLE and not (role == "counterpart" and key == "with"):
                continue
            found.setdefault(word, role)

    def _is_where(self, word: int, happening: Happening, *, preposition: str = "") -> bool:
        """Whether the word says where and so is no participant."""
        mentions = self.mentions
        if mentions.literal_place(word) is not None:
            return happening.frame_name != "compete" or preposition in ("in", "at")
        if not preposition and (happening.frame_name in _MOTION or happening.type == "capture") and mentions.has_class(word, "place"):
            return any(mentions.literal_place(kid) is not None for kid in self.tree.kids[word])
        if self.tree.pos[word] == "PROPN" or mentions.is_people(word):
            return mentions.is_place(word) and not mentions.is_people(word)
        return preposition in ("in", "at", "near", "from", "to", "into", "outside") and (
            mentions.has_class(word, "spot") or mentions.has_class(word, "place")
        )

    def _side(self, word: int) -> bool:
        """Whether a word can be the other side of a meeting or a match."""
        return self.mentions.is_people(word) or word in self.mentions.place or self.mentions.has_class(word, "team")

    def _modifies(self, word: int) -> bool:
        """ "the Russian attack", "the Kim visit": a modifier that names who acts."""
        name = self.mentions.name.get(word)
        if name is not None:
            return name.label in ("NORP", "PER", "ORG") or name.form == "demonym"
        return self.tree.ent[word] in ("NORP", "PER", "ORG")

    def _vehicle(self, word: int, role: str, happening: Happening) -> str:
        moving = happening.frame_name in _MOTION
        if moving and not self.mentions.is_people(word) and self.mentions.has_class(word, "vehicle") and self.tree.lower[word] != "it":
            return "vehicle"
        return role

    def _same_happening(self, thing: int, happening: Happening) -> bool:
        """ "imposed sanctions", "won the election": the object only names the happening again."""
        if happening.frame_name not in ("attack", "compete", "meeting"):
            return False
        return any(
            entry.type == happening.type for entry in tables().nouns.get(self.tree.lemma[thing], ())
        ) and not self.mentions.is_people(thing)

    def _set_phrase(self, thing: int, word: int) -> bool:
        """ "took off", "open fire": the object belongs to the verb."""
        if self.tree.lower[thing] == "part" and self.tree.lemma[word] != "take":
            return False
        return self.tree.dep[thing] == "obj" and self.tree.lower[thing] in _SET

    def _travellers(self, happening: Happening, found: dict[int, str]) -> None:
        """Who is aboard a vehicle that moves: "Kim's train", "the train of the leader", "a train carrying Kim"."""
        tree = self.tree
        if happening.frame_name not in (*_MOTION, "observe", "affect", "undergo"):
            return
        for word in [word for word, role in found.items() if role == "vehicle" or self.mentions.has_class(word, "vehicle")]:
            if self.tree.lower[word] == "it" or self.mentions.is_people(word):
                continue
            for kid in tree.kids[word]:
                self._aboard(kid, found)

    def _aboard(self, kid: int, found: dict[int, str]) -> None:
        """Adds whom one word of a vehicle's phrase puts aboard."""
        tree = self.tree
        relation = tree.dep[kid]
        if relation == "nmod:poss" and tree.tag[kid] == "PRP$" and "agent" in found.values():
            return
        owner = relation == "nmod:poss" or (relation.startswith("nmod") and tree.case(kid) in ("of", "with")) or relation == "compound"
        if owner and self.mentions.is_person(kid):
            found.setdefault(kid, "companion")
        if relation not in ("acl", "acl:relcl"):
            return
        for below in tree.under(kid):
            if tree.lemma[below] in _CARRY and tree.is_verb(below):
                for carried in self.finder.arguments(below).objects:
                    if self.mentions.is_people(carried):
                        found.setdefault(carried, "companion")

    def _participant(self, word: int, role: str) -> Participant | None:
        tree = self.tree
        actor = self.mentions.actor(word)
        if tree.pos[word] in ("PUNCT", "SPACE", "ADP", "CCONJ", "SCONJ") or (actor is None and tree.lower[word] in _NOTHING):
            return None
        if word in self.mentions.timed and actor is None:
            return None
        if word + 1 < tree.size and tree.lower[word + 1] == ":" and role != "topic":
            return None
        if (word <= 2 and tree.lower[word] in _LEADING) or self._leads(word):
            return None
        span = noun_phrase(tree, self.mentions.timed, word)
        text = tree.text[span.start : span.end]
        return Participant(role=role, span=span, text=text, head=tree.lemma[word], actor=actor or self._actor_within(word))

    def _actor_within(self, word: int) -> str | None:
        """The actor of a title or an apposition: "the country's leader, Kim"."""
        tree = self.tree
        for kid in tree.kids[word]:
            if tree.dep[kid] in ("appos", "flat", "nmod:desc") and self.mentions.actor(kid) is not None and self.mentions.is_person(word):
                return self.mentions.actor(kid)
        return None
