"""Names in sentences of PolNeAR, marked by hand, beside the corpus' automatic names.

``bench/gold/names-polnear.tsv`` was looked at when rules were made; ``names-polnear-held.tsv``, of other articles, was marked after them.
"""

from __future__ import annotations

import gzip
import json
import re
from pathlib import Path
from typing import NamedTuple

from spacy.tokens import Doc

from sightline.extract.actors import find_actors
from sightline.extract.places import find_places
from sightline.gazetteer import Gazetteer, Register
from sightline.types import Interval, Publication, Report

FOLDER = Path(__file__).parent / "gold"
SAMPLES = {"names-polnear.tsv": "polnear-dev.jsonl.gz", "names-polnear-held.tsv": "polnear-train.jsonl.gz"}
"""Files of marks, each with the file of the articles that it marks."""
LABELS = {"PERSON": "PER", "MISC": "OTH", "NORP": "OTH", "PER": "PER", "ORG": "ORG", "LOC": "LOC"}
_DAY = re.compile(r"_(\d{4}-\d\d-\d\d)_")
Name = tuple[int, int, str]


class Sentence(NamedTuple):
    """A sentence of the sample with all its names."""

    start: int
    end: int
    names: frozenset[Name]


def gold(path: Path = FOLDER / "names-polnear.tsv") -> dict[str, list[Sentence]]:
    """The sentences of each article in a file of marks."""
    articles: dict[str, list[Sentence]] = {}
    article = ""
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.startswith("@ "):
            article = line[2:]
            articles[article] = []
        elif line and not line.startswith("#"):
            where, _, listed = line.partition("\t")
            start, end = map(int, where.split())
            names = [part.split() for part in listed.split(";") if part]
            articles[article].append(Sentence(start, end, frozenset((int(a), int(b), label) for a, b, label in names)))
    return articles


def entities(doc: Doc) -> set[Name]:
    """The pipeline's own names."""
    return {(e.start_char + 4 * e.text.lower().startswith("the "), e.end_char, LABELS[e.label_]) for e in doc.ents if e.label_ in LABELS}


def reading(doc: Doc, identifier: str, gazetteer: Gazetteer, register: Register) -> set[Name]:
    """The names of a whole reading."""
    day = _DAY.search(identifier)
    published = Publication(value=day[1], interval=Interval(edtf=day[1]), method="option") if day else None
    report = Report(id=identifier, text=doc.text, published=published)
    names, _ = find_actors(doc, register, find_places(doc, gazetteer, report), report)
    return {(n.span.start, n.span.end, LABELS[n.label]) for n in names if n.form in ("name", "short", "acronym", "demonym")}


def inside(names: set[Name], sentences: list[Sentence]) -> set[Name]:
    """The names that lie in the sample's sentences."""
    return {n for n in names if any(s.start <= n[0] and n[1] <= s.end for s in sentences)}


def score(sure: list[set[Name]], told: list[set[Name]]) -> str:
    """F1 by label, with and without labels, and the share of told names that are wrong."""
    cells = []
    for label in ("PER", "ORG", "LOC", "OTH", None):
        hits = wanted = taken = 0
        for a, b in zip(sure, told, strict=True):
            a, b = ({x for x in s if label in (None, x[2])} for s in (a, b))
            hits, wanted, taken = hits + len(a & b), wanted + len(a), taken + len(b)
        cells.append(f"{100 * hits / max(taken, 1):.1f} {100 * hits / max(wanted, 1):.1f} {200 * hits / max(taken + wanted, 1):.1f}")
    spans = sum(len({x[:2] for x in a} & {x[:2] for x in b}) for a, b in zip(sure, told, strict=True))
    spans_f1 = 200 * spans / max(sum(map(len, sure)) + sum(map(len, told)), 1)
    return " | ".join(cells) + f" | {spans_f1:.1f}"


def report_on(folder: Path) -> None:
    """Print the scores of the automatic names, the pipeline and the reading on each sample whose articles are there."""
    from sightline.language import read

    gazetteer, register = Gazetteer.load(), Register.load()
    for marks, articles_file in SAMPLES.items():
        path = folder / "attribution" / articles_file
        if path.is_file():
            articles = gold(FOLDER / marks)
            with gzip.open(path, "rt", encoding="utf-8") as file:
                texts = {r["id"]: r["text"] for r in map(json.loads, file) if r["id"] in articles}
            print(marks)
            compare(folder, articles, dict(zip(texts, read(texts.values()), strict=True)), gazetteer, register)


def compare(folder: Path, articles: dict[str, list[Sentence]], docs: dict[str, Doc], gazetteer: Gazetteer, register: Register) -> None:
    """Print the scores on one sample."""
    automatic = {}
    with gzip.open(folder / "language" / "polnear-names-silver.jsonl.gz", "rt", encoding="utf-8") as file:
        for line in file:
            record = json.loads(line)
            if record["id"] in articles:
                automatic[record["id"]] = {(a, b, LABELS[label]) for a, b, label in record["names"]}
    ids = sorted(articles)
    sure = [{n for s in articles[i] for n in s.names} for i in ids]
    print(f"{sum(map(len, sure))} names in {sum(map(len, articles.values()))} sentences of {len(ids)} articles")
    print("names | PER P R F1 | ORG | LOC | OTH | all | spans only F1")
    for label, told in (
        ("the corpus' automatic names", [automatic[i] for i in ids]),
        ("pipeline", [entities(docs[i]) for i in ids]),
        ("after find_places and find_actors", [reading(docs[i], i, gazetteer, register) for i in ids]),
    ):
        print(f"{label} | {score(sure, [inside(names, articles[i]) for names, i in zip(told, ids, strict=True)])}")
