"""Reads a text into marked words and finds the candidates that the grammar knows."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from sightline.extract.times.grammar import grammar, matched
from sightline.extract.times.words import OTHER, Value, lexicon

_TOKEN = re.compile(
    r"[aApP]\.\s?[mM]\.?(?![^\W\d_])"  # a.m.
    r"|[oO]['’]?[cC]lock\b"
    r"|[^\W\d_]+"
    r"|[0-9]{4}-[0-9][0-9]-[0-9][0-9](?:[T ][0-9][0-9]:[0-9][0-9](?::[0-9][0-9](?:\.[0-9]+)?)?(?:Z|[+-][0-9][0-9]:?[0-9][0-9])?)?(?![0-9])"
    r"|[0-9]{1,4}([/.-])[0-9]{1,2}\1[0-9]{1,4}(?![0-9/])"
    r"|[0-9]{1,2}:[0-9][0-9](?::[0-9][0-9])?(?![0-9])"
    r"|[0-9]{1,3}(?:,[0-9]{3})+(?![0-9])"
    r"|[0-9]+\.[0-9]+"
    r"|[0-9]{1,2}/[0-9]{1,4}(?![0-9/])"
    r"|[0-9]+(?:st|nd|rd|th|s)(?![^\W_])"
    r"|[0-9]+"
    r"|\n[^\S\n]*\n\s*"
    r"|[^\w\s]|_"
)
_MONEY = "$£€¥₩#"
_GLUED = re.compile(r"(this|next)$")


@cache
def marks_of(classes: tuple[str, ...]) -> frozenset[str]:
    """The marks of some classes."""
    return frozenset(lexicon().mark[name] for name in classes)


class Words(NamedTuple):
    """A text as marked words: where each begins and ends, its mark and what it stands for."""

    text: str
    starts: list[int]
    ends: list[int]
    marks: list[str]
    values: list[Value]


class Match(NamedTuple):
    """A candidate: a rule and the words it matched."""

    rule: str
    words: Words
    first: int
    last: int
    """Index after the last word."""

    @property
    def start(self) -> int:
        """Character offset where it begins."""
        return self.words.starts[self.first]

    @property
    def end(self) -> int:
        """Character offset where it ends."""
        return self.words.ends[self.last - 1]

    @property
    def text(self) -> str:
        """The words themselves."""
        return self.words.text[self.start : self.end]

    def all(self, *classes: str) -> list[int]:
        """Indices of its words of these classes."""
        marks = marks_of(classes)
        return [index for index in range(self.first, self.last) if self.words.marks[index] in marks]

    def has(self, *classes: str) -> bool:
        """Whether one of its words is of one of these classes."""
        return bool(self.all(*classes))

    def value(self, *classes: str) -> Value:
        """What its first word of these classes stands for."""
        found = self.all(*classes)
        return self.words.values[found[0]] if found else None

    def number(self, *classes: str) -> int | None:
        """The same as a whole number."""
        value = self.value(*classes)
        return value if isinstance(value, int) else None

    def kind(self, index: int) -> str:
        """Class of the word at an index of the text's words; "" outside the text and for other words."""
        if not 0 <= index < len(self.words.marks):
            return ""
        return lexicon().name.get(self.words.marks[index], "")

    def word(self, index: int) -> str:
        """The word at that index, lower case; "" outside."""
        if not 0 <= index < len(self.words.starts):
            return ""
        return self.words.text[self.words.starts[index] : self.words.ends[index]].lower()

    def cut(self, first: int, last: int) -> Match:
        """The same match with other ends."""
        return self._replace(first=first, last=last)


