"""Where work runs: this machine's processes, or a Ray cluster. The rest of Sightline sees only ``concurrent.futures.Executor``."""

from __future__ import annotations

import multiprocessing
import os
import threading
from concurrent.futures import Executor, ProcessPoolExecutor
from importlib.metadata import entry_points
from multiprocessing.process import BaseProcess

from sightline.engine.journal import end_without_fault
from sightline.language.processor import prepare

MEMORY = 4_000_000_000
"""Bytes that a worker may take for its data; what needs more fails by itself instead of taking the machine down."""


class EngineError(Exception):
    """The engine cannot be started; the message says what to do."""


class WorkerDiedError(Exception):
    """The process that worked on a task is gone, and only it."""


def _follow(parent: BaseProcess) -> None:
    parent.join()
    os._exit(1)


def confine() -> None:
    """Make a worker of this process: its memory limited, ready to be ended without fault when a neighbour dies, and gone with its driver."""
    end_without_fault()
    prepare()
    parent = multiprocessing.parent_process()
    if parent is not None:
        threading.Thread(target=_follow, args=(parent,), daemon=True).start()
    limit_memory()


def limit_memory() -> None:
    """Let this process have no more than :data:`MEMORY` bytes of data, where the system can see to it."""
    try:
        import resource
    except ImportError:  # Windows
        return
    _, hard = resource.getrlimit(resource.RLIMIT_DATA)
    resource.setrlimit(resource.RLIMIT_DATA, (MEMORY if hard == resource.RLIM_INFINITY else min(MEMORY, hard), hard))


def local(jobs: int) -> Executor:
    """Processes of this machine, started afresh (spawn) so that they share nothing with the caller."""
    for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
        os.environ.setdefault(name, "1")
    return ProcessPoolExecutor(max_workers=jobs, mp_context=multiprocessing.get_context("spawn"), initializer=confine)


def executor(engine: str, jobs: int, address: str | None = None) -> Executor:
    """The executor of a name: ``local``, ``ray``, or one registered under the entry point group ``sightline.engines``.

    Raises:
        EngineError: when there is none of that name, or it cannot be started.
    """
    if engine == "local":
        return local(jobs)
    if engine == "ray":
        from sightline.engine.ray import RayExecutor

        return RayExecutor(jobs, address)
    for point in entry_points(group="sightline.engines"):
        if point.name == engine:
            made: Executor = point.load()(jobs, address)
            return made
    raise EngineError(f"no engine named {engine!r}; there are local, ray and what installed packages bring")
