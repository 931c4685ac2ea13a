"""How often a word introduces reported words: a table from the word and its part of speech to eight grades."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sightline.extract.speech.features import mix
from sightline.extract.speech.words import Hashes, Ints, Words

#: Least share of a word's occurrences that stand in a cue, for the grades 2 to 7; 0 is a word never seen, 1 one below.
SHARES = (0.01, 0.05, 0.12, 0.3, 0.5, 0.7)


@dataclass(frozen=True)
class Lexicon:
    """Sorted keys of word and part of speech, and the grade of each."""

    keys: Hashes
    grades: NDArray[np.int8]

    def score(self, words: Words) -> Ints:
        """The grade of each word, 0 for those not in the table."""
        return self.look_up(entries(words))

    def look_up(self, wanted: Hashes) -> Ints:
        """The grades of ``wanted`` keys."""
        if not len(self.keys) or not len(wanted):
            return np.zeros(len(wanted), dtype=np.int64)
        at = np.minimum(np.searchsorted(self.keys, wanted), len(self.keys) - 1)
        return np.where(self.keys[at] == wanted, self.grades[at].astype(np.int64), 0)


def entries(words: Words) -> Hashes:
    """The table's key of each word."""
    return mix(words.lower, words.pos)


def grade(cues: NDArray[np.float64], all_uses: NDArray[np.float64]) -> NDArray[np.int8]:
    """Grades from counts: how often in a cue, how often at all; smoothed, so that one occurrence proves little."""
    share = (cues + 0.15) / (all_uses + 1.5)
    grades = 1 + np.searchsorted(np.array(SHARES), share, side="right")
    return np.where(all_uses > 0, grades, 0).astype(np.int8)
