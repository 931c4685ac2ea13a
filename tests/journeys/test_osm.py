"""Networks from OpenStreetMap: stations on lines, junctions, sidings left out."""

from pathlib import Path

import pytest

from sightline.journeys import NetworkError
from sightline.journeys.osm import Track, assemble, import_osm
from sightline.journeys.routes import route
from tests.journeys.made import TRAIN


def track(*nodes: tuple[int, float, float], cls: str = "main") -> Track:
    return Track(nodes=[n for n, _, _ in nodes], points=[(lat, lon) for _, lat, lon in nodes], cls=cls, gauge=1435)


STATIONS = [
    ("West", 50.0, 10.0, "station"),
    ("Mid", 50.001, 10.5, "station"),
    ("East", 50.0, 11.0, "station"),
    ("North", 50.5, 10.5, "halt"),
]
TRACKS = [
    track((1, 50.0, 10.0), (2, 50.0, 10.25), (3, 50.0, 10.5)),
    track((3, 50.0, 10.5), (4, 50.0, 10.7)),
    track((4, 50.0, 10.7), (5, 50.0, 11.0)),
    track((4, 50.0, 10.7), (6, 50.5, 10.5), cls="branch"),
    track((2, 50.0, 10.25), (7, 50.05, 10.25)),
]


def test_lines_run_from_station_to_station_and_dead_ends_go() -> None:
    network = assemble(TRACKS, STATIONS)
    assert {w.name for w in network.waypoints.values()} == {"West", "Mid", "East", "North", "junction 4"}
    assert {frozenset((line.start, line.end)) for line in network.lines} == {
        frozenset(("West", "Mid")),
        frozenset(("Mid", "node 4")),
        frozenset(("node 4", "East")),
        frozenset(("node 4", "North")),
    }
    assert route(network, ["West", "East"], TRAIN).km == pytest.approx(71.7, abs=0.3)
    assert next(line for line in network.lines if "North" in (line.start, line.end)).cls == "branch"


def test_stations_far_from_any_line_and_networks_without_stations() -> None:
    with pytest.raises(NetworkError, match="no named station"):
        assemble(TRACKS, [("Elsewhere", 10.0, 10.0, "station")])


def test_an_extract_is_read(tmp_path: Path) -> None:
    pytest.importorskip("osmium")
    nodes = "".join(
        f'<node id="{i}" lat="{lat}" lon="{lon}" version="1">{tags}</node>'
        for i, lat, lon, tags in [
            (1, 50.0, 10.0, '<tag k="railway" v="station"/><tag k="name" v="Anfang"/><tag k="name:en" v="Beginning"/>'),
            (2, 50.0, 10.4, ""),
            (3, 50.0, 10.8, '<tag k="railway" v="station"/><tag k="name" v="Ende"/>'),
        ]
    )
    ways = "".join(
        f'<way id="{i}" version="1">' + "".join(f'<nd ref="{n}"/>' for n in refs) + f"{tags}</way>"
        for i, refs, tags in [
            (10, (1, 2), '<tag k="railway" v="rail"/><tag k="gauge" v="1520"/>'),
            (11, (2, 3), '<tag k="railway" v="rail"/>'),
            (12, (1, 3), '<tag k="railway" v="rail"/><tag k="service" v="yard"/>'),
        ]
    )
    file = tmp_path / "extract.osm"
    file.write_text(f'<?xml version="1.0"?><osm version="0.6">{nodes}{ways}</osm>', encoding="utf-8")
    network = import_osm(file)
    assert set(network.waypoints) == {"Beginning", "Ende"}
    assert network.lines[0].km == pytest.approx(57.3, abs=0.3)
    assert network.lines[0].gauge_mm == 1520


@pytest.mark.parametrize("kind", ["osm.pbf", "osm"])
def test_the_packed_form_and_the_plain_one_give_the_same_network(tmp_path: Path, kind: str) -> None:
    osmium = pytest.importorskip("osmium")
    mutable = pytest.importorskip("osmium.osm.mutable")
    writer = osmium.SimpleWriter(str(tmp_path / f"small.{kind}"))
    station = {"railway": "station"}
    for number, lon, lat, tags in (
        (1, 10.0, 50.0, {**station, "name": "Anfang"}),
        (2, 10.4, 50.0, {}),
        (3, 10.8, 50.0, {**station, "name": "Ende"}),
        (4, 10.4, 50.3, {"railway": "halt", "name": "Nord"}),
    ):
        writer.add_node(mutable.Node(id=number, location=(lon, lat), tags=tags, version=1))
    for number, nodes, usage in ((10, [1, 2], "main"), (11, [2, 3], "main"), (12, [2, 4], "branch")):
        writer.add_way(mutable.Way(id=number, nodes=nodes, tags={"railway": "rail", "usage": usage}, version=1))
    writer.close()
    network = import_osm(tmp_path / f"small.{kind}")
    assert {w.name for w in network.waypoints.values()} == {"Anfang", "Ende", "Nord", "junction 2"}
    assert sorted(line.cls for line in network.lines) == ["branch", "main", "main"]


def test_what_cannot_be_imported_says_why(tmp_path: Path) -> None:
    pytest.importorskip("osmium")
    with pytest.raises(NetworkError, match="cannot be read"):
        import_osm(tmp_path / "missing.osm.pbf")
    with pytest.raises(NetworkError, match="no import for"):
        import_osm(tmp_path / "missing.osm.pbf", mode="sea")
    (tmp_path / "bad.osm.pbf").write_bytes(b"nonsense")
    with pytest.raises(NetworkError, match="bad"):
        import_osm(tmp_path / "bad.osm.pbf")
