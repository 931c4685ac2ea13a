"""Words of a text, with lost spaces found again.

spaCy's English tokenizer, taught three things that pages do: a closing quotation mark glued to the next word
(``fleet.”says``), a sentence glued to the next (``borders.at``), and two words glued together (``Russiathis``). Glued
words are cut only where it is safe: the whole is no known word, its left part is, and its right part is one of a few
function words and days. Nothing is inserted: a cut makes two tokens without a space between, so offsets never shift.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
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


class Acquaintance:
    """Lets a tokenizer see each run of characters once by itself, before it meets it in a text.

    spaCy's tokenizer keeps what a run comes apart into, but from a text's first contraction or abbreviation on ("don't", "U.S.") it keeps
    nothing more of that text, and so takes most runs apart again whenever they come. A run comes apart the same way alone and in a text.
    """

    KEPT = 50_000
    """Runs that are kept, a few megabytes; those beyond are taken apart each time."""
    LONGEST = 30
    TOGETHER = 64

    def __init__(self, tokenizer: Tokenizer) -> None:
        """With nothing seen yet."""
        self.tokenizer = tokenizer
        self.met: set[str] = set()
        tokenizer.max_cache_size = max(tokenizer.max_cache_size, self.KEPT)
        self._rules = frozenset(tokenizer.rules or ())

    def meet(self, texts: Iterable[str]) -> None:
        """See the runs of some texts."""
        fresh = [run for text in texts for run in dict.fromkeys(text.split()) if run not in self.met and len(run) <= self.LONGEST]
        fresh = list(dict.fromkeys(fresh))[: self.KEPT - len(self.met)]
        self.met.update(fresh)
        plain = [run for run in fresh if run.isalpha() and run not in self._rules]
        others = [run for run in fresh if not run.isalpha() and not self._special(run)]
        for runs in (plain, others):
            for at in range(0, len(runs), self.TOGETHER):
                self.tokenizer(" ".join(runs[at : at + self.TOGETHER]))

    def _special(self, run: str) -> bool:
        """Whether a rule of its own may apply to a run or to what marks around it leave: then it is not kept."""
        firsts = [0, *(at + 1 for at, letter in enumerate(run[:3]) if not letter.isalnum())]
        lasts = [len(run), *(len(run) - 1 - at for at, letter in enumerate(reversed(run[-3:])) if not letter.isalnum())]
        return any(run[first:last] in self._rules for first in firsts for last in lasts if first < last)


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
