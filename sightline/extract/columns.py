"""A Doc's columns as plain lists, read once for all that read the same report.

Asking spaCy's tokens one by one for a word, a tag or their sentence costs more than most rules do: loops over all tokens look at these
lists first and make tokens only where something may be found.
"""

from __future__ import annotations

from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from spacy.tokens import Doc, Span, Token


class Columns:
    """What is known of each token, by index; each column is read on its first use, so a Doc must be whole before."""

    def __init__(self, doc: Doc) -> None:
        """The columns of ``doc``."""
        self._doc = doc

    @cached_property
    def text(self) -> str:
        """The text, which spaCy puts together anew at each asking."""
        words, spaced = self.words, self._array("SPACY").tolist()
        return "".join([f"{word} " if space else word for word, space in zip(words, spaced, strict=True)])

    @cached_property
    def tokens(self) -> list[Token]:
        """The tokens themselves, which spaCy makes anew at each asking."""
        return list(self._doc)

    @cached_property
    def words(self) -> list[str]:
        """Each token's own text."""
        return self._strings("ORTH")

    @cached_property
    def lower(self) -> list[str]:
        """Its lower-cased text."""
        return self._strings("LOWER")

    @cached_property
    def pos(self) -> list[str]:
        """Its universal part of speech."""
        return self._strings("POS")

    @cached_property
    def tag(self) -> list[str]:
        """Its fine-grained part of speech, or ""."""
        return self._strings("TAG")

    @cached_property
    def label(self) -> list[str]:
        """The label of the name that it is in, or ""."""
        return self._strings("ENT_TYPE")

    @cached_property
    def start(self) -> list[int]:
        """Its first character."""
        starts: list[int] = self._array("IDX").astype(np.int64).tolist()
        return starts

    @cached_property
    def opens(self) -> list[bool]:
        """Whether it starts a sentence."""
        opening: list[bool] = (self._array("SENT_START").astype(np.int64) == 1).tolist()
        return opening

    @cached_property
    def sentence(self) -> list[tuple[int, int]]:
        """The first token of its sentence and the one behind the last."""
        bounds: list[tuple[int, int]] = []
        first = 0
        opens = self.opens
        for at in range(1, len(opens) + 1):
            if at == len(opens) or opens[at]:
                bounds += [(first, at)] * (at - first)
                first = at
        return bounds

    @cached_property
    def names(self) -> tuple[Span, ...]:
        """The Doc's names."""
        return tuple(self._doc.ents)

    @cached_property
    def entity(self) -> dict[int, Span]:
        """The name that it is in, if it is in one."""
        return {at: entity for entity in self.names for at in range(entity.start, entity.end)}

    def between(self, first: int, last: int) -> str:
        """The text of the tokens from ``first`` up to ``last``, which is not empty."""
        return self.text[self.start[first] : self.start[last - 1] + len(self.words[last - 1])]

    def _array(self, name: str) -> Any:
        return self._doc.to_array(name)

    def _strings(self, name: str) -> list[str]:
        keys = self._array(name).tolist()
        strings = self._doc.vocab.strings
        known = {key: strings[key] if key else "" for key in set(keys)}
        return [known[key] for key in keys]


@lru_cache(maxsize=2)
def columns(doc: Doc) -> Columns:
    """The columns of a Doc that nobody changes any more."""
    return Columns(doc)
