"""Several processes that add to one store at once, one of them killed: nothing lost, nothing twice; and what the commands answer."""

from __future__ import annotations

import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from sqlalchemy import text

from sightline.store import Store
from tests.store.test_store import reading

ROOT = Path(__file__).parent.parent.parent

ADDER = """
import sys
from tests.store.test_store import reading
from sightline.store import Store
store = Store.open(sys.argv[1])
print("ready", flush=True)
sys.stdin.readline()
first = int(sys.argv[2])
for added in store.add((reading(f"r{number:03d}") for number in range(first, first + 120)), batch=4):
    pass
"""


def adder(place: str, first: int) -> subprocess.Popen[str]:
    command = [sys.executable, "-c", ADDER, place, str(first)]
    return subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, cwd=ROOT)


def test_processes_that_add_at_once_and_one_that_is_killed(place: str) -> None:
    Store.open(place).close()
    adders = [adder(place, first) for first in (0, 40, 80, 120)]
    for process in adders:
        assert process.stdout is not None and process.stdout.readline() == "ready\n"
    for process in adders:
        assert process.stdin is not None
        process.stdin.write("go\n")
        process.stdin.flush()
    time.sleep(random.Random(5).uniform(0.1, 0.3))
    adders[1].send_signal(signal.SIGKILL)
    for process in adders:
        _, told = process.communicate(timeout=120)
        assert process.returncode == 0 or process is adders[1], told
    store = Store.open(place)
    names = [f"r{number:03d}" for number in range(240)]
    stored = sorted(found.report.id for found in store.readings())
    assert len(stored) == len(set(stored)) and stored == names
    list(store.add(reading(name) for name in names))
    assert sorted(found.report.id for found in store.readings()) == names
    assert len(store.claims(limit=10_000)) == len(names)
    assert list(store.verify()) == []
    store.close()


def sightline(*words: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", "from sightline.cli import main; main()", *words]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=120)


def test_verify_answers_by_its_exit_code(place: str) -> None:
    store = Store.open(place)
    list(store.add([reading("a"), reading("b")]))
    whole = sightline("verify", "--db", place)
    assert (whole.returncode, whole.stderr) == (0, "") and whole.stdout.startswith("2 reports checked, 0 do not match")
    with store.engine.execution_options(writes=True).begin() as connection:
        connection.execute(text("UPDATE report SET text_sha256 = 'x' WHERE id = 'a'"))
        connection.execute(text("UPDATE reading SET data = :data WHERE report = 'b'"), {"data": b"\xc1"})
    store.close()
    broken = sightline("verify", "--db", place)
    lines = broken.stderr.splitlines()
    assert broken.returncode == 1 and len(lines) == 2
    assert lines[0].startswith("error: a: the stored text does not match") and lines[1].startswith(
        "error: b: its reading cannot be unpacked"
    )


def test_verify_tells_of_a_file_that_has_changed_since(tmp_path: Path) -> None:
    page = tmp_path / "ferry.txt"
    page.write_text("The ferry left Turku on Sunday, the port authority said.")
    db = str(tmp_path / "x.db")
    assert sightline("add", str(page), "--db", db, "--published", "2024-03-04", "-q").returncode == 0
    assert sightline("verify", "--db", db).stderr == ""
    page.write_text("The ferry never left.")
    changed = sightline("verify", "--db", db)
    assert changed.returncode == 0 and changed.stderr.startswith("warning: ferry: its file") and "changed since" in changed.stderr


@pytest.mark.postgresql
def test_a_server_that_is_not_there_is_one_line() -> None:
    pytest.importorskip("psycopg")
    for words in (("add", "-", "--db"), ("list", "--db"), ("verify", "--db")):
        ended = sightline(*words, "postgresql://nobody@127.0.0.1:1/none")
        assert ended.returncode == 1
        (line,) = ended.stderr.splitlines()
        assert line.startswith("error: postgresql") and "cannot be opened" in line
