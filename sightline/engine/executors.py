"""Where work runs: this machine's processes, or a Ray cluster. The rest of Sightline sees only ``concurrent.futures.Executor``."""

from __future__ import annotations

import multiprocessing
import os
import threading
from collections.abc import Callable
from concurrent.futures import Executor, Future, ProcessPoolExecutor
from importlib.metadata import entry_points
from multiprocessing.process import BaseProcess
from typing import Any

from sightline.engine.journal import end_without_fault

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
    parent = multiprocessing.parent_process()
    if parent is not None:
        threading.Thread(target=_follow, args=(parent,), daemon=True).start()
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


class RayExecutor(Executor):
    """Ray core tasks: work is tried again when a worker dies. ``address`` joins a cluster; without it one is started on loopback."""

    def __init__(self, jobs: int, address: str | None = None, retries: int = 3) -> None:
        """Join or start a cluster.

        Raises:
            EngineError: when Ray is not installed or the cluster cannot be reached.
        """
        try:
            import ray
        except ImportError as error:
            raise EngineError("the ray engine needs ray; pip install 'sightline[ray]'") from error
        os.environ.setdefault("RAY_AUTH_MODE", "token")
        os.environ.setdefault("RAY_USAGE_STATS_ENABLED", "0")
        self._ray = ray
        self._retries = retries
        try:
            if address:
                ray.init(address=address, log_to_driver=False)
            else:
                ray.init(num_cpus=jobs, include_dashboard=False, _node_ip_address="127.0.0.1", log_to_driver=False)
        except (ConnectionError, RuntimeError, ValueError) as error:
            raise EngineError(f"the Ray cluster cannot be reached ({error}); check its address and RAY_AUTH_TOKEN") from error

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        """Run a function somewhere in the cluster."""
        task = self._ray.remote(max_retries=self._retries)(fn)
        future: Future[Any] = task.remote(*args, **kwargs).future()
        return future

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """Leave the cluster, or end it if it was started here."""
        self._ray.shutdown()


def executor(engine: str, jobs: int, address: str | None = None) -> Executor:
    """The executor of a name: ``local``, ``ray``, or one registered under the entry point group ``sightline.engines``.

    Raises:
        EngineError: when there is none of that name, or it cannot be started.
    """
    if engine == "local":
        return local(jobs)
    if engine == "ray":
        return RayExecutor(jobs, address)
    for point in entry_points(group="sightline.engines"):
        if point.name == engine:
            made: Executor = point.load()(jobs, address)
            return made
    raise EngineError(f"no engine named {engine!r}; there are local, ray and what installed packages bring")
