"""What a million articles a day cost: processor time, memory and storage of a crawl over web archives, measured and multiplied.

    python -m bench scale [--data FOLDER] [--articles 200] [--words 600]

Web archives are made of articles of some 600 words (Timeline17's where ``--data`` names the folder with stories/, else the example's
reports over and over), each in a page with head, navigation and footer, gzipped page by page as crawlers write them. The crawl reads one
with so many articles and one with twice as many; the difference of the two is what reading costs without the start-up. Processor time, not
time by the clock, so that neighbours on the machine matter little.
"""

from __future__ import annotations

import argparse
import gzip
import html
import io
import json
import resource
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

from bench._fuzz_seeds import warc
from bench.path import _articles

ROOT = Path(__file__).parent.parent
MILLION = 1_000_000
FURNITURE = "".join(f'<li><a href="/section/{place}">Section {place}</a></li>' for place in range(60))


def page(text: str, number: int) -> bytes:
    """A news page around an article."""
    paragraphs = "".join(f"<p>{html.escape(part)}</p>" for part in text.split("\n") if part.strip())
    head = json.dumps(
        {"@type": "NewsArticle", "headline": f"Article {number}", "datePublished": f"2024-03-{number % 28 + 1:02d}T08:00:00Z"}
    )
    return (
        f'<!doctype html><html lang="en"><head><title>Article {number}</title><meta property="og:site_name" content="Harbour Post">'
        f'<link rel="canonical" href="https://harbour.example/{number}"><script type="application/ld+json">{head}</script></head><body>'
        f"<nav><ul>{FURNITURE}</ul></nav><article><h1>Article {number}</h1>{paragraphs}</article><footer><ul>{FURNITURE}</ul></footer></body></html>"
    ).encode()


def archive(path: Path, articles: int, words: int, data: Path | None) -> int:
    """Write a web archive; gives its words."""
    total, made = 0, 0
    stream = io.BytesIO()
    rest: list[str] = []
    for text in _articles(data):
        rest.extend(text.split(" "))
        while len(rest) >= words and made < articles:
            part, rest = " ".join(rest[:words]), rest[words:]
            stream.write(gzip.compress(warc(page(part, made)), 6, mtime=0))
            made += 1
            total += len(part.split())
        if made >= articles:
            break
    path.write_bytes(stream.getvalue())
    return total


def crawl(shard: Path, out: Path) -> tuple[float, int, dict[str, int]]:
    """Processor seconds, peak kibibytes and what the manifest says of one crawl."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    command = [sys.executable, "-c", "from sightline.cli import main; main()", "crawl", str(shard), "--out", str(out), "--jobs", "1", "-q"]
    subprocess.run(command, cwd=ROOT, check=True, stdout=subprocess.DEVNULL)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    spent = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    counts = json.loads((out / "manifest.json").read_text())[0]
    return spent, after.ru_maxrss, counts


def main(argv: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="bench scale", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path)
    parser.add_argument("--articles", type=int, default=200)
    parser.add_argument("--words", type=int, default=600)
    options = parser.parse_args(argv)
    with tempfile.TemporaryDirectory(prefix="sightline-scale-") as place:
        folder = Path(place)
        few, many = folder / "few.warc.gz", folder / "many.warc.gz"
        words = (
            archive(few, options.articles, options.words, options.data),
            archive(many, 2 * options.articles, options.words, options.data),
        )
        first, _, _ = crawl(few, folder / "few")
        second, peak, counts = crawl(many, folder / "many")
        began = time.process_time()
        from sightline.readers import read_paths

        pages = sum(1 for _ in read_paths([few]))
        reading = time.process_time() - began
        sizes: Counter[str] = Counter()
        for path in (folder / "many").glob("*.parquet"):
            sizes[path.name.split(".")[-2]] += path.stat().st_size
        each = (second - first) / options.articles
        print(f"{counts['reports']} articles, {counts['words']:,} words, {counts['claims']:,} claims, {counts['set_aside']} set aside")
        print(f"archive: {many.stat().st_size / 2 / options.articles / 1000:.1f} kB an article")
        print(f"reading the archive and its pages alone: {reading / pages * 1000:.0f} ms an article")
        speed, start = (words[1] - words[0]) / (second - first), first - each * options.articles
        print(f"all: {each * 1000:.0f} ms an article, {speed:,.0f} words/s a core; start-up {start:.1f} s")
        print(f"peak of a worker: {peak / 1000:,.0f} MB")
        print(
            "Parquet, kB an article: "
            + ", ".join(f"{name} {size / 2 / options.articles / 1000:.1f}" for name, size in sorted(sizes.items()))
        )
        print(
            f"a million articles: {each * MILLION / 3600:,.0f} core-hours, {sum(sizes.values()) / 2 / options.articles * MILLION / 1e9:.1f} GB of Parquet"
        )
    return 0
