"""Every kind of expression: found with its words, type and value. The sentences stand in expressions.tsv."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.extract.times.conftest import times

_ROWS = [
    line.split("\t")
    for line in (Path(__file__).parent / "expressions.tsv").read_text(encoding="utf-8").splitlines()
    if line and not line.startswith("#")
]


@pytest.mark.parametrize("day, sentence, wanted", _ROWS, ids=[row[1] for row in _ROWS])
def test_expression(day: str, sentence: str, wanted: str) -> None:
    found = times(sentence, day)
    assert " | ".join(f"{one.text} = {one.type} {one.value}" for one in found) == wanted.strip()
    assert all(sentence[one.span.start : one.span.end] == one.text for one in found)
