"""A crawl: many shards on an executor, resumed where it stopped, with a manifest of what was made."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Executor, Future, wait
from concurrent.futures.process import BrokenProcessPool
from pathlib import Path

import msgspec

from sightline.engine.shard import ShardResult, note_death, run_shard, shard_name
from sightline.types import Problem

ATTEMPTS = 5
"""How often a shard is tried when its workers die."""


def finished(shard: str, out: Path) -> ShardResult | None:
    """The result of a shard that an earlier run finished, if its files are all there and unharmed."""
    done = out / f"{shard_name(shard)}.done.json"
    try:
        result = msgspec.json.decode(done.read_bytes(), type=ShardResult)
    except (OSError, msgspec.DecodeError):
        return None
    for name, digest in result.outputs.items():
        try:
            if hashlib.sha256((out / name).read_bytes()).hexdigest() != digest:
                return None
        except OSError:
            return None
    return result


def crawl(
    shards: Sequence[str], out: Path, make_executor: Callable[[], Executor], *, pipeline: str | None = None, published: str | None = None
) -> Iterator[ShardResult | Problem]:
    """Results of the shards as they finish; those finished before are not read again.

    A worker's death takes a process pool down: a new one is made and the unfinished shards are tried again.
    """
    out.mkdir(parents=True, exist_ok=True)
    todo: list[str] = []
    for shard in shards:
        result = finished(shard, out)
        if result is not None:
            yield result
        else:
            todo.append(shard)
    attempts = dict.fromkeys(todo, 0)
    while todo:
        executor = make_executor()
        futures: dict[Future[ShardResult], str] = {}
        try:
            for shard in todo:
                attempts[shard] += 1
                futures[executor.submit(run_shard, shard, str(out), pipeline, published)] = shard
            pending = set(futures)
            while pending:
                ready, pending = wait(pending, return_when=FIRST_COMPLETED)
                for future in ready:
                    shard = futures[future]
                    try:
                        result = future.result()
                    except BrokenProcessPool:
                        continue
                    except OSError as error:
                        todo.remove(shard)
                        yield Problem(report=shard, message=f"cannot be written ({error.strerror})", remedy="make room and run it again")
                        continue
                    todo.remove(shard)
                    yield result
        except BrokenProcessPool:
            pass
        finally:
            executor.shutdown(wait=True, cancel_futures=True)
        for shard in todo:
            note_death(shard, out)
        for shard in [shard for shard in todo if attempts[shard] >= ATTEMPTS]:
            todo.remove(shard)
            yield Problem(report=shard, message=f"its workers died {ATTEMPTS} times", remedy="look at its journal and split it")


def write_manifest(results: Sequence[ShardResult], out: Path) -> Path:
    """``manifest.json``: every shard with its counts and the digests of its files, in name order."""
    ordered = sorted(results, key=lambda result: result.shard)
    path = out / "manifest.json"
    part = path.with_suffix(".part")
    part.write_bytes(msgspec.json.format(msgspec.json.encode(ordered), indent=1))
    part.replace(path)
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
