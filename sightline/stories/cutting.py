"""Where the tree of reports, made by average linkage, is cut into stories.

Two groups are one story where their reports are alike enough across, and not much less alike than within either: two seizures of ships
by one navy share its name, the sea and the pirates, and yet the reports of each are far nearer to one another. The second rule lets the
first ask for less, so that a story whose reports share few names holds together.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from math import sqrt

ALIKE = 0.18
"""Average likeness across from which two groups of full-length reports are one story."""
NEARLY = 0.6
"""Share of the likeness within two groups (their geometric mean) that the likeness across must reach."""
TELLING = 3
"""Reports of the smaller group from which the likeness within it says something."""
_MOST = 0.5
"""Likeness within a group counts up to here: copies of one dispatch are no reason to part them from other reports of it."""

Join = tuple[int, int, float]
"""Two groups of the tree, and their average likeness; reports are groups 0 to n - 1, the first join makes group n."""


def cut(joins: Iterable[Join], reports: int, scale: float = 1.0) -> list[int]:
    """A label for each report, the same for those of one story.

    ``joins`` come best first; ``scale`` lowers what is asked in likeness where reports are short.

    >>> joins = [(3, 4, 0.6), (5, 6, 0.6), (0, 1, 0.5), (2, 8, 0.5), (7, 9, 0.25)]
    >>> cut(joins, 6)
    [0, 0, 0, 1, 1, 1]
    """
    members: dict[int, list[int]] = {report: [report] for report in range(reports)}
    sizes = [1] * reports
    within = [0.0] * reports
    for number, (one, other, across) in enumerate(joins, reports):
        sizes.append(sizes[one] + sizes[other])
        within.append(within[one] + within[other] + min(across, _MOST * scale) * sizes[one] * sizes[other])
        if one not in members or other not in members or across < ALIKE * scale:
            continue
        if min(sizes[one], sizes[other]) >= TELLING and across < NEARLY * sqrt(_mean(within, sizes, one) * _mean(within, sizes, other)):
            continue
        members[number] = members.pop(one) + members.pop(other)
    labels = [0] * reports
    for label, group in enumerate(sorted(members.values(), key=min)):
        for report in group:
            labels[report] = label
    return labels


def _mean(within: Sequence[float], sizes: Sequence[int], group: int) -> float:
    """Mean likeness of the pairs within a group."""
    return within[group] / (sizes[group] * (sizes[group] - 1) / 2)
