"""Gradient-boosted trees as plain arrays: no training library at run time.

A forest is a few numpy arrays with a row a tree: the feature and threshold of each node, its two children, and the value of each leaf
(Friedman 2001, "Greedy function approximation"). All rows walk down all trees at once.
"""

from __future__ import annotations

from functools import cache
from importlib.resources import as_file, files

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float32]


class Forest:
    """Boosted trees for a yes or no."""

    def __init__(
        self,
        feature: npt.NDArray[np.int32],
        threshold: Floats,
        left: npt.NDArray[np.int32],
        right: npt.NDArray[np.int32],
        value: Floats,
        depth: int,
        base: float,
    ) -> None:
        self._feature, self._threshold, self._left, self._right = feature, threshold, left, right
        self._value = value
        self._depth, self._base = depth, base
        self._trees = np.arange(len(feature))[:, None]

    def probability(self, rows: Floats) -> Floats:
        """Probability of yes for each row of features."""
        if not len(rows):
            return np.empty(0, dtype=np.float32)
        node = np.zeros((len(self._feature), len(rows)), dtype=np.int32)
        columns = np.arange(len(rows))[None, :]
        for _ in range(self._depth):
            seen = rows[columns, self._feature[self._trees, node]]
            low = seen <= self._threshold[self._trees, node]
            node = np.where(low, self._left[self._trees, node], self._right[self._trees, node])
        score = self._value[self._trees, node].sum(axis=0) + self._base
        result: Floats = (1.0 / (1.0 + np.exp(-score))).astype(np.float32)
        return result


@cache
def shipped(package: str, name: str) -> Forest:
    """A forest of a package's ``weights/`` folder by its name."""
    with as_file(files(package) / "weights" / f"{name}.npz") as path, np.load(path, allow_pickle=False) as arrays:
        return Forest(
            arrays["feature"].astype(np.int32),
            arrays["threshold"].astype(np.float32),
            arrays["left"].astype(np.int32),
            arrays["right"].astype(np.int32),
            arrays["value"].astype(np.float32),
            int(arrays["depth"]),
            float(arrays["base"]),
        )
