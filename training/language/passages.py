"""A passage: what one training example is made of, before it becomes a spaCy Doc.

Treebank documents are cut into passages of a few hundred words at paragraph ends; tokenised name sets give passages
without trees. Everything that is unknown is None and trains nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from training.language.conllu import Document, Sentence

LONGEST = 220


@dataclass(frozen=True)
class Token:
    """A word of a passage; ``head`` counts from the passage's start, ``after`` is the white space that follows."""

    form: str
    after: str = " "
    upos: str | None = None
    xpos: str | None = None
    feats: str | None = None
    lemma: str | None = None
    head: int | None = None
    dep: str | None = None


@dataclass(frozen=True)
class Passage:
    """Tokens with sentence starts (None if unknown) and names; ``unsure`` tokens may or may not be in a name."""

    tokens: tuple[Token, ...]
    starts: tuple[int, ...] | None
    names: tuple[tuple[int, int, str], ...] | None
    unsure: frozenset[int] = frozenset()
    source: str = ""

    @property
    def text(self) -> str:
        """The passage as one string."""
        return "".join(token.form + token.after for token in self.tokens)

    def sentences(self) -> Iterator[tuple[int, int]]:
        """First and last + 1 token of each sentence; nothing if the sentences are unknown."""
        if self.starts is not None:
            yield from zip(self.starts, [*self.starts[1:], len(self.tokens)], strict=True)


def disjoint(names: Iterable[tuple[int, int, str]]) -> tuple[tuple[int, int, str], ...]:
    """Names in text order, the longer one where two overlap."""
    chosen: list[tuple[int, int, str]] = []
    for name in sorted(set(names), key=lambda name: (name[0] - name[1], name)):
        if all(name[1] <= other[0] or name[0] >= other[1] for other in chosen):
            chosen.append(name)
    return tuple(sorted(chosen))


def from_sentences(sentences: Iterable[Sentence], source: str, gap: str = "\n\n") -> Passage:
    """One passage; paragraphs are parted by ``gap``."""
    tokens: list[Token] = []
    starts: list[int] = []
    names: list[tuple[int, int, str]] = []
    known = True
    for sentence in sentences:
        base = len(tokens)
        if tokens and sentence.new_paragraph:
            tokens[-1] = replace(tokens[-1], after=gap)
        starts.append(base)
        for word in sentence.words:
            after = " " if word.space else ""
            tokens.append(Token(word.form, after, word.upos, word.xpos, word.feats, word.lemma, word.head + base, word.dep))
        if sentence.names is None:
            known = False
        else:
            names += [(first + base, last + base, label) for first, last, label in sentence.names]
    return Passage(tuple(tokens), tuple(starts), disjoint(names) if known else None, frozenset(), source)


def cut(document: Document) -> Iterator[list[Sentence]]:
    """Runs of a document's sentences with about ``LONGEST`` words, cut at paragraph starts where there are any."""
    run: list[Sentence] = []
    size = 0
    for sentence in document.sentences:
        full = size + len(sentence.words) > LONGEST
        if run and full and (sentence.new_paragraph or size > LONGEST):
            yield run
            run, size = [], 0
        run.append(sentence)
        size += len(sentence.words)
    if run:
        yield run
