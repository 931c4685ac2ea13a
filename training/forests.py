"""Fitting boosted trees and writing them as plain arrays."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from sklearn.ensemble import HistGradientBoostingClassifier

from sightline.types.trees import Forest

SEED = 20241125


def fit(rows: Any, labels: Any, weights: Any, trees: int) -> HistGradientBoostingClassifier:
    model = HistGradientBoostingClassifier(
        max_iter=trees,
        learning_rate=0.1,
        max_leaf_nodes=12,
        max_depth=5,
        min_samples_leaf=20,
        l2_regularization=1.0,
        random_state=SEED,
        early_stopping=False,
    )
    return model.fit(rows, labels, sample_weight=weights)


def write(models: HistGradientBoostingClassifier | Sequence[HistGradientBoostingClassifier], path: Path) -> None:
    """Writes a model, or several whose log-odds are averaged as one forest of all their trees."""
    several = list(models) if isinstance(models, Sequence) else [models]
    trees = [predictors[0].nodes for model in several for predictors in model._predictors]
    base = float(np.mean([np.ravel(model._baseline_prediction)[0] for model in several]))
    most = max(len(t) for t in trees)
    shape = (len(trees), most)
    feature, left, right_ = (np.zeros(shape, dtype=np.int16) for _ in range(3))
    threshold, value = (np.zeros(shape, dtype=np.float32) for _ in range(2))
    for t, nodes in enumerate(trees):
        size = len(nodes)
        leaf = nodes["is_leaf"].astype(bool)
        feature[t, :size] = np.where(leaf, 0, nodes["feature_idx"])
        threshold[t, :size] = np.where(leaf, 0, nodes["num_threshold"])
        left[t, :size] = np.where(leaf, np.arange(size), nodes["left"])
        right_[t, :size] = np.where(leaf, np.arange(size), nodes["right"])
        value[t, :size] = np.where(leaf, nodes["value"] / len(several), 0)
    depth = max(int(nodes["depth"].max()) for nodes in trees)
    path.parent.mkdir(parents=True, exist_ok=True)
    np.savez_compressed(
        path,
        feature=feature,
        threshold=threshold,
        left=left,
        right=right_,
        value=value,
        depth=depth,
        base=base,
    )
    loaded = Forest(
        feature.astype(np.int32),
        threshold,
        left.astype(np.int32),
        right_.astype(np.int32),
        value,
        depth,
        base,
    )
    probe = np.random.default_rng(SEED).normal(size=(50, several[0].n_features_in_)).astype(np.float32)
    odds = np.mean([model.decision_function(probe) for model in several], axis=0)
    if not np.allclose(loaded.probability(probe), 1 / (1 + np.exp(-odds)), atol=1e-3):
        raise RuntimeError(f"{path}: the written forest answers differently from the trained one")
