"""Coreference on GUM's development documents: MUC, B3, CEAFe and their mean (CoNLL), exact spans.

``python -m bench coreference --data FOLDER``: FOLDER (or its sub-folder ``language``) holds ``en_gum-dev.conllu.gz``. Chains come from raw text
through the shipped pipeline. "With singletons" counts phrases that nothing else refers to, as GUM marks them; "without" leaves out every
chain of one on both sides, as CorefUD's main score does.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from scipy.optimize import linear_sum_assignment
from spacy.tokens import Doc

from sightline.extract.coreference import chains
from training.coreference.gum import Document, read_gum

Chain = frozenset[tuple[int, int]]


class Score:
    """Sums of numerators and denominators over documents."""

    def __init__(self) -> None:
        self.sums: dict[str, list[float]] = {name: [0.0, 0.0, 0.0, 0.0] for name in ("MUC", "B3", "CEAFe", "mentions")}

    def add(self, gold: Sequence[Chain], mine: Sequence[Chain]) -> None:
        for name, (a, b, c, d) in (
            ("MUC", (*_links(gold, mine), *_links(mine, gold))),
            ("B3", (*_b3(gold, mine), *_b3(mine, gold))),
            ("CEAFe", _ceaf(gold, mine)),
            ("mentions", _spans(gold, mine)),
        ):
            for i, value in enumerate((a, b, c, d)):
                self.sums[name][i] += value

    def f1(self, name: str) -> tuple[float, float, float]:
        a, b, c, d = self.sums[name]
        recall, precision = a / b if b else 0.0, c / d if d else 0.0
        return precision, recall, 2 * precision * recall / (precision + recall) if precision + recall else 0.0

    @property
    def conll(self) -> float:
        return sum(self.f1(name)[2] for name in ("MUC", "B3", "CEAFe")) / 3


def _links(key: Sequence[Chain], response: Sequence[Chain]) -> tuple[float, float]:
    """Vilain et al. 1995."""
    of = {m: n for n, chain in enumerate(response) for m in chain}
    good = total = 0
    for chain in key:
        parts = len({of[m] for m in chain if m in of}) + sum(1 for m in chain if m not in of)
        good, total = good + len(chain) - parts, total + len(chain) - 1
    return good, total


def _b3(key: Sequence[Chain], response: Sequence[Chain]) -> tuple[float, float]:
    """Bagga and Baldwin 1998."""
    good = 0.0
    of = {m: chain for chain in response for m in chain}
    for chain in key:
        good += sum(len(chain & of[m]) / len(chain) for m in chain if m in of)
    return good, float(sum(len(chain) for chain in key))


def _ceaf(gold: Sequence[Chain], mine: Sequence[Chain]) -> tuple[float, float, float, float]:
    """Luo 2005, entity-based similarity."""
    where: dict[tuple[int, int], int] = {m: n for n, chain in enumerate(mine) for m in chain}
    table = np.zeros((len(gold), len(mine)))
    for i, chain in enumerate(gold):
        for m in chain:
            if m in where:
                table[i, where[m]] += 1
    sizes = np.array([len(c) for c in gold])[:, None] + np.array([len(c) for c in mine])[None, :] if len(gold) and len(mine) else table
    table = 2 * table / np.maximum(sizes, 1)
    best = float(table[linear_sum_assignment(-table)].sum()) if table.size else 0.0
    return best, float(len(gold)), best, float(len(mine))


def _spans(gold: Sequence[Chain], mine: Sequence[Chain]) -> tuple[float, float, float, float]:
    a, b = {m for c in gold for m in c}, {m for c in mine for m in c}
    return float(len(a & b)), float(len(a)), float(len(a & b)), float(len(b))


def found(doc: Doc) -> list[Chain]:
    return [frozenset((doc[p.first].idx, doc[p.last - 1].idx + len(doc[p.last - 1])) for p in chain) for chain in chains(doc)]


def report_on(documents: list[Document], docs: list[Doc]) -> None:
    print("documents | singletons | mentions P R F1 | MUC | B3 | CEAFe | CoNLL")
    mine = [found(d) for d in docs]
    for label, genres in (("all", None), ("news", ("news",)), ("news, interview, speech", ("news", "interview", "speech"))):
        for with_ in (True, False):
            score = Score()
            for document, chains_ in zip(documents, mine, strict=True):
                if genres is None or document.genre in genres:
                    least = 1 if with_ else 2
                    score.add([frozenset(c) for c in document.chains if len(c) >= least], [c for c in chains_ if len(c) >= least])
            p, r, f = score.f1("mentions")
            print(
                f"{label} | {'with' if with_ else 'without'} | {100 * p:.1f} {100 * r:.1f} {100 * f:.1f} | "
                + " | ".join(f"{100 * score.f1(n)[2]:.1f}" for n in ("MUC", "B3", "CEAFe"))
                + f" | {100 * score.conll:.1f}"
            )


def main(argv: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="bench coreference", description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    options = parser.parse_args(argv)
    folder = options.data / "language" if (options.data / "language").is_dir() else options.data
    path = folder / "en_gum-dev.conllu.gz"
    if not path.is_file():
        print(f"bench coreference: {path} is missing; give the folder with GUM's files as --data", file=sys.stderr)
        return 1
    from sightline.language import read

    documents = list(read_gum(path))
    report_on(documents, list(read(d.text for d in documents)))
    return 0
