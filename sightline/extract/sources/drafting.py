"""From an attribution's spans to its speakers: the first noun phrase, those an "and" joins, the speaker that the model left out."""

from __future__ import annotations

import msgspec
from spacy.tokens import Doc, Token

from sightline.extract.sources.contents import trimmed
from sightline.extract.sources.hearsay import without_the_told_of
from sightline.extract.sources.links import next_phrase
from sightline.extract.sources.nesting import Draft
from sightline.extract.sources.phrases import Phrase, conjuncts, head_of, phrase
from sightline.extract.sources.room import Room
from sightline.extract.sources.speakers import speaker_of
from sightline.types import Attribution, Span

#: Where nobody speaks there is no speaker: "Neither side claimed responsibility"; those named in "neither A nor B" keep silent by name.
_NOBODY = frozenset(("neither", "no", "none", "nobody"))


class Drafter:
    """Makes drafts within one room."""

    def __init__(self, room: Room) -> None:
        self.room = room

    def draft(self, record: Attribution) -> Draft:
        """An attribution with its cue's tokens and its speakers' phrases."""
        hearsay = without_the_told_of(self.room.doc, record)
        cue = [token for span in record.cue for token in self.room.offsets.tokens(self.room.doc, span)]
        if hearsay is not record:
            return Draft(hearsay, cue, [])
        source = [token for span in record.source for token in self.room.offsets.tokens(self.room.doc, span)]
        record, source = _without_mark(self.room.doc, record, source)
        lead = self.room.lead
        if source and lead.start <= source[0].idx < lead.end:
            source = [token for token in source if token.idx >= lead.end]
            spans = (Span(source[0].idx, source[-1].idx + len(source[-1])),) if source else ()
            record = msgspec.structs.replace(record, source=spans)
        if source and source[0].lower_ in _NOBODY and all(token.lower_ != "nor" for token in source):
            return Draft(record, cue, [])
        if not any(token.tag_[:2] in ("NN", "PR", "CD", "DT", "JJ", "FW", "WP", "WD") for token in source):
            found = self._by_rule(cue) if not record.source else None
            if found is None:
                return Draft(record, cue, [])
            record, source = msgspec.structs.replace(record, source=(found.span,)), found.tokens
        record = _in_its_clause(record, cue)
        limit = next((token.i for token in cue if token.i > source[-1].i), None)
        first = self._first_phrase(source, limit)
        if first.head.i >= source[0].i > first.first and self.room.doc[first.first].idx < lead.end:
            first = Phrase(first.head, source[0].i, first.last)
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
        institution = other.head.lower_ in self.room.words.bodies and one.head.lower_ not in self.room.words.bodies
        name = (
            institution and one.tokens[0].lower_ == "the" and other.tokens[0].tag_ in ("NNP", "NNPS") and self.room.who.state(one) is None
        )
        titles = (self.room.words.persons, self.room.words.by_body)
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
        verb = next((token for token in cue if token.lower_ in self.room.words.verbs and token.tag_ in ("VBD", "VBZ", "VBP")), None)
        if verb is None or any(child.dep_ == "aux:pass" for child in verb.children):
            return None
        found = speaker_of(self.room.doc, verb, self.room.words)
        if found is None:
            return None
        return found if self.room.plausible(found) or found.head.is_title else None

    def _first_phrase(self, source: list[Token], limit: int | None) -> Phrase:
        """The first noun phrase of a source span; a relative pronoun's is the noun before it."""
        opening = source[0]
        if opening.tag_ in ("WP", "WDT") and opening.i and opening.text != "WHO":
            before = opening.i - 1
            while before > 0 and self.room.doc[before].is_punct:
                before -= 1
            return phrase(self.room.doc[before], opening.i)
        found = next_phrase(self.room.doc, opening.i, source[-1].i + 1, limit)
        head = found.head if found is not None and found.first <= opening.i + 1 else head_of(source)
        return phrase(self._possessor(head), limit)

    def _carrier(self, noun: Phrase) -> Phrase | None:
        """Whose words a newsroom carries, where the model took the newsroom for the speaker: "The statement, carried by the agency, said"."""
        by = noun.first - 1
        if (
            by < 2
            or self.room.doc[by].lower_ != "by"
            or self.room.doc[by - 1].lower_ not in self.room.words.relayed_by
            or not self.room.newsroom(noun)
        ):
            return None
        before = by - 2
        while before > 0 and self.room.doc[before].text == ",":
            before -= 1
        return phrase(self.room.doc[before], by - 1) if self.room.doc[before].tag_ in ("NN", "NNS", "NNP", "NNPS") else None

    def _possessor(self, head: Token) -> Token:
        """Whose remarks they are: "the minister's remark" is the minister's."""
        if head.lower_ in self.room.words.exchange and head.lower_ not in self.room.words.documents:
            return next((child for child in head.lefts if child.dep_ == "nmod:poss"), head)
        return head

    def _speaks(self, noun: Phrase, source: list[Token]) -> bool:
        return noun.first <= source[-1].i + 12 and noun.last >= source[0].i - 12


def _without_mark(doc: Doc, record: Attribution, source: list[Token]) -> tuple[Attribution, list[Token]]:
    """ "[nl] Lukashenko": the tongue in brackets is no part of the name behind it."""
    place = next((token.i for token in source[:3] if len(token) == 2 and token.is_lower and token.i), None)
    if place is None or place + 2 >= len(doc) or (doc[place - 1].text, doc[place + 1].text) != ("[", "]"):
        return record, source
    kept = [token for token in source if token.i > place + 1]
    if not kept:
        found = next_phrase(doc, place + 2, min(place + 8, len(doc)))
        kept = found.tokens if found is not None else []
    spans = (Span(kept[0].idx, kept[-1].idx + len(kept[-1])),) if kept else ()
    return msgspec.structs.replace(record, source=spans), kept


def _in_its_clause(record: Attribution, cue: list[Token]) -> Attribution:
    """ "... the quake, in which 15 died according to police": without a comma before it, "according to" is of its own relative clause."""
    if not cue or cue[0].lower_ != "according" or not cue[0].i or not cue[0].nbor(-1).text[-1].isalnum():
        return record
    clause = next((above for above in cue[0].ancestors if above.pos_ in ("VERB", "AUX")), None)
    if clause is None or clause.left_edge.i >= cue[0].i:
        return record
    relative = any(token.tag_ in ("WDT", "WP") for token in cue[0].doc[clause.left_edge.i : clause.i])
    content = trimmed(cue[0].doc, clause.left_edge.i, cue[0].i) if relative and clause.dep_ in ("acl:relcl", "advcl") else None
    if content is None or not any(span.start < content.start and content.end <= span.end for span in record.content):
        return record
    return msgspec.structs.replace(record, content=(content,))
