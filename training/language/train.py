"""The training loop: mixed batches for all heads, a falling step size, the best state on disk at every check."""

from __future__ import annotations

import random
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from spacy.language import Language
from spacy.training import Example
from spacy.util import fix_random_seed
from thinc.api import Adam

from sightline.language import weights


@dataclass(frozen=True)
class Plan:
    """How long and how hard to train.

    The step size falls in a line from ``rate`` to ``last_rate`` over ``words``; the run ends after ``stop`` words, or
    after ``limit`` seconds of wall clock. ``made`` adds made-up news; ``resume`` goes on from the state in the folder.
    """

    words: int
    stop: int
    check_every: int
    limit: float = 70 * 60
    batch: int = 1000
    dropout: float = 0.2
    rate: float = 0.0015
    last_rate: float = 0.00008
    warm_up: int = 250
    seed: int = 20230911
    resume: bool = False
    made: bool = True

    def shorter(self, share: float, limit: float) -> Plan:
        """The same plan with a share of its words, for trying something out."""
        words, stop, check = (max(1, round(n * share)) for n in (self.words, self.stop, self.check_every))
        return replace(self, words=words, stop=stop, check_every=check, limit=limit)


#: First without made-up news, at a high step size; then with it, down to a low one.
FIRST = Plan(words=18_000_000, stop=6_800_000, check_every=1_125_000, made=False)
SECOND = Plan(words=8_000_000, stop=7_000_000, check_every=500_000, rate=0.0009, seed=7, resume=True)
#: How much of the first state goes into the mean of both.
SHARE = 0.2


def run(
    nlp: Language,
    epochs: Iterator[list[Example]],
    sample: list[Example],
    plan: Plan,
    out: Path,
    score: Callable[[Language], tuple[float, str]],
) -> float:
    """Train ``nlp`` on batches of ``epochs`` and keep the best state in ``out``; the best score is given back.

    ``epochs`` yields batches that hold trees and names both, so that every head learns from each. ``score`` gives the
    number to maximise, and a line to print. The run ends after ``plan.stop`` words, or at ``plan.limit``.
    """
    fix_random_seed(plan.seed)
    random.seed(plan.seed)
    optimizer = Adam(plan.rate, L2=0.01, L2_is_weight_decay=True, grad_clip=1.0, use_averages=True)
    if plan.resume:
        nlp.resume_training(sgd=optimizer)
    else:
        nlp.initialize(lambda: sample, sgd=optimizer)
    started = time.monotonic()
    seen = 0
    checked = 0
    best = -1.0
    losses: dict[str, float] = {}
    for steps, batch in enumerate(epochs):
        done = seen / plan.words
        warm = min(1.0, (steps + 1) / plan.warm_up)
        optimizer.learn_rate = warm * (plan.last_rate + (plan.rate - plan.last_rate) * (1 - min(1.0, done)))
        nlp.update(batch, drop=plan.dropout, sgd=optimizer, losses=losses)
        seen += sum(len(example.predicted) for example in batch)
        late = time.monotonic() - started > plan.limit
        if seen - checked >= plan.check_every or seen >= plan.stop or late:
            checked = seen
            with nlp.select_pipes(enable=nlp.pipe_names), nlp.use_params(optimizer.averages):
                value, line = score(nlp)
                if value > best:
                    best = value
                    _keep(nlp, out)
            minutes = (time.monotonic() - started) / 60
            shown = " ".join(f"{name}={loss / (steps + 1):.2f}" for name, loss in losses.items())
            print(f"{seen:>10,} words {minutes:5.1f} min {line} | {shown}", file=sys.stderr, flush=True)
        if seen >= plan.stop or late:
            break
    return best


def _keep(nlp: Language, out: Path) -> None:
    """Write the state beside the last best one, then put it in its place in one step."""
    beside = out.with_name(out.name + ".new")
    weights.write(nlp, beside)
    out.mkdir(parents=True, exist_ok=True)
    for path in sorted(beside.iterdir()):
        path.replace(out / path.name)
