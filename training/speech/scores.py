"""How alike annotated and found attributions are: exact fragments, soft triples, quotations, tokens.

Exact F1 compares contiguous fragments: role and both ends equal, micro over the three roles (the measure of Newell, Margolin
and Ruths 2018's successors). Soft triples match one to one where the token IoU is at least one half on source, cue and
content; a source missing on both sides counts as agreement. The quoted subset holds the attributions whose content has a
double quotation mark; they match where the content's IoU is at least one half and the sources share a token.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from scipy.optimize import linear_sum_assignment  # type: ignore[import-untyped]

from training.speech.corpus import ROLES, Fragment, Gold

_TOKEN = re.compile(r"\w+|[^\w\s]")
_MARKS = frozenset('"“”„«»')

Triple = tuple[frozenset[int], frozenset[int], frozenset[int]]


@dataclass
class Tally:
    """True positives, found and annotated: adds up over articles."""

    hits: float = 0
    found: int = 0
    gold: int = 0

    def __add__(self, other: Tally) -> Tally:
        return Tally(self.hits + other.hits, self.found + other.found, self.gold + other.gold)

    @property
    def precision(self) -> float:
        return 100 * self.hits / self.found if self.found else 0.0

    @property
    def recall(self) -> float:
        return 100 * self.hits / self.gold if self.gold else 0.0

    @property
    def f1(self) -> float:
        total = self.found + self.gold
        return 200 * self.hits / total if total else 0.0


@dataclass
class ArticleScores:
    """Every tally of one article, by name; ``right`` tells for each found attribution whether its triple is matched."""

    tallies: dict[str, Tally] = field(default_factory=dict)
    right: list[bool] = field(default_factory=list)


def words(text: str) -> list[tuple[int, int]]:
    """Character ranges of the tokens that overlap is counted in."""
    return [match.span() for match in _TOKEN.finditer(text)]


def manner(text: str, content: Sequence[Fragment]) -> str:
    """``direct`` if the content stands wholly in quotation marks, ``indirect`` if it has none, else ``mixed``."""
    marked = [any(mark in text[start:end] for mark in _MARKS) for start, end in content]
    if not any(marked):
        return "indirect"
    whole = all(
        text[start:end].strip()[:1] in _MARKS or (text[start:end].strip(" \n,.?!;:")[-1:] in _MARKS and at > 0)
        for at, (start, end) in enumerate(content)
    )
    last = text[content[-1][0] : content[-1][1]].rstrip(" ,.;:")[-1:]
    return "direct" if whole and (last in _MARKS or len(content) > 1 or text[content[0][0]] in _MARKS) else "mixed"


def score(text: str, golds: Sequence[Gold], found: Sequence[Gold]) -> ArticleScores:
    """Compare one article's annotated and found attributions."""
    result = ArticleScores()
    add = result.tallies.__setitem__
    total = Tally()
    for role in ROLES:
        one = {fragment for gold in golds for fragment in getattr(gold, role)}
        two = {fragment for item in found for fragment in getattr(item, role)}
        add(role, Tally(len(one & two), len(two), len(one)))
        total = total + result.tallies[role]
    add("exact", total)
    spans = words(text)
    starts = np.array([start for start, _ in spans], dtype=np.int64)
    ends = np.array([end for _, end in spans], dtype=np.int64)
    gold_triples = [_tokens(starts, ends, gold) for gold in golds]
    found_triples = [_tokens(starts, ends, item) for item in found]
    for at, role in enumerate(ROLES):
        one_tokens = {token for triple in gold_triples for token in triple[at]}
        two_tokens = {token for triple in found_triples for token in triple[at]}
        add(f"token {role}", Tally(len(one_tokens & two_tokens), len(two_tokens), len(one_tokens)))
    pairs = match(gold_triples, found_triples)
    add("triple", Tally(len(pairs), len(found), len(golds)))
    matched_gold, matched_found = {one for one, _ in pairs}, {two for _, two in pairs}
    result.right = [index in matched_found for index in range(len(found))]
    gold_kinds = [manner(text, gold.content) for gold in golds]
    found_kinds = [manner(text, item.content) if item.content else "indirect" for item in found]
    counts = Counter(gold_kinds), Counter(found_kinds)
    for kind in ("direct", "mixed", "indirect"):
        by_gold = sum(gold_kinds[index] == kind for index in matched_gold)
        by_found = sum(found_kinds[index] == kind for index in matched_found)
        add(f"triple {kind}", Tally((by_gold + by_found) / 2, counts[1][kind], counts[0][kind]))
    quoted_gold = [triple for triple, kind in zip(gold_triples, gold_kinds, strict=True) if kind != "indirect"]
    quoted_found = [triple for triple, kind in zip(found_triples, found_kinds, strict=True) if kind != "indirect"]
    add("quoted", Tally(len(match(quoted_gold, quoted_found, quoted=True)), len(quoted_found), len(quoted_gold)))
    return result


def _tokens(starts: np.ndarray, ends: np.ndarray, item: Gold) -> Triple:
    sets = []
    for role in ROLES:
        chosen: set[int] = set()
        for start, end in getattr(item, role):
            chosen.update(range(int(np.searchsorted(ends, start, side="right")), int(np.searchsorted(starts, end, side="left"))))
        sets.append(frozenset(chosen))
    return sets[0], sets[1], sets[2]


def _iou(one: frozenset[int], two: frozenset[int]) -> float:
    if not one and not two:
        return 1.0
    return len(one & two) / len(one | two)


def match(golds: Sequence[Triple], found: Sequence[Triple], *, quoted: bool = False) -> list[tuple[int, int]]:
    """The largest one-to-one matching of acceptable pairs, of those the one with the greatest overlap."""
    if not golds or not found:
        return []
    worth = np.zeros((len(golds), len(found)))
    for i, gold in enumerate(golds):
        for j, item in enumerate(found):
            if not gold[2] & item[2]:
                continue
            overlaps = [_iou(one, two) for one, two in zip(gold, item, strict=True)]
            if quoted:
                same_source = bool(gold[0] & item[0]) or (not gold[0] and not item[0])
                good = overlaps[2] >= 0.5 and same_source
            else:
                good = min(overlaps) >= 0.5
            if good:
                worth[i, j] = 10 + sum(overlaps)
    rows, columns = linear_sum_assignment(-worth)
    return [(int(i), int(j)) for i, j in zip(rows, columns, strict=True) if worth[i, j] > 0]


def total(articles: Sequence[ArticleScores]) -> dict[str, Tally]:
    """The tallies of all articles together."""
    names = {name: None for article in articles for name in article.tallies}
    return {name: sum((article.tallies[name] for article in articles), Tally()) for name in names}
