"""How likely two mentions of happenings are the same happening: boosted trees over what both tell.

They have a say where no table describes the happening: the words for it and their meaning, who takes part, when, how much, the sentences
around and the two reports as wholes (:mod:`sightline.stories.pairs`). Trained on ECB+ by ``training/stories/linker.py``.
"""

from __future__ import annotations

import heapq
import tomllib
from collections.abc import Sequence
from functools import lru_cache
from importlib.resources import files

import msgspec
import numpy as np
from numpy.typing import NDArray

from sightline.stories.mentions import Mention
from sightline.stories.pairs import FEATURES, Floats, features
from sightline.types.trees import Forest, shipped

_UNLIKELY = 0.02
"""Pairs below this probability are left out where mentions are put together."""


class Linker(msgspec.Struct, frozen=True, kw_only=True):
    """The trees and the probabilities from which a group is kept together."""

    forest: Forest
    joined: float
    """For chains that find as much as they can."""
    sure: float
    """For chains whose links are seldom wrong."""

    def probabilities(self, mentions: Sequence[Mention], alike: Floats) -> tuple[NDArray[np.intp], NDArray[np.intp], Floats]:
        """Indices of both mentions of every pair and the probability that they are one happening; ``alike`` is of their reports."""
        one, other, rows = features(mentions, alike)
        return one, other, self.forest.probability(rows)

    def probability(self, one: Mention, other: Mention, alike: float) -> float:
        """Probability that both are one happening, 0 to 1; ``alike`` is the likeness of their reports."""
        rows = features((one, other), np.full((2, 2), alike, dtype=np.float32), whole=False)[2]
        return float(self.forest.probability(rows)[0])

    def scores(self, mentions: Sequence[Mention], alike: Floats) -> dict[tuple[int, int], float]:
        """Probabilities by pair of indices, very unlikely ones left out, as :func:`chains` takes them."""
        one, other, chances = self.probabilities(mentions, alike)
        kept = np.flatnonzero(chances >= _UNLIKELY)
        return {(int(one[place]), int(other[place])): float(chances[place]) for place in kept}


@lru_cache(maxsize=1)
def load_linker() -> Linker:
    """The shipped trees (``weights/linker.npz``) and thresholds (``data/linker.toml``)."""
    table = tomllib.loads(files("sightline.stories").joinpath("data", "linker.toml").read_text(encoding="utf-8"))
    if tuple(table["features"]) != FEATURES:
        raise ValueError("stories/data/linker.toml is of another set of features: run training/stories/linker.py")
    return Linker(forest=shipped("sightline.stories", "linker"), joined=table["joined"], sure=table["sure"])


def chains(mentions: Sequence[Mention], scores: dict[tuple[int, int], float], threshold: float) -> list[list[int]]:
    """Clusters mentions by average linkage over pair probabilities (absent pairs count 0), best pair first; gives index groups."""
    groups: dict[int, list[int]] = {index: [index] for index in range(len(mentions))}
    links: dict[int, dict[int, float]] = {index: {} for index in groups}
    for (one, other), score in scores.items():
        links[one][other] = score
        links[other][one] = score
    heap = [(-score, one, other) for (one, other), score in scores.items() if score >= threshold]
    heapq.heapify(heap)
    size = dict.fromkeys(groups, 1)
    while heap:
        negative, one, other = heapq.heappop(heap)
        if one not in groups or other not in groups:
            continue
        total = links[one].get(other, 0.0)
        average = total / (size[one] * size[other])
        if abs(average + negative) > 1e-12:
            continue
        groups[one].extend(groups.pop(other))
        size[one] += size.pop(other)
        for neighbour, value in links.pop(other).items():
            links[neighbour].pop(other, None)
            if neighbour == one:
                continue
            joint = links[one].get(neighbour, 0.0) + value
            links[one][neighbour] = joint
            links[neighbour][one] = joint
        for neighbour, value in links[one].items():
            mean = value / (size[one] * size[neighbour])
            if mean >= threshold:
                first, second = min(one, neighbour), max(one, neighbour)
                heapq.heappush(heap, (-mean, first, second))
    return [sorted(group) for _, group in sorted(groups.items())]
