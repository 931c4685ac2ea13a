"""Words of a text, with lost spaces found again.

spaCy's English tokenizer, taught three things that pages do: a closing quotation mark glued to the next word
(``fleet.”says``), a sentence glued to the next (``borders.at``), and two words glued together (``Russiathis``). Glued
words are cut only where it is safe: the whole is no known word, its left part is, and its right part is one of a few
function words and days. Nothing is inserted: a cut makes two tokens without a space between, so offsets never shift.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from spacy.tokenizer import Tokenizer  # type: ignore[import-not-found]
    from spacy.vocab import Vocab

#: Words that are found glued to the word before; no surname or place name of any frequency ends in one of them.
GLUED_RIGHT = (
    "this", "that", "these", "those", "which", "who", "whose", "with", "from", "when", "where", "while", "because",
    "before", "after", "during", "said", "says", "would", "should", "could", "have", "were", "their", "there",
    "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday",
)  # fmt: skip
#: Words that begin a sentence glued to the word before; only taken with their capital letter.
GLUED_START = ("The", "This", "That", "These", "Those", "He", "She", "They", "It", "In", "On", "But", "And", "When", "A")
_SHORTEST_LEFT = 4
#: Left parts of real words: *herewith*, *therefrom*.
_NEVER_LEFT = frozenset({"here", "there", "where", "forth"})
_GLUED = re.compile(r"[^\W\d_]{5,40}$")
_RIGHT = re.compile(rf"(?:{'|'.join(GLUED_RIGHT)})$", re.IGNORECASE)
_START = re.compile(rf"(?<=[^\W\d_])(?:{'|'.join(GLUED_START)})$")
_EXTRA_INFIXES = (
    r"(?<=[.,!?…])[\"”“»]+(?=[^\W\d_])",
    r"(?<=[^\W\d_])[”“»](?=[^\W\d_])",
    r"(?<=[^\W\d_]{3})[.!?](?=[^\W\d_]{2})(?![^\W\d_]{2,4}$|[^\W\d_]+[./@])",
    r"(?<=[^\W\d_])(?:–|—|--)(?=[\d\"“‘'(])",
    r"(?<=[\d\"”’')])(?:–|—|--)(?=[^\W\d_])",
    r"(?<=[^\W\d_]\.)-(?=[^\W\d_])",
    r"(?<=[^\W_])[(\[](?=[^\W_])",
    r"(?<=[^\W_])[;](?=[^\W_])",
)
_RUNS = (r"[!?]{2,}", r"<{2,}", r">{2,}", r"\*{2,}")


class Cut(NamedTuple):
    """An empty match: the place between two glued words."""

    place: int

    def start(self) -> int:
        """Where the second word begins."""
        return self.place

    def end(self) -> int:
        """The same place: nothing lies between."""
        return self.place


class Infixes:
    """Finds the places inside a run of characters where one word ends and another begins."""

    def __init__(self, pattern: str, words: Collection[int]) -> None:
        """``words`` holds the spaCy hashes of known lower-cased words."""
        from spacy.strings import get_string_id

        self.pattern = pattern
        self.words = words
        self._find = re.compile(pattern).finditer
        self._hash = get_string_id

    def __call__(self, text: str) -> list[re.Match[str] | Cut]:
        """Matches in ``text``: marks that are words of their own, and empty ones between glued words."""
        found: list[re.Match[str] | Cut] = list(self._find(text))
        if not found:
            cut = self.glued(text)
            return [Cut(cut)] if cut else []
        edges = [0, *(match.end() for match in found)]
        ends = [*(match.start() for match in found), len(text)]
        for start, end in zip(edges, ends, strict=True):
            cut = self.glued(text[start:end])
            if cut:
                found.append(Cut(start + cut))
        return sorted(found, key=lambda match: match.start())

    def glued(self, text: str) -> int:
        """Where the second of two glued words begins; 0 if ``text`` is one word or no cut is safe."""
        if not _GLUED.match(text) or self._known(text):
            return 0
        match = _START.search(text) or _RIGHT.search(text)
        if not match or match.start() < _SHORTEST_LEFT:
            return 0
        left = text[: match.start()]
        return match.start() if left.lower() not in _NEVER_LEFT and self._known(left) else 0

    def _known(self, word: str) -> bool:
        return self._hash(word.lower()) in self.words

    def __reduce__(self) -> tuple[type[Infixes], tuple[str, Collection[int]]]:
        return Infixes, (self.pattern, self.words)


def make(vocab: Vocab, words: Collection[int] = frozenset()) -> Tokenizer:
    """The tokenizer for ``vocab``; ``words`` are hashes of known lower-cased words (none: no glued words are cut)."""
    from spacy.lang.en import English
    from spacy.tokenizer import Tokenizer
    from spacy.util import compile_infix_regex, compile_prefix_regex, compile_suffix_regex

    defaults = English.Defaults
    infixes = compile_infix_regex([*(defaults.infixes or ()), *_EXTRA_INFIXES])
    return Tokenizer(
        vocab,
        rules=defaults.tokenizer_exceptions,
        prefix_search=compile_prefix_regex([*_RUNS, *(defaults.prefixes or ())]).search,
        suffix_search=compile_suffix_regex([*_RUNS, *(defaults.suffixes or ())]).search,
        infix_finditer=Infixes(infixes.pattern, words),
        token_match=defaults.token_match,
        url_match=defaults.url_match,
    )
