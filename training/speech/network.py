"""Trains the recurrent model (PyTorch on one core); ``sightline/extract/speech/network.py`` runs it."""

from __future__ import annotations

import math
import random
import sys
import time
from collections.abc import Sequence

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn

from sightline.extract.speech import chain, network
from sightline.extract.speech.vectors import Vectors
from training.speech.examples import Example
from training.speech.likelihood import ChainLoss

WIDTH = 128
HIDDEN = 100
_FORBIDDEN = -12.0


class Tagger(nn.Module):
    """Summed embeddings, projected static vectors, bidirectional LSTM layers and label scores."""

    def __init__(self, vectors: Vectors, labels: int, *, layers: int, dropout: float) -> None:
        super().__init__()
        self.table = nn.EmbeddingBag(sum(network.SIZES), WIDTH, mode="sum")
        nn.init.normal_(self.table.weight, std=0.06)
        self.static = torch.from_numpy(vectors.data)
        self.project = nn.Linear(3 * vectors.data.shape[1], WIDTH)
        self.lstm = nn.ModuleList(
            nn.LSTM(WIDTH if at == 0 else 2 * HIDDEN, HIDDEN, bidirectional=True, batch_first=True) for at in range(layers)
        )
        for lstm in self.lstm:
            for name, value in lstm.named_parameters():
                if "bias_hh" in name:
                    nn.init.zeros_(value)
                    value.requires_grad_(False)
        self.out = nn.Linear(2 * HIDDEN, labels)
        self.transitions = nn.Parameter(torch.zeros(labels, labels))
        self.starts = nn.Parameter(torch.zeros(labels))
        self.drop = nn.Dropout(dropout)
        self.dropout = dropout

    def forward(self, rows: Tensor, static: Tensor, lengths: Tensor) -> Tensor:
        batch, steps, inputs = rows.shape
        weights = None
        if self.training:
            weights = (torch.rand(batch * steps, inputs) > 0.1).float() / 0.9
        x = self.table(rows.reshape(-1, inputs), per_sample_weights=weights).view(batch, steps, WIDTH)
        x = torch.relu(x + self.project(self.static[static].reshape(batch, steps, -1)))
        for lstm in self.lstm:
            packed = nn.utils.rnn.pack_padded_sequence(self._locked(x), lengths, batch_first=True, enforce_sorted=True)
            x, _ = nn.utils.rnn.pad_packed_sequence(lstm(packed)[0], batch_first=True)
        return self.out(self._locked(x))

    def _locked(self, x: Tensor) -> Tensor:
        """Dropout with one mask for a whole sequence (Gal and Ghahramani 2016)."""
        if not self.training:
            return x
        mask = (torch.rand(x.shape[0], 1, x.shape[2]) > self.dropout).float() / (1 - self.dropout)
        return x * mask


