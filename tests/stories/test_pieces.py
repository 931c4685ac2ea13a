"""The small laws: chains, copies, places, kinds."""

from __future__ import annotations

import pytest

from sightline.stories.chains import parse_outlet
from sightline.stories.copies import CopyIndex
from sightline.stories.geography import Relation, distance_km, on_the_way, relate
from sightline.stories.linking import chains
from tests.stories.builders import KHASAN, PYONGYANG, RUSSIA, VLADIVOSTOK, VOSTOCHNY, Page


@pytest.mark.parametrize(
    ("line", "page", "behind", "innermost"),
    [
        ("UNI <- Xinhua <- KCNA", "UNI", ("Xinhua", "KCNA"), "KCNA"),
        ("La Prensa <- EFE (Seoul)", "La Prensa", ("EFE",), "EFE"),
        ("NHK World <- Yonhap, Dong-A Ilbo", "NHK World", ("Yonhap", "Dong-A Ilbo"), None),
        ("Morning (rewrite of Yonhap, unsourced)", "Morning", ("Yonhap",), "Yonhap"),
        ("Evening (translation of the Reuters piece)", "Evening", ("Reuters",), "Reuters"),
        ("NV via Yahoo", "Yahoo", ("NV",), "NV"),
        ("Reuters", "Reuters", (), None),
        (None, None, (), None),
    ],
)
def test_an_outlet_line_is_read_inwards(line, page, behind, innermost):
    chain = parse_outlet(line)
    assert (chain.page, chain.dispatches, chain.innermost) == (page, behind, innermost)


def test_a_translation_from_a_language_is_no_agency():
    chain = parse_outlet("Pledge (translation from Russian) <- Kremlin, RBC")
    assert chain.translated and chain.dispatches == ("Kremlin", "RBC")


def _copies(*pages: Page) -> dict[str, list[tuple[str, str]]]:
    index = CopyIndex()
    for page in pages:
        index.add(page.reading())
    return {page.id: [(link.source, link.kind) for link in index.links(page.id) if link.kind != "cites"] for page in pages}


WORDS = "the long green train left the capital in the afternoon while soldiers stood in rows along the platform and a band played old songs of the war"


def test_the_later_page_is_the_copy_and_the_earlier_has_none():
    one = Page("z", "2023-09-12T08:00:00", "Herald").says(WORDS)
    two = Page("a", "2023-09-12T10:00:00", "Mirror").says(WORDS)
    assert _copies(one, two) == {"z": [], "a": [("z", "copy")]}


def test_the_same_words_on_one_host_are_a_version():
    one = Page("a", "2023-09-12T08:00:00", "Herald", url="https://herald.test/train").says(WORDS)
    two = Page("b", "2023-09-12T10:00:00", "Herald", url="https://herald.test/train/amp").says(WORDS + " today")
    assert _copies(one, two)["b"] == [("a", "version")]


def test_a_short_page_cut_from_a_long_one_is_contained():
    rest = " ".join(f"other{number} words{number} here{number}" for number in range(80))
    one = Page("a", "2023-09-12T08:00:00", "Herald").says(f"{WORDS} {rest}")
    two = Page("b", "2023-09-12T10:00:00", "Mirror").says(WORDS)
    assert _copies(one, two)["b"] == [("a", "copy")]


def test_one_quotation_links_two_pages_that_share_nothing_else():
    quote = "“We shall never let go of these islands and their people,”"
    one = Page("a", "2023-09-12T08:00:00", "Herald").says(
        f"{quote} he told the crowd. " + " ".join(f"line{number}" for number in range(60))
    )
    two = Page("b", "2023-09-12T10:00:00", "Mirror").says(
        f"A minister spoke. {quote} were her words. " + " ".join(f"more{number}" for number in range(60))
    )
    assert _copies(one, two)["b"] == [("a", "quotes")]


def test_places_hold_one_another():
    assert relate(VLADIVOSTOK, RUSSIA) is Relation.WITHIN
    assert relate(RUSSIA, VLADIVOSTOK) is Relation.HOLDS
    assert relate(VLADIVOSTOK, VOSTOCHNY) is Relation.APART
    assert relate(PYONGYANG, RUSSIA) is Relation.APART
    assert relate(KHASAN, KHASAN) is Relation.SAME


def test_distance_is_the_great_circle():
    assert distance_km(PYONGYANG, VLADIVOSTOK) == pytest.approx(684, abs=15)


def test_the_border_station_is_on_the_way():
    assert on_the_way(KHASAN, PYONGYANG, VLADIVOSTOK)
    assert not on_the_way(VOSTOCHNY, PYONGYANG, VLADIVOSTOK)


def test_average_linkage_keeps_weak_bridges_apart():
    scores = {(0, 1): 0.9, (2, 3): 0.9, (1, 2): 0.6}
    assert chains([None] * 4, scores, 0.5) == [[0, 1], [2, 3]]  # type: ignore[list-item]
