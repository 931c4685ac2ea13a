"""Compiles data/grammar.toml into regular expressions over marks, and finds the longest match at each place of a run."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import NamedTuple

from sightline.extract.times.words import OTHER, lexicon, table

_NAME = re.compile(r"[A-Z_]+")
_LOOK = ("(?=", "(?!", "(?<=", "(?<!")


class Rule(NamedTuple):
    """One shape of a time expression."""

    name: str
    pattern: re.Pattern[str]


class Found(NamedTuple):
    """A rule's match, as positions in a run of marks."""

    rule: str
    start: int
    end: int


class Grammar:
    """The rules, filed under each mark that a match can begin with."""

    def __init__(self) -> None:
        rows = table("grammar.toml")
        marks = lexicon().mark
        self.parts: dict[str, str] = rows["parts"]
        self.starting: dict[str, list[Rule]] = {mark: [] for mark in marks.values()}
        for name, pattern in rows["rules"].items():
            written = self.expanded(pattern)
            rule = Rule(name, re.compile(written))
            for mark in beginnings(written):
                if mark in self.starting:
                    self.starting[mark].append(rule)
        self.triggers = frozenset(marks[name] for name in rows["triggers"].split())

    def expanded(self, pattern: str) -> str:
        """The pattern with parts written out, class names turned into marks and blanks dropped."""

        def replace(found: re.Match[str]) -> str:
            name = found.group()
            if name == "OTHERWORD":
                return re.escape(OTHER)
            return "(?:" + self.expanded(self.parts[name]) + ")" if name in self.parts else lexicon().mark[name]

        return _NAME.sub(replace, pattern).replace(" ", "")

    def matches(self, run: str) -> list[Found]:
        """Leftmost-longest matches in a run of marks that begins and ends with ``OTHER``."""
        found: list[Found] = []
        at, end = 1, len(run) - 1
        while at < end:
            best, reach = "", at
            for name, pattern in self.starting.get(run[at], ()):
                match = pattern.match(run, at)
                if match is not None and match.end() > reach:
                    best, reach = name, match.end()
            if best:
                found.append(Found(best, at - 1, reach - 1))
            at = max(reach, at + 1)
        return found


def beginnings(pattern: str) -> frozenset[str]:
    """Characters that a match of the pattern can begin with (look-arounds are passed over)."""
    marks, _, _ = _alternatives(pattern, 0)
    return frozenset(marks)


def _alternatives(pattern: str, at: int) -> tuple[set[str], bool, int]:
    """First characters of the alternatives from ``at`` to the closing bracket, whether one can be empty, and where they end."""
    firsts: set[str] = set()
    nullable = False
    while True:
        branch, empty, at = _sequence(pattern, at)
        firsts |= branch
        nullable |= empty
        if at >= len(pattern) or pattern[at] == ")":
            return firsts, nullable, at
        at += 1


def _sequence(pattern: str, at: int) -> tuple[set[str], bool, int]:
    firsts: set[str] = set()
    open_ = True
    while at < len(pattern) and pattern[at] not in "|)":
        look = next((mark for mark in _LOOK if pattern.startswith(mark, at)), None)
        if pattern[at] == "(":
            inside = at + (len(look) if look else 3 if pattern.startswith("(?:", at) else 1)
            item, empty, at = _alternatives(pattern, inside)
            at += 1
            if look:
                continue
        else:
            at += pattern[at] == "\\"
            item, empty, at = {pattern[at]}, False, at + 1
        if at < len(pattern) and pattern[at] in "?*+":
            empty = empty or pattern[at] != "+"
            at += 1
        if open_:
            firsts |= item
            open_ = empty
    return firsts, open_, at


@cache
def grammar() -> Grammar:
    """The one grammar, compiled once."""
    return Grammar()


@lru_cache(maxsize=1 << 16)
def matched(run: str) -> tuple[Found, ...]:
    """Matches in a run (without the padding), remembered: runs recur."""
    return tuple(grammar().matches(OTHER + run + OTHER))
