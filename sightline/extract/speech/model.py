"""The shipped weights: the cue table, the sequence model, the link weights, the calibration."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np

from sightline.extract.speech import chain, features, network, vectors
from sightline.extract.speech.chain import Floats
from sightline.extract.speech.lexicon import Lexicon
from sightline.extract.speech.links import Weights
from sightline.extract.speech.network import Network
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
    network: Network
    transitions: Floats
    starts: Floats
    reluctance: float
    """Taken from the score of every beginning of a fragment: below zero finds more, above zero less."""
    least: float
    """Attributions less probable than this are left out: more of them are wrong than a reader gains."""
    links: Weights
    calibration: dict[str, Any]

    def tag(self, words: Words, seen: features.Frame) -> Tagged:
        """Label every word."""
        bounds = chain.chunks(words)
        sequences = chain.side_by_side(bounds)
        scores = self.network.scores(words, seen, vectors.load(), bounds, sequences)
        scores[:, 1::2] -= np.float32(self.reluctance)
        labels = chain.best_path(scores, self.transitions, self.starts, sequences)
        return Tagged(labels, chain.marginals(scores, self.transitions, self.starts, sequences))


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
        network=network.unpack(stored),
        transitions=stored["transitions"].astype(np.float32),
        starts=stored["starts"].astype(np.float32),
        reluctance=settings["reluctance"],
        least=settings["least"],
        links=Weights(settings["links"]),
        calibration=settings["calibration"],
    )
