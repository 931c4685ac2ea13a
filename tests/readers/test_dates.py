"""Publication dates of metadata."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sightline.readers import parse_publication


@pytest.mark.parametrize(
    ("written", "value", "latest"),
    [
        ("2023-09-11", "2023-09-11", "2023-09-11T23:59:59"),
        ("2023-09", "2023-09", "2023-09-30T23:59:59"),
        ("2023-12", "2023-12", "2023-12-31T23:59:59"),
        ("2023", "2023", "2023-12-31T23:59:59"),
        ("20230911", "2023-09-11", "2023-09-11T23:59:59"),
        ("2023-09-11T08:30:00Z", "2023-09-11T08:30:00Z", "2023-09-11T08:30:00"),
        ("2023-09-11 08:30", "2023-09-11T08:30:00Z", "2023-09-11T08:30:59"),
        ("2019-04-24 13:00 KST", "2019-04-24T04:00:00Z", "2019-04-24T04:00:59"),
        ("2023-09-11T01:00:00+09:00", "2023-09-10T16:00:00Z", "2023-09-10T16:00:00"),
        ("Mon, 11 Sep 2023 10:00:00 +0900", "2023-09-11T01:00:00Z", "2023-09-11T01:00:00"),
        ("2023-06-24 (morning)", "2023-06-24", "2023-06-24T23:59:59"),
        ("2023-09 (15)", "2023-09-15", "2023-09-15T23:59:59"),
        ("2023-09 (9-12)", "2023-09-09/2023-09-12", "2023-09-12T23:59:59"),
        ("2023-09-20/22", "2023-09-20/2023-09-22", "2023-09-22T23:59:59"),
    ],
)
def test_a_date_is_read_to_the_precision_it_is_written_in(written: str, value: str, latest: str) -> None:
    found = parse_publication(written, "metadata")
    assert found.value == value
    assert found.interval.latest is not None
    assert found.interval.latest.isoformat().startswith(latest)


@pytest.mark.parametrize(
    "written",
    [
        "",
        "soon",
        "2023-13-01",
        "2023-02-30",
        "0000-01-01",
        "9999-12-31",
        "2023-09-22/20",
        "2023-02 (30)",
        "2023-09-11T25:00",
        "2023-01-01T00:00:00+99:99",
    ],
)
def test_what_is_no_date_is_refused_in_words(written: str) -> None:
    with pytest.raises(ValueError, match="is no date"):
        parse_publication(written, "metadata")


@given(st.text(max_size=40))
def test_any_text_is_either_a_date_or_refused(text: str) -> None:
    try:
        found = parse_publication(text, "metadata")
    except ValueError:
        return
    assert found.interval.earliest is not None
    assert found.interval.latest is not None
    assert found.interval.earliest <= found.interval.latest
