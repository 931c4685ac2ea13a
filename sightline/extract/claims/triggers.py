"""Which words name a happening, and of which type."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from sightline.extract.claims.arguments import Arguments, arguments
from sightline.extract.claims.mentions import Mentions
from sightline.extract.claims.table import Condition, Entry, tables
from sightline.extract.claims.tree import Tree

_FINITE = ("VBD", "VBZ", "VBP")
#: Words that stamp a page, not a happening.
_STAMPS = frozenset({"published", "updated", "posted", "printed", "modified"})
_REACH = 6
#: Verbs whose subject only says when: "the judge set sentencing for July".
_FIXING = frozenset({"set", "schedule", "fix"})
#: Verbs that say of somebody that he is so: "is feared dead", "were reported missing".
_SHOWS = frozenset({"remain", "stay", "lie", "go", "report", "fear", "presume", "believe", "pronounce", "declare", "confirm", "list"})


_LEAVE = frozenset({"authorise", "authorize", "allow", "permit", "empower"})
#: What marks a thing as known already: orders are given to such, and others are placed for what is new.
_DEFINITE = frozenset({"the", "all", "these", "those", "this", "that", "both"})
_SPEAKING = frozenset({"speak", "talk", "comment", "discuss", "brief"})


class Trigger(NamedTuple):
    """A word that names a happening.

    ``carrier`` is the verb whose tense, subject and obliques are the happening's own: the word itself for a verb, the supporting
    verb for a noun ("held" in "held talks"), ``None`` for a noun that stands alone.
    """

    word: int
    type: str
    base: str
    """verb, noun, adjective, shape or other."""
    carrier: int | None
    carries_subject: bool = False
    """Whether the carrier's subject acts ("made a visit") or is the happening itself ("the visit took place")."""


