"""What teachers and the shipped network are fitted with: sequences, batches, the loop (PyTorch on one core)."""

from __future__ import annotations

import math
import random
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn

from sightline.extract.speech import chain, network
from sightline.extract.speech.features import Frame
from sightline.extract.speech.vectors import Vectors
from sightline.extract.speech.words import Words
from training.speech.likelihood import ChainLoss, Floats

LABELS = 7
FORBIDDEN = -12.0


@dataclass(frozen=True)
class Piece:
    """A sequence, and what its labels should be: how probable each is at each word, and how often each follows each."""

    rows: NDArray[np.int32]
    static: NDArray[np.int32]
    unary: Floats
    pairs: Floats


class Net(nn.Module):
    """A network that scores labels; ``forward(rows, static, lengths)`` gets sequences padded with zeros, longest first."""

    def __init__(self, vectors: Vectors, width: int, dropout: float) -> None:
        super().__init__()
        self.table = nn.EmbeddingBag(sum(network.SIZES), width, mode="sum")
        nn.init.normal_(self.table.weight, std=0.06)
        self.static = torch.from_numpy(vectors.data)
        self.project = nn.Linear(3 * vectors.data.shape[1], width)
        self.transitions = nn.Parameter(torch.zeros(LABELS, LABELS))
        self.starts = nn.Parameter(torch.zeros(LABELS))
        self.dropout = dropout

    def embedded(self, rows: Tensor, static: Tensor) -> Tensor:
        """Summed embeddings and projected static vectors; a tenth of the inputs is left out in training."""
        batch, steps, inputs = rows.shape
        weights = (torch.rand(batch * steps, inputs) > 0.1).float() / 0.9 if self.training else None
        x = self.table(rows.reshape(-1, inputs), per_sample_weights=weights).view(batch, steps, -1)
        return torch.relu(x + self.project(self.static[static].reshape(batch, steps, -1)))

    def locked(self, x: Tensor) -> Tensor:
        """Dropout with one mask for a whole sequence (Gal and Ghahramani 2016)."""
        if not self.training:
            return x
        mask = (torch.rand(x.shape[0], 1, x.shape[2]) > self.dropout).float() / (1 - self.dropout)
        return x * mask


def cut(words: Words, seen: Frame, vectors: Vectors, tags: NDArray[np.int8] | None = None) -> list[Piece]:
    """The sequences of a text; without ``tags`` nothing is said of their labels."""
    rows = network.categories(words, seen).astype(np.int32)
    static = network.vector_rows(words, seen, vectors).astype(np.int32)
    made = []
    bounds = chain.chunks(words)
    for start, end in zip(bounds[:-1].tolist(), bounds[1:].tolist(), strict=True):
        unary = np.zeros((end - start, LABELS), dtype=np.float32)
        pairs = np.zeros((LABELS, LABELS), dtype=np.float32)
        if tags is not None:
            unary[np.arange(end - start), tags[start:end]] = 1
            np.add.at(pairs, (tags[start : end - 1], tags[start + 1 : end]), 1)
        made.append(Piece(rows[start:end], static[start:end], unary, pairs))
    return made


def barred(pieces: Sequence[Piece]) -> Tensor:
    """What is added to transitions, so that those which nobody annotated don't happen."""
    seen = np.sum([piece.pairs for piece in pieces], axis=0)
    return torch.from_numpy(np.where(seen > 0, 0.0, FORBIDDEN).astype(np.float32))


def mixed(annotated: Sequence[Piece], taught: Sequence[Piece], share: float) -> list[Piece]:
    """The annotators' word at ``share`` and a teacher's for the rest."""
    return [
        replace(one, unary=share * one.unary + (1 - share) * two.unary, pairs=share * one.pairs + (1 - share) * two.pairs)
        for one, two in zip(annotated, taught, strict=True)
    ]


def fit(model: Net, pieces: Sequence[Piece], bars: Tensor, *, epochs: int, rate: float = 2.5e-3, seed: int = 1, size: int = 2000) -> None:
    """Fit ``model`` to ``pieces``; give the seed to PyTorch before the model is made."""
    torch.set_num_threads(1)
    rng = random.Random(seed)
    unused = torch.ones(sum(network.SIZES), dtype=torch.bool)
    for piece in pieces:
        unused[torch.from_numpy(piece.rows.reshape(-1).astype(np.int64))] = False
    with torch.no_grad():
        model.table.weight[unused] = 0.0
    learnt = [value for value in model.parameters() if value.requires_grad]
    optimiser = torch.optim.Adam(learnt, lr=rate, betas=(0.9, 0.98))
    sizes = [len(piece.rows) for piece in pieces]
    steps = epochs * len(groups(sizes, size, rng))
    done = 0
    began = time.monotonic()
    model.train()
    for epoch in range(epochs):
        batches = groups(sizes, size, rng)
        seen = 0.0
        for batch in batches:
            for setting in optimiser.param_groups:
                setting["lr"] = rate * min(1.0, (done + 1) / 200) * (0.5 + 0.5 * math.cos(math.pi * min(1.0, done / steps))) + 1e-5
            chosen = [pieces[index] for index in batch]
            rows, static, lengths = padded(chosen)
            unary = np.zeros((len(chosen), int(lengths[0]), LABELS), dtype=np.float32)
            for at, piece in enumerate(chosen):
                unary[at, : len(piece.unary)] = piece.unary
            pairs = np.sum([piece.pairs for piece in chosen], axis=0, dtype=np.float32)
            optimiser.zero_grad(set_to_none=True)
            scores = model(rows, static, lengths)
            value = ChainLoss.apply(scores, model.transitions + bars, model.starts, unary, pairs, lengths.numpy()) / int(lengths.sum())
            value.backward()
            nn.utils.clip_grad_norm_(learnt, 1.0)
            optimiser.step()
            seen += value.item()
            done += 1
        print(f"epoch {epoch + 1}, loss {seen / len(batches):.4f}, {time.monotonic() - began:.0f} s", file=sys.stderr, flush=True)
    model.eval()


def groups(lengths: Sequence[int], size: int, rng: random.Random) -> list[list[int]]:
    """Batches of about ``size`` words, of sequences of like length, longest first, other ones each time."""
    order = sorted(range(len(lengths)), key=lambda index: -lengths[index] * rng.uniform(0.85, 1.15))
    made: list[list[int]] = [[]]
    room = size
    for index in order:
        if room < lengths[index] and made[-1]:
            made.append([])
            room = size
        made[-1].append(index)
        room -= lengths[index]
    rng.shuffle(made)
    return [sorted(group, key=lambda index: -lengths[index]) for group in made]


def padded(pieces: Sequence[Piece]) -> tuple[Tensor, Tensor, Tensor]:
    """Rows, rows of static vectors and lengths of sequences that come longest first."""
    lengths = torch.tensor([len(piece.rows) for piece in pieces])
    pad = nn.utils.rnn.pad_sequence
    rows = pad([torch.from_numpy(piece.rows) for piece in pieces], batch_first=True).long()
    static = pad([torch.from_numpy(piece.static) for piece in pieces], batch_first=True).long()
    return rows, static, lengths
