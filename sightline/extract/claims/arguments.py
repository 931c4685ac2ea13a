"""What belongs to a verb: its subjects, objects and obliques, found through control, coordination, relatives and the passive."""

from __future__ import annotations

from typing import NamedTuple

from sightline.extract.claims.table import tables
from sightline.extract.claims.tree import Tree

_RELATIVE = frozenset({"who", "which", "that", "whom"})
_SUBJECTS = ("nsubj", "csubj")
#: Particles that can stand before an object; "into", "to", "from" there are prepositions of the way.
_PARTICLES = frozenset({"off", "out", "up", "down", "back", "away", "over", "aside"})
_DEEPEST = 6
_ASKED_OF = frozenset({("call", "on"), ("call", "upon"), ("appeal", "to"), ("plead", "with"), ("prevail", "on")})
"""Verb and preposition whose noun is to do what the infinitive behind says ("called on the group to release the ship")."""

_AMID = frozenset({"in", "during", "amid", "because"})
"""Before a gerund without an object they name what went on, not what the subject did ("were killed in shelling")."""


class Arguments(NamedTuple):
    """Token indices of a verb's dependents."""

    subjects: tuple[int, ...]
    objects: tuple[int, ...]
    recipients: tuple[int, ...]
    agents: tuple[int, ...]
    """After "by" in the passive."""
    obliques: tuple[tuple[str, int], ...]
    """Preposition ("" for none) and noun."""
    passive: bool


def arguments(tree: Tree, verb: int, depth: int = 0) -> Arguments:
    """The arguments of a verb, its subject resolved where the clause leaves it out."""
    passive = is_passive(tree, verb)
    subjects = [kid for kid in tree.kids[verb] if tree.dep[kid].split(":")[0] in _SUBJECTS and tree.pos[kid] != "VERB"]
    objects = tree.children(verb, "obj")
    recipients = tree.children(verb, "iobj")
    agents: list[int] = []
    obliques: list[tuple[str, int]] = []
    for kid in tree.children(verb, "obl"):
        preposition = tree.case(kid)
        for each in tree.conjuncts(kid):
            if preposition and _is_particle(tree, verb, preposition, kid):
                objects.append(each)
            elif tree.dep[kid] == "obl:agent" or (passive and preposition == "by" and tree.lemma[each] not in ("way", "night", "day")):
                agents.append(each)
            else:
                obliques.append((tree.case(each) or preposition, each))
    subjects = [_antecedent(tree, subject) for subject in subjects]
    objects = [_antecedent(tree, thing) for thing in objects]
    if not subjects and depth < _DEEPEST:
        subjects, passive = _missing_subject(tree, verb, passive, depth)
    if not objects and not passive:
        objects = _shared_object(tree, verb)
    if not objects and not passive and tree.dep[verb] == "acl:relcl" and not _has_relative(tree, verb):
        above = tree.head[verb]
        if above not in subjects and subjects and not obliques:
            objects = [above]
    return Arguments(
        subjects=_spread(tree, subjects),
        objects=_spread(tree, objects),
        recipients=_spread(tree, recipients),
        agents=tuple(agents),
        obliques=tuple(obliques),
        passive=passive,
    )


def is_passive(tree: Tree, verb: int) -> bool:
    """Whether the subject undergoes what the verb says."""
    marked = [tree.dep[kid] for kid in tree.kids[verb] if tree.dep[kid] in ("nsubj:pass", "aux:pass", "csubj:pass")]
    if "aux:pass" in marked or (marked and tree.tag[verb] != "VBD"):
        return True
    if tree.tag[verb] != "VBN":
        return False
    if tree.child(verb, "aux") is not None or tree.child(verb, "nsubj") is not None:
        return False
    if tree.dep[verb] in ("acl", "advcl", "amod"):
        return True
    return tree.dep[verb] == "conj" and tree.is_verb(tree.head[verb]) and is_passive(tree, tree.head[verb])


def _shared_object(tree: Tree, verb: int) -> list[int]:
    """ "shot and killed two men": verbs joined without anything between share the object."""
    for kid in tree.kids[verb]:
        if tree.dep[kid] == "conj" and kid == verb + 2 and tree.lower[verb + 1] in ("and", "or") and not is_passive(tree, kid):
            return tree.children(kid, "obj")
    return []


def _is_particle(tree: Tree, verb: int, preposition: str, noun: int) -> bool:
    """ "called off the strike" read as "called [off the strike]": the tables know the verb with its particle."""
    if preposition not in _PARTICLES or verb + 1 >= tree.size or tree.lower[verb + 1] != preposition or tree.head[verb + 1] != noun:
        return False
    return any(entry.words == (preposition,) for entry in tables().verbs.get(tree.lemma[verb], ()))


def _antecedent(tree: Tree, word: int) -> int:
    """The noun that a relative pronoun stands for."""
    if tree.lower[word] not in _RELATIVE or tree.tag[word] not in ("WP", "WDT", "IN", "DT"):
        return word
    here = word
    for above in tree.up(word):
        if tree.dep[here] == "acl:relcl":
            return above
        here = above
    if tree.tag[word] in ("WP", "WDT") and tree.lower[word] in ("who", "which", "that"):
        return _noun_before(tree, word)
    return word


def _noun_before(tree: Tree, word: int) -> int:
    """The noun right before ", who ..." where the parser saw no relative clause."""
    before = word - 1
    while before > 0 and tree.pos[before] == "PUNCT":
        before -= 1
    if before < 0 or tree.pos[before] not in ("NOUN", "PROPN") or tree.sentence[before] != tree.sentence[word]:
        return word
    while tree.dep[before] in ("flat", "compound"):
        before = tree.head[before]
    return before


