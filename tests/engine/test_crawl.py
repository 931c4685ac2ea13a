"""Crawls: resumed where they stopped, byte-equal whatever happened, poison set aside."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("pyarrow")

from sightline.desk import Desk
from sightline.engine import shard as shards
from sightline.engine.crawl import crawl, finished, gather, write_manifest
from sightline.engine.executors import EngineError, executor
from sightline.engine.shard import ShardResult, run_shard, shard_name
from sightline.readers import limit
from sightline.store import Store
from sightline.types import Problem, Reading

ROOT = Path(__file__).parent.parent.parent


class Here(Executor):
    """Runs everything at once in this process."""

    def submit(self, fn: Any, /, *args: Any, **kwargs: Any) -> Future[Any]:
        future: Future[Any] = Future()
        try:
            future.set_result(fn(*args, **kwargs))
        except Exception as error:
            future.set_exception(error)
        return future


def make_shards(folder: Path, count: int = 3, each: int = 4) -> list[str]:
    folder.mkdir(exist_ok=True)
    made = []
    for number in range(count):
        path = folder / f"part-{number}.jsonl"
        lines = [
            {
                "id": f"{number}-{line}",
                "text": f"The ferry {line} left Turku on Sunday, the port authority said.",
                "published": "2024-03-04",
            }
            for line in range(each)
        ]
        path.write_text("".join(json.dumps(line) + "\n" for line in lines))
        made.append(str(path))
    return made


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir())}


def test_a_crawl_writes_four_tables_a_shard_and_a_manifest(tmp_path: Path) -> None:
    from pyarrow import parquet

    files, out = make_shards(tmp_path / "in"), tmp_path / "out"
    results = [item for item in crawl(files, out, Here) if isinstance(item, ShardResult)]
    assert [result.reports for result in results] == [4, 4, 4]
    claims = parquet.read_table(out / f"{shard_name(files[0])}.claims.parquet").to_pylist()
    assert {row["report"] for row in claims} == {f"0-{line}" for line in range(4)}
    assert json.loads(write_manifest(results, out).read_text())[0]["reports"] == 4


def test_finished_shards_are_not_read_again_and_broken_ones_are(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    files, out = make_shards(tmp_path / "in"), tmp_path / "out"
    list(crawl(files, out, Here))
    before = contents(out)
    calls: list[str] = []
    real = run_shard
    monkeypatch.setattr("sightline.engine.crawl.run_shard", lambda shard, *rest: (calls.append(shard), real(shard, *rest))[1])
    list(crawl(files, out, Here))
    assert calls == []
    cut = out / f"{shard_name(files[1])}.claims.parquet"
    cut.write_bytes(cut.read_bytes()[:100])
    assert finished(files[1], out) is None
    list(crawl(files, out, Here))
    assert calls == [files[1]] and contents(out) == before


def test_a_document_that_fails_is_set_aside_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real = Desk.annotate

    def annotate(self: Desk, items: Any) -> Any:
        items = list(items)
        if any(item.id == "0-2" for item in items):
            raise RuntimeError("cannot")
        return real(self, items)

    monkeypatch.setattr(Desk, "annotate", annotate)
    files = make_shards(tmp_path / "in", count=1)
    result = run_shard(files[0], str(tmp_path / "out"))
    assert (result.reports, result.set_aside) == (3, 1)


def test_a_document_that_hangs_is_set_aside(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real = Desk.annotate

    def annotate(self: Desk, items: Any) -> Any:
        items = list(items)
        if any(item.id == "0-1" for item in items):
            time.sleep(30)
        return real(self, items)

    monkeypatch.setattr(Desk, "annotate", annotate)
    monkeypatch.setattr(limit, "SECONDS", 0.05)
    monkeypatch.setattr(shards, "BATCH", 2)
    run_shard(make_shards(tmp_path / "warm", count=1, each=1)[0], str(tmp_path / "warm-out"))
    files = make_shards(tmp_path / "in", count=1)
    result = run_shard(files[0], str(tmp_path / "out"))
    assert result.set_aside >= 1 and result.reports + result.set_aside == 4


KILLED = """
import sys
from pathlib import Path
from tests.engine.test_crawl import Here
from sightline.engine import shard
shard.BATCH = 2
from sightline.engine.crawl import crawl
print("ready", flush=True)
list(crawl(sys.argv[2:], Path(sys.argv[1]), Here))
"""


def test_a_killed_crawl_ends_in_the_same_bytes(tmp_path: Path) -> None:
    files = make_shards(tmp_path / "in", count=3, each=6)
    list(crawl(files, tmp_path / "calm", Here))
    for pause in (0.4, 1.2):
        worker = subprocess.Popen([sys.executable, "-c", KILLED, str(tmp_path / "killed"), *files], stdout=subprocess.PIPE, cwd=ROOT)
        assert worker.stdout is not None
        worker.stdout.readline()
        time.sleep(pause)
        os.kill(worker.pid, signal.SIGKILL)
        worker.wait()
        worker.stdout.close()
    list(crawl(files, tmp_path / "killed", Here))
    calm = {name: data for name, data in contents(tmp_path / "calm").items() if name.endswith(".parquet")}
    killed = {name: data for name, data in contents(tmp_path / "killed").items() if name.endswith(".parquet")}
    assert calm == killed


def test_a_full_disk_is_said_and_the_rest_goes_on(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    files, out = make_shards(tmp_path / "in"), tmp_path / "out"
    real = run_shard

    def full(shard: str, *rest: Any) -> ShardResult:
        if shard == files[1]:
            raise OSError(28, "No space left on device")
        return real(shard, *rest)

    monkeypatch.setattr("sightline.engine.crawl.run_shard", full)
    items = list(crawl(files, out, Here))
    assert sum(isinstance(item, ShardResult) for item in items) == 2
    assert any(isinstance(item, Problem) and "No space left" in str(item) for item in items)


def test_a_story_is_gathered_into_a_store(tmp_path: Path) -> None:
    pytest.importorskip("duckdb")
    import msgspec

    files, out = make_shards(tmp_path / "in"), tmp_path / "out"
    list(crawl(files, out, Here))
    readings = [msgspec.msgpack.decode(data, type=Reading) for data in gather(out, "reports.id LIKE '1-%'", 100)]
    assert [reading.report.id for reading in readings] == [f"1-{line}" for line in range(4)]
    store = Store.open(str(tmp_path / "story.db"))
    assert len(list(store.add(readings))) == 4
    store.close()
    with pytest.raises(ValueError, match="not understood"):
        list(gather(out, "no such column", 10))
    with pytest.raises(ValueError, match="no crawl"):
        list(gather(tmp_path / "in", "true", 10))


def test_engines_are_told_by_name() -> None:
    with pytest.raises(EngineError, match="no engine named"):
        executor("abacus", 1)
    made = executor("local", 1)
    made.shutdown()
    assert not isinstance(made, ThreadPoolExecutor)