def train(
    examples: Sequence[Example],
    labels: Sequence[NDArray[np.int8]],
    count: int,
    vectors: Vectors,
    *,
    epochs: int = 8,
    layers: int = 1,
    dropout: float = 0.4,
    rate: float = 2.5e-3,
    seed: int = 1,
    size: int = 2000,
) -> dict[str, NDArray[np.generic]]:
    """Fit to ``labels`` and give the arrays to store."""
    torch.manual_seed(seed)
    torch.set_num_threads(1)
    rng = random.Random(seed)
    allowed = np.zeros((count, count), dtype=bool)
    sequences: list[tuple[Tensor, Tensor, Tensor]] = []
    for example, tags in zip(examples, labels, strict=True):
        rows = torch.from_numpy(network.categories(example.words, example.frame).astype(np.int32))
        static = torch.from_numpy(network.vector_rows(example.words, example.frame, vectors).astype(np.int32))
        bounds = chain.chunks(example.words)
        for start, end in zip(bounds[:-1].tolist(), bounds[1:].tolist(), strict=True):
            sequences.append((rows[start:end], static[start:end], torch.from_numpy(tags[start:end].astype(np.int64))))
            allowed[tags[start : end - 1], tags[start + 1 : end]] = True
    barred = torch.from_numpy(np.where(allowed, 0.0, _FORBIDDEN).astype(np.float32))
    model = Tagger(vectors, count, layers=layers, dropout=dropout)
    unused = torch.ones(sum(network.SIZES), dtype=torch.bool)
    for rows, _, _ in sequences:
        unused[rows.reshape(-1).long()] = False
    with torch.no_grad():
        model.table.weight[unused] = 0.0
    learnt = [value for value in model.parameters() if value.requires_grad]
    optimiser = torch.optim.Adam(learnt, lr=rate, betas=(0.9, 0.98))
    lengths_of = [len(item[2]) for item in sequences]
    steps = epochs * len(_groups(lengths_of, size, rng))
    done = 0
    began = time.monotonic()
    for epoch in range(epochs):
        groups = _groups(lengths_of, size, rng)
        seen = 0.0
        for group in groups:
            for setting in optimiser.param_groups:
                setting["lr"] = rate * min(1.0, (done + 1) / 200) * (0.5 + 0.5 * math.cos(math.pi * done / steps)) + 1e-5
            rows, static, tags, lengths = _pad([sequences[index] for index in group])
            optimiser.zero_grad(set_to_none=True)
            scores = model(rows, static, lengths)
            value = ChainLoss.apply(scores, model.transitions + barred, model.starts, tags, lengths) / int(lengths.sum())
            value.backward()
            nn.utils.clip_grad_norm_(learnt, 1.0)
            optimiser.step()
            seen += value.item()
            done += 1
        print(f"network: epoch {epoch + 1}, loss {seen / len(groups):.4f}, {time.monotonic() - began:.0f} s", file=sys.stderr, flush=True)
    return stored(model, barred)


def _groups(lengths: Sequence[int], size: int, rng: random.Random) -> list[list[int]]:
    """Batches of about ``size`` words, of sequences of like length, longest first, other ones each time."""
    order = sorted(range(len(lengths)), key=lambda index: -lengths[index] * rng.uniform(0.85, 1.15))
    groups: list[list[int]] = [[]]
    room = size
    for index in order:
        if room < lengths[index] and groups[-1]:
            groups.append([])
            room = size
        groups[-1].append(index)
        room -= lengths[index]
    rng.shuffle(groups)
    return [sorted(group, key=lambda index: -lengths[index]) for group in groups]


def _pad(items: Sequence[tuple[Tensor, Tensor, Tensor]]) -> tuple[Tensor, Tensor, Tensor, Tensor]:
    lengths = torch.tensor([len(item[2]) for item in items])
    pad = nn.utils.rnn.pad_sequence
    rows = pad([item[0] for item in items], batch_first=True).long()
    static = pad([item[1] for item in items], batch_first=True).long()
    return rows, static, pad([item[2] for item in items], batch_first=True), lengths


def stored(model: Tagger, barred: Tensor) -> dict[str, NDArray[np.generic]]:
    """The arrays that ``sightline.extract.speech.network.unpack`` reads."""

    def half(value: Tensor) -> NDArray[np.generic]:
        return value.detach().numpy().astype(np.float16)

    def gates(value: Tensor) -> Tensor:
        one, two, three, four = value.detach().chunk(4)
        return torch.cat([one, two, four, three])

    table = model.table.weight.detach().numpy()
    scale = np.abs(table).max(axis=1, keepdims=True) / 127 + 1e-12
    arrays: dict[str, NDArray[np.generic]] = {
        "table": np.round(table / scale).astype(np.int8), "table_scale": scale.astype(np.float16),
        "project": half(model.project.weight.T), "bias": half(model.project.bias),
        "out": half(model.out.weight.T), "out_bias": half(model.out.bias),
        "transitions": (model.transitions + barred).detach().numpy(), "starts": model.starts.detach().numpy(),
        "layers": np.array(len(model.lstm)),
    }  # fmt: skip
    for at, lstm in enumerate(model.lstm):
        ways = ("", "_reverse")
        arrays[f"into{at}"] = np.stack([half(gates(getattr(lstm, f"weight_ih_l0{way}")).T) for way in ways])
        arrays[f"recurrent{at}"] = np.stack([half(gates(getattr(lstm, f"weight_hh_l0{way}")).T) for way in ways])
        arrays[f"gates{at}"] = np.stack([half(gates(getattr(lstm, f"bias_ih_l0{way}"))) for way in ways])
    return arrays
