"""The language pipeline measured: tags, trees, sentences and names from raw text, own clauses, speed.

``python -m bench language --data FOLDER``: scores as in the CoNLL 2018 shared task (F1 over words found at the same
characters, punctuation included, labels with their subtypes), on the development parts of UD English EWT and GUM.
"""

from __future__ import annotations

import argparse
import re
import resource
import sys
import time
from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

from spacy.language import Language
from spacy.tokens import Doc

from sightline.language import load, read
from training.language import corpus, score
from training.language.examples import reference
from training.language.passages import Passage

RESULTS = Path(__file__).parent / "results" / "language.md"
CLAUSES = Path(__file__).parent / "gold" / "subjects.tsv"
HELD = CLAUSES.with_name("subjects-held.tsv")
_SYNTAX = ("words", "sents", "upos", "xpos", "lemma", "uas", "las", "uas-np", "las-np")
_NAMES = frozenset({"PER", "ORG", "LOC"})


def main(argv: list[str]) -> int:
    """Measure, print, and write the section in ``bench/results``; 1 with one line if the data are missing."""
    parser = argparse.ArgumentParser(prog="python -m bench language", description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="folder with the language data")
    parser.add_argument("--pipeline", default=None, help="another spaCy pipeline in place of the shipped one")
    parser.add_argument("--no-write", action="store_true", help="print only")
    options = parser.parse_args(argv)
    try:
        documents = {bank: corpus.development(options.data, bank) for bank in corpus.TREEBANKS}
    except FileNotFoundError as problem:
        print(f"bench language: {problem}", file=sys.stderr)
        return 1
    started = time.perf_counter()
    nlp = load(options.pipeline)
    loading = time.perf_counter() - started
    lines = [
        "# Language pipeline",
        "",
        f"{datetime.now(UTC):%Y-%m-%d}, UD 2.16 development parts (raw text, paragraphs kept), one core. "
        f"Command: `python -m bench language --data FOLDER`. Pipeline: {options.pipeline or 'shipped'}.",
        "",
        *syntax_table(nlp, documents),
        *clause_table(nlp, CLAUSES),
        *clause_table(nlp, HELD),
        *speed_lines(nlp, [p.text for _, p in documents["gum"]], loading),
    ]
    text = "\n".join(lines) + "\n"
    print(text)
    if not options.no_write:
        RESULTS.parent.mkdir(exist_ok=True)
        RESULTS.write_text(text, encoding="utf-8")
    return 0


def syntax_table(nlp: Language, documents: dict[str, list[tuple[str, Passage]]]) -> Iterator[str]:
    """A row for each genre, each treebank, and both; then names; then sentences without paragraph breaks."""
    rows: defaultdict[str, score.Score] = defaultdict(score.Score)
    for bank, passages in documents.items():
        gold = [reference(nlp, passage) for _, passage in passages]
        for (genre, passage), truth, doc in zip(passages, gold, read([d.text for d in gold], nlp), strict=True):
            counts = score.syntax(truth, doc)
            if passage.names is not None:
                spans = [(e.start_char, e.end_char, e.label_) for e in truth.ents]
                counts.update(score.names(spans, doc, _NAMES))
            for row in (f"{bank} {genre}", f"all of {bank}", "both"):
                rows[row].update(counts)
        for truth, doc in zip(gold, read([running(d) for d in gold], nlp), strict=True):
            plain = score.Score()
            plain.add("sents", _ends(truth), _ends(doc))
            rows[f"{bank} without paragraph breaks"].update(plain)
    yield "| part | words | sentences | UPOS | XPOS | lemma | UAS | LAS | UAS, no punct. | LAS, no punct. |"
    yield "|---|---|---|---|---|---|---|---|---|---|"
    for row in [*sorted(r for r in rows if r[:3] in ("ewt", "gum") and "without" not in r), "all of ewt", "all of gum", "both"]:
        yield f"| {row} | " + " | ".join(f"{rows[row].f1(m):.1f}" for m in _SYNTAX) + " |"
    yield ""
    yield "Names at exact spans (EWT: UniversalNER's; GUM: names found from its entity layer by rule, so only a guide):"
    yield ""
    yield "| part | F1 | PER | ORG | LOC |"
    yield "|---|---|---|---|---|"
    for row in ("all of ewt", "all of gum", "gum news"):
        yield f"| {row} | " + " | ".join(f"{rows[row].f1(m):.1f}" for m in ("ner", "ner/PER", "ner/ORG", "ner/LOC")) + " |"
    yield ""
    for bank in documents:
        yield f"- Sentences of {bank} when its paragraph breaks are spaces: F1 {rows[f'{bank} without paragraph breaks'].f1('sents'):.1f}"
    yield ""


