"""``python -m training.language --data FOLDER --out FOLDER``: rebuild the shipped language weights."""

from __future__ import annotations

import argparse
import itertools
import random
import shutil
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from spacy.language import Language
from spacy.training import Example

from sightline.language import weights
from sightline.language.lemmas import FILE
from training.language import architecture, average, corpus, events, lemmas, score, train, vectors
from training.language.augment import varied
from training.language.examples import example, reference
from training.language.passages import Passage
from training.language.reported import reported


def main(argv: list[str] | None = None) -> int:
    """Train and write the weights; 0 if all went well, 1 with one line on stderr if the data are missing."""
    parser = argparse.ArgumentParser(prog="python -m training.language", description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="folder with the language data")
    parser.add_argument("--out", type=Path, required=True, help="folder for the weights")
    parser.add_argument("--work", type=Path, default=Path("build/language"), help="folder for the states on the way")
    parser.add_argument("--share", type=float, default=1.0, help="share of the full training, for trying something out")
    parser.add_argument("--minutes", type=float, default=90.0, help="stop either stage after this long, whatever is left")
    options = parser.parse_args(argv)
    try:
        material = corpus.training(options.data)
        known = [p for bank in corpus.TREEBANKS for _, p in corpus.development(options.data, bank)]
    except FileNotFoundError as problem:
        print(f"training.language: {problem}", file=sys.stderr)
        return 1
    if not (options.out / weights.VECTORS).exists():
        vectors.build(_words(material), options.out / weights.VECTORS)
    table = lemmas.learn(material.trees)
    lemmas.complete(table, frozenset(vectors.frequent()))
    table.write(options.out / FILE)
    first, second = options.work / "first", options.work / "second"
    with weights.numpy_products():
        for plan, before, state in ((train.FIRST, options.out, first), (train.SECOND, first, second)):
            _prepare(before, state, plan.resume)
            _stage(material, known, plan.shorter(options.share, options.minutes * 60), state)
        nlp = average.mean(first, second, train.SHARE)
        _, line = judge(nlp, known)
        weights.write(nlp, options.out)
    print(f"mean of both stages: {line}", file=sys.stderr)
    return 0


def _prepare(before: Path, state: Path, resume: bool) -> None:
    """Copy what the stage in ``state`` starts from: the vectors, and the network if it goes on from one."""
    state.mkdir(parents=True, exist_ok=True)
    for name in (weights.VECTORS, weights.NETWORK, weights.CONFIG) if resume else (weights.VECTORS,):
        shutil.copyfile(before / name, state / name)


def _stage(material: corpus.Corpus, known: list[Passage], plan: train.Plan, state: Path) -> None:
    nlp = weights.bare(state) if plan.resume else weights.blank(state)
    if not plan.resume:
        architecture.build(nlp, static=True)
    sample = [e for p in material.trees + material.named[:50] if (e := example(nlp, p))]
    train.run(nlp, batches(nlp, material, plan), sample, plan, state, lambda n: judge(n, known))


def _words(material: corpus.Corpus) -> Iterator[str]:
    for passage in material.trees + material.named + material.silver:
        yield from (token.form for token in passage.tokens)


def batches(nlp: Language, material: corpus.Corpus, plan: train.Plan) -> Iterator[list[Example]]:
    """Endless mixed batches: every epoch all trees, all hand-marked names, a share of the automatic ones, made-up news."""
    source = random.Random(plan.seed)
    nouns = _nouns(material.trees)
    for epoch in itertools.count():
        pool: list[Passage] = [*material.trees, *material.named]
        pool += source.sample(material.silver, min(len(material.silver), len(material.named) // 5))
        if plan.made:
            pool += [events.passage(source, nouns, reported) for _ in range(len(material.trees) * 2 // 3)]
        source.shuffle(pool)
        batch: list[Example] = []
        size = 0
        for passage in pool:
            ready = example(nlp, varied(passage, source, epoch))
            if ready is None:
                continue
            batch.append(ready)
            size += len(ready.predicted)
            if size >= plan.batch:
                yield batch
                batch, size = [], 0


def _nouns(trees: list[Passage]) -> list[str]:
    """Common nouns of the treebanks, for made-up sentences with words beyond our own lists."""
    counts = Counter(t.form for p in trees for t in p.tokens if t.xpos in ("NN", "NNS") and t.form.islower() and t.form.isalpha())
    return sorted(form for form, count in counts.items() if count >= 4 and len(form) > 2)


def judge(nlp: Language, known: list[Passage]) -> tuple[float, str]:
    """The mean of LAS, sentence F1 and name F1 on the development parts, and a line that shows them."""
    total = score.Score()
    gold = [reference(nlp, passage) for passage in known]
    for passage, truth, read in zip(known, gold, nlp.pipe([doc.text for doc in gold], batch_size=16), strict=True):
        total.update(score.syntax(truth, read))
        if passage.names is not None:
            spans = [(e.start_char, e.end_char, e.label_) for e in truth.ents]
            total.update(score.names(spans, read, frozenset({"PER", "ORG", "LOC"})))
    shown = ("upos", "xpos", "uas", "las", "las-np", "sents", "ner")
    value = (2 * total.f1("las") + total.f1("sents") + total.f1("ner")) / 4
    return value, " ".join(f"{name} {total.f1(name):.2f}" for name in shown)


if __name__ == "__main__":
    raise SystemExit(main())
