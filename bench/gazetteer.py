"""The gazetteer at full size: importing a GeoNames dump of all countries, and what a first start and a later one cost.

    python -m bench gazetteer [--rows 12500000] [--folder FOLDER] [--keep]

The dump is synthetic, written line by line in the columns of GeoNames' export: names of towns, rivers, hills and farms made of syllables with
up to four other names each, so that the file, its names and their repetition are about those of ``allCountries.txt``. ``sightline places import``
then runs in a process of its own; its time and its highest resident memory are the system's figures (``wait4``). Afterwards fresh processes
open the gazetteer with that database beside it, and without; a last one starts with an empty cache.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).parent.parent
CONSONANTS, VOWELS = "bdfghklmnprstvz", "aeiou"
FEATURES = (
    ("P", "PPL", 45),
    ("H", "STM", 18),
    ("T", "MT", 10),
    ("S", "FRM", 9),
    ("L", "PRK", 6),
    ("T", "HLL", 6),
    ("A", "ADM4", 4),
    ("S", "SCH", 2),
)
COUNTRIES = (
    "US",
    "CN",
    "IN",
    "MX",
    "ID",
    "RU",
    "IR",
    "NP",
    "PK",
    "NO",
    "MM",
    "CA",
    "TR",
    "BR",
    "TH",
    "PE",
    "BD",
    "VN",
    "CO",
    "DE",
    "AU",
    "MA",
    "GB",
    "FR",
    "PH",
    "ZA",
    "ES",
    "FI",
    "NG",
    "UA",
)
SUFFIXES = ("", "", "", " Creek", " Hill", " River", " Lake", " Farm", " School", " Park")
LETTERS = ("а", "е", "и", "о", "у", "к", "л", "м", "н", "р", "с", "т")
ASK = """
import json, resource, sys, time
begun = time.perf_counter()
from pathlib import Path
from sightline.gazetteer import Gazetteer
places = Path(sys.argv[1]) if sys.argv[1] else None
started = time.perf_counter()
gazetteer = Gazetteer.load(dump=places)
gazetteer.named("Springfield")
ready = time.perf_counter() - started
names = sys.argv[2].split("|")
asked = time.perf_counter()
hits = sum(len(gazetteer.candidates(n)) for n in names)
looked = time.perf_counter() - asked
print(json.dumps({"imports": started - begun, "ready": ready, "lookup_us": 1e6 * looked / len(names), "hits": hits,
  "mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024}))
"""


def name(chance: random.Random) -> str:
    word = "".join(chance.choice(CONSONANTS) + chance.choice(VOWELS) for _ in range(chance.choice((2, 3, 3, 4)))).capitalize()
    return word + chance.choice(SUFFIXES)


def write_dump(path: Path, rows: int, seed: int = 12) -> list[str]:
    """Write the dump and return some of its names."""
    chance = random.Random(seed)
    kinds = [(c, f) for c, f, weight in FEATURES for _ in range(weight)]
    asked = []
    with path.open("w", encoding="utf-8") as file:
        for number in range(1, rows + 1):
            own = name(chance)
            others = [name(chance) for _ in range(chance.choice((0, 0, 1, 1, 2, 4)))]
            if chance.random() < 0.25:
                others.append("".join(chance.choices(LETTERS, k=7)).capitalize())
            feature, code = chance.choice(kinds)
            people = int(chance.paretovariate(0.9) * 50) if feature == "P" and chance.random() < 0.15 else 0
            country = chance.choice(COUNTRIES)
            row = (
                20_000_000 + number, own, own, ",".join(others), f"{chance.uniform(-60, 75):.5f}", f"{chance.uniform(-180, 180):.5f}", feature, code,
                country, "", f"{chance.randrange(40):02d}", "", "", "", people, "", chance.randrange(2000), "Europe/Oslo", "2026-01-01",
            )  # fmt: skip
            file.write("\t".join(map(str, row)) + "\n")
            if number % max(1, rows // 500) == 0:
                asked.append(own)
    return asked


def timed(command: list[str], **environment: str) -> tuple[float, float, float, str]:
    """Wall seconds, processor seconds, peak memory in MB and output of a command of its own."""
    begun = time.perf_counter()
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True, env={**os.environ, **environment})
    assert process.stdout is not None
    output = process.stdout.read()
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise RuntimeError(f"{' '.join(command[:4])} ended with {process.returncode}")
    return time.perf_counter() - begun, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024, output


def ask(database: Path | None, names: list[str], label: str, **environment: str) -> None:
    _, cpu, memory, output = timed([sys.executable, "-c", ASK, str(database or ""), "|".join(names)], **environment)
    told = json.loads(output)
    print(
        f"{label}: ready in {told['ready']:.2f} s after {told['imports']:.2f} s of imports, {told['lookup_us']:.0f} us a name asked for the first time "
        f"({told['hits']:,} places), {memory:.0f} MB, {cpu:.1f} s of processor in all"
    )


def main(argv: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="bench gazetteer", description=__doc__)
    parser.add_argument("--rows", type=int, default=200_000)
    parser.add_argument("--folder", type=Path, help="where the dump and the database are written (some 5 GB at full size)")
    parser.add_argument("--keep", action="store_true", help="leave the files there, and use a dump that lies there")
    options = parser.parse_args(argv)
    with tempfile.TemporaryDirectory(dir=options.folder) as temporary:
        folder = options.folder if options.keep and options.folder else Path(temporary)
        dump, database = folder / f"all-{options.rows}.txt", folder / "geonames.sqlite"
        listed = folder / f"all-{options.rows}.names"
        if not listed.is_file():
            listed.write_text("|".join(write_dump(dump, options.rows)), encoding="utf-8")
        names = listed.read_text(encoding="utf-8").split("|")
        print(f"dump: {options.rows:,} rows, {dump.stat().st_size / 1e6:,.0f} MB")
        run = "from sightline.cli import main; main()"
        wall, cpu, memory, _ = timed([sys.executable, "-c", run, "places", "import", str(dump), "-o", str(database), "--quiet"])
        print(f"import: {wall:,.0f} s, {cpu:,.0f} s of processor, {memory:.0f} MB at most, {database.stat().st_size / 1e6:,.0f} MB written")
        ask(database, names, "with the database")
        ask(None, names, "without it")
        with tempfile.TemporaryDirectory() as empty:
            ask(None, names, "first start of all", SIGHTLINE_CACHE=empty)
            ask(None, names, "second start", SIGHTLINE_CACHE=empty)
    return 0