def running(doc: Doc) -> str:
    """The text with every paragraph break as spaces: the same offsets, no breaks."""
    return re.sub(r"\s", " ", doc.text)


def _ends(doc: Doc) -> Iterable[tuple[int, int]]:
    for sentence in doc.sents:
        inside = [token for token in sentence if not token.is_space]
        if inside:
            yield inside[0].idx, inside[-1].idx + len(inside[-1])


class Clause(NamedTuple):
    """An own sentence: its kind, its subjects (alternatives) with their verbs, and its root."""

    kind: str
    text: str
    pairs: list[tuple[frozenset[str], str]]
    root: str


def clauses(path: Path) -> list[Clause]:
    """The own sentences with titled subjects and reporting clauses."""
    found = []
    for line in path.read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            kind, text, marks = line.split("\t")
            pairs = [(frozenset(m.split(">")[0].split("|")), m.split(">")[1].rstrip("*")) for m in marks.split()]
            root = next((m.split(">")[1].rstrip("*") for m in marks.split() if m.endswith("*")), "")
            found.append(Clause(kind, text, pairs, root or pairs[0 if kind in _FIRST else -1][1]))
    return found


_FIRST = frozenset({"medial", "before", "titled"})


def right(clause: Clause, doc: Doc) -> tuple[int, bool]:
    """How many of the subjects hang on their verb, and whether all do and the root is right."""
    subjects = [(t.text, t.head.text) for t in doc if t.dep_.startswith(("nsubj", "csubj"))]
    hits = 0
    for wanted, verb in clause.pairs:
        found = [subject for subject, head in subjects if head == verb]
        hits += len(found) == 1 and found[0] in wanted
    return hits, hits == len(clause.pairs) and any(t.dep_ == "ROOT" and t.text == clause.root for t in doc)


def clause_table(nlp: Language, path: Path) -> Iterator[str]:
    """Share of subjects on their verbs, and of sentences wholly right, for each kind of own sentence."""
    counts: defaultdict[str, list[int]] = defaultdict(lambda: [0, 0, 0, 0])
    wrong = []
    found = clauses(path)
    for clause, doc in zip(found, read([c.text for c in found], nlp), strict=True):
        hits, whole = right(clause, doc)
        for row in (clause.kind, "all"):
            for index, value in enumerate((hits, len(clause.pairs), int(whole), 1)):
                counts[row][index] += value
        if not whole:
            wrong.append(clause.text)
    yield f"Own sentences with titled subjects and reporting clauses (`bench/gold/{path.name}`):"
    yield ""
    yield "| kind | subjects on their verb | sentences with all subjects and root right |"
    yield "|---|---|---|"
    for row, (hits, pairs, whole, total) in counts.items():
        if row != "all":
            yield f"| {row} | {hits} of {pairs} | {whole} of {total} |"
    hits, pairs, whole, total = counts["all"]
    yield f"| all | {hits} of {pairs} ({100 * hits / pairs:.1f}%) | {whole} of {total} ({100 * whole / total:.1f}%) |"
    yield ""
    for text in wrong:
        yield f"- not right: {text}"
    yield ""


def speed_lines(nlp: Language, texts: list[str], loading: float) -> Iterator[str]:
    """Words a second of processor time (one thread), texts of 400 words, white-space words, after some to warm up."""
    words = " ".join(texts).split()
    pieces = [" ".join(words[i : i + 400]) for i in range(0, len(words), 400)]
    for _ in read(pieces[:20], nlp):
        pass
    rates = []
    for _ in range(3):
        started = time.process_time()
        tokens = sum(len(doc) for doc in read(pieces, nlp))
        spent = time.process_time() - started
        rates.append((len(words) / spent, tokens / spent))
    best = max(rates)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    yield f"Speed: {best[0]:,.0f} words a second of processor time ({best[1]:,.0f} tokens), best of three passes over {len(words):,} words"
    yield "in texts of 400, one thread, without paragraph breaks;"
    yield f"loading {loading:.2f} s (spaCy imported before); peak memory {peak:,.0f} MB with the gold trees in memory."


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
