"""Examples from documents with resolved place names, and the forests trained on them."""

from __future__ import annotations

import gzip
import json
import sys
from hashlib import blake2b
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from spacy.tokens import Doc

from sightline.extract.places import ranking
from sightline.extract.places.recognise import choose, given
from sightline.extract.places.spotting import Spot, matrix, spots
from sightline.gazetteer import Gazetteer
from sightline.types import Place, Span
from training.forests import fit, write

FOLDS = 4


class Gold(NamedTuple):
    """A document with its place names."""

    corpus: str
    id: str
    text: str
    toponyms: list[dict[str, Any]]
    doc: Doc


def share(identifier: str, parts: int) -> int:
    """A document's part by the hash of its id."""
    return int.from_bytes(blake2b(identifier.encode(), digest_size=4).digest(), "big") % parts


def load(folder: Path) -> list[Gold]:
    """Both corpora, read by the language pipeline."""
    from sightline.language import read

    documents = []
    for corpus in ("tr-news", "lgl"):
        with gzip.open(folder / f"{corpus}.jsonl.gz", "rt", encoding="utf-8") as file:
            records = [json.loads(line) for line in file]
        for record, doc in zip(records, read(r["text"] for r in records), strict=True):
            documents.append(Gold(corpus, record["id"], record["text"], record["toponyms"], doc))
    return documents


def train(documents: list[Gold], out: Path) -> None:
    """Train on two thirds and write the forests; print cross-validated scores."""
    gazetteer = Gazetteer.load()
    documents = [d for d in documents if share(d.id, 3)]
    fold_of = [share(d.id + "fold", FOLDS) for d in documents]
    found = [spots(d.doc, gazetteer) for d in documents]
    rows = [matrix(f) if f else np.empty((0, 1), dtype=np.float32) for f in found]
    labels = [np.array([(s.start, s.end) in {(t["start"], t["end"]) for t in d.toponyms} for s in f]) for d, f in zip(documents, found)]
    weights = [np.full(len(f), 2.0 if d.corpus == "tr-news" else 1.0) for d, f in zip(documents, found)]
    for fold in range(FOLDS):
        inside = [n for n in range(len(documents)) if fold_of[n] != fold and found[n]]
        model = fit(
            np.concatenate([rows[n] for n in inside]),
            np.concatenate([labels[n] for n in inside]),
            np.concatenate([weights[n] for n in inside]),
            110,
        )
        for n in range(len(documents)):
            if fold_of[n] == fold and found[n]:
                for spot, p in zip(found[n], model.predict_proba(rows[n])[:, 1], strict=True):
                    spot.probability = float(p)
    for corpus in ("tr-news", "lgl"):
        for threshold in (0.35, 0.4, 0.45, 0.5, 0.55):
            print(
                corpus,
                "recognition, cross-validated, threshold",
                threshold,
                _recognition(documents, found, corpus, threshold),
                file=sys.stderr,
            )
    filled = [n for n in range(len(documents)) if found[n]]
    write(
        fit(
            np.concatenate([rows[n] for n in filled]),
            np.concatenate([labels[n] for n in filled]),
            np.concatenate([weights[n] for n in filled]),
            110,
        ),
        out / "spotting.npz",
    )
    _train_ranking(documents, fold_of, [choose(f) for f in found], gazetteer, out)


def _recognition(documents: list[Gold], found: list[list[Spot]], corpus: str, threshold: float) -> str:
    hits = wanted = taken = 0
    for document, spotted in zip(documents, found):
        if document.corpus == corpus:
            gold = {(t["start"], t["end"]) for t in document.toponyms}
            mine = {(s.start, s.end) for s in choose(spotted, threshold)}
            hits, wanted, taken = hits + len(gold & mine), wanted + len(gold), taken + len(mine)
    return f"P {hits / max(taken, 1):.3f} R {hits / wanted:.3f} F1 {2 * hits / (wanted + taken):.3f}"


