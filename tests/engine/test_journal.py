"""Journals: who took a worker down is known; who only stood beside it is not suspected."""

from __future__ import annotations

from pathlib import Path

import pytest

from sightline.engine.journal import CRASHES, Journal, atomic, forget, working


def test_a_batch_that_died_makes_suspects_and_a_death_alone_counts(tmp_path: Path) -> None:
    path = tmp_path / "journal"
    Journal(path).at(["a", "b"])
    assert working(path) == ("a", "b")
    journal = Journal(path)
    assert journal.suspect("a") and journal.suspect("b") and not journal.suspect("c")
    assert working(path) == ()
    for _ in range(CRASHES):
        journal = Journal(path)
        assert not journal.poison("a")
        journal.at(["a"])
    last = Journal(path)
    assert last.poison("a") and not last.poison("b")
    last.done()
    assert not path.exists()


def test_a_stopped_crawl_makes_no_document_suspect(tmp_path: Path) -> None:
    path = tmp_path / "journal"
    Journal(path).at(["a"])
    forget(path)
    assert not Journal(path).suspect("a")


def test_a_worker_ended_for_its_neighbours_sake_holds_nothing_against_its_document(tmp_path: Path) -> None:
    path = tmp_path / "journal"
    journal = Journal(path)
    journal.at(["a"])
    journal.stopped()
    assert not Journal(path).suspect("a")


def test_a_document_that_was_read_is_no_suspect_when_the_next_one_kills(tmp_path: Path) -> None:
    path = tmp_path / "journal"
    journal = Journal(path)
    journal.at(["a"])
    journal.at([])
    assert not Journal(path).suspect("a")


def test_a_damaged_journal_is_begun_anew(tmp_path: Path) -> None:
    path = tmp_path / "journal"
    path.write_bytes(b'{"at": ["a"')
    assert not Journal(path).suspect("a")


def test_a_file_that_cannot_be_written_whole_leaves_the_old_one(tmp_path: Path) -> None:
    path = tmp_path / "file"
    atomic(path, b"old")
    (tmp_path / "file.part").mkdir()
    with pytest.raises(OSError, match="directory"):
        atomic(path, b"new")
    assert path.read_bytes() == b"old"
