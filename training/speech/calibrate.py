"""Confidence from evidence: a logistic fit, then a monotone table, on articles the models haven't learned from."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize  # type: ignore[import-untyped]


def logistic(evidence: NDArray[np.float64], right: NDArray[np.float64], penalty: float = 1.0) -> NDArray[np.float64]:
    """Weights that make ``right`` most likely."""

    def cost(weights: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        raw = evidence @ weights
        value = float(np.logaddexp(0, raw).sum() - right @ raw + 0.5 * penalty * weights @ weights)
        return value, evidence.T @ (1 / (1 + np.exp(-raw)) - right) + penalty * weights

    weights: NDArray[np.float64] = minimize(cost, np.zeros(evidence.shape[1]), jac=True, method="L-BFGS-B").x
    return weights


def isotonic(chances: NDArray[np.float64], right: NDArray[np.float64]) -> list[list[float]]:
    """Knots of the best non-decreasing fit (pool adjacent violators, Ayer et al. 1955), blocks of at least 40."""
    order = np.argsort(chances, kind="stable")
    blocks: list[list[float]] = []
    for part in np.array_split(order, max(1, len(order) // 40)):
        blocks.append([float(right[part].sum()), float(len(part)), float(chances[part].sum())])
        while len(blocks) > 1 and blocks[-2][0] / blocks[-2][1] >= blocks[-1][0] / blocks[-1][1]:
            last = blocks.pop()
            blocks[-1] = [one + two for one, two in zip(blocks[-1], last, strict=True)]
    knots = [[mass / count, hits / count] for hits, count, mass in blocks]
    first, last_knot = knots[0], knots[-1]
    low = [0.0, max(0.0, first[1] - first[0])]
    high = [1.0, min(0.99, last_knot[1] + (1.0 - last_knot[0]) * 0.5)]
    return [low, *knots, high]


def fit(evidence: Sequence[Sequence[float]] | NDArray[np.float64], right: Sequence[bool] | NDArray[np.bool_]) -> dict[str, Any]:
    """The settings that ``sightline.extract.speech.confidence`` reads."""
    rows, hits = np.array(evidence, dtype=float), np.array(right, dtype=float)
    weights = logistic(rows, hits)
    chances = 1 / (1 + np.exp(-rows @ weights))
    return {
        "weights": [round(float(value), 5) for value in weights],
        "knots": [[round(a, 4), round(b, 4)] for a, b in isotonic(chances, hits)],
    }


def crossed(
    evidence: Sequence[Sequence[float]], right: Sequence[bool], owner: Sequence[int], folds: int = 4
) -> tuple[float, list[tuple[float, float, int]]]:
    """Calibration of articles that it was not fit to: expected error, and by fifth of claimed confidence the mean, the share right, the count."""
    rows, hits, groups = np.array(evidence, dtype=float), np.array(right, dtype=float), np.array(owner) % folds
    claimed = np.zeros(len(rows))
    for fold in range(folds):
        here = groups == fold
        settings = fit(rows[~here], hits[~here] > 0)
        knots = np.array(settings["knots"])
        claimed[here] = np.interp(1 / (1 + np.exp(-rows[here] @ np.array(settings["weights"]))), knots[:, 0], knots[:, 1])
    table = []
    error = 0.0
    for fifth in range(5):
        here = np.minimum((claimed * 5).astype(int), 4) == fifth
        if here.any():
            mean, share = float(claimed[here].mean()), float(hits[here].mean())
            table.append((mean, share, int(here.sum())))
            error += here.sum() / len(rows) * abs(mean - share)
    return float(error), table
