"""Observations from files."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from sightline.journeys.observation_files import ObservationError, load
from tests.journeys.made import fork


def write(folder: Path, name: str, text: str) -> Path:
    (folder / name).write_text(text, encoding="utf-8")
    return folder / name


def test_csv_with_local_times_dates_and_durations(tmp_path: Path) -> None:
    told = load(
        write(
            tmp_path,
            "seen.csv",
            "kind,place,earliest,latest,at,reliability,origin,reported,hours\n"
            "departed,Ada,2031-05-06T08:00,2031-05-06T12:00,,.9,radio,,\n"
            "passed,bel,,,2031-05-06T12:15+03:00,,,2031-05-06T11:00Z,\nexpected,Eik,2031-05-07,2031-05-07,,,,,\nduration,Eik,,,,,,,18-24\n",
        ),
        fork(),
    )
    assert told[0].interval.earliest == datetime(2031, 5, 6, 6, tzinfo=UTC)
    assert told[1].place == "Bel"
    assert told[1].interval.earliest == told[1].interval.latest == datetime(2031, 5, 6, 9, 15, tzinfo=UTC)
    assert told[1].origin == "line 3"
    assert told[2].interval.latest == datetime(2031, 5, 7, 21, 59, 59, tzinfo=UTC)
    assert told[3].hours == (18.0, 24.0)


def test_json_lines(tmp_path: Path) -> None:
    told = load(
        write(
            tmp_path,
            "seen.jsonl",
            '{"kind": "bound", "place": "country:BB", "reliability": 0.5, "claims": ["a", "b"]}\n\n'
            '{"kind": "sighted", "place": "Cyl", "interval": {"earliest": "2031-05-06T08:00Z", "latest": "2031-05-06T09:00Z"}}\n',
        ),
        fork(),
    )
    assert told[0].place == "country:BB"
    assert told[0].claims == ("a", "b")
    assert told[1].interval.latest == datetime(2031, 5, 6, 9, tzinfo=UTC)


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("nonsense", "not JSON"),
        ("[1]", "not a JSON object"),
        ('{"kind": "flew", "place": "Ada"}', "none of"),
        ('{"kind": "passed", "place": "Zed"}', "no single waypoint"),
        ('{"kind": "passed", "place": "Bel"}', "needs a time"),
        ('{"kind": "passed", "place": "Bel", "at": "noon"}', "ISO 8601"),
        ('{"kind": "passed", "place": "Bel", "at": "2031-05-06", "reliability": 7}', "not from 0 to 1"),
        ('{"kind": "duration", "place": "Bel"}', "needs hours"),
        ('{"kind": "passed", "place": "Bel", "earliest": "2031-05-07", "latest": "2031-05-06"}', "ends before"),
        ('{"kind": "duration", "place": "Bel", "hours": "-3"}', "no number or range|no positive"),
    ],
)
def test_a_bad_line_says_where_and_what(tmp_path: Path, line: str, says: str) -> None:
    with pytest.raises(ObservationError, match=f"line 1.*({says})"):
        load(write(tmp_path, "seen.jsonl", line), fork())


def test_an_empty_or_missing_file_is_one_error(tmp_path: Path) -> None:
    with pytest.raises(ObservationError, match="no observations"):
        load(write(tmp_path, "seen.jsonl", "\n"), fork())
    with pytest.raises(ObservationError, match="cannot be read"):
        load(tmp_path / "missing.csv", fork())
