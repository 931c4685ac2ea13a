"""The dossier: one file, hostile text harmless, every claim linked to its words."""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sightline.show.dossier import content_hash, dossier
from sightline.show.exports import FORMATS
from sightline.show.map import Spot, map_svg
from sightline.show.markup import Mark, marks_of, paragraphs, pieces
from sightline.show.pages import asset
from sightline.show.picture import picture_json, picture_schema
from sightline.show.replay import html_json, state
from sightline.show.words import printable, when
from sightline.types import Interval, Span
from tests.show.sample import HOSTILE, readings, story


def made() -> str:
    states = [state(datetime(2024, 3, day, tzinfo=UTC), story(), None) for day in (4, 5)]
    return dossier([story()], readings(), {}, replays={"s1": states}, parties={"state:FI": "Finland"})


def test_the_file_stands_alone() -> None:
    page = made()
    assert not re.search(r'<(?:script|img|link|iframe)[^>]+(?:src|href)=(?!"data:)', page)
    assert f"'sha256-{content_hash(asset('sightline.js'))}'" in page and f"'sha256-{content_hash(asset('sightline.css'))}'" in page
    assert len(page) < 400_000


def test_hostile_text_stays_text() -> None:
    page = made()
    assert "<script>alert" not in page and "<img src=x" not in page and "\x1b" not in page.replace("\x1b[31m", "")
    assert "javascript:" not in page


def test_evidence_leads_to_the_words() -> None:
    page = made()
    links = re.findall(r'href="#r-([^"]+)-(\d+)-(\d+)"', page)
    assert links
    for report, start, end in links:
        block = page.split(f'id="report-{report}"')[1].split("</article>")[0]
        starts = {int(value) for value in re.findall(r'data-start="(\d+)"', block)}
        assert any(int(start) <= value < int(end) for value in starts)


def test_the_story_is_told_with_grades_and_reasons() -> None:
    page = made()
    for words in (
        "The ferry Aurora leaves Turku",
        "one origin",
        "One origin: the port authority.",
        "Sunday against Monday.",
        "When will the ferry reach Stockholm?",
    ):
        assert words in page


@given(st.text(max_size=60), st.lists(st.tuples(st.integers(0, 60), st.integers(0, 60)), max_size=8))
def test_pieces_are_the_text_to_the_letter(text: str, ends: list[tuple[int, int]]) -> None:
    marks = [Mark(span=Span(min(pair), max(pair)), layer="time", key=f"t{place}", note="") for place, pair in enumerate(ends)]
    found = pieces(text, marks)
    assert "".join(piece.text for piece in found) == text
    for piece in found:
        assert text[piece.start : piece.end] == piece.text
        for mark in piece.marks:
            assert mark.span.start <= piece.start and piece.end <= mark.span.end
    for paragraph in paragraphs(found):
        for piece in paragraph:
            assert text[piece.start : piece.end] == piece.text and "\n" not in piece.text


def test_every_mention_of_a_reading_is_marked() -> None:
    reading = readings()[0]
    layers = {mark.layer.split()[0] for mark in marks_of(reading)}
    assert {"claim", "time", "speech"} <= layers


@given(st.recursive(st.text() | st.integers(), lambda inner: st.lists(inner, max_size=3), max_leaves=10))
def test_json_in_a_page_cannot_close_its_element(value: object) -> None:
    text = html_json(value)
    assert "<" not in text and json.loads(text) == value


def test_the_picture_fits_its_schema() -> None:
    jsonschema = pytest.importorskip("jsonschema")
    data = json.loads(picture_json([story()], readings(), {}))
    jsonschema.validate(data, picture_schema())
    assert data["claims"]


@pytest.mark.parametrize("name", FORMATS)
def test_each_form_is_made_and_is_the_same_twice(name: str) -> None:
    first, second = (FORMATS[name].make(story(), readings()) for _ in range(2))
    assert first and first == second


def test_csv_holds_no_formulas() -> None:
    from sightline.show.exports.tables import _harmless

    assert _harmless("=1+1") == "'=1+1" and _harmless("plain") == "plain" and _harmless(3) == 3


def test_geojson_has_a_point_or_null_for_every_event() -> None:
    data = json.loads(FORMATS["geojson"].make(story(), readings()))
    assert data["type"] == "FeatureCollection"
    assert {feature["properties"]["event"] for feature in data["features"]} == {"e1", "e2"}
    assert data["features"][0]["geometry"]["coordinates"] == [22.27, 60.45]


def test_web_annotations_select_the_words() -> None:
    data = json.loads(FORMATS["annotations"].make(story(), readings()))
    texts = {reading.report.id: reading.report.text for reading in readings()}
    for item in data["items"]:
        position, quote = item["target"]["selector"]
        report = item["id"].removeprefix("urn:sightline:claim:").partition("#")[0]
        assert texts[report][position["start"] : position["end"]] == quote["exact"]


def test_bibtex_braces_balance() -> None:
    text = FORMATS["bibtex"].make(story(), readings()).decode()
    plain = text.replace(r"\{", "").replace(r"\}", "")
    assert plain.count("{") == plain.count("}") and text.count("@online") == 2


def test_a_map_is_clipped_to_its_places_and_labels_do_not_collide() -> None:
    spots = [
        Spot(lat=60.45, lon=22.27, label="Turku", weight=3),
        Spot(lat=60.46, lon=22.28, label="Turku harbour"),
        Spot(lat=59.33, lon=18.06, label="Stockholm"),
    ]
    drawn = map_svg(spots)
    assert 'class="land"' in drawn and "km</text>" in drawn
    assert map_svg([]) == ""
    assert 'class="land"' in map_svg([Spot(lat=-17.7, lon=178.0, label="Fiji"), Spot(lat=-13.8, lon=-171.8, label="Samoa")])


@pytest.mark.parametrize(
    ("first", "last", "words"),
    [
        ("2024-03-03T00:00:00", "2024-03-03T23:59:59", "Sun 3 Mar 2024"),
        ("2024-03-01T00:00:00", "2024-03-31T23:59:59", "Mar 2024"),
        ("2024-01-01T00:00:00", "2024-12-31T23:59:59", "2024"),
        ("2024-03-03T12:00:00", "2024-03-03T18:00:00", "Sun 3 Mar 2024, 12:00 to 18:00"),
        ("2024-03-03T00:00:00", None, "from Sun 3 Mar 2024 on"),
    ],
)
def test_intervals_are_said_as_a_reader_would(first: str, last: str | None, words: str) -> None:
    ends = [datetime.fromisoformat(end).replace(tzinfo=UTC) if end else None for end in (first, last)]
    assert when(Interval(earliest=ends[0], latest=ends[1])) == words


def test_terminal_text_cannot_steer_the_terminal() -> None:
    assert "\x1b" not in printable(HOSTILE)


def test_slight_events_stand_behind_those_that_matter_unless_there_are_no_others() -> None:
    import msgspec

    from sightline.show.ranking import parted

    weighty = story().events[0]
    slight = msgspec.structs.replace(weighty, id="e3", claims=weighty.claims[:1], interval=None, grade=0)
    assert parted([slight, weighty], 10) == ([weighty], [slight])
    assert parted([slight], 10) == ([slight], [])
