"""Plain news sentences made at random with their trees: *The cargo ship left Manila on Sunday*.

In the treebanks a noun followed by a form such as *left* or *seized* is often a reduced relative clause, since the web and
textbooks have few bare past tenses after a subject; news has little else. These sentences show both, with other words
every time, so that the choice is made by what follows.
"""

from __future__ import annotations

import random
import tomllib
from collections.abc import Callable
from functools import cache
from pathlib import Path

from training.language import speakers
from training.language.nodes import Name, Node, Text, punct
from training.language.passages import Passage

_PRESENT = "Mood=Ind|Number={n}|Person=3|Tense=Pres|VerbForm=Fin"
_PAST = "Mood=Ind|Number={n}|Person=3|Tense=Past|VerbForm=Fin"
_PARTICIPLE = "Tense=Past|VerbForm=Part"
_PLURALS = frozenset({"police", "troops", "talks", "aid"})


@cache
def words() -> dict[str, list[str]]:
    """The word lists of ``data/events.toml``."""
    return tomllib.loads((Path(__file__).parent / "data" / "events.toml").read_text(encoding="utf-8"))


def _pick(source: random.Random, kind: str) -> str:
    return source.choice(words()[kind])


def _plural(form: str) -> bool:
    return form in _PLURALS or (form.endswith(("s", "men")) and not form.endswith("ss"))


def _noun(form: str, dep: str, head: Node | None) -> Node:
    plural = _plural(form)
    return Node(form, " ", "NOUN", "NNS" if plural else "NN", f"Number={'Plur' if plural else 'Sing'}", form, dep, head)


def _small(form: str, upos: str, xpos: str, dep: str, head: Node, feats: str = "") -> Node:
    return Node(form, " ", upos, xpos, feats, form, dep, head)


def phrase(source: random.Random, kind: str, dep: str, head: Node | None, extra: list[str] | None = None) -> tuple[Node, list[Node]]:
    """A noun phrase: article or amount, adjective, compound, noun, sometimes an owner or a reduced relative clause."""
    form = source.choice(extra) if extra and source.random() < 0.35 else _pick(source, kind)
    top = _noun(form, dep, head)
    nodes = [top]
    if source.random() < 0.25:
        nodes.insert(0, _small(_pick(source, "compounds"), "NOUN", "NN", "compound", top, "Number=Sing"))
    if source.random() < 0.3:
        nodes.insert(0, _small(_pick(source, "adjectives"), "ADJ", "JJ", "amod", top, "Degree=Pos"))
    elif source.random() < 0.2:
        nodes = [*speakers.group(source, top), *nodes]
    plural = _plural(form)
    if plural and source.random() < 0.4:
        if source.random() < 0.5:
            amount = _pick(source, "amounts").split()[-1]
            if amount in ("dozens", "hundreds"):
                return _partitive(amount, top, nodes)
            sort = (
                ("NUM", "CD", "nummod", "NumType=Card")
                if amount not in ("several", "some", "many")
                else ("ADJ", "JJ", "amod", "Degree=Pos")
            )
            nodes.insert(0, Node(amount, " ", sort[0], sort[1], sort[3], amount, sort[2], top))
    else:
        article = "the" if plural or source.random() < 0.75 else "a"
        if article == "a" and nodes[0].form[0].lower() in "aeiou":
            article = "an"
        feats = "Definite=Def|PronType=Art" if article == "the" else "Definite=Ind|PronType=Art"
        nodes.insert(0, _small(article, "DET", "DT", "det", top, feats))
    if dep.startswith("nsubj"):
        nodes += _after(source, top)
    return top, nodes


def _partitive(amount: str, top: Node, nodes: list[Node]) -> tuple[Node, list[Node]]:
    head = _noun(amount, top.dep or "", top.head)
    top.head, top.dep = head, "nmod"
    return head, [head, _small("of", "ADP", "IN", "case", top), *nodes]


