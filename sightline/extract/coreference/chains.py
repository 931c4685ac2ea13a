"""Chains of noun phrases: each phrase takes its likeliest antecedent, or none (mention ranking)."""

from __future__ import annotations

from math import log1p

import numpy as np
import numpy.typing as npt
from spacy.tokens import Doc

from sightline.extract.coreference.phrases import Phrase, phrases
from sightline.types.trees import shipped

WINDOW = 45
"""Phrases back that a pronoun or a noun may look."""
THRESHOLD = 0.68
"""Probability from which on a phrase goes back to its antecedent; best CoNLL score on training documents (wrong pairs were thinned out there)."""
_ROLES = ("nsubj", "nsubj:pass", "obj", "obl", "nmod", "nmod:poss", "conj", "appos", "root", "ROOT", "obl:agent")
_LABELS = ("PER", "ORG", "LOC", "NORP", "MISC")
_KINDS = ("name", "noun", "pronoun")
_DETERMINERS = ("definite", "indefinite", "demonstrative", "possessive")


def chains(doc: Doc, threshold: float = THRESHOLD) -> list[list[Phrase]]:
    """The phrases of a doc in chains, one-member chains included, in the order of their first phrase."""
    found = phrases(doc)
    made: list[list[Phrase]] = []
    of: dict[int, int] = {}
    forest = shipped("sightline.extract.coreference", "ranking")
    sizes = [1] * len(found)
    for n in range(len(found)):
        before = candidates(found, n)
        if before:
            scores = forest.probability(np.array([features(found, m, n, sizes[m]) for m in before], dtype=np.float32))
            best = int(scores.argmax())
            if scores[best] >= threshold:
                chain = of[before[best]]
                of[n] = chain
                made[chain].append(found[n])
                sizes[n] = len(made[chain])
                continue
        of[n] = len(made)
        made.append([found[n]])
    return made


def candidates(found: list[Phrase], n: int) -> list[int]:
    """Earlier phrases that the ``n``-th may go back to: all within a window, and any with its head word before that."""
    phrase = found[n]
    near = list(range(max(0, n - WINDOW), n))
    if phrase.kind == "pronoun":
        return near
    head = phrase.head.lower_
    return [m for m in range(max(0, n - WINDOW)) if found[m].head.lower_ == head][-8:] + near


def features(found: list[Phrase], m: int, n: int, size: int) -> list[float]:
    """What speaks for phrase ``n`` going back to phrase ``m``; their order is the forest's."""
    a, b = found[m], found[n]
    same_head = a.head.lower_ == b.head.lower_
    row = [
        log1p(n - m),
        float(b.sentence - a.sentence),
        float(same_head),
        float(a.text == b.text),
        float(size > 1),
        log1p(size),
        float(same_head and b.content <= a.content),
        float(len(a.content & b.content)),
        float(len(b.content - a.content)),
        float(len(a.content - b.content)),
        float(a.head.lemma_ == b.head.lemma_ and a.head.lemma_ != ""),
        float(b.head.lower_ in a.content),
        float(a.head.lower_ in b.content),
        float(a.plural),
        float(b.plural),
        float(a.plural == b.plural),
        float(b.first >= a.first and b.last <= a.last),
        float(a.head.head.i == b.head.head.i and b.head.dep_ not in ("nmod:poss", "conj")),
        float(b.head.dep_ == "appos" and b.head.head.i == a.head.i),
        float(b.head.i == a.head.head.i and a.head.dep_ in ("nsubj", "nsubj:outer")),
        float(a.last - a.first),
        float(b.last - b.first),
        float(a.group),
        float(b.group),
        float(a.group == b.group and b.group >= 0),
        _acronym(a, b),
        float(a.label == b.label and a.label != ""),
        float(b.first == a.last),
        float(_quoted(a) == _quoted(b)),
        float(bool(a.content) and min(a.content, default="") == min(b.content, default="")),
    ]
    for phrase in (a, b):
        row += [float(phrase.kind == kind) for kind in _KINDS]
        row += [float(phrase.determiner == d) for d in _DETERMINERS]
        row += [float(phrase.label == label) for label in _LABELS]
        row.append(float(_ROLES.index(phrase.head.dep_)) if phrase.head.dep_ in _ROLES else -1.0)
    return row


def _acronym(a: Phrase, b: Phrase) -> float:
    long, short = (a, b) if len(a.text) > len(b.text) else (b, a)
    letters = short.head.text
    if not letters.isupper() or len(letters) < 2:
        return 0.0
    return float("".join(t.text[0] for t in long.head.doc[long.first : long.last] if t.text[0].isupper()) == letters)


def _quoted(phrase: Phrase) -> bool:
    sentence = phrase.head.sent
    before = phrase.head.doc[sentence.start : phrase.first]
    return sum(t.text in ('"', "“", "”", "``", "''") for t in before) % 2 == 1


Floats = npt.NDArray[np.float32]
