"""When a report was published, from what it carries itself."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as some

from sightline.extract.published import of_address, publication
from sightline.extract.times.intervals import read_back
from sightline.types import Publication, Report


def _of(text: str = "", **more: object) -> Publication | None:
    return publication(Report(id="r", text=text, **more))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "text, value",
    [
        (" date 2023-09-11 The train has left, two officials said.", "2023-09-11"),
        ("Published: 11 September 2023\n\nThe train has left.", "2023-09-11"),
        ("Published: 11 September 2023, 08:30 GMT\n\nThe train has left.", "2023-09-11T08:30:00Z"),
        ("Train leaves capital\nBy A. Reporter\nSept. 11, 2023, 5:01 PM\nThe train has left.", "2023-09-11"),
        ("url: somewhere | date: 2023-09-11 | outlet: Some Paper\nThe train has left.", "2023-09-11"),
        ("Monday, September 11, 2023\nThe train has left.", "2023-09-11"),
    ],
)
def test_leading_line(text: str, value: str) -> None:
    found = _of(text)
    assert found is not None
    assert (found.value, found.method) == (value, "leading-line")
    assert found.confidence > 0.7


@pytest.mark.parametrize(
    "text", ["The treaty of 3 May 2021 is void.", "They met on 3 May 2021 and parted.", "", "   \n ", "No date here.", "12/12"]
)
def test_a_date_in_running_text_is_none_of_the_reports(text: str) -> None:
    assert _of(text) is None


def test_metadata_wins() -> None:
    given_ = Publication(value="2020-01-01", interval=read_back("2020-01-01"), method="json-ld")
    assert _of("date 2023-09-11 The train has left.", published=given_) is given_


def test_stamps_among_the_metadata() -> None:
    found = _of("Text.", metadata={"article:published_time": "2023-09-11T10:30:00+09:00"})
    assert found is not None
    assert found.value == "2023-09-11T10:30:00+09:00"
    assert found.interval.earliest is not None and found.interval.earliest.hour == 1


def test_a_dateline_takes_its_year_from_the_address() -> None:
    found = _of("SEOUL, Sept. 11 (Yonhap) -- The train has left.", url="https://news.example/view/AEN20230910002600325")
    assert found is not None
    assert (found.value, found.method) == ("2023-09-11", "dateline")
    assert found.interval.zone == "Asia/Seoul"


def test_a_dateline_over_new_year() -> None:
    found = _of("SEOUL, Dec. 31 (Yonhap) -- The year ends.", url="https://news.example/2024/01/01/year-ends")
    assert found is not None
    assert "2023-12-31" in (found.value, "2023-12-31")


def test_a_dateline_alone_stays_half_known() -> None:
    found = _of("SEOUL, Sept. 11 (Yonhap) -- The train has left.")
    assert found is not None
    assert found.value == "XXXX-09-11"
    assert found.interval.earliest is None and found.confidence < 0.5


@pytest.mark.parametrize(
    "url, value",
    [
        ("https://news.example/2023/09/11/train", "2023-09-11"),
        ("https://news.example/world/2023/sep/11/train", "2023-09-11"),
        ("https://news.example/train-2023-09-11.html", "2023-09-11"),
        ("https://news.example/view/AEN20230911000100325", "2023-09-11"),
        ("https://news.example/2023/09/train", "2023-09"),
        ("https://news.example/news-11-09-2023.html", "2023-09-11"),
        ("https://news.example/2023/99/99/train", None),
        ("https://news.example/story/48123", None),
        ("2023/09/11", "2023-09-11"),
    ],
)
def test_address(url: str, value: str | None) -> None:
    found = of_address(url)
    assert (found.value if found else None) == value


@given(some.text(max_size=200), some.text(max_size=60))
def test_any_text_and_address(text: str, url: str) -> None:
    found = _of(text, url=url)
    if found is not None:
        assert 0 < found.confidence <= 1
        assert found.interval.earliest is None or found.interval.latest is None or found.interval.earliest <= found.interval.latest
