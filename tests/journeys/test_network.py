"""Networks: files, names, routes, distances."""

import json
from pathlib import Path

import pytest

from sightline.journeys import Line, Network, NetworkError, Waypoint
from sightline.journeys.network import great_circle_km
from sightline.journeys.network_files import from_csv, from_geojson, to_geojson
from sightline.journeys.routes import divided, route
from sightline.types import Place
from tests.journeys.made import TRAIN, fork


def collection(*features: dict[str, object]) -> str:
    return json.dumps({"type": "FeatureCollection", "features": list(features)})


def line(a: object, b: object, coordinates: object, **more: object) -> dict[str, object]:
    return {"type": "Feature", "geometry": {"type": "LineString", "coordinates": coordinates}, "properties": {"a": a, "b": b, **more}}


def test_geojson_of_lines_alone_is_a_network() -> None:
    network = from_geojson(
        collection(line("Here", "There", [[10, 50], [11, 50]], km=80, cls="main"), line("There", "Yonder", [[11, 50], [12, 50]]))
    )
    assert set(network.waypoints) == {"Here", "There", "Yonder"}
    assert network.lines[0].km == 80
    assert network.lines[1].km == pytest.approx(great_circle_km(50, 11, 50, 12))


def test_points_give_waypoints_their_zone_country_and_aliases() -> None:
    point = {
        "type": "Feature",
        "geometry": {"type": "Point", "coordinates": [10, 50]},
        "properties": {"id": "h", "name": "Here", "zone": "Europe/Berlin", "aliases": ["Hier"], "kind": "border", "country": "DE"},
    }
    network = from_geojson(collection(point, line("h", "There", [[10, 50], [11, 50]])))
    found = network.find("hier")
    assert found is not None
    assert (found.id, found.zone, found.kind) == ("h", "Europe/Berlin", "border")


def test_a_network_is_read_back_as_it_was_written(tmp_path: Path) -> None:
    file = tmp_path / "fork.geojson"
    file.write_text(to_geojson(fork()), encoding="utf-8")
    again = Network.load(file)
    assert dict(again.waypoints) == dict(fork().waypoints)
    assert [(one.start, one.end, one.km) for one in again.lines] == [(one.start, one.end, one.km) for one in fork().lines]


def test_a_list_of_waypoints_with_kilometres_is_a_line() -> None:
    network = from_csv("name,km,lat,lon,class,line\nA,0,50,10,,x\nB,70,50,11,slow,x\nC,100,50,12,,x\nB,0,50,11,,y\nD,40,51,11,,y\n")
    assert route(network, ["A", "D"], TRAIN).km == 110
    assert network.lines[0].cls == "slow"


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("not json", "no GeoJSON"),
        (collection(), "no lines"),
        (collection(line("A", "A", [[1, 1], [2, 2]])), "two different"),
        (collection(line("A", "B", [[1, 1], [2, 2]], km="far")), "not a number"),
        (collection(line("A", "B", [[1, 1], [2, 2]], km=-3)), "above 0"),
        (collection(line("A", "B", [[1, 120], [2, 2]])), "outside"),
        (collection(line("A", "B", [[1, 1]])), "two points"),
        (collection({"type": "Feature", "geometry": None, "properties": {}}), "feature 0"),
    ],
)
def test_a_bad_network_says_where_and_what(text: str, says: str) -> None:
    with pytest.raises(NetworkError, match=says):
        from_geojson(text, where="net.geojson")


@pytest.mark.parametrize("name", ["missing.geojson", "file.xyz"])
def test_a_missing_or_strange_file_is_one_clear_error(tmp_path: Path, name: str) -> None:
    if name.endswith("xyz"):
        (tmp_path / name).write_text("x")
    with pytest.raises(NetworkError, match=name):
        Network.load(tmp_path / name)


def test_kilometres_that_do_not_increase_are_an_error() -> None:
    with pytest.raises(NetworkError, match="line 3"):
        from_csv("name,km,lat,lon\nA,10,50,10\nB,5,50,11\n")


