"""The processor's full width is asked for where it is there, and only there."""

import subprocess
import sys

import pytest

from sightline.language.processor import misjudged

FLAGS = "fpu sse2 avx2 avx512f avx512cd avx512bw avx512dq avx512vl"


@pytest.mark.parametrize(
    ("vendor", "flags", "expected"),
    [("AuthenticAMD", FLAGS, True), ("AuthenticAMD", "fpu sse2 avx2", False), ("GenuineIntel", FLAGS, False)],
)
def test_only_wide_processors_that_are_overlooked(vendor: str, flags: str, expected: bool) -> None:
    assert misjudged(f"processor\t: 0\nvendor_id\t: {vendor}\nflags\t\t: {flags}\n\nprocessor\t: 1\nvendor_id\t: Other\n") is expected


def test_another_system_s_silence_asks_for_nothing() -> None:
    assert not misjudged("")


def test_what_the_user_has_set_stays_and_numpy_is_not_loaded() -> None:
    code = (
        "import os, sys; from sightline.language import processor; processor.prepare(); "
        "print(os.environ['OPENBLAS_CORETYPE'], 'numpy' in sys.modules)"
    )
    surroundings = {"OPENBLAS_CORETYPE": "Haswell", "PYTHONPATH": ":".join(sys.path)}
    shown = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, env=surroundings)
    assert shown.stdout.split() == ["Haswell", "False"]
