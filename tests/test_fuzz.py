"""The fuzz bench itself: seeds that pass, a planted fault that is found, once for each kind, with the smallest input kept."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from bench._fuzz_seeds import SEEDS
from bench._fuzz_targets import TARGETS
from bench.fuzz import Watch, search_plainly


@pytest.mark.parametrize("target", [target for target in SEEDS if target != "whole"])
def test_every_seed_passes(target: str) -> None:
    for seed in SEEDS[target]():
        TARGETS[target](seed)


def test_every_target_has_seeds() -> None:
    assert SEEDS.keys() == TARGETS.keys()


def test_a_planted_fault_is_found_and_kept_once(tmp_path: Path) -> None:
    (tmp_path / "finds").mkdir()

    def faulty(data: bytes) -> None:
        if b"9" in data:
            raise KeyError("planted")

    watch = Watch("dates", faulty, tmp_path)
    search_plainly("dates", watch, SEEDS["dates"](), time.monotonic() + 0.3)
    watch(b"9")
    (found,) = (tmp_path / "finds").glob("*.bin")
    assert found.name.startswith("dates-KeyError") and found.read_bytes() == b"9"
    assert "planted" in found.with_suffix(".txt").read_text()
    assert watch.runs > len(SEEDS["dates"]())
