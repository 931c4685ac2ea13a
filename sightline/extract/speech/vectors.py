"""The language room's static word vectors, whatever pipeline parsed the text."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from sightline.extract.speech.words import Hashes, Ints


@dataclass(frozen=True)
class Vectors:
    """Sorted word hashes and a row for each; one more row, of zeros, for every other word."""

    keys: Hashes
    data: NDArray[np.float32]

    @property
    def unknown(self) -> int:
        """The row of words that have no vector."""
        return len(self.keys)

    def rows(self, lower: Hashes) -> Ints:
        """The row of each word, given the hash of its lower-cased form."""
        if not len(self.keys):
            return np.zeros(len(lower), dtype=np.int64)
        at = np.minimum(np.searchsorted(self.keys, lower), len(self.keys) - 1)
        return np.where(self.keys[at] == lower, at, self.unknown)


@cache
def load(path: Path | None = None) -> Vectors:
    """The vectors at ``path``, by default those shipped with the language pipeline."""
    if path is None:
        from sightline.language.weights import FOLDER, VECTORS

        path = FOLDER / VECTORS
    with np.load(path) as stored:
        order = np.argsort(stored["keys"])
        data = stored["data"][order].astype(np.float32) * stored["scale"]
        keys = stored["keys"][order]
    return Vectors(keys, np.concatenate([data, np.zeros((1, data.shape[1]), dtype=np.float32)]))
