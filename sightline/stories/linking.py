"""How likely two mentions of happenings are the same happening: a logistic model over what both tell.

It has a say where no table describes the happening: the words for it, who takes part, when, how much, the sentence around and the two
reports as wholes. The weights are trained on ECB+ (``training/stories/linker.py``); the
features are below, in the order of the weights.
"""

from __future__ import annotations

import math
import tomllib
from collections.abc import Sequence
from functools import lru_cache
from importlib.resources import files

import msgspec

from sightline.stories.similarity import news_weights, terms


class Mention(msgspec.Struct, frozen=True, kw_only=True):
    """One mention of a happening, as a bag of what its report says about it."""

    id: str
    report: str
    lemma: str
    """Lemma of the word that names the happening."""
    lemmas: frozenset[str]
    """Lemmas of all its content words ("check into": check)."""
    type: str = ""
    """Kind of happening, where a table knows it."""
    verbal: bool = True
    vector: tuple[float, ...] = ()
    """Unit vector of the word's meaning; empty where there is none."""
    arguments: frozenset[str] = frozenset()
    """Lemmas of the head words that depend on it."""
    names: frozenset[str] = frozenset()
    """Names among its arguments, in lower case."""
    around: dict[str, float] = {}
    """Unit vector of its sentence's content words."""
    around_names: frozenset[str] = frozenset()
    """Names in its sentence."""
    numbers: frozenset[str] = frozenset()
    times: frozenset[str] = frozenset()
    """Weekdays, months, years and days of its sentence."""
    position: float = 0.0
    """Where its sentence stands, 0 first to 1 last."""


@lru_cache(maxsize=65536)
def mention_of(report: str, predicate: str, sentence: str, heads: tuple[str, ...]) -> Mention:
    """A claim as the linker sees it, from its predicate, its participants' head words and its sentence alone."""
    names, others = terms(sentence)
    weights = news_weights()
    raw = {term: weights.rarity(term) for term in (*names, *others)}
    norm = math.sqrt(sum(value * value for value in raw.values())) or 1.0
    return Mention(
        id=f"{report}/{predicate}",
        report=report,
        lemma=predicate,
        lemmas=frozenset({predicate}),
        arguments=frozenset(heads),
        names=frozenset(term for head in heads for term in head.lower().split() if term in names),
        around={term: value / norm for term, value in raw.items()},
        around_names=frozenset(term for term in names if not term[0].isdigit()),
        numbers=frozenset(term for term in names if term[0].isdigit()),
        position=0.5,
    )


FEATURES = (
    "same lemma",
    "shared lemma",
    "meaning",
    "meaning of different words",
    "same type",
    "different types",
    "rarity of the shared lemma",
    "one verb and one noun",
    "shared arguments",
    "shared names",
    "different names",
    "sentence",
    "sentence of same lemma",
    "shared names around",
    "different names around",
    "shared numbers",
    "different numbers",
    "shared times",
    "different times",
    "reports alike",
    "reports alike, same lemma",
    "same report",
    "same report, same lemma",
    "both at the top",
    "same lemma and shared names",
    "meaning and shared names",
    "meaning and sentence",
)


