"""How probable it is that an attribution is right, from the labels' marginals and the links, calibrated on held-out text."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from sightline.extract.speech.links import Linked, Piece
from sightline.extract.speech.words import Words

if TYPE_CHECKING:
    from sightline.extract.speech.model import Tagged

#: Confidence of a pattern's attribution: the patterns are too rare in annotated text to be calibrated.
PATTERN = 0.75
NAMES = ("constant", "source", "cue", "content", "begins", "ends", "link", "no source", "pieces")


def evidence(words: Words, tagged: Tagged, item: Linked) -> list[float]:
    """Log-odds of the least certain piece of each role, of the content's ends, and of the links."""
    contents = [_piece(tagged, piece) for piece in item.content]
    return [
        1.0,
        min((_odds(min(_piece(tagged, piece))) for piece in item.source), default=0.0),
        _odds(min(_piece(tagged, item.cue))),
        min(_odds(middle) for _, middle, _ in contents),
        min(_odds(begin) for begin, _, _ in contents),
        min(_odds(end) for _, _, end in contents),
        _odds(item.probability),
        0.0 if item.source else 1.0,
        float(len(item.content) > 1),
    ]


def _piece(tagged: Tagged, piece: Piece) -> tuple[float, float, float]:
    """Probabilities that the piece begins there, that its words have its role, that it ends there."""
    begin, inner = 2 * piece.role + 1, 2 * piece.role + 2
    chances = tagged.chances
    role = chances[piece.first : piece.last, begin] + chances[piece.first : piece.last, inner]
    after = float(chances[piece.last, inner]) if piece.last < len(chances) else 0.0
    return float(chances[piece.first, begin]), float(role.mean()), 1.0 - after


def _odds(chance: float) -> float:
    chance = min(max(chance, 0.001), 0.999)
    return math.log(chance / (1.0 - chance))


def confidence(words: Words, tagged: Tagged, linked: Sequence[Linked], calibration: Mapping[str, Any]) -> list[float]:
    """A probability for each attribution: logistic in the evidence (Platt 1999), then a monotone table."""
    weights = np.array(calibration["weights"])
    if not linked:
        return []
    raw = np.array([evidence(words, tagged, item) for item in linked]) @ weights
    chances = 1.0 / (1.0 + np.exp(-raw))
    knots = np.array(calibration["knots"])
    sure = np.interp(chances, knots[:, 0], knots[:, 1])
    return [PATTERN if item.pattern else float(value) for item, value in zip(linked, sure, strict=True)]