def test_names_are_found_loosely_but_never_guessed() -> None:
    network = Network(
        [Waypoint(id=n, name=n, lat=50, lon=10 + i) for i, n in enumerate(["Tver-1", "Tverskaya", "Old Town", "Old Port"])], []
    )
    assert network.find("tver").id == "Tver-1"  # type: ignore[union-attr]
    assert network.find("Old") is None
    assert network.find("") is None
    assert network.find("Nowhere") is None


def test_a_gazetteer_place_is_matched_by_name_or_nearness() -> None:
    network = fork()
    assert network.match(Place(id="x", name="Bel", kind="city", lat=50.01, lon=12.5)).id == "Bel"  # type: ignore[union-attr]
    assert network.match(Place(id="x", name="Belville", kind="city", lat=50.05, lon=12.5)).id == "Bel"  # type: ignore[union-attr]
    assert network.match(Place(id="x", name="Bel", kind="city", lat=-30.0, lon=12.5)) is None


def test_a_point_beside_a_line_becomes_a_waypoint_on_it() -> None:
    cut = fork().with_point("Halt", 50.02, 11.25)
    assert cut is not None
    network, halt = cut
    assert route(network, ["Ada", "Halt"], TRAIN).km == pytest.approx(100, abs=0.5)
    assert route(network, ["Ada", "Eik"], TRAIN).km == pytest.approx(750)
    assert halt.lat == pytest.approx(50.0)
    assert fork().with_point("Off", 53.0, 11.25) is None


def test_the_quickest_way_is_not_always_the_shortest() -> None:
    points = [Waypoint(id=n, name=n, lat=50, lon=10 + i) for i, n in enumerate("ABC")]
    network = Network(
        points, [Line(start="A", end="C", km=100, cls="slow"), Line(start="A", end="B", km=70), Line(start="B", end="C", km=70)]
    )
    assert [s.waypoint for s in route(network, ["A", "C"], TRAIN).stops] == ["A", "B", "C"]


def test_there_and_back_visits_places_twice() -> None:
    way = route(fork(), ["Ada", "Dov", "Ada"], TRAIN)
    assert way.km == 900
    assert len(way.visits("Bel")) == 2
    assert [s.halt for s in way.stops if s.waypoint == "Dov"] == ["visit"]


def test_no_way_is_an_error() -> None:
    network = Network([Waypoint(id=n, name=n, lat=50, lon=10 + i) for i, n in enumerate("AB")], [])
    with pytest.raises(NetworkError, match="no line leads from A to B"):
        route(network, ["A", "B"], TRAIN)


def test_division_keeps_length_and_ends() -> None:
    way = route(fork(), ["Ada", "Eik"], TRAIN)
    fine = divided(way, 40.0)
    assert fine.km == pytest.approx(way.km)
    assert sum(km for s in fine.stops for _, km in s.legs) == pytest.approx(way.km)
    assert fine.visits("Dov") == tuple(i for i, s in enumerate(fine.stops) if s.waypoint == "Dov" and not s.virtual)
    assert max(b.km - a.km for a, b in zip(fine.stops, fine.stops[1:], strict=False)) <= 40.0 + 1e-9


@pytest.mark.parametrize(
    ("properties", "says"),
    [({"mode": "teleport"}, "none of rail, road"), ({"gauge_mm": "wide"}, "millimetres")],
)
def test_modes_and_gauges_are_checked(properties: dict[str, object], says: str) -> None:
    with pytest.raises(NetworkError, match=says):
        from_geojson(collection(line("A", "B", [[1, 1], [2, 2]], **properties)), where="net.geojson")


def test_a_zone_that_is_none_is_told_where_it_stands() -> None:
    with pytest.raises(NetworkError, match="no IANA time zone"):
        from_csv("name,km,lat,lon,zone\nA,0,50,10,Europe/Berlin\nB,5,50,11,Mars/Base\n")


def test_one_waypoint_is_no_line() -> None:
    with pytest.raises(NetworkError, match="two waypoints"):
        from_csv("name,km,lat,lon\nA,0,50,10\n")
