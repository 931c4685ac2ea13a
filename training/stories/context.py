"""Learns the map under which mentions of one happening point alike (``sightline/stories/weights/context.npz``); see ``linker.py``."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec
import numpy as np
import torch
from numpy.typing import NDArray
from torch import nn

from sightline.stories.context import ContextMap

NUMBERS = 64
EPOCHS = 30
RATE = 2e-3
DECAY = 0.05
DROPOUT = 0.4
MAPS = 3
"""Maps from other seeds, whose cosines are averaged: one alone gives chains half a point better or worse by luck."""


class Pairs(msgspec.Struct):
    """The mentions of one story: their states, and of every pair the two places and whether both are one happening."""

    states: NDArray[np.float32]
    one: NDArray[np.intp]
    other: NDArray[np.intp]
    labels: NDArray[np.bool_]


def learn(stories: Sequence[Pairs]) -> ContextMap:
    """Maps for the pairs of some stories."""
    found = [_learn(stories, seed) for seed in range(MAPS)]
    return ContextMap(np.stack([matrix for matrix, _ in found]), np.stack([bias for _, bias in found]))


def _learn(stories: Sequence[Pairs], seed: int) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """Logistic regression on the cosine of the mapped states of a pair; a story counts by the root of its pairs."""
    torch.manual_seed(seed)
    torch.set_num_threads(1)
    random = np.random.default_rng(seed)
    told = [story for story in stories if story.labels.any()]
    everything = np.concatenate([story.states for story in told])
    centre, spread = everything.mean(axis=0), everything.std(axis=0) + 1e-3
    inputs = [torch.from_numpy((story.states - centre) / spread) for story in told]
    layer = nn.Linear(everything.shape[1], NUMBERS, bias=False)
    nn.init.normal_(layer.weight, std=everything.shape[1] ** -0.5)
    slope = nn.Parameter(torch.tensor([8.0, -3.0]))
    drop = nn.Dropout(DROPOUT)
    optimiser = torch.optim.AdamW([layer.weight, slope], lr=RATE, weight_decay=DECAY)
    for _ in range(EPOCHS):
        for place in random.permutation(len(told)):
            story = told[place]
            mapped = nn.functional.normalize(layer(drop(inputs[place])), dim=-1)
            cosine = (mapped[torch.from_numpy(story.one)] * mapped[torch.from_numpy(story.other)]).sum(dim=-1)
            wanted = torch.from_numpy(story.labels.astype(np.float32))
            loss = nn.functional.binary_cross_entropy_with_logits(slope[0] * cosine + slope[1], wanted, reduction="sum")
            optimiser.zero_grad()
            (loss / (10 * len(wanted) ** 0.5)).backward()
            optimiser.step()
    matrix = (layer.weight.detach().numpy() / spread).astype(np.float16).astype(np.float32)
    return matrix, (-matrix @ centre).astype(np.float32)


def cosines(context: ContextMap, story: Pairs) -> NDArray[np.float32]:
    """The cosine of every pair under a map."""
    mapped = context.of(story.states)
    found: NDArray[np.float32] = np.einsum("ij,ij->i", mapped[story.one], mapped[story.other])
    return found
