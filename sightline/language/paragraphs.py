"""Sentence starts at line breaks, so that no sentence is parsed across a paragraph.

A blank line always ends a sentence. A single line break does too, unless the lines were wrapped to a width: then the
break is only where a line was full. A block is taken as wrapped when the first word of each line would not have fitted
on the line above, within the width of the block's longest line (greedy filling, as mailers and wire services do).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.tokens import Doc

_BLANK = re.compile(r"\n[^\S\n]*\n|\r\n[^\S\n]*\r\n|[\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")
_BREAK = re.compile(r"[\n\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")
_WIDEST = 100
_NARROWEST = 40


def wrapped(lines: list[str]) -> bool:
    """True if the lines look filled to a width rather than ended by their writer.

    >>> wrapped(["The train left the capital early on", "Sunday and was expected at the border", "by the next morning."])
    True
    >>> wrapped(["Leader's train leaves", "By A. Reporter", "The train left."])
    False
    """
    widths = [len(line.rstrip()) for line in lines]
    width = max(widths)
    if len(lines) < 2 or not _NARROWEST * (0.6 if len(lines) > 2 else 1) <= width <= _WIDEST:
        return False
    firsts = [line.split(None, 1)[0] if line.strip() else "" for line in lines]
    if len(lines) == 2:
        return firsts[1][:1].islower() and not lines[0].rstrip().endswith((".", "!", "?", ":", "”", '"'))
    return all(here + 1 + len(first) > width for here, first in zip(widths[:-1], firsts[1:], strict=True))


def preset(doc: Doc) -> Doc:
    """Mark where sentences must start because of line breaks; whitespace tokens never start one."""
    text = doc.text
    if not _BREAK.search(text) and not any(map(str.isspace, (text[:1], text[-1:]))) and "  " not in text:
        return doc
    spaces = [doc[int(i)] for i in doc.to_array("IS_SPACE").nonzero()[0]]
    soft = _soft(text)
    last = len(doc) - 1
    for token in spaces:
        if token.i:
            token.is_sent_start = False
        if token.i < last and not doc[token.i + 1].is_space and _ends_paragraph(doc, token.i, soft):
            doc[token.i + 1].is_sent_start = True
    return doc


def _ends_paragraph(doc: Doc, last: int, soft: frozenset[int]) -> bool:
    """True if the run of whitespace tokens that ends at ``last`` holds a break that no wrapping explains."""
    first = last
    while first and doc[first - 1].is_space:
        first -= 1
    run = doc[first : last + 1].text
    return bool(_BREAK.search(run)) and _hard(run, doc[first].idx, soft)


def _hard(text: str, start: int, soft: frozenset[int]) -> bool:
    if _BLANK.search(text) or len(_BREAK.findall(text)) > 1 and "\r\n" not in text:
        return True
    return all(start + match.start() not in soft for match in _BREAK.finditer(text))


def _soft(text: str) -> frozenset[int]:
    """Offsets of the line breaks that only wrap a line."""
    soft: set[int] = set()
    for block in re.finditer(r"(?:[^\n]*\S[^\n]*(?:\n|$))+", text):
        lines = block.group().rstrip("\n").split("\n")
        if len(lines) < 2 or not wrapped(lines):
            continue
        at = block.start()
        for line in lines[:-1]:
            at += len(line)
            soft.update((at - 1, at) if line.endswith("\r") else (at,))
            at += 1
    return frozenset(soft)
