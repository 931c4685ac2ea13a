"""What a process that reads many reports asks of its machine: call ``prepare`` first of all, before anything imports numpy.

numpy brings OpenBLAS with matrix products for a few families of processors. It picks those for AVX-512 on Intel's only, and takes AMD's of
2022 and later for older ones, at half the speed; the environment variable ``OPENBLAS_CORETYPE``, which OpenBLAS reads when it is
loaded, puts that right. A variable that is set already stays.
"""

from __future__ import annotations

import gc
import os
import platform
import sys
from pathlib import Path

_CPUS = Path("/proc/cpuinfo")
_WIDE = frozenset({"avx512f", "avx512cd", "avx512bw", "avx512dq", "avx512vl"})
#: New objects after which Python looks for cycles, of which reading makes none: its default, 700, costs a twentieth of the time.
_YOUNG = 50_000


def prepare() -> None:
    """Let this process and those it starts use the widest products of the processor, and look for dead cycles seldom."""
    gc.set_threshold(_YOUNG, 20, 100)
    if "numpy" not in sys.modules and platform.machine() == "x86_64" and misjudged(_described()):
        os.environ.setdefault("OPENBLAS_CORETYPE", "SkylakeX")


def _described() -> str:
    try:
        with _CPUS.open(encoding="ascii", errors="replace") as file:
            return file.read(8192)
    except OSError:
        return ""


def misjudged(described: str) -> bool:
    """Whether the processor is one whose width OpenBLAS overlooks, from the first lines of Linux' ``/proc/cpuinfo``.

    >>> misjudged("vendor_id : AuthenticAMD\\nflags : fpu avx512f avx512cd avx512bw avx512dq avx512vl\\n")
    True
    >>> misjudged("vendor_id : GenuineIntel\\nflags : fpu avx512f avx512cd avx512bw avx512dq avx512vl\\n")
    False
    """
    fields = [line.partition(":") for line in described.splitlines()]
    known = {name.strip(): value.strip() for name, _, value in reversed(fields)}
    return known.get("vendor_id") == "AuthenticAMD" and set(known.get("flags", "").split()) >= _WIDE
