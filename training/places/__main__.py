"""Train the forests of ``sightline/extract/places/weights``: ``python -m training.places --data FOLDER --out FOLDER``.

``FOLDER`` holds ``lgl.jsonl.gz`` and ``tr-news.jsonl.gz``. Two thirds of the documents, chosen by a hash of their ids, are used; the rest is for
``bench places``. Cross-validated scores on the training part are printed.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from training.places.learn import load, train


def main() -> int:
    parser = argparse.ArgumentParser(prog="training.places", description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--out", type=Path, default=Path("sightline/extract/places/weights"))
    options = parser.parse_args()
    try:
        documents = load(options.data)
    except FileNotFoundError as error:
        print(
            f"training places: {error.filename} is missing; --data takes the folder with lgl.jsonl.gz and tr-news.jsonl.gz", file=sys.stderr
        )
        return 1
    train(documents, options.out)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