def marked(text: str) -> Words:
    """The text's words with their marks."""
    lex = lexicon()
    known, capital, mark, firsts = lex.word, lex.capital, lex.mark, lex.firsts
    starts: list[int] = []
    ends: list[int] = []
    marks: list[str] = []
    values: list[Value] = []
    skip = 0
    named_day = mark["NAMEDDAY"]
    for found in _TOKEN.finditer(text):
        start, end = found.span()
        if start < skip:
            continue
        word = found.group()
        lower = word.lower()
        entry = known.get(lower)
        if lower in firsts:
            day = _named_day(text, start, firsts[lower])
            if day:
                end = skip = start + len(day)
                entry = (mark["NAMEDDAY"], _key(day))
        if entry is None:
            first = word[0]
            if "0" <= first <= "9":
                entry = _numeric(text, start, end, word)
            elif first.isupper():
                entry = _capitalised(word, lower)
            elif first == "\n":
                entry = (mark["BREAK"], None)
            elif len(word) > 3 and word[1] == ".":
                entry = (mark["AM"], lower[0] + "m")
            if entry is None:
                glued = _GLUED.search(lower) if len(lower) == len(word) > 5 else None
                if glued:
                    starts.append(start)
                    ends.append(start + glued.start())
                    marks.append(OTHER)
                    values.append(None)
                    start += glued.start()
                    entry = known[glued.group()]
                else:
                    entry = (OTHER, None)
        elif lower in capital and word[0].isupper() and entry[0] != named_day:
            entry = capital[lower]
        starts.append(start)
        ends.append(end)
        marks.append(entry[0])
        values.append(entry[1])
    return Words(text, starts, ends, marks, values)


def _capitalised(word: str, lower: str) -> tuple[str, Value] | None:
    lex = lexicon()
    if lower in lex.capital:
        return lex.capital[lower]
    if word in lex.zones:
        return lex.mark["ZONE"], lex.zones[word]
    if word in ("Q", "FQ"):
        return lex.mark["Q"], None
    if word == "H":
        return lex.mark["H"], None
    return None


def _key(day: str) -> str:
    return re.sub(r"\s+", " ", day.lower().replace("’", "'"))


def _named_day(text: str, start: int, names: list[str]) -> str | None:
    """The words of the longest named day that begins here; names need their capital."""
    if not text[start].isupper():
        return None
    for name in names:
        piece = text[start : start + len(name)]
        if _key(piece) == name and not text[start + len(name) : start + len(name) + 1].isalnum():
            return piece
    return None


def _numeric(text: str, start: int, end: int, word: str) -> tuple[str, Value] | None:
    """Mark of a token that begins with a digit."""
    mark = lexicon().mark
    before = text[start - 1 : start] if start else ""
    if before and (
        before in _MONEY or (before.isalnum() and before.upper() not in "QFYH") or (before == "." and text[start - 2 : start - 1].isdigit())
    ):
        return None
    if text[end : end + 1] == "%":
        return None
    if ":" in word or "T" in word or word.count("-") == 2 or word.count("/") == 2 or word.count(".") == 2:
        return (mark["ISO"], None) if re.match(r"\d{4}-", word) else (mark["CLOCK" if ":" in word else "NUMDATE"], None)
    if "/" in word:
        top, bottom = word.split("/")
        return mark["FRAC"], (int(top), int(bottom))
    if "," in word:
        return mark["NUM"], int(word.replace(",", ""))
    if "." in word:
        return mark["DECIMAL"], word
    if word[-1].isalpha():
        digits = word.rstrip("stndrh")
        number = int(digits[:9])
        if word.endswith("s") and not word.endswith("ths"):
            return (mark["DECADE"], number) if number % 10 == 0 and len(digits) in (2, 4) else None
        return mark["ORDNUM"], number
    number = int(word[:12])
    if len(word) == 4 and 1000 <= number <= 2199:
        return mark["YEAR"], number
    return (mark["DIG"], number) if len(word) <= 2 and number <= 31 else (mark["NUM"], number)


def opens(match: Match) -> bool:
    """Whether it begins a sentence."""
    before = match.words.text[max(0, match.start - 3) : match.start].strip()
    return not before or before[-1] in '.!?"”’'


def candidates(words: Words) -> Iterator[Match]:
    """The grammar's matches, left to right, without overlap."""
    code = "".join(words.marks)
    breaks = lexicon().mark["BREAK"]
    triggers = grammar().triggers
    for run in re.finditer(f"[^{re.escape(OTHER)}{breaks}]+", code):
        marks = run.group()
        if triggers.isdisjoint(marks):
            continue
        offset = run.start()
        for rule, first, last in matched(marks):
            yield Match(rule, words, offset + first, offset + last)
