"""Five-word shingles of texts in an exact inverted index, and the containment of one text in another.

Containment (Broder 1997) is the share of a text's shingles that stand in another; it finds a short page cut out of a long one,
which resemblance (Jaccard) misses. Candidates for a text are the earliest holders of its shingles, so that cost grows with the
number of texts however often one dispatch is repeated.
"""

from __future__ import annotations

import re
from bisect import bisect_left, insort
from collections import Counter
from collections.abc import Iterable
from datetime import datetime, timedelta

from sightline.stories.similarity import FIELD_LINE

Shingle = tuple[str, str, str, str, str]
Key = tuple[object, str]
"""Sort key of a text (when it became known, id); the last element is its id."""

SIZE = 5
EARLIEST = 6
"""How many of the earliest holders of a shingle are looked at as possible sources."""

AGAIN = 3
LASTING = timedelta(days=30)
"""Words that one outlet prints on at least three pages over a longer time than this are its furniture."""

_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)?")


def words(text: str) -> list[str]:
    """Lower-case words of a text, less a first line of "name: value | name: value" fields, which tells about the page, not the matter."""
    first, separator, rest = text.partition("\n")
    body = rest if separator and FIELD_LINE.match(first) else text
    return _WORD.findall(body.lower().replace("’", "'"))


def shingles(text: str) -> frozenset[Shingle]:
    """The set of a text's five-word shingles.

    >>> sorted(shingles("One two three four five six"))
    [('one', 'two', 'three', 'four', 'five'), ('two', 'three', 'four', 'five', 'six')]
    """
    tokens = words(text)
    return frozenset(zip(tokens, tokens[1:], tokens[2:], tokens[3:], tokens[4:]))


class ShingleIndex:
    """Which texts hold which shingle; texts are known by id and ordered by a key that is theirs, not by arrival."""

    def __init__(self) -> None:
        self._sets: dict[str, frozenset[Shingle]] = {}
        self._keys: dict[str, Key] = {}
        self._holders: dict[Shingle, list[Key]] = {}
        self._groups: dict[str, str] = {}
        self._group_counts: dict[str, Counter[Shingle]] = {}
        self._furniture: dict[str, set[Shingle]] = {}

    def __contains__(self, text_id: str) -> bool:
        return text_id in self._sets

    def add(self, text_id: str, text: str, key: Key, group: str = "") -> list[str]:
        """Adds a text; gives the ids of texts whose candidates may have changed, its own first."""
        grams = shingles(text)
        self._sets[text_id], self._keys[text_id], self._groups[text_id] = grams, key, group
        touched: dict[str, None] = {text_id: None}
        for gram in grams:
            holders = self._holders.setdefault(gram, [])
            place = bisect_left(holders, key)
            if place < EARLIEST:
                touched.update((str(later[-1]), None) for later in holders[place:])
            insort(holders, key)
        if group:
            for gram in self._count(group, grams):
                touched.update((str(holder[-1]), None) for holder in self._holders[gram] if self._groups[str(holder[-1])] == group)
        return list(touched)

    def _count(self, group: str, grams: frozenset[Shingle]) -> set[Shingle]:
        """Counts a further text of a group; gives the shingles that became its boilerplate or ceased to be."""
        counts = self._group_counts.setdefault(group, Counter())
        counts.update(grams)
        before = self._furniture.setdefault(group, set())
        ceased = {gram for gram in before if not self._is_furniture(group, gram)}
        became = {gram for gram in grams if counts[gram] >= AGAIN and gram not in before and self._is_furniture(group, gram)}
        before.difference_update(ceased)
        before.update(became)
        return ceased | became

    def _is_furniture(self, group: str, gram: Shingle) -> bool:
        """Printed by one outlet again and again for longer than news stays news."""
        if self._group_counts[group][gram] < AGAIN:
            return False
        days = [holder[0] for holder in self._holders[gram] if self._groups[str(holder[-1])] == group and isinstance(holder[0], datetime)]
        return len(days) >= AGAIN and days[-1] - days[0] >= LASTING

    def boilerplate(self, text_id: str) -> frozenset[Shingle]:
        """Shingles of a text that are its outlet's (group's) furniture: notes on letters and comments, badges, standing boxes."""
        furniture = self._furniture.get(self._groups.get(text_id, ""))
        return self._sets[text_id] & furniture if furniture else frozenset()

    def size(self, text_id: str) -> int:
        """Number of different shingles of a text."""
        return len(self._sets[text_id])

    def sources(self, text_id: str) -> list[tuple[str, float, int]]:
        """Earlier texts that share shingles with this one: (id, containment of this text in it, shingles shared), most contained first."""
        own = self._sets[text_id] - self.boilerplate(text_id)
        if not own:
            return []
        key = self._keys[text_id]
        candidates: set[str] = set()
        for gram in own:
            for holder in self._holders[gram][:EARLIEST]:
                if holder >= key:
                    break
                candidates.add(str(holder[-1]))
        found = [(other, shared / len(own), shared) for other in candidates if (shared := len(own & self._sets[other])) > 0]
        return sorted(found, key=lambda item: (-item[1], self._keys[item[0]]))

    def containment(self, target: str, source: str) -> float:
        """Share of the target's shingles (less its outlet's boilerplate) that stand in the source, 0 to 1."""
        own = self._sets[target] - self.boilerplate(target)
        return len(own & self._sets[source]) / len(own) if own else 0.0


def pairs_above(texts: Iterable[tuple[str, str]], threshold: float) -> list[tuple[str, str, float]]:
    """All pairs (later, earlier, containment of the shorter in the longer) above a threshold; for measuring on a closed collection."""
    sets = {text_id: shingles(text) for text_id, text in texts}
    holders: dict[Shingle, list[str]] = {}
    for text_id, grams in sets.items():
        for gram in grams:
            holders.setdefault(gram, []).append(text_id)
    shared: Counter[tuple[str, str]] = Counter()
    for ids in holders.values():
        if 1 < len(ids) <= 50:
            for place, one in enumerate(ids):
                for other in ids[place + 1 :]:
                    shared[(one, other)] += 1
    found = []
    for (one, other), count in shared.items():
        share = count / max(1, min(len(sets[one]), len(sets[other])))
        if share >= threshold:
            found.append((one, other, share))
    return sorted(found)