def _after(source: random.Random, top: Node) -> list[Node]:
    """What may follow a subject's noun before its verb."""
    kind = source.random()
    if kind < 0.10:
        owner, name = speakers.titled(source, "nmod", top)
        return [_small("of", "ADP", "IN", "case", owner), *name]
    if kind < 0.16:
        _, _, _, participle = _pick(source, "did").split()
        verb = Node(participle, " ", "VERB", "VBN", _PARTICIPLE + "|Voice=Pass", participle, "acl", top)
        return [verb, *_adjunct(source, verb)]
    if kind < 0.22:
        base = _pick(source, "did").split()[0]
        form = base[:-1] + "ing" if base.endswith("e") and not base.endswith("ee") else base + "ing"
        verb = Node(form, " ", "VERB", "VBG", "Tense=Pres|VerbForm=Part", base, "acl", top)
        if source.random() < 0.5:
            _, carried = speakers.titled(source, "obj", verb)
        else:
            _, carried = phrase(source, "things", "obj", verb)
        return [verb, *carried]
    if kind < 0.27:
        place = Node(source.choice(speakers.words()["places"]), " ", "PROPN", "NNP", "Number=Sing", None, "nmod", top, name=Name("LOC"))
        return [_small(source.choice(["in", "from", "near"]), "ADP", "IN", "case", place), place]
    return []


def subject(source: random.Random, dep: str, verb: Node, extra: list[str] | None) -> tuple[bool, list[Node]]:
    """A subject, and whether it is plural: a person with a title, two of them, *Ghana's coach, Ama Mensah,*, or a noun phrase."""
    kind = source.random()
    if kind < 0.10:
        return False, speakers.titled(source, dep, verb)[1]
    if kind < 0.14:
        top, first = speakers.titled(source, dep, verb)
        other, second = speakers.titled(source, "conj", top)
        return True, [*first, _small("and", "CCONJ", "CC", "cc", other), *second]
    if kind < 0.19:
        return False, _owned_title(source, dep, verb)
    top, nodes = phrase(source, source.choice(["things", "actors"]), dep, verb, extra)
    return "Plur" in (top.feats or ""), nodes


def _owned_title(source: random.Random, dep: str, verb: Node) -> list[Node]:
    """*Ghana's sports minister, Ama Mensah,* or *Ghana's King Faris*."""
    place = Node(source.choice(speakers.words()["places"]), "", "PROPN", "NNP", "Number=Sing", None, "nmod:poss", None, name=Name("LOC"))
    case = Node(source.choice(["'s", "’s"]), " ", "PART", "POS", "", "'s", "case", place)
    if source.random() < 0.3:
        top, name = speakers.person(source, dep, verb)
        form = source.choice(["King", "Queen", "President", "Prince", "Premier", "Chancellor"])
        title = Node(form, " ", "PROPN", "NNP", "Number=Sing", form, "nmod:desc", top)
        place.head = top
        return [place, case, title, *name]
    parts = source.choice(speakers.words()["titles"]).split()
    top = _noun(parts[-1], dep, verb)
    place.head = top
    before = [_small(form, "ADJ", "JJ", "amod", top, "Degree=Pos") for form in parts[:-1]]
    if not before and source.random() < 0.4:
        before = [_small(_pick(source, "compounds"), "NOUN", "NN", "compound", top, "Number=Sing")]
    other, name = speakers.person(source, "appos", top)
    top.after = name[-1].after = ""
    return [place, case, *before, top, punct(",", ",", other), *name, punct(",", ",", other)]


def _adjunct(source: random.Random, verb: Node) -> list[Node]:
    """When, where or how: *on Sunday*, *Sunday*, *overnight*, *near the border*, *in Manila*."""
    kind = source.random()
    if kind < 0.35:
        return _prepositional(_pick(source, "when"), verb)
    if kind < 0.45:
        day = Node(_pick(source, "bare"), " ", "PROPN", "NNP", "Number=Sing", None, "obl:unmarked", verb)
        return [day]
    if kind < 0.6:
        adverb = _pick(source, "adverbs")
        return [_small(adverb, "ADV", "RB", "advmod", verb)]
    if kind < 0.8:
        return _prepositional(_pick(source, "where"), verb)
    place = Node(source.choice(speakers.words()["places"]), " ", "PROPN", "NNP", "Number=Sing", None, "obl", verb, name=Name("LOC"))
    return [_small(source.choice(["in", "in", "near", "from", "to"]), "ADP", "IN", "case", place), place]


def _prepositional(text: str, verb: Node) -> list[Node]:
    parts = text.split()
    last = parts[-1]
    if last[0].isupper():
        noun = Node(last, " ", "PROPN", "NNP", "Number=Sing", last, "obl", verb)
    else:
        noun = _noun(last, "obl", verb)
    nodes = [_small(parts[0], "ADP", "IN", "case", noun)]
    for form in parts[1:-1]:
        if form == "the":
            nodes.append(_small(form, "DET", "DT", "det", noun, "Definite=Def|PronType=Art"))
        else:
            nodes.append(_small(form, "NUM", "CD", "nummod", noun, "NumType=Card"))
    return [*nodes, noun]


