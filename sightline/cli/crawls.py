"""``sightline crawl`` and ``gather``: shards of documents to Parquet, and stories picked out of them."""

from __future__ import annotations

import os
import sys
import time
from pathlib import Path
from typing import Annotated

import typer

from sightline.cli.console import Complaints, followed, progress
from sightline.cli.options import Database, Pipeline, Published, Quiet, RunFile
from sightline.cli.runs import RunReport, written
from sightline.cli.stores import opened


def crawl(
    shards: Annotated[
        list[Path], typer.Argument(help="WARC, Parquet, JSON Lines or other files, or folders of them.", metavar="SHARD...", exists=True)
    ],
    out: Annotated[Path, typer.Option("--out", help="Folder for the output.")],
    engine: Annotated[str, typer.Option(help="local, ray, or one that an installed package brings.")] = "local",
    jobs: Annotated[int, typer.Option(help="Processes; the machine's cores if not given.", min=0)] = 0,
    address: Annotated[str | None, typer.Option(help="Address of a Ray cluster.")] = None,
    published: Published = None,
    pipeline: Pipeline = None,
    run_report: RunFile = None,
    log_json: Annotated[bool, typer.Option("--log-json", help="A JSON line on standard error for each finished shard.")] = False,
    quiet: Quiet = False,
) -> None:
    """Read shards of documents on many processes: Parquet of reports, mentions and claims out. Stopped, it goes on where it was.

    Example: sightline crawl warcs/ --out mentions/ --jobs 8
    """
    import msgspec

    from sightline.engine.crawl import crawl as run
    from sightline.engine.crawl import write_manifest
    from sightline.engine.executors import EngineError, executor
    from sightline.engine.shard import ShardResult
    from sightline.readers import sources
    from sightline.types import Problem

    complaints, report = Complaints(), RunReport()
    files = [str(item[0]) for item in complaints.only(sources(shards))]
    started, results = time.monotonic(), []
    try:
        with progress(quiet) as display:
            made = run(files, out, lambda: executor(engine, jobs or os.cpu_count() or 1, address), pipeline=pipeline, published=published)
            for item in followed(made, display, "shards", len(files)):
                if isinstance(item, Problem):
                    complaints.tell(item)
                    report.problem(item)
                    continue
                assert isinstance(item, ShardResult)
                results.append(item)
                report.read += item.reports
                report.words += item.words
                if item.set_aside:
                    why = f"{item.set_aside} documents set aside"
                    report.problem(Problem(report=item.shard, message=why, remedy="their reasons stand in its set_aside.parquet"))
                for spent, name, words in item.slowest:
                    report.slowest.add(f"{item.shard}: {name}", spent, words)
                if log_json:
                    line = {**msgspec.to_builtins(item), "seconds": round(time.monotonic() - started, 3)}
                    print(msgspec.json.encode(line).decode(), file=sys.stderr)
    except EngineError as error:
        print(f"error: {error}", file=sys.stderr)
        raise typer.Exit(1) from error
    try:
        manifest: Path | None = write_manifest(results, out)
    except OSError as error:
        complaints.tell(
            Problem(report=str(out), message=f"the manifest cannot be written ({error.strerror})", remedy="make room and run it again")
        )
        manifest = None
    written(report, run_report, complaints)
    words, seconds = sum(result.words for result in results), time.monotonic() - started
    print(
        f"{len(results)} of {len(files)} shards, {sum(result.reports for result in results):,} reports, {sum(result.claims for result in results):,} claims, "
        f"{sum(result.set_aside for result in results):,} set aside, {words / max(seconds, 0.001):,.0f} words/s{f'; {manifest}' if manifest else ''}"
    )
    raise typer.Exit(complaints.exit_code)


def gather(
    folder: Annotated[Path, typer.Argument(help="Output of a crawl.", exists=True, file_okay=False)],
    where: Annotated[str, typer.Option(help="SQL condition on the tables reports and claims.", metavar="SQL")],
    db: Database = None,
    limit: Annotated[int, typer.Option(help="At most so many reports.", min=1)] = 5000,
    quiet: Quiet = False,
) -> None:
    """Pick the reports of a story out of a crawl into a store.

    Example: sightline gather mentions/ --where "claims.place = 'Vladivostok' AND claims.earliest >= '2023-09-10'" --db story.db
    """
    import msgspec

    from sightline.engine.crawl import gather as pick
    from sightline.types import Reading

    try:
        with opened(db, create=True) as store, progress(quiet) as display:
            readings = (msgspec.msgpack.decode(data, type=Reading) for data in pick(folder, where, limit))
            count = sum(1 for _ in followed(store.add(readings), display, "gathering"))
    except (ValueError, ModuleNotFoundError) as error:
        print(f"error: {error}", file=sys.stderr)
        raise typer.Exit(1) from error
    print(f"{count} reports gathered")
