"""Words in their sentence as vectors: the first layers of a small transformer encoder, forward pass in numpy.

The layers, made small by ``training/stories/encoder.py``, are those of all-MiniLM-L6-v2 (Wang et al. 2020, "MiniLM"; Reimers and
Gurevych 2019, "Sentence-BERT"), whose input are word pieces (Wu et al. 2016). A sentence passes alone, so that its vectors are the
same in any company.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from importlib.resources import as_file, files
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

EMBEDDINGS = "embeddings.word_embeddings.weight"
HEADS = 12
GROUP = 32
"""So many neighbouring numbers of a matrix share a scale."""
_LONGEST = 160
"""Pieces of a sentence that are read; of a longer one those around the word in question."""
_PART = re.compile(r"[^\W_]+|\S")

Floats = NDArray[np.float32]


class WordPieces:
    """Greedy longest-match-first pieces of lower-cased words without accents.

    >>> WordPieces(["[UNK]", "rail", "##way", "##s", "un"]).of("Railways")
    [1, 2, 3]
    """

    def __init__(self, pieces: list[str]) -> None:
        self.ids = {piece: place for place, piece in enumerate(pieces)}

    def of(self, word: str) -> list[int]:
        """Numbers of the pieces of a run of letters and digits or of one other character; of one that cannot be cut up the unknown piece."""
        bare = "".join(mark for mark in unicodedata.normalize("NFD", word.lower()) if unicodedata.category(mark) != "Mn")
        found: list[int] = []
        start = 0
        while start < len(bare):
            end = next((end for end in range(len(bare), start, -1) if ("##" if start else "") + bare[start:end] in self.ids), 0)
            if not end:
                return [*found, self.ids["[UNK]"]]
            found.append(self.ids[("##" if start else "") + bare[start:end]])
            start = end
        return found

    def cut(self, text: str) -> Iterator[tuple[int, int, int]]:
        """Every piece of a text as its number, and the start and end of the run it is of."""
        for part in _PART.finditer(text):
            for piece in self.of(part[0]):
                yield piece, part.start(), part.end()


class Rows(Protocol):
    """A matrix whose rows are read by their numbers."""

    def __getitem__(self, rows: NDArray[np.int64], /) -> Floats: ...


class Layers:
    """Some layers of a BERT-like encoder: ``embeddings`` of the pieces, the rest as named arrays (``encoder.layer.0.output.dense.bias``)."""

    def __init__(self, embeddings: Rows, arrays: Mapping[str, Floats], count: int) -> None:
        self._embeddings = embeddings
        self._arrays = arrays
        self._count = count

    def states(self, ids: NDArray[np.int64]) -> Floats:
        """States behind the last layer, for a batch of rows of equal length: (rows, length, width)."""
        arrays = self._arrays
        x = self._embeddings[ids]
        x = x + arrays["embeddings.position_embeddings.weight"][: ids.shape[1]]
        x = x + arrays["embeddings.token_type_embeddings.weight"][0]
        x = self._norm(x, "embeddings.LayerNorm")
        for layer in range(self._count):
            name = f"encoder.layer.{layer}"
            x = self._norm(x + self._attention(x, name), f"{name}.attention.output.LayerNorm")
            hidden = _gelu(self._dense(x, f"{name}.intermediate.dense"))
            x = self._norm(x + self._dense(hidden, f"{name}.output.dense"), f"{name}.output.LayerNorm")
        return x

    def _dense(self, x: Floats, name: str) -> Floats:
        flat = x.reshape(-1, x.shape[-1]) @ self._arrays[f"{name}.weight"].T + self._arrays[f"{name}.bias"]
        result: Floats = flat.reshape(*x.shape[:-1], -1)
        return result

    def _norm(self, x: Floats, name: str) -> Floats:
        centred = x - x.mean(axis=-1, keepdims=True)
        scale = np.float32(1.0) / np.sqrt((centred * centred).mean(axis=-1, keepdims=True) + np.float32(1e-12))
        result: Floats = centred * scale * self._arrays[f"{name}.weight"] + self._arrays[f"{name}.bias"]
        return result

    def _attention(self, x: Floats, name: str) -> Floats:
        rows, length, width = x.shape
        query, key, value = (
            self._dense(x, f"{name}.attention.self.{part}").reshape(rows, length, HEADS, width // HEADS).transpose(0, 2, 1, 3)
            for part in ("query", "key", "value")
        )
        scores = query @ key.transpose(0, 1, 3, 2) / np.sqrt(np.float32(width // HEADS))
        scores = np.exp(scores - scores.max(axis=-1, keepdims=True))
        scores /= scores.sum(axis=-1, keepdims=True)
        mixed = (scores @ value).transpose(0, 2, 1, 3).reshape(rows, length, width)
        return self._dense(mixed, f"{name}.attention.output.dense")


def _gelu(x: Floats) -> Floats:
    """The error-function form, with Abramowitz and Stegun's 7.1.26 for erf (error below 2e-7)."""
    z = np.abs(x) * np.float32(0.70710678)
    t = 1.0 / (1.0 + 0.3275911 * z)
    poly = t * (0.254829592 + t * (-0.284496736 + t * (1.421413741 + t * (-1.453152027 + t * 1.061405429))))
    erf = np.sign(x) * (1.0 - poly * np.exp(-z * z))
    result: Floats = (0.5 * x * (1.0 + erf)).astype(np.float32)
    return result


