"""Which reports belong to one developing story.

Reports are alike in their weighted terms, names and places, the less the further apart in time they were published. They are
clustered by average linkage (UPGMA), whose outcome depends on the set of reports alone: a new report joins a story, opens one, makes two
one or one two, whatever the order of arrival. Likenesses of pairs are kept, so that a further report costs one row.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import datetime

import numpy as np
from numpy.typing import NDArray

from sightline.stories.clock import known_at
from sightline.stories.cutting import cut
from sightline.stories.similarity import news_weights, protagonist, reading_terms
from sightline.types import Decision, Reading

RULE = "stories.grouping/2"
_FULL_LENGTH = 90.0
"""Different terms in a report of some 300 words; shorter ones share fewer, and less likeness is asked of them."""
_OTHER_PERSON = 0.3
"""Likeness kept between two reports whose main persons are different and hardly named by the other."""
_MENTIONED = 2
_GRACE_DAYS = 10.0
_FADE_DAYS = 40.0
"""Likeness fades with e-folding time of forty days beyond ten days between two publications."""


class LikenessTable:
    """Likeness of every two reports added so far."""

    def __init__(self) -> None:
        self.ids: list[str] = []
        self._where: dict[str, int] = {}
        self._lengths: dict[str, int] = {}
        self._terms: dict[str, int] = {}
        self._starts: list[int] = []
        self._heroes: dict[str, list[int]] = {}
        self._names: list[Counter[str]] = []
        self._when: NDArray[np.float64] = np.full(64, np.nan)
        self._columns: NDArray[np.int32] = np.zeros(1024, dtype=np.int32)
        self._values: NDArray[np.float32] = np.zeros(1024, dtype=np.float32)
        self._filled = 0
        self._table: NDArray[np.float32] = np.zeros((0, 0), dtype=np.float32)

    def add(self, reading: Reading) -> None:
        """Adds a report and its likeness to all earlier ones."""
        counted = reading_terms(reading)
        vector = news_weights().vector(*counted)
        size = len(self.ids)
        columns = np.array([self._terms.setdefault(term, len(self._terms)) for term in vector], dtype=np.int32)
        values = np.array(list(vector.values()), dtype=np.float32)
        hero = protagonist(reading)
        row = np.zeros(size + 1, dtype=np.float32)
        if size:
            # one at least: reports without a word fill a place too
            weights = np.zeros(max(1, len(self._terms)), dtype=np.float32)
            weights[columns] = values
            products = np.append(self._values[: self._filled] * weights[self._columns[: self._filled]], np.float32(0.0))
            row[:size] = np.add.reduceat(products, self._starts)
            row[:size] *= self._other_people(hero, counted[0])
        self._store(columns, values)
        known = known_at(reading.report)
        row[:size] *= self._fade(known)
        row[size] = 1.0
        if size + 1 > self._table.shape[0]:
            grown = np.zeros((max(64, 2 * (size + 1)),) * 2, dtype=np.float32)
            grown[:size, :size] = self._table[:size, :size]
            self._table = grown
        self._table[size, : size + 1] = row
        self._table[: size + 1, size] = row
        self._where[reading.report.id] = size
        self.ids.append(reading.report.id)
        if size >= len(self._when):
            self._when = np.append(self._when, np.full(max(64, size), np.nan))
        self._when[size] = known.timestamp() if known is not None else np.nan
        self._names.append(counted[0])
        if hero is not None:
            self._heroes.setdefault(hero, []).append(size)
        self._lengths[reading.report.id] = len(counted[0]) + len(counted[1])

    def median_terms(self, reports: Sequence[str]) -> float:
        """Median number of different terms of some reports."""
        return float(np.median([self._lengths[report] for report in reports]))

    def _store(self, columns: NDArray[np.int32], values: NDArray[np.float32]) -> None:
        """Keeps a report's vector behind those of the others, in arrays that grow by doubling."""
        end = self._filled + max(1, len(columns))
        if end > len(self._columns):
            grown_columns, grown_values = np.zeros(2 * end, dtype=np.int32), np.zeros(2 * end, dtype=np.float32)
            grown_columns[: self._filled] = self._columns[: self._filled]
            grown_values[: self._filled] = self._values[: self._filled]
            self._columns, self._values = grown_columns, grown_values
        self._columns[self._filled : self._filled + len(columns)] = columns
        self._values[self._filled : self._filled + len(values)] = values
        self._starts.append(self._filled)
        self._filled = end

    def _other_people(self, hero: str | None, names: Counter[str]) -> NDArray[np.float32]:
        """Less than one for earlier reports that are about somebody else: each side's main person is at most mentioned by the other."""
        factors = np.ones(len(self._names), dtype=np.float32)
        for other, places in self._heroes.items() if hero is not None else ():
            if other != hero and names[other] <= _MENTIONED:
                factors[[place for place in places if self._names[place][hero or ""] <= _MENTIONED]] = _OTHER_PERSON
        return factors

    def _fade(self, known: datetime | None) -> NDArray[np.float32]:
        size = len(self._names)
        if known is None or not size:
            return np.ones(size, dtype=np.float32)
        days = np.abs(self._when[:size] - known.timestamp()) / 86400
        days = np.where(np.isnan(days), 0.0, days)
        faded: NDArray[np.float32] = np.exp(-np.maximum(0.0, days - _GRACE_DAYS) / _FADE_DAYS).astype(np.float32)
        return faded

    def between(self, reports: Sequence[str]) -> NDArray[np.float32]:
        """Square table of likenesses in the order given."""
        order = [self._where[report] for report in reports]
        return self._table[np.ix_(order, order)]


def group(table: LikenessTable, reports: Sequence[str], decisions: Sequence[Decision] = ()) -> list[list[str]]:
    """Groups reports, given in canonical order, into stories; each story in that order, stories by their first report."""
    if not reports:
        return []
    labels = list(range(len(reports)))
    if len(reports) > 1:
        from scipy.cluster.hierarchy import linkage
        from scipy.spatial.distance import squareform

        scale = min(1.0, table.median_terms(reports) / _FULL_LENGTH) ** 1.5
        alikes = squareform(table.between(reports), checks=False).astype(np.float64)
        tree = linkage(np.round(np.clip(1.0 - alikes, 0.0, 1.0), 6), method="average")
        joins = ((int(one), int(other), 1.0 - apart) for one, other, apart, _ in tree.tolist())
        labels = cut(joins, len(reports), scale)
    labels = _obey(labels, reports, decisions)
    groups: dict[int, list[str]] = {}
    for report, label in zip(reports, labels):
        groups.setdefault(label, []).append(report)
    return list(groups.values())


def _obey(labels: list[int], reports: Sequence[str], decisions: Sequence[Decision]) -> list[int]:
    """A user's "same-story" puts the stories of the reports that it names together."""
    where = {report: place for place, report in enumerate(reports)}
    for decision in decisions:
        if decision.kind == "same-story":
            named = {labels[where[subject]] for subject in decision.subjects if subject in where}
            labels = [min(named) if label in named else label for label in labels]
    return labels
