"""The whole training: from articles to the weights file and its model card."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from sightline.extract.speech import vectors
from training.speech import assemble, card, links, network
from training.speech.corpus import Article
from training.speech.examples import examples, parse
from training.speech.scores import score, total

LABELS = 7
EPOCHS = 7
SEEDS = (1, 2)
RELUCTANCE = 0.0


def build(train: Sequence[Article], dev: Sequence[Article], out: Path, cache: Path | None) -> None:
    """Train on ``train``, calibrate on ``dev``, write the weights and the model card to ``out``."""
    learn, counts = examples(train, parse(train, cache, "train"))
    table = counts.table()
    held_out, _ = examples(dev, parse(dev, cache, "dev"), table)
    tags = [example.labels for example in learn]
    weights = links.train(learn)
    static = vectors.load()
    networks = []
    for seed in SEEDS:
        print(f"network {seed} of {len(SEEDS)}", file=sys.stderr)
        networks.append(network.train(learn, tags, LABELS, static, epochs=EPOCHS, seed=seed))
    shares = [1.0 / len(networks)] * len(networks)
    neutral = {"weights": [0.0] * len(assemble.NAMES), "knots": [[0.0, 0.0], [1.0, 1.0]]}
    model = assemble.write(assemble.pack(table, networks, shares, RELUCTANCE, weights, neutral), out)
    calibration = assemble.calibrated(model, held_out)
    model = assemble.write(assemble.pack(table, networks, shares, RELUCTANCE, weights, calibration), out)
    tallies = total([score(example.article.text, example.article.attributions, assemble.predict(model, example)[0]) for example in held_out])
    figures = {name: round(tally.f1, 1) for name, tally in tallies.items()}
    print(json.dumps(figures), file=sys.stderr)
    card.write(out, figures, SEEDS, datetime.now(UTC).date())