def _has_relative(tree: Tree, verb: int) -> bool:
    return any(tree.tag[kid] in ("WDT", "WP", "WRB", "WP$") for kid in tree.kids[verb])


def _spread(tree: Tree, words: list[int]) -> tuple[int, ...]:
    found: list[int] = []
    for word in words:
        for each in tree.conjuncts(word):
            if each not in found and tree.pos[each] not in ("VERB", "AUX", "ADV"):
                found.append(each)
    return tuple(found)


def _missing_subject(tree: Tree, verb: int, passive: bool, depth: int) -> tuple[list[int], bool]:
    """The subject that grammar lets a clause leave out."""
    relation, above = tree.dep[verb], tree.head[verb]
    if above == verb:
        return [], passive
    if relation == "conj" and tree.is_verb(above):
        outer = arguments(tree, above, depth + 1)
        return list(outer.subjects), passive
    if relation in ("xcomp", "ccomp") and tree.pos[above] in ("VERB", "AUX", "ADJ", "NOUN"):
        helped = any(tree.dep[kid].startswith("aux") and tree.tag[kid] in ("MD", "VBD", "VBZ", "VBP") for kid in tree.kids[verb])
        if relation == "ccomp" and (helped or (tree.child(verb, "mark") is None and tree.tag[verb] in ("VBD", "VBZ", "VBP"))):
            return [], passive
        outer = arguments(tree, above, depth + 1)
        called = [word for preposition, word in outer.obliques if (tree.lemma[above], preposition) in _ASKED_OF]
        if called and tree.tag[verb] == "VB":
            return called, passive
        if tree.lemma[above] in tables().words["object_control"] and not outer.passive:
            controlled = list(outer.objects or outer.recipients)
            if controlled:
                return controlled, passive
        return list(outer.subjects), passive
    if relation in ("advcl", "acl") and tree.tag[verb] == "VBG" and (done := _blamed(tree, verb)):
        return done, passive
    if relation == "advcl" and tree.is_verb(above) and tree.tag[verb] in ("VBG", "VBN", "VB"):
        given = [(tree.case(kid), kid) for kid in tree.children(above, "obl")] if tree.tag[verb] == "VB" else []
        if called := [kid for preposition, kid in given if (tree.lemma[above], preposition) in _ASKED_OF]:
            return called, passive
        asked = tree.lemma[above] in tables().words["object_control"] and tree.tag[verb] == "VB"
        if asked and tree.child(above, "obj") is not None and not is_passive(tree, above):
            return tree.children(above, "obj"), passive
        if _went_on(tree, verb) and (is_passive(tree, above) or tree.lemma[above] in tables().words["undergoing"]):
            return [], passive
        return list(arguments(tree, above, depth + 1).subjects), passive
    if relation == "acl":
        return _subject_of_acl(tree, verb, above, passive, depth)
    if relation == "amod" and tree.tag[verb] == "VBN":
        return [above], True
    return [], passive


def _went_on(tree: Tree, verb: int) -> bool:
    """Whether a gerund names what went on around a happening: "in shelling there", "because of fighting near the town"."""
    marker = tree.child(verb, "mark")
    return tree.tag[verb] == "VBG" and marker is not None and tree.lower[marker] in _AMID and not tree.children(verb, "obj")


def _able(tree: Tree, noun: int, verb: int) -> bool:
    """ "Bridge to be closed", "Strikers to march": in a headline's infinitive, whoever or whatever can do it or have it done."""
    acting = tree.pos[noun] == "PROPN" or any(tree.lemma[noun] in tables().classes[name] for name in ("person", "body", "force", "vehicle"))
    return acting or any(tree.dep[kid] == "aux:pass" for kid in tree.kids[verb])


def _blamed(tree: Tree, verb: int) -> list[int]:
    """ "convicted X on Thursday of falsifying", "accused X of lying": X did it."""
    if tree.child(verb, "mark") is None or tree.lower[min(tree.kids[verb], default=verb)] not in ("of", "for", "with"):
        return []
    for above in tree.up(verb):
        if tree.is_verb(above):
            if tree.lemma[above] not in tables().words["blaming"]:
                return []
            return tree.children(above, "nsubj:pass" if is_passive(tree, above) else "obj")
    return []


def _subject_of_acl(tree: Tree, verb: int, noun: int, passive: bool, depth: int) -> tuple[list[int], bool]:
    """ "the train carrying Kim": the noun; "a plan to visit": whoever has the plan."""
    if tree.case(noun) == "by" and tree.tag[verb] == "VBG" and tree.lemma[tree.head[noun]] in tables().words["perception"]:
        return list(arguments(tree, tree.head[noun], depth + 1).subjects), False
    measure = tree.lemma[noun] in ("hour", "day", "minute", "week", "month", "year", "time", "night")
    if tree.tag[verb] in ("VBG", "VBN") and tree.child(verb, "mark") is None and not measure:
        return [noun], passive
    if (
        tree.head[noun] == noun
        and tree.child(noun, "cop") is None
        and noun < verb
        and tree.tag[verb] in ("VB", "VBN")
        and _able(tree, noun, verb)
    ):
        return [noun], passive
    acts = tree.pos[noun] in ("PROPN", "PRON") or any(tree.lemma[noun] in tables().classes[name] for name in ("person", "body", "force"))
    if acts and tree.dep[noun] in ("obj", "iobj") and tree.lemma[tree.head[noun]] in tables().words["object_control"]:
        return [noun], passive
    owners = tree.children(noun, "nmod:poss")
    if owners:
        return owners, passive
    for above in tree.up(noun):
        if tree.is_verb(above):
            outer = arguments(tree, above, depth + 1)
            if noun not in outer.subjects:
                return list(outer.subjects or outer.agents), passive
            break
    return ([noun] if tree.lemma[noun] in tables().classes["person"] else []), passive
