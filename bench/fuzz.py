"""Every reader and the whole path under hostile input: no crash, no hang, no memory over the limit.

    python -m bench fuzz [--minutes 5] [--target NAME ...] [--corpus FOLDER] [--engine auto|atheris|plain]

Minutes are shared out among the targets. With atheris installed (pip install atheris) the search is guided by the branches that an input
takes; without it, seeds are mutated blindly. Each target runs in a process of its own; what it finds is kept in FOLDER/finds with its
traceback, and the inputs that opened new branches in FOLDER/NAME, to begin from the next time.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import logging
import os
import random
import resource
import subprocess
import sys
import tempfile
import time
import traceback
import warnings
from collections.abc import Callable
from pathlib import Path

from sightline.readers.limit import SECONDS, LateError, within

ROOT = Path(__file__).parent.parent
MEMORY = 3_000_000_000
"""Bytes of data that a target's process may hold."""
GROWTH = 500_000
"""Kibibytes by which one input may raise the process's peak."""
LONGEST = 20_000
"""Bytes of an input."""


class Watch:
    """Runs a target on one input after the other and keeps what goes wrong, once for each kind."""

    def __init__(self, target: str, check: Callable[[bytes], None], corpus: Path) -> None:
        self._target = target
        self._check = check
        self._corpus = corpus
        self._finds = corpus / "finds"
        self._current = corpus / f"{target}.current"
        self._stats = corpus / f"{target}.json"
        self.runs = 0
        self._slowest = 0.0
        self._told = 0.0
        self._began = time.monotonic()

    def __call__(self, data: bytes) -> None:
        """One input."""
        self._current.write_bytes(data)
        before, began = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, time.process_time()
        try:
            with within(SECONDS):
                self._check(data)
        except LateError as error:
            self._keep(data, "Late", error)
        except Exception as error:
            self._keep(data, type(error).__name__, error)
        self.runs += 1
        grown = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before
        if grown > GROWTH and self.runs > 1:
            self._keep(data, f"Memory{grown // GROWTH}", None)
        spent = time.process_time() - began
        if spent > self._slowest and self.runs > 1:
            self._slowest = spent
            (self._corpus / f"{self._target}.slowest").write_bytes(data)
        if time.monotonic() - self._told > 2:
            self.tell()

    def tell(self) -> None:
        """Write the counts down for the parent process."""
        self._told = time.monotonic()
        counts = {"runs": self.runs, "slowest": round(self._slowest, 2), "seconds": round(self._told - self._began)}
        self._stats.write_text(json.dumps(counts))

    def _keep(self, data: bytes, kind: str, error: BaseException | None) -> None:
        frames = traceback.extract_tb(error.__traceback__) if error is not None else []
        own = [frame for frame in frames if "/sightline/" in frame.filename] or list(frames)
        place = f"{Path(own[-1].filename).stem}-{own[-1].lineno}" if own and kind != "Late" else ""
        path = self._finds / f"{self._target}-{kind}-{place}.bin"
        if path.exists() and path.stat().st_size <= len(data):
            return
        path.write_bytes(data)
        path.with_suffix(".txt").write_text("".join(traceback.format_exception(error)) if error is not None else kind)


def mutated(data: bytes, seeds: list[bytes], chance: random.Random) -> bytes:
    """An input with a few changes: bytes, pieces doubled, lost, moved, swapped with another seed's, and words that parsers turn on."""
    from bench._fuzz_seeds import WORDS

    made = bytearray(data)
    for _ in range(chance.choice((1, 1, 2, 4, 8))):
        place = chance.randrange(len(made) + 1)
        end = min(len(made), place + chance.choice((1, 2, 8, 64, 1024)))
        piece = bytes(made[place:end])
        other = chance.choice(seeds)
        cut = chance.randrange(len(other) + 1)
        changes: tuple[bytes, ...] = (
            bytes([chance.randrange(256)]) * len(piece[:1]),
            b"",
            piece * chance.choice((2, 2, 16, 200)),
            piece[::-1],
            other[cut : cut + chance.choice((4, 64, 1024))],
            chance.choice(WORDS).encode() + piece,
            bytes(byte ^ (1 << chance.randrange(8)) for byte in piece[:1]) + piece[1:],
        )
        made[place:end] = chance.choice(changes)
    return bytes(made[:LONGEST])


def rewrapped(target: str, payload: bytes) -> bytes:
    """A payload in the compression that the target unpacks."""
    import gzip

    from bench._fuzz_seeds import pack

    return pack({"archive/a.warc": payload}) if target == "wacz" else gzip.compress(payload, 1, mtime=0)


def search_plainly(target: str, watch: Watch, seeds: list[bytes], until: float) -> None:
    """Blind mutation of the seeds."""
    from bench._fuzz_targets import unwrapped

    chance = random.Random(os.getpid())
    for seed in seeds:
        watch(seed)
    while time.monotonic() < until:
        seed = chance.choice(seeds)
        inside = unwrapped(target, seed) if chance.random() < 0.5 else None
        watch(mutated(seed, seeds, chance) if inside is None else rewrapped(target, mutated(inside, seeds, chance)))


def search_guided(target: str, watch: Watch, corpus: Path, seconds: float) -> None:
    """Search by atheris (libFuzzer), which ends the process itself."""
    import atheris

    from bench._fuzz_seeds import WORDS
    from bench._fuzz_targets import unwrapped

    def mutate(data: bytes, longest: int, seed: int) -> bytes:
        inside = unwrapped(target, data) if seed % 2 else None
        if inside is None:
            return bytes(atheris.Mutate(data, longest))
        return rewrapped(target, atheris.Mutate(inside or b" ", longest))[:longest]

    words = corpus / f"{target}.dict"
    words.write_text("".join('"' + "".join(f"\\x{byte:02x}" for byte in word.encode()) + '"\n' for word in WORDS))
    options = [f"-max_total_time={int(seconds)}", f"-max_len={LONGEST}", f"-dict={words}", "-timeout=0", "-rss_limit_mb=0", "-verbosity=1",
               "-print_final_stats=0", "-detect_leaks=0", str(corpus / target)]  # fmt: skip
    more = {"custom_mutator": mutate} if target in ("wacz", "gzip", "warc") else {}
    atheris.Setup([sys.argv[0], *options], watch, **more)
    atheris.Fuzz()


