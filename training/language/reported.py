"""Reported speech in every order: *S, X said*, *S, said X*, *X said that S*, *the train, X said, left*.

The treebanks hold few reporting clauses after what is reported, and news is full of them. Plain declarative sentences of
the treebanks get a reporting clause, with the trees that both treebanks give such sentences: before and after, what is
reported is the clausal complement (ccomp) of the verb of saying, and its comma and quotation marks hang on it; in the
middle, the verb of saying is parataxis.
"""

from __future__ import annotations

import random

from training.language import speakers
from training.language.nodes import Node, children, contiguous, punct, subtree

_MARKS = frozenset("\"“”‘’'?!:;()[]…–—")
_PRONOUNS = ("he", "she", "they", "he", "it")


def plain(sentence: list[Node]) -> bool:
    """True for a declarative sentence of modest length with a finite root, a subject, a full stop, and no quotes."""
    if not 4 <= len(sentence) <= 40 or sentence[-1].form != "." or sentence[-1].after == "":
        return False
    root = next(node for node in sentence if node.head is None)
    if len(sentence) < 4 or any(node.form in _MARKS or "\n" in node.after for node in sentence[:-1]) or not sentence[0].form[:1].isupper():
        return False
    below = children(sentence, root)
    finite = any("VerbForm=Fin" in (node.feats or "") for node in [root, *below] if node.upos in ("VERB", "AUX"))
    return finite and any((node.dep or "").startswith("nsubj") for node in below) and sentence[-1].head is root


def reported(sentence: list[Node], source: random.Random) -> list[Node]:
    """The sentence with a reporting clause put to it; the sentence itself if it isn't plain."""
    if not plain(sentence):
        return sentence
    root = next(node for node in sentence if node.head is None)
    style = source.random()
    if style < 0.16:
        medial = _medial(sentence, root, source)
        if medial:
            return medial
    if style > 0.88:
        return _initial(sentence, root, source)
    if style > 0.80:
        return _according(sentence, root, source)
    return _trailing(sentence, root, source)


def _clause(source: random.Random, dep: str, head: Node | None, pronoun: bool) -> tuple[Node, list[Node], bool]:
    """The verb, and the words of the reporting clause in order; True if the verb comes first."""
    verb, close, tail = speakers.verb(source, dep, head)
    if pronoun and source.random() < 0.15:
        form = source.choice(_PRONOUNS)
        subject = [Node(form, " ", "PRON", "PRP", "Case=Nom|PronType=Prs", form, "nsubj", verb)]
        first = False
    else:
        top, subject = speakers.speaker(source, "nsubj", verb)
        if "Plur" in (top.feats or ""):
            verb.feats = (verb.feats or "").replace("Number=Sing", "Number=Plur")
            if verb.form == "says":
                verb.form, verb.xpos = "say", "VBP"
        commas = any(node.form == "," for node in tail)
        first = not close and not commas and source.random() < 0.3
        if top.name is not None and top.name.label == "PER" and source.random() < 0.25 and not first:
            subject = _apposed(source, top, subject)
    words = [verb, *subject, *tail] if first else [*subject, verb, *close, *tail]
    return verb, words, first


def _apposed(source: random.Random, top: Node, subject: list[Node]) -> list[Node]:
    """A subject with an apposition: *Anna Petrov, a spokeswoman for the ministry,*."""
    noun = Node(source.choice(["spokesman", "spokeswoman", "analyst"]), " ", "NOUN", "NN", "Number=Sing", None, "appos", top)
    article = Node("a", " ", "DET", "DT", "Definite=Ind|PronType=Art", "a", "det", noun)
    body = Node(source.choice(["ministry", "company", "agency", "army"]), "", "NOUN", "NN", "Number=Sing", None, "nmod", noun)
    of = Node("for", " ", "ADP", "IN", "", "for", "case", body)
    the = Node("the", " ", "DET", "DT", "Definite=Def|PronType=Art", "the", "det", body)
    subject[-1].after = ""
    return [*subject, punct(",", ",", noun), article, noun, of, the, body, punct(",", ",", noun)]


def _trailing(sentence: list[Node], root: Node, source: random.Random) -> list[Node]:
    stop = sentence[-1]
    said = sentence[:-1]
    verb, clause, _ = _clause(source, "ROOT", None, pronoun=True)
    root.head, root.dep = verb, "ccomp"
    quotes = source.choice(["", "", "", '""', "“”"])
    said[-1].after = ""
    comma = punct(",", ",", root)
    result = [*said, comma]
    if quotes:
        comma.after = ""
        result = [punct(quotes[0], "``", root, ""), *result, punct(quotes[1], "''", root)]
        if source.random() < 0.15:
            result = [*result[:-2], result[-1], comma]
            result[-2].after, comma.after = "", " "
    clause[-1].after = ""
    stop.head = verb
    return [*result, *clause, stop]


def _according(sentence: list[Node], root: Node, source: random.Random) -> list[Node]:
    """*S, according to X.*: the sentence keeps its root."""
    stop = sentence[-1]
    said = sentence[:-1]
    top, words = speakers.speaker(source, "obl", root)
    according = Node("according", " ", "VERB", "VBG", "Tense=Pres|VerbForm=Part", "accord", "case", top)
    to = Node("to", " ", "ADP", "IN", "", "to", "fixed", according)
    said[-1].after = ""
    words[-1].after = ""
    return [*said, punct(",", ",", top), according, to, *words, stop]


def _initial(sentence: list[Node], root: Node, source: random.Random) -> list[Node]:
    stop = sentence[-1]
    said = sentence[:-1]
    verb, clause, first = _clause(source, "ROOT", None, pronoun=False)
    if first:
        clause = [node for node in clause if node is not verb]
        cut = next((i for i, node in enumerate(clause) if node.head is verb and node.dep != "nsubj"), len(clause))
        while cut and clause[cut - 1].head in clause[cut:]:
            cut -= 1
        clause = [*clause[:cut], verb, *clause[cut:]]
    clause[0].form = clause[0].form[:1].upper() + clause[0].form[1:]
    if said[0].upos != "PROPN" and said[0].form != "I":
        said[0].form = said[0].form[:1].lower() + said[0].form[1:]
    root.head, root.dep = verb, "ccomp"
    that = [Node("that", " ", "SCONJ", "IN", "", "that", "mark", root)] if source.random() < 0.6 else []
    stop.head = verb
    said[-1].after = ""
    return [*clause, *that, *said, stop]


def _medial(sentence: list[Node], root: Node, source: random.Random) -> list[Node] | None:
    subject = next((n for n in children(sentence, root) if (n.dep or "").startswith("nsubj")), None)
    if subject is None:
        return None
    first = subtree(sentence, subject)
    if first[0] is not sentence[0] or not contiguous(sentence, first) or len(first) < 2:
        return None
    verb, clause, _ = _clause(source, "parataxis", root, pronoun=True)
    if any(node.form == "," for node in clause):
        return None
    first[-1].after = ""
    clause[-1].after = ""
    return [*first, punct(",", ",", verb), *clause, punct(",", ",", verb), *sentence[len(first) :]]
