"""Train the mention ranker: ``python -m training.coreference --data FOLDER --out FOLDER``; FOLDER holds ``en_gum-train.conllu.gz``."""

from __future__ import annotations

import argparse
import random
import sys
from pathlib import Path

import numpy as np
from spacy.tokens import Doc

from sightline.extract.coreference.chains import candidates, features
from sightline.extract.coreference.phrases import phrases
from training.coreference.gum import LEFT_OUT, Document, read_gum
from training.forests import SEED, fit, write

NEGATIVES = 6
"""Wrong antecedents kept of each phrase that has a right one; half as many where it has none."""


def examples(document: Document, doc: Doc, chance: random.Random) -> tuple[list[list[float]], list[bool]]:
    """Pairs of phrases with whether they are of one chain."""
    found = phrases(doc)
    of = {span: n for n, chain in enumerate(document.chains) for span in chain}
    ids = [of.get((doc[p.first].idx, doc[p.last - 1].idx + len(doc[p.last - 1])), -1) for p in found]
    rows, labels = [], []
    for n in range(len(found)):
        if ids[n] < 0:
            continue
        before = candidates(found, n)
        right = [m for m in before if ids[m] == ids[n]][-3:]
        wrong = [m for m in before if ids[m] != ids[n]]
        wrong = chance.sample(wrong, min(len(wrong), NEGATIVES if right else NEGATIVES // 2))
        for m in (*right, *wrong):
            size = sum(1 for k in range(m + 1) if ids[k] == ids[m]) if ids[m] >= 0 else 1
            rows.append(features(found, m, n, size))
            labels.append(m in right)
    return rows, labels


def main() -> int:
    parser = argparse.ArgumentParser(prog="training.coreference", description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--out", type=Path, default=Path("sightline/extract/coreference/weights"))
    options = parser.parse_args()
    path = options.data / "en_gum-train.conllu.gz"
    if not path.is_file():
        print(f"training coreference: {path} is missing; --data takes the folder with GUM's files", file=sys.stderr)
        return 1
    from sightline.language import read

    documents = [d for d in read_gum(path) if d.genre not in LEFT_OUT]
    train(documents, list(read(d.text for d in documents)), options.out)
    return 0


def train(documents: list[Document], docs: list[Doc], out: Path) -> None:
    """Fit the ranker and write it."""
    chance = random.Random(SEED)
    rows = []
    labels: list[bool] = []
    for document, doc in zip(documents, docs, strict=True):
        more, marks = examples(document, doc, chance)
        if more:
            rows.append(np.array(more, dtype=np.float32))
        labels += marks
    table = np.concatenate(rows)
    write(fit(table, np.array(labels), np.ones(len(labels)), 80), out / "ranking.npz")


if __name__ == "__main__":
    raise SystemExit(main())
