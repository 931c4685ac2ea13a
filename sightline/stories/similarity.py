"""How alike two reports are in what they are about: words weighted by rarity, names and places weighted more."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from functools import lru_cache
from importlib.resources import files
from urllib.parse import urlsplit

from sightline.types import Reading, Span

NAMES = 0.85
"""Share of the likeness that names make up; the rest is the other words'."""
_TOKEN = re.compile(r"[^\W_][\w'’.-]*[^\W_]|[^\W_]|[.!?\n:]")
_SHORT = 40
"""Different terms of a report so short that the headline in its address says what it is about."""
_SPELT = 3
_ENDS = frozenset(".!?\n:")
FIELD_LINE = re.compile(r"^\s*[\w-]+:\s[^|\n]*(?:\|\s*[\w-]+:\s[^|\n]*)+$")
"""A first line of "name: value | name: value" fields, which tells about the page, not the matter."""
_STOP = frozenset(
    word
    for line in files("sightline.stories").joinpath("data", "stopwords.txt").read_text(encoding="utf-8").splitlines()
    if not line.startswith("#")
    for word in line.split()
)


def stem(word: str) -> str:
    """A word without its commonest English endings, for counting only.

    >>> stem("crossing"), stem("crossed"), stem("crosses")
    ('cross', 'cross', 'cross')
    """
    for ending in ("ing", "ed", "es", "s"):
        if word.endswith(ending) and len(word) - len(ending) >= 4:
            return word[: -len(ending)]
    return word


def terms(text: str, names_at: Sequence[Span] | None = None, lead: int = 0) -> tuple[Counter[str], Counter[str]]:
    """Names (with numbers) and other content words of a text, with their counts.

    ``names_at`` are the spans that are names; without them a word with a capital within a sentence is one. What stands before ``lead``,
    where news says what it is about, counts double.

    >>> names, words = terms("The train reached Khasan. Khasan waited for the train.")
    >>> sorted(names), sorted(words)
    (['khasan'], ['reach', 'train', 'wait'])
    """
    names: Counter[str] = Counter()
    others: Counter[str] = Counter()
    inside = _covered(names_at) if names_at is not None else None
    begins = True
    for match in _TOKEN.finditer(text):
        token = match[0]
        if token in _ENDS:
            begins = True
            continue
        lower = token.lower().replace("’", "'").removesuffix("'s")
        count = 2 if match.start() < lead else 1
        if token[0].isdigit():
            names[lower] += count
        elif len(lower) >= 2 and lower not in _STOP:
            is_name = match.start() in inside if inside is not None else token[0].isupper() and not begins
            (names if is_name else others)[stem(lower)] += count
        begins = False
    for term in names.keys() & others.keys():
        names[term] += others.pop(term)
    return names, others


def _covered(spans: Sequence[Span]) -> set[int]:
    return {place for span in spans for place in range(span.start, span.end)}


def reading_terms(reading: Reading) -> tuple[Counter[str], Counter[str]]:
    """Names and other words of a report's title and text; places and actors that were recognised count as names of their own."""
    report = reading.report
    text = report.text
    first, separator, _ = text.partition("\n")
    skip = len(first) if separator and FIELD_LINE.match(first) else 0
    body = " " * skip + text[skip:]
    lead = next((span.end for number, span in enumerate(_after(reading.sentences, skip)) if number == 1), skip + 300)
    spans = [name.span for name in reading.names if name.form in ("name", "short", "acronym")]
    names, others = terms(body, spans or None, lead)
    if report.title and report.title not in text:
        for counter, extra in zip((names, others), terms(report.title, None, len(report.title))):
            counter.update(extra)
    elif not report.title and len(names) + len(others) < _SHORT:
        names.update(address_words(report.url))
    for place in reading.places:
        if place.place is not None and place.place.kind not in ("country", "continent"):
            names[f"place:{place.place.id}"] += 1
    for name in reading.names:
        if name.actor is not None and not name.actor.startswith("report:"):
            names[f"actor:{name.actor}"] += 1
    return names, others


def address_words(url: str | None) -> Counter[str]:
    """The content words of a headline that a web address spells out; none where it holds numbers or a path alone.

    >>> sorted(address_words("https://post.example/news/ferry-adrift-off-bergen-1204"))
    ['adrift', 'bergen', 'ferry', 'off']
    """
    last = max(urlsplit(url or "").path.split("/"), key=lambda part: part.count("-"))
    words = [word.lower() for word in re.split(r"[-_.]", last) if word.isalpha() and len(word) > 2]
    found = [stem(word) for word in words if word not in _STOP and word not in ("html", "htm", "php", "aspx")]
    return Counter(found) if len(words) >= _SPELT else Counter()


def protagonist(reading: Reading) -> str | None:
    """The term of the family name of the person whom a report names most, at least three times; ``None`` where nobody stands out so."""
    counts: Counter[str] = Counter()
    for name in reading.names:
        if name.label == "PER" and name.form in ("name", "short"):
            words = _TOKEN.findall(name.text)
            if words:
                counts[stem(words[-1].lower().removesuffix("'s").removesuffix("’s"))] += 1
    if not counts:
        return None
    best = min(counts, key=lambda term: (-counts[term], term))
    return best if counts[best] >= 3 else None


def _after(sentences: Sequence[Span], skip: int) -> list[Span]:
    return [span for span in sentences if span.start >= skip]


class Weights:
    """Document frequencies that turn term counts into unit vectors (tf-idf with logarithmic counts).

    The frequencies are those of a body of news, fixed and shipped, so that the likeness of two reports does not depend on which others
    have been read; a term that the table lacks counts as rare.
    """

    def __init__(self, size: int, frequency: Mapping[str, int]) -> None:
        self.size = size
        self.frequency = frequency

    def rarity(self, term: str) -> float:
        """Inverse document frequency of a term; a number is rare, whatever its frequency: the same number on two pages is telling."""
        if term[:1].isdigit():
            return math.log(1 + self.size)
        return math.log(1 + self.size / (self.frequency.get(term, 0) + 1.0))

    def vector(self, names: Counter[str], others: Counter[str]) -> dict[str, float]:
        """Unit vector of a document: a unit vector of its names beside one of its other words, in the shares of ``NAMES``.

        A document without names leans on its other words alone.
        """
        parts = [self._unit(names), self._unit(others)]
        shares = [NAMES, 1 - NAMES] if all(parts) else [1.0, 1.0]
        whole: dict[str, float] = {}
        for mark, part, share in zip(("", "w:"), parts, shares):
            whole.update({mark + term: value * math.sqrt(share) for term, value in part.items()})
        return whole

    def _unit(self, document: Counter[str]) -> dict[str, float]:
        raw = {term: (1 + math.log(count)) * self.rarity(term) for term, count in document.items()}
        norm = math.sqrt(sum(value * value for value in raw.values())) or 1.0
        return {term: value / norm for term, value in raw.items()}


@lru_cache(maxsize=1)
def news_weights() -> Weights:
    """The shipped frequencies (``data/terms.tsv``, made by ``training/stories/frequencies.py``)."""
    lines = files("sightline.stories").joinpath("data", "terms.tsv").read_text(encoding="utf-8").splitlines()
    rows = (line.split("\t") for line in lines[1:])
    return Weights(int(lines[0]), {term: int(count) for term, count in rows})
