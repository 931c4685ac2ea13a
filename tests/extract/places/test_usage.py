"""What a place name stands for, and the region that words around it tell."""

from __future__ import annotations

import math

import pytest

from sightline.types import PlaceMention
from tests.extract.places.conftest import Reader


@pytest.mark.parametrize(
    ("text", "name", "use"),
    [
        ("The convoy left Pyongyang at dawn.", "Pyongyang", "literal"),
        ("Thousands marched in Moscow on Sunday.", "Moscow", "literal"),
        ("Pyongyang denied that it had sold shells.", "Pyongyang", "government"),
        ("The ministers discussed the supply of weapons to Moscow.", "Moscow", "government"),
        ("Ties between Seoul and Tokyo have improved.", "Seoul", "government"),
        ("Germany said it would send tents.", "Germany", "government"),
        ("Floods hit southern Germany.", "Germany", "literal"),
        ("The Norwegian ship sank off Bergen.", "Norwegian", "demonym"),
        ("Brazil beat Croatia in the second match of the tournament.", "Brazil", "team"),
    ],
)
def test_use_is_told_apart(read: Reader, text: str, name: str, use: str) -> None:
    assert read(text, name)[0].metonymy == use


@pytest.mark.parametrize("name", ["Ankara", "Berlin", "Canberra", "Norway"])
def test_a_capital_that_denies_something_is_found_and_is_a_government(read: Reader, name: str) -> None:
    found = {m.text: m for m in read(f"The talks failed on Monday.\n\n{name} denied that it had blocked aid.")}
    assert found[name].metonymy == "government"
    assert found[name].place is not None
    assert found[name].place.kind in ("city", "country")


def away(mention: PlaceMention) -> tuple[float, float]:
    """Kilometres north and east from the place to the centre of the region."""
    assert mention.place is not None
    assert mention.lat is not None
    assert mention.lon is not None
    assert mention.place.lat is not None
    assert mention.place.lon is not None
    north = (mention.lat - mention.place.lat) * 111.2
    return north, (mention.lon - mention.place.lon) * 111.2 * math.cos(math.radians(mention.place.lat))


def test_a_distance_and_a_direction_move_the_centre(read: Reader) -> None:
    m = read("Tanks were seen 200 km (125 miles) south of Moscow.", "Moscow")[0]
    assert m.relation is not None
    assert (m.relation.kind, m.relation.distance_km) == ("south", 200.0)
    assert away(m) == pytest.approx((-200.0, 0.0), abs=2.0)
    assert m.radius_km == pytest.approx(50.0)


def test_miles_are_turned_into_kilometres(read: Reader) -> None:
    m = read("The plane fell about 30 miles north-east of Bialystok.", "Bialystok")[0]
    assert m.relation is not None
    assert (m.relation.kind, m.relation.distance_km) == ("northeast", 48.3)
    north, east = away(m)
    assert north == pytest.approx(34.1, abs=1.0)
    assert east == pytest.approx(34.1, abs=1.5)


def test_a_distance_without_a_direction_is_a_disc_that_reaches_it(read: Reader) -> None:
    m = read("The village lies 40 km from Leipzig.", "Leipzig")[0]
    assert m.relation is not None
    assert m.relation.kind == "near"
    assert away(m) == pytest.approx((0.0, 0.0))
    assert (m.radius_km or 0.0) > 40.0


@pytest.mark.parametrize(("words", "kind"), [("near", "near"), ("outside", "outside"), ("off the coast of", "off"), ("north of", "north")])
def test_looser_words_widen_the_region(read: Reader, words: str, kind: str) -> None:
    m = read(f"A ship burned {words} Odesa.", "Odesa")[0]
    assert m.relation is not None
    assert m.place is not None
    assert m.relation.kind == kind
    assert (m.radius_km or 0.0) > m.place.radius_km


def test_a_part_of_a_country_is_smaller_than_the_country(read: Reader) -> None:
    m = read("A quake shook northern Chile.", "Chile")[0]
    assert m.relation is not None
    assert m.place is not None
    assert m.relation.kind == "north"
    assert 0.0 < (m.radius_km or 0.0) < m.place.radius_km
    assert away(m)[0] > 0.0


def test_between_two_places_holds_both(read: Reader) -> None:
    m = read("The coach broke down between Lyon and Geneva.", "Lyon", "Geneva")[1]
    assert m.relation is not None
    assert m.relation.other is not None
    assert (m.relation.kind, m.relation.other.name) == ("between", "Lyon")
    assert 40.0 < (m.radius_km or 0.0) < 90.0


def test_a_border_is_no_point(read: Reader) -> None:
    m = read("Guards met on the border between Poland and Belarus.", "Poland", "Belarus")[1]
    assert m.relation is not None
    assert m.relation.kind == "border"
    assert (m.radius_km or 0.0) > 100.0
