"""Trains the shipped network; ``sightline/extract/speech/network.py`` runs it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn

from sightline.extract.speech.vectors import Vectors
from training.speech import fit
from training.speech.fit import LABELS, Net, Piece

WIDTH = 128
HIDDEN = 128


class Running(torch.autograd.Function):
    """``apply(kept, new)``: at each step of the first axis ``kept`` of the last step's result, and ``new``; in numpy, for speed."""

    @staticmethod
    def forward(ctx: Any, kept: Tensor, new: Tensor) -> Tensor:
        shares, result = kept.detach().numpy(), new.detach().numpy().copy()
        for step in range(1, len(result)):
            result[step] += shares[step] * result[step - 1]
        ctx.save_for_backward(kept, torch.from_numpy(result))
        return torch.from_numpy(result)

    @staticmethod
    def backward(ctx: Any, *outer: Tensor) -> tuple[Tensor, Tensor]:
        kept, states = ctx.saved_tensors
        shares, by_new = kept.numpy(), outer[0].numpy().copy()
        for step in range(len(by_new) - 1, 0, -1):
            by_new[step - 1] += shares[step] * by_new[step]
        by_kept = np.zeros_like(by_new)
        np.multiply(by_new[1:], states.numpy()[:-1], out=by_kept[1:])
        return torch.from_numpy(by_kept), torch.from_numpy(by_new)


class Convolution(nn.Module):
    """A word's neighbourhood of three, weighed together."""

    def __init__(self) -> None:
        super().__init__()
        self.weigh = nn.Linear(3 * WIDTH, WIDTH)

    def forward(self, x: Tensor, there: Tensor, model: Net) -> Tensor:
        edge = torch.zeros_like(x[:, :1])
        given = model.locked(x * there)
        return x + torch.relu(self.weigh(torch.cat([torch.cat([edge, given[:, :-1]], 1), given, torch.cat([given[:, 1:], edge], 1)], 2)))


class Recurrence(nn.Module):
    """A running mean each way whose gates depend on the word alone."""

    def __init__(self) -> None:
        super().__init__()
        self.kept = nn.Linear(WIDTH, 2 * HIDDEN)
        self.new = nn.Linear(WIDTH, 2 * HIDDEN)
        self.weigh = nn.Linear(2 * HIDDEN, WIDTH)
        with torch.no_grad():
            self.kept.bias.copy_(torch.linspace(-1, 3, HIDDEN).repeat(2))

    def forward(self, x: Tensor, there: Tensor, model: Net) -> Tensor:
        given = model.locked(x).transpose(0, 1)
        kept = torch.sigmoid(self.kept(given))
        new = (1 - kept) * self.new(given) * there.transpose(0, 1)
        both = Running.apply(_turned(kept), _turned(new))
        return x + torch.relu(self.weigh(model.locked(_turned(both).transpose(0, 1))))


def _turned(x: Tensor) -> Tensor:
    """The second way's half in the other order of steps."""
    return torch.cat([x[..., :HIDDEN], x[..., HIDDEN:].flip(0)], 2)


class Tagger(Net):
    """Embedded words, convolutions and recurrences in turn, label scores."""

    def __init__(self, vectors: Vectors, *, dropout: float) -> None:
        super().__init__(vectors, WIDTH, dropout)
        self.layers = nn.ModuleList([Convolution(), Recurrence(), Convolution(), Recurrence()])
        self.out = nn.Linear(WIDTH, LABELS)

    def forward(self, rows: Tensor, static: Tensor, lengths: Tensor) -> Tensor:
        there = (torch.arange(rows.shape[1])[None, :] < lengths[:, None]).float()[:, :, None]
        x = self.embedded(rows, static)
        for layer in self.layers:
            x = layer(x, there, self)
        return self.out(self.locked(x))


def train(
    pieces: Sequence[Piece], bars: Tensor, vectors: Vectors, *, seed: int, epochs: int, dropout: float
) -> dict[str, NDArray[np.generic]]:
    """Fit to ``pieces`` and give the arrays to store."""
    torch.manual_seed(seed)
    model = Tagger(vectors, dropout=dropout)
    fit.fit(model, pieces, bars, epochs=epochs, seed=seed)
    return stored(model, bars)


def stored(model: Tagger, bars: Tensor) -> dict[str, NDArray[np.generic]]:
    """The arrays that ``sightline.extract.speech.network.unpack`` reads, and the chain's."""

    def half(value: Tensor) -> NDArray[np.generic]:
        return value.detach().numpy().astype(np.float16)

    table = model.table.weight.detach().numpy()
    scale = np.abs(table).max(axis=1, keepdims=True) / 127 + 1e-12
    arrays: dict[str, NDArray[np.generic]] = {
        "table": np.round(table / scale).astype(np.int8), "table_scale": scale.astype(np.float16),
        "transitions": (model.transitions + bars).detach().numpy(), "starts": model.starts.detach().numpy(),
    }  # fmt: skip
    linear = {"project": model.project, "out": model.out}
    for at, layer in enumerate(model.layers):
        linear |= {f"layer{at}_{name}": one for name, one in layer.named_children()}
    for name, one in linear.items():
        arrays |= {name: half(one.weight.T), f"{name}_bias": half(one.bias)}
    return arrays
