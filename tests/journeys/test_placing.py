"""Where a telling lies on the ways: points beside a line, regions, rings, great circles in the order of the reports."""

from __future__ import annotations

import pytest

from sightline.journeys.direct import Fix, straight, told_ways
from sightline.journeys.network import great_circle_km
from sightline.journeys.placing import placed
from sightline.journeys.spots import Spot, pointed, spot_of
from sightline.journeys.tellings import Told
from sightline.types import Place, PlaceMention, PlaceRelation, Span
from tests.journeys.made import fork, hour

S = Span(start=0, end=1)


def city(name: str, lat: float, lon: float, kind: str = "city", radius: float = 5.0) -> Place:
    return Place(id=f"test:{name}", name=name, kind=kind, lat=lat, lon=lon, radius_km=radius, country="AA")


def mention(place: Place, text: str | None = None, *others: Place, kind: str = "", km: float | None = None) -> PlaceMention:
    relation = PlaceRelation(kind=kind, distance_km=km, span=S) if kind else None
    return PlaceMention(
        span=S,
        text=text or place.name,
        place=place,
        lat=place.lat,
        lon=place.lon,
        radius_km=place.radius_km,
        relation=relation,
        alternatives=others,
    )


def spot(place: Place) -> Spot:
    found = spot_of(place, None)
    assert found is not None
    return found


def test_a_bare_name_that_a_region_shares_with_a_town_is_the_town() -> None:
    region, town = city("Vor Oblast", 51.0, 40.0, "region", 130.0), city("Vor", 51.6, 39.2)
    assert pointed(region, mention(region, "Vor", town)) == town
    assert pointed(region, mention(region, "Vor region", town)) == region


def test_a_region_tells_the_point_of_the_way_near_it_with_a_slack() -> None:
    region = city("Midland", 50.3, 11.2, "region", 80.0)
    found, network = placed(Told(kind="sighted", place=region, mention=mention(region)), fork(), "Ada", None)
    assert found is not None
    assert found.slack_km >= 80.0
    assert found.words == "Midland"
    assert found.waypoint in network.waypoints


@pytest.mark.parametrize("kind", ["bound", "departed"])
def test_nobody_is_bound_for_the_middle_of_a_region(kind: str) -> None:
    region = city("Midland", 50.3, 11.2, "region", 80.0)
    assert placed(Told(kind=kind, place=region, mention=mention(region)), fork(), "Ada", None)[0] is None


def test_a_country_is_no_point() -> None:
    assert spot_of(city("Aland", 50.0, 10.0, "country", 300.0), None) is None


def test_so_far_from_a_place_is_where_the_way_first_comes_that_near() -> None:
    eik = city("Eik", 50.0, 19.0)
    found, network = placed(Told(kind="passed", place=eik, mention=mention(eik, kind="near", km=100.0)), fork(), "Ada", None)
    assert found is not None
    point = network.waypoints[found.waypoint]
    assert great_circle_km(point.lat, point.lon, 50.0, 19.0) == pytest.approx(100.0, abs=8.0)
    assert point.lon < 19.0


def test_great_circles_follow_the_reports_in_their_order() -> None:
    a, b, c = city("A", 25.0, 56.0), city("B", 12.5, 43.0), city("C", 30.0, 32.5)
    fixes = [Fix(spot=spot(b), earliest=hour(100), latest=hour(104)), Fix(spot=spot(a), earliest=hour(0), latest=hour(4))]
    network = told_ways(fixes, [spot(c)], "sea", 65.0)
    assert {frozenset((line.start, line.end)) for line in network.lines} == {frozenset("AB"), frozenset("BC")}
    assert network.guessed


def test_a_place_too_far_to_have_been_reached_is_not_put_on_the_way() -> None:
    a, b, far = city("A", 50.0, 10.0), city("B", 50.0, 12.0), city("Far", -30.0, 150.0)
    fixes = [Fix(spot=spot(place), earliest=hour(h), latest=hour(h + 1)) for place, h in ((a, 0), (far, 2), (b, 6))]
    network = told_ways(fixes, [], "road", 110.0)
    assert frozenset("AB") in {frozenset((line.start, line.end)) for line in network.lines}


def test_an_airport_and_its_city_are_one_place_seen_from_another_continent() -> None:
    pek, paris, orly = city("Beijing", 39.9, 116.4), city("Paris", 48.86, 2.35), city("Orly Airport", 48.72, 2.36, "airport")
    network = straight([pek, orly, paris], "air")
    assert len(network.waypoints) == 2
    assert network.match(paris) == network.match(orly)


def test_two_places_near_one_another_are_both_reached() -> None:
    places = [city("A", 50.0, 10.0), city("B", 50.0, 14.0), city("C", 50.1, 14.3)]
    network = straight(places, "road")
    assert {n for line in network.lines for n in (line.start, line.end)} == {"A", "B", "C"}
