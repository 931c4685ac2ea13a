"""PolNeAR's articles with their attributions, and how their spans lie on tokens."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from spacy.tokens import Doc

ROLES = ("source", "cue", "content")

Fragment = tuple[int, int]


@dataclass(frozen=True)
class Gold:
    """One annotated attribution: the character ranges of each role, contiguous fragments in text order."""

    source: tuple[Fragment, ...]
    cue: tuple[Fragment, ...]
    content: tuple[Fragment, ...]


@dataclass(frozen=True)
class Article:
    """A text and its annotated attributions."""

    id: str
    text: str
    attributions: tuple[Gold, ...]


class MissingData(RuntimeError):  # noqa: N818
    """The data folder lacks a file; the message says which."""


def load(folder: Path, part: str) -> list[Article]:
    """The articles of ``part`` (``train``, ``dev``); raises ``MissingData`` when the file is not there."""
    path = folder / f"polnear-{part}.jsonl.gz"
    if not path.is_file():
        raise MissingData(f"{path} is missing: PolNeAR's parts are polnear-train.jsonl.gz and polnear-dev.jsonl.gz")
    articles = []
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            record = json.loads(line)
            golds = [
                Gold(*(tuple(sorted((int(start), int(end)) for start, end in row[role])) for role in ROLES))
                for row in record["attributions"]
            ]
            articles.append(Article(record["id"], record["text"], tuple(gold for gold in golds if gold.cue and gold.content)))
    return articles


def others(folder: Path) -> list[Article]:
    """News that nobody annotated for attributions: LGL (local papers) and TR-News."""
    articles = []
    for name in ("lgl", "tr-news"):
        path = folder / f"{name}.jsonl.gz"
        if not path.is_file():
            raise MissingData(f"{path} is missing: unlabelled news comes from lgl.jsonl.gz and tr-news.jsonl.gz")
        with gzip.open(path, "rt", encoding="utf-8") as lines:
            for line in lines:
                record = json.loads(line)
                articles.append(Article(f"{name}-{record['id']}", record["text"], ()))
    return articles


def covered(doc: Doc, words: NDArray[np.int64], fragments: Iterable[Fragment]) -> list[tuple[int, int]]:
    """Ranges of positions in ``words`` (indices of the tokens that aren't white space) that the fragments touch."""
    starts = np.array([doc[int(i)].idx for i in words], dtype=np.int64)
    ends = np.array([doc[int(i)].idx + len(doc[int(i)]) for i in words], dtype=np.int64)
    return cover(starts, ends, fragments)


def cover(starts: NDArray[np.int64], ends: NDArray[np.int64], fragments: Iterable[Fragment]) -> list[tuple[int, int]]:
    """The same for words given by their first and last characters."""
    found = []
    for start, end in fragments:
        first = int(np.searchsorted(ends, start, side="right"))
        last = int(np.searchsorted(starts, end, side="left"))
        if first < last:
            found.append((first, last))
    return found


def labels(starts: NDArray[np.int64], ends: NDArray[np.int64], golds: Sequence[Gold]) -> NDArray[np.int8]:
    """BIO over the three roles: 0 is outside, ``2 * role + 1`` begins and ``2 * role + 2`` continues a fragment.

    The annotation is flat, but for a handful of overlaps, where the shorter fragment wins.
    """
    tags = np.zeros(len(starts), dtype=np.int8)
    pieces = {(span, role) for gold in golds for role, name in enumerate(ROLES) for span in cover(starts, ends, getattr(gold, name))}
    for (first, last), role in sorted(pieces, key=lambda piece: (piece[0][0] - piece[0][1], piece)):
        tags[first] = 2 * role + 1
        tags[first + 1 : last] = 2 * role + 2
    return tags
