"""From flat attributions to chains: speakers described, sources behind sources found, each chain followed out to the reader."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import msgspec
from spacy.tokens import Doc, Token

from sightline.extract.sources.anonymity import formulae, nearest
from sightline.extract.sources.attitude import access, attitude
from sightline.extract.sources.identity import Identities
from sightline.extract.sources.kinds import Description, describe, is_media
from sightline.extract.sources.links import Citing, Relay, addressee, citings, relays, sentence_bounds
from sightline.extract.sources.missing import missing
from sightline.extract.sources.nesting import Draft, nest, trail
from sightline.extract.sources.outlets import outwards
from sightline.extract.sources.phrases import Offsets, Phrase, conjuncts, head_of, phrase
from sightline.extract.sources.words import SourceWords, source_words
from sightline.types import Actor, Attribution, Credit, NameMention, Report, Source, SourceForm, SourceKind, Span

if TYPE_CHECKING:
    from sightline.gazetteer import Register

_GENERIC = frozenset(("reporters", "journalists", "newsmen", "media", "press"))
_DEEPEST = 6


class Builder:
    """Everything that one report's chains need, looked up once."""

    def __init__(
        self,
        doc: Doc,
        names: Sequence[NameMention],
        actors: Sequence[Actor],
        report: Report,
        register: Register | None,
        credits: Sequence[Credit],
    ) -> None:
        self.doc = doc
        self.words: SourceWords = source_words()
        self.text = doc.text
        self.offsets = Offsets([token.idx for token in doc])
        self.lowers = [token.lower_ for token in doc]
        self.who = Identities(names, actors, register)
        self.report = report
        self.described: dict[tuple[int, int], Description] = {}
        self.tail = outwards(report, self.text, credits, self.who)

    def build(self, given: Sequence[Attribution]) -> list[Attribution]:
        """The whole way; see ``type_sources``."""
        drafts = [self._draft(one) for one in (*given, *missing(self.doc, self.lowers, given, self.words))]
        for draft in drafts:
            self._address(draft)
        self._relay(drafts)
        self._cite(drafts)
        trail(drafts, self.newsroom)
        nest(drafts)
        self._speakers(drafts)
        self._formulae(drafts)
        return [self._finished(drafts, index) for index in range(len(drafts))]

    def describe(self, noun: Phrase) -> Description:
        """The description of a phrase, made once."""
        key = (noun.first, noun.last)
        if key not in self.described:
            self.described[key] = describe(noun, self.words, self.who.lookup)
        return self.described[key]

    def newsroom(self, noun: Phrase) -> bool:
        """Whether the phrase is a newsroom or its reporter, other than a speaker's own pages."""
        if noun.tokens[0].lower_ in ("its", "his", "her", "their"):
            return False
        return noun.head.lower_ not in _GENERIC and is_media(self.describe(noun))

    def _draft(self, record: Attribution) -> Draft:
        cue = [token for span in record.cue for token in self.offsets.tokens(self.doc, span)]
        source = [token for span in record.source for token in self.offsets.tokens(self.doc, span)]
        if not any(token.tag_[:2] in ("NN", "PR", "CD", "DT", "JJ", "FW") for token in source):
            return Draft(record, cue, [])
        limit = next((token.i for token in cue if token.i > source[-1].i), None)
        first = phrase(self._possessor(head_of(source)), limit)
        return Draft(record, cue, [noun for noun in conjuncts(first, limit) if self._speaks(noun, source)])

    def _possessor(self, head: Token) -> Token:
        """Whose remarks they are: "the minister's remark" is the minister's."""
        if head.lower_ in self.words.exchange and head.lower_ not in self.words.documents:
            return next((child for child in head.lefts if child.dep_ == "nmod:poss"), head)
        return head

    def _speaks(self, noun: Phrase, source: list[Token]) -> bool:
        return noun.first <= source[-1].i + 12 and noun.last >= source[0].i - 12

    def _address(self, draft: Draft) -> None:
        """Who was told; a newsroom that was told is the next link."""
        content = draft.record.content
        start = content[0].start if content else None
        for token in draft.cue:
            if token.lower_ in self.words.verbs and token.tag_.startswith("VB"):
                found = addressee(token, self.words, start, self.newsroom)
                speakers = {noun.head.i for noun in draft.speakers}
                found = tuple(noun for noun in found if noun.head.i not in speakers)
                if found:
                    draft.addressee = found
                    draft.relays.extend(noun for noun in found if self.newsroom(noun) or self._taken_for_newsroom(noun))
                    return

    def _taken_for_newsroom(self, noun: Phrase) -> bool:
        """An unknown organisation that was told or that quotes somebody is a newsroom: "told Fortune", "Kompas quoted"."""
        description = self.describe(noun)
        unknown = description.actor is None and description.kind in (SourceKind.ORGANISATION, SourceKind.GOVERNMENT)
        named = noun.head.tag_ in ("NNP", "NNPS") and noun.head.ent_type_ in ("ORG", "", "MISC")
        if not (unknown and named) or any(token.lower_ in self.words.bodies for token in noun.tokens) or self.who.state(noun) is not None:
            return False
        self.described[noun.first, noun.last] = description._replace(kind=SourceKind.OUTLET)
        return True

    def _relay(self, drafts: list[Draft]) -> None:
        words = self.words
        places = [i for i, lower in enumerate(self.lowers) if lower in words.relay_signs]
        for relay in relays(self.doc, words, self.newsroom, iter(places)):
            draft = self._carried(drafts, relay)
            if draft is not None and all(relay.outer.head.i != noun.head.i for noun in (*draft.relays, *draft.speakers)):
                draft.relays.append(relay.outer)

    def _carried(self, drafts: list[Draft], relay: Relay) -> Draft | None:
        """Whose words the newsroom carried: the source right before, else the attribution of the sentence."""
        first, end = sentence_bounds(self.doc, relay.place)
        near = [d for d in drafts if d.speakers and (first <= d.place < end or any(first <= n.head.i < end for n in d.speakers))]
        if relay.about is not None:
            for draft in near:
                if any(noun.first <= relay.about.head.i <= noun.last or noun.head.i == relay.about.head.i for noun in draft.speakers):
                    return draft
            if relay.about.head.lower_ not in self.words.exchange and relay.about.head.lower_ not in self.words.documents:
                return None
        near = [d for d in near if all(noun.head.i != relay.outer.head.i for noun in d.speakers)]
        return min(near, key=lambda d: abs(d.place - relay.place), default=None)

    def _cite(self, drafts: list[Draft]) -> None:
        """Sources named behind others become attributions of their own, inside the one that names them."""
        places = [i for i, lower in enumerate(self.lowers) if lower in self.words.cite_signs]
        for citing in citings(self.doc, self.words, iter(places)):
            inner = [noun for noun in citing.inner if self._plausible(noun)]
            if inner:
                self._behind(drafts, citing, inner)

    def _plausible(self, noun: Phrase) -> bool:
        description = self.describe(noun)
        if noun.head.lower_ in self.words.persons or noun.head.lower_ in self.words.documents:
            return True
        return description.kind is not SourceKind.UNKNOWN

    def _behind(self, drafts: list[Draft], citing: Citing, inner: list[Phrase]) -> None:
        own = next((i for i, d in enumerate(drafts) if any(n.head.i == noun.head.i for n in d.speakers for noun in inner)), None)
        outer = self._outer(drafts, citing, own)
        if citing.outer is not None:
            self._taken_for_newsroom(citing.outer)
        elif outer is not None and citing.cue.tag_ == "VBG":
            self._taken_for_newsroom(drafts[outer].speakers[0])
        if outer is None and citing.outer is None:
            return
        if own is None:
            if outer is None and not (citing.outer is not None and self.newsroom(citing.outer)):
                return
            content = drafts[outer].record.content if outer is not None else ()
            cue = Span(citing.cue.idx, citing.cue.idx + len(citing.cue))
            confidence = drafts[outer].record.confidence if outer is not None else 0.5
            record = Attribution(source=tuple(noun.span for noun in inner), cue=(cue,), content=content, confidence=confidence)
            drafts.append(Draft(record, [citing.cue], inner))
            own = len(drafts) - 1
        draft = drafts[own]
        if outer is not None and outer != own:
            if draft.parent is None:
                draft.parent = outer
            if not draft.record.content:
                draft.record = msgspec.structs.replace(draft.record, content=drafts[outer].record.content)
            if drafts[outer].parent == own:
                drafts[outer].parent = None
        elif (
            citing.outer is not None
            and self.newsroom(citing.outer)
            and all(citing.outer.head.i != n.head.i for n in (*draft.relays, *draft.speakers))
        ):
            draft.relays.append(citing.outer)

    def _outer(self, drafts: list[Draft], citing: Citing, own: int | None) -> int | None:
        """The attribution of the one who names the source."""
        if citing.outer is not None:
            for i, draft in enumerate(drafts):
                if i != own and any(noun.head.i == citing.outer.head.i for noun in draft.speakers):
                    return i
            if citing.outer.head.lower_ == "it":
                before = [i for i, d in enumerate(drafts) if d.speakers and d.place < citing.cue.i and self.newsroom(d.speakers[0])]
                return max(before, key=lambda i: drafts[i].place, default=None)
            if self.newsroom(citing.outer):
                return None
        first, end = sentence_bounds(self.doc, citing.cue.i)
        near = [i for i, d in enumerate(drafts) if i != own and d.speakers and first <= d.place < end]
        if not near:
            return None
        media = [i for i in near if self.newsroom(drafts[i].speakers[0])]

        def nearness(i: int) -> int:
            return min(abs(drafts[i].place - citing.cue.i), *(abs(noun.last - citing.cue.i) for noun in drafts[i].speakers))

        return min(media or near, key=nearness)

    def _speakers(self, drafts: list[Draft]) -> None:
        """Sources of all speakers, in the order of the text, so that a pronoun finds who spoke before."""
        earlier: list[tuple[Phrase, Source]] = []
        for draft in sorted((d for d in drafts if d.speakers), key=lambda d: d.speakers[0].first):
            for noun in draft.speakers:
                source = self._source(noun, earlier)
                draft.sources.append(source)
                earlier.append((noun, source))

    def _source(self, noun: Phrase, earlier: Sequence[tuple[Phrase, Source]]) -> Source:
        description = self.describe(noun)
        actor, kind, anonymous = description.actor, description.kind, description.anonymous
        party = self.who.party(noun, description)
        name = actor.name if actor is not None else noun.text if description.form is not SourceForm.PRONOUN else None
        identifier = actor.id if actor is not None else None
        if actor is None and (description.form is SourceForm.PRONOUN or noun.tokens[0].lower_ == "the"):
            before = self.who.antecedent(noun, description, earlier)
            if before is not None:
                identifier, party, name = before.actor, party or before.party, before.name or name
                anonymous = anonymous or before.anonymous
                kind = before.kind if description.form is SourceForm.PRONOUN or kind is SourceKind.UNKNOWN else kind
        return Source(
            form=description.form,
            kind=kind,
            spans=(noun.span,),
            text=noun.text,
            actor=identifier,
            name=name,
            anonymous=anonymous,
            count=description.number,
            party=party,
        )

    def _formulae(self, drafts: list[Draft]) -> None:
        places = [(i, k) for i, d in enumerate(drafts) for k in range(len(d.sources))]
        spans = [drafts[i].sources[k].spans[0] for i, k in places]
        for formula in formulae(self.text, self.words):
            first, end = sentence_bounds(self.doc, self.offsets.first(formula.start))
            last = self.doc[end - 1]
            chosen = nearest(formula, spans, Span(self.doc[first].idx, last.idx + len(last)))
            if chosen is not None:
                i, k = places[chosen]
                drafts[i].sources[k] = msgspec.structs.replace(drafts[i].sources[k], anonymous=True, formula=formula)

    def _finished(self, drafts: list[Draft], index: int) -> Attribution:
        draft = drafts[index]
        record = draft.record
        kind = draft.sources[0].kind if draft.sources else SourceKind.UNKNOWN
        stance = attitude(draft.cue, self.words, record.attitude, kind)
        told = any(other.parent == index for other in drafts)
        sources = [
            msgspec.structs.replace(source, access=access(draft.cue, stance, source.kind, noun.tokens, told))
            for source, noun in zip(draft.sources, draft.speakers, strict=True)
        ]
        addressed = tuple(noun.span for noun in draft.addressee)
        return msgspec.structs.replace(
            record,
            content=_without(record.content, addressed, self.text),
            attitude=stance,
            speaker=sources[0] if sources else None,
            others=tuple(sources[1:]),
            via=tuple(self._via(drafts, index)),
            addressee=addressed,
            parent=draft.parent,
        )

    def _via(self, drafts: list[Draft], index: int) -> list[Source]:
        """The chain from the speaker outwards: newsrooms around the cue, then each enclosing attribution, page credits, the outlet."""
        chain: list[Source] = []
        seen = list(drafts[index].sources)
        at: int | None = index
        for _ in range(_DEEPEST):
            if at is None:
                break
            for noun in drafts[at].relays:
                self._append(chain, seen, self._source(noun, ()))
            at = drafts[at].parent
            if at is not None:
                for source in drafts[at].sources[:1]:
                    self._append(chain, seen, source)
        for source in self.tail:
            self._append(chain, seen, source)
        return chain

    def _append(self, chain: list[Source], seen: list[Source], source: Source) -> None:
        if not any(_same(source, other) for other in seen):
            chain.append(source)
            seen.append(source)


def _same(one: Source, other: Source) -> bool:
    """Whether two links are one: the same actor, the same words, or the same name."""
    if one.actor is not None and one.actor == other.actor:
        return True
    if one.spans and one.spans == other.spans:
        return True
    names = [(source.name or "").lower().removeprefix("the ").strip() for source in (one, other)]
    return bool(names[0]) and names[0] == names[1]


def _without(content: tuple[Span, ...], addressed: tuple[Span, ...], text: str) -> tuple[Span, ...]:
    """The content without the one told, where the two begin together."""
    out = []
    for span in content:
        for told in addressed:
            if span.start >= told.start and span.start < told.end < span.end:
                start = told.end
                while start < span.end and not text[start].isalnum() and text[start] not in "\"“‘'(":
                    start += 1
                span = Span(start, span.end)
        out.append(span)
    return tuple(out)
