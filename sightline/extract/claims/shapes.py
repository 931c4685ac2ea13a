"""Happenings that no single word names: being somewhere, being on the way, being so far apart."""

from __future__ import annotations

from sightline.extract.claims.mentions import Mentions
from sightline.extract.claims.tree import Tree
from sightline.extract.claims.triggers import Trigger

_IN = frozenset({"in", "at", "inside", "near", "outside", "on", "aboard", "off"})
_EXTENT = frozenset({"away", "apart", "long", "high", "deep", "wide", "tall", "thick", "heavy"})
_MEASURED = ("distance", "speed", "mass", "area", "volume", "power", "count", "temperature")


def shapes(tree: Tree, mentions: Mentions, taken: set[int]) -> list[Trigger]:
    """Claims of copular and possessive clauses: presence at a place, under way, distance, measure."""
    found: list[Trigger] = []
    for word in range(tree.size):
        if word in taken:
            continue
        bound = tree.lower[word] == "bound" and any(tree.case(kid) == "for" for kid in tree.children(word, "obl", "nmod"))
        if bound or (tree.lower[word] in ("way", "route") and _under_way(tree, word)):
            found.append(Trigger(word, "travel", "shape", word))
        elif tree.lemma[word] in ("expect", "await", "due") and _expected_somewhere(tree, mentions, word):
            found.append(Trigger(word, "arrival", "shape", word))
        elif tree.dep[word] == "cop" and tree.head[word] not in taken:
            head = tree.head[word]
            subject = tree.child(head, "nsubj")
            due = next((kid for kid in tree.kids[head] if tree.lower[kid] == "due"), None)
            if due is not None and subject is not None and mentions.literal_place(head) is not None:
                found.append(Trigger(due, "arrival", "shape", head))
                continue
            there = tree.case(head) in _IN and (mentions.literal_place(head) is not None or tree.lower[head] == "board")
            if (there or tree.lower[head] == "aboard") and subject is not None and subject not in taken:
                found.append(Trigger(head, "presence", "shape", head))
    found.extend(_measures(tree, mentions, taken | {each.word for each in found}))
    return found


def _expected_somewhere(tree: Tree, mentions: Mentions, word: int) -> bool:
    """ "is expected in Oslo on Friday", "is expected there on Friday": an arrival to come."""
    subject = tree.child(word, "nsubj")
    if tree.child(word, "xcomp", "ccomp", "obj") is not None:
        return False
    if subject is None:
        if not _opens(tree, word) or not any(tree.sentence[timed] == tree.sentence[word] for timed in mentions.timed):
            return False
    else:
        passive = tree.dep[subject] == "nsubj:pass" or tree.lemma[word] == "due"
        if not passive or not (mentions.is_people(subject) or mentions.has_class(subject, "vehicle")):
            return False
    below = [
        *tree.children(word, "obl", "nmod", "advmod", "xcomp"),
        *(each for kid in tree.children(word, "advmod") for each in tree.kids[kid]),
    ]
    return any(
        mentions.place_there(kid) is not None or (tree.case(kid).split(" ")[-1] in ("in", "at") and mentions.literal_place(kid) is not None)
        for kid in below
    )


def _opens(tree: Tree, word: int) -> bool:
    """ "Expected there on Friday.": a sentence that leaves out its subject, the traveller of the one before."""
    return (
        tree.dep[word] == "ROOT"
        and tree.lower[word] in ("expected", "due")
        and (word == 0 or tree.sentence[word - 1] != tree.sentence[word])
    )


def _under_way(tree: Tree, word: int) -> bool:
    """ "on his way to", "on the way home", "en route to"."""
    case = tree.case(word)
    if tree.lower[word] == "route":
        return word > 0 and tree.lower[word - 1] in ("en", "en-")
    return case in ("on", "along") and (
        tree.child(word, "nmod:poss") is not None or any(tree.lower[kid] == "the" for kid in tree.kids[word])
    )


def _measures(tree: Tree, mentions: Mentions, taken: set[int]) -> list[Trigger]:
    found: list[Trigger] = []
    for quantity in mentions.quantities:
        if quantity.dimension not in _MEASURED:
            continue
        words = tree.tokens(quantity.span)
        top = tree.top(words)
        if top in taken:
            continue
        if tree.child(top, "cop") is not None and tree.child(top, "nsubj") is not None:
            found.append(Trigger(top, "distance" if quantity.dimension == "distance" else "measure", "shape", top))
            taken.add(top)
            continue
        verb = tree.head[top]
        if (
            tree.lower[verb] in _EXTENT
            and tree.child(verb, "cop") is not None
            and tree.child(verb, "nsubj") is not None
            and verb not in taken
        ):
            found.append(Trigger(verb, "distance" if tree.lower[verb] in ("away", "apart") else "measure", "shape", verb))
            taken.add(verb)
            continue
        if (
            verb not in taken
            and tree.is_verb(verb)
            and tree.dep[top].split(":")[0] in ("obj", "obl", "xcomp")
            and tree.child(verb, "nsubj") is not None
        ):
            if tree.lemma[verb] in ("lie", "sit", "stand", "be") and quantity.dimension == "distance":
                found.append(Trigger(verb, "distance", "shape", verb))
                taken.add(verb)
            elif tree.lemma[verb] in (
                "have",
                "weigh",
                "measure",
                "cost",
                "total",
                "number",
                "comprise",
                "include",
                "consist",
                "stretch",
                "contain",
                "average",
            ):
                found.append(Trigger(verb, "measure", "shape", verb))
                taken.add(verb)
    return found
