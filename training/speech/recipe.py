"""The whole training: from articles to the weights file and its model card."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from sightline.extract.speech import vectors
from sightline.extract.speech.lexicon import Lexicon
from training.speech import assemble, calibrate, card, links
from training.speech.corpus import Article
from training.speech.examples import Example, examples, parse, unlabelled

#: The teachers: seed, layers, epochs, dropout.
TEACHERS = ((1, 1, 6, 0.4), (2, 2, 6, 0.4))
#: The network that learns from them: seed, epochs, dropout, and how much the annotators' word counts against the teachers'.
SEED, EPOCHS, DROPOUT, ANNOTATED = 1, 8, 0.3, 0.4
RELUCTANCE = -0.15
LEAST = 0.3


def build(train: Sequence[Article], dev: Sequence[Article], more: Sequence[Article], out: Path, cache: Path | None) -> None:
    """Train on ``train`` and, for what the teachers make of them, ``more``; calibrate on ``dev``; write weights and model card to ``out``."""
    from training.speech import fit, network, teacher

    learn, counts = examples(train, parse(train, cache, "train"))
    weights = links.train(learn)
    table = counts.table(2)
    static = vectors.load()
    annotated = [piece for example in learn for piece in fit.cut(example.words, example.frame, static, example.labels)]
    bars = fit.barred(annotated)
    teachers = []
    for seed, layers, epochs, dropout in TEACHERS:
        print(f"teacher with seed {seed}, {layers} layers", file=sys.stderr)
        kept = cache / f"teacher{seed}.pt" if cache else None
        teachers.append(teacher.train(annotated, static, seed=seed, layers=layers, epochs=epochs, dropout=dropout, kept=kept))
    others = unlabelled(more, parse(more, cache, "more"), table)
    unseen = [piece for example in others for piece in fit.cut(example.words, example.frame, static)]
    pieces = fit.mixed(annotated, teacher.taught(teachers, annotated, bars), ANNOTATED) + teacher.taught(teachers, unseen, bars)
    print("network", file=sys.stderr)
    arrays = network.train(pieces, bars, static, seed=SEED, epochs=EPOCHS, dropout=DROPOUT)
    finish(table, arrays, weights, examples(dev, parse(dev, cache, "dev"), table)[0], out)


def finish(table: Lexicon, arrays: assemble.Arrays, weights: dict[str, float], held_out: Sequence[Example], out: Path) -> None:
    """Calibrate on ``held_out``, write the weights and the model card."""
    neutral = {"weights": [0.0] * len(assemble.NAMES), "knots": [[0.0, 0.0], [1.0, 1.0]]}
    model = assemble.write(assemble.pack(table, arrays, RELUCTANCE, LEAST, weights, neutral), out)
    rows, right, owner = assemble.outcomes(model, held_out)
    error, fifths = calibrate.crossed(rows, right, owner)
    model = assemble.write(assemble.pack(table, arrays, RELUCTANCE, LEAST, weights, calibrate.fit(rows, right)), out)
    figures = assemble.figures(model, held_out)
    print(json.dumps(figures), file=sys.stderr)
    card.write(out, figures, SEED, [setting[0] for setting in TEACHERS], datetime.now(UTC).date(), error, fifths)
