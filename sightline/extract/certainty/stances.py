"""Each link's own stance on the claim: the speaker's from the words, everybody else's only where the cue commits them."""

from __future__ import annotations

import tomllib
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from functools import cache, cached_property
from importlib.resources import files

from spacy.tokens import Doc, Token

from sightline.types import Attribution, Degree, Polarity, Span, Stance

_DEEPEST = 8


class Layers(tuple[Attribution, ...]):
    """A report's attributions, kept so that those whose content holds a character are found without looking at all."""

    @cached_property
    def _bounds(self) -> list[int]:
        """Where a content starts or ends."""
        return sorted({at for attribution in self for span in attribution.content for at in (span.start, span.end)})

    @cached_property
    def _stretches(self) -> list[list[int]]:
        """Whose content holds the stretch from each bound to the next, the deepest first."""
        stretches: list[list[int]] = [[] for _ in self._bounds]
        ranked = sorted((-_depth(self, index), sum(span.length for span in one.content), index) for index, one in enumerate(self))
        for _, _, index in ranked:
            for span in self[index].content:
                for at in range(bisect_left(self._bounds, span.start), bisect_left(self._bounds, span.end)):
                    stretches[at].append(index)
        return stretches

    def innermost(self, start: int, end: int) -> int | None:
        """See the function of this name."""
        stretch = bisect_right(self._bounds, start) - 1
        for index in self._stretches[stretch] if stretch >= 0 else ():
            for span in self[index].content:
                if span.start <= start and end <= span.end:
                    return index
        return None


def innermost(attributions: Sequence[Attribution], start: int, end: int) -> int | None:
    """Index of the attribution whose content holds the characters, at least one, and that lies deepest; ``None`` for the author's own words.

    Depth goes first (a source behind another source has the other as parent), then the shorter content.
    """
    return (attributions if isinstance(attributions, Layers) else Layers(attributions)).innermost(start, end)


def _depth(attributions: Sequence[Attribution], index: int) -> int:
    """How many attributions lie around one, as far as anybody nests them; a loop in the parents ends there."""
    depth, parent = 0, attributions[index].parent
    while parent is not None and depth < _DEEPEST and 0 <= parent < len(attributions):
        depth += 1
        parent = attributions[parent].parent
    return depth


@cache
def committing() -> frozenset[str]:
    """Cue words by which the one who reports stands for what is reported ("revealed", "admitted")."""
    table = tomllib.loads(files("sightline.extract.certainty").joinpath("data").joinpath("commitment.toml").read_text(encoding="utf-8"))
    return frozenset(table["commits"].split())


def _words(doc: Doc, span: Span) -> Iterator[Token]:
    """The tokens of a span, found by halving: no text is built."""
    low, high = 0, len(doc)
    while low < high:
        middle = (low + high) // 2
        if doc[middle].idx < span.start:
            low = middle + 1
        else:
            high = middle
    while low < len(doc) and doc[low].idx < span.end:
        yield doc[low]
        low += 1


def stances(
    trigger: Token, attributions: Sequence[Attribution], index: int | None, polarity: Polarity, degree: Degree
) -> tuple[Stance, ...]:
    """Stances from the author (link 0) inwards to the speaker.

    A link that only passes words on has no stance: saying that somebody said so asserts nothing (FactBank's Uu). A cue that takes
    its content for true ("revealed that") commits the link outside it, too.
    """
    if index is None:
        return (Stance(link=0, polarity=polarity, degree=degree),)
    attribution = attributions[index]
    links = max(len(attribution.via), 1)
    words = {word.lower_ for span in attribution.cue for word in _words(trigger.doc, span)}
    commits = bool(words & committing()) and not words & {"not", "n't", "never", "yet", "neither"} and attribution.attitude == "statement"
    unknown = (Polarity.UNKNOWN, Degree.UNKNOWN)
    out = [Stance(link=link, polarity=unknown[0], degree=unknown[1]) for link in range(links)]
    if commits:
        out[-1] = Stance(link=links - 1, polarity=polarity, degree=degree)
    return (*out, Stance(link=links, polarity=polarity, degree=degree))
