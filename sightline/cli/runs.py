"""The report of a run: what was read, what was not and why, what was repaired, and which documents took longest."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, TypeVar

import msgspec

from sightline.cli.console import Complaints
from sightline.engine.slowest import Slowest
from sightline.types import Problem, Reading, Report

Item = TypeVar("Item")


class RunReport:
    """Counts a run as it goes; with ``log`` each document is a JSON line on standard error."""

    def __init__(self, *, log: bool = False) -> None:
        self.began = time.monotonic()
        self.read = 0
        self.words = 0
        self.unread: list[dict[str, str]] = []
        self.repaired: list[dict[str, str]] = []
        self.slowest = Slowest()
        self._log = log

    def timed(self, report: Report, seconds: float) -> None:
        """Takes note of the processor time (s) that one document took."""
        self.slowest.add(report.path or report.id, seconds, len(report.text.split()))
        if self._log:
            self._line({"report": report.path or report.id, "seconds": round(seconds, 3)})

    def watched(self, items: Iterable[Item]) -> Iterator[Item]:
        """The items as they are, counted."""
        for item in items:
            if isinstance(item, Problem):
                self.problem(item)
            elif isinstance(item, Reading):
                self.read += not item.notes
                self.words += len(item.report.text.split())
            yield item

    def problem(self, problem: Problem) -> None:
        """Counts what could not be read, or was read only after repair."""
        told = {"report": problem.report, "why": problem.message, "remedy": problem.remedy or ""}
        if problem.fatal or problem.outcome == "unread":
            self.unread.append(told)
        elif problem.outcome == "repaired":
            self.repaired.append(told)
        if self._log:
            self._line({**told, "fatal": problem.fatal})

    def told(self) -> dict[str, Any]:
        """The report as plain values; seconds are of the clock for the run, of the processor for a document."""
        seconds = time.monotonic() - self.began
        return {
            "read": self.read,
            "unread": self.unread,
            "repaired": self.repaired,
            "words": self.words,
            "seconds": round(seconds, 3),
            "words_per_second": round(self.words / max(seconds, 0.001)),
            "slowest": [{"report": name, "seconds": round(spent, 3), "words": words} for spent, name, words in self.slowest.told()],
        }

    def write(self, path: Path | None) -> None:
        """Writes the report as JSON where a path is given.

        Raises:
            OSError: when it cannot be written.
        """
        if path is not None:
            path.write_bytes(msgspec.json.format(msgspec.json.encode(self.told()), indent=1) + b"\n")

    def _line(self, values: dict[str, Any]) -> None:
        print(msgspec.json.encode(values).decode(), file=sys.stderr)


def written(run: RunReport, path: Path | None, complaints: Complaints) -> None:
    """Writes the report of a run; where that fails, one line says so."""
    try:
        run.write(path)
    except OSError as error:
        complaints.tell(
            Problem(report=str(path), message=f"the run's report cannot be written ({error.strerror})", remedy="name another place")
        )
