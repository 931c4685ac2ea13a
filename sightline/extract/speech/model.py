"""The shipped weights: the cue table, the sequence models and how they are mixed, the link weights, the calibration."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sightline.extract.speech import chain, features, network, vectors
from sightline.extract.speech.chain import Floats
from sightline.extract.speech.lexicon import Lexicon
from sightline.extract.speech.network import Ensemble
from sightline.extract.speech.words import Ints, Words

FOLDER = Path(__file__).parent / "weights"
FILE = "speech.npz"


class WeightsMissing(FileNotFoundError):  # noqa: N818
    """The package has no trained weights for reported speech."""


@dataclass(frozen=True)
class Tagged:
    """The best labelling of a text's words and how probable each label is there."""

    labels: Ints
    chances: Floats
    """Words by labels."""


@dataclass(frozen=True)
class Model:
    """Everything ``find_attributions`` needs."""

    lexicon: Lexicon
    networks: Ensemble
    shares: tuple[float, ...]
    """How much each network counts."""
    transitions: Floats
    starts: Floats
    reluctance: float
    """Taken from the score of every beginning of a fragment: below zero finds more, above zero less."""
    least: float
    """Attributions less probable than this are left out: more of them are wrong than a reader gains."""
    links: dict[str, float]
    calibration: dict[str, Any]

    def tag(self, words: Words, seen: features.Frame) -> Tagged:
        """Label every word."""
        bounds = chain.chunks(words)
        total = np.zeros((len(words), len(self.starts)), dtype=np.float32)
        for share, scores in zip(self.shares, self.networks.scores(words, seen, vectors.load(), bounds), strict=True):
            total += np.float32(share) * scores
        total[:, 1::2] -= np.float32(self.reluctance)
        labels = chain.best_path(total, self.transitions, self.starts, bounds)
        return Tagged(labels, chain.marginals(total, self.transitions, self.starts, bounds))


@cache
def load(folder: Path = FOLDER) -> Model:
    """The model in ``folder``; raises ``WeightsMissing`` with the remedy if there is none."""
    path = folder / FILE
    if not path.is_file():
        raise WeightsMissing(f"{path}: no trained weights; rebuild them with: python -m training.speech --help")
    with np.load(path) as file:
        stored = {name: file[name] for name in file.files}
    settings = json.loads(bytes(stored["settings"]).decode())
    return Model(
        lexicon=Lexicon(stored["lexicon_keys"].astype(np.uint64), stored["lexicon_grades"].astype(np.int8)),
        networks=network.unpack([_under(stored, f"network{at}_") for at in range(settings["networks"])]),
        shares=tuple(settings["shares"]),
        transitions=stored["transitions"].astype(np.float32),
        starts=stored["starts"].astype(np.float32),
        reluctance=settings["reluctance"],
        least=settings["least"],
        links=settings["links"],
        calibration=settings["calibration"],
    )


def _under(stored: dict[str, NDArray[np.generic]], prefix: str) -> dict[str, NDArray[np.generic]]:
    return {name.removeprefix(prefix): value for name, value in stored.items() if name.startswith(prefix)}
