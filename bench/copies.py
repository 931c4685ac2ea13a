"""Copies among Timeline17's articles: how surely containment of five-word shingles tells them, on pairs labelled by hand.

    python -m bench copies --data FOLDER [--sample] [--show N]

``FOLDER`` holds ``timeline17-dev.jsonl.gz`` (measuring only). Labels are ``bench/gold/copies.tsv``: collection, two article ids, 1 where
one took text from the other or both from one text (a version, a reprint, a shared background passage counts from about a third of the
shorter), else 0; no text. ``--sample`` draws the pairs, stratified by containment, from a fixed seed, and prints those not yet labelled.
"""

from __future__ import annotations

import argparse
import gzip
import json
import random
import sys
from datetime import UTC, datetime
from pathlib import Path

from sightline.stories.copies import COPY, LEAST_SHARED
from sightline.stories.shingles import ShingleIndex, pairs_above

GOLD = Path(__file__).parent / "gold" / "copies.tsv"
STRATA = ((0.02, 0.1), (0.1, 0.2), (0.2, 0.3), (0.3, 0.4), (0.4, 0.6), (0.6, 0.8), (0.8, 0.95), (0.95, 1.01))
EACH = 40


def collections(path: Path) -> list[dict]:
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def labels() -> dict[tuple[str, str, str], int]:
    if not GOLD.exists():
        return {}
    rows = (line.split("\t") for line in GOLD.read_text(encoding="utf-8").splitlines() if line and not line.startswith("#"))
    return {(name, one, other): int(label) for name, one, other, label in rows}


def sample(data: list[dict]) -> list[tuple[str, str, str, float]]:
    """Pairs of articles, equally many of each stratum of containment."""
    draw = random.Random(17)
    strata: dict[int, list[tuple[str, str, str, float]]] = {}
    for collection in data:
        texts = [(article["id"], article["text"]) for article in collection["articles"]]
        for one, other, share in pairs_above(texts, STRATA[0][0]):
            number = next(index for index, (low, high) in enumerate(STRATA) if low <= share < high)
            strata.setdefault(number, []).append((collection["collection"], one, other, share))
    found = []
    for number in sorted(strata):
        pairs = strata[number]
        found += draw.sample(pairs, min(EACH, len(pairs)))
    return found


def indexes(data: list[dict]) -> dict[str, ShingleIndex]:
    """One index a collection, its articles under one outlet, as the copies of a story are found."""
    found = {}
    for collection in data:
        index = ShingleIndex()
        for article in collection["articles"]:
            day = datetime.fromisoformat(article["time"]).replace(tzinfo=UTC)
            index.add(article["id"], article["text"], (day, article["id"]), collection["collection"])
        found[collection["collection"]] = index
    return found


def is_copy(index: ShingleIndex, one: str, other: str) -> bool:
    """The decision of ``sightline.stories.copies`` on two texts: containment of the shorter in the longer, furniture left out."""
    shorter, longer = sorted((one, other), key=index.size)
    share = index.containment(shorter, longer)
    own = index.size(shorter)
    return share >= COPY and share * own >= min(LEAST_SHARED, max(4, own // 2))


def main(argv: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="bench copies", description=__doc__.splitlines()[0])
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--cache", default=None, help="not used")
    parser.add_argument("--sample", action="store_true")
    options = parser.parse_args(argv)
    path = options.data / "timeline17-dev.jsonl.gz"
    if not path.is_file():
        print(f"no Timeline17 at {path}: give the folder that holds it with --data", file=sys.stderr)
        return 1
    data = collections(path)
    known = labels()
    if options.sample:
        for name, one, other, share in sample(data):
            if (name, one, other) not in known:
                print(f"{name}\t{one}\t{other}\t{share:.3f}")
        return 0
    index = indexes(data)
    right = said = true = 0
    for (name, one, other), label in known.items():
        found = is_copy(index[name], one, other)
        said += found
        true += label
        right += found and label == 1
    print(f"{len(known)} pairs, {true} copies: precision {100 * right / max(1, said):.1f}, recall {100 * right / max(1, true):.1f}")
    return 0
