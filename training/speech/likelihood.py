"""The negative log-likelihood of linear-chain CRFs and its gradient, by forward-backward in numpy (Lafferty et al. 2001).

What the labels should be is given as probabilities: one where an annotator decided, less where a teacher leaves doubt. The loss is
then the cross entropy of two distributions over whole label sequences (Wang et al. 2020), short of the teacher's own entropy.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

Floats = NDArray[np.float32]


class ChainLoss(torch.autograd.Function):
    """``apply(scores, transitions, starts, unary, pairs, lengths)``: summed over sequences, which come longest first.

    ``unary`` holds each label's probability at each word (zeros beyond the end), ``pairs`` how often each label follows each.
    """

    @staticmethod
    def forward(
        ctx: Any, scores: Tensor, transitions: Tensor, starts: Tensor, unary: Floats, pairs: Floats, lengths: NDArray[np.int64]
    ) -> Tensor:
        given = (scores.detach().numpy(), transitions.detach().numpy(), starts.detach().numpy())
        logs, found, moves = expectations(*given, lengths)
        value = (
            float(logs.sum()) - float((given[0] * unary).sum()) - float((given[1] * pairs).sum()) - float((unary[:, 0] @ given[2]).sum())
        )
        by_scores = found - unary
        gradients = (by_scores, moves.sum(axis=0) - pairs, by_scores[:, 0].sum(axis=0))
        ctx.save_for_backward(*(torch.from_numpy(np.ascontiguousarray(gradient)) for gradient in gradients))
        return torch.tensor(value)

    @staticmethod
    def backward(ctx: Any, *outer: Tensor) -> tuple[Tensor | None, ...]:
        one, two, three = ctx.saved_tensors
        return outer[0] * one, outer[0] * two, outer[0] * three, None, None, None


def expectations(scores: Floats, transitions: Floats, starts: Floats, lengths: NDArray[np.int64]) -> tuple[Floats, Floats, Floats]:
    """Of each sequence (longest first): the log of its normaliser, its labels' marginals, and how often each label follows each."""
    count, steps, labels = scores.shape
    running = [int(np.searchsorted(-lengths, -step, side="left")) for step in range(steps)]
    top = scores.max(axis=2).T
    raised = np.exp(scores.transpose(1, 0, 2) - top[:, :, None])
    moves = np.exp(transitions)
    forward = np.zeros_like(raised)
    value = raised[0] * np.exp(starts)
    scale = value.sum(axis=1)
    logs = np.log(scale) + top[0]
    forward[0] = value / scale[:, None]
    for step in range(1, steps):
        on = running[step]
        value = (forward[step - 1, :on] @ moves) * raised[step, :on]
        scale = value.sum(axis=1)
        forward[step, :on] = value / scale[:, None]
        logs[:on] += np.log(scale) + top[step, :on]
    unary = np.zeros_like(raised)
    pairs = np.zeros((count, labels, labels), dtype=np.float32)
    backward = np.ones((count, labels), dtype=np.float32)
    for step in range(steps - 1, -1, -1):
        on = running[step]
        joint = forward[step, :on] * backward[:on]
        unary[step, :on] = joint / joint.sum(axis=1, keepdims=True)
        if step:
            ahead = raised[step, :on] * backward[:on]
            back = ahead @ moves.T
            whole = (forward[step - 1, :on] * back).sum(axis=1, keepdims=True)
            pairs[:on] += (forward[step - 1, :on] / whole)[:, :, None] * ahead[:, None, :]
            backward[:on] = back / back.sum(axis=1, keepdims=True)
    return logs, np.ascontiguousarray(unary.transpose(1, 0, 2)), pairs * moves
