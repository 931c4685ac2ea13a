"""Sentence starts at line breaks, so that no sentence is parsed across a paragraph.

A blank line always ends a sentence. A single line break does too, unless the lines were wrapped to a width: then the
break is only where a line was full. A block is taken as wrapped when the first word of each line would not have fitted
on the line above, within the width of the block's longest line (greedy filling, as mailers and wire services do).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from sightline.language.words import text as text_of

if TYPE_CHECKING:
    from spacy.tokens import Doc

_BLANK = re.compile(r"\n[^\S\n]*\n|\r\n[^\S\n]*\r\n|[\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")
_BREAK = re.compile(r"[\n\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")
_LEADING_DATE = re.compile(
    r"\s*(?:(?:date|dated|published|posted|updated)\b:?\s+(?:on\s+)?)?"
    r"\d{4}-\d{2}-\d{2}(?:[T ]\d{2}:\d{2}(?::\d{2})?(?:Z|[+-]\d{2}:?\d{2})?)?\s+(?=[^\W\d_]|[\"“‘'])",
    re.IGNORECASE,
)
_LEADING_TOKENS = 24
_WIDEST = 100
_NARROWEST = 40
_NO = 2**64 - 1  # spaCy's -1: surely no start


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
    text = text_of(doc)
    starts: dict[int, bool] = {}
    _after_leading_date(doc, text, starts)
    if _BREAK.search(text) or any(map(str.isspace, (text[:1], text[-1:]))) or "  " in text:
        _at_breaks(doc, text, starts)
    return mark(doc, starts)


def mark(doc: Doc, starts: dict[int, bool]) -> Doc:
    """Set at once which tokens start a sentence (spaCy looks through the whole Doc whenever one token's mark is set)."""
    if starts:
        marks: Any = doc.to_array("SENT_START")
        for at, value in starts.items():
            marks[at] = 1 if value else _NO
        doc.from_array(["SENT_START"], marks)
    return doc


def _at_breaks(doc: Doc, text: str, starts: dict[int, bool]) -> None:
    spaces = doc.to_array("IS_SPACE").nonzero()[0].tolist()
    white = set(spaces)
    soft = _soft(text)
    last = len(doc) - 1
    lead = 0
    while lead < last and lead in white:
        lead += 1
    if lead:
        starts[lead] = False
    for at in spaces:
        if at:
            starts[at] = False
        if lead <= at < last and at + 1 not in white and _ends_paragraph(doc, at, white, soft):
            starts[at + 1] = True


def _after_leading_date(doc: Doc, text: str, starts: dict[int, bool]) -> None:
    """A date that stands before a text on its first line ("date 2023-09-11 The train ...") is no part of its first sentence."""
    found = _LEADING_DATE.match(text)
    if found is None:
        return
    for token in doc[:_LEADING_TOKENS]:
        if token.idx == found.end():
            starts[token.i] = True
            return


def settle(doc: Doc) -> Doc:
    """Hang white space on the word before it (at the text's start: after it), whatever the parser made of it."""
    spaces = doc.to_array("IS_SPACE").nonzero()[0].tolist()
    if not spaces or all(_hangs_well(doc, i) for i in spaces):
        return doc
    import numpy as np

    size = len(doc)
    white = set(spaces)
    words = [i for i in range(size) if i not in white]
    if not words:
        return doc
    heads = [token.head.i for token in doc]
    deps = [token.dep for token in doc]
    free = doc.vocab.strings.add("dep")
    for i in range(size):
        if i in white:
            continue
        while heads[i] in white:
            up = heads[heads[i]]
            heads[i] = i if up == heads[i] else up
        if heads[i] == i:
            deps[i] = doc.vocab.strings.add("ROOT")
    before = words[0]
    for i in range(size):
        if i in white:
            heads[i], deps[i] = before, free
        else:
            before = i
    offsets = np.array([(head - i) & 0xFFFFFFFFFFFFFFFF for i, head in enumerate(heads)], dtype=np.uint64)
    table: Any = np.stack([offsets, np.array(deps, dtype=np.uint64)], axis=1)
    return doc.from_array(["HEAD", "DEP"], table)


def _hangs_well(doc: Doc, at: int) -> bool:
    token = doc[at]
    return at > 0 and token.head.i == at - 1 and not doc[at - 1].is_space and token.n_lefts + token.n_rights == 0


def _ends_paragraph(doc: Doc, last: int, white: set[int], soft: frozenset[int]) -> bool:
    """True if the run of whitespace tokens that ends at ``last`` holds a break that no wrapping explains."""
    first = last
    while first and first - 1 in white:
        first -= 1
    run = doc[first : last + 1].text
    return bool(_BREAK.search(run)) and _hard(run, doc[first].idx, soft)


def _hard(text: str, start: int, soft: frozenset[int]) -> bool:
    if _BLANK.search(text) or (len(_BREAK.findall(text)) > 1 and "\r\n" not in text):
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
