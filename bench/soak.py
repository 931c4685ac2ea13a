"""A crawl under attack: a worker is killed every so often for a while, and nothing may be lost or doubled.

    python -m bench soak [--minutes 60] [--every 60] [--shards 40] [--documents 60]

Synthetic shards are read once in peace; then again and again into fresh folders while workers of the crawl are killed with SIGKILL at
random, and now and then the driver, alone or with its workers. Every finished folder must hold the same bytes as the peaceful one.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).parent.parent
TOWNS = ("Turku", "Oslo", "Lagos", "Lima", "Quito", "Hanoi", "Dakar", "Perth", "Izmir", "Leeds")
DOINGS = (
    "left {town} on Sunday",
    "arrived in {town} early on Tuesday",
    "will meet the mayor of {town} next week",
    "was seen near {town} last night",
)
SPEAKERS = ("the port authority said", "two officials told the agency", "according to a witness", "the company said in a statement")


def make_shards(folder: Path, shards: int, documents: int) -> list[str]:
    chance = random.Random(3)
    folder.mkdir(parents=True)
    made = []
    for number in range(shards):
        lines = []
        for place in range(documents):
            sentences = [
                f"The ship {chance.choice('ABCDEFG')} {chance.choice(DOINGS).format(town=chance.choice(TOWNS))}, {chance.choice(SPEAKERS)}."
                for _ in range(8)
            ]
            lines.append(json.dumps({"id": f"{number}-{place}", "text": " ".join(sentences), "published": "2024-03-06"}))
        path = folder / f"shard-{number:03d}.jsonl"
        path.write_text("\n".join(lines))
        made.append(str(path))
    return made


def crawl(shards: list[str], out: Path) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-c", "from sightline.cli import main; main()", "crawl", *shards, "--out", str(out), "--jobs", "2", "-q"]
    with out.with_suffix(".log").open("ab") as log:
        return subprocess.Popen(command, cwd=ROOT, stdout=log, stderr=log, start_new_session=True)


def told(out: Path) -> str:
    """The last that a crawl said."""
    return out.with_suffix(".log").read_text()[-2000:]


def workers(parent: int) -> list[int]:
    """A driver's reading processes, without the helper that multiprocessing keeps beside them."""
    found = subprocess.run(["pgrep", "-P", str(parent), "-f", "spawn_main"], capture_output=True, text=True, check=False).stdout.split()
    return [int(process) for process in found]


def tables(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted(folder.glob("*.parquet"))}


def main(argv: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="bench soak", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--minutes", type=float, default=60)
    parser.add_argument("--every", type=float, default=60, help="seconds between kills")
    parser.add_argument("--shards", type=int, default=40)
    parser.add_argument("--documents", type=int, default=60)
    options = parser.parse_args(argv)
    folder = Path(tempfile.mkdtemp(prefix="sightline-soak-"))
    chance = random.Random(5)
    shards = make_shards(folder / "in", options.shards, options.documents)
    started = time.monotonic()
    if crawl(shards, folder / "calm").wait() != 0:
        print(f"the peaceful crawl failed\n{told(folder / 'calm')}")
        return 1
    calm = tables(folder / "calm")
    print(f"in peace: {len(shards)} shards in {time.monotonic() - started:.0f} s", flush=True)
    end = time.monotonic() + options.minutes * 60
    counts = {"rounds": 0, "workers": 0, "drivers": 0}
    while time.monotonic() < end:
        out = folder / f"round-{counts['rounds']}"
        code = shaken(shards, out, options.every, chance, counts)
        if code != 0 or tables(out) != calm:
            print(
                f"round {counts['rounds']} ended with exit code {code}, its tables {'equal' if tables(out) == calm else 'different'}\n{told(out)}"
            )
            return 1
        shutil.rmtree(out)
        counts["rounds"] += 1
        print(f"{(time.monotonic() - started) / 60:.0f} minutes: {counts}", flush=True)
    minutes = (time.monotonic() - started) / 60
    print(
        f"{counts['rounds']} rounds, {counts['workers']} workers and {counts['drivers']} drivers killed in {minutes:.0f} minutes: "
        "every round equal to the byte"
    )
    shutil.rmtree(folder)
    return 0


def shaken(shards: list[str], out: Path, every: float, chance: random.Random, counts: dict[str, int]) -> int:
    """Crawl under attack till it ends; its exit code."""
    running = crawl(shards, out)
    while True:
        try:
            return running.wait(timeout=every * chance.uniform(0.5, 1.5))
        except subprocess.TimeoutExpired:
            alive = workers(running.pid)
            if chance.random() < 0.2:
                if chance.random() < 0.5:
                    os.killpg(running.pid, signal.SIGKILL)
                else:
                    running.kill()
                running.wait()
                counts["drivers"] += 1
                running = crawl(shards, out)
            elif alive:
                with contextlib.suppress(ProcessLookupError):  # it was just done
                    os.kill(chance.choice(alive), signal.SIGKILL)
                    counts["workers"] += 1
