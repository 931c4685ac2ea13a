"""How two mentions of happenings compare, in numbers: the features of every pair of some mentions, all at once."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

from sightline.stories.context import ContextMap, load_context, states_of
from sightline.stories.meaning import load_meanings
from sightline.stories.mentions import Mention
from sightline.stories.similarity import news_weights

Floats = NDArray[np.float32]
_RAREST = 8.0
"""The rarity of a word that news hardly ever has, by which rarities are divided."""

FEATURES = (
    "same lemma",
    "shared lemma",
    "same type",
    "different types",
    "verbs among the two",
    "meaning",
    "meaning of all words",
    "meaning in context",
    "meaning of the supporting verbs",
    "meaning of one and support of the other",
    "lower rarity",
    "higher rarity",
    "subjects",
    "share of subjects",
    "different subjects",
    "objects",
    "share of objects",
    "different objects",
    "one's subjects the other's objects",
    "others",
    "modifiers",
    "arguments",
    "share of arguments",
    "meaning of subjects",
    "meaning of objects and others",
    "meaning across",
    "meaning of arguments",
    "share of names",
    "different names",
    "pronouns",
    "sentence",
    "share of the sentence",
    "wider sentence",
    "share of the wider sentence",
    "meaning of the sentence",
    "meaning nearby",
    "one in the other's sentence",
    "share of names around",
    "different names around",
    "shared numbers",
    "different numbers",
    "shared times",
    "different times",
    "same outlook",
    "leading sentences",
    "earlier sentence",
    "later sentence",
    "fewer mentions",
    "more mentions",
    "share of reports with the rarer lemma",
    "share of reports with the commoner lemma",
    "fewer mentions a report",
    "more mentions a report",
    "reports",
    "reports alike",
    "same report",
    "sentences between",
)


def features(
    mentions: Sequence[Mention], alike: Floats, *, whole: bool = True, context: ContextMap | None = None
) -> tuple[NDArray[np.intp], NDArray[np.intp], Floats]:
    """The pairs of mentions, as indices of the first and of the second, and a row of ``FEATURES`` for each.

    The mentions are those of one story: how many of its reports have a lemma tells whether it names the matter or one of its details.
    Where they are not all of a story's (``whole`` is false) each counts as a detail of a middling one.
    ``alike`` holds the likeness of every two mentions' reports, 0 to 1; ``context`` is the map of meanings in context, the shipped one
    where none is given.
    """
    one, other = np.triu_indices(len(mentions), 1)
    table = _Table(mentions, one, other, context or load_context())
    columns = [*_words(table), *_arguments(table), *_around(table), *_places(table), *_spread(table, whole), alike[one, other]]
    same = table.equal(lambda mention: mention.report)
    sentence = np.array([mention.sentence for mention in mentions], dtype=np.float32)
    columns += [same, np.where(same > 0, np.abs(sentence[one] - sentence[other]), -1.0)]
    rows = np.stack(columns, axis=1).astype(np.float32) if len(one) else np.zeros((0, len(FEATURES)), dtype=np.float32)
    return one, other, rows


class _Table:
    """The mentions with what several features need of them."""

    def __init__(self, mentions: Sequence[Mention], one: NDArray[np.intp], other: NDArray[np.intp], context: ContextMap) -> None:
        self.mentions, self.one, self.other = mentions, one, other
        self.context = context
        self.meanings = load_meanings()

    def each(self, value: Callable[[Mention], float]) -> tuple[Floats, Floats]:
        """A number of each mention, for the first and the second of each pair."""
        found = np.array([value(mention) for mention in self.mentions], dtype=np.float32)
        return found[self.one], found[self.other]

    def equal(self, value: Callable[[Mention], object]) -> Floats:
        """1 where both of a pair have the same value."""
        codes: dict[object, int] = {}
        found = np.array([codes.setdefault(value(mention), len(codes)) for mention in self.mentions])
        same: Floats = (found[self.one] == found[self.other]).astype(np.float32)
        return same

    def overlap(
        self, mine: Callable[[Mention], Iterable[str]], theirs: Callable[[Mention], Iterable[str]] | None = None
    ) -> tuple[Floats, Floats, Floats]:
        """Rarity of the words that both have; its share of the poorer's; 1 where both have words and share none."""
        places: dict[str, int] = {}
        left = self._incidence(mine, places)
        right = left if theirs is None else self._incidence(theirs, places)
        width = len(places)
        rarity = np.array([news_weights().rarity(word) / _RAREST for word in places], dtype=np.float32)
        first = np.zeros((len(self.mentions), width), dtype=np.float32)
        first[left] = 1.0
        second = first
        if theirs is not None:
            second = np.zeros_like(first)
            second[right] = 1.0
        shared = ((first * rarity) @ second.T)[self.one, self.other].astype(np.float32)
        if theirs is not None:
            shared = np.maximum(shared, ((second * rarity) @ first.T)[self.one, self.other])
        whole, whole_other = (first @ rarity)[self.one], (second @ rarity)[self.other]
        share: Floats = (shared / np.maximum(np.minimum(whole, whole_other), 0.01)).astype(np.float32)
        rival: Floats = ((whole > 0) & (whole_other > 0) & (shared == 0)).astype(np.float32)
        return shared, share, rival

    def _incidence(self, words: Callable[[Mention], Iterable[str]], places: dict[str, int]) -> tuple[list[int], list[int]]:
        rows, columns = [], []
        for row, mention in enumerate(self.mentions):
            for word in sorted(words(mention)):
                rows.append(row)
                columns.append(places.setdefault(word, len(places)))
        return rows, columns

    def vectors(self, words: Callable[[Mention], Iterable[str]]) -> Floats:
        """The direction of some words of each mention."""
        return np.array([self.meanings.together(sorted(words(mention))) for mention in self.mentions], dtype=np.float32)

    def in_context(self) -> Floats:
        """The direction of each mention in its sentence; zeros where that is not known, which are like nothing."""
        if not len(self.one):
            return np.zeros((len(self.mentions), 1), dtype=np.float32)
        known = np.array([bool(mention.context) for mention in self.mentions], dtype=np.float32)
        found: Floats = self.context.of(states_of(self.mentions)) * known[:, None]
        return found

    def near(self, mine: Floats, theirs: Floats | None = None) -> Floats:
        """Cosine of the pair's vectors; between two kinds of vectors the better of both ways."""
        if theirs is None:
            cosine: Floats = np.einsum("ij,ij->i", mine[self.one], mine[self.other])
            return cosine
        there, back = (np.einsum("ij,ij->i", left[self.one], right[self.other]) for left, right in ((mine, theirs), (theirs, mine)))
        better: Floats = np.maximum(there, back)
        return better


