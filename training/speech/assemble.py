"""Puts the trained parts into one file, with the mixture and the calibration that fit held-out articles."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sightline.extract.speech import confidence, find, links, model
from sightline.extract.speech.confidence import evidence
from sightline.extract.speech.features import frame
from sightline.extract.speech.lexicon import Lexicon
from training.speech import calibrate
from training.speech.corpus import Gold
from training.speech.examples import Example
from training.speech.scores import score

NAMES = confidence.NAMES
Arrays = dict[str, NDArray[np.generic]]
FORBIDDEN = -12.0


def pack(
    table: Lexicon, networks: Sequence[Arrays], shares: Sequence[float], reluctance: float, weights: dict[str, float],
    calibration: dict[str, Any],
) -> Arrays:  # fmt: skip
    """All arrays of the shipped file."""
    moves = [np.asarray(one["transitions"], dtype=np.float32) for one in networks]
    transitions = np.asarray(sum(share * move for share, move in zip(shares, moves, strict=True)), dtype=np.float32)
    transitions[np.min(moves, axis=0) < FORBIDDEN + 3] = FORBIDDEN
    starts = np.asarray(sum(share * one["starts"] for share, one in zip(shares, networks, strict=True)), dtype=np.float32)
    settings = {
        "networks": len(networks), "shares": [round(share, 4) for share in shares], "reluctance": reluctance,
        "links": {name: round(value, 3) for name, value in weights.items() if abs(value) > 0.02}, "calibration": calibration,
    }  # fmt: skip
    arrays: Arrays = {
        "lexicon_keys": table.keys, "lexicon_grades": table.grades, "transitions": transitions, "starts": starts,
        "settings": np.frombuffer(json.dumps(settings, ensure_ascii=False).encode(), dtype=np.uint8),
    }  # fmt: skip
    for index, one in enumerate(networks):
        arrays |= {f"network{index}_{name}": value for name, value in one.items()}
    return arrays


def write(arrays: Arrays, folder: Path) -> model.Model:
    """Save ``arrays`` as the model of ``folder``, and read it back."""
    folder.mkdir(parents=True, exist_ok=True)
    np.savez_compressed(folder / model.FILE, **arrays)  # type: ignore[arg-type]
    model.load.cache_clear()
    return model.load(folder)


def predict(one: model.Model, example: Example) -> tuple[list[Gold], list[list[float]]]:
    """Attributions of an example in the annotation's shape, with the evidence for each."""
    words = example.words
    seen = frame(words, one.lexicon.score(words))
    tagged = one.tag(words, seen)
    linked = find.join(words, links.pieces(tagged.labels.tolist()), one.links)
    golds = [
        Gold(*(tuple((span.start, span.end) for span in find._spans(words, pieces)) for pieces in (item.source, (item.cue,), item.content)))
        for item in linked
    ]
    return golds, [evidence(words, tagged, item) for item in linked]


def calibrated(one: model.Model, held_out: Sequence[Example]) -> dict[str, Any]:
    """Calibration from how the model's attributions of ``held_out`` articles turn out."""
    rows: list[list[float]] = []
    right: list[bool] = []
    for example in held_out:
        golds, evidences = predict(one, example)
        rows += evidences
        right += score(example.article.text, example.article.attributions, golds).right
    return calibrate.fit(rows, right)


def neutral(one: model.Model) -> model.Model:
    """The same model before calibration."""
    return replace(one, calibration={"weights": [0.0] * 9, "knots": [[0, 0], [1, 1]]})
