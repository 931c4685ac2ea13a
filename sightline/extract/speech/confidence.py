"""How probable it is that an attribution is right, from the labels' marginals and the links, calibrated on held-out text."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from sightline.extract.speech.links import Linked, Piece

if TYPE_CHECKING:
    from sightline.extract.speech.model import Tagged

#: Confidence of a pattern's attribution: the patterns are too rare in annotated text to be calibrated.
PATTERN = 0.75
NAMES = ("constant", "source", "cue", "content", "begins", "ends", "link", "no source", "pieces")


class Chances:
    """The labels' marginals in a shape that pieces are quickly looked up in."""

    def __init__(self, tagged: Tagged) -> None:
        """Sums of each role's two labels are kept as running ones."""
        chances = tagged.chances.astype(np.float64)
        self.label: list[list[float]] = chances.T.tolist()
        both = np.cumsum(chances[:, 1::2] + chances[:, 2::2], axis=0)
        self.role: list[list[float]] = np.concatenate((np.zeros((1, both.shape[1])), both)).T.tolist()

    def of(self, piece: Piece) -> tuple[float, float, float]:
        """Probabilities that the piece begins there, that its words have its role, that it ends there."""
        running, inner = self.role[piece.role], self.label[2 * piece.role + 2]
        after = inner[piece.last] if piece.last < len(inner) else 0.0
        inside = (running[piece.last] - running[piece.first]) / (piece.last - piece.first)
        return self.label[2 * piece.role + 1][piece.first], inside, 1.0 - after


def evidence(chances: Chances, item: Linked) -> list[float]:
    """Log-odds of the least certain piece of each role, of the content's ends, and of the links."""
    contents = [chances.of(piece) for piece in item.content]
    return [
        1.0,
        min((_odds(min(chances.of(piece))) for piece in item.source), default=0.0),
        _odds(min(chances.of(item.cue))),
        min(_odds(middle) for _, middle, _ in contents),
        min(_odds(begin) for begin, _, _ in contents),
        min(_odds(end) for _, _, end in contents),
        _odds(item.probability),
        0.0 if item.source else 1.0,
        float(len(item.content) > 1),
    ]


def _odds(chance: float) -> float:
    chance = min(max(chance, 0.001), 0.999)
    return math.log(chance / (1.0 - chance))


def confidence(tagged: Tagged, linked: Sequence[Linked], calibration: Mapping[str, Any]) -> list[float]:
    """A probability for each attribution: logistic in the evidence (Platt 1999), then a monotone table."""
    if not linked:
        return []
    weights = np.array(calibration["weights"])
    chances = Chances(tagged)
    raw = np.array([evidence(chances, item) for item in linked]) @ weights
    likely = 1.0 / (1.0 + np.exp(-raw))
    knots = np.array(calibration["knots"])
    sure = np.interp(likely, knots[:, 0], knots[:, 1])
    return [PATTERN if item.pattern else float(value) for item, value in zip(linked, sure, strict=True)]
