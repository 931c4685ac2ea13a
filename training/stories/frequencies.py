"""Counts in how many news documents each term stands, for weighing terms by rarity.

    python -m training.stories.frequencies --data FOLDER --out sightline/stories/data

``FOLDER`` holds ``stories/ecbplus-train-dev.jsonl.gz`` (its train part is counted) and ``attribution/polnear-train.jsonl.gz``.
Writes ``terms.tsv``: the number of documents on the first line, then term and count, terms of fewer than three documents left out.
"""

from __future__ import annotations

import argparse
import gzip
import json
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from sightline.stories.similarity import terms

LEAST = 3


def documents(data: Path) -> Iterator[str]:
    with gzip.open(data / "stories" / "ecbplus-train-dev.jsonl.gz", "rt", encoding="utf-8") as lines:
        for line in lines:
            row = json.loads(line)
            if row["split"] == "train":
                yield " ".join(row["tokens"])
    with gzip.open(data / "attribution" / "polnear-train.jsonl.gz", "rt", encoding="utf-8") as lines:
        for line in lines:
            yield json.loads(line)["text"]


def main(argv: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    options = parser.parse_args(argv)
    if not (options.data / "stories").is_dir():
        print(f"no data at {options.data}: give the folder that holds stories/ and attribution/ with --data", file=sys.stderr)
        return 1
    counts: Counter[str] = Counter()
    size = 0
    for text in documents(options.data):
        size += 1
        for part in terms(text):
            counts.update(part.keys())
    rows = [f"{term}\t{count}" for term, count in sorted(counts.items()) if count >= LEAST]
    (options.out / "terms.tsv").write_text(f"{size}\n" + "\n".join(rows) + "\n", encoding="utf-8")
    print(f"{size} documents, {len(rows)} terms")
    return 0


if __name__ == "__main__":
    sys.exit(main())
