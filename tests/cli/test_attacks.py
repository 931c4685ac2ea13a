"""The command under what a user's machine can do to it: closed streams, interrupts, locked stores, files that are none, names made to hurt."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import pytest

from sightline.store import Store, StoreError, store
from tests.cli.test_commands import run
from tests.store.test_store import reading

COMMAND = [sys.executable, "-c", "from sightline.cli import main; main()"]


def test_a_closed_standard_input_is_told_in_a_line() -> None:
    ended = subprocess.run([*COMMAND, "annotate", "-"], capture_output=True, timeout=120, preexec_fn=lambda: os.close(0))
    assert ended.returncode == 1
    assert ended.stderr.decode() == "error: standard input: it is closed; give it a text or name files\n"


def test_a_broken_pdf_is_told_in_one_line(tmp_path: Path) -> None:
    pytest.importorskip("pypdf")
    (tmp_path / "a.pdf").write_bytes(b"%PDF-1.4\n\x1b[31mno such thing")
    answer = run("annotate", "a.pdf", folder=tmp_path)
    assert answer.returncode == 1
    assert len(answer.stderr.decode().splitlines()) == 1 and b"a.pdf: the PDF cannot be read" in answer.stderr


def test_an_interrupted_add_says_so_and_run_again_doubles_nothing(tmp_path: Path) -> None:
    folder = tmp_path / "reports"
    folder.mkdir()
    for number in range(130):
        text = f"date: 2024-03-04 | outlet: Post\n\nThe lighter number {number} left Hanko on Monday, the port said."
        (folder / f"r{number}.txt").write_text(text)
    place = tmp_path / "s.db"
    adding = subprocess.Popen([*COMMAND, "add", str(folder), "--db", str(place)], stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    until = time.monotonic() + 120
    while adding.poll() is None and time.monotonic() < until and not _stored(place):
        time.sleep(0.02)
    adding.send_signal(signal.SIGINT)
    _, told = adding.communicate(timeout=120)
    assert (adding.returncode, told.decode()) == (130, "stopped; what was finished is kept\n")
    before = _stored(place)
    assert 0 < before < 130
    assert run("add", str(folder), "--db", str(place)).stdout.decode() == f"{130 - before} new, {before} already there\n"
    assert _stored(place) == 130


def _stored(place: Path) -> int:
    if not place.exists():
        return 0
    connection = sqlite3.connect(place)
    try:
        return int(connection.execute("SELECT count(*) FROM reading").fetchone()[0])
    except sqlite3.OperationalError:  # not made yet
        return 0
    finally:
        connection.close()


def test_a_store_that_another_program_holds_is_told_in_time(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(store, "PATIENCE", 0.2)
    place = tmp_path / "s.db"
    Store.open(str(place)).close()
    mine = Store.open(str(place))
    other = sqlite3.connect(place, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    began = time.monotonic()
    with pytest.raises(StoreError, match=r"database is locked\); another program holds it; run it again when that is done"):
        list(mine.add([reading("a")]))
    assert time.monotonic() - began < 1.5
    other.execute("ROLLBACK")
    other.close()
    assert [added.outcome for added in mine.add([reading("a")])] == ["new"]
    mine.close()


def test_files_that_are_none_are_told_and_their_neighbours_read(tmp_path: Path) -> None:
    (tmp_path / "good.txt").write_text("date: 2024-03-04\n\nThe ferry left Turku.")
    os.mkfifo(tmp_path / "pipe.txt")
    (tmp_path / "loop.txt").symlink_to("loop.txt")
    (tmp_path / "endless.txt").symlink_to("/dev/zero")
    (tmp_path / "\x1b]0;a\x07\nb.txt").write_text("")
    names = ["pipe.txt", "loop.txt", "endless.txt", "\x1b]0;a\x07\nb.txt", "good.txt"]
    answer = run("annotate", *names, folder=tmp_path)
    assert answer.returncode == 1 and answer.stdout.count(b"\n") == 1
    told = answer.stderr.decode()
    assert len(told.splitlines()) == 4 and "\x1b" not in told and "\x07" not in told
    assert run("annotate", str(tmp_path)).stdout.count(b"\n") == 1
