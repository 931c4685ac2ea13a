"""The mean of two trained states of one run: its errors differ, so the mean makes fewer (Wortsman et al. 2022, "Model soups")."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
from spacy.language import Language

from sightline.language import weights


def mean(first: Path, second: Path, share: float) -> Language:
    """The network whose every parameter is ``share`` of that in ``first`` and the rest of that in ``second``."""
    one, other = weights.bare(first), weights.bare(second)
    for (node, name), (same, _) in zip(_parameters(one), _parameters(other), strict=True):
        left = np.array(node.get_param(name), dtype=np.float64)
        right = np.array(same.get_param(name), dtype=np.float64)
        node.set_param(name, (share * left + (1 - share) * right).astype(np.float32))
    return one


def _parameters(nlp: Language) -> Iterator[tuple[Any, str]]:
    for _, component in nlp.pipeline:
        model = getattr(component, "model", None)
        for node in model.walk() if model is not None else ():
            for name in sorted(node.param_names):
                if node.has_param(name):
                    yield node, name