class Finder:
    """Finds the triggers of one report."""

    def __init__(self, tree: Tree, mentions: Mentions) -> None:
        """Keeps the arguments of verbs once they are worked out."""
        self.tree = tree
        self.mentions = mentions
        self.tables = tables()
        self._arguments: dict[int, Arguments] = {}
        self._field_counts: dict[str, int] = {}

    def arguments(self, verb: int) -> Arguments:
        """The verb's arguments, computed once."""
        found = self._arguments.get(verb)
        if found is None:
            found = self._arguments[verb] = arguments(self.tree, verb)
        return found

    def find(self, cues: set[int]) -> list[Trigger]:
        """All triggers in text order; ``cues`` are words that only introduce reported words."""
        tree, table = self.tree, self.tables
        found: dict[int, Trigger] = {}
        supporting: set[int] = set()
        for word in range(tree.size):
            if (
                tree.pos[word] != "NOUN"
                or self._infinitive(word)
                or (tree.lemma[word] not in table.nouns and self._joined(word) not in table.nouns)
            ):
                continue
            noun = self._noun(word, cues)
            if noun is not None:
                found[word] = noun
                if noun.carrier is not None:
                    supporting.add(noun.carrier)
        for word in range(tree.size):
            pos = tree.pos[word]
            if pos not in ("VERB", "ADJ", "NOUN"):
                continue
            if pos == "VERB" or (pos == "ADJ" and tree.tag[word] in ("VBN", "VBG")) or self._infinitive(word):
                verb = self._verb(word, cues, supporting)
                if verb is not None:
                    found[word] = verb
            elif pos == "ADJ" and tree.lower[word] in table.adjectives:
                adjective = self._adjective(word)
                if adjective is not None:
                    found[word] = adjective
        return [found[word] for word in sorted(found)]

    def _infinitive(self, word: int) -> bool:
        """ "to visit" where the tagger took the verb for a noun."""
        tree = self.tree
        if tree.pos[word] != "NOUN" or word == 0 or tree.lower[word - 1] != "to":
            return False
        return tree.dep[word - 1] == "mark" or (tree.tag[word - 1] == "TO" and tree.dep[word] in ("xcomp", "acl", "advcl"))

    def _verb(self, word: int, cues: set[int], supporting: set[int]) -> Trigger | None:
        tree, table = self.tree, self.tables
        lemma = tree.lemma[word]
        if tree.dep[word] == "amod" and tree.kids[word] == [] and lemma not in ("wound", "injure", "kill", "arrest", "detain"):
            return None
        after_preposition = word > 0 and tree.dep[word - 1] == "case" and tree.head[word - 1] == word and tree.pos[word - 1] == "ADP"
        if (tree.tag[word] in ("VB", "VBP") and after_preposition) or (tree.tag[word] == "VBG" and tree.dep[word] == "amod"):
            return None
        if self._anonymity(word) or self._describes(word):
            return None
        if tree.lower[word] in _STAMPS and word + 1 < tree.size and (word + 1 in self.mentions.timed or tree.lower[word + 1] == ":"):
            return None
        if tree.lower[word] in table.adjectives and tree.tag[word] in ("VBG", "JJ"):
            return self._adjective(word)
        for entry in table.verbs.get(lemma, ()):
            if self._fits(entry, word):
                if word in supporting and entry.type in ("start", "end", "chairing", "opening"):
                    return None
                return Trigger(word, entry.type, "verb", word)
        if word in supporting or word in cues or not self._is_news(word):
            return None
        return Trigger(word, f"other:{lemma}", "other", word)

    def _describes(self, word: int) -> bool:
        """Words the parser takes for verbs that only say what sort of thing it is: "air-raid sirens", "the border crossing"."""
        tree = self.tree
        if tree.dep[word] == "amod" and word > 1 and tree.lower[word - 1] == "-":
            return tree.pos[word - 2] == "NOUN" and tree.dep[word - 2] == "compound"
        return tree.tag[word] == "VBG" and word > 0 and tree.lower[word] == "crossing" and tree.lower[word - 1] == "border"

    def _anonymity(self, word: int) -> bool:
        """ "asked not to be named", "was not authorised to speak to the press": a formula, no happening."""
        tree = self.tree
        leave = tree.head[word] if tree.dep[word] == "xcomp" and tree.lemma[word] in _SPEAKING else word
        if tree.lemma[leave] in _LEAVE:
            speaking = any(tree.lemma[kid] in _SPEAKING for kid in tree.children(leave, "xcomp"))
            return speaking and any(tree.lower[kid] in ("not", "n't") for kid in tree.kids[leave])
        if tree.lemma[word] not in ("name", "identify", "quote"):
            return False
        denied = any(tree.lower[kid] in ("not", "n't") for kid in tree.kids[word])
        if not self.arguments(word).passive:
            return denied and any(tree.pos[thing] == "PRON" for thing in self.arguments(word).objects)
        return denied or (
            tree.dep[word] == "xcomp" and tree.lemma[tree.head[word]] in ("ask", "decline", "refuse", "want", "wish", "request")
        )

    def _is_news(self, word: int) -> bool:
        """Whether a verb outside the tables is told as a happening: a finite clause with a subject, no state, no mere helper."""
        tree, words = self.tree, self.tables.words
        lemma = tree.lemma[word]
        if lemma in words["stative"] or lemma in words["report"] or lemma in words["helper"] or len(lemma) < 3 or not lemma.isalpha():
            return False
        relation = tree.dep[word]
        if relation not in ("ROOT", "root", "conj", "ccomp", "parataxis", "acl:relcl", "xcomp", "advcl", "acl"):
            return False
        finite = tree.tag[word] in _FINITE or any(tree.dep[kid] in ("aux", "aux:pass") for kid in tree.kids[word])
        if relation in ("xcomp", "conj") and not finite:
            finite = any(tree.is_verb(above) for above in (tree.head[word],))
        if relation in ("advcl", "acl") and not (finite and tree.child(word, "nsubj") is not None):
            return False
        return finite and bool(self.arguments(word).subjects)

    def _adjective(self, word: int) -> Trigger | None:
        tree = self.tree
        predicative = tree.child(word, "cop", "aux") is not None or tree.dep[word] in ("ROOT", "conj")
        if tree.lower[word] == "dead" and any(tree.lemma[near] == "go" for near in (tree.head[word], word - 1)):
            return None  # A line goes dead; nobody does.
        if not predicative and not (tree.dep[word] == "xcomp" and tree.lemma[tree.head[word]] in _SHOWS):
            return None
        for entry in self.tables.adjectives.get(tree.lower[word], ()):
            if all(self._holds(condition, word, entry) for condition in entry.conditions):
                return Trigger(word, entry.type, "adjective", word)
        return None

    def _joined(self, word: int) -> str:
        """A noun with the noun before it: "phone call" as "phone-call"."""
        tree = self.tree
        before = word - 1
        if before >= 0 and tree.lower[before] == "-":
            before -= 1
        return f"{tree.lemma[before]}-{tree.lemma[word]}" if before >= 0 else ""

    def _noun(self, word: int, cues: set[int]) -> Trigger | None:
        tree, table = self.tree, self.tables
        if word in cues or tree.dep[word] in ("compound", "nmod:desc", "fixed", "flat") or word in self.mentions.timed:
            return None
        name = self.mentions.name.get(word)
        if name is not None and name.form in ("name", "acronym") and name.label in ("ORG", "MISC", "LOC"):
            return None
        if tree.lemma[word] in ("vote", "ballot") and tree.child(word, "nummod") is not None:
            return None
        carrier, acts = self._carrier(word)
        for key in (self._joined(word), tree.lemma[word]):
            for entry in table.nouns.get(key, ()):
                if all(self._holds_for_noun(condition, word) for condition in entry.conditions):
                    return Trigger(word, entry.type, "noun", carrier, acts)
        if carrier is not None and tree.dep[word].startswith("nsubj") and tree.lemma[carrier] in ("take", "happen", "occur"):
            entries = [entry for entry in table.nouns.get(tree.lemma[word], ()) if all(each.kind != "near" for each in entry.conditions)]
            return Trigger(word, entries[0].type, "noun", carrier, acts) if entries else None
        return None

    def _carrier(self, noun: int) -> tuple[int | None, bool]:
        """The verb that only supports the noun, and whether its subject is the one who acts."""
        tree, words = self.tree, self.tables.words
        relation, above = tree.dep[noun], tree.head[noun]
        if relation == "conj":
            return self._carrier(above) if tree.pos[above] == "NOUN" and above != noun else (None, False)
        if relation == "obj" and tree.lemma[above] in words["support"]:
            return above, tree.lemma[above] not in _FIXING
        if relation == "nsubj:pass" and (tree.lemma[above] in words["support"] or tree.lemma[above] in words["foreseen"]):
            return above, False
        if relation == "nsubj" and tree.pos[above] == "ADJ" and tree.lower[above] in words["prospects"]:
            return above, False
        if relation == "nsubj" and tree.child(above, "cop") is not None and self.mentions.literal_place(above) is not None:
            return above, False
        if relation == "nsubj" and tree.is_verb(above) and (tree.lemma[above] in words["occur"] or tree.lemma[above] in words["befall"]):
            return above, False
        for kid in tree.kids[noun]:
            if tree.dep[kid] in ("acl", "acl:relcl") and tree.lemma[kid] in (*words["support"], *words["foreseen"]):
                return kid, False
        return None, False

    def _fits(self, entry: Entry, word: int) -> bool:
        if entry.words and not self._follow(entry.words, word):
            return False
        return all(self._holds(condition, word, entry) for condition in entry.conditions)

    def _follow(self, wanted: Sequence[str], word: int) -> bool:
        """Whether the words of a set phrase follow, others ("the", an object before a particle) in between."""
        tree = self.tree
        first = wanted[0]
        if len(wanted) == 1:
            for kid in tree.kids[word]:
                if kid - word <= _REACH and tree.lower[kid] == first and tree.dep[kid] in ("compound:prt", "advmod", "obl", "compound"):
                    return True
        at = word + 1
        limit = min(tree.size, word + _REACH)
        for position, each in enumerate(wanted):
            reach = min(limit, at + 3)
            hit = next((index for index in range(at, reach) if each in (tree.lemma[index], tree.lower[index])), None)
            if hit is None or tree.sentence[hit] != tree.sentence[word]:
                return False
            if position == 0 and hit > word + 1 and tree.pos[hit] in ("ADP", "ADV") and tree.dep[hit] == "case":
                return len(wanted) > 1 and self._follow_from(wanted, hit)
            if position == 0 and len(wanted) == 1 and tree.dep[hit] == "case" and first not in ("into", "through", "past", "by", "to"):
                return hit == word + 1 and first in ("off", "out")
            at = hit + 1
        return True

    def _follow_from(self, wanted: Sequence[str], at: int) -> bool:
        tree = self.tree
        return all(at + step < tree.size and each in (tree.lemma[at + step], tree.lower[at + step]) for step, each in enumerate(wanted))

    def _holds(self, condition: Condition, word: int, entry: Entry) -> bool:
        return self._true_of(condition, word, entry) == condition.wanted

    def _true_of(self, condition: Condition, word: int, entry: Entry) -> bool:
        kind, value = condition.kind, condition.value
        tree, mentions = self.tree, self.mentions
        if kind == "near":
            return self._field(value, word)
        if kind in ("xcomp", "ccomp"):
            return tree.child(word, kind) is not None or (kind == "xcomp" and self._told_to(word))
        if kind == "adv":
            return any(tree.lower[kid].startswith(value) and tree.pos[kid] in ("ADV", "NOUN", "ADJ") for kid in tree.kids[word])
        if kind == "expl":
            return any(tree.dep[kid] == "expl" or (tree.lower[kid] == "it" and tree.dep[kid] == "nsubj") for kid in tree.kids[word])
        if kind == "with":
            return self._has_below(word, value)
        found = self.arguments(word)
        if kind == "passive":
            return found.passive
        if kind == "prep":
            return any(preposition.split(" ")[0] == value or preposition == value for preposition, _ in found.obliques) or (
                value == "by" and bool(found.agents)
            )
        things = (found.subjects if found.passive else found.objects) if kind == "obj" else found.subjects
        if kind == "obj" and entry.words:
            things = tuple(thing for thing in things if tree.lower[thing] not in entry.words and tree.lemma[thing] not in entry.words)
        if not value:
            return any(thing not in mentions.measured and thing not in mentions.timed for thing in things)
        if kind == "subj" and value == "vehicle" and any(tree.lower[thing] == "it" for thing in things):
            return True
        return any(mentions.has_class(thing, value) for thing in things)

    def _told_to(self, word: int) -> bool:
        """ "ordered the ships to turn back" where the parser hung the infinitive elsewhere; not "ordered ships to replace its old ones"."""
        tree = self.tree
        if tree.lemma[word] not in self.tables.words["object_control"]:
            return False
        for thing in self.arguments(word).objects:
            definite = tree.pos[thing] in ("PROPN", "PRON") or any(
                tree.dep[kid] == "nmod:poss" or tree.lower[kid] in _DEFINITE for kid in tree.kids[thing]
            )
            below = (*tree.children(word, "advcl"), *tree.children(thing, "acl"))
            if definite and any(kid > thing and any(tree.lower[part] == "to" for part in tree.children(kid, "mark")) for kid in below):
                return True
        return False

    def _has_below(self, word: int, value: str) -> bool:
        tree = self.tree
        near = list(tree.kids[word])
        for kid in tree.kids[word]:
            near.extend(tree.kids[kid])
        near.extend(index for index in range(word + 1, min(tree.size, word + 7)) if tree.sentence[index] == tree.sentence[word])
        group = self.tables.classes.get(value, frozenset((value,)))
        return any((tree.lower[index] in group or tree.lemma[index] in group) and tree.dep[index] != "punct" for index in near)

    def _holds_for_noun(self, condition: Condition, word: int) -> bool:
        tree, mentions = self.tree, self.mentions
        kind, value = condition.kind, condition.value
        truth = False
        if kind == "prep":
            truth = any(tree.case(kid) == value for kid in tree.children(word, "nmod", "acl", "obl")) or self._prep_after(word, value)
        elif kind == "of":
            truth = any(
                tree.case(kid) == "of" and (not value or mentions.has_class(kid, value)) for kid in tree.children(word, "nmod")
            ) or any(mentions.has_class(kid, value) for kid in tree.children(word, "nmod:poss"))
        elif kind == "compound":
            truth = any(not value or mentions.has_class(kid, value) for kid in tree.children(word, "compound"))
        elif kind == "amod":
            truth = any(value in (tree.lemma[kid], tree.lower[kid]) for kid in tree.children(word, "amod"))
        elif kind == "poss":
            truth = tree.child(word, "nmod:poss") is not None
        elif kind == "plural":
            truth = tree.tag[word] in ("NNS", "NNPS")
        elif kind == "named":
            truth = word in mentions.name or any(tree.pos[kid] == "PROPN" for kid in tree.children(word, "compound", "amod"))
        elif kind == "near":
            truth = self._field(value, word)
        elif kind == "with":
            truth = any(tree.lower[index] == value for index in (word - 1, word - 2) if index >= 0)
        return truth == condition.wanted

    def _prep_after(self, word: int, value: str) -> bool:
        """A noun's complement that the parser hung on the verb: "held talks with him"."""
        tree = self.tree
        return word + 1 < tree.size and tree.lower[word + 1] == value and tree.dep[word + 1] == "case"

    def _field(self, value: str, word: int) -> bool:
        group = self.tables.fields[value]
        if not group.isdisjoint(self.tree.lemmas_around(word) - {self.tree.lemma[word]}):
            return True
        count = self._field_counts.get(value)
        if count is None:
            count = self._field_counts[value] = sum(lemma in group for lemma in self.tree.lemma)
        return count >= 3
