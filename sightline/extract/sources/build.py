"""From flat attributions to chains: speakers described, sources behind sources found, each chain followed out to the reader."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import msgspec
import numpy as np
from spacy.tokens import Doc, Token

from sightline.extract.sources.anonymity import formulae, nearest
from sightline.extract.sources.answers import answers
from sightline.extract.sources.attitude import access, attitude
from sightline.extract.sources.behind import Citer
from sightline.extract.sources.drafting import Drafter
from sightline.extract.sources.identity import Identities
from sightline.extract.sources.kinds import is_media
from sightline.extract.sources.links import Relay, addressee, relays, sentence_bounds
from sightline.extract.sources.missing import missing
from sightline.extract.sources.nesting import Draft, Places, nest, trail
from sightline.extract.sources.outlets import outwards
from sightline.extract.sources.phrases import Offsets, Phrase, phrase
from sightline.extract.sources.room import Room
from sightline.extract.sources.tickers import tickers
from sightline.extract.sources.words import SourceWords, hashes, source_words
from sightline.types import Actor, Attribution, Credit, NameMention, Report, Source, SourceForm, SourceKind, Span

if TYPE_CHECKING:
    from sightline.gazetteer import Register

_DEEPEST = 6
_COLON = frozenset({":"})
#: Words that open the clause reported behind the one told.
_CLAUSE_OPENERS = frozenset(("that", "how", "what", "why", "when", "whether", "where", "if", "he", "she", "it", "they", "there", "we", "i"))


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
        self.text = report.text
        self.offsets = Offsets(doc.to_array(["IDX"]).tolist())
        self.lowers = doc.to_array(["LOWER"])
        self.who = Identities(names, actors, register)
        self.report = report
        self.room = Room(doc, self.words, self.who, self.offsets)
        self.tail = outwards(report, self.text, credits, self.who)

    def build(self, given: Sequence[Attribution]) -> list[Attribution]:
        """The whole way; see ``type_sources``."""
        withheld = formulae(self.text, self.words)
        told = [one for one in given if not any(span.start <= cue.start < span.end for cue in one.cue for span in withheld)]
        found = missing(self.doc, self._places(self.words.rule_signs), told, self.words)
        drafter = Drafter(self.room)
        found += tickers(self.doc, self._places(_COLON), (*given, *found), self.room)
        told_of = answers(self.doc, self._places(self.words.denial_signs), (*given, *found), self.words)
        drafts = [drafter.draft(one) for one in told_of]
        self.places = Places(drafts)
        for draft in drafts:
            self._address(draft)
        self._relay(drafts)
        Citer(self.room, self.places).cite(drafts, self._places(self.words.cite_signs))
        trail(drafts, self.places, self.room.newsroom)
        nest(drafts)
        self._speakers(drafts)
        self._formulae(drafts, withheld)
        parents = {draft.parent for draft in drafts}
        return [self._finished(drafts, index, index in parents) for index in range(len(drafts))]

    def _places(self, signs: frozenset[str]) -> list[int]:
        """Indices of the tokens whose lower-cased words are among ``signs``."""
        places: list[int] = np.flatnonzero(np.isin(self.lowers, hashes(signs))).tolist()
        return places

    def _address(self, draft: Draft) -> None:
        """Who was told; a newsroom that was told is the next link."""
        content = draft.record.content
        start = content[0].start if content else None
        for token in draft.cue:
            if token.lower_ in self.words.verbs and token.tag_.startswith("VB"):
                found = addressee(token, self.words, start, self.room.newsroom)
                speakers = {noun.head.i for noun in draft.speakers}
                always = self.words.verbs[token.lower_] in self.words.addressee_always
                found = tuple(
                    noun
                    for noun in found
                    if not _deep_in(noun, content, draft.cue) and noun.head.i not in speakers and (always or self.room.plausible(noun))
                )
                if found:
                    draft.addressee = found
                    draft.relays.extend(noun for noun in found if self.room.newsroom(noun) or self.room.taken_for_newsroom(noun))
                    return

    def _relay(self, drafts: list[Draft]) -> None:
        words = self.words
        places = self._places(words.relay_signs)
        for relay in relays(self.doc, words, self.room.newsroom, iter(places)):
            draft = self._carried(drafts, relay)
            if draft is not None and all(relay.outer.head.i != noun.head.i for noun in (*draft.relays, *draft.speakers)):
                draft.relays.append(relay.outer)

    def _carried(self, drafts: list[Draft], relay: Relay) -> Draft | None:
        """Whose words the newsroom carried: the source right before, else the attribution of the sentence."""
        first, end = sentence_bounds(self.doc, relay.place)
        around = [drafts[i] for i in self.places.around(relay.place)]
        near = [d for d in around if d.speakers and (first <= d.place < end or any(first <= n.head.i < end for n in d.speakers))]
        if relay.about is not None:
            for draft in near:
                if any(noun.first <= relay.about.head.i <= noun.last or noun.head.i == relay.about.head.i for noun in draft.speakers):
                    return draft
            if relay.about.head.lower_ not in self.words.exchange and relay.about.head.lower_ not in self.words.documents:
                return None
        near = [d for d in near if all(noun.head.i != relay.outer.head.i for noun in d.speakers)]
        return min(near, key=lambda d: abs(d.place - relay.place), default=None)

    def _speakers(self, drafts: list[Draft]) -> None:
        """Sources of all speakers, in the order of the text, so that a pronoun finds who spoke before."""
        earlier: list[tuple[Phrase, Source]] = []
        for draft in sorted((d for d in drafts if d.speakers), key=lambda d: d.speakers[0].first):
            for noun in draft.speakers:
                source = self._source(noun, earlier)
                draft.sources.append(source)
                earlier.append((noun, source))

    def _source(self, noun: Phrase, earlier: Sequence[tuple[Phrase, Source]]) -> Source:
        description = self.room.describe(noun)
        actor, kind, anonymous = description.actor, description.kind, description.anonymous
        if actor is None and description.form is SourceForm.ROLE:
            actor = self._apposed(noun)
            anonymous = anonymous and actor is None
        if actor is None and description.form is SourceForm.COLLECTIVE and is_media(description) and description.body is not None:
            actor = description.body
        party = self.who.party(noun, description)
        name = actor.name if actor is not None else noun.text if description.form is not SourceForm.PRONOUN else None
        identifier = actor.id if actor is not None else None
        owned = self._owned(noun) if actor is None or actor.id.startswith("report:") else None
        if owned is not None:
            holder, _ = self.who.lookup(owned)
            name, identifier = (holder.name, holder.id) if holder is not None else (owned.text, identifier)
        elif kind in (SourceKind.ORGANISATION, SourceKind.PERSON) and self._capital(noun, actor):
            kind, state = SourceKind.GOVERNMENT, self.who.state(noun) or ""
            ruler = self.who.actor(f"table:state-{state.lower()}")
            name, identifier, party = (ruler.name, ruler.id, ruler.party) if ruler is not None else (name, identifier, party)
        elif kind is SourceKind.PERSON and description.form is SourceForm.NAMED and noun.first == noun.last:
            kind, name, identifier = self._shortened(noun, earlier, (kind, name, identifier))
        speaking = description.form is SourceForm.PRONOUN and noun.head.lower_ in ("he", "she")
        if speaking or (actor is None and (description.form is SourceForm.PRONOUN or noun.tokens[0].lower_ == "the")):
            before = self._same_person(actor, earlier) or self.who.antecedent(noun, description, earlier)
            if before is not None and speaking and actor is not None and before.actor not in (None, actor.id):
                before = None
            if before is not None:
                identifier, name = before.actor, before.name or name
                party = before.party if speaking else party or before.party
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

    def _same_person(self, actor: Actor | None, earlier: Sequence[tuple[Phrase, Source]]) -> Source | None:
        """Where the actor that a pronoun stands for spoke before."""
        return next((source for _, source in reversed(earlier) if actor is not None and source.actor == actor.id), None)

    def _capital(self, noun: Phrase, actor: Actor | None) -> bool:
        """Whether a capital or country that nothing else is known of speaks for its state ("Pyongyang confirmed ...")."""
        alone = noun.first == noun.last and noun.head.tag_ == "NNP"
        bare = actor is None or (actor.id.startswith("report:") and (actor.kind != "person" or actor.name == noun.text))
        return alone and bare and self.who.state(noun) is not None

    def _shortened(
        self, noun: Phrase, earlier: Sequence[tuple[Phrase, Source]], own: tuple[SourceKind, str | None, str | None]
    ) -> tuple[SourceKind, str | None, str | None]:
        """The body that spoke before under its full name: "Nordwerk" after "Nordwerk AG"."""
        bodies = (SourceKind.COMPANY, SourceKind.ORGANISATION, SourceKind.GOVERNMENT)
        for _, source in reversed(earlier):
            if source.kind in bodies and source.form is SourceForm.NAMED and (source.name or "").split(" ")[0] == noun.text:
                return source.kind, source.name, source.actor
        return own

    def _apposed(self, noun: Phrase) -> Actor | None:
        """The person whose name follows a description: "the hospital's director, Paul Niang, said"."""
        after = noun.last + 1
        if after + 1 >= len(self.doc) or self.doc[after].text != "," or self.doc[after + 1].tag_ not in ("NNP", "NNPS"):
            return None
        named, _ = self.who.lookup(phrase(self.doc[after + 1]))
        return named if named is not None and named.kind == "person" else None

    def _owned(self, noun: Phrase) -> Phrase | None:
        """The name behind somebody's own body or officer: "Its operator, Oslo-based Fjord Lines, said"."""
        after = noun.last + 1
        if noun.tokens[0].tag_ != "PRP$" or after >= len(self.doc) or self.doc[after].text != ",":
            return None
        for place in range(after + 1, min(after + 8, len(self.doc))):
            token = self.doc[place]
            if token.is_sent_start or token.text == "," or token.tag_ in ("VBD", "VBZ", "VBP", "WP", "WDT"):
                return None
            closed = place + 1 < len(self.doc) and self.doc[place + 1].text == ","
            if closed and token.tag_ in ("NNP", "NNPS"):
                first = place
                while first - 1 > after and self.doc[first - 1].tag_ in ("NNP", "NNPS", "CC") and self.doc[first - 1].text != "-":
                    first -= 1
                return Phrase(token, first, place)
        return None

    def _formulae(self, drafts: list[Draft], spans: Sequence[Span]) -> None:
        """Each formula goes to its source; an attribution that is nothing but a formula ("who asked not to be named") has no speaker."""
        for draft in drafts:
            if draft.cue and any(one.start <= draft.cue[0].idx < one.end for one in spans):
                draft.speakers, draft.sources = [], []
        places = [(i, k) for i, d in enumerate(drafts) for k in range(len(d.sources))]
        sources = [drafts[i].sources[k].spans[0] for i, k in places]
        for formula in spans:
            first, end = sentence_bounds(self.doc, self.offsets.first(formula.start))
            last = self.doc[end - 1]
            chosen = nearest(formula, sources, Span(self.doc[first].idx, last.idx + len(last)))
            if chosen is not None:
                i, k = places[chosen]
                drafts[i].sources[k] = msgspec.structs.replace(drafts[i].sources[k], anonymous=True, formula=formula)

    def _finished(self, drafts: list[Draft], index: int, told: bool) -> Attribution:
        draft = drafts[index]
        record = draft.record
        kind = draft.sources[0].kind if draft.sources else SourceKind.UNKNOWN
        source = [token for noun in draft.speakers[:1] for token in self.doc[max(noun.first - 1, 0) : noun.last + 1]]
        stance = attitude(draft.cue, source, self.words, record.attitude, kind)
        sources = [
            msgspec.structs.replace(source, access=access(draft.cue, stance, source.kind, noun.tokens, told))
            for source, noun in zip(draft.sources, draft.speakers, strict=True)
        ]
        addressed = tuple(noun.span for noun in draft.addressee)
        record = self._parted(draft)
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

    def _parted(self, draft: Draft) -> Attribution:
        """The record whose content gives back the first of two speakers: "..., police and doctors said"."""
        record = draft.record
        if len(draft.speakers) < 2 or not record.source:
            return record
        start, end = draft.speakers[0].span.start, draft.speakers[-1].span.end
        parted = []
        for span in record.content:
            if span.start < start < span.end <= end:
                cut = len(self.text[span.start : start].rstrip(" ,;\n"))
                span = Span(span.start, span.start + cut)
            parted.append(span)
        if tuple(parted) == record.content:
            return record
        return msgspec.structs.replace(record, content=tuple(parted), source=(Span(start, end),))

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


