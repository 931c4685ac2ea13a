"""Joins fragments into attributions: which cue each content belongs to, and which source each cue has.

Every choice is a conditional logit (McFadden 1974) over a handful of candidates and "none", on features of the pair: order,
distance, what lies between, the tree, quotation marks.
"""

from __future__ import annotations

import math
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from sightline.extract.speech.words import OUTSIDE, Words

SOURCE, CUE, CONTENT = range(3)
_REACH = 7
"""Candidate fragments looked at on either side."""
_EARLIER = 3
"""Paragraphs that a quotation runs on at most after its cue."""
_FAR = (0, 1, 2, 3, 5, 8, 14, 25, 45)
_DIGITS = "012"
_HEADS = (("s>", "s<"), ("x>", "x<"))
_SHORT = {"tree": "t", "word": "l", "alone tree": "", "alone first": "k", "alone last": "l"}


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
        self.running = [[0], [0], [0]]
        for piece in self.found:
            for role, counts in enumerate(self.running):
                counts.append(counts[-1] + (piece.role == role))
        self.by_role = [[at for at, piece in enumerate(self.found) if piece.role == role] for role in range(3)]
        self.ended = [self._ended(piece) for piece in self.found]
        self._beyond: dict[tuple[int, bool], str] = {}

    def _root(self, piece: Piece) -> int:
        """The word of the fragment whose head lies outside it (the first such)."""
        for word in range(piece.first, piece.last):
            head = self.head[word]
            if (head < piece.first or head >= piece.last or head == word) and not self._punctuation(word):
                return word
        return piece.first

    def _punctuation(self, word: int) -> bool:
        return not any(map(str.isalnum, self.words.text[self.words.starts[word] : self.words.ends[word]]))

    def _ended(self, piece: Piece) -> str:
        """How the fragment ends: ",", "." or other, before a closing quotation mark."""
        text, end = self.words.text, int(self.words.ends[piece.last - 1])
        tail = text[max(0, end - 3) : end].rstrip("\"”’' ")[-1:]
        return tail if tail in ",.?!" else "-"

    def beyond(self, cue: int, after: bool) -> str:
        """Roles of the two fragments on the far side of a cue, those in its sentence."""
        known = self._beyond.get((cue, after))
        if known is not None:
            return known
        step = 1 if after else -1
        roles = ""
        for at in (cue + step, cue + 2 * step):
            if 0 <= at < len(self.found) and self.sentence[self.found[at].first] == self.sentence[self.found[cue].first]:
                roles += "scx"[self.found[at].role]
        self._beyond[cue, after] = roles
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


Key = tuple[str | int | bool, ...]
"""Values that a few features are made of, its kind first; pairs of fragments share many keys."""


def pair(scene: Scene, at: int, cue: int) -> list[Key]:
    """Keys of the features of fragment ``at`` (a source or a content) belonging to the cue at index ``cue``."""
    piece, told = scene.found[at], scene.found[cue]
    before = at < cue
    low, high = (at, cue) if before else (cue, at)
    layout = ""
    for counts in scene.running:
        between = counts[high] - counts[low + 1]
        layout += "2" if between > 2 else _DIGITS[between]
    start, end = piece.first, told.first
    apart = min(abs(scene.sentence[start] - scene.sentence[end]), 3)
    quoted = scene.quoting[start] != OUTSIDE
    way = scene.relation(at, cue)
    head = _HEADS[piece.role == CONTENT][before]
    return [
        ("place", head, layout, apart, min(abs(scene.paragraph[start] - scene.paragraph[end]), 2), quoted, scene.quotation[start] == scene.quotation[end]),
        ("distance", head, layout, bisect_left(_FAR, scene.found[high].first - scene.found[low].last), apart, way != "-"),
        ("ends", head, layout, apart, quoted, scene.ended[at], scene.beyond(cue, before)), ("tree", head, way),
        ("word", head, scene.low[told.last - 1]), ("tag", head, layout, scene.tag[scene.roots[cue]]),
    ]  # fmt: skip


def nothing(scene: Scene, at: int) -> list[Key]:
    """Keys of the features of fragment ``at`` having no partner."""
    piece = scene.found[at]
    root = scene.roots[at]
    beside = []
    for other in (at - 1, at + 1):
        near = 0 <= other < len(scene.found) and scene.found[other].role == SOURCE
        beside.append(near and scene.sentence[scene.found[other].first] == scene.sentence[piece.first])
    kind = "xn" if piece.role == CONTENT else "sn"
    words = scene.low[piece.first], scene.low[piece.last - 1]
    return [
        ("alone", kind, scene.tag[root], *beside),
        ("alone tree", kind, scene.dep[root]),
        ("alone first", kind, words[0]),
        ("alone last", kind, words[1]),
    ]


def names(key: Key) -> list[str]:
    """The features of a key."""
    match key:
        case ("place", head, layout, apart, paragraphs, quoted, same):
            return [
                f"{head}", f"{head}b{layout}", f"{head}b{layout}a{apart}p{paragraphs}", f"{head}a{apart}p{paragraphs}",
                f"{head}q{quoted}{same}", f"{head}q{quoted}{same}a{apart}b{layout}", f"{head}c{str(layout)[CUE]}a{apart}q{quoted}",
            ]  # fmt: skip
        case ("distance", head, layout, far, apart, hung):
            return [
                f"{head}f{far}",
                f"{str(head)[0]}f{far}b{layout}",
                f"{head}t{hung}b{layout}",
                f"{head}a{apart}f{min(int(far), 4)}t{hung}",
            ]
        case ("ends", head, layout, apart, quoted, ended, beyond):
            return [f"{head}e{ended}a{apart}q{quoted}b{layout}", f"{head}o{beyond}a{apart}b{layout}"]
        case ("tag", head, layout, tag):
            return [f"{head}g{tag}b{layout}"]
        case ("alone", kind, tag, before, after):
            return [f"{kind}", f"{kind}{tag}", f"{kind}{before}{after}", f"{kind}{before}{after}{tag}"]
        case (group, head, value):
            return [f"{head}{_SHORT[str(group)]}{value}"]
    raise ValueError(key)


class Weights:
    """The weight of a key: that of its features together."""

    def __init__(self, named: Mapping[str, float]) -> None:
        """Weights of features by ``names``."""
        self._named = named
        self.of = lru_cache(maxsize=1 << 16)(self._sum)

    def _sum(self, key: Key) -> float:
        return sum(self._named.get(name, 0.0) for name in names(key))


def _choose(scene: Scene, at: int, role: int, weights: Weights) -> tuple[list[int], list[float]]:
    """Candidates of ``role`` for fragment ``at``, "none" (-1) last, and their probabilities."""
    weight = weights.of
    options = candidates(scene, at, role)
    totals = [sum(map(weight, pair(scene, at, other) if role == CUE else pair(scene, other, at))) for other in options]
    totals.append(sum(map(weight, nothing(scene, at))))
    top = max(totals)
    raised = [math.exp(total - top) for total in totals]
    whole = sum(raised)
    return [*options, -1], [value / whole for value in raised]


def link(words: Words, found: Sequence[Piece], weights: Weights) -> list[Linked]:
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
