"""Trains the conditional logits that join fragments into attributions, on annotated fragments."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Sequence

import numpy as np
from scipy.optimize import minimize  # type: ignore[import-untyped]
from scipy.sparse import csr_matrix  # type: ignore[import-untyped]

from sightline.extract.speech import links
from training.speech.corpus import cover
from training.speech.examples import Example

Choice = tuple[list[list[str]], int]


def choices(example: Example) -> list[Choice]:
    """Every decision of an article: each option's features, and which option is right."""
    words = example.words
    found = links.pieces(example.labels.tolist())
    where = {piece: at for at, piece in enumerate(found)}
    scene = links.Scene(words, found)
    content_of: dict[int, int] = {}
    source_of: dict[int, int] = {}
    for gold in example.article.attributions:
        cues = [where.get(links.Piece(links.CUE, *span)) for span in cover(words.starts, words.ends, gold.cue)]
        if not cues or cues[0] is None:
            continue
        for span in cover(words.starts, words.ends, gold.content):
            content_of[where.get(links.Piece(links.CONTENT, *span), -1)] = cues[0]
        for span in cover(words.starts, words.ends, gold.source):
            source = where.get(links.Piece(links.SOURCE, *span))
            if source is not None:
                source_of.setdefault(cues[0], source)
        if not gold.source:
            source_of[cues[0]] = -1
    made: list[Choice] = []
    for at in scene.by_role[links.CONTENT]:
        options = links.candidates(scene, at, links.CUE)
        if content_of.get(at) in options:
            features = [links.pair(scene, at, option) for option in options]
            made.append((_named([*features, links.nothing(scene, at)]), options.index(content_of[at])))
    for at in scene.by_role[links.CUE]:
        options = [*links.candidates(scene, at, links.SOURCE), -1]
        if source_of.get(at) in options:
            features = [links.pair(scene, option, at) for option in options[:-1]]
            made.append((_named([*features, links.nothing(scene, at)]), options.index(source_of[at])))
    return made


def _named(options: list[list[links.Key]]) -> list[list[str]]:
    return [[name for key in keys for name in links.names(key)] for keys in options]


def train(examples: Sequence[Example], *, penalty: float = 0.5, least: int = 3) -> dict[str, float]:
    """Weights by feature name, fit by L-BFGS with an L2 ``penalty``."""
    made = [choice for example in examples for choice in choices(example)]
    counts = Counter(name for options, _ in made for option in options for name in option)
    names = {name: at for at, name in enumerate(sorted(name for name, count in counts.items() if count >= least))}
    rows: list[int] = []
    columns: list[int] = []
    owner: list[int] = []
    right: list[int] = []
    row = 0
    for at, (options, answer) in enumerate(made):
        right.append(row + answer)
        for option in options:
            for name in option:
                if name in names:
                    rows.append(row)
                    columns.append(names[name])
            owner.append(at)
            row += 1
    matrix = csr_matrix((np.ones(len(rows)), (rows, columns)), shape=(row, len(names)))
    first = np.flatnonzero(np.diff(np.array(owner), prepend=-1))
    owners = np.array(owner)
    target = np.asarray(matrix[right].sum(axis=0)).ravel()

    def cost(weights: np.ndarray) -> tuple[float, np.ndarray]:
        total = matrix @ weights
        top = np.maximum.reduceat(total, first)
        raised = np.exp(total - top[owners])
        whole = np.add.reduceat(raised, first)
        value = float((np.log(whole) + top).sum() - total[right].sum() + 0.5 * penalty * weights @ weights)
        return value, matrix.T @ (raised / whole[owners]) - target + penalty * weights

    result = minimize(cost, np.zeros(len(names)), jac=True, method="L-BFGS-B", options={"maxiter": 150})
    total = matrix @ result.x
    best = np.maximum.reduceat(total, first)
    print(
        f"links: {len(made):,} choices, {len(names):,} features, {100 * np.mean(total[right] >= best):.1f}% right on train", file=sys.stderr
    )
    return {name: float(value) for name, value in zip(names, result.x, strict=True) if abs(value) > 1e-3}
