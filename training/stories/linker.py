"""Trains the trees that say how likely two mentions are one happening, on ECB+.

    python -m training.stories.linker --data FOLDER --out sightline/stories [--cache FOLDER]

``FOLDER`` holds ``stories/ecbplus-train-dev.jsonl.gz``. Boosted trees (fixed seed) on pairs of mentions of the train part within one
story. One of their features is the likeness in context under maps that are learnt here too; the trees are shown it by five folds over
topics, as good as it is on topics that the maps were not learnt on. Both thresholds of average linkage are chosen on the train part, by the
same folds: one for chains as the field scores them, one from which links between reports are right as often as ``RIGHT`` asks.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from sklearn.ensemble import HistGradientBoostingClassifier

from bench import ecb
from sightline.stories.context import ContextMap, states_of
from sightline.stories.grouping import LikenessTable, group
from sightline.stories.linking import chains
from sightline.stories.mentions import Mention
from sightline.stories.pairs import FEATURES, features
from training.forests import write
from training.stories.context import Pairs, cosines, learn

FOLDS = 5
SEEDS = 4
"""Forests from other seeds, whose log-odds are averaged: one alone gives chains up to half a point more or less by luck."""
RIGHT = 91.5
"""Share of links between reports, in the folds, that must be right for those called sure; on other topics fewer are, some six in a hundred."""
THRESHOLDS = (0.3, 0.35, 0.4, 0.45, 0.5, 0.55, 0.6, 0.65, 0.7, 0.72, 0.74, 0.76, 0.78, 0.8, 0.82, 0.85)
SLACK = 0.3
"""Of the thresholds that come within so much CoNLL of the best, the middle one is taken: the best itself is luck."""


_NO_MAP = ContextMap(np.zeros((1, 1, 3 * 384), dtype=np.float32), np.zeros((1, 1), dtype=np.float32))


class Group:
    """The mentions of one story with the features of their pairs, computed once."""

    def __init__(self, reports: Sequence[str], mentions: dict[str, list[Mention]], gold: dict[str, str], table: LikenessTable) -> None:
        self.mentions = [mention for report in reports for mention in mentions[report]]
        self.one, self.other, self.rows = features(self.mentions, ecb.likeness(self.mentions, reports, table), context=_NO_MAP)
        names = sorted({gold[mention.id] for mention in self.mentions})
        chain = np.array([names.index(gold[mention.id]) for mention in self.mentions])
        self.labels = chain[self.one] == chain[self.other]
        self.pairs = Pairs(states_of(self.mentions), self.one, self.other, self.labels)

    def put(self, context: ContextMap) -> None:
        """Fills in the likeness in context under a map."""
        self.rows[:, FEATURES.index("meaning in context")] = cosines(context, self.pairs)

    def scores(self, models: Sequence[HistGradientBoostingClassifier], least: float = 0.02) -> dict[tuple[int, int], float]:
        """Probabilities of all pairs by the mean of what the models say, very unlikely ones left out."""
        if not len(self.rows):
            return {}
        odds = np.mean([model.decision_function(self.rows) for model in models], axis=0)
        chances = 1 / (1 + np.exp(-odds))
        return {(int(self.one[place]), int(self.other[place])): float(chances[place]) for place in np.flatnonzero(chances >= least)}


def fit(groups: Sequence[Group]) -> list[HistGradientBoostingClassifier]:
    """Small trees, each node choosing among a quarter of the features, so that no single cue decides."""
    rows, labels = np.concatenate([group.rows for group in groups]), np.concatenate([group.labels for group in groups])
    return [
        HistGradientBoostingClassifier(
            max_iter=120,
            learning_rate=0.08,
            max_leaf_nodes=10,
            min_samples_leaf=80,
            l2_regularization=5.0,
            max_features=0.25,
            random_state=seed,
            early_stopping=False,
        ).fit(rows, labels)
        for seed in range(SEEDS)
    ]


def predict(groups: Sequence[Group], scores: Sequence[dict[tuple[int, int], float]], threshold: float) -> dict[str, str]:
    """Chains by mention."""
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
    documents = ecb.load(path, ("train",), options.cache)
    kinds = ecb.word_kinds()
    mentions = {document.id: ecb.mentions_of(document, kinds) for document in documents}
    gold = {f"{document.id}:{number}": event["chain"] for document in documents for number, event in enumerate(document.events)}
    table = LikenessTable()
    for document in documents:
        table.add(ecb.reading_of(document))
    prepared = [(reports, Group(reports, mentions, gold, table)) for reports in group(table, [document.id for document in documents])]
    topics = sorted({document.topic for document in documents})
    fold_of = {document.id: topics.index(document.topic) % FOLDS for document in documents}
    stories = [story for _, story in prepared]
    folds = [fold_of[reports[0]] for reports, _ in prepared]
    for fold in range(FOLDS):
        context = learn([story.pairs for story, held in zip(stories, folds) if held != fold])
        for story, held in zip(stories, folds):
            if held == fold:
                story.put(context)
    scores: list[dict[tuple[int, int], float]] = [{} for _ in prepared]
    for fold in range(FOLDS):
        models = fit([story for story, held in zip(stories, folds) if held != fold])
        for place, (story, held) in enumerate(zip(stories, folds)):
            if held == fold:
                scores[place] = story.scores(models)
    report_of = {mention: mention.rpartition(":")[0] for mention in gold}
    found = {threshold: ecb.scores(gold, predict(stories, scores, threshold), report_of) for threshold in THRESHOLDS}
    for threshold, values in found.items():
        print(threshold, {name: round(float(value), 1) for name, value in values.items()})
    peak = max(values["CoNLL"] for values in found.values())
    level = [threshold for threshold, values in found.items() if values["CoNLL"] >= peak - SLACK]
    joined = level[len(level) // 2]
    sure = min((threshold for threshold, values in found.items() if values["link P"] >= RIGHT), default=THRESHOLDS[-1])
    write(fit(stories), options.out / "weights" / "linker.npz")
    context = learn([story.pairs for story in stories])
    np.savez_compressed(options.out / "weights" / "context.npz", matrix=context.matrix.astype(np.float16), bias=context.bias)
    lines = [
        "# Thresholds and features of the linker of mentions (weights/linker.npz), made by training/stories/linker.py on ECB+ train.",
        f"joined = {joined}",
        f"sure = {sure}",
        "features = [",
        *(f'    "{name}",' for name in FEATURES),
        "]",
    ]
    (options.out / "data" / "linker.toml").write_text("\n".join(lines) + "\n", encoding="utf-8")
    print(f"joined from {joined}, sure from {sure}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
