"""Words to the user on standard error, progress on long work, and how a command ends."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TypeVar

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn, TimeRemainingColumn

from sightline.readers import Options, read_paths, read_stream
from sightline.types import Problem, Report

Item = TypeVar("Item")


class Complaints:
    """Collects what went wrong: each problem is one line on standard error; a fatal one makes the exit code 1."""

    def __init__(self) -> None:
        self.fatal = 0
        self.warnings = 0

    def tell(self, problem: Problem) -> None:
        """Print the problem and count it."""
        if problem.fatal:
            self.fatal += 1
        else:
            self.warnings += 1
        print(f"{'error' if problem.fatal else 'warning'}: {problem}", file=sys.stderr)

    def only(self, items: Iterable[Item | Problem]) -> Iterator[Item]:
        """The items without the problems, which are told as they come."""
        for item in items:
            if isinstance(item, Problem):
                self.tell(item)
            else:
                yield item

    @property
    def exit_code(self) -> int:
        """0, or 1 when something could not be read."""
        return 1 if self.fatal else 0


def reports_of(paths: list[Path], options: Options) -> Iterator[Report | Problem]:
    """Reports of the paths; ``-`` among them stands for standard input."""
    for path in paths:
        if str(path) == "-" and sys.stdin is None:
            yield Problem(report="standard input", message="it is closed", remedy="give it a text or name files")
        elif str(path) == "-":
            yield from read_stream(sys.stdin.buffer, options)
    files = [path for path in paths if str(path) != "-"]
    if files:
        yield from read_paths(files, options)


@contextmanager
def progress(quiet: bool) -> Iterator[Progress]:
    """A progress display on standard error that shows nothing when it is no terminal or ``quiet`` is set."""
    console = Console(stderr=True)
    columns = (
        SpinnerColumn(),
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        TimeRemainingColumn(),
    )
    with Progress(*columns, console=console, transient=True, disable=quiet or not console.is_terminal) as display:
        yield display


def followed(items: Iterable[Item], display: Progress, what: str, total: int | None = None) -> Iterator[Item]:
    """The items, each moving the display on by one."""
    task = display.add_task(what, total=total)
    for item in items:
        yield item
        display.advance(task)
