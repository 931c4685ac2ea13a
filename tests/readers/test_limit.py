"""How long a document may take: by the processor's time first, by the clock for what only waits."""

from __future__ import annotations

import subprocess
import sys
import threading
import time

import pytest

from sightline.readers import limit
from sightline.readers.limit import LateError, within


def spin(seconds: float) -> None:
    end = time.process_time() + seconds
    while time.process_time() < end:
        pass


def test_what_works_too_long_is_stopped() -> None:
    with pytest.raises(LateError), within(0.05):
        spin(10)


def test_what_only_waits_is_stopped_later() -> None:
    began = time.monotonic()
    with pytest.raises(LateError), within(0.02):
        time.sleep(30)
    assert time.monotonic() - began >= 0.02 * limit.WAITING


def test_a_wait_shorter_than_that_is_no_fault() -> None:
    with within(0.05):
        time.sleep(0.1)


def test_a_parser_that_swallows_every_error_does_not_swallow_this() -> None:
    with pytest.raises(LateError), within(0.05):
        try:
            spin(10)
        except Exception:
            pytest.fail("swallowed")


def test_nothing_is_left_behind() -> None:
    with within(0.05):
        pass
    spin(0.1)


def test_an_inner_block_goes_by_the_outer_limit() -> None:
    with within(5):
        with within(0.01):
            spin(0.05)
        spin(0.05)


def test_other_threads_have_no_limit() -> None:
    done: list[bool] = []

    def work() -> None:
        with within(0.01):
            spin(0.05)
            done.append(True)

    thread = threading.Thread(target=work)
    thread.start()
    thread.join()
    assert done == [True]


STUCK = """
import time
from sightline.readers import limit
limit.STUCK = 1
with limit.within(0.1, expendable=True):
    import hashlib
    hashlib.pbkdf2_hmac("sha256", b"x", b"y", 100_000_000)
"""


def test_native_code_that_does_not_come_back_ends_an_expendable_process() -> None:
    ended = subprocess.run([sys.executable, "-c", STUCK], timeout=60, stderr=subprocess.DEVNULL)
    assert ended.returncode < 0
