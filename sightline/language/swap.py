"""Another spaCy pipeline in place of the shipped one, with its labels mapped to the ones that Sightline reads.

Names: OntoNotes (*PERSON*, *GPE*, *FAC* ...) and CoNLL (*PER*, *MISC*) labels become PER, ORG, LOC, NORP, MISC; dates and
amounts are left out. Trees: labels of the CLEAR scheme, as spaCy's English pipelines use, become Universal Dependencies
as far as labels go, and prepositions and copulas are turned round into UD's shape (``case`` and ``cop`` on content words).
"""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.metadata import entry_points
from importlib.resources import files
from typing import TYPE_CHECKING, Any, cast

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc, Token

GROUP = "sightline.pipelines"


class PipelineMissingError(LookupError):
    """The named pipeline isn't installed, or lacks a component that Sightline reads."""


@cache
def _tables() -> dict[str, Any]:
    text = files("sightline.language").joinpath("data/labels.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


def load(name: str) -> Language:
    """The installed pipeline ``name`` (an entry point of ``sightline.pipelines``, a package, or a folder), mapped."""
    import spacy

    for point in entry_points(group=GROUP):
        if point.name == name:
            return prepared(cast("Language", point.load()()), name)
    try:
        nlp = spacy.load(name)
    except OSError as problem:
        raise PipelineMissingError(f"pipeline {name!r} is not installed; try: python -m spacy download {name}") from problem
    return prepared(nlp, name)


def prepared(nlp: Language, name: str) -> Language:
    """``nlp`` with paragraph starts before its parser and its labels mapped; the same object.

    Raises ``PipelineMissingError`` if it sets no sentences, tags or names.
    """
    from sightline.language import components

    if components.MAPPED in nlp.pipe_names or components.PARAGRAPHS in nlp.pipe_names:
        return nlp
    lacking = [kind for kind, pipes in _NEEDED.items() if not set(pipes) & set(nlp.pipe_names)]
    if lacking:
        raise PipelineMissingError(f"pipeline {name!r} has no {', '.join(lacking)}: choose one with tagger, parser and ner")
    if "parser" in nlp.pipe_names:
        nlp.add_pipe(components.PARAGRAPHS, before="parser")
    nlp.add_pipe(components.MAPPED, last=True)
    return nlp


#: Labels that CLEAR has and Universal Dependencies hasn't.
_CLEAR = frozenset({"prep", "pobj", "dobj", "nsubjpass", "auxpass", "attr", "acomp", "poss", "relcl", "npadvmod", "agent", "prt", "neg"})
_NEEDED = {"parser": ("parser",), "tagger": ("tagger", "morphologizer"), "names": ("ner",)}


def map_doc(doc: Doc) -> Doc:
    """The Doc with Sightline's labels; trees that already are Universal Dependencies stay as they are."""
    _map_names(doc)
    if any(token.dep_ in _CLEAR for token in doc):
        _map_tree(doc)
    return doc


def _map_names(doc: Doc) -> None:
    from spacy.tokens import Span

    labels: dict[str, str] = _tables()["names"]
    kept = [Span(doc, e.start, e.end, labels[e.label_]) for e in doc.ents if e.label_ in labels]
    doc.set_ents(kept, default="outside")


def _map_tree(doc: Doc) -> None:
    """CLEAR to UD: rename, then turn prepositional phrases, copulas and fixed pairs round."""
    import numpy as np

    renamed: dict[str, str] = _tables()["dependencies"]
    heads = [token.head.i for token in doc]
    deps = [renamed.get(token.dep_, token.dep_) for token in doc]
    for token in doc:
        if token.dep_ in {"prep", "agent"}:
            _turn_preposition(token, heads, deps)
    for token in doc:
        if token.dep_ in ("attr", "acomp") and token.head.lemma_ == "be":
            _turn_copula(token, heads, deps)
    for token in doc:
        if deps[token.i] == "obj" and token.dep_ == "dobj" and heads[token.i] == token.i:
            deps[token.i] = "ROOT"
    offsets = np.array([head - i for i, head in enumerate(heads)], dtype=np.int64)
    labels = np.array([doc.vocab.strings.add(dep) for dep in deps], dtype=np.uint64)
    table: Any = np.stack([offsets.astype(np.uint64), labels], axis=1)
    doc.from_array(["HEAD", "DEP"], table)


def _turn_preposition(token: Token, heads: list[int], deps: list[str]) -> None:
    """*left <- on <- Monday* becomes *left <- Monday <- on*."""
    objects = [child for child in token.children if child.dep_ in ("pobj", "pcomp")]
    if not objects:
        deps[token.i] = "advmod" if token.pos_ == "ADV" else "obl"
        return
    target = objects[0]
    governor = heads[token.i]
    verbal = token.doc[governor].pos_ in ("VERB", "AUX", "ADJ", "ADV") or token.dep_ == "agent"
    clause = target.dep_ == "pcomp"
    heads[target.i] = governor
    deps[target.i] = ("advcl" if clause else "obl:agent" if token.dep_ == "agent" else "obl") if verbal else ("acl" if clause else "nmod")
    heads[token.i] = target.i
    deps[token.i] = "mark" if clause else "case"
    for child in token.children:
        if child is not target and heads[child.i] == token.i:
            heads[child.i] = target.i


def _turn_copula(token: Token, heads: list[int], deps: list[str]) -> None:
    """*is -> subject, attribute* becomes *attribute -> subject, is (cop)*."""
    verb = token.head
    if heads[token.i] != verb.i:
        return
    governor = heads[verb.i]
    heads[token.i] = token.i if governor == verb.i else governor
    deps[token.i] = deps[verb.i]
    for index, head in enumerate(heads):
        if head == verb.i and index not in (token.i, verb.i):
            heads[index] = token.i
    heads[verb.i] = token.i
    deps[verb.i] = "cop"
