"""Crawls on Ray: the same bytes as on this machine's processes, closed to strangers, whoever dies."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("pyarrow")

from sightline.desk import Desk
from sightline.engine.crawl import crawl
from sightline.engine.executors import EngineError, executor
from sightline.engine.shard import ShardResult
from sightline.types import Problem, Reading
from tests.engine.test_crawl import ROOT, Here, contents, make_shards
from tests.engine.test_deaths import set_aside


def test_without_ray_the_remedy_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RAY_AUTH_MODE", "token")
    monkeypatch.setitem(sys.modules, "ray", None)
    with pytest.raises(EngineError, match=r"pip install 'sightline\[ray\]'"):
        executor("ray", 1)


def test_a_ray_that_was_imported_before_tokens_were_asked_for_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("RAY_AUTH_MODE", raising=False)
    monkeypatch.setitem(sys.modules, "ray", object())
    with pytest.raises(EngineError, match="before ray is imported"):
        executor("ray", 1)


def _annotate(self: Desk, items: Any) -> Iterator[Reading | Problem]:
    for item in items:
        killed = Path(os.environ["SIGHTLINE_TEST_KILLED"]) / item.id
        if item.id == "0-3" or (item.id in ("1-2", "2-9") and not killed.exists()):
            killed.touch()
            os.kill(os.getpid(), signal.SIGKILL)
        yield Reading(report=item)


def deadly(fn: Callable[..., Any], *args: Any) -> Any:
    """Runs a shard where one document kills its worker whenever it is read, and two kill it once."""
    Desk.annotate = _annotate  # type: ignore[method-assign, assignment]
    return fn(*args)


DRIVER = """
import sys
from pathlib import Path
from tests.engine.test_ray import attacked
attacked(Path(sys.argv[1]), sys.argv[2:])
"""


def attacked(out: Path, files: list[str]) -> None:
    """A crawl on a cluster of its own whose workers die; what it listens to is printed."""
    from sightline.engine.ray import RayExecutor

    class Deadly(RayExecutor):
        def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
            return super().submit(deadly, fn, *args)

    made = Deadly(2)
    print("cluster:", made._ray.nodes()[0]["NodeManagerAddress"], os.environ["RAY_AUTH_MODE"], len(os.environ["RAY_AUTH_TOKEN"]))
    items = list(crawl(files, out, lambda: made))
    print("ended:", *(type(item).__name__ for item in items))


def test_a_crawl_on_ray_outlives_its_workers_and_writes_the_same_bytes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("ray")
    files = make_shards(tmp_path / "in", count=3, each=12)
    killed = tmp_path / "killed"
    killed.mkdir()
    environment = {name: value for name, value in os.environ.items() if not name.startswith("RAY_")}
    environment["SIGHTLINE_TEST_KILLED"] = str(killed)
    ended = subprocess.run(
        [sys.executable, "-c", DRIVER, tmp_path / "ray", *files], cwd=ROOT, env=environment, capture_output=True, text=True, timeout=300
    )
    told = dict(line.split(": ", 1) for line in ended.stdout.splitlines() if line.startswith(("cluster: ", "ended: ")))
    assert told == {"cluster": "127.0.0.1 token 64", "ended": "ShardResult ShardResult ShardResult"}, ended.stdout + ended.stderr
    assert sorted(path.name for path in killed.iterdir()) == ["0-3", "1-2", "2-9"]
    assert set_aside(tmp_path / "ray", files[0]) == [("0-3", "took its worker down 3 times")]
    monkeypatch.setattr(Desk, "annotate", lambda self, items: (Reading(report=item) for item in items))
    assert all(isinstance(item, ShardResult) for item in crawl(files[1:], tmp_path / "here", Here))
    here = {name: data for name, data in contents(tmp_path / "here").items() if name.endswith(".parquet")}
    ray = contents(tmp_path / "ray")
    assert here == {name: ray[name] for name in here}


GUEST = """
import os, sys
from sightline.engine.ray import RayExecutor
os.environ["RAY_AUTH_TOKEN"] = sys.argv[2] or os.environ["RAY_AUTH_TOKEN"]
print(RayExecutor(1, sys.argv[1]).submit(len, "four").result())
"""

HOST = """
import subprocess, sys
from sightline.engine.ray import RayExecutor
host = RayExecutor(1)
address = host._ray.get_runtime_context().gcs_address
for token in ("", "0" * 64):
    guest = subprocess.run([sys.executable, "-c", sys.argv[1], address, token], capture_output=True, text=True)
    print("guest:", guest.stdout, guest.stderr[-600:])
host.shutdown()
"""


def test_who_has_the_token_is_let_in_and_who_has_not_is_told() -> None:
    pytest.importorskip("ray")
    environment = {name: value for name, value in os.environ.items() if not name.startswith("RAY_")}
    ended = subprocess.run([sys.executable, "-c", HOST, GUEST], cwd=ROOT, env=environment, capture_output=True, text=True, timeout=300)
    _, friend, stranger = ended.stdout.split("guest:")
    assert friend.split()[0] == "4", friend
    assert "EngineError: the Ray cluster cannot be reached" in stranger and "RAY_AUTH_TOKEN" in stranger, stranger
