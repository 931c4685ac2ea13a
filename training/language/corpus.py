"""The training and development material, from the data folder to passages."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from training.language import conllu, names
from training.language.passages import Passage, cut, from_sentences

TREEBANKS = ("ewt", "gum")
NAME_SETS = ("wikigold", "politics", "gmb-train")


class DataMissingError(FileNotFoundError):
    """The data folder lacks a file that training needs."""


@dataclass(frozen=True)
class Corpus:
    """Passages with trees, passages with names only, and the automatic names of news."""

    trees: list[Passage]
    named: list[Passage]
    silver: list[Passage]


def files(data: Path) -> Path:
    """The folder of language data in ``data``; raises ``DataMissingError`` in one clear line if it isn't there."""
    folder = data / "language"
    if not (folder / "en_ewt-train.conllu.gz").exists():
        raise DataMissingError(f"{folder}: no language data here; pass the data folder with --data")
    return folder


def training(data: Path) -> Corpus:
    """All that the pipeline is trained on."""
    folder = files(data)
    groups = names.demonyms(folder / "names-gmb-train.jsonl.gz")
    trees = []
    for bank in TREEBANKS:
        documents = list(conllu.open_to_all(conllu.read(folder / f"en_{bank}-train.conllu.gz")))
        if bank == "ewt":
            names.mark_treebank(documents, folder / "names-uner-train.jsonl.gz")
        for document in documents:
            for run in cut(document):
                trees.append(names.finish_treebank(from_sentences(run, document.id), groups))
    named = []
    trusted: dict[str, str] = {}
    for kind in NAME_SETS:
        path = folder / f"names-{kind}.jsonl.gz"
        named += list(names.tokenised(path, groups, kind.split("-")[0]))
    for passage in trees + named:
        for first, last, label in passage.names or ():
            if label in ("LOC", "ORG", "NORP"):
                trusted[passage.text[slice(*_chars(passage, first, last))]] = label
    texts = data / "attribution" / "polnear-train.jsonl.gz"
    marks = folder / "polnear-names-silver.jsonl.gz"
    return Corpus(trees, named, list(names.silver(texts, marks, groups, trusted)))


def development(data: Path, bank: str) -> list[tuple[str, Passage]]:
    """(genre, whole document) of a treebank's development part."""
    folder = files(data)
    documents = list(conllu.read(folder / f"en_{bank}-dev.conllu.gz"))
    if bank == "ewt":
        names.mark_treebank(documents, folder / "names-uner-dev.jsonl.gz")
    return [(d.genre, from_sentences(d.sentences, d.id)) for d in documents]


def _chars(passage: Passage, first: int, last: int) -> tuple[int, int]:
    sizes = [len(token.form) + len(token.after) for token in passage.tokens]
    return sum(sizes[:first]), sum(sizes[: last - 1]) + len(passage.tokens[last - 1].form)
