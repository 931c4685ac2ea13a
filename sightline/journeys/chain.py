"""Forward and backward along one route: exact passage times at every stop.

``F_k(t, f)``, the probability of passing stage k at t with factor f and of all reports so far, goes forth by
``F_k = L_k * (law_k conv F_{k-1})``; ``B_k``, the probability of the reports to come, goes back by ``B_{k-1} = law_k corr (L_k B_k)``. The
marginal is their product (Rabiner 1989, with durations for states). Stages without a report need no time domain: their laws multiply.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import msgspec
import numpy as np

from sightline.journeys.clock import Array
from sightline.journeys.likelihoods import Gate
from sightline.journeys.motion import Motion, Spectrum


class Stage(msgspec.Struct, kw_only=True):
    """Arriving at or leaving one stop."""

    stop: int
    leaving: bool = False
    hours: dict[str, float] = {}
    """Base hours by class of the way from the stage before."""
    halts: tuple[str, ...] = ()
    likelihood: Array | None = None
    """Of the reports on this stage; ``None``: none."""
    gates: list[Gate] | None = None
    """Of the reports on being between the stage before and this."""
    key: object = None
    """Equal keys of two routes' stages mean equal stages and equal reports up to here."""


Message = tuple[Array, float]
"""Rows are factors, columns times; the logarithm of what was divided out."""


def anchors(stages: Sequence[Stage]) -> list[int]:
    """The stages that need the time domain: the first, the last, and all that reports speak of."""
    marks = {0, len(stages) - 1}
    for i, stage in enumerate(stages):
        if stage.likelihood is not None:
            marks.add(i)
        if stage.gates is not None:
            marks |= {i - 1, i}
    return sorted(marks)


def law_between(motion: Motion, stages: Sequence[Stage], first: int, last: int) -> tuple[Spectrum, float]:
    """Law of the way from one stage to a later one, with its base hours: the law of all hours and halts between, as running is divisible."""
    hours: dict[str, float] = {}
    halts: list[str] = []
    for stage in stages[first + 1 : last + 1]:
        halts += stage.halts
        for cls, h in stage.hours.items():
            hours[cls] = hours.get(cls, 0.0) + h
    return motion.law(hours, halts), sum(hours.values())


def forward(motion: Motion, stages: Sequence[Stage], start: Array, memory: dict[object, Message] | None = None) -> dict[int, Message]:
    """Messages at the anchors, reports at each included. ``start`` (factors x times) is the prior of the first stage, its reports included.

    ``memory`` keeps messages by the stages' keys, so that routes with the same beginning share its cost.
    """
    marks = anchors(stages)
    messages: dict[int, Message] = {0: _scaled(start, 0.0)}
    for before, here in pairwise(marks):
        stage = stages[here]
        if memory is not None and stage.key is not None and stage.key in memory:
            messages[here] = memory[stage.key]
            continue
        message, scale = messages[before]
        law, hours = law_between(motion, stages, before, here)
        if stage.gates is None:
            moved = motion.back_to_time(motion.spectrum(message) * law, hours)
        else:
            moved = np.zeros_like(message)
            for gate in stage.gates:
                gone = motion.spectrum(message if gate.arrive is None else message * gate.arrive) * law
                piece = motion.back_to_time(gone, hours) * gate.weight
                moved += piece if gate.leave is None else piece * gate.leave
        if stage.likelihood is not None:
            moved = moved * stage.likelihood
        messages[here] = _scaled(moved, scale)
        if memory is not None and stage.key is not None:
            memory[stage.key] = messages[here]
    return messages


def backward(motion: Motion, stages: Sequence[Stage]) -> dict[int, Array]:
    """Messages at the anchors, the reports at each not included, scaled to a greatest value of 1."""
    marks = anchors(stages)
    messages: dict[int, Array] = {marks[-1]: np.ones((motion.running.shape[0], motion.grid.n))}
    for before, here in zip(reversed(marks[:-1]), reversed(marks[1:])):
        stage = stages[here]
        message = messages[here]
        if stage.likelihood is not None:
            message = message * stage.likelihood
        law, hours = law_between(motion, stages, before, here)
        if stage.gates is None:
            moved = motion.back_to_time(motion.spectrum(message) * np.conj(law), hours)
        else:
            moved = np.zeros_like(message)
            for gate in stage.gates:
                gone = motion.spectrum(message if gate.leave is None else message * gate.leave) * np.conj(law)
                piece = motion.back_to_time(gone, hours) * gate.weight
                moved += piece if gate.arrive is None else piece * gate.arrive
        top = float(moved.max())
        messages[before] = moved / top if top > 0 else moved
    return messages


def marginals(
    motion: Motion,
    stages: Sequence[Stage],
    ahead: dict[int, Message],
    behind: dict[int, Array],
    memory: dict[object, tuple[Spectrum, Array]] | None = None,
) -> list[Array]:
    """Probability of each cell for every stage, all reports considered; each sums to 1 (to 0 where the reports leave nothing).

    ``memory`` keeps what comes forth by the stages' keys, for routes with the same beginning.
    """
    marks = sorted(ahead)
    kept = memory if memory is not None else {}
    out: dict[int, Array] = {mark: (ahead[mark][0] * behind[mark]).sum(axis=0) for mark in marks}
    for before, after in pairwise(marks):
        if after - before < 2:
            continue
        likelihood = stages[after].likelihood
        message = behind[after] if likelihood is None else behind[after] * likelihood
        laws = {i: law_between(motion, stages, i - 1, i) for i in range(before + 1, after + 1)}
        back, behind_hours = motion.spectrum(message), 0.0
        returned: dict[int, Array] = {}
        for i in range(after - 1, before, -1):
            back, behind_hours = back * np.conj(laws[i + 1][0]), behind_hours + laws[i + 1][1]
            returned[i] = motion.back_to_time(back, behind_hours)
        forth: Spectrum | None = None
        ahead_hours = 0.0
        for i in range(before + 1, after):
            ahead_hours += laws[i][1]
            key = stages[i].key
            if key is None or key not in kept:
                if forth is None:
                    known = kept.get(stages[i - 1].key) if i - 1 > before else None
                    forth = known[0] if known is not None else motion.spectrum(ahead[before][0])
                forth = forth * laws[i][0]
                moved = motion.back_to_time(forth, ahead_hours)
                if key is not None:
                    kept[key] = (forth, moved)
            else:
                forth, moved = kept[key]
            out[i] = np.einsum("ij,ij->j", moved, returned[i])
    totals = {i: float(joint.sum()) for i, joint in out.items()}
    return [out[i] / totals[i] if totals[i] > 0 else out[i] for i in range(len(stages))]


def _scaled(message: Array, scale: float) -> Message:
    top = float(message.max())
    if top <= 0.0:
        return message, -np.inf
    return message / top, scale + float(np.log(top))
