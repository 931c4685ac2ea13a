"""The networks' arithmetic: numpy's matrix products, each report's by itself.

A matrix product rounds a row's sums one way or another depending on how many rows are multiplied with it. So reports may share the
loops of the parser, where a step for many costs little more than a step for one, but not a product: then a Doc is the same to the
byte whatever else is read with it.
"""

from __future__ import annotations

import weakref
from collections.abc import Sequence
from contextvars import ContextVar
from typing import TYPE_CHECKING, Any

import numpy as np
from thinc.api import NumpyOps

if TYPE_CHECKING:
    from spacy.language import Language

#: Components that go step by step through all reports of a batch at once.
_STEPWISE = ("parser", "ner")
_Joined = tuple["weakref.ref[Any]", list[int]]
_joined: ContextVar[_Joined | None] = ContextVar("joined", default=None)


class ApartOps(NumpyOps):  # type: ignore[misc]
    """Numpy's products, which are twice as fast here as those that spaCy takes by default; rows of different reports never in one."""

    def __init__(self) -> None:
        """On the processor, with numpy's own library for matrix products."""
        super().__init__(use_blis=False)

    def flatten(self, X: Sequence[Any], dtype: Any = None, pad: int = 0, ndim_if_empty: int = 2) -> Any:  # noqa: N803
        """The reports' rows in one array; which are whose is kept for the products of this very array."""
        result = super().flatten(X, dtype=dtype, pad=pad, ndim_if_empty=ndim_if_empty)
        if X is not None and len(X) > 1 and pad == 0:
            _joined.set((weakref.ref(result), [len(rows) for rows in X]))
        return result

    def gemm(self, x: Any, y: Any, out: Any = None, trans1: bool = False, trans2: bool = False) -> Any:
        """The product of ``x`` and ``y``; where ``x`` holds several reports, one of each."""
        joined = _joined.get()
        several = joined is not None and id(joined[0]()) == id(x)
        if joined is None or not several or trans1:
            return super().gemm(x, y, out=out, trans1=trans1, trans2=trans2)
        factor = y.T if trans2 else y
        result: Any = np.empty((len(x), factor.shape[1]), dtype=x.dtype) if out is None else out
        start = 0
        for length in joined[1]:
            np.dot(x[start : start + length], factor, out=result[start : start + length])
            start += length
        _joined.set((weakref.ref(result), joined[1]))
        return result


def in_step(nlp: Language, reports: int) -> dict[str, dict[str, int]]:
    """Settings for ``nlp.pipe`` by which so many reports go through the parser together, wherever that changes no report's reading."""
    models = {name: getattr(pipe, "model", None) for name, pipe in nlp.pipeline if name in _STEPWISE}
    #: spaCy goes through a quarter of what it is told at once.
    return {name: {"batch_size": 4 * reports} for name, model in models.items() if model is not None and isinstance(model.ops, ApartOps)}
