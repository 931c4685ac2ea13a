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
from training.speech.examples import Example, examples, parse

LABELS = 7
#: The networks: seed, layers, epochs, dropout.
NETWORKS = ((1, 1, 6, 0.4), (2, 2, 6, 0.4))
RELUCTANCE = -0.15
LEAST = 0.3


def build(train: Sequence[Article], dev: Sequence[Article], out: Path, cache: Path | None) -> None:
    """Train on ``train``, calibrate on ``dev``, write the weights and the model card to ``out``."""
    from training.speech import network

    learn, counts = examples(train, parse(train, cache, "train"))
    tags = [example.labels for example in learn]
    weights = links.train(learn)
    static = vectors.load()
    networks = []
    for seed, layers, epochs, dropout in NETWORKS:
        print(f"network with seed {seed}, {layers} layers", file=sys.stderr)
        networks.append(network.train(learn, tags, LABELS, static, epochs=epochs, seed=seed, layers=layers, dropout=dropout))
    table = counts.table(2)
    finish(table, networks, weights, examples(dev, parse(dev, cache, "dev"), table)[0], out)


def finish(table: Lexicon, networks: Sequence[assemble.Arrays], weights: dict[str, float], held_out: Sequence[Example], out: Path) -> None:
    """Calibrate on ``held_out``, write the weights and the model card."""
    shares = [1.0 / len(networks)] * len(networks)
    neutral = {"weights": [0.0] * len(assemble.NAMES), "knots": [[0.0, 0.0], [1.0, 1.0]]}
    model = assemble.write(assemble.pack(table, networks, shares, RELUCTANCE, LEAST, weights, neutral), out)
    rows, right, owner = assemble.outcomes(model, held_out)
    error, fifths = calibrate.crossed(rows, right, owner)
    model = assemble.write(assemble.pack(table, networks, shares, RELUCTANCE, LEAST, weights, calibrate.fit(rows, right)), out)
    figures = assemble.figures(model, held_out)
    print(json.dumps(figures), file=sys.stderr)
    card.write(out, figures, [setting[0] for setting in NETWORKS], datetime.now(UTC).date(), error, fifths)
