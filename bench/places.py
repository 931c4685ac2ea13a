"""Place names: recognition and resolution on LGL and TR-News.

``python -m bench places --data FOLDER``: FOLDER (or its sub-folder ``places``) holds ``lgl.jsonl.gz`` and ``tr-news.jsonl.gz``. Two thirds of
the documents (by a hash of their ids) were used to train the shipped forests; scores are given for the held-out third and for all.

Recognition counts exact spans. Resolution is scored on gold names with coordinates: the share within 161 km of gold (an unresolved name is a
miss), the mean and median error, and the area under the curve of ln(1 + km) / ln(1 + 20,039), lower is better (unresolved names count
20,039 km). End to end, a name is right when its span is found and its point lies within 161 km.
"""

from __future__ import annotations

import argparse
import math
import statistics
import sys
import time
from pathlib import Path
from typing import Any

from sightline.extract.places import find_places
from sightline.extract.places.ranking import kilometres
from sightline.gazetteer import Gazetteer
from sightline.types import Place, Report, Span
from training.places.learn import Gold, load, share

HALF_WAY_ROUND = 20_039.0


def error(place: Place | None, gold: dict[str, Any]) -> float:
    if place is None or place.lat is None or place.lon is None:
        return HALF_WAY_ROUND
    return float(kilometres(place.lat, place.lon, gold["lat"], gold["lon"]))  # type: ignore[arg-type]


def resolution(errors: list[float]) -> str:
    area = statistics.fmean(math.log(1 + e) / math.log(1 + HALF_WAY_ROUND) for e in errors)
    near = sum(e <= 161 for e in errors) / len(errors)
    return f"{100 * near:.1f} | {statistics.fmean(errors):.0f} | {statistics.median(errors):.1f} | {area:.3f}"


def prior(gazetteer: Gazetteer, phrase: str) -> Place | None:
    """The most populous town of the name and nothing else."""
    towns = [p for p in gazetteer.named(phrase) if p.kind in ("city", "village")]
    return max(towns, key=lambda p: p.population, default=None)


def score(documents: list[Gold], gazetteer: Gazetteer) -> list[str]:
    hits = wanted = taken = whole = 0
    errors: list[float] = []
    first: list[float] = []
    ranked: list[float] = []
    located = 0
    for d in documents:
        report = Report(id=d.id, text=d.text)
        golds = {(t["start"], t["end"]): t for t in d.toponyms}
        placed = {k: t for k, t in golds.items() if t.get("lat") is not None}
        mentions = {(m.span.start, m.span.end): m for m in find_places(d.doc, gazetteer, report)}
        hits, wanted, taken = hits + len(mentions.keys() & golds.keys()), wanted + len(golds), taken + len(mentions)
        whole += sum(error(mentions[k].place, t) <= 161 for k, t in placed.items() if k in mentions)
        located += sum(m.place is not None and m.place.lat is not None for m in mentions.values())
        given = {(m.span.start, m.span.end): m for m in find_places(d.doc, gazetteer, report, spans=[Span(*k) for k in golds])}
        errors += [error(given[k].place if k in given else None, t) for k, t in placed.items()]
        first += [error(prior(gazetteer, t["phrase"]), t) for t in placed.values()]
        ranked += [error(next(iter(gazetteer.named(t["phrase"])), None), t) for t in placed.values()]
    precision, recall = hits / max(taken, 1), hits / max(wanted, 1)
    f1 = 2 * hits / max(wanted + taken, 1)
    return [
        f"{len(documents)} documents | {100 * precision:.1f} | {100 * recall:.1f} | {100 * f1:.1f} | {resolution(errors)} | "
        f"{100 * whole / len(errors):.1f} | {100 * whole / max(located, 1):.1f}",
        f"  population prior over towns | | | | {resolution(first)} | |",
        f"  first of the gazetteer's list | | | | {resolution(ranked)} | |",
    ]


def main(argv: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="bench places", description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    options = parser.parse_args(argv)
    folder = options.data / "places" if (options.data / "places").is_dir() else options.data
    try:
        documents = load(folder)
    except FileNotFoundError as problem:
        print(
            f"bench places: {problem.filename} is missing; give the folder with lgl.jsonl.gz and tr-news.jsonl.gz as --data",
            file=sys.stderr,
        )
        return 1
    report_on(documents)
    return 0


def report_on(documents: list[Gold]) -> None:
    gazetteer = Gazetteer.load()
    print("set | P | R | F1 | within 161 km of gold (%) | mean km | median km | AUC | end to end recall | end to end precision")
    for corpus in ("tr-news", "lgl"):
        part = [d for d in documents if d.corpus == corpus]
        for label, chosen in (("held out", [d for d in part if not share(d.id, 3)]), ("all", part)):
            for line in score(chosen, gazetteer):
                print(corpus, label, line)
    words = sum(len(d.text.split()) for d in documents)
    begun = time.process_time()
    for d in documents:
        find_places(d.doc, gazetteer, Report(id=d.id, text=d.text))
    print(f"speed, given a Doc: {words / (time.process_time() - begun):,.0f} words a second of processor time")