def _deep_in(noun: Phrase, content: tuple[Span, ...], cue: Sequence[Token]) -> bool:
    """Whether a phrase belongs to what is told of ("reported about the arrival of aid to the town") rather than being told it."""
    about = bool(cue) and cue[-1].lower_ in ("about", "on", "of")
    return about and any(span.start < noun.span.start and noun.span.end <= span.end for span in content)


def _same(one: Source, other: Source) -> bool:
    """Whether two links are one: the same actor, the same words, or the same name."""
    if one.actor is not None and one.actor == other.actor:
        return True
    if one.spans and one.spans == other.spans:
        return True
    names = [(source.name or "").lower().removeprefix("the ").strip() for source in (one, other)]
    return bool(names[0]) and names[0] == names[1]


def _without(content: tuple[Span, ...], addressed: tuple[Span, ...], text: str) -> tuple[Span, ...]:
    """The content without the one told, where the two begin together and a clause follows (not "urged residents to leave")."""
    out = []
    for span in content:
        start = next((told.end for told in addressed if told.start <= span.start < told.end < span.end), span.start)
        while start > span.start and start < span.end and not text[start].isalnum() and text[start] not in "\"“‘'(":
            start += 1
        opening = text[start : span.end].split(maxsplit=1)
        clause = bool(opening) and opening[0].lower() in _CLAUSE_OPENERS
        out.append(Span(start, span.end) if clause else span)
    return tuple(out)
