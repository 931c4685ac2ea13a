"""The negative log-likelihood of linear-chain CRFs and its gradient, by forward-backward in numpy (Lafferty et al. 2001)."""

from __future__ import annotations

from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

Floats = NDArray[np.float32]


class ChainLoss(torch.autograd.Function):
    """``apply(scores, transitions, starts, tags, lengths)``: summed over sequences, which come longest first."""

    @staticmethod
    def forward(ctx: Any, scores: Tensor, transitions: Tensor, starts: Tensor, tags: Tensor, lengths: Tensor) -> Tensor:
        value, *gradients = likelihood(
            scores.detach().numpy(), transitions.detach().numpy(), starts.detach().numpy(), tags.numpy(), lengths.numpy()
        )
        ctx.save_for_backward(*(torch.from_numpy(gradient) for gradient in gradients))
        return torch.tensor(value)

    @staticmethod
    def backward(ctx: Any, *outer: Tensor) -> tuple[Tensor | None, ...]:
        one, two, three = ctx.saved_tensors
        return outer[0] * one, outer[0] * two, outer[0] * three, None, None


def likelihood(
    scores: Floats, transitions: Floats, starts: Floats, tags: NDArray[np.int64], lengths: NDArray[np.int64]
) -> tuple[float, Floats, Floats, Floats]:
    """The summed loss, and its gradients by scores, transitions and starts."""
    count, steps, labels = scores.shape
    running = [int(np.searchsorted(-lengths, -step, side="left")) for step in range(steps)]
    top = scores.max(axis=2)
    raised = np.exp(scores - top[:, :, None])
    moves = np.exp(transitions)
    forward = np.zeros_like(scores)
    value = raised[:, 0] * np.exp(starts)
    scale = value.sum(axis=1)
    logs = np.log(scale) + top[:, 0]
    forward[:, 0] = value / scale[:, None]
    for step in range(1, steps):
        on = running[step]
        value = (forward[:on, step - 1] @ moves) * raised[:on, step]
        scale = value.sum(axis=1)
        forward[:on, step] = value / scale[:, None]
        logs[:on] += np.log(scale) + top[:on, step]
    by_scores = np.zeros_like(scores)
    pairs = np.zeros_like(transitions)
    backward = np.ones((count, labels), dtype=np.float32)
    for step in range(steps - 1, -1, -1):
        on = running[step]
        joint = forward[:on, step] * backward[:on]
        by_scores[:on, step] = joint / joint.sum(axis=1, keepdims=True)
        if step:
            ahead = raised[:on, step] * backward[:on]
            back = ahead @ moves.T
            whole = (forward[:on, step - 1] * back).sum(axis=1, keepdims=True)
            pairs += (forward[:on, step - 1] / whole).T @ ahead
            backward[:on] = back / back.sum(axis=1, keepdims=True)
    pairs *= moves
    by_starts = by_scores[:, 0].sum(axis=0)
    mask = np.arange(steps)[None, :] < lengths[:, None]
    rows, columns = np.nonzero(mask)
    chosen = tags[rows, columns]
    total = float(logs.sum() - scores[rows, columns, chosen].sum() - starts[tags[:, 0]].sum())
    by_scores[rows, columns, chosen] -= 1
    by_starts -= np.bincount(tags[:, 0], minlength=labels)
    inner = mask[:, 1:]
    one, two = tags[:, :-1][inner], tags[:, 1:][inner]
    total -= float(transitions[one, two].sum())
    np.subtract.at(pairs, (one, two), 1)
    return total, by_scores, pairs, by_starts.astype(np.float32)
