"""Long texts in pieces: cut where a reader would pause, and put together again without a character lost."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.tokens import Doc

#: Where to cut, best first: after a blank line, a line break, a sentence's end, a space.
_PAUSES = (re.compile(r"\n\s*\n"), re.compile(r"\n"), re.compile(r"[.!?][\"”’')]*\s+"), re.compile(r"\s+"))
#: A run of characters without a space longer than this is cut in the middle: the tokenizer's time is quadratic in it.
_LONGEST_RUN = 1_000
_RUN = re.compile(rf"\S{{{_LONGEST_RUN + 1},}}")


def cut(text: str, size: int) -> list[str]:
    """Pieces of at most ``size`` characters that join to ``text``; one piece for a short text.

    >>> cut("One.\\n\\nTwo.", 8)
    ['One.\\n\\n', 'Two.']
    """
    if len(text) <= size and not _RUN.search(text):
        return [text]
    ends = {len(text)}
    for run in _RUN.finditer(text):
        ends.update(range(run.start(), run.end(), _LONGEST_RUN))
        ends.add(run.end())
    ends.discard(0)
    pieces: list[str] = []
    start = 0
    for end in sorted(ends):
        while end - start > size:
            place = _pause(text, start, start + size)
            pieces.append(text[start:place])
            start = place
        pieces.append(text[start:end])
        start = end
    return [piece for piece in pieces if piece] or [""]


def _pause(text: str, start: int, end: int) -> int:
    """The last good place to cut between ``start`` and ``end``, not before the middle."""
    middle = (start + end) // 2
    for pattern in _PAUSES:
        places = [match.end() for match in pattern.finditer(text, middle, end)]
        if places:
            return places[-1]
    return end


def join(docs: list[Doc], text: str) -> Doc:
    """One Doc of ``text`` from the Docs of its pieces, each piece's annotation kept."""
    from spacy.tokens import Doc

    whole = Doc.from_docs(docs, ensure_whitespace=False)
    if whole is None or whole.text != text:
        raise ValueError("pieces do not join to the text they were cut from")
    return whole
