"""Trains the weights that say how likely two mentions are one happening, on ECB+.

    python -m training.stories.linker --data FOLDER --out sightline/stories/data [--cache FOLDER]

``FOLDER`` holds ``stories/ecbplus-train-dev.jsonl.gz``. Logistic regression (L2, LBFGS, fixed seed) on pairs of mentions of the train
part within one story; the threshold of average linkage is chosen on the train part, by five folds over topics.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from itertools import combinations
from pathlib import Path

import numpy as np

from bench import ecb
from sightline.stories.grouping import LikenessTable, group
from sightline.stories.linking import FEATURES, Linker, Mention, chains, features

FOLDS = 5
L2 = 1.0
SLACK = 0.3
"""Of the thresholds that come within so much CoNLL of the best, the highest is taken: precision first."""
THRESHOLDS = (0.15, 0.2, 0.25, 0.3, 0.35, 0.4, 0.45, 0.5)


def likeness(documents: Sequence[ecb.Document]) -> LikenessTable:
    table = LikenessTable()
    for document in documents:
        table.add(ecb.reading_of(document))
    return table


def stories(documents: Sequence[ecb.Document], table: LikenessTable) -> list[list[str]]:
    return group(table, [document.id for document in documents])


class Group:
    """The mentions of one story with the features of their pairs, computed once."""

    def __init__(self, reports: Sequence[str], mentions: dict[str, list[Mention]], gold: dict[str, str], table: LikenessTable) -> None:
        self.mentions = [mention for report in reports for mention in mentions[report]]
        alike = table.between(list(reports))
        where = {report: place for place, report in enumerate(reports)}
        self.pairs = list(combinations(range(len(self.mentions)), 2))
        rows = []
        for one, other in self.pairs:
            first, second = self.mentions[one], self.mentions[other]
            rows.append(features(first, second, float(alike[where[first.report], where[second.report]])))
        self.rows = np.array(rows, dtype=np.float32).reshape(len(rows), len(FEATURES))
        self.labels = np.array([gold[self.mentions[one].id] == gold[self.mentions[other].id] for one, other in self.pairs], dtype=bool)

    def scores(self, linker: Linker, least: float = 0.02) -> dict[tuple[int, int], float]:
        """Probabilities of all pairs, very unlikely ones left out."""
        if not self.pairs:
            return {}
        chances = 1 / (1 + np.exp(-(self.rows @ np.array(linker.weights, dtype=np.float32) + linker.intercept)))
        return {pair: float(chance) for pair, chance in zip(self.pairs, chances) if chance >= least}


def fit(groups: Sequence[Group]) -> Linker:
    from sklearn.linear_model import LogisticRegression

    rows, labels = np.concatenate([group.rows for group in groups]), np.concatenate([group.labels for group in groups])
    model = LogisticRegression(C=1.0 / L2, max_iter=400, random_state=0).fit(rows, labels)
    return Linker(weights=tuple(float(weight) for weight in model.coef_[0]), intercept=float(model.intercept_[0]), threshold=0.3)


def predict(groups: Sequence[Group], scores: Sequence[dict[tuple[int, int], float]], threshold: float) -> dict[str, str]:
    system = {}
    for number, (story, found) in enumerate(zip(groups, scores)):
        for chain, members in enumerate(chains(story.mentions, found, threshold)):
            system.update({story.mentions[index].id: f"{number}/{chain}" for index in members})
    return system


def main(argv: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--cache", type=Path, default=None)
    options = parser.parse_args(argv)
    path = options.data / "stories" / "ecbplus-train-dev.jsonl.gz"
    if not path.is_file():
        print(f"no data at {path}: give the folder that holds stories/ with --data", file=sys.stderr)
        return 1
    documents, vectors = ecb.load(path, ("train",), options.cache)
    kinds = ecb.word_kinds()
    mentions = {document.id: ecb.mentions_of(document, vectors, kinds) for document in documents}
    gold = {f"{document.id}:{number}": event["chain"] for document in documents for number, event in enumerate(document.events)}
    table = likeness(documents)
    groups = stories(documents, table)
    topics = sorted({document.topic for document in documents})
    fold_of = {topic: index % FOLDS for index, topic in enumerate(topics)}
    topic_of = {document.id: document.topic for document in documents}
    best: dict[float, list[float]] = {}
    prepared = [(reports, Group(reports, mentions, gold, table)) for reports in groups]
    for fold in range(FOLDS):
        linker = fit([group for reports, group in prepared if fold_of[topic_of[reports[0]]] != fold])
        held = [group for reports, group in prepared if fold_of[topic_of[reports[0]]] == fold]
        scores = [group.scores(linker) for group in held]
        ids = {mention.id for group in held for mention in group.mentions}
        held_gold = {mention: chain for mention, chain in gold.items() if mention in ids}
        report_of = {mention: mention.rpartition(":")[0] for mention in ids}
        for threshold in THRESHOLDS:
            found = ecb.scores(held_gold, predict(held, scores, threshold), report_of)
            best.setdefault(threshold, []).append(found["CoNLL"])
            print(fold, threshold, {name: round(value, 1) for name, value in found.items()})
    peak = max(sum(row) for row in best.values())
    threshold = max(value for value, row in best.items() if sum(row) >= peak - SLACK * FOLDS)
    linker = fit([group for _, group in prepared])
    lines = [
        "# Weights of the linker of mentions (sightline/stories/linking.py): logistic regression on ECB+ train, made by training/stories/linker.py.",
        f"intercept = {linker.intercept:.5f}",
        f"threshold = {threshold}",
        "",
        "[weights]",
        *(f'"{name}" = {weight:.5f}' for name, weight in zip(FEATURES, linker.weights)),
    ]
    (options.out / "linker.toml").write_text("\n".join(lines) + "\n", encoding="utf-8")
    print(f"threshold {threshold}: mean CoNLL over folds {sum(best[threshold]) / FOLDS:.1f}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
