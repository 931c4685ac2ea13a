"""Ray core tasks behind ``concurrent.futures.Executor``: on loopback unless told otherwise, with token authentication on."""

from __future__ import annotations

import os
import secrets
import sys
from collections.abc import Callable
from concurrent.futures import Executor, Future
from typing import Any

from sightline.engine.executors import EngineError, WorkerDiedError, limit_memory

LOOPBACK = "127.0.0.1"
OBJECTS = 100_000_000
"""Bytes of Ray's object store: tasks pass paths and counts, never documents."""


def _confined(fn: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
    limit_memory()
    return fn(*args, **kwargs)


def _prepare(address: str | None) -> None:
    """Say, before Ray is imported and looks, that tokens are asked for; a cluster of our own gets one that no disk knows, and listens on
    loopback only (Ray has a switch for that, made for other systems, and would else listen to the whole network).

    Raises:
        EngineError: when it is too late.
    """
    if address is None:
        os.environ.setdefault("RAY_ENABLE_WINDOWS_OR_OSX_CLUSTER", "0")
    if "RAY_AUTH_MODE" not in os.environ:
        if "ray" in sys.modules:
            raise EngineError("set RAY_AUTH_MODE=token before ray is imported")
        os.environ["RAY_AUTH_MODE"] = "token"
    if address is None and os.environ["RAY_AUTH_MODE"] == "token" and not {"RAY_AUTH_TOKEN", "RAY_AUTH_TOKEN_PATH"} & os.environ.keys():
        os.environ["RAY_AUTH_TOKEN"] = secrets.token_hex(32)
    os.environ.setdefault("RAY_USAGE_STATS_ENABLED", "0")


class RayExecutor(Executor):
    """Runs each call as a Ray task. A task whose worker or machine is lost ends in :class:`WorkerDiedError` for the crawl to try again:
    Ray's own retries would hide the death from the journal."""

    def __init__(self, jobs: int, address: str | None = None) -> None:
        """Join the cluster at an ``address`` (``auto``: the one that runs here), or start one of ``jobs`` workers on loopback.

        Raises:
            EngineError: when Ray is not installed or the cluster cannot be reached.
        """
        _prepare(address)
        try:
            import ray
        except ImportError as error:
            raise EngineError("the ray engine needs ray; pip install 'sightline[ray]'") from error
        self._ray = ray
        where: dict[str, Any] = {"address": address}
        if address is None:
            where = {
                "address": "local",
                "num_cpus": jobs,
                "object_store_memory": OBJECTS,
                "include_dashboard": False,
                "_node_ip_address": LOOPBACK,
            }
        try:
            ray.init(log_to_driver=False, logging_level="ERROR", **where)
        except (ConnectionError, RuntimeError, ValueError, TimeoutError, ray.exceptions.RayError) as error:
            reason = " ".join(str(error).split())[:200]
            raise EngineError(f"the Ray cluster cannot be reached ({reason}); check its address and RAY_AUTH_TOKEN") from error
        self._task = ray.remote(max_retries=0)(_confined)

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        """Run a function somewhere in the cluster."""
        told: Future[Any] = Future()
        told.set_running_or_notify_cancel()
        self._task.remote(fn, *args, **kwargs).future().add_done_callback(lambda done: self._pass_on(done, told))
        return told

    def _pass_on(self, done: Future[Any], told: Future[Any]) -> None:
        error = done.exception()
        lost = self._ray.exceptions
        if error is None:
            told.set_result(done.result())
        elif isinstance(error, lost.RayTaskError):
            told.set_exception(error.cause if isinstance(error.cause, BaseException) else error)
        elif isinstance(
            error, lost.WorkerCrashedError | lost.OutOfMemoryError | lost.NodeDiedError | lost.ObjectLostError | lost.LocalRayletDiedError
        ):
            told.set_exception(WorkerDiedError(type(error).__name__))
        else:
            told.set_exception(error)

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """Leave the cluster, or end it if it was started here."""
        self._ray.shutdown()