def inside(target: str, seconds: float, corpus: Path, engine: str) -> int:
    """The child: one target for some seconds."""
    warnings.simplefilter("ignore")
    logging.disable(logging.CRITICAL)
    until = time.monotonic() + seconds
    if engine == "atheris":
        import atheris

        packages = __import__("bench._fuzz_targets", fromlist=["LIBRARIES"]).LIBRARIES.get(target, ())
        for name in [name for name in sys.modules if name.split(".")[0] == "sightline" or name.startswith("bench._fuzz")]:
            del sys.modules[name]
        with atheris.instrument_imports(include=["sightline", *packages], enable_loader_override=False):
            from bench._fuzz_targets import TARGETS

            TARGETS[target](b" ")
    else:
        from bench._fuzz_targets import TARGETS
    resource.setrlimit(resource.RLIMIT_DATA, (MEMORY, resource.getrlimit(resource.RLIMIT_DATA)[1]))
    watch = Watch(target, TARGETS[target], corpus)
    seeds = [path.read_bytes() for path in sorted((corpus / target).iterdir())]
    for seed in seeds[:50]:
        watch(seed)
    if engine == "atheris":
        search_guided(target, watch, corpus, max(1.0, until - time.monotonic()))
    else:
        search_plainly(target, watch, seeds, until)
    watch.tell()
    return 0


def attacked(target: str, seconds: float, corpus: Path, engine: str) -> dict[str, float]:
    """Run the child, again when it dies, until the time is over; its counts."""
    from bench._fuzz_seeds import SEEDS

    (corpus / target).mkdir(parents=True, exist_ok=True)
    for seed in SEEDS[target]():
        (corpus / target / hashlib.sha256(seed).hexdigest()[:16]).write_bytes(seed)
    total = {"runs": 0.0, "slowest": 0.0, "deaths": 0.0}
    until = time.monotonic() + seconds
    stats, current = corpus / f"{target}.json", corpus / f"{target}.current"
    while (left := until - time.monotonic()) > 1 and total["deaths"] < 20:
        stats.unlink(missing_ok=True)
        command = [
            sys.executable,
            "-m",
            "bench",
            "fuzz",
            "--target",
            target,
            "--corpus",
            str(corpus),
            "--engine",
            engine,
            "--inside",
            str(left),
        ]
        with (corpus / f"{target}.log").open("ab") as log:
            try:
                code = subprocess.run(command, cwd=ROOT, stdout=log, stderr=log, timeout=left + 120).returncode
            except subprocess.TimeoutExpired:
                code = -9
        counts = json.loads(stats.read_text()) if stats.exists() else {"runs": 0, "slowest": 0.0}
        total["runs"] += counts["runs"]
        total["slowest"] = max(total["slowest"], counts["slowest"])
        if code != 0:
            total["deaths"] += 1
            data = current.read_bytes() if current.exists() else b""
            (corpus / "finds" / f"{target}-died{code}-{hashlib.sha256(data).hexdigest()[:8]}.bin").write_bytes(data)
    current.unlink(missing_ok=True)
    return total


def _engine(wanted: str) -> str:
    import importlib.util

    if wanted == "plain":
        return wanted
    if importlib.util.find_spec("atheris") is not None:
        return "atheris"
    if wanted == "atheris":
        raise SystemExit("guided fuzzing needs atheris; pip install atheris, or say --engine plain")
    print("atheris is not installed (pip install atheris): seeds are mutated blindly")
    return "plain"


def main(argv: list[str]) -> int:
    from bench._fuzz_seeds import SEEDS

    parser = argparse.ArgumentParser(prog="bench fuzz", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--minutes", type=float, default=5, help="in sum over the targets")
    parser.add_argument("--target", action="append", choices=sorted(SEEDS), help="may be given more than once; all if not given")
    parser.add_argument("--corpus", type=Path, help="where inputs are kept; a folder of its own in the temporary one if not given")
    parser.add_argument("--engine", choices=("auto", "atheris", "plain"), default="auto")
    parser.add_argument("--inside", type=float, help=argparse.SUPPRESS)
    options = parser.parse_args(argv)
    if options.inside is not None:
        return inside(options.target[0], options.inside, options.corpus, options.engine)
    engine, targets = _engine(options.engine), options.target or list(SEEDS)
    corpus = options.corpus or Path(tempfile.mkdtemp(prefix="sightline-fuzz-"))
    (corpus / "finds").mkdir(parents=True, exist_ok=True)
    share = {target: 4.0 if target == "whole" else 1.0 for target in targets}
    for target in targets:
        seconds = options.minutes * 60 * share[target] / sum(share.values())
        found = attacked(target, seconds, corpus, engine)
        print(
            f"{target:<10} {seconds / 60:5.1f} min {found['runs']:10,.0f} inputs, slowest {found['slowest']:5.2f} s, deaths {found['deaths']:.0f}",
            flush=True,
        )
    finds = sorted((corpus / "finds").glob("*.bin"))
    print(f"{len(finds)} kinds of fault ({engine}); {corpus / 'finds'}")
    for path in finds:
        print(f"  {path.name}")
    return 1 if finds else 0
