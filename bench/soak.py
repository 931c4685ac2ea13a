"""A crawl under attack: a worker is killed every so often for a while, and nothing may be lost or doubled.

    python -m bench soak [--minutes 60] [--every 60] [--shards 40] [--documents 60]

Synthetic shards are read once in peace; then again and again into fresh folders while workers of the crawl are killed with SIGKILL at
random. Every finished folder must hold the same bytes as the peaceful one.
"""

from __future__ import annotations

import argparse
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
    return subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True)


def workers(parent: int) -> list[int]:
    found = subprocess.run(["pgrep", "-P", str(parent)], capture_output=True, text=True, check=False).stdout.split()
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
        print("the peaceful crawl failed")
        return 1
    calm = tables(folder / "calm")
    print(f"in peace: {len(shards)} shards in {time.monotonic() - started:.0f} s")
    end = time.monotonic() + options.minutes * 60
    rounds = kills = drivers = 0
    while time.monotonic() < end:
        out = folder / f"round-{rounds}"
        running = crawl(shards, out)
        while True:
            try:
                code = running.wait(timeout=options.every * chance.uniform(0.5, 1.5))
            except subprocess.TimeoutExpired:
                if chance.random() < 0.2:
                    os.killpg(running.pid, signal.SIGKILL)
                    running.wait()
                    drivers += 1
                    running = crawl(shards, out)
                else:
                    alive = workers(running.pid)
                    if alive:
                        os.kill(chance.choice(alive), signal.SIGKILL)
                        kills += 1
                continue
            if code != 0:
                print(f"round {rounds} ended with exit code {code}")
                return 1
            break
        if tables(out) != calm:
            print(f"round {rounds} differs from the peaceful crawl")
            return 1
        shutil.rmtree(out)
        rounds += 1
    print(f"{rounds} rounds, {kills} workers and {drivers} drivers killed in {options.minutes:g} minutes: every round equal to the byte")
    shutil.rmtree(folder)
    return 0
