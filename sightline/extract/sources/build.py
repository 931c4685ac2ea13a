"""From flat attributions to chains: speakers described, sources behind sources found, each chain followed out to the reader."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

import msgspec
import numpy as np
from spacy.tokens import Doc, Token

from sightline.extract.sources.anonymity import formulae, nearest
from sightline.extract.sources.attitude import access, attitude
from sightline.extract.sources.identity import Identities
from sightline.extract.sources.kinds import Description, describe, is_media
from sightline.extract.sources.links import Citing, Relay, addressee, citings, next_phrase, relays, sentence_bounds
from sightline.extract.sources.missing import missing
from sightline.extract.sources.nesting import Draft, nest, trail
from sightline.extract.sources.outlets import outwards
from sightline.extract.sources.phrases import Offsets, Phrase, conjuncts, head_of, phrase
from sightline.extract.sources.speakers import speaker_of
from sightline.extract.sources.words import SourceWords, hashes, source_words
from sightline.types import Actor, Attribution, Credit, NameMention, Report, Source, SourceForm, SourceKind, Span

if TYPE_CHECKING:
    from sightline.gazetteer import Register

_GENERIC = frozenset(
    ("reporters", "journalists", "newsmen", "media", "press", "conference", "briefing", "hearing", "meeting", "rally", "conferences")
)
_DEEPEST = 6
#: Articles with which newspapers of other tongues begin their names.
_ARTICLES = frozenset(("La", "Le", "El", "Il", "Der", "Die", "Het"))
_ADDRESS = re.compile(r"\w{2,}\.[a-z]{2,4}$", re.IGNORECASE)
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
        self.described: dict[tuple[int, int], Description] = {}
        self.tail = outwards(report, self.text, credits, self.who)

    def build(self, given: Sequence[Attribution]) -> list[Attribution]:
        """The whole way; see ``type_sources``."""
        withheld = formulae(self.text, self.words)
        told = [one for one in given if not any(span.start <= cue.start < span.end for cue in one.cue for span in withheld)]
        found = missing(self.doc, self._places(self.words.rule_signs), told, self.words)
        drafts = [self._draft(one) for one in (*given, *found)]
        for draft in drafts:
            self._address(draft)
        self._relay(drafts)
        self._cite(drafts)
        trail(drafts, self.newsroom)
        nest(drafts)
        self._speakers(drafts)
        self._formulae(drafts, withheld)
        return [self._finished(drafts, index) for index in range(len(drafts))]

    def _places(self, signs: frozenset[str]) -> list[int]:
        """Indices of the tokens whose lower-cased words are among ``signs``."""
        places: list[int] = np.flatnonzero(np.isin(self.lowers, hashes(signs))).tolist()
        return places

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
        if not any(token.tag_[:2] in ("NN", "PR", "CD", "DT", "JJ", "FW", "WP", "WD") for token in source):
            found = self._by_rule(cue) if not record.source else None
            if found is None:
                return Draft(record, cue, [])
            record, source = msgspec.structs.replace(record, source=(found.span,)), found.tokens
        limit = next((token.i for token in cue if token.i > source[-1].i), None)
        first = self._first_phrase(source, limit)
        if first.head.tag_[:2] not in ("NN", "PR", "CD", "DT", "JJ", "FW", "VB"):
            return Draft(record, cue, [])
        relay = self._carrier(first)
        if relay is not None:
            draft = Draft(record, cue, [relay])
            draft.relays.append(first)
            return draft
        joined = [noun for noun in conjuncts(first, limit) if self._speaks(noun, source)]
        return Draft(record, cue, self._apart(joined) if len(joined) > 1 else joined or [first])

    def _apart(self, joined: list[Phrase]) -> list[Phrase]:
        """Speakers that an "and" joins, without those it only seems to: one name, a shared head, the places of an office."""
        one, other = joined[0], joined[1]
        bare = one.first == one.last and one.head.tag_ in ("NN", "NNP", "JJ")
        shared = bare and other.head.tag_ == "NNS" and other.first < other.last and other.tokens[0].tag_ not in ("DT", "CD", "PRP$")
        institution = other.head.lower_ in self.words.bodies and one.head.lower_ not in self.words.bodies
        name = institution and one.tokens[0].lower_ == "the" and other.tokens[0].tag_ in ("NNP", "NNPS") and self.who.state(one) is None
        titles = (self.words.persons, self.words.by_body)
        offices = all(any(word.lower_ in table for table in titles) for word in (one.head, other.tokens[0])) and one.head.tag_ in (
            "NN",
            "NNP",
        )
        held = offices and other.head.tag_ == "NNP" and one.tokens[0].tag_ != "DT" and one.head.ent_type_ != "PER"
        if len(joined) == 2 and (shared or name or held):
            return [Phrase(other.head, one.first, other.last)]
        if one.head.ent_type_ == "PER" and any(noun.head.ent_type_ == "LOC" for noun in joined[1:]):
            return [one]
        return joined

    def _by_rule(self, cue: list[Token]) -> Phrase | None:
        """The speaker that word order shows where the model named none."""
        verb = next((token for token in cue if token.lower_ in self.words.verbs and token.tag_ in ("VBD", "VBZ", "VBP")), None)
        if verb is None or any(child.dep_ == "aux:pass" for child in verb.children):
            return None
        found = speaker_of(self.doc, verb, self.words)
        if found is None:
            return None
        return found if self._plausible(found) or found.head.is_title else None

    def _first_phrase(self, source: list[Token], limit: int | None) -> Phrase:
        """The first noun phrase of a source span; a relative pronoun's is the noun before it."""
        opening = source[0]
        if opening.tag_ in ("WP", "WDT") and opening.i:
            before = opening.i - 1
            while before > 0 and self.doc[before].is_punct:
                before -= 1
            return phrase(self.doc[before], opening.i)
        found = next_phrase(self.doc, opening.i, source[-1].i + 1, limit)
        head = found.head if found is not None and found.first <= opening.i + 1 else head_of(source)
        return phrase(self._possessor(head), limit)

    def _carrier(self, noun: Phrase) -> Phrase | None:
        """Whose words a newsroom carries, where the model took the newsroom for the speaker: "The statement, carried by the agency, said"."""
        by = noun.first - 1
        if by < 2 or self.doc[by].lower_ != "by" or self.doc[by - 1].lower_ not in self.words.relayed_by or not self.newsroom(noun):
            return None
        before = by - 2
        while before > 0 and self.doc[before].text == ",":
            before -= 1
        return phrase(self.doc[before], by - 1) if self.doc[before].tag_ in ("NN", "NNS", "NNP", "NNPS") else None

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
                always = self.words.verbs[token.lower_] in self.words.addressee_always
                found = tuple(noun for noun in found if noun.head.i not in speakers and (always or self._plausible(noun)))
                if found:
                    draft.addressee = found
                    draft.relays.extend(noun for noun in found if self.newsroom(noun) or self._taken_for_newsroom(noun))
                    return

    def _taken_for_newsroom(self, noun: Phrase) -> bool:
        """An unknown organisation that was told or that quotes somebody is a newsroom: "told Fortune", "Kompas quoted"."""
        description = self.describe(noun)
        actor = description.actor
        loose = actor is None or actor.id.startswith("report:")
        foreign = noun.tokens[0].text in _ARTICLES and noun.first < noun.last and not self.who.surname(noun.text)
        if loose and (foreign or _ADDRESS.search(noun.head.text)) and noun.head.text[:1].isupper():
            self.described[noun.first, noun.last] = description._replace(kind=SourceKind.OUTLET)
            return True
        unknown = loose and description.kind in (SourceKind.ORGANISATION, SourceKind.GOVERNMENT)
        named = noun.head.tag_ in ("NNP", "NNPS") and noun.head.ent_type_ in ("ORG", "", "MISC")
        if not (unknown and named) or any(token.lower_ in self.words.bodies for token in noun.tokens) or self.who.state(noun) is not None:
            return False
        self.described[noun.first, noun.last] = description._replace(kind=SourceKind.OUTLET)
        return True

    def _relay(self, drafts: list[Draft]) -> None:
        words = self.words
        places = self._places(words.relay_signs)
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
        places = self._places(self.words.cite_signs)
        for citing in citings(self.doc, self.words, iter(places)):
            inner = [noun for noun in citing.inner if self._plausible(noun)]
            if inner:
                self._behind(drafts, citing, inner)

    def _plausible(self, noun: Phrase) -> bool:
        """Whether the phrase can be a source at all: a person, a body, a document or a name."""
        lower = noun.head.lower_
        known = (self.words.persons, self.words.by_body, self.words.bodies, self.words.documents)
        if any(lower in table for table in known) or noun.head.tag_ == "PRP" or lower in ("accused", "agency", "agencies"):
            return True
        return noun.head.tag_ in ("NNP", "NNPS") and self.describe(noun).kind is not SourceKind.UNKNOWN

    def _behind(self, drafts: list[Draft], citing: Citing, inner: list[Phrase]) -> None:
        own = next((i for i, d in enumerate(drafts) if any(n.head.i == noun.head.i for n in d.speakers for noun in inner)), None)
        outer = self._outer(drafts, citing, own)
        if outer is None and citing.outer is None:
            return
        if citing.outer is not None:
            self._taken_for_newsroom(citing.outer)
        elif outer is not None and citing.cue.tag_ == "VBG":
            self._taken_for_newsroom(drafts[outer].speakers[0])
        if own is None:
            if outer is None and not (citing.outer is not None and self.newsroom(citing.outer)):
                return
            content = self._reported(drafts[outer], inner) if outer is not None else ()
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
                draft.record = msgspec.structs.replace(draft.record, content=self._reported(drafts[outer], inner))
            if drafts[outer].parent == own:
                drafts[outer].parent = None
        elif (
            citing.outer is not None
            and self.newsroom(citing.outer)
            and all(citing.outer.head.i != n.head.i for n in (*draft.relays, *draft.speakers))
        ):
            draft.relays.append(citing.outer)

    def _reported(self, outer: Draft, inner: list[Phrase]) -> tuple[Span, ...]:
        """What is reported behind the outer source: its content without the inner source's own name and "as saying"."""
        out = []
        end = inner[-1].span.end
        for span in outer.record.content:
            if span.start <= inner[0].span.start and inner[-1].span.end <= span.end:
                following = [token for token in self.offsets.tokens(self.doc, Span(end, span.end)) if not token.is_space]
                while following and following[0].lower_ in ("as", "saying", "that", ",", ":"):
                    following.pop(0)
                if following:
                    out.append(Span(following[0].idx, span.end))
            else:
                out.append(span)
        return tuple(out)

    def _outer(self, drafts: list[Draft], citing: Citing, own: int | None) -> int | None:
        """The attribution of the one who names the source."""
        if citing.outer is not None:
            named = [i for i, d in enumerate(drafts) if i != own and any(noun.head.i == citing.outer.head.i for noun in d.speakers)]
            if named:
                return next((i for i in named if all(token.i != citing.cue.i for token in drafts[i].cue)), named[0])
            if citing.outer.head.lower_ == "it":
                before = [i for i, d in enumerate(drafts) if d.speakers and d.place < citing.cue.i and self.newsroom(d.speakers[0])]
                return max(before, key=lambda i: drafts[i].place, default=None)
            if self.newsroom(citing.outer):
                return None
        first, end = sentence_bounds(self.doc, citing.cue.i)
        near = [i for i, d in enumerate(drafts) if i != own and d.speakers and first <= d.place < end]
        if not near:
            return None
        apart = [i for i in near if all(token.i != citing.cue.i for token in drafts[i].cue)]
        near = apart or near
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
        if actor is None and description.form is SourceForm.ROLE:
            actor = self._apposed(noun)
            anonymous = anonymous and actor is None
        if actor is None and description.form is SourceForm.COLLECTIVE and is_media(description) and description.body is not None:
            actor = description.body
        party = self.who.party(noun, description)
        name = actor.name if actor is not None else noun.text if description.form is not SourceForm.PRONOUN else None
        identifier = actor.id if actor is not None else None
        speaking = description.form is SourceForm.PRONOUN and noun.head.lower_ in ("he", "she")
        if speaking or (actor is None and (description.form is SourceForm.PRONOUN or noun.tokens[0].lower_ == "the")):
            before = self.who.antecedent(noun, description, earlier)
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

    def _apposed(self, noun: Phrase) -> Actor | None:
        """The person whose name follows a description: "the hospital's director, Paul Niang, said"."""
        after = noun.last + 1
        if after + 1 >= len(self.doc) or self.doc[after].text != "," or self.doc[after + 1].tag_ not in ("NNP", "NNPS"):
            return None
        named, _ = self.who.lookup(phrase(self.doc[after + 1]))
        return named if named is not None and named.kind == "person" else None

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

    def _finished(self, drafts: list[Draft], index: int) -> Attribution:
        draft = drafts[index]
        record = draft.record
        kind = draft.sources[0].kind if draft.sources else SourceKind.UNKNOWN
        source = [token for noun in draft.speakers[:1] for token in self.doc[max(noun.first - 1, 0) : noun.last + 1]]
        stance = attitude(draft.cue, source, self.words, record.attitude, kind)
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
