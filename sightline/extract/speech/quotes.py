"""Quotation marks, paired.

What stands beside a mark tells whether it opens or closes (curly marks are often typed the wrong way round); where that leaves
both open, its shape does. Pairs never cross a paragraph: a
quotation left open at the paragraph's end runs to it, and one that the next paragraph takes up again with an opening
mark is marked as running on, as newspapers print a speech of several paragraphs.
"""

from __future__ import annotations

import re
from typing import NamedTuple

_MARK = re.compile(r"[\"“”„«»]|''|``|(?<!\w)['‘](?=\w)|(?<=[.,!?…])['’](?!\w)")
_SINGLE_CLOSES = re.compile(r"(?<=[.,!?…])['’](?!\w)")
_PARAGRAPH = re.compile(r"[^\n\r\x0b\x0c\x85\u2028\u2029]+")
_OPENING = frozenset("“„«‘") | {"``"}
_CLOSING = frozenset("”»’")
_SINGLE = frozenset("'‘’")
_BEFORE_OPENING = frozenset(" \t\xa0([{—–-:/")
_AFTER_CLOSING = frozenset(" \t\xa0)]}—–-:;,.!?/")


class Quotation(NamedTuple):
    """The character range of a quotation with its marks; ``closed`` is false where the closing mark is missing."""

    start: int
    end: int
    closed: bool
    continued: bool
    """Takes up a quotation that the paragraph before left open."""


def quotations(text: str) -> list[Quotation]:
    """All quotations of ``text`` in order, none within another, in time linear in its length.

    >>> text = 'He said: "We go. ' + chr(10) + '"We come back," he said.'
    >>> [(text[q.start:q.end], q.closed, q.continued) for q in quotations(text)]
    [('"We go. ', False, False), ('"We come back,"', True, True)]
    """
    found: list[Quotation] = []
    left_open = False
    for paragraph in _PARAGRAPH.finditer(text):
        if not paragraph.group().strip():
            continue
        here = _within(text, paragraph.start(), paragraph.end())
        if here and left_open and not text[paragraph.start() : here[0].start].strip():
            here[0] = here[0]._replace(continued=True)
        left_open = bool(here) and not here[-1].closed
        found += here
    return found


def _within(text: str, begin: int, end: int) -> list[Quotation]:
    found: list[Quotation] = []
    opened = -1
    single = False
    last_single = max((match.start() for match in _SINGLE_CLOSES.finditer(text, begin, end)), default=-1)
    for match in _MARK.finditer(text, begin, end):
        mark = match.group()
        if opened >= 0 and single != (mark in _SINGLE):
            if single and _direction(text, match.start(), match.end(), begin, end, mark) > 0:
                opened, single = match.start(), False
            continue
        turn = _direction(text, match.start(), match.end(), begin, end, mark)
        if opened < 0 and turn >= 0:
            if mark in _SINGLE and last_single < match.end():
                continue
            opened, single = match.start(), mark in _SINGLE
        elif opened >= 0 and turn <= 0:
            found.append(Quotation(opened, match.end(), True, False))
            opened = -1
    if opened >= 0 and not single:
        found.append(Quotation(opened, end, False, False))
    return found


def _direction(text: str, start: int, end: int, begin: int, stop: int, mark: str) -> int:
    """1 for a mark that opens, -1 for one that closes, 0 where both are possible."""
    free_before = start == begin or text[start - 1] in _BEFORE_OPENING
    free_after = end == stop or text[end] in _AFTER_CLOSING
    if free_before and not free_after:
        return 1
    if free_after and not free_before:
        return -1
    return 1 if mark in _OPENING else -1 if mark in _CLOSING else 0
