"""Puts the trained parts into one file, with the calibration that fits held-out articles."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sightline.extract.speech import confidence, find, links, model
from sightline.extract.speech.features import frame
from sightline.extract.speech.lexicon import Lexicon
from training.speech.corpus import Gold
from training.speech.examples import Example
from training.speech.scores import score, total

NAMES = confidence.NAMES
Arrays = dict[str, NDArray[np.generic]]


def pack(
    table: Lexicon, network: Arrays, reluctance: float, least: float, weights: dict[str, float], calibration: dict[str, Any]
) -> Arrays:
    """All arrays of the shipped file."""
    settings = {
        "reluctance": reluctance, "least": least, "links": {name: round(value, 3) for name, value in weights.items() if abs(value) > 0.02},
        "calibration": calibration,
    }  # fmt: skip
    arrays: Arrays = {
        "lexicon_keys": table.keys, "lexicon_grades": table.grades,
        "settings": np.frombuffer(json.dumps(settings, ensure_ascii=False).encode(), dtype=np.uint8),
    }  # fmt: skip
    return arrays | network


def write(arrays: Arrays, folder: Path) -> model.Model:
    """Save ``arrays`` as the model of ``folder``, and read it back."""
    folder.mkdir(parents=True, exist_ok=True)
    np.savez_compressed(folder / model.FILE, **arrays)  # type: ignore[arg-type]
    model.load.cache_clear()
    return model.load(folder)


@dataclass(frozen=True)
class Prediction:
    """An attribution in the annotation's shape, what speaks for it, and whether it comes from a pattern."""

    gold: Gold
    evidence: list[float]
    confidence: float
    pattern: bool


def predict(one: model.Model, example: Example) -> list[Prediction]:
    """All attributions of an example, the improbable ones too."""
    words = example.words
    seen = frame(words, one.lexicon.score(words))
    tagged = one.tag(words, seen)
    linked = find.join(words, links.pieces(tagged.labels.tolist()), one.links)
    sure = confidence.confidence(tagged, linked, one.calibration)
    chances = confidence.Chances(tagged)
    return [
        Prediction(
            Gold(*(tuple((span.start, span.end) for span in find.spans(words, pieces)) for pieces in (item.source, (item.cue,), item.content))),
            confidence.evidence(chances, item), chance, item.pattern,
        )
        for item, chance in zip(linked, sure, strict=True)
    ]  # fmt: skip


def outcomes(one: model.Model, held_out: Sequence[Example]) -> tuple[list[list[float]], list[bool], list[int]]:
    """Evidence for each attribution of the models, whether it is right, and the index of its article."""
    rows: list[list[float]] = []
    right: list[bool] = []
    owner: list[int] = []
    for at, example in enumerate(held_out):
        found = predict(one, example)
        result = score(example.article.text, example.article.attributions, [item.gold for item in found])
        for item, value in zip(found, result.right, strict=True):
            if not item.pattern:
                rows.append(item.evidence)
                right.append(value)
                owner.append(at)
    return rows, right, owner


def figures(one: model.Model, held_out: Sequence[Example]) -> dict[str, float]:
    """F1 by measure, of what the model would give out."""
    scores = []
    for example in held_out:
        found = [item.gold for item in predict(one, example) if item.confidence >= one.least]
        scores.append(score(example.article.text, example.article.attributions, found))
    return {name: round(tally.f1, 1) for name, tally in total(scores).items()}
