"""The map: labels that never collide, places far from all others told at the edge, whatever the places are."""

from __future__ import annotations

import itertools
import random
import re
from html import unescape

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sightline.show.map import HEIGHT, LABEL_HEIGHT, LETTER, WIDTH, Spot, map_svg

TEXT = re.compile(r'<text x="([\d.-]+)" y="([\d.-]+)"(?: text-anchor="(\w+)")?>([^<]+)</text>')
CIRCLE = re.compile(r'<circle class="spot[^"]*" cx="([\d.-]+)" cy="([\d.-]+)" r="([\d.]+)"')


def boxes(drawn: str) -> list[tuple[float, float, float, float]]:
    found = []
    for x, y, anchor, words in TEXT.findall(drawn):
        width, at = len(unescape(words)) * LETTER, float(x)
        left = {"": at, "end": at - width, "middle": at - width / 2}[anchor]
        found.append((left, float(y) - LABEL_HEIGHT + 3, left + width, float(y) + 3))
    return found


def collide(a: tuple[float, float, float, float], b: tuple[float, float, float, float]) -> bool:
    # A tenth is what rounding to one decimal can make of two that touch.
    return a[0] + 0.1 < b[2] and b[0] + 0.1 < a[2] and a[1] + 0.1 < b[3] and b[1] + 0.1 < a[3]


def crowd(seed: int, number: int = 30, spread: float = 3.0) -> list[Spot]:
    chance = random.Random(seed)
    return [
        Spot(lat=50 + chance.gauss(0, spread), lon=20 + chance.gauss(0, spread), label=f"Novo{'x' * chance.randint(1, 14)} {place}",
             weight=chance.randint(1, 12))
        for place in range(number)
    ]  # fmt: skip


@pytest.mark.parametrize("seed", range(12))
def test_the_labels_of_thirty_places_do_not_collide_with_each_other_or_with_dots(seed: int) -> None:
    drawn = map_svg(crowd(seed))
    labels = boxes(drawn)
    assert len(labels) >= 8
    assert not [pair for pair in itertools.combinations(labels, 2) if collide(*pair)]
    dots = [(float(x) - float(r), float(y) - float(r), float(x) + float(r), float(y) + float(r)) for x, y, r in CIRCLE.findall(drawn)]
    assert not [(label, dot) for label in labels for dot in dots if collide(label, dot)]


def test_the_heaviest_places_keep_their_labels() -> None:
    spots = crowd(3)
    named = {words for *_, words in TEXT.findall(map_svg(spots))}
    heaviest = sorted(spots, key=lambda spot: (-spot.weight, spot.label))
    assert {spot.label for spot in heaviest[:3]} <= named
    assert sum(spot.label in named for spot in heaviest[:10]) >= sum(spot.label in named for spot in heaviest[-10:])


def test_a_place_left_without_a_label_still_tells_its_name_on_pointing() -> None:
    drawn = map_svg([Spot(lat=50, lon=20 + step / 1000, label=f"Town {step}") for step in range(9)])
    assert len(boxes(drawn)) < 9
    assert all(f"<title>Town {step}</title>" in drawn for step in range(9))


def test_a_light_place_far_off_is_told_at_the_edge() -> None:
    heap = [Spot(lat=43 + step / 4, lon=132 + step / 5, label=f"Port {step}", weight=6) for step in range(8)]
    drawn = map_svg([*heap, Spot(lat=23, lon=113, label="Far", weight=1)])
    assert 'class="off"' in drawn and "Far, off this map" in drawn and ">Far</text>" in drawn
    assert all(0 <= float(x) <= WIDTH and 0 <= float(y) <= HEIGHT for x, y, _ in CIRCLE.findall(drawn))


def test_a_far_place_that_matters_is_shown_where_it_is() -> None:
    heap = [Spot(lat=43 + step / 4, lon=132 + step / 5, label=f"Port {step}", weight=2) for step in range(8)]
    assert 'class="off"' not in map_svg([*heap, Spot(lat=23, lon=113, label="Far", weight=9)])


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.builds(
            Spot,
            lat=st.floats(-90, 90),
            lon=st.floats(-180, 180),
            label=st.text(min_size=1, max_size=20),
            weight=st.integers(1, 200),
            radius_km=st.floats(0, 5000),
        ),
        max_size=12,
    )
)
def test_any_places_can_be_drawn(spots: list[Spot]) -> None:
    drawn = map_svg(spots)
    assert bool(drawn) == bool(spots)
    assert "nan" not in re.sub(r">[^<]*<", "><", drawn)
    assert not [pair for pair in itertools.combinations(boxes(drawn), 2) if collide(*pair)]
