"""What words for happenings mean: vectors of lemmas, so that "shooting" is near "gunfire" and far from "election".

The table is made by ``training/stories/meaning.py`` from a sentence encoder that is not needed here; its model card lies beside it.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from importlib.resources import as_file, files

import numpy as np
from numpy.typing import NDArray

from sightline.stories.similarity import news_weights

Floats = NDArray[np.float32]


class Meanings:
    """Unit vectors of lemmas."""

    def __init__(self, words: Iterable[str], vectors: Floats) -> None:
        self._where = {word: place for place, word in enumerate(words)}
        self._vectors = vectors / np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-9)
        self.nothing = np.zeros(vectors.shape[1], dtype=np.float32)

    def of(self, lemma: str) -> Floats:
        """The vector of a lemma; zeros where the table lacks it, which are like nothing."""
        place = self._where.get(lemma)
        return self._vectors[place] if place is not None else self.nothing

    def together(self, lemmas: Iterable[str]) -> Floats:
        """The direction in which some lemmas point together, rare ones more; zeros where none is known."""
        weights = news_weights()
        total = self.nothing + sum((weights.rarity(lemma) * self.of(lemma) for lemma in lemmas), self.nothing)
        size = float(np.linalg.norm(total))
        return total / size if size else self.nothing


@lru_cache(maxsize=1)
def load_meanings() -> Meanings:
    """The shipped table (``weights/meaning.npz``): two numbers of four bits in each byte."""
    with as_file(files("sightline.stories") / "weights" / "meaning.npz") as path, np.load(path, allow_pickle=False) as table:
        words, packed, scale = str(table["words"]).split("\n"), table["numbers"], table["scale"]
    numbers = np.empty((len(packed), 2 * packed.shape[1]), dtype=np.float32)
    numbers[:, 0::2] = (packed & 15).astype(np.float32) - 8
    numbers[:, 1::2] = (packed >> 4).astype(np.float32) - 8
    return Meanings(words, numbers * scale)
