"""Reported words against PolNeAR's annotation: ``python -m bench speech --data FOLDER``."""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path

import numpy as np

from sightline import language
from sightline.extract.speech import find_attributions
from sightline.types import Attribution
from training.speech.corpus import Article, Gold, MissingData, load
from training.speech.scores import ArticleScores, Tally, score, total

#: F1 from the literature and from earlier systems on PolNeAR's test part: exact, source, cue, content, soft triple.
REFERENCE = (
    ("CRF over words", (60.6, 67.3, 64.7, 51.8, 49.1)),
    ("CRF over CoreNLP's analyses", (64.7, 71.1, 68.4, 56.7, 55.5)),
    ("a published thesis' BERT, rescored", (69.5, 77.5, 71.6, 62.5, None)),
    ("one annotator against another", (73.0, 78.0, 70.6, 71.2, 68.5)),
)
COLUMNS = ("exact", "source", "cue", "content", "triple")
MORE = (
    ("quoted", "with a quotation mark"), ("triple direct", "soft triple, direct"), ("triple mixed", "soft triple, mixed"),
    ("triple indirect", "soft triple, indirect"), ("token source", "tokens of sources"), ("token cue", "tokens of cues"),
    ("token content", "tokens of contents"),
)  # fmt: skip
BINS = (0.0, 0.2, 0.4, 0.6, 0.8, 1.01)


def gold(item: Attribution) -> Gold:
    """A found attribution in the annotation's shape."""
    return Gold(*(tuple((span.start, span.end) for span in spans) for spans in (item.source, item.cue, item.content)))


def bootstrap(articles: Sequence[ArticleScores], name: str, draws: int = 1000) -> tuple[float, float]:
    """The 95% interval of an F1 when articles are drawn again with replacement (Efron 1979)."""
    rng = np.random.default_rng(7)
    rows = np.array([[one.tallies[name].hits, one.tallies[name].found, one.tallies[name].gold] for one in articles])
    sums = rows[rng.integers(0, len(rows), (draws, len(rows)))].sum(axis=1)
    values = 200 * sums[:, 0] / np.maximum(sums[:, 1] + sums[:, 2], 1)
    low, high = np.quantile(values, [0.025, 0.975])
    return float(low), float(high)


def reliability(found: Sequence[Sequence[Attribution]], scores: Sequence[ArticleScores]) -> list[str]:
    """How often attributions of each confidence are right, against the confidence they claim."""
    claimed = np.array([item.confidence for items in found for item in items])
    right = np.array([value for one in scores for value in one.right], dtype=float)
    lines = ["| confidence | attributions | mean confidence | right |", "|---|---|---|---|"]
    error = 0.0
    for low, high in pairwise(BINS):
        here = (claimed >= low) & (claimed < high)
        if here.any():
            lines.append(f"| {low:.1f} to {min(high, 1):.1f} | {here.sum()} | {claimed[here].mean():.2f} | {right[here].mean():.2f} |")
            error += here.sum() * abs(claimed[here].mean() - right[here].mean())
    return [*lines, "", f"Expected calibration error {error / max(len(claimed), 1):.3f}."]


def table(totals: dict[str, Tally], scores: Sequence[ArticleScores], part: str) -> list[str]:
    """The figures beside those of people and other systems."""
    lines = ["| F1 | exact | source | cue | content | soft triple |", "|---|---|---|---|---|---|"]
    lines += ["| " + " | ".join([name, *(f"{value:.1f}" if value else "-" for value in row)]) + " |" for name, row in REFERENCE]
    lines.append("| " + " | ".join([f"**Sightline, {part}**", *(f"**{totals[name].f1:.1f}**" for name in COLUMNS)]) + " |")
    between = ["{:.1f}-{:.1f}".format(*bootstrap(scores, name)) for name in COLUMNS]
    lines.append("| " + " | ".join(["95% interval, articles drawn again", *between]) + " |")
    lines += ["", "| | precision | recall | F1 |", "|---|---|---|---|"]
    for name, words in (("exact", "exact"), ("triple", "soft triple"), *MORE):
        tally = totals[name]
        lines.append(f"| {words} | {tally.precision:.1f} | {tally.recall:.1f} | {tally.f1:.1f} |")
    return lines


def run(articles: Sequence[Article]) -> tuple[list[list[Attribution]], float, float]:
    """Attributions of every article, and the seconds spent in the language pipeline and in finding them."""
    nlp = language.load()
    find_attributions(nlp("The ferry left, the harbour office said."))
    began = time.process_time()
    docs = list(language.read([article.text for article in articles], nlp))
    parsed = time.process_time()
    found = [find_attributions(doc) for doc in docs]
    return found, parsed - began, time.process_time() - parsed


def main(argv: list[str]) -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="bench speech", description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="folder with polnear-<part>.jsonl.gz")
    parser.add_argument("--part", default="dev")
    options = parser.parse_args(argv)
    try:
        articles = load(options.data, options.part)
    except MissingData as problem:
        print(f"bench speech: {problem}", file=sys.stderr)
        return 1
    found, parsing, finding = run(articles)
    scores = [
        score(article.text, article.attributions, [gold(item) for item in items]) for article, items in zip(articles, found, strict=True)
    ]
    words = sum(len(article.text.split()) for article in articles)
    print("\n".join(table(total(scores), scores, options.part)))
    print()
    print("\n".join(reliability(found, scores)))
    print(
        f"\n{len(articles)} articles, {words:,} words, {sum(map(len, found)):,} attributions found, {total(scores)['triple'].gold:,} annotated."
    )
    print(
        f"{words / (parsing + finding):,.0f} words/s on one core, parse included"
        f" (pipeline {1e6 * parsing / words:.0f} µs a word, attributions {1e6 * finding / words:.0f} µs a word)."
    )
    return 0
