"""The documents of a run that took longest."""

from __future__ import annotations

import heapq

KEPT = 10

Spent = tuple[float, str, int]
"""Processor time (s), a document's name, and its words."""


class Slowest:
    """Keeps the ``KEPT`` documents that took longest of all that it is told of."""

    def __init__(self) -> None:
        self._heap: list[Spent] = []

    def add(self, name: str, seconds: float, words: int) -> None:
        """Takes note of one document."""
        heapq.heappush(self._heap, (seconds, name, words))
        if len(self._heap) > KEPT:
            heapq.heappop(self._heap)

    def told(self) -> tuple[Spent, ...]:
        """Those kept, the slowest first."""
        return tuple(sorted(self._heap, reverse=True))
