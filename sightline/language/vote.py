"""The document's vote on names: a surname follows its full name.

*Kim Jong-un* once named in full settles what a later lone *Kim* or *Jong-un* is, *Anna Petrov* settles *Petrov*; an
abbreviation in brackets follows the name before it (*Korean Central News Agency (KCNA)*); and where one string is a name
of several kinds in a document, all its uses take the kind that two in three of them have. Words that no rule speaks about stay as they were read.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from typing import TYPE_CHECKING, NamedTuple

from sightline.language.words import texts

if TYPE_CHECKING:
    from spacy.tokens import Doc

_KINDS = ("PER", "LOC", "ORG", "NORP", "MISC")
_PARTICLES = frozenset(
    {"al", "el", "bin", "ibn", "van", "von", "de", "da", "di", "la", "le", "du", "den", "der", "-", "jr", "sr", "ii", "iii"}
)


class Mention(NamedTuple):
    """A name in a document: first and last + 1 word, and its kind."""

    start: int
    end: int
    kind: str


def vote(words: list[str], mentions: Iterable[Mention]) -> list[Mention]:
    """The mentions of a document after the vote, in text order.

    ``words`` are the document's words. Mentions keep their ends; only kinds change, and lone words that were left
    unmarked become mentions if they are part of exactly one full name of a person and are written with a capital.

    >>> words = "Anna Petrov left . Petrov said so .".split()
    >>> vote(words, [Mention(0, 2, "PER"), Mention(4, 5, "ORG")])
    [Mention(start=0, end=2, kind='PER'), Mention(start=4, end=5, kind='PER')]
    """
    found = list(mentions)
    kinds = _majority(words, found)
    voted = [Mention(m.start, m.end, kinds.get(_text(words, m), m.kind)) for m in found]
    voted = _abbreviations(words, voted)
    parts = _name_parts(words, voted)
    uses = Counter((_text(words, m), m.kind) for m in voted)
    voted = [
        Mention(m.start, m.end, "PER") if m.kind != "PER" and (text := _text(words, m)) in parts and _weak(uses, text, m) else m
        for m in voted
    ]
    taken = {i for m in voted for i in range(m.start, m.end)}
    for index, word in enumerate(words):
        if index not in taken and word in parts and _stands_alone(words, index, taken):
            voted.append(Mention(index, index + 1, "PER"))
    return sorted(voted)


def _text(words: list[str], mention: Mention) -> str:
    return " ".join(words[mention.start : mention.end])


def _majority(words: list[str], found: list[Mention]) -> dict[str, str]:
    """For each string that was read as several kinds: the one that two in three of its uses have, if there is one."""
    votes: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for mention in found:
        votes[_text(words, mention)][mention.kind] += 1
    kinds: dict[str, str] = {}
    for text, counts in votes.items():
        kind, count = max(counts.items(), key=lambda item: (item[1], -_KINDS.index(item[0])))
        if len(counts) > 1 and 3 * count >= 2 * sum(counts.values()):
            kinds[text] = kind
    return kinds


def _abbreviations(words: list[str], voted: list[Mention]) -> list[Mention]:
    """*Name (ABBR)*: the abbreviation has the name's kind, there and everywhere."""
    ends = {m.end: m for m in voted if m.end - m.start > 1}
    kinds: dict[str, str] = {}
    for mention in voted:
        opened = mention.start - 1
        if mention.end - mention.start == 1 and words[opened] == "(" and opened in ends:
            short = words[mention.start]
            full = [word for word in words[ends[opened].start : opened] if word[:1].isupper()]
            if short.isupper() and short == "".join(word[0] for word in full)[: len(short)]:
                kinds[short] = ends[opened].kind
    return [Mention(m.start, m.end, kinds.get(_text(words, m), m.kind)) for m in voted]


def _name_parts(words: list[str], voted: list[Mention]) -> frozenset[str]:
    """First and last words of persons' full names that no other kind of full name in the document has."""
    parts: Counter[str] = Counter()
    others: set[str] = set()
    for mention in voted:
        inside = words[mention.start : mention.end]
        if mention.kind == "PER" and len(inside) > 1:
            ends = {inside[0], inside[-1]} if "-" not in inside else {inside[0]}
            parts.update(w for w in ends if len(w) > 1 and w[:1].isupper() and w.lower() not in _PARTICLES)
        elif len(inside) > 1:
            others.update(inside)
    return frozenset(word for word in parts if word not in others)


def _weak(uses: Counter[tuple[str, str]], text: str, mention: Mention) -> bool:
    """True unless the string stands on its own as another kind more often than not, like *Jordan* the country."""
    return uses[text, mention.kind] <= 2


def _stands_alone(words: list[str], index: int, taken: set[int]) -> bool:
    """True if no capitalised word or other name is next to it: *Petrov said*, not *Petrov Street*."""
    before = words[index - 1] if index else "."
    after = words[index + 1] if index + 1 < len(words) else "."
    beside = index - 1 in taken or index + 1 in taken or before == "-" or after == "-"
    return not beside and not after[:1].isupper() and (before in '.!?"“”\n' or not before[:1].isupper())


def apply(doc: Doc) -> Doc:
    """Let the document vote on ``doc.ents``."""
    from spacy.tokens import Span

    if not doc.ents:
        return doc
    words = texts(doc)
    before = [Mention(e.start, e.end, e.label_) for e in doc.ents]
    after = vote(words, before)
    if after != before:
        doc.set_ents([Span(doc, m.start, m.end, m.kind) for m in after], default="outside")
    return doc
