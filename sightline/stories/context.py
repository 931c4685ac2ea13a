"""What a mention means in its sentence, as a direction in which mentions of one happening point alike.

A linear map, learnt on ECB+ by ``training/stories/context.py``, of the states that the encoder gives the mention, its words and its sentence.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from importlib.resources import as_file, files

import msgspec
import numpy as np
from numpy.typing import NDArray

from sightline.stories.encoder import load_encoder
from sightline.stories.mentions import Mention

Floats = NDArray[np.float32]


class ContextMap(msgspec.Struct, frozen=True):
    """Some maps that were learnt alike from other beginnings: ``matrix`` (maps, numbers, states) and ``bias`` (maps, numbers)."""

    matrix: Floats
    bias: Floats

    def of(self, states: Floats) -> Floats:
        """Unit vectors of some rows of states, whose products are the mean of what the maps give."""
        found = np.einsum("ms,kns->mkn", states, self.matrix, optimize=True) + self.bias
        unit: Floats = found / np.maximum(np.linalg.norm(found, axis=2, keepdims=True), 1e-9)
        return unit.reshape(len(states), -1) / np.float32(np.sqrt(len(self.matrix)))


def states_of(mentions: Sequence[Mention]) -> Floats:
    """The encoder's states of each mention, a row each."""
    encoder = load_encoder()
    rows = [encoder.words(mention.context, mention.head, mention.whole) for mention in mentions]
    return np.array(rows, dtype=np.float32)


@lru_cache(maxsize=1)
def load_context() -> ContextMap:
    """The shipped map (``weights/context.npz``)."""
    with as_file(files("sightline.stories") / "weights" / "context.npz") as path, np.load(path, allow_pickle=False) as table:
        return ContextMap(table["matrix"].astype(np.float32), table["bias"].astype(np.float32))
