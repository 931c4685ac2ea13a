"""Reports that take too long or break what reads them: each costs itself, its neighbours are read, and its text is kept."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from sightline.desk import Desk
from sightline.engine import shard as engine
from sightline.engine.journal import Journal
from sightline.extract import reading as steps
from sightline.readers import limit, parse_publication
from sightline.readers.limit import LateError, within
from sightline.store import Store
from sightline.types import Problem, Reading, Report

NEWS = "The ferry left Turku on Monday, the port said."
SLOW = "The lighter Marta lay off Hanko all night."


def report(identity: str, text: str = NEWS) -> Report:
    return Report(id=identity, text=text, language="en", published=parse_publication("2024-03-04", "metadata"))


@pytest.fixture
def desk(monkeypatch: pytest.MonkeyPatch) -> Desk:
    """A desk that one text keeps busy for hours, where a document may take a second."""
    desk, real = Desk(), steps.read
    list(desk.annotate([report("first")]))

    def read(item: Report, *rest: object, **more: object) -> Reading:
        while item.text == SLOW:
            time.process_time()
        return real(item, *rest, **more)  # type: ignore[arg-type]

    monkeypatch.setattr(steps, "read", read)
    monkeypatch.setattr(limit, "SECONDS", 1.0)
    return desk


def test_a_report_that_takes_too_long_is_told_and_kept_unread(desk: Desk) -> None:
    one, told, unread, other = desk.annotate([report("a"), report("slow", SLOW), report("b")])
    assert isinstance(one, Reading) and isinstance(other, Reading) and one.claims and other.claims
    assert isinstance(told, Problem) and told.fatal and told.outcome == "unread"
    assert str(told) == "slow: left unread: took longer than 1 s of processor time; split it or leave it out"
    assert isinstance(unread, Reading) and unread.report.text == SLOW and not unread.claims and not unread.names
    assert unread.notes == ("left unread: took longer than 1 s of processor time",)


def test_a_store_keeps_the_text_of_what_took_too_long(desk: Desk, tmp_path: Path) -> None:
    store = Store.open(str(tmp_path / "story.db"))
    for _ in range(2):
        readings = [item for item in desk.annotate([report("slow", SLOW), report("b")]) if isinstance(item, Reading)]
        outcomes = [added.outcome for added in store.add(readings)]
    kept = store.reading("slow")
    store.close()
    assert outcomes == ["known", "known"]
    assert kept is not None and kept.report.text == SLOW and "took longer" in kept.notes[0]


def test_within_another_limit_that_one_counts(desk: Desk) -> None:
    with pytest.raises(LateError), within(0.5):
        list(desk.annotate([report("slow", SLOW), report("b")]))


def test_a_worker_sets_aside_what_takes_too_long(desk: Desk, tmp_path: Path) -> None:
    found = list(engine._readings(desk, [report("a"), report("slow", SLOW), report("b")], Journal(tmp_path / "journal")))
    assert [type(item) for item in found] == [Reading, Problem, Reading]
    assert isinstance(found[1], Problem) and found[1].message == "took longer than 1 s"


def test_outside_the_main_thread_there_is_no_limit(desk: Desk) -> None:
    found: list[Reading | Problem] = []
    thread = threading.Thread(target=lambda: found.extend(desk.annotate([report("a"), report("b")])))
    thread.start()
    thread.join()
    assert [type(item) for item in found] == [Reading, Reading]


def test_a_defect_in_the_language_step_costs_its_report_and_no_other(monkeypatch: pytest.MonkeyPatch) -> None:
    import sightline.language as language

    real = language.read

    def read(texts: Sequence[str], nlp: object) -> Iterator[object]:
        if SLOW in texts:
            raise MemoryError
        return real(texts, nlp)  # type: ignore[arg-type]

    monkeypatch.setattr(language, "read", read)
    one, told, other = Desk().annotate([report("a"), report("slow", SLOW), report("b")])
    assert isinstance(one, Reading) and isinstance(other, Reading)
    assert isinstance(told, Problem) and told.fatal and "MemoryError" in told.message and "defect" in told.remedy


@pytest.mark.parametrize(("characters", "seconds"), [(0, 10), (100_000, 10), (100_001, 20), (280_000, 30), (2_000_000, 200)])
def test_a_long_report_has_the_room_of_several_short_ones(characters: int, seconds: float) -> None:
    assert limit.allowance(characters) == seconds