def right(place: Place, gold: dict[str, Any]) -> bool:
    """Whether a candidate is the gold place: same id, or the same spot, or the same region by its point."""
    if place.geonameid and place.geonameid == gold.get("geonameid"):
        return True
    if place.lat is None or place.lon is None or gold.get("lat") is None:
        return False
    away = float(ranking.kilometres(np.float64(place.lat), np.float64(place.lon), np.float64(gold["lat"]), np.float64(gold["lon"])))
    wide = gold.get("fclass") in ("A", "L", "H", "T") and place.kind in (
        "country",
        "region",
        "county",
        "area",
        "sea",
        "continent",
        "river",
        "mountain",
    )
    return away <= (161.0 if wide else 25.0)


def _train_ranking(documents: list[Gold], fold_of: list[int], found: list[list[Spot]], gazetteer: Gazetteer, out: Path) -> None:
    views = []
    for n, document in enumerate(documents):
        spans = [Span(t["start"], t["end"]) for t in document.toponyms]
        golds = {(t["start"], t["end"]): t for t in document.toponyms if t.get("lat") is not None}
        for spotted in (given(document.doc, gazetteer, spans), found[n]):
            made, of = ranking.groups(spotted)
            table = ranking.Table(made, spotted, of, gazetteer, None)
            if not table.size:
                continue
            marks = np.zeros(table.size)
            known = np.zeros(table.size, dtype=bool)
            for g, group in enumerate(made):
                gold = next(
                    (golds[spotted[m].start, spotted[m].end] for m in group.spots if (spotted[m].start, spotted[m].end) in golds), None
                )
                if gold is None:
                    continue
                a, b = table.starts[g], table.starts[g + 1]
                hits = [right(p, gold) for p, _ in group.candidates]
                if any(hits):
                    known[a:b] = True
                    marks[a:b] = hits
            views.append((n, table, marks, known))
    for step, name in enumerate(("first", "second")):
        if step == 0:
            for _, table, _, _ in views:
                table.believe(table.prior())
        rows = [v[1].features() for v in views]
        weight = [
            np.sqrt(1.0 + np.array([len(v[1].groups[g].spots) for g in v[1].group])) * (2.0 if documents[v[0]].corpus == "tr-news" else 1.0)
            for v in views
        ]
        scores = [np.zeros(v[1].size) for v in views]
        for fold in range(FOLDS):
            inside = [m for m, v in enumerate(views) if fold_of[v[0]] != fold and v[3].any()]
            model = fit(
                np.concatenate([rows[m][views[m][3]] for m in inside]),
                np.concatenate([views[m][2][views[m][3]] for m in inside]),
                np.concatenate([weight[m][views[m][3]] for m in inside]),
                90,
            )
            for m, view in enumerate(views):
                if fold_of[view[0]] == fold:
                    scores[m] = model.predict_proba(rows[m])[:, 1]
        inside = [m for m, v in enumerate(views) if v[3].any()]
        write(
            fit(
                np.concatenate([rows[m][views[m][3]] for m in inside]),
                np.concatenate([views[m][2][views[m][3]] for m in inside]),
                np.concatenate([weight[m][views[m][3]] for m in inside]),
                90,
            ),
            out / f"{name}.npz",
        )
        for m, view in enumerate(views):
            view[1].believe(scores[m])
        for corpus in ("tr-news", "lgl"):
            good = total = 0
            for view in views:
                if documents[view[0]].corpus == corpus:
                    for g, group in enumerate(view[1].groups):
                        a, b = view[1].starts[g], view[1].starts[g + 1]
                        if view[3][a:b].any():
                            total += len(group.spots)
                            good += len(group.spots) * bool(view[2][a + int(view[1].beliefs[a:b].argmax())])
            print(corpus, name, f"pass, cross-validated, right among names with a right candidate: {good / total:.3f}", file=sys.stderr)
