"""Pictures and files of a forecast: well formed, escaped, true to the figures."""

import csv
import io
import json
import xml.etree.ElementTree as ET
from datetime import UTC, datetime, timedelta

import pytest

from sightline.show.journeys import czml, densities, geojson, gpx, marey, page, pictures, plain, position_map, table, weights
from sightline.types import DestinationForecast, Forecast, Interval, Observation, Passage, PositionShare, Quantiles, Reason

T0 = datetime(2031, 5, 6, tzinfo=UTC)
EVIL = 'Bad "Town" <script>&'


def at(h: float) -> datetime:
    return T0 + timedelta(hours=h)


def spread(middle: float, width: float = 1.0) -> Quantiles:
    return Quantiles(
        median=at(middle),
        low50=at(middle - width),
        high50=at(middle + width),
        low80=at(middle - 2 * width),
        high80=at(middle + 2 * width),
        low90=at(middle - 2.5 * width),
        high90=at(middle + 2.5 * width),
        low95=at(middle - 3 * width),
        high95=at(middle + 3 * width),
    )


def forecast(hours: float = 8.0, probability: float = 0.7, names: tuple[str, str] = ("Eik", EVIL)) -> Forecast:
    places = [("Ada", 0.0, 0.5, 50.0, 10.0), ("Bel", 200.0, 5.0, 50.0, 12.5), (names[0], 400.0, 12.0, 50.0, 15.0)]
    return Forecast(
        journey="the tsar",
        as_of=at(hours),
        headline=f"{names[0]}: soon",
        destinations=tuple(
            DestinationForecast(
                place=n,
                name=n,
                probability=p,
                zone="Europe/Berlin",
                arrival=spread(m),
                arrived=0.1,
                density=tuple((at(m + x / 2), max(0.0, 0.3 - abs(x) / 20)) for x in range(-6, 7)),
            )
            for n, p, m in ((names[0], probability, 12.0), (names[1], 1 - probability, 15.0))
        ),
        position=(
            PositionShare(start="Ada", end="Bel", probability=0.6, lat=50, lon=11, path=((50.0, 10.0), (50.0, 12.5))),
            PositionShare(start="Bel", end="Bel", probability=0.4, lat=50, lon=12.5),
        ),
        passages=tuple(
            Passage(place=n, name=n, destination=names[0], km=km, time=spread(m), lat=lat, lon=lon, zone="Europe/Berlin")
            for n, km, m, lat, lon in places
        ),
        observations=(
            Observation(
                kind="passed", place="Bel", interval=Interval(earliest=at(4), latest=at(6)), reliability=0.8, origin="crew", label=EVIL
            ),
        ),
        reasons=(Reason(origin="crew", text=f"Without {EVIL} nothing would change.", shift_hours=0.0, probability_change=0.0),),
        next_sighting="A sighting at Bel would tell most.",
        infeasible=("Not this.",),
        assumptions=("That.",),
    )


@pytest.mark.parametrize(
    "svg",
    [marey(forecast()), densities(forecast()), position_map(forecast(), alone=True), weights([forecast(2, 0.2), forecast(8, 0.9)])],
    ids=["marey", "densities", "map", "weights"],
)
def test_pictures_are_well_formed_and_escaped(svg: str) -> None:
    root = ET.fromstring(svg)
    assert root.tag.endswith("svg")
    assert "<script" not in svg
    assert "nan" not in svg.lower()


def test_empty_forecasts_draw_nothing_and_do_not_fail() -> None:
    empty = Forecast(journey="", as_of=at(0), headline="")
    assert [marey(empty), densities(empty), position_map(empty), weights([empty]), weights([])] == [""] * 5
    assert pictures(empty) == []
    for text in (geojson(empty), czml(empty)):
        json.loads(text)
    ET.fromstring(gpx(empty).split("\n", 1)[1])
    assert plain(empty)


def test_a_picture_for_each_question() -> None:
    assert [title for title, _ in pictures(forecast(), [forecast(2, 0.2), forecast()])] == [
        "When they will arrive",
        "Where they are now",
        "Kilometres against time",
        "How the destinations' probabilities moved",
    ]


def test_the_stack_names_the_report_that_moved_it() -> None:
    early = forecast(2, 0.2)
    early = Forecast(**{**{f: getattr(early, f) for f in early.__struct_fields__}, "observations": ()})
    assert "Bad &quot;Town&quot;" in weights([early, forecast(8, 0.9)])


def test_geojson_has_positions_passages_and_destinations() -> None:
    data = json.loads(geojson(forecast()))
    kinds = [f["properties"]["what"] for f in data["features"]]
    assert kinds == ["position"] * 2 + ["passage"] * 3 + ["destination"] * 2
    assert data["features"][0]["geometry"] == {"type": "LineString", "coordinates": [[10.0, 50.0], [12.5, 50.0]]}
    assert data["features"][-1]["geometry"] is None
    assert data["features"][-2]["geometry"]["coordinates"] == [15.0, 50.0]


def test_czml_is_a_median_and_says_so() -> None:
    packets = json.loads(czml(forecast()))
    assert packets[0]["id"] == "document"
    assert "not a track" in packets[1]["name"]
    assert packets[1]["position"]["cartographicDegrees"][:4] == ["2031-05-06T00:30:00Z", 10.0, 50.0, 0.0]


def test_gpx_is_a_median_and_says_so() -> None:
    root = ET.fromstring(gpx(forecast()).split("\n", 1)[1])
    names = [e.text for e in root.iter() if e.tag.endswith("name")]
    assert names[0] is not None
    assert names[0].startswith("Median of a forecast, not a track")
    assert len([e for e in root.iter() if e.tag.endswith("rtept")]) == 3


def test_csv_has_a_row_for_everything_and_no_formulas() -> None:
    rows = list(csv.DictReader(io.StringIO(table(forecast(names=("=1+1", "Fen"))))))
    assert [r["what"] for r in rows].count("destination") == 2
    assert not any(cell.startswith("=") for r in rows for cell in r.values())


def test_text_and_page_tell_the_same() -> None:
    text = plain(forecast())
    for part in ("Eik: soon", "70.0%", "between Ada and Bel", "Not this.", "That.", "A sighting at Bel"):
        assert part in text
    html = page(forecast(), [forecast(2, 0.2), forecast()])
    assert "<script>&" not in html
    assert html.count('class="state"') == 2
    assert 'type="range"' in html
    assert 'type="range"' not in page(forecast())
