"""The whole path under texts made to hurt it: read or refused in a line, in time, with every offset right."""

from __future__ import annotations

import io
import time

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from rich.console import Console

from bench._fuzz_seeds import HOSTILE, NEWS
from bench._fuzz_targets import spans_of, whole
from sightline.desk import Desk, picture_of
from sightline.readers import parse_publication
from sightline.show.annotation import annotation_line
from sightline.show.dossier import dossier
from sightline.show.terminal import brief
from sightline.types import Problem, Reading, Report

PIECES = [
    *NEWS,
    *HOSTILE,
    "\n\n",
    " ",
    "\u202e",
    "\x00",
    "“",
    "”",
    '"',
    "(",
    "said",
    "according to",
    " - ",
    "9999-12-31",
    "0000",
    "Kim",
    "🚂",
]


@pytest.fixture(scope="module")
def desk() -> Desk:
    return Desk()


def report(text: str, identity: str = "r") -> Report:
    return Report(id=identity, text=text, language="en", published=parse_publication("2024-03-04", "metadata"))


@settings(max_examples=15, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.one_of(st.sampled_from(PIECES), st.text(max_size=30)), min_size=1, max_size=8))
def test_any_text_goes_the_whole_way(pieces: list[str]) -> None:
    whole("".join(pieces).encode("utf-8", "replace"))


@settings(max_examples=5, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.sampled_from(PIECES), min_size=2, max_size=12))
def test_any_texts_make_a_picture_together(pieces: list[str]) -> None:
    whole("\x1e".join(pieces).encode("utf-8", "replace"))


@pytest.mark.parametrize(
    "unit",
    [
        "Oslo, Paris, Rome, ",
        "Oslo and Paris and ",
        "said ",
        "he said that she said that ",
        "“",
        "“a ‘b “c ",
        "((((",
        "a\n",
        "a: b: ",
        "Mr. Mr. Dr. ",
        "PARIS (AP) - ",
        "59.3°N 18.1°E ",
        "1/2/3/4/",
        "a-b-",
        "🏳️‍🌈",
        "e\u0301\u0301\u0301",
        "\u202eabc ",
        "\x00 a",
        "from Monday to Friday from 3 to 5 ",
    ],
)
def test_the_same_again_and_again_is_read_in_time(desk: Desk, unit: str) -> None:
    text = (unit * 10_000)[:10_000]
    began = time.process_time()
    readings = [item for item in desk.annotate([report(text)]) if isinstance(item, Reading)]
    picture_of(readings)
    assert time.process_time() - began < 10
    for reading in readings:
        assert all(0 <= span.start <= span.end <= len(text) for span in spans_of(reading))
        annotation_line(reading)


@pytest.mark.parametrize("name", ["🏳️‍🌈 ３月４日", "👨‍👩‍👧", "\u0301\u0301", "🚂🏳️‍🌈９２４年👧 left e\u0301<~3~3~ߥ(̢\uff13月\ufffd日."])
def test_a_name_without_a_letter_is_no_defect(desk: Desk, name: str) -> None:
    items = list(desk.annotate([report(f"{name} left Turku, Mr. {name} said. He met {name} on Sunday.")]))
    assert [type(item) for item in items] == [Reading]


def test_a_defect_costs_its_report_and_no_other(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    from sightline.extract import reading as module

    real = module.read

    def read(item: Report, *rest: object, **more: object) -> Reading:
        if item.id == "b":
            raise KeyError("unforeseen")
        return real(item, *rest, **more)  # type: ignore[arg-type]

    monkeypatch.setattr(module, "read", read)
    first, told, last = desk.annotate([report(NEWS[0], "a"), report(NEWS[1], "b"), report(NEWS[2], "c")])
    assert isinstance(first, Reading) and isinstance(last, Reading) and last.report.id == "c"
    assert isinstance(told, Problem) and told.fatal and "KeyError" in told.message and "defect" in told.remedy


@pytest.mark.parametrize("texts", [["\u202e", "\u202e"], ["(", "The ferry left Turku."], ["The ferry left Turku.", "…", "\x00"]])
def test_reports_without_a_word_spoil_no_picture(desk: Desk, texts: list[str]) -> None:
    readings = [
        item for item in desk.annotate([report(text, f"r{place}") for place, text in enumerate(texts)]) if isinstance(item, Reading)
    ]
    assert len(readings) == len(texts)
    assert sorted(name for story in picture_of(readings).stories for name in story.reports) == [reading.report.id for reading in readings]


def test_a_hostile_neighbour_changes_nothing(desk: Desk) -> None:
    alone = [item for item in desk.annotate([report(NEWS[0], "a")]) if isinstance(item, Reading)]
    texts = [report(NEWS[0], "a"), *(report(text, f"h{place}") for place, text in enumerate(HOSTILE))]
    among = [item for item in desk.annotate(texts) if isinstance(item, Reading)]
    assert among[0] == alone[0] and len(among) == len(texts)


@pytest.mark.parametrize(
    "date", ["0000-01-01", "year 0", "9999-12-31", "10000-01-01", "31 February 2024", "1 January 9999", "0001", "999999 BC"]
)
def test_dates_at_the_ends_of_the_calendar_go_the_whole_way(desk: Desk, date: str) -> None:
    texts = [f"The ferry left Turku on {date}, the port authority said.", f"It will arrive in Stockholm two years after {date}."]
    items = list(desk.annotate([report(text, f"r{place}") for place, text in enumerate(texts)]))
    readings = [item for item in items if isinstance(item, Reading)]
    picture = picture_of(readings)
    brief(picture.stories, picture.readings, picture.forecasts, Console(file=io.StringIO()))
    assert "<html" in dossier(picture.stories, picture.readings, picture.forecasts)
    assert not any(isinstance(item, Problem) and item.fatal for item in items)
