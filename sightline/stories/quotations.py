"""Verbatim quotations of a text: the same words between quotation marks on two pages are one utterance."""

from __future__ import annotations

import re

LEAST_WORDS = 6
"""Shorter quotations are often coincidence or a name."""

_QUOTED = re.compile(r"[“\"„«]([^“”\"„«»]{20,600})[”\"“»]")
_WORD = re.compile(r"[^\W_]+")


def quotations(text: str) -> frozenset[str]:
    """Normalised quotations of at least six words.

    >>> quotations('He said: “We will never give up these islands, never.”')
    frozenset({'we will never give up these islands never'})
    """
    found = set()
    for match in _QUOTED.finditer(text):
        tokens = _WORD.findall(match[1].lower())
        if len(tokens) >= LEAST_WORDS:
            found.add(" ".join(tokens))
    return frozenset(found)
