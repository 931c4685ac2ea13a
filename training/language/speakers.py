"""Speakers, people with titles, and reporting clauses, made at random with their trees."""

from __future__ import annotations

import random
import tomllib
from functools import cache
from pathlib import Path

from training.language.nodes import Name, Node, punct

_FINITE = "Mood=Ind|Number=Sing|Person=3|Tense={tense}|VerbForm=Fin"


@cache
def words() -> dict[str, list[str]]:
    """The word lists of ``data/reporters.toml``."""
    return tomllib.loads((Path(__file__).parent / "data" / "reporters.toml").read_text(encoding="utf-8"))


def _pick(source: random.Random, kind: str) -> str:
    return source.choice(words()[kind])


def _noun(form: str, dep: str, head: Node | None = None) -> Node:
    plural = form.endswith("s") or form in ("media", "police")
    number = "Number=Plur" if plural else "Number=Sing"
    return Node(form, " ", "NOUN", "NNS" if plural else "NN", number, form, dep, head)


def _proper(form: str, dep: str, head: Node | None, name: Name | None) -> Node:
    return Node(form, " ", "PROPN", "NNP", "Number=Sing", form, dep, head, name=name)


def _determiner(form: str, head: Node) -> Node:
    sort = "Definite=Def|PronType=Art" if form.lower() == "the" else "Definite=Ind|PronType=Art"
    return Node(form, " ", "DET", "DT", sort, form.lower(), "det", head)


def group(source: random.Random, head: Node) -> list[Node]:
    """A nationality before ``head``: *Russian*, *South Korean*."""
    name = Name("NORP")
    parts = _pick(source, "groups").split()
    top = Node(parts[-1], " ", "ADJ", "JJ", "Degree=Pos", parts[-1], "amod", head, name=name)
    if len(parts) == 1:
        return [top]
    return [Node(parts[0], " ", "ADJ", "JJ", "Degree=Pos", parts[0], "amod", top, name=name), top]


def person(source: random.Random, dep: str, head: Node | None) -> tuple[Node, list[Node]]:
    """A person's name, hyphenated as in *Kim Jong-un* in half of the cases; the first part is the head."""
    name = Name("PER")
    if source.random() < 0.5:
        first = _proper(_pick(source, "family_first"), dep, head, name)
        left = _pick(source, "syllables")
        right = _pick(source, "second")
        if source.random() < 0.3:
            right = right.capitalize()
        if source.random() < 0.15:
            return first, [first, _proper(left, "flat", first, name), _proper(right.capitalize(), "flat", first, name)]
        middle = _proper(left, "flat", first, name)
        middle.after = ""
        last = _proper(right, "flat", first, name)
        hyphen = punct("-", "HYPH", last, "")
        hyphen.name = name
        return first, [first, middle, hyphen, last]
    first_form, last_form = _pick(source, "given"), _pick(source, "family")
    if source.random() < 0.3:
        only = _proper(last_form.split("-")[-1], dep, head, name)
        return only, [only]
    parts = [*_hyphenated(first_form), *_hyphenated(last_form)]
    nodes: list[Node] = []
    first = _proper(parts[0][0], dep, head, name)
    for form, glued in parts:
        node = first if not nodes else _proper(form, "flat", first, name)
        if form == "-":
            node = punct("-", "HYPH", first, "")
            node.name = name
        node.after = "" if glued else " "
        nodes.append(node)
    return first, nodes


def _hyphenated(form: str) -> list[tuple[str, bool]]:
    pieces = form.split("-")
    result: list[tuple[str, bool]] = []
    for piece in pieces[:-1]:
        result += [(piece, True), ("-", True)]
    return [*result, (pieces[-1], False)]


def titled(source: random.Random, dep: str, head: Node | None) -> tuple[Node, list[Node]]:
    """A person with a title before the name: *North Korean leader Kim Jong-un*, *President Park*."""
    top, name = person(source, dep, head)
    if source.random() < 0.4:
        parts = _pick(source, "capital_titles").split()
        title = _proper(parts[-1], "nmod:desc", top, None)
        before = [Node(p, " ", "ADJ", "NNP", "Degree=Pos", p, "amod", title) for p in parts[:-1]]
        front = group(source, title) if source.random() < 0.4 else []
    else:
        parts = _pick(source, "titles").split()
        title = _noun(parts[-1], "nmod:desc", top)
        before = [Node(p, " ", "ADJ", "JJ", "Degree=Pos", p, "amod", title) for p in parts[:-1]]
        front = group(source, title)
        if source.random() < 0.25:
            place = _proper(_pick(source, "places"), "compound", title, Name("LOC"))
            front = [place]
        elif source.random() < 0.15:
            front = [_determiner("the", title), *front]
    return top, [*front, *before, title, *name]


