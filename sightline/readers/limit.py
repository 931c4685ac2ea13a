"""How long one document may take: so much processor time, and much more by the clock for what only waits."""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

SECONDS = 10.0
"""Processor time that a document may take, and that a report may for each :data:`LONG` characters begun."""
LONG = 100_000
"""Some 17,000 words, which an honest report takes two seconds for; so one of any length has the same room, and a slow machine too."""
WAITING = 12
"""So many times as long may it take by the clock, so that a busy machine sets nothing aside that a quiet one reads."""
STUCK = 3
"""After so many times as long, a process that said it may be ended is ended by the kernel: native code answers no Python signal."""


class _State:
    armed = False


class LateError(BaseException):
    """A document took longer than it may. No :class:`Exception`, so that a parser that swallows its own errors does not swallow this."""


def _late(signum: int, frame: FrameType | None) -> None:
    if _State.armed:
        raise LateError


def allowance(characters: int) -> float:
    """Seconds of processor time that reading a report of so many characters may take.

    >>> allowance(5_000), allowance(100_000), allowance(280_000)
    (10.0, 10.0, 30.0)
    """
    return SECONDS * max(1, -(-characters // LONG))


@contextmanager
def within(seconds: float = SECONDS, *, expendable: bool = False) -> Iterator[bool]:
    """Raise :class:`LateError` in the block when it has used so many seconds of processor time.

    With ``expendable``, a process whose native code does not come back is killed (SIGVTALRM). Holds in the main thread of systems that have
    interval timers; elsewhere there is no limit. A block inside another goes by the outer one's limit. The block is told whether it has a limit
    of its own: where not, a :class:`LateError` in it is the outer block's.
    """
    if _State.armed or not hasattr(signal, "setitimer") or threading.current_thread() is not threading.main_thread():
        yield False
        return
    before = {number: signal.signal(number, _late) for number in (signal.SIGPROF, signal.SIGALRM)}
    if expendable:
        signal.signal(signal.SIGVTALRM, signal.SIG_DFL)
    _State.armed = True
    try:
        # fired again and again, should someone catch even a BaseException
        signal.setitimer(signal.ITIMER_PROF, seconds, 1.0)
        signal.setitimer(signal.ITIMER_REAL, seconds * WAITING, 1.0)
        if expendable:
            signal.setitimer(signal.ITIMER_VIRTUAL, seconds * STUCK)
        yield True
    finally:
        _State.armed = False
        for timer in (signal.ITIMER_PROF, signal.ITIMER_REAL, *((signal.ITIMER_VIRTUAL,) if expendable else ())):
            signal.setitimer(timer, 0)
        for number, handler in before.items():
            # none: what stood there was not set from Python and cannot be given back
            signal.signal(number, handler if handler is not None else signal.SIG_DFL)
