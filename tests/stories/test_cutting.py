"""Where the tree of reports is cut into stories."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from sightline.stories.cutting import ALIKE, cut
from sightline.stories.grouping import LikenessTable, group
from sightline.types import Reading, Report


def joins(across: float, within: Sequence[float] = (0.5, 0.5)) -> list[tuple[int, int, float]]:
    """Two groups of three reports each, and how alike they are."""
    first, second = within
    pairs = [(0, 1, first), (2, 6, first), (3, 4, second), (5, 8, second)]
    return [*pairs, (7, 9, across)]


def stories(found: list[int]) -> int:
    return len(set(found))


def test_groups_far_more_alike_within_than_across_are_two_stories():
    assert cut(joins(0.25), 6) == [0, 0, 0, 1, 1, 1]
    assert stories(cut(joins(0.35), 6)) == 1


def test_loose_groups_need_less_in_common():
    assert stories(cut(joins(0.25, within=(0.3, 0.35)), 6)) == 1
    assert stories(cut(joins(ALIKE - 0.01, within=(0.2, 0.2)), 6)) == 2


def test_copies_of_one_dispatch_do_not_part_it_from_other_reports():
    assert stories(cut(joins(0.32, within=(1.0, 0.45)), 6)) == 1


def test_two_reports_say_nothing_of_how_alike_a_storys_reports_are():
    assert stories(cut([(0, 1, 0.9), (2, 3, 0.9), (4, 5, 0.2)], 4)) == 1


def test_of_short_reports_less_is_asked():
    assert stories(cut(joins(0.15, within=(0.2, 0.2)), 6)) == 2
    assert stories(cut(joins(0.15, within=(0.2, 0.2)), 6, scale=0.5)) == 1


def test_a_report_near_to_one_of_two_stories_joins_that_one_alone():
    assert cut([(0, 1, 0.6), (3, 4, 0.6), (2, 7, 0.6), (5, 8, 0.6), (6, 9, 0.5), (11, 10, 0.25)], 7) == [0, 0, 0, 1, 1, 1, 0]


HARBOUR = (
    "Customs officers seized {0} kilos of cocaine on the freighter Baltic Dawn in the port of Gdynia. The captain of the Baltic Dawn, "
    "Janis Ozols, was arrested by the customs service in Gdynia.",
    "The Baltic Dawn was searched in Gdynia by customs officers, who found {0} kilos of cocaine and arrested captain Janis Ozols.",
    "Captain Janis Ozols of the Baltic Dawn is held in Gdynia after customs officers found {0} kilos of cocaine on the freighter.",
)
STRIKE = (
    "Pilots of Aurora Air went on strike in Oslo. Aurora Air cancelled ninety flights from Gardermoen, said spokeswoman Kari Lund.",
    "Aurora Air cancelled ninety flights at Gardermoen in Oslo as its pilots walked out, spokeswoman Kari Lund said.",
    "Ninety flights of Aurora Air did not leave Oslo Gardermoen because of the pilots' strike, according to Kari Lund.",
)


def test_stories_do_not_depend_on_the_order_in_which_reports_came():
    texts = [text.format(212) for text in HARBOUR] + list(STRIKE)
    readings = [Reading(report=Report(id=f"r{number}", text=text)) for number, text in enumerate(texts)]
    order = [reading.report.id for reading in readings]
    found = []
    for seed in range(4):
        table = LikenessTable()
        for place in np.random.default_rng(seed).permutation(len(readings)):
            table.add(readings[place])
        found.append(group(table, order))
    assert found == [[order[:3], order[3:]]] * 4