def features(one: Mention, other: Mention, alike: float) -> list[float]:
    """Feature values of a pair; ``alike`` is the likeness of the two reports, 0 to 1."""
    same = float(one.lemma == other.lemma)
    shared = one.lemmas & other.lemmas
    meaning = 1.0 if same else max(0.0, sum(pair[0] * pair[1] for pair in zip(one.vector, other.vector)))
    rarity = news_weights().rarity(one.lemma) / 8 if same else 0.0
    typed = bool(one.type and other.type)
    sentence = _dot(one.around, other.around)
    names = one.names & other.names
    names_share = len(names) / max(1, min(len(one.names), len(other.names)))
    around = one.around_names & other.around_names
    around_share = len(around) / max(1, min(len(one.around_names), len(other.around_names)))
    arguments = one.arguments & other.arguments
    arguments_share = sum(news_weights().rarity(word) for word in arguments) / 16
    within = float(one.report == other.report)
    return [
        same,
        float(bool(shared)) * (1 - same),
        meaning,
        meaning * meaning * (1 - same),
        float(typed and one.type == other.type),
        float(typed and one.type != other.type),
        rarity,
        float(one.verbal != other.verbal),
        min(1.0, arguments_share),
        names_share,
        float(bool(one.names) and bool(other.names) and not names),
        sentence,
        sentence * same,
        around_share,
        float(bool(one.around_names) and bool(other.around_names) and not around),
        float(bool(one.numbers & other.numbers)),
        float(bool(one.numbers) and bool(other.numbers) and not one.numbers & other.numbers),
        float(bool(one.times & other.times)),
        float(bool(one.times) and bool(other.times) and not one.times & other.times),
        alike,
        alike * same,
        within,
        within * same,
        float(one.position < 0.15 and other.position < 0.15),
        same * names_share,
        meaning * names_share,
        meaning * sentence,
    ]


def _dot(one: dict[str, float], other: dict[str, float]) -> float:
    if len(one) > len(other):
        one, other = other, one
    return sum(value * other[term] for term, value in one.items() if term in other)


class Linker(msgspec.Struct, frozen=True, kw_only=True):
    """Weights of the logistic model and the probability from which a group is kept together."""

    weights: tuple[float, ...]
    intercept: float
    threshold: float

    def probability(self, one: Mention, other: Mention, alike: float) -> float:
        """Probability that both are one happening, 0 to 1."""
        total = self.intercept + sum(weight * value for weight, value in zip(self.weights, features(one, other, alike)))
        return 1 / (1 + math.exp(-max(-40.0, min(40.0, total))))


@lru_cache(maxsize=1)
def load_linker() -> Linker:
    """The shipped weights (``data/linker.toml``)."""
    table = tomllib.loads(files("sightline.stories").joinpath("data", "linker.toml").read_text(encoding="utf-8"))
    if tuple(table["weights"]) != FEATURES:
        raise ValueError("stories/data/linker.toml is of another set of features: run training/stories/linker.py")
    return Linker(weights=tuple(table["weights"].values()), intercept=table["intercept"], threshold=table["threshold"])


def chains(mentions: Sequence[Mention], scores: dict[tuple[int, int], float], threshold: float) -> list[list[int]]:
    """Clusters mentions by average linkage over pair probabilities (absent pairs count 0), best pair first; gives index groups."""
    groups: dict[int, list[int]] = {index: [index] for index in range(len(mentions))}
    links: dict[int, dict[int, float]] = {index: {} for index in groups}
    for (one, other), score in scores.items():
        links[one][other] = score
        links[other][one] = score
    import heapq

    heap = [(-score, one, other) for (one, other), score in scores.items() if score >= threshold]
    heapq.heapify(heap)
    size = dict.fromkeys(groups, 1)
    while heap:
        negative, one, other = heapq.heappop(heap)
        if one not in groups or other not in groups:
            continue
        total = links[one].get(other, 0.0)
        average = total / (size[one] * size[other])
        if abs(average + negative) > 1e-12:
            continue
        groups[one].extend(groups.pop(other))
        size[one] += size.pop(other)
        for neighbour, value in links.pop(other).items():
            links[neighbour].pop(other, None)
            if neighbour == one:
                continue
            joint = links[one].get(neighbour, 0.0) + value
            links[one][neighbour] = joint
            links[neighbour][one] = joint
        for neighbour, value in links[one].items():
            mean = value / (size[one] * size[neighbour])
            if mean >= threshold:
                first, second = min(one, neighbour), max(one, neighbour)
                heapq.heappush(heap, (-mean, first, second))
    return [sorted(group) for _, group in sorted(groups.items())]
