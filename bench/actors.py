"""Who is meant: names, short names, descriptions and pronouns of paragraphs of our own, against marks made by hand.

``python -m bench actors [--wrong]`` needs no data. ``bench/gold/actors-open.txt`` may be looked at when rules are made, ``actors-held.txt`` is only
measured. A link is right when the mention's actor is the one of the first mention of its actor in the gold; a mention of ours that overlaps none
of the gold is a wrong link. Precision and recall are given by kind of mention; ``--wrong`` prints every wrong and missing link of the open half.
"""

from __future__ import annotations

import argparse
import re
from collections import Counter
from pathlib import Path
from typing import NamedTuple

from sightline.extract.actors import find_actors
from sightline.extract.places import find_places
from sightline.gazetteer import Gazetteer, Register
from sightline.types import Interval, NameMention, Publication, Report

FOLDER = Path(__file__).parent / "gold"
_MARK = re.compile(r"\{(\d+\??) |\}")
PRONOUNS = {"he": "he, she", "she": "he, she", "him": "he, she", "her": "he, she", "his": "he, she", "it": "it, its", "its": "it, its"}


class Mark(NamedTuple):
    """A mention: its characters and the number of its actor in the paragraph."""

    start: int
    end: int
    actor: str
    optional: bool
    """Words beside a name that say what somebody is: a link is scored where there is one, and not missed."""


class Paragraph(NamedTuple):
    """A paragraph without its marks, the day it was published, and the marks in the order of their ends."""

    text: str
    day: str
    marks: list[Mark]


def paragraphs(path: Path) -> list[Paragraph]:
    """What a file of gold holds."""
    found, day = [], "2024-01-01"
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.startswith("@ "):
            day = line[2:]
        elif line and not line.startswith("#"):
            found.append(_paragraph(line, day))
    return found


def _paragraph(line: str, day: str) -> Paragraph:
    text, at = "", 0
    marks: list[Mark] = []
    open_: list[tuple[int, str]] = []
    for hit in _MARK.finditer(line):
        text += line[at : hit.start()]
        at = hit.end()
        if hit[1]:
            open_.append((len(text), hit[1]))
        else:
            start, actor = open_.pop()
            marks.append(Mark(start, len(text), actor.rstrip("?"), actor.endswith("?")))
    return Paragraph(text + line[at:], day, marks)


def kind(text: str, first: bool, name: bool) -> str:
    """Kind of a gold mention by its words."""
    if text.lower() in PRONOUNS:
        return PRONOUNS[text.lower()]
    return "first" if first else "name" if name else "description"


def score(paragraph: Paragraph, names: list[NameMention]) -> tuple[Counter[tuple[str, str]], list[str]]:
    """Counts of right, wrong and missing links by kind, and what is wrong in words."""
    counts: Counter[tuple[str, str]] = Counter()
    told = []
    text = paragraph.text
    mine = {(n.span.start, n.span.end): n.actor for n in names if n.actor}
    heads = {(n.span.start, n.span.end): n.head.start if n.head is not None else n.span.end - 1 for n in names}
    taken: set[tuple[int, int]] = set()
    anchor: dict[str, str | None] = {}
    for mark in sorted(paragraph.marks, key=lambda m: (m.start, -m.end)):
        key = _answering(mark, heads, {k for k in mine if k not in taken}, paragraph.marks)
        if key is not None:
            taken.add(key)
        actor = mine[key] if key is not None else None
        words = text[mark.start : mark.end]
        if mark.optional and actor is None:
            continue
        first = mark.actor not in anchor
        sort = kind(words, first, words.split()[-1][:1].isupper() and words.split()[0].lower() not in ("the", "its", "his", "her"))
        if first:
            clash = actor is not None and actor in anchor.values()
            anchor[mark.actor] = None if clash else actor
            outcome = "missing" if actor is None else "wrong" if clash else "right"
        else:
            if anchor[mark.actor] is None and actor is not None and actor not in anchor.values():
                anchor[mark.actor] = actor
            outcome = "missing" if actor is None else "right" if actor == anchor[mark.actor] else "wrong"
        counts[sort, outcome] += 1
        if outcome != "right":
            told.append(f"{outcome}: {words!r} ({sort}) is {mark.actor}, read as {actor}")
    for (start, end), actor in mine.items():
        if (start, end) not in taken and not any(m.start < end and start < m.end for m in paragraph.marks):
            words = text[start:end]
            counts[PRONOUNS.get(words.lower(), "description"), "wrong"] += 1
            told.append(f"wrong: {words!r} stands for nobody, read as {actor}")
    return counts, told


def _answering(mark: Mark, heads: dict[tuple[int, int], int], free: set[tuple[int, int]], marks: list[Mark]) -> tuple[int, int] | None:
    """The mention of ours whose head lies in a mark and in none within it; a pronoun has to be met exactly."""
    inner = [m for m in marks if mark.start <= m.start and m.end <= mark.end and m != mark]
    inside = [k for k in free if mark.start <= heads[k] < mark.end and not any(m.start <= heads[k] < m.end for m in inner)]
    if mark.end - mark.start <= 3:
        inside = [k for k in inside if k == (mark.start, mark.end)]
    return min(inside, key=lambda k: (abs(k[0] - mark.start) + abs(k[1] - mark.end), k), default=None)


def table(counts: Counter[tuple[str, str]]) -> list[str]:
    lines = []
    for sort in ("first", "name", "description", "he, she", "it, its", "all links"):
        own = [c for k, c in counts.items() if k[0] == sort or (sort == "all links" and k[0] != "first")]
        right, wrong, missing = (
            sum(c for k, c in counts.items() if (k[0] == sort or (sort == "all links" and k[0] != "first")) and k[1] == o)
            for o in ("right", "wrong", "missing")
        )
        if own:
            lines.append(
                f"  {sort}: {right} right, {wrong} wrong, {missing} missing; P {100 * right / max(right + wrong, 1):.1f} "
                f"R {100 * right / max(sum(own) if sort == 'first' else right + wrong + missing, 1):.1f}"
            )
    return lines


def main(argv: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="bench actors", description=__doc__)
    parser.add_argument("--data", type=Path, help="not needed")
    parser.add_argument("--wrong", action="store_true")
    options = parser.parse_args(argv)
    from sightline.language import load

    nlp, gazetteer, register = load(), Gazetteer.load(), Register.load()
    for half in ("open", "held"):
        counts: Counter[tuple[str, str]] = Counter()
        found = paragraphs(FOLDER / f"actors-{half}.txt")
        for paragraph in found:
            published = Publication(value=paragraph.day, interval=Interval(edtf=paragraph.day), method="option")
            report = Report(id="r", text=paragraph.text, published=published)
            doc = nlp(paragraph.text)
            names, _ = find_actors(doc, register, find_places(doc, gazetteer, report), report)
            more, told = score(paragraph, names)
            counts += more
            if options.wrong and told and half == "open":
                print(paragraph.text, *(f"    {t}" for t in told), sep="\n")
        print(f"{half}: {len(found)} paragraphs", *table(counts), sep="\n")
    return 0
