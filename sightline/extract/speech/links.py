"""Joins fragments into attributions: which cue each content belongs to, and which source each cue has.

Every choice is a conditional logit (McFadden 1974) over a handful of candidates and "none", on features of the pair: order,
distance, what lies between, the tree, quotation marks.
"""

from __future__ import annotations

import math
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from typing import NamedTuple

import numpy as np

from sightline.extract.speech.words import OUTSIDE, Words

SOURCE, CUE, CONTENT = range(3)
_REACH = 7
"""Candidate fragments looked at on either side."""
_EARLIER = 3
"""Paragraphs that a quotation runs on at most after its cue."""
_FAR = (0, 1, 2, 3, 5, 8, 14, 25, 45)


class Piece(NamedTuple):
    """A contiguous fragment: its role and its first and last-plus-one word."""

    role: int
    first: int
    last: int


class Linked(NamedTuple):
    """One attribution in words: fragments of each role, and how probable the links are."""

    source: tuple[Piece, ...]
    cue: Piece
    content: tuple[Piece, ...]
    probability: float
    pattern: bool = False
    """Found by a pattern of ``rules.py`` rather than by the models."""


def pieces(labels: Sequence[int]) -> list[Piece]:
    """The fragments of a BIO labelling (0 outside, ``2 * role + 1`` begins, ``2 * role + 2`` continues)."""
    found: list[Piece] = []
    at = 0
    while at < len(labels):
        label = labels[at]
        start = at
        at += 1
        if label:
            role = (label - 1) // 2
            while at < len(labels) and labels[at] == 2 * role + 2:
                at += 1
            found.append(Piece(role, start, at))
    return found


class Scene:
    """A document's fragments in order, with what the pair features need of each."""

    def __init__(self, words: Words, found: Sequence[Piece]) -> None:
        """``found`` in text order."""
        self.words = words
        self.found = list(found)
        self.sentence = words.sentence.tolist()
        self.paragraph = words.paragraph.tolist()
        self.head = words.head.tolist()
        self.dep = words.dep.tolist()
        self.tag = words.tag.tolist()
        self.low = words.lower.tolist()
        self.quoting = words.quoting.tolist()
        self.quotation = words.quotation.tolist()
        self.roots = [self._root(piece) for piece in self.found]
        self.counts = np.zeros((3, len(self.found) + 1), dtype=np.int64)
        for at, piece in enumerate(self.found):
            self.counts[:, at + 1] = self.counts[:, at]
            self.counts[piece.role, at + 1] += 1
        self.running = self.counts.tolist()
        self.by_role = [[at for at, piece in enumerate(self.found) if piece.role == role] for role in range(3)]
        self.starts = [piece.first for piece in self.found]

    def _root(self, piece: Piece) -> int:
        """The word of the fragment whose head lies outside it (the first such)."""
        for word in range(piece.first, piece.last):
            head = self.head[word]
            if (head < piece.first or head >= piece.last or head == word) and not self._punctuation(word):
                return word
        return piece.first

    def _punctuation(self, word: int) -> bool:
        return not any(map(str.isalnum, self.words.text[self.words.starts[word] : self.words.ends[word]]))

    def ended(self, piece: Piece) -> str:
        """How the fragment ends: ",", "." or other, before a closing quotation mark."""
        text, end = self.words.text, int(self.words.ends[piece.last - 1])
        tail = text[max(0, end - 3) : end].rstrip("\"”’' ")[-1:]
        return tail if tail in ",.?!" else "-"

    def beyond(self, cue: int, after: bool) -> str:
        """Roles of the two fragments on the far side of a cue, those in its sentence."""
        step = 1 if after else -1
        roles = ""
        for at in (cue + step, cue + 2 * step):
            if 0 <= at < len(self.found) and self.sentence[self.found[at].first] == self.sentence[self.found[cue].first]:
                roles += "scx"[self.found[at].role]
        return roles

    def relation(self, one: int, two: int) -> str:
        """How the roots of two fragments hang together in the tree, as a short word."""
        first, second = self.found[one], self.found[two]
        above = self.head[self.roots[one]]
        if second.first <= above < second.last and above != self.roots[one]:
            return f"d{self.dep[self.roots[one]]}"
        below = self.head[self.roots[two]]
        if first.first <= below < first.last and below != self.roots[two]:
            return f"u{self.dep[self.roots[two]]}"
        grand = self.head[above]
        if second.first <= grand < second.last:
            return f"dd{self.dep[self.roots[one]]}"
        if above == below:
            return f"s{self.dep[self.roots[one]]}"
        return "-"


def candidates(scene: Scene, at: int, role: int) -> list[int]:
    """Indices of the closest fragments of ``role`` on both sides of fragment ``at``."""
    of_role = scene.by_role[role]
    place = bisect_left(of_role, at)
    here = scene.paragraph[scene.found[at].first]
    earlier = _EARLIER if role == CUE else 1
    near = of_role[max(0, place - _REACH) : place + _REACH]
    return [other for other in near if -earlier <= scene.paragraph[scene.found[other].first] - here <= 1]


