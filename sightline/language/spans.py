"""Names put right by the words they are made of, before the document votes.

*The Foreign Ministry of Peru* is an organisation whatever it was read as, *Ms Abe* is *Abe*, *Acme* before *, Inc.* goes on to its
end. Each rule is a plain function over words and mentions; the words are in ``data/name_words.toml``.
"""

from __future__ import annotations

import tomllib
from collections import Counter, defaultdict
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from sightline.language.vote import Mention
from sightline.language.words import texts

if TYPE_CHECKING:
    from spacy.tokens import Doc

_FILE = Path(__file__).parent / "data" / "name_words.toml"
_EDGES = frozenset({'"', "“", "”", "‘", "’", "'", ",", ";", ":", "(", ")", "[", "]", "-", "–", "—", "|", "'s", "’s"})


@dataclass(frozen=True)
class NameWords:
    """The word lists of ``data/name_words.toml``; see there."""

    organisations: frozenset[str]
    offices: frozenset[str]
    fields: frozenset[str]
    exceptions: frozenset[str]
    places: frozenset[str]
    firms: frozenset[str]
    titles: frozenset[str]
    full_titles: frozenset[str]
    letters: frozenset[str]
    with_the: frozenset[str]


@lru_cache(maxsize=1)
def name_words() -> NameWords:
    """The word lists, read once."""
    with _FILE.open("rb") as file:
        return NameWords(**{name: frozenset(entries) for name, entries in tomllib.load(file).items()})


def repaired(words: list[str], mentions: list[Mention]) -> list[Mention]:
    """The mentions of a document with their ends and kinds put right, in text order.

    >>> repaired("the Ms Abe met".split(), [Mention(1, 3, "ORG")])
    [Mention(start=2, end=3, kind='PER')]
    """
    lists = name_words()
    found: list[Mention] = []
    ordered = sorted(mentions)
    for place, mention in enumerate(ordered):
        limit = ordered[place + 1].start if place + 1 < len(ordered) else len(words)
        trimmed = _trimmed(words, mention, lists)
        if trimmed is None or _only_letters(words, trimmed, found, lists):
            continue
        longer = _longer(words, trimmed, limit, lists)
        found.append(longer._replace(kind=_kind(words, longer, lists)))
    return _everywhere(words, found)


def _everywhere(words: list[str], found: list[Mention]) -> list[Mention]:
    """An abbreviation or a name of several words that was read twice in the document is one wherever it stands alone."""
    counts = Counter((tuple(words[m.start : m.end]), m.kind) for m in found)
    kinds: dict[tuple[str, ...], set[str]] = defaultdict(set)
    for text, kind in counts:
        kinds[text].add(kind)
    known = {text: kind for (text, kind), count in counts.items() if count >= 2 and len(kinds[text]) == 1 and _safe(text)}
    if not known:
        return found
    taken = {i for m in found for i in range(m.start, m.end)}
    firsts: dict[str, list[tuple[str, ...]]] = defaultdict(list)
    for text in sorted(known, key=len, reverse=True):
        firsts[text[0]].append(text)
    for at, word in enumerate(words):
        for text in firsts.get(word, ()):
            end = at + len(text)
            if tuple(words[at:end]) == text and taken.isdisjoint(range(at - 1, end + 1)) and _alone(words, at, end):
                found.append(Mention(at, end, known[text]))
                taken.update(range(at, end))
                break
    return sorted(found)


def _safe(text: tuple[str, ...]) -> bool:
    return len(text) > 1 or (text[0].isupper() and len(text[0]) > 2)


def _alone(words: list[str], start: int, end: int) -> bool:
    before = words[start - 1] if start else "."
    after = words[end] if end < len(words) else "."
    return not after[:1].isupper() and not before[:1].isupper() and before not in ("-", "/") and after not in ("-", "/")


def _trimmed(words: list[str], mention: Mention, lists: NameWords) -> Mention | None:
    """Without the marks, the article and the titles at its edges; None if nothing is left."""
    start, end, kind = mention
    while start < end and (words[start] in _EDGES or _is_article(words, start, end, lists)):
        start += 1
    while start < end and words[end - 1] in _EDGES:
        end -= 1
    while start < end and kind in ("PER", "ORG", "LOC") and words[start] in lists.titles:
        start, kind = start + 1, "PER"
    while kind == "PER" and start + 1 < end and words[start] in lists.full_titles and words[start + 1][:1].isupper():
        start += 1
    return Mention(start, end, kind) if start < end else None


def _is_article(words: list[str], start: int, end: int, lists: NameWords) -> bool:
    return words[start] in ("the", "The") and end - start > 1 and words[start + 1] not in lists.with_the


def _only_letters(words: list[str], mention: Mention, found: list[Mention], lists: NameWords) -> bool:
    """*QC* after *Anna Moss,* names nothing of its own."""
    if mention.end - mention.start > 1 or words[mention.start] not in lists.letters or not found:
        return False
    return found[-1].kind == "PER" and found[-1].end == mention.start - 1 and words[mention.start - 1] == ","


def _longer(words: list[str], mention: Mention, limit: int, lists: NameWords) -> Mention:
    """On to the firm's *Inc.*, and over *and* where an office has two fields."""
    start, end, kind = mention
    if kind in ("ORG", "LOC", "PER") and end < limit:
        step = end + 1 if words[end] == "," and end + 1 < limit else end
        if words[step] in lists.firms:
            return Mention(start, step + 1, "ORG")
    inside = words[start:end]
    if "of" in inside and lists.fields.intersection(inside[: inside.index("of")]) and words[end : end + 1] == ["and"]:
        stop = end + 1
        while stop < limit and words[stop][:1].isupper():
            stop += 1
        joined = lists.organisations | lists.offices
        if stop > end + 1 and words[end + 1] not in joined and words[stop : stop + 1] != ["of"]:
            return Mention(start, stop, "ORG")
    return mention


def _kind(words: list[str], mention: Mention, lists: NameWords) -> str:
    """What the first or last word of a name of several words says it is."""
    inside = words[mention.start : mention.end]
    if len(inside) < 2 or mention.kind == "NORP" or " ".join(inside) in lists.exceptions:
        return mention.kind
    if inside[-1] in lists.organisations or (inside[1] == "of" and inside[0] in lists.offices):
        return "ORG"
    return "LOC" if inside[-1] in lists.places and mention.kind != "PER" else mention.kind


def apply(doc: Doc) -> Doc:
    """Put the names in ``doc.ents`` right."""
    from spacy.tokens import Span

    if not doc.ents:
        return doc
    before = [Mention(e.start, e.end, e.label_) for e in doc.ents]
    after = repaired(texts(doc), before)
    if after != before:
        doc.set_ents([Span(doc, m.start, m.end, m.kind) for m in after], default="outside")
    return doc
