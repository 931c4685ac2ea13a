"""What a worker is at, on the disk: so that a document that takes its worker down is known the next time."""

from __future__ import annotations

import hashlib
import json
import os
import signal
from collections.abc import Sequence
from pathlib import Path
from types import FrameType
from typing import Any

CRASHES = 3
"""How often a document may take its process down before it is set aside."""


def atomic(path: Path, data: bytes, *, sync: bool = True) -> str:
    """Write a file whole: under another name, to the disk unless ``sync`` is false, then renamed. Gives its SHA-256.

    Raises:
        OSError: when there is no room or no right to write; nothing half-written is left behind.
    """
    part = path.with_name(path.name + ".part")
    try:
        with part.open("wb") as file:
            file.write(data)
            file.flush()
            if sync:
                os.fsync(file.fileno())
        part.replace(path)
    except OSError:
        part.unlink(missing_ok=True)
        raise
    return hashlib.sha256(data).hexdigest()


class Journal:
    """Which documents a shard's worker is at, kept beside the shard's output.

    A journal that is opened while it still names documents at work tells of a worker that died over them. A batch that dies makes its
    documents suspects, which are then read one by one; only a death while reading one alone is held against it. What stopped without
    fault - the whole crawl, or a worker ended because its neighbour died - is told with :meth:`stopped` or :func:`forget`.
    """

    def __init__(self, path: Path) -> None:
        """Open or begin the journal of a shard."""
        self._path = path
        kept = _entries(path)
        self._suspects: set[str] = {*kept["suspects"], *kept["at"]}
        self._deaths: dict[str, int] = kept["deaths"]
        if len(kept["at"]) == 1:
            (alone,) = kept["at"]
            self._deaths[alone] = self._deaths.get(alone, 0) + 1
        self.at([])

    def at(self, reports: Sequence[str]) -> None:
        """These documents are being read now; none, when they are done.

        Raises:
            OSError: when the journal cannot be written.
        """
        _write(self._path, {"at": list(reports), "suspects": sorted(self._suspects), "deaths": self._deaths})

    def suspect(self, report: str) -> bool:
        """Whether the document was at work when a worker died."""
        return report in self._suspects

    def poison(self, report: str) -> bool:
        """Whether it has taken its worker down too often."""
        return self._deaths.get(report, 0) >= CRASHES

    def stopped(self) -> None:
        """The worker is ended from outside: nothing is held against what it is at."""
        self.at([])

    def done(self) -> None:
        """The shard is finished."""
        self._path.unlink(missing_ok=True)


def _write(path: Path, entries: dict[str, Any]) -> None:
    # what a process wrote outlives it without being forced to the disk
    atomic(path, json.dumps(entries, sort_keys=True).encode(), sync=False)


def _entries(path: Path) -> dict[str, Any]:
    try:
        kept = json.loads(path.read_bytes())
    except (OSError, ValueError):
        kept = {}
    return {"at": kept.get("at", []), "suspects": kept.get("suspects", []), "deaths": kept.get("deaths", {})}


def working(path: Path) -> tuple[str, ...]:
    """The documents that a journal says are being read, or were when the worker died."""
    return tuple(_entries(path)["at"])


def forget(path: Path) -> None:
    """A crawl begins: what an earlier one was at when it was stopped as a whole is no suspect.

    Raises:
        OSError: when the journal cannot be written.
    """
    kept = _entries(path)
    if kept["at"]:
        _write(path, {**kept, "at": []})


class _Open:
    """The journal that this process writes, for the signal that ends it."""

    journal: Journal | None = None


def opened(journal: Journal | None) -> None:
    """Name the journal that :func:`end_without_fault` is to close."""
    _Open.journal = journal


def end_without_fault() -> None:
    """Let SIGTERM, by which a process pool ends the neighbours of a dead worker, clear the journal first. For a pool's workers only."""

    def end(signum: int, frame: FrameType | None) -> None:
        if _Open.journal is not None:
            try:
                _Open.journal.stopped()
            except OSError:
                os._exit(1)
        os._exit(128 + signal.SIGTERM)

    signal.signal(signal.SIGTERM, end)
