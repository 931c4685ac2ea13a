"""Reports read together in a bounded time: one that takes too long, or breaks what reads it, costs itself and no neighbour."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from sightline.readers.limit import LateError, allowance, within
from sightline.types import Problem, Reading, Report

DEFECT = "leave it out and report this as a defect"

Items = Sequence[Report | Problem]
Readings = Iterator[Reading | Problem]


def bounded(items: Items, read: Callable[[Items], Readings], unread: Callable[[Report, str], Reading]) -> Readings:
    """What ``read`` gives of the items, which are read one by one where together they fail or take longer than they may.

    A report that takes too long by itself gives a fatal problem, then what ``unread`` makes of it and the reason.
    """
    seconds = allowance(sum(len(item.text) for item in items if isinstance(item, Report)))
    own = False
    try:
        with within(seconds) as own:
            found = list(read(items))
    except LateError:
        if not own:
            raise
        found = _late(items[0], seconds, unread) if len(items) == 1 else []
    except Exception as error:  # a defect of ours costs its report and no other
        found = [_broken(items[0], error)] if len(items) == 1 else []
    yield from found
    for item in () if found else items:
        yield from bounded([item], read, unread)


def _late(item: Report | Problem, seconds: float, unread: Callable[[Report, str], Reading]) -> list[Reading | Problem]:
    if isinstance(item, Problem):
        return [item]
    note = f"left unread: took longer than {seconds:g} s of processor time"
    told = Problem(report=item.path or item.id, message=note, remedy="split it or leave it out", outcome="unread")
    return [told, unread(item, note)]


def _broken(item: Report | Problem, error: Exception) -> Problem:
    if isinstance(item, Problem):
        return item
    reason = f"{type(error).__name__}: {str(error)[:120]}"
    return Problem(report=item.path or item.id, message=f"cannot be read ({reason})", remedy=DEFECT)
