"""A crawl: many shards on an executor, resumed where it stopped, with a manifest of what was made."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, BrokenExecutor, Executor, Future, wait
from pathlib import Path

import msgspec

from sightline.engine.executors import WorkerDiedError
from sightline.engine.journal import atomic, forget, working
from sightline.engine.shard import ShardResult, journal_of, run_shard, shard_name
from sightline.readers.limit import LateError
from sightline.types import Problem

ATTEMPTS = 5
"""How often the workers may die one after the other without a sign of what they were at."""


def finished(shard: str, out: Path) -> ShardResult | None:
    """The result of a shard that an earlier run finished, if its files are all there and unharmed."""
    done = out / f"{shard_name(shard)}.done.json"
    try:
        result = msgspec.json.decode(done.read_bytes(), type=ShardResult)
        for name, digest in result.outputs.items():
            with (out / name).open("rb") as file:
                if hashlib.file_digest(file, "sha256").hexdigest() != digest:
                    return None
    except (OSError, msgspec.DecodeError):
        return None
    return result


def crawl(
    shards: Sequence[str], out: Path, make_executor: Callable[[], Executor], *, pipeline: str | None = None, published: str | None = None
) -> Iterator[ShardResult | Problem]:
    """Results of the shards as they finish; those finished before are not read again.

    A shard whose worker dies is tried again, the journal telling which documents are to be watched or set aside. A process pool dies with
    its worker: a new one is made.

    Raises:
        OSError: when the folder ``out`` cannot be written.
    """
    out.mkdir(parents=True, exist_ok=True)
    todo: list[str] = []
    for shard in shards:
        result = finished(shard, out)
        if result is not None:
            yield result
        else:
            forget(journal_of(shard, out))
            todo.append(shard)
    blind = 0
    while todo:
        round_ = _Round(todo, out, make_executor, pipeline, published)
        yield from round_.run()
        todo = round_.left
        blind = 0 if round_.done or round_.seen else blind + 1
        if blind >= ATTEMPTS:
            for shard in todo:
                yield Problem(
                    report=shard,
                    message=f"the workers died {ATTEMPTS} times before they read anything",
                    remedy="see whether memory is short",
                )
            return


class _Round:
    """The shards that are left on one executor, until all are done or the executor is lost."""

    def __init__(
        self, shards: Sequence[str], out: Path, make_executor: Callable[[], Executor], pipeline: str | None, published: str | None
    ) -> None:
        self.left = list(shards)
        self.done = 0
        self.seen = False
        """Whether a dead worker left word of what it was at."""
        self._out = out
        self._make = make_executor
        self._arguments = (str(out), pipeline, published)
        self._futures: dict[Future[ShardResult], str] = {}
        self._blind: dict[str, int] = {}

    def run(self) -> Iterator[ShardResult | Problem]:
        executor = self._make()
        try:
            for shard in self.left:
                self._futures[executor.submit(run_shard, shard, *self._arguments)] = shard
            while self._futures:
                ready, _ = wait(self._futures, return_when=FIRST_COMPLETED)
                for future in sorted(ready, key=_lost):
                    shard = self._futures.pop(future)
                    item = self._outcome(shard, future)
                    if item is not None:
                        self.left.remove(shard)
                        self.done += 1
                        yield item
                    else:
                        self._futures[executor.submit(run_shard, shard, *self._arguments)] = shard
        except BrokenExecutor:
            self.seen = any(working(journal_of(shard, self._out)) for shard in self.left)
        finally:
            executor.shutdown(wait=True, cancel_futures=True)

    def _outcome(self, shard: str, future: Future[ShardResult]) -> ShardResult | Problem | None:
        """What became of a shard; nothing when its worker alone died and it is to be tried again.

        Raises:
            BrokenExecutor: when all workers are lost.
        """
        try:
            return future.result()
        except BrokenExecutor:
            raise
        except WorkerDiedError:
            at = working(journal_of(shard, self._out))
            self._blind[shard] = 0 if at else self._blind.get(shard, 0) + 1
            if self._blind[shard] < ATTEMPTS:
                return None
            return Problem(
                report=shard, message=f"its workers died {ATTEMPTS} times before they read anything", remedy="see whether memory is short"
            )
        except OSError as error:
            return Problem(report=shard, message=f"cannot be written ({error.strerror or error})", remedy="make room and run it again")
        except (LateError, Exception) as error:
            return Problem(report=shard, message=f"{type(error).__name__}: {str(error)[:120]}", remedy="report this as a defect")


def _lost(future: Future[ShardResult]) -> bool:
    """Whether a future went down with its executor; what others achieved before is looked at first."""
    return isinstance(future.exception(), BrokenExecutor)


def write_manifest(results: Sequence[ShardResult], out: Path) -> Path:
    """``manifest.json``: every shard with its counts and the digests of its files, in name order.

    Raises:
        OSError: when there is no room.
    """
    ordered = [msgspec.structs.replace(result, slowest=()) for result in sorted(results, key=lambda result: result.shard)]
    path = out / "manifest.json"
    atomic(path, msgspec.json.format(msgspec.json.encode(ordered), indent=1))
    return path


def gather(out: Path, where: str, limit: int) -> Iterator[bytes]:
    """Readings (MessagePack) of the reports in a crawl's folder that satisfy an SQL condition on reports and claims (DuckDB).

    Raises:
        ValueError: when the condition is not understood, or the folder holds no crawl.
    """
    import duckdb

    if not list(out.glob("*.reports.parquet")):
        raise ValueError(f"{out} holds no crawl's output")
    with duckdb.connect() as connection:
        connection.execute(f"CREATE VIEW reports AS SELECT * FROM read_parquet('{_quoted(out.resolve())}/*.reports.parquet')")
        connection.execute(f"CREATE VIEW claims AS SELECT * FROM read_parquet('{_quoted(out.resolve())}/*.claims.parquet')")
        chosen = f"SELECT reports.id FROM reports LEFT JOIN claims ON claims.report = reports.id WHERE {where}"
        query = f"SELECT reading FROM reports WHERE id IN ({chosen}) ORDER BY id LIMIT {int(limit)}"
        try:
            rows = connection.execute(query)
        except duckdb.Error as error:
            raise ValueError(f"the condition is not understood ({str(error).splitlines()[0]})") from error
        while row := rows.fetchone():
            yield bytes(row[0])


def _quoted(path: Path) -> str:
    return str(path).replace("'", "''")
