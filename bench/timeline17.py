"""Which days a story's timeline is made of: dates of Timeline17's journalists against ours.

    python -m bench timeline17 --data FOLDER [--cache FOLDER]

``FOLDER`` holds ``timeline17-dev.jsonl.gz`` (measuring only). For each timeline the days within its span are ranked and as many are
taken as the journalists took; F1 is the mean over timelines. Baselines: days by reports published, by time expressions, by reports that
name the day. Ours: a report names a day by its dated expressions, more so in its lead and when it was published soon after.
"""

from __future__ import annotations

import argparse
import gzip
import json
import sys
from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

Named = list[tuple[str, float]]
"""(day, where in the text it stands: 0 begin to 1 end) of an article."""


def named_days(articles: Sequence[dict], cache: Path | None) -> list[Named]:
    """The days that each article's time expressions name, kept in ``cache``."""
    if cache is not None and cache.exists():
        return [[(day, place) for day, place in row] for row in json.loads(cache.read_text(encoding="utf-8"))]
    from sightline.extract.times import find_times
    from sightline.language import read
    from sightline.types import Interval, Publication

    found: list[Named] = []
    for article, doc in zip(articles, read([article["text"] for article in articles])):
        start = datetime.fromisoformat(article["time"]).replace(tzinfo=UTC)
        interval = Interval(earliest=start, latest=start + timedelta(days=1, seconds=-1), edtf=article["time"])
        published = Publication(value=article["time"], interval=interval, method="metadata")
        row: Named = []
        for time in find_times(doc, published):
            if (
                time.type in ("DATE", "TIME")
                and len(time.value) >= 10
                and time.value[:4].isdigit()
                and time.value[4] == "-"
                and time.value[8:10].isdigit()
            ):
                row.append((time.value[:10], time.span.start / max(1, len(doc.text))))
        found.append(row)
    if cache is not None:
        cache.parent.mkdir(parents=True, exist_ok=True)
        cache.write_text(json.dumps(found), encoding="utf-8")
    return found


Rank = Callable[[Sequence[dict], Sequence[Named]], Counter]


def by_publication(articles: Sequence[dict], named: Sequence[Named]) -> Counter:
    return Counter(article["time"] for article in articles)


def by_expressions(articles: Sequence[dict], named: Sequence[Named]) -> Counter:
    return Counter(day for row in named for day, _ in row)


def by_reports(articles: Sequence[dict], named: Sequence[Named]) -> Counter:
    return Counter(day for row in named for day in {day for day, _ in row})


def ours(articles: Sequence[dict], named: Sequence[Named]) -> Counter:
    """Reports that name a day, weighted by how early in the text, how soon after the day, and how long it stays worth naming."""
    scores: dict[str, float] = defaultdict(float)
    late: dict[str, set[str]] = defaultdict(set)
    for article, row in zip(articles, named):
        issued = date.fromisoformat(article["time"])
        first: dict[str, float] = {}
        for day, place in row:
            first[day] = min(place, first.get(day, 1.0))
        for day, place in first.items():
            try:
                lag = (issued - date.fromisoformat(day)).days
            except ValueError:
                continue
            if lag < 0:
                scores[day] += 0.3
                continue
            scores[day] += (1.3 - 0.6 * place) * (1.0 if lag <= 3 else 0.8)
            if lag > 1:
                late[day].add(article["time"])
    published = by_publication(articles, named)
    for day in list(scores):
        scores[day] += 0.25 * published[day] + 1.2 * len(late[day])
    return Counter(scores)


def f1(collection: dict, named: Sequence[Named], rank: Rank) -> float:
    """Mean F1 of the days over a collection's timelines."""
    scores = rank(collection["articles"], named)
    values = []
    for timeline in collection["timelines"]:
        gold = {entry[0][:10] for entry in timeline}
        low, high = min(gold), max(gold)
        days = sorted((day for day in scores if low <= day <= high), key=lambda day: (-scores[day], day))[: len(gold)]
        right = len(gold & set(days))
        values.append(2 * right / (len(gold) + len(days)) if days else 0.0)
    return sum(values) / len(values)


def main(argv: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="bench timeline17", description=__doc__.splitlines()[0])
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--cache", type=Path, default=None)
    options = parser.parse_args(argv)
    path = options.data / "timeline17-dev.jsonl.gz"
    if not path.is_file():
        print(f"no Timeline17 at {path}: give the folder that holds it with --data", file=sys.stderr)
        return 1
    ranks: dict[str, Rank] = {"publication": by_publication, "expressions": by_expressions, "reports naming": by_reports, "ours": ours}
    totals: dict[str, list[float]] = {name: [] for name in ranks}
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            collection = json.loads(line)
            cache = options.cache / f"t17-{collection['collection']}.json" if options.cache is not None else None
            named = named_days(collection["articles"], cache)
            row = {name: f1(collection, named, rank) for name, rank in ranks.items()}
            for name, value in row.items():
                totals[name].append(value)
            print(f"{collection['collection']:<24}" + "  ".join(f"{name} {value:.3f}" for name, value in row.items()), flush=True)
    print(f"{'mean':<24}" + "  ".join(f"{name} {sum(values) / len(values):.3f}" for name, values in totals.items()))
    return 0
