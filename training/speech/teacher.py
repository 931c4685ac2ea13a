"""The teachers: bidirectional LSTM taggers whose mean the shipped network learns to agree with (Hinton et al. 2015)."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import torch
from torch import Tensor, nn

from sightline.extract.speech.vectors import Vectors
from training.speech import fit
from training.speech.fit import FORBIDDEN, LABELS, Net, Piece
from training.speech.likelihood import expectations

WIDTH = 128
HIDDEN = 100


class Teacher(Net):
    """Bidirectional LSTMs over the embedded words (Hochreiter and Schmidhuber 1997; Graves 2005)."""

    def __init__(self, vectors: Vectors, *, layers: int, dropout: float) -> None:
        super().__init__(vectors, WIDTH, dropout)
        self.lstm = nn.ModuleList(
            nn.LSTM(WIDTH if at == 0 else 2 * HIDDEN, HIDDEN, bidirectional=True, batch_first=True) for at in range(layers)
        )
        for lstm in self.lstm:
            for name, value in lstm.named_parameters():
                if "bias_hh" in name:
                    nn.init.zeros_(value)
                    value.requires_grad_(False)
        self.out = nn.Linear(2 * HIDDEN, LABELS)

    def forward(self, rows: Tensor, static: Tensor, lengths: Tensor) -> Tensor:
        x = self.embedded(rows, static)
        for lstm in self.lstm:
            packed = nn.utils.rnn.pack_padded_sequence(self.locked(x), lengths, batch_first=True, enforce_sorted=True)
            x, _ = nn.utils.rnn.pad_packed_sequence(lstm(packed)[0], batch_first=True)
        return self.out(self.locked(x))


def train(pieces: Sequence[Piece], vectors: Vectors, *, seed: int, layers: int, epochs: int, dropout: float, kept: Path | None) -> Teacher:
    """A teacher of the annotators' word; ``kept`` is where it lies from an earlier run, or will lie for a later one."""
    torch.manual_seed(seed)
    model = Teacher(vectors, layers=layers, dropout=dropout)
    if kept is not None and kept.is_file():
        model.load_state_dict(torch.load(kept))
        return model.eval()
    fit.fit(model, pieces, fit.barred(pieces), epochs=epochs, seed=seed)
    if kept is not None:
        torch.save(model.state_dict(), kept)
    return model


def taught(teachers: Sequence[Teacher], pieces: Sequence[Piece], bars: Tensor) -> list[Piece]:
    """The sequences with what the teachers' mean takes their labels for."""
    with torch.no_grad():
        moves = torch.stack([one.transitions for one in teachers]).mean(dim=0)
        transitions = torch.where(bars < 0, torch.full_like(moves, FORBIDDEN), moves).numpy()
        starts = torch.stack([one.starts for one in teachers]).mean(dim=0).numpy()
        made = list(pieces)
        for batch in fit.groups([len(piece.rows) for piece in pieces], 4000, random.Random(0)):
            rows, static, lengths = fit.padded([pieces[index] for index in batch])
            scores = torch.stack([one(rows, static, lengths) for one in teachers]).mean(dim=0).numpy()
            _, unary, pairs = expectations(scores, transitions, starts, lengths.numpy())
            for at, index in enumerate(batch):
                made[index] = replace(made[index], unary=np.array(unary[at, : len(made[index].rows)]), pairs=pairs[at])
    return made
