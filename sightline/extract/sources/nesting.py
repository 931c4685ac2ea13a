"""Which attribution stands inside which: by content that holds another, and by a newsroom's name at the sentence's end."""

from __future__ import annotations

from collections.abc import Callable

from spacy.tokens import Token

from sightline.extract.sources.links import sentence_bounds
from sightline.extract.sources.phrases import Phrase
from sightline.types import Attribution, Source

_NEIGHBOURS = 30
_CELL = 300


class Draft:
    """One attribution on its way: its record, its speakers' phrases and the newsrooms between it and its parent."""

    def __init__(self, record: Attribution, cue: list[Token], speakers: list[Phrase]) -> None:
        self.record = record
        self.cue = cue
        self.speakers = speakers
        self.sources: list[Source] = []
        self.relays: list[Phrase] = []
        self.addressee: tuple[Phrase, ...] = ()
        self.parent = record.parent

    @property
    def place(self) -> int:
        """Index of its first cue token (or its speaker's), for nearness."""
        if self.cue:
            return self.cue[0].i
        return self.speakers[0].head.i if self.speakers else -1


class Places:
    """Which drafts lie near a token, so that no step looks at all of a long report's attributions."""

    def __init__(self, drafts: list[Draft]) -> None:
        self.cells: dict[int, list[int]] = {}
        for index, draft in enumerate(drafts):
            self.add(index, draft)

    def add(self, index: int, draft: Draft) -> None:
        """Enter a draft under its cue and its speakers."""
        for cell in {place // _CELL for place in (draft.place, *(noun.head.i for noun in draft.speakers))}:
            self.cells.setdefault(cell, []).append(index)

    def around(self, place: int) -> list[int]:
        """Indices of the drafts within some hundred words of a token, in order."""
        cell = place // _CELL
        return sorted({index for near in range(cell - 1, cell + 2) for index in self.cells.get(near, ())})


def nest(drafts: list[Draft]) -> None:
    """An attribution inside another's content has it as parent: the smallest content that holds its cue and source."""
    order = sorted(range(len(drafts)), key=lambda i: drafts[i].place)
    rank = {i: k for k, i in enumerate(order)}
    for i, draft in enumerate(drafts):
        if draft.parent is not None and draft.parent != i and 0 <= draft.parent < len(drafts):
            continue
        draft.parent = None
        spans = (*draft.record.cue, *draft.record.source)
        if not spans:
            continue
        best: tuple[int, int] | None = None
        for j in order[max(0, rank[i] - _NEIGHBOURS) : rank[i] + _NEIGHBOURS]:
            other = drafts[j]
            if i in (j, other.parent) or not other.speakers or _coordinate(draft, other):
                continue
            holding = [one for one in other.record.content if one.contains(spans[0])]
            if not holding or not all(any(one.contains(span) for one in other.record.content) for span in spans):
                continue
            if any(one.contains(cue) for one in draft.record.content for cue in other.record.cue) and not _according(other):
                continue
            size = sum(one.length for one in other.record.content)
            if best is None or size < best[0]:
                best = (size, j)
        if best is not None and not _loops(drafts, i, best[1]):
            draft.parent = best[1]


def _coordinate(draft: Draft, other: Draft) -> bool:
    """A second main clause (", but the owner denied it") stands beside the first, not within it."""
    if not draft.speakers or not other.cue:
        return False
    i = draft.speakers[0].first
    if i < 2 or other.cue[-1].i >= i:
        return False
    doc = draft.speakers[0].head.doc
    return doc[i - 1].tag_ == "CC" and doc[i - 2].text in (",", ";")


def trail(drafts: list[Draft], places: Places, newsroom: Callable[[Phrase], bool]) -> None:
    """ "The president said ..., the agency reported": a newsroom at the sentence's end encloses the one who speaks in it."""
    for i, outer in enumerate(drafts):
        if not outer.speakers or not outer.cue or not newsroom(outer.speakers[0]):
            continue
        noun = outer.speakers[0]
        doc = noun.head.doc
        end = sentence_bounds(doc, outer.place)[1]
        start = min(noun.first, outer.place)
        if end - outer.cue[-1].i > 10 or start == 0 or doc[start - 1].text not in (",", "”", '"'):
            continue
        first = sentence_bounds(doc, start)[0]
        for j in places.around(start):
            inner = drafts[j]
            free = i != j and inner.parent is None and outer.parent != j
            if free and inner.speakers and first <= inner.place < start and not newsroom(inner.speakers[0]):
                inner.parent = i
                break


def _loops(drafts: list[Draft], child: int, parent: int) -> bool:
    at: int | None = parent
    for _ in range(len(drafts) + 1):
        if at is None:
            return False
        if at == child:
            return True
        at = drafts[at].parent
    return True


def _according(draft: Draft) -> bool:
    return bool(draft.cue) and draft.cue[0].lower_ == "according"
