"""``python -m training.speech --data FOLDER --out FOLDER``: rebuild the weights for reported words."""

from __future__ import annotations

import argparse
import sys
import time
from importlib.util import find_spec
from pathlib import Path

from training.speech.corpus import MissingData, load, others


def main(argv: list[str] | None = None) -> int:
    """Parse the articles, train, calibrate, write."""
    parser = argparse.ArgumentParser(prog="training.speech", description=__doc__)
    parser.add_argument(
        "--data", type=Path, required=True, help="folder with attribution/polnear-{train,dev}.jsonl.gz and places/{lgl,tr-news}.jsonl.gz"
    )
    parser.add_argument("--out", type=Path, required=True, help="folder for the weights")
    parser.add_argument("--cache", type=Path, help="folder that keeps parsed articles and trained teachers between runs")
    options = parser.parse_args(argv)
    try:
        train, dev = (load(options.data / "attribution", part) for part in ("train", "dev"))
        more = others(options.data / "places")
    except MissingData as problem:
        print(f"training.speech: {problem}", file=sys.stderr)
        return 1
    if find_spec("torch") is None:
        print("training.speech: PyTorch is missing: pip install torch (the CPU version will do)", file=sys.stderr)
        return 1
    from training.speech.recipe import build

    began = time.monotonic()
    build(train, dev, more, options.out, options.cache)
    print(f"done in {time.monotonic() - began:.0f} s", file=sys.stderr)
    return 0


if __name__ == "__main__":
    sys.exit(main())