class Encoder:
    """What a word means in its sentence."""

    def __init__(self, pieces: WordPieces, layers: Layers) -> None:
        self._pieces = pieces
        self._layers = layers

    def words(self, sentence: str, head: tuple[int, int], whole: Sequence[tuple[int, int]]) -> Floats:
        """One row: the mean states of a mention's head, of all its words, and of its sentence.

        ``head`` and ``whole`` hold offsets of start and end in ``sentence``; where nothing stands there the start of the sentence is meant.
        """
        cut = list(self._pieces.cut(sentence))
        centre = next((place for place, (_, _, end) in enumerate(cut) if end > head[0]), 0)
        first = max(0, min(centre - _LONGEST // 2, len(cut) - _LONGEST))
        cut = cut[first : first + _LONGEST]
        states = self._states(tuple(piece for piece, _, _ in cut))

        def mean(spans: Sequence[tuple[int, int]]) -> Floats:
            places = [place for place, (_, start, end) in enumerate(cut, 1) if any(start < last and end > begin for begin, last in spans)]
            result: Floats = states[places or [0]].mean(axis=0)
            return result

        return np.concatenate([mean([head]), mean(whole), states.mean(axis=0)])

    @lru_cache(maxsize=2048)  # noqa: B019  (one encoder a process)
    def _states(self, pieces: tuple[int, ...]) -> Floats:
        ids = self._pieces.ids
        found: Floats = self._layers.states(np.array([[ids["[CLS]"], *pieces, ids["[SEP]"]]], dtype=np.int64))[0]
        return found


class PackedRows:
    """A packed matrix of which some rows are read at a time."""

    def __init__(self, packed: NDArray[np.uint8], scale: NDArray[np.float16]) -> None:
        self._packed = packed
        self._scale = scale.reshape(len(packed), -1)

    def __getitem__(self, rows: NDArray[np.int64]) -> Floats:
        flat = rows.ravel()
        return unpack(self._packed[flat], self._scale[flat]).reshape(*rows.shape, -1)


def unpack(packed: NDArray[np.uint8], scale: NDArray[np.float16]) -> Floats:
    """A matrix of half-byte numbers, two a byte, with a scale for each ``GROUP`` of a row."""
    numbers = np.empty((packed.shape[0], 2 * packed.shape[1]), dtype=np.float32)
    numbers[:, 0::2] = (packed & 15).astype(np.float32) - 8
    numbers[:, 1::2] = (packed >> 4).astype(np.float32) - 8
    result: Floats = (numbers.reshape(-1, GROUP) * scale.astype(np.float32).reshape(-1, 1)).reshape(numbers.shape)
    return result


@lru_cache(maxsize=1)
def load_encoder() -> Encoder:
    """The shipped layers (``weights/encoder.npz``)."""
    with as_file(files("sightline.stories") / "weights" / "encoder.npz") as path, np.load(path, allow_pickle=False) as table:
        held = {name: table[name] for name in table.files}
    arrays = {name: held[name].astype(np.float32) for name in held if name.endswith((".weight", ".bias"))}
    packed = {name.removesuffix(".packed") for name in held if name.endswith(".packed")} - {EMBEDDINGS}
    arrays |= {name: unpack(held[f"{name}.packed"], held[f"{name}.scale"]) for name in packed}
    embeddings = PackedRows(held[f"{EMBEDDINGS}.packed"], held[f"{EMBEDDINGS}.scale"])
    return Encoder(WordPieces(str(held["pieces"]).split("\n")), Layers(embeddings, arrays, int(held["layers"])))