def pair(scene: Scene, at: int, cue: int) -> list[str]:
    """Features of fragment ``at`` (a source or a content) belonging to the cue at index ``cue``."""
    piece, told = scene.found[at], scene.found[cue]
    before = at < cue
    low, high = (at, cue) if before else (cue, at)
    run = scene.running
    between = [min(run[role][high] - run[role][low + 1], 2) for role in range(3)]
    gap = scene.found[high].first - scene.found[low].last
    far = bisect_left(_FAR, gap)
    start, end = piece.first, told.first
    apart = min(abs(scene.sentence[start] - scene.sentence[end]), 3)
    paragraphs = min(abs(scene.paragraph[start] - scene.paragraph[end]), 2)
    side = "<" if before else ">"
    quoted = scene.quoting[start] != OUTSIDE
    same = scene.quotation[start] == scene.quotation[end]
    way = scene.relation(at, cue)
    kind = "x" if piece.role == CONTENT else "s"
    head = kind + side
    layout = f"{between[0]}{between[1]}{between[2]}"
    return [
        head, f"{head}b{layout}", f"{head}b{layout}a{apart}p{paragraphs}", f"{head}f{far}", f"{head}a{apart}p{paragraphs}", f"{head}t{way}",
        f"{head}t{way != '-'}b{layout}", f"{head}q{quoted}{same}", f"{head}q{quoted}{same}a{apart}b{layout}", f"{head}l{scene.low[told.last - 1]}",
        f"{head}g{scene.tag[scene.roots[cue]]}b{layout}", f"{kind}f{far}b{layout}", f"{head}a{apart}f{min(far, 4)}t{way != '-'}",
        f"{head}c{between[1]}a{apart}q{quoted}", f"{head}e{scene.ended(piece)}a{apart}q{quoted}b{layout}",
        f"{head}o{scene.beyond(cue, before)}a{apart}b{layout}",
    ]  # fmt: skip


def nothing(scene: Scene, at: int) -> list[str]:
    """Features of fragment ``at`` having no partner."""
    piece = scene.found[at]
    kind = "xn" if piece.role == CONTENT else "sn"
    root = scene.roots[at]
    close = scene.running
    source_before = (
        at > 0 and scene.found[at - 1].role == SOURCE and scene.sentence[scene.found[at - 1].first] == scene.sentence[piece.first]
    )
    source_after = (
        at + 1 < len(scene.found)
        and scene.found[at + 1].role == SOURCE
        and scene.sentence[scene.found[at + 1].first] == scene.sentence[piece.first]
    )
    del close
    return [
        kind, f"{kind}{scene.tag[root]}", f"{kind}{scene.dep[root]}", f"{kind}l{scene.low[piece.last - 1]}", f"{kind}k{scene.low[piece.first]}",
        f"{kind}{source_before}{source_after}", f"{kind}{source_before}{source_after}{scene.tag[root]}",
    ]  # fmt: skip


def _choose(scene: Scene, at: int, role: int, weights: Mapping[str, float]) -> tuple[list[int], list[float]]:
    """Candidates of ``role`` for fragment ``at``, "none" (-1) last, and their probabilities."""
    get = weights.get
    options = candidates(scene, at, role)
    totals = [sum(get(name, 0.0) for name in (pair(scene, at, other) if role == CUE else pair(scene, other, at))) for other in options]
    totals.append(sum(get(name, 0.0) for name in nothing(scene, at)))
    top = max(totals)
    raised = [math.exp(total - top) for total in totals]
    whole = sum(raised)
    return [*options, -1], [value / whole for value in raised]


def link(words: Words, found: Sequence[Piece], weights: Mapping[str, float]) -> list[Linked]:
    """Attributions from the fragments; a cue that no content chooses takes the one that fits it best, or is left out."""
    scene = Scene(words, found)
    contents: dict[int, list[tuple[int, float]]] = {cue: [] for cue in scene.by_role[CUE]}
    runner_up: dict[int, list[tuple[float, int]]] = {cue: [] for cue in scene.by_role[CUE]}
    for at in scene.by_role[CONTENT]:
        options, chances = _choose(scene, at, CUE, weights)
        best = max(range(len(options)), key=lambda index: (chances[index], -index))
        for index, option in enumerate(options):
            if option >= 0 and index != best:
                runner_up[option].append((chances[index], at))
        if options[best] >= 0:
            contents[options[best]].append((at, chances[best]))
    made: list[Linked] = []
    for cue, chosen in contents.items():
        if not chosen:
            continue
        options, chances = _choose(scene, cue, SOURCE, weights)
        best = max(range(len(options)), key=lambda index: (chances[index], -index))
        source = (scene.found[options[best]],) if options[best] >= 0 else ()
        probability = chances[best] * math.prod(chance for _, chance in chosen)
        made.append(Linked(source, scene.found[cue], tuple(scene.found[at] for at, _ in chosen), probability))
    return made
