"""Lemmas from a table and suffix rules, both learned from treebanks.

A word's lemma is found under its lower-cased form and Penn tag in the table of exceptions, or else by the rule of its
longest known suffix for that tag: strip so many letters, put others. Proper nouns keep their case; so do capitalised
adjectives (*Russian*), except at a sentence's start when the table doesn't know them.
"""

from __future__ import annotations

import gzip
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.tokens import Doc

FILE = "lemmas.tsv.gz"
LONGEST_SUFFIX = 6
_PROPER = frozenset({"NNP", "NNPS"})
_CASED = frozenset({"JJ", "NNP", "NNPS"})


@dataclass
class Lemmas:
    """Exceptions ``(tag, form) -> lemma`` and rules ``(tag, suffix) -> (letters to strip, letters to add)``."""

    exceptions: dict[tuple[str, str], str] = field(default_factory=dict)
    rules: dict[tuple[str, str], tuple[int, str]] = field(default_factory=dict)
    _known: dict[tuple[str, str, bool], str] = field(default_factory=dict, repr=False)

    def lemma(self, form: str, tag: str, first: bool = False) -> str:
        """The lemma of ``form`` with Penn tag ``tag``; ``first`` if the word begins a sentence.

        >>> Lemmas({("VBD", "left"): "leave"}, {("VBD", "ed"): (2, "")}).lemma("Left", "VBD", first=True)
        'leave'
        >>> Lemmas({}, {("VBD", "ed"): (2, "")}).lemma("walked", "VBD")
        'walk'
        """
        key = (form, tag, first)
        found = self._known.get(key)
        if found is None:
            found = self._find(form, tag, first)
            if len(self._known) < 200_000:
                self._known[key] = found
        return found

    def _find(self, form: str, tag: str, first: bool) -> str:
        lower = form.lower()
        exact = self.exceptions.get((tag, form)) or self.exceptions.get((tag, lower))
        if exact is not None:
            return exact
        word = form if tag in _CASED and not (first and tag not in _PROPER) else lower
        return self.by_rule(word, tag)

    def by_rule(self, word: str, tag: str) -> str:
        """What the suffix rules alone make of ``word``; the word itself if none fits."""
        for length in range(min(LONGEST_SUFFIX, len(word) - 1), -1, -1):
            rule = self.rules.get((tag, word[len(word) - length :].lower()))
            if rule is not None:
                strip, add = rule
                return word[: len(word) - strip] + add
        return word

    def annotate(self, doc: Doc) -> Doc:
        """Set ``lemma_`` of every word from its text and tag; white space is its own lemma."""
        lemma = self.lemma
        for token in doc:
            token.lemma_ = lemma(token.text, token.tag_, token.is_sent_start is True)
        return doc

    def lines(self) -> Iterable[str]:
        """The table as lines of tab-separated text, in a fixed order."""
        for (tag, form), lemma in sorted(self.exceptions.items()):
            yield f"{tag}\t{form}\t{lemma}\n"
        for (tag, suffix), (strip, add) in sorted(self.rules.items()):
            yield f"{tag}\t-{suffix}\t{strip}\t{add}\n"

    def write(self, path: Path) -> None:
        """Write the table, gzipped, the same bytes every time."""
        text = "".join(self.lines()).encode()
        path.write_bytes(gzip.compress(text, 9, mtime=0))


def read(path: Path) -> Lemmas:
    """The table in ``path``."""
    lemmas = Lemmas()
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            fields = line.rstrip("\n").split("\t")
            if len(fields) == 4:
                lemmas.rules[fields[0], fields[1][1:]] = (int(fields[2]), fields[3])
            else:
                lemmas.exceptions[fields[0], fields[1]] = fields[2]
    return lemmas
