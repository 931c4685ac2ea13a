"""Workers that die: only the document at fault is set aside, and every neighbour is read."""

from __future__ import annotations

import multiprocessing
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import Executor, Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("pyarrow")

from sightline.desk import Desk
from sightline.engine import crawl as crawling
from sightline.engine.crawl import crawl, finished
from sightline.engine.executors import WorkerDiedError, confine
from sightline.engine.shard import ShardResult, shard_name
from sightline.readers.html import HtmlReader
from sightline.types import Problem, Reading
from tests.engine.test_crawl import ROOT, Here, make_shards
from tests.readers.test_readers import PAGE, _warc


def _annotate(self: Desk, items: Any) -> Iterator[Reading]:
    for item in items:
        if item.id in ("0-2", "0-3", "1-9"):
            os.kill(os.getpid(), signal.SIGKILL)
        if item.id == "0-7":
            bytearray(6_000_000_000)
        time.sleep(0.002)
        yield Reading(report=item)


_read_page = HtmlReader.read_page


def _page(self: HtmlReader, page: str, *rest: Any, **more: Any) -> Any:
    if "Helsinki" in page:
        os.kill(os.getpid(), signal.SIGKILL)
    return _read_page(self, page, *rest, **more)


def _poisoned() -> None:
    """A worker in which some documents are deadly."""
    confine()
    Desk.annotate = _annotate  # type: ignore[method-assign, assignment]
    HtmlReader.read_page = _page  # type: ignore[method-assign]


def poisoned() -> Executor:
    return ProcessPoolExecutor(2, mp_context=multiprocessing.get_context("fork"), initializer=_poisoned)


def set_aside(out: Path, shard: str) -> list[tuple[str, str]]:
    from pyarrow import parquet

    rows = parquet.read_table(out / f"{shard_name(shard)}.set_aside.parquet").to_pylist()
    return [(row["report"], row["message"]) for row in rows]


def test_deadly_documents_are_set_aside_and_their_neighbours_read(tmp_path: Path) -> None:
    files, out = make_shards(tmp_path / "in", count=3, each=40), tmp_path / "out"
    results = {item.shard: item for item in crawl(files, out, poisoned) if isinstance(item, ShardResult)}
    assert [(results[file].reports, results[file].set_aside) for file in files] == [(37, 3), (39, 1), (40, 0)]
    assert set_aside(out, files[0]) == [
        ("0-2", "took its worker down 3 times"),
        ("0-3", "took its worker down 3 times"),
        ("0-7", "MemoryError: "),
    ]
    assert [report for report, _ in set_aside(out, files[1])] == ["1-9"]


def test_a_page_that_kills_its_reader_is_set_aside_and_the_archive_read_on(tmp_path: Path) -> None:
    pytest.importorskip("fastwarc")
    pages = [PAGE, PAGE.replace("Turku", "Helsinki"), PAGE]
    path, out = tmp_path / "x.warc", tmp_path / "out"
    path.write_bytes(b"".join(_warc(page.encode()) for page in pages))
    (result,) = crawl([str(path)], out, poisoned)
    assert isinstance(result, ShardResult) and (result.reports, result.set_aside) == (2, 1)
    assert set_aside(out, str(path)) == [(f"{path} record 2", "took its worker down 3 times")]


class Shaken(Here):
    """Reads one shard, then loses all its workers."""

    def __init__(self) -> None:
        self._asked = 0

    def submit(self, fn: Any, /, *args: Any, **kwargs: Any) -> Future[Any]:
        self._asked += 1
        if self._asked > 1:
            future: Future[Any] = Future()
            future.set_exception(BrokenProcessPool("gone"))
            return future
        return super().submit(fn, *args, **kwargs)


def test_a_long_crawl_outlives_any_number_of_deaths(tmp_path: Path) -> None:
    files, out = make_shards(tmp_path / "in", count=crawling.ATTEMPTS * 2, each=1), tmp_path / "out"
    items = list(crawl(files, out, Shaken))
    assert sorted(item.shard for item in items if isinstance(item, ShardResult)) == sorted(files)


class Stillborn(Executor):
    """Its workers die as soon as they start."""

    def submit(self, fn: Any, /, *args: Any, **kwargs: Any) -> Future[Any]:
        future: Future[Any] = Future()
        future.set_exception(self.error)
        return future

    error: Exception = WorkerDiedError("gone")


class StillbornPool(Stillborn):
    error = BrokenProcessPool("gone")


@pytest.mark.parametrize("kind", [Stillborn, StillbornPool])
def test_workers_that_die_before_they_read_are_not_started_for_ever(tmp_path: Path, kind: Any) -> None:
    files, out = make_shards(tmp_path / "in", count=2, each=1), tmp_path / "out"
    items = list(crawl(files, out, kind))
    assert [type(item) for item in items] == [Problem, Problem] and "before they read anything" in str(items[0])


class Failing(Here):
    """Fails at one shard in a way that nobody foresaw."""

    def submit(self, fn: Any, /, *args: Any, **kwargs: Any) -> Future[Any]:
        if args[0].endswith("part-1.jsonl"):
            future: Future[Any] = Future()
            future.set_exception(KeyError("unforeseen"))
            return future
        return super().submit(fn, *args, **kwargs)


def test_a_defect_costs_its_shard_and_no_other(tmp_path: Path) -> None:
    files, out = make_shards(tmp_path / "in", count=3, each=1), tmp_path / "out"
    items = list(crawl(files, out, Failing))
    assert [item.report for item in items if isinstance(item, Problem)] == [files[1]]
    assert finished(files[0], out) and finished(files[2], out)


def alive(process: int) -> bool:
    try:
        state = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0]
    except OSError:
        return False
    return state != "Z"


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="asks /proc for processes")
def test_workers_go_with_their_driver(tmp_path: Path) -> None:
    """A driver that is killed alone leaves no worker behind that writes beside the resumed crawl's."""
    files = make_shards(tmp_path / "in", count=2, each=400)
    command = [
        sys.executable,
        "-c",
        "from sightline.cli import main; main()",
        "crawl",
        *files,
        "--out",
        str(tmp_path / "out"),
        "--jobs",
        "2",
        "-q",
    ]
    driver = subprocess.Popen(command, cwd=ROOT, stderr=subprocess.DEVNULL)
    journals: list[Path] = []
    for _ in range(600):
        journals = list((tmp_path / "out").glob("*.journal"))
        if len(journals) == 2:
            break
        time.sleep(0.1)
    children = subprocess.run(["pgrep", "-P", str(driver.pid)], capture_output=True, text=True).stdout.split()
    workers = [int(child) for child in children]
    assert len(journals) == 2 and len(workers) >= 2
    driver.kill()
    driver.wait()
    end = time.monotonic() + 20
    while any(alive(worker) for worker in workers) and time.monotonic() < end:
        time.sleep(0.1)
    assert not any(alive(worker) for worker in workers)
