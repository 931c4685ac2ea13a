"""``sightline journey``: answers, formats, and one line where something is wrong."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from sightline.cli.journeys import app
from sightline.journeys.network_files import to_geojson
from tests.journeys.made import fork

run = CliRunner()


@pytest.fixture
def files(tmp_path: Path) -> list[str]:
    network, seen = tmp_path / "net.geojson", tmp_path / "seen.csv"
    network.write_text(to_geojson(fork()), encoding="utf-8")
    seen.write_text(
        "kind,place,earliest,latest,reliability,origin,reported\ndeparted,Ada,2031-05-06T00:00Z,2031-05-06T02:00Z,.9,radio,2031-05-06T03:00Z\n"
        "passed,Bel,2031-05-06T04:00Z,2031-05-06T06:00Z,.8,crew,2031-05-06T07:00Z\nbound,Eik,,,.6,ministry,2031-05-06T03:00Z\n",
        encoding="utf-8",
    )
    return ["--network", str(network), "--observations", str(seen), "--class", "passenger-train"]


def test_the_headline_comes_first(files: list[str]) -> None:
    result = run.invoke(app, ["forecast", *files, "--as-of", "2031-05-06T08:00Z"])
    assert result.exit_code == 0, result.output
    assert result.output.startswith("Eik: ")


@pytest.mark.parametrize("form", ["json", "geojson", "czml"])
def test_machine_formats_parse(files: list[str], form: str) -> None:
    json.loads(run.invoke(app, ["forecast", *files, "--format", form]).output)


@pytest.mark.parametrize("form", ["html", "csv", "gpx"])
def test_other_formats_are_written(files: list[str], form: str, tmp_path: Path) -> None:
    out = tmp_path / "out"
    assert run.invoke(app, ["forecast", *files, "--format", form, "--output", str(out), "--series"]).exit_code == 0
    assert out.stat().st_size > 300


def test_a_series_has_a_forecast_for_each_instant(files: list[str]) -> None:
    series = json.loads(run.invoke(app, ["forecast", *files, "--format", "json", "--series", "--as-of", "2031-05-06T12:00Z"]).output)
    assert [f["as_of"][:16] for f in series] == ["2031-05-06T03:00", "2031-05-06T07:00", "2031-05-06T12:00"]


def test_where_and_explain(files: list[str]) -> None:
    assert "between Bel and" in run.invoke(app, ["where", *files, "--as-of", "2031-05-06T07:30Z"]).output
    explained = run.invoke(app, ["explain", *files]).output
    assert "Reports used" in explained
    assert "ministry" in explained


def test_calibration_tells_its_coverage(files: list[str]) -> None:
    result = run.invoke(
        app,
        [
            "calibrate",
            "--network",
            files[1],
            "--from",
            "Ada",
            "--to",
            "Eik",
            "--to",
            "Fen",
            "--journeys",
            "30",
            "--class",
            "passenger-train",
        ],
    )
    assert result.exit_code == 0, result.output
    assert "80%" in result.output


def test_a_network_is_brought_in(files: list[str], tmp_path: Path) -> None:
    listed = tmp_path / "line.csv"
    listed.write_text("name,km,lat,lon\nA,0,50,10\nB,80,50,11\n", encoding="utf-8")
    result = run.invoke(app, ["network", "import", str(listed), "--output", str(tmp_path / "line.geojson")])
    assert result.exit_code == 0
    assert "2 waypoints, 1 lines, 80 km" in result.output
    assert run.invoke(app, ["network", "show", str(tmp_path / "line.geojson")]).exit_code == 0


@pytest.mark.parametrize(
    ("more", "says"),
    [
        (["--to", "Atlantis"], "no single waypoint 'Atlantis'"),
        (["--class", "carpet"], "no vehicle class"),
        (["--hours", "x"], "FROM-TO"),
        (["--to", "Eik=x"], "PLACE=WEIGHT"),
        (["--network", "missing.geojson"], "cannot be read"),
    ],
)
def test_what_is_wrong_is_one_line(files: list[str], more: list[str], says: str) -> None:
    result = run.invoke(app, ["forecast", *files, *more])
    assert result.exit_code in (1, 2)
    assert says in result.output
    assert "Traceback" not in result.output


def test_reports_or_observations_but_one_of_them() -> None:
    result = run.invoke(app, ["forecast"])
    assert result.exit_code == 2
    assert "--observations" in result.output
