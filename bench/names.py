"""Names of people, organisations and places in GUM's development documents and in a hand-marked sample of PolNeAR's, from raw text.

``python -m bench names --data FOLDER``: FOLDER (or its sub-folder ``language``) holds ``en_gum-dev.conllu.gz``; where FOLDER also holds
``attribution/polnear-dev.jsonl.gz`` and ``language/polnear-names-silver.jsonl.gz``, the sample is scored too. GUM's gold names are its mentions of
type person, organization and place that are headed by a proper noun, cut to the run of proper nouns around the head. Two columns: the
pipeline's own entities, and what ``find_places`` and ``find_actors`` make of them. F1 on exact spans with the label, and without it.
"""

from __future__ import annotations

import argparse
import gzip
import sys
from pathlib import Path

from spacy.tokens import Doc

from bench import _names_polnear
from sightline.extract.actors import find_actors
from sightline.extract.places import find_places
from sightline.gazetteer import Gazetteer, Register
from sightline.types import Report
from training.coreference.gum import Document, read_gum

LABELS = {"person": "PER", "organization": "ORG", "place": "LOC"}
Named = set[tuple[int, int, str]]


def gold_names(path: Path, documents: list[Document]) -> list[Named]:
    """Names of each document: mentions whose proper-noun run is what the treebank's tags say."""
    return [_names(document, lines) for document, lines in zip(documents, _tokens(path), strict=True)]


def _tokens(path: Path) -> list[list[tuple[str, str]]]:
    found: list[list[tuple[str, str]]] = []
    with gzip.open(path, "rt", encoding="utf-8") as file:
        for line in file:
            if line.startswith("# newdoc id"):
                found.append([])
            fields = line.split("\t")
            if len(fields) == 10 and fields[0].isdigit():
                found[-1].append((fields[1], fields[3]))
    return found


def _names(document: Document, tokens: list[tuple[str, str]]) -> Named:
    at = 0
    places = []
    for form, tag in tokens:
        at = document.text.index(form, at)
        places.append((at, at + len(form), tag))
        at += len(form)
    names: Named = set()
    for (start, end), kind in document.types.items():
        inside = [p for p in places if start <= p[0] and p[1] <= end]
        first = next((i for i, p in enumerate(inside) if p[2] == "PROPN"), None)
        if kind not in LABELS or first is None or any(p[2] in ("NOUN", "PRON", "VERB") for p in inside):
            continue
        last = first
        while last + 1 < len(inside) and (
            inside[last + 1][2] == "PROPN" or document.text[inside[last + 1][0] : inside[last + 1][1]] in ("-", "of", "the")
        ):
            last += 1
        while inside[last][2] != "PROPN":
            last -= 1
        names.add((inside[first][0], inside[last][1], LABELS[kind]))
    return names


def own_names(doc: Doc) -> Named:
    return {(e.start_char + 4 * e.text.lower().startswith("the "), e.end_char, e.label_) for e in doc.ents if e.label_ in LABELS.values()}


def read_names(doc: Doc, gazetteer: Gazetteer, register: Register) -> Named:
    report = Report(id="r", text=doc.text)
    names, _ = find_actors(doc, register, find_places(doc, gazetteer, report), report)
    return {(n.span.start, n.span.end, n.label) for n in names if n.label in LABELS.values() and n.form in ("name", "short", "acronym")}


def f1(gold: list[Named], mine: list[Named], *, labelled: bool) -> float:
    hits = total = 0
    for g, m in zip(gold, mine, strict=True):
        a, b = (g, m) if labelled else ({x[:2] for x in g}, {x[:2] for x in m})
        hits, total = hits + 2 * len(a & b), total + len(a) + len(b)  # type: ignore[operator]
    return 100 * hits / total if total else 0.0


def report_on(path: Path, documents: list[Document], docs: list[Doc]) -> None:
    gazetteer, register = Gazetteer.load(), Register.load()
    gold = gold_names(path, documents)
    own, read_ = [own_names(d) for d in docs], [read_names(d, gazetteer, register) for d in docs]
    print("documents | names | pipeline F1, spans only | find_actors F1, spans only")
    for label, genres in (("all", None), ("news", ("news",))):
        chosen = [n for n, d in enumerate(documents) if genres is None or d.genre in genres]
        g, a, b = ([x[n] for n in chosen] for x in (gold, own, read_))
        print(
            f"{label} | {sum(map(len, g))} | {f1(g, a, labelled=True):.1f}, {f1(g, a, labelled=False):.1f} | "
            f"{f1(g, b, labelled=True):.1f}, {f1(g, b, labelled=False):.1f}"
        )


def main(argv: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="bench names", description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    options = parser.parse_args(argv)
    folder = options.data / "language" if (options.data / "language").is_dir() else options.data
    path = folder / "en_gum-dev.conllu.gz"
    if not path.is_file():
        print(f"bench names: {path} is missing; give the folder with GUM's files as --data", file=sys.stderr)
        return 1
    from sightline.language import read

    documents = list(read_gum(path))
    report_on(path, documents, list(read(d.text for d in documents)))
    if (options.data / "attribution" / "polnear-dev.jsonl.gz").is_file():
        _names_polnear.report_on(options.data)
    return 0
