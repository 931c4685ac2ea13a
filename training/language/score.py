"""Scores from raw text, as the CoNLL 2018 shared task counts them: F1 over words found at the same characters."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from spacy.tokens import Doc

Span = tuple[int, int]


@dataclass
class Score:
    """Counts of gold, predicted and right items for each measure; percentages come from ``f1``."""

    gold: Counter[str] = field(default_factory=Counter)
    read: Counter[str] = field(default_factory=Counter)
    right: Counter[str] = field(default_factory=Counter)

    def add(self, measure: str, gold: Iterable[object], read: Iterable[object]) -> None:
        """Count the items of one document for one measure."""
        known, found = set(gold), set(read)
        self.gold[measure] += len(known)
        self.read[measure] += len(found)
        self.right[measure] += len(known & found)

    def update(self, other: Score) -> None:
        """Add another score's counts."""
        self.gold.update(other.gold)
        self.read.update(other.read)
        self.right.update(other.right)

    def f1(self, measure: str) -> float:
        """F1 in percent; 0 where there is nothing."""
        total = self.gold[measure] + self.read[measure]
        return 200 * self.right[measure] / total if total else 0.0


def words(doc: Doc) -> dict[int, Span]:
    """Character span of each word that isn't white space, by token index."""
    return {token.i: (token.idx, token.idx + len(token)) for token in doc if not token.is_space}


def syntax(gold: Doc, read: Doc) -> Score:
    """Words, sentences, tags and trees of one document. ``las-np`` leaves punctuation out, as spaCy's scorer does."""
    score = Score()
    at_gold, at_read = words(gold), words(read)
    score.add("words", at_gold.values(), at_read.values())
    score.add("sents", _sentences(gold, at_gold), _sentences(read, at_read))
    for measure, attribute in (("upos", "pos_"), ("xpos", "tag_"), ("feats", "morph"), ("lemma", "lemma_")):
        score.add(
            measure,
            ((span, str(getattr(gold[i], attribute))) for i, span in at_gold.items()),
            ((span, str(getattr(read[i], attribute))) for i, span in at_read.items()),
        )
    arcs_gold, arcs_read = _arcs(gold, at_gold), _arcs(read, at_read)
    score.add("uas", (arc[:2] for arc in arcs_gold), (arc[:2] for arc in arcs_read))
    score.add("las", arcs_gold, arcs_read)
    quiet = [{arc for arc in arcs if arc[2] != "punct"} for arcs in (arcs_gold, arcs_read)]
    score.add("uas-np", (arc[:2] for arc in quiet[0]), (arc[:2] for arc in quiet[1]))
    score.add("las-np", *quiet)
    return score


def names(gold: Iterable[tuple[int, int, str]], read: Doc, labels: frozenset[str]) -> Score:
    """Names of one document at exact spans, for the labels that the gold has; ``ner/LABEL`` for each."""
    score = Score()
    known = {name for name in gold if name[2] in labels}
    found = {(e.start_char, e.end_char, e.label_) for e in read.ents if e.label_ in labels}
    score.add("ner", known, found)
    for label in sorted(labels):
        score.add(f"ner/{label}", {n for n in known if n[2] == label}, {n for n in found if n[2] == label})
    return score


def _sentences(doc: Doc, at: dict[int, Span]) -> list[Span]:
    spans = []
    for sentence in doc.sents:
        inside = [at[token.i] for token in sentence if token.i in at]
        if inside:
            spans.append((inside[0][0], inside[-1][1]))
    return spans


def _arcs(doc: Doc, at: dict[int, Span]) -> set[tuple[Span, Span, str]]:
    return {(span, at.get(doc[i].head.i, (-1, -1)), doc[i].dep_) for i, span in at.items()}