def sentence(source: random.Random, extra: list[str] | None = None) -> list[Node]:
    """A plain declarative sentence with its full stop; ``extra`` are more nouns to use beside the lists."""
    transitive = source.random() < 0.55
    base, third, past, participle = _pick(source, "did" if transitive else "went").split()
    passive = transitive and source.random() < 0.25
    subject_dep = "nsubj:pass" if passive else "nsubj"
    verb = Node(past, " ", "VERB", "VBD", "", base, "ROOT", None)
    plural, front = subject(source, subject_dep, verb, extra)
    number = "Plur" if plural else "Sing"
    auxiliary: list[Node] = []
    style = source.random()
    if passive:
        verb.form, verb.xpos, verb.feats = participle, "VBN", _PARTICIPLE + "|Voice=Pass"
        form = "were" if plural else "was"
        auxiliary = [Node(form, " ", "AUX", "VBD", _PAST.format(n=number), "be", "aux:pass", verb)]
    elif style < 0.62:
        verb.feats = _PAST.format(n=number)
    elif style < 0.66:
        verb.form, verb.xpos, verb.feats = base, "VB", "VerbForm=Inf"
        did = Node("did", " ", "AUX", "VBD", _PAST.format(n=number), "do", "aux", verb)
        auxiliary = [did, _small("not", "PART", "RB", "advmod", verb, "Polarity=Neg")]
    elif style < 0.74:
        verb.form, verb.xpos, verb.feats = base, "VB", "VerbForm=Inf"
        modal = source.choice(["will", "may", "could", "would"])
        auxiliary = [Node(modal, " ", "AUX", "MD", "VerbForm=Fin", modal, "aux", verb)]
    elif style < 0.88:
        verb.form, verb.xpos, verb.feats = participle, "VBN", _PARTICIPLE
        form = "have" if plural else "has"
        auxiliary = [Node(form, " ", "AUX", "VBP" if plural else "VBZ", _PRESENT.format(n=number), "have", "aux", verb)]
    else:
        verb.form, verb.xpos, verb.feats = (base, "VBP", _PRESENT.format(n=number)) if plural else (third, "VBZ", _PRESENT.format(n=number))
    if not auxiliary and source.random() < 0.06:
        auxiliary = [_small(source.choice(["never", "also", "later", "finally"]), "ADV", "RB", "advmod", verb)]
    rest: list[Node] = []
    if transitive and not passive:
        if source.random() < 0.25:
            place = Node(source.choice(speakers.words()["places"]), " ", "PROPN", "NNP", "Number=Sing", None, "obj", verb, name=Name("LOC"))
            rest = [place]
        else:
            _, rest = phrase(source, source.choice(["things", "actors"]), "obj", verb, extra)
    elif passive and source.random() < 0.35:
        agent, by = phrase(source, "actors", "obl:agent", verb, extra)
        rest = [_small("by", "ADP", "IN", "case", agent), *by]
    for _ in range(source.choice((0, 1, 1, 1, 2))):
        rest += _adjunct(source, verb)
    if source.random() < 0.08:
        rest += _second(source, verb, number)
    nodes = [*front, *auxiliary, verb, *rest]
    if source.random() < 0.08:
        early = _prepositional(_pick(source, "when"), verb)
        early[-1].after = ""
        nodes = [*early, punct(",", ",", early[-1]), *nodes]
    nodes[0].form = nodes[0].form[:1].upper() + nodes[0].form[1:]
    nodes[-1].after = ""
    return [*nodes, punct(".", ".", verb)]


def _second(source: random.Random, verb: Node, number: str) -> list[Node]:
    """*... and reached Lima on Friday*: a second verb with the same subject."""
    base, _, past, _ = _pick(source, "went").split()
    other = Node(past, " ", "VERB", "VBD", _PAST.format(n=number), base, "conj", verb)
    return [_small("and", "CCONJ", "CC", "cc", other), other, *_adjunct(source, other)]


def passage(source: random.Random, extra: list[str], tell: Callable[[list[Node], random.Random], list[Node]]) -> Passage:
    """Some such sentences as one passage, more than half of them reported by ``tell``."""
    sentences = []
    for _ in range(source.randrange(1, 7)):
        made = sentence(source, extra)
        if source.random() < 0.6:
            made = tell(made, source)
        made[-1].after = "\n\n" if source.random() < 0.2 else " "
        sentences.append(made)
    return Text([node for made in sentences for node in made], True, True, "made", sentences).passage()