def _words(table: _Table) -> list[Floats]:
    same = table.equal(lambda mention: mention.lemma)
    shared = (table.overlap(lambda mention: mention.lemmas)[0] > 0).astype(np.float32)
    known = [np.array(part) for part in table.each(lambda mention: float(bool(mention.type)))]
    typed = table.equal(lambda mention: mention.type)
    both = known[0] * known[1]
    lemma, support = table.vectors(lambda mention: [mention.lemma]), table.vectors(lambda mention: [mention.support])
    verbs = table.each(lambda mention: float(mention.verbal))
    rarity = table.each(lambda mention: news_weights().rarity(mention.lemma) / _RAREST)
    return [
        same,
        shared * (1 - same),
        both * typed,
        both * (1 - typed),
        verbs[0] + verbs[1],
        np.maximum(same, table.near(lemma)),
        table.near(table.vectors(lambda mention: mention.lemmas)),
        table.near(table.in_context()),
        table.near(support),
        table.near(lemma, support),
        np.minimum(*rarity),
        np.maximum(*rarity),
    ]


def _arguments(table: _Table) -> list[Floats]:
    subjects = table.overlap(lambda mention: mention.subjects)
    objects = table.overlap(lambda mention: mention.objects)
    across = table.overlap(lambda mention: mention.subjects, lambda mention: mention.objects)
    arguments = table.overlap(lambda mention: mention.arguments)
    names = table.overlap(lambda mention: mention.names)
    doers, rest = table.vectors(lambda mention: mention.subjects), table.vectors(lambda mention: mention.objects | mention.others)
    pronouns = table.each(lambda mention: float(mention.pronoun))
    return [
        *subjects,
        *objects,
        across[0],
        table.overlap(lambda mention: mention.others)[0],
        table.overlap(lambda mention: mention.modifiers)[0],
        *arguments[:2],
        table.near(doers),
        table.near(rest),
        table.near(doers, rest),
        table.near(table.vectors(lambda mention: mention.arguments)),
        *names[1:],
        pronouns[0] + pronouns[1],
    ]


def _around(table: _Table) -> list[Floats]:
    numbers, times = table.overlap(lambda mention: mention.numbers), table.overlap(lambda mention: mention.times)
    return [
        *table.overlap(lambda mention: mention.words)[:2],
        *table.overlap(lambda mention: mention.wider)[:2],
        table.near(table.vectors(lambda mention: mention.words)),
        table.near(table.vectors(lambda mention: mention.near)),
        (table.overlap(lambda mention: [mention.lemma], lambda mention: mention.words)[0] > 0).astype(np.float32),
        *table.overlap(lambda mention: mention.around_names)[1:],
        (numbers[0] > 0).astype(np.float32),
        numbers[2],
        (times[0] > 0).astype(np.float32),
        times[2],
    ]


def _places(table: _Table) -> list[Floats]:
    leading = table.each(lambda mention: float(mention.sentence < 2))
    position = table.each(lambda mention: float(mention.sentence))
    count = table.each(lambda mention: float(mention.count))
    return [
        table.equal(lambda mention: mention.outlook),
        leading[0] + leading[1],
        np.minimum(*position),
        np.maximum(*position),
        np.minimum(*count),
        np.maximum(*count),
    ]


_DETAIL = (0.15, 0.15, 1.0, 1.0, 12.0)
"""How words for a detail are spread in a middling story of ECB+: shares of reports, mentions a report, reports."""


def _spread(table: _Table, whole: bool) -> list[Floats]:
    """In what share of the reports the lemmas are mentioned, and how often there."""
    if not whole:
        return [np.full(len(table.one), value, dtype=np.float32) for value in _DETAIL]
    reports = {mention.report for mention in table.mentions}
    within: dict[str, set[str]] = {}
    times: dict[str, int] = {}
    for mention in table.mentions:
        within.setdefault(mention.lemma, set()).add(mention.report)
        times[mention.lemma] = times.get(mention.lemma, 0) + 1
    share = table.each(lambda mention: len(within[mention.lemma]) / len(reports))
    each = table.each(lambda mention: times[mention.lemma] / len(within[mention.lemma]))
    size = np.full(len(table.one), len(reports), dtype=np.float32)
    return [np.minimum(*share), np.maximum(*share), np.minimum(*each), np.maximum(*each), size]
