"""Sources named behind others ("citing two officials", "quoted X as saying"): attributions of their own, inside the one that names them."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from sightline.extract.sources.links import Citing, citings, sentence_bounds
from sightline.extract.sources.nesting import Draft, Places
from sightline.extract.sources.phrases import Phrase
from sightline.extract.sources.room import Room
from sightline.types import Attribution, Span


class Citer:
    """Finds the sources behind others within one room; ``places`` tells which drafts are near."""

    def __init__(self, room: Room, places: Places) -> None:
        self.room = room
        self.places = places

    def cite(self, drafts: list[Draft], signs: Sequence[int]) -> None:
        """Sources named behind others become attributions of their own, inside the one that names them."""
        for citing in citings(self.room.doc, self.room.words, iter(signs)):
            inner = [noun for noun in citing.inner if self.room.plausible(noun)]
            if inner:
                self._behind(drafts, citing, inner)

    def _behind(self, drafts: list[Draft], citing: Citing, inner: list[Phrase]) -> None:
        around = self.places.around(citing.cue.i)
        own = next((i for i in around if any(n.head.i == noun.head.i for n in drafts[i].speakers for noun in inner)), None)
        outer = self._outer(drafts, citing, own)
        if outer is None and citing.outer is None:
            return
        if citing.outer is not None:
            self.room.taken_for_newsroom(citing.outer)
        elif outer is not None and citing.cue.tag_ == "VBG":
            self.room.taken_for_newsroom(drafts[outer].speakers[0])
        if own is None:
            if outer is None and not (citing.outer is not None and self.room.newsroom(citing.outer)):
                return
            content = self._reported(drafts[outer], inner) if outer is not None else ()
            cue = Span(citing.cue.idx, citing.cue.idx + len(citing.cue))
            confidence = drafts[outer].record.confidence if outer is not None else 0.5
            record = Attribution(source=tuple(noun.span for noun in inner), cue=(cue,), content=content, confidence=confidence)
            drafts.append(Draft(record, [citing.cue], inner))
            own = len(drafts) - 1
            self.places.add(own, drafts[own])
        draft = drafts[own]
        if outer is not None and outer != own:
            if draft.parent is None:
                draft.parent = outer
            if not draft.record.content:
                draft.record = msgspec.structs.replace(draft.record, content=self._reported(drafts[outer], inner))
            if drafts[outer].parent == own:
                drafts[outer].parent = None
        elif (
            citing.outer is not None
            and self.room.newsroom(citing.outer)
            and all(citing.outer.head.i != n.head.i for n in (*draft.relays, *draft.speakers))
        ):
            draft.relays.append(citing.outer)

    def _reported(self, outer: Draft, inner: list[Phrase]) -> tuple[Span, ...]:
        """What is reported behind the outer source: its content without the inner source's own name and "as saying"."""
        out = []
        end = inner[-1].span.end
        for span in outer.record.content:
            if span.start <= inner[0].span.start and inner[-1].span.end <= span.end:
                following = [token for token in self.room.offsets.tokens(self.room.doc, Span(end, span.end)) if not token.is_space]
                while following and following[0].lower_ in ("as", "saying", "that", ",", ":"):
                    following.pop(0)
                if following:
                    out.append(Span(following[0].idx, span.end))
            else:
                out.append(span)
        return tuple(out)

    def _outer(self, drafts: list[Draft], citing: Citing, own: int | None) -> int | None:
        """The attribution of the one who names the source."""
        around = self.places.around(citing.cue.i)
        if citing.outer is not None:
            named = [i for i in around if i != own and any(noun.head.i == citing.outer.head.i for noun in drafts[i].speakers)]
            if named:
                return next((i for i in named if all(token.i != citing.cue.i for token in drafts[i].cue)), named[0])
            if citing.outer.head.lower_ == "it":
                before = [
                    i for i in around if drafts[i].speakers and drafts[i].place < citing.cue.i and self.room.newsroom(drafts[i].speakers[0])
                ]
                return max(before, key=lambda i: drafts[i].place, default=None)
            if self.room.newsroom(citing.outer):
                return None
        first, end = sentence_bounds(self.room.doc, citing.cue.i)
        near = [i for i in around if i != own and drafts[i].speakers and first <= drafts[i].place < end]
        if not near:
            return None
        apart = [i for i in near if all(token.i != citing.cue.i for token in drafts[i].cue)]
        near = apart or near
        media = [i for i in near if self.room.newsroom(drafts[i].speakers[0])]

        def nearness(i: int) -> int:
            return min(abs(drafts[i].place - citing.cue.i), *(abs(noun.last - citing.cue.i) for noun in drafts[i].speakers))

        return min(media or near, key=nearness)
