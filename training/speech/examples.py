"""Parsed articles as training examples: words, frames and labels."""

from __future__ import annotations

import hashlib
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from sightline.extract.speech import features, lexicon, words
from training.speech.corpus import Article, labels

if TYPE_CHECKING:
    from spacy.tokens import Doc

CUE = (3, 4)


@dataclass(frozen=True)
class Example:
    """One article, ready to learn from."""

    article: Article
    words: words.Words
    frame: features.Frame
    labels: NDArray[np.int8]


def parse(articles: Sequence[Article], cache: Path | None, name: str) -> list[Doc]:
    """The articles through the language pipeline; kept in ``cache`` for the same texts and the same weights."""
    from spacy.tokens import DocBin

    from sightline import language

    nlp = language.load()
    for _, component in nlp.pipeline:
        for label in getattr(component, "labels", ()):
            nlp.vocab.strings.add(label)
    nlp.vocab.strings.add("_SP")
    path = None
    if cache is not None:
        mark = hashlib.sha256()
        for article in articles:
            mark.update(article.text.encode())
        for weights in sorted((Path(language.__file__).parent / "weights").iterdir()):
            mark.update(weights.read_bytes())
        path = cache / f"{name}-{mark.hexdigest()[:16]}.spacy"
        if path.is_file():
            return list(DocBin().from_disk(path).get_docs(nlp.vocab))
    docs = []
    for doc in language.read([article.text for article in articles], nlp):
        docs.append(doc)
        if len(docs) % 200 == 0:
            print(f"parsed {len(docs)} of {len(articles)}", file=sys.stderr)
    if path is not None:
        path.parent.mkdir(parents=True, exist_ok=True)
        columns = ["TAG", "POS", "DEP", "HEAD", "LEMMA", "ENT_IOB", "ENT_TYPE", "SENT_START", "MORPH", "SPACY"]
        DocBin(attrs=columns, docs=docs).to_disk(path)
    return docs


@dataclass(frozen=True)
class Counts:
    """How often each lexicon key stands in a cue and at all, over a set of articles."""

    keys: NDArray[np.uint64]
    cues: NDArray[np.float64]
    uses: NDArray[np.float64]

    def table(self, least: int = 1) -> lexicon.Lexicon:
        """The table to ship: keys used at least ``least`` times."""
        keep = self.uses >= least
        return lexicon.Lexicon(self.keys[keep], lexicon.grade(self.cues[keep], self.uses[keep]))

    def without(self, keys: NDArray[np.uint64], in_cue: NDArray[np.bool_]) -> NDArray[np.int64]:
        """The grade of each word of an article, its own occurrences not counted."""
        at = np.searchsorted(self.keys, keys)
        unique, inverse = np.unique(keys, return_inverse=True)
        own_uses = np.bincount(inverse, minlength=len(unique)).astype(np.float64)[inverse]
        own_cues = np.bincount(inverse, weights=in_cue.astype(np.float64), minlength=len(unique))[inverse]
        return lexicon.grade(self.cues[at] - own_cues, self.uses[at] - own_uses).astype(np.int64)


def count(read: Sequence[words.Words], tags: Sequence[NDArray[np.int8]]) -> Counts:
    """Counts over the articles."""
    keys = np.concatenate([lexicon.entries(item) for item in read])
    in_cue = np.concatenate([np.isin(tag, CUE) for tag in tags])
    unique, inverse = np.unique(keys, return_inverse=True)
    return Counts(
        unique,
        np.bincount(inverse, weights=in_cue.astype(np.float64), minlength=len(unique)),
        np.bincount(inverse, minlength=len(unique)).astype(np.float64),
    )


def examples(articles: Sequence[Article], docs: Sequence[Doc], table: lexicon.Lexicon | None = None) -> tuple[list[Example], Counts]:
    """The articles as examples; without a ``table`` each is graded by the others (leave one out), as unseen texts will be."""
    read = [words.read(doc) for doc in docs]
    tags = [labels(item.starts, item.ends, article.attributions) for item, article in zip(read, articles, strict=True)]
    counts = count(read, tags)
    made = []
    for article, item, tag in zip(articles, read, tags, strict=True):
        score = table.score(item) if table else counts.without(lexicon.entries(item), np.isin(tag, CUE))
        made.append(Example(article, item, features.frame(item, score), tag))
    return made, counts


def unlabelled(articles: Sequence[Article], docs: Sequence[Doc], table: lexicon.Lexicon) -> list[Example]:
    """Texts that nobody annotated, graded by ``table``."""
    read = [words.read(doc) for doc in docs]
    return [
        Example(article, item, features.frame(item, table.score(item)), np.zeros(len(item), dtype=np.int8))
        for article, item in zip(articles, read, strict=True)
        if len(item)
    ]