def speaker(source: random.Random, dep: str, head: Node) -> tuple[Node, list[Node]]:
    """Someone who can be the subject of *said*."""
    kind = source.random()
    if kind < 0.12:
        return person(source, dep, head)
    if kind < 0.37:
        return titled(source, dep, head)
    if kind < 0.5:
        top = _proper(_pick(source, "organisations"), dep, head, Name("ORG"))
        return top, [top]
    if kind < 0.62:
        parts = _pick(source, "the_organisations").split()
        name = Name("ORG")
        top = _proper(parts[-1], dep, head, name)
        return top, [_determiner("the", top), *(_proper(p, "compound", top, name) for p in parts[:-1]), top]
    if kind < 0.78:
        top = _noun(_pick(source, "people_plural"), dep, head)
        nodes = [top]
    elif kind < 0.88:
        top = _noun(_pick(source, "people_singular"), dep, head)
        nodes = [top]
    else:
        top = _noun(_pick(source, "bodies"), dep, head)
        nodes = [top]
    singular = top.xpos == "NN" or top.form == "police"
    if source.random() < 0.4:
        nodes = [Node(a := _pick(source, "adjectives"), " ", "ADJ", "JJ", "Degree=Pos", a, "amod", top), *nodes]
    elif source.random() < 0.5:
        nodes = [*group(source, top), *nodes]
    if singular:
        article = "the" if source.random() < 0.6 else "a"
        if article == "a" and nodes[0].form[0].lower() in "aeiou":
            article = "an"
        nodes = [_determiner(article, top), *nodes]
    if source.random() < 0.15:
        of = _proper(_pick(source, "places"), "nmod", top, Name("LOC"))
        nodes += [Node("in", " ", "ADP", "IN", "", "in", "case", of), of]
    return top, nodes


def verb(source: random.Random, dep: str, head: Node | None) -> tuple[Node, list[Node], list[Node]]:
    """A reporting verb, with what must follow it at once, and what may come after the subject or the verb."""
    if source.random() < 0.12:
        parts = _pick(source, "telling").split()
        top = _finite(parts[0], dep, head)
        addressee = parts[1:]
        last = addressee[-1]
        if last.isupper():
            target = _proper(last, "obj", top, Name("ORG"))
        else:
            target = _noun(last, "obj", top)
        before: list[Node] = []
        for form in addressee[:-1]:
            before.append(_determiner(form, target) if form == "the" else _noun(form, "compound", target))
        close = [*before, target]
    else:
        top, close = _finite(_pick(source, "verbs"), dep, head), []
    tail = _tail(source, top)
    if tail and source.random() < 0.2:
        tail += _tail(source, top)
    if source.random() < 0.06:
        tail += _citing(source, top, tail or close)
    return top, close, tail


def _tail(source: random.Random, top: Node) -> list[Node]:
    """When, where or in what it was said: *on Monday*, *late Sunday*, *in a statement*; often nothing."""
    parts = _pick(source, "tails").split()
    if parts:
        noun = parts[-1]
        target = _proper(noun, "obl", top, Name("LOC") if noun in words()["places"] else None)
        if noun.islower():
            target = _noun(noun, "obl", top)
        tail = [Node(parts[0], " ", "ADP", "IN", "", parts[0], "case", target)]
        if len(parts) == 3:
            tail.append(_determiner(parts[1], target))
        return [*tail, target]
    if source.random() < 0.4:
        day = _proper(_pick(source, "days"), "obl:unmarked", top, None)
        part = Node("late", " ", "ADV", "RB", "", "late", "advmod", day) if source.random() < 0.25 else None
        return [part, day] if part else [day]
    return []


def _citing(source: random.Random, top: Node, before: list[Node]) -> list[Node]:
    """*, citing officials* after what came before."""
    form = source.choice(["citing", "quoting"])
    participle = Node(form, " ", "VERB", "VBG", "Tense=Pres|VerbForm=Part", form[:-3] + "e", "advcl", top)
    _, cited = speaker(source, "obj", participle)
    (before[-1] if before else top).after = ""
    return [punct(",", ",", participle), participle, *cited]


def _finite(form: str, dep: str, head: Node | None) -> Node:
    present = form == "says"
    feats = _FINITE.format(tense="Pres" if present else "Past")
    lemma = {"said": "say", "says": "say", "told": "tell", "wrote": "write"}.get(form, form.removesuffix("ed"))
    return Node(form, " ", "VERB", "VBZ" if present else "VBD", feats, lemma, dep, head)
