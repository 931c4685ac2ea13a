"""Places that are found whatever the name model calls them."""

from __future__ import annotations

import pytest

from sightline.extract.places import find_places
from sightline.gazetteer import Gazetteer
from sightline.language import read
from sightline.types import Report


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Kim Jong-un arrived at the Vostochny cosmodrome at around 1 p.m. on Wednesday, agencies reported.", "Vostochny Cosmodrome"),
        ("The rocket stands at the Baikonur cosmodrome, the space agency said.", "Baikonur Cosmodrome"),
    ],
)
def test_a_place_of_the_tables_is_known_by_its_name_and_kind(text: str, name: str) -> None:
    found = find_places(next(read([text])), Gazetteer.load(), Report(id="a", text=text))
    assert name in [mention.place.name for mention in found if mention.place is not None]


def test_a_name_joined_by_hyphens_is_not_cut() -> None:
    text = "The column left Rostov-on-Don on Saturday."
    found = find_places(next(read([text])), Gazetteer.load(), Report(id="a", text=text))
    assert [mention.text for mention in found] == ["Rostov-on-Don"]


def test_nautical_miles_are_longer_than_miles() -> None:
    text = "The tanker was 100 nautical miles southeast of Aden on Friday."
    (found,) = find_places(next(read([text])), Gazetteer.load(), Report(id="a", text=text))
    assert found.relation is not None
    assert found.relation.distance_km == pytest.approx(185.2)
