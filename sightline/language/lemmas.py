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
from typing import TYPE_CHECKING, Any

import numpy as np

from sightline.language.words import strings, texts

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

FILE = "lemmas.tsv.gz"
LONGEST_SUFFIX = 6
_PROPER = frozenset({"NNP", "NNPS"})
_CASED = frozenset({"JJ", "NNP", "NNPS"})
_PLAIN = frozenset({"VB", "VBP"})
_ALSO_PLAIN = frozenset({"bore", "bound", "fell", "felt", "found", "ground", "lay", "saw", "stove", "wound"})
"""Irregular pasts that are verbs of their own in the plain form ("to found a party")."""
_HELPERS = frozenset({"have", "has", "had", "be", "is", "are", "was", "were", "been", "being", "'ve", "’ve"})


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
        """Set ``lemma_`` of every word from its text and tag; white space is its own lemma.

        An irregular past that was tagged as a plain form gets the tag that it can only have.
        """
        tags = strings(doc, "TAG")
        lower = strings(doc, "LOWER")
        for at, tag in enumerate(tags):
            if tag in _PLAIN and self._never_plain(lower[at]):
                token = doc[at]
                tags[at] = token.tag_ = "VBN" if _participle(token) else "VBD"
        starts: list[bool] = (doc.to_array("SENT_START") == 1).tolist()
        known: dict[tuple[str, str, bool], int] = {}
        column: Any = []
        add = doc.vocab.strings.add
        for key in zip(texts(doc), tags, starts, strict=True):
            number = known.get(key)
            if number is None:
                number = known[key] = add(self.lemma(*key))
            column.append(number)
        if not column:
            return doc
        table: Any = np.array(column, dtype=np.uint64)
        return doc.from_array(["LEMMA"], table)

    def _never_plain(self, form: str) -> bool:
        """Whether a form called plain is only known as an irregular past ("shot" in "had seized the town and shot down a jet")."""
        past = self.exceptions.get(("VBD", form))
        known = any((plain, form) in self.exceptions for plain in _PLAIN)
        return past is not None and past != form and not known and form not in _ALSO_PLAIN

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


def _participle(token: Token) -> bool:
    """Whether a past form is a participle: behind a helping verb of its own, or of the verb it is joined to."""
    if any(child.i < token.i and child.lower_ in _HELPERS for child in token.children):
        return True
    above = token.head
    return token.dep_ == "conj" and above.tag_ == "VBN" and not any(child.dep_.startswith("nsubj") for child in token.children)


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
