"""On which side of the report's date a time lies, by the verb that it modifies.

The verb is the one whose clause the time stands in (see clauses.py); its tag, the auxiliaries before it and, for infinitives and
participles, the word that governs it tell the tense. Without tags the plain words around the time are asked.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sightline.extract.times.ahead import (
    achieved,
    announced,
    asked_for,
    awaited,
    caption,
    fixture,
    lemma_of,
    new_clause,
    occasion_before,
    own_verb,
    put_off,
    unforeseen,
    when_after,
    words,
)
from sightline.extract.times.clauses import Clauses, left, over_as, over_clock
from sightline.extract.times.sides import ARRANGED, FUTURE, PAST, PERHAPS_PAST, SCHEDULED, SURELY_FUTURE, SURELY_PAST, UNKNOWN, by_words

if TYPE_CHECKING:
    from spacy.tokens import Doc, Span, Token

_BACK = frozenset(("ended", "dated"))
_ONWARD = frozenset(
    ("due", "effective", "payable", "expires", "expire", "likely", "unlikely", "possible", "possibly", "probably", "perhaps")
)


def direction(doc: Doc, start: int, end: int, *, tagged: bool | None = None) -> float:
    """From -2 (surely past) to 2 (surely future) for the time at these characters; 0 when nothing tells.

    Less than a point is for the present tense: what is arranged ("the forum ends on Wednesday"), or the past of a caption.
    """
    span = doc.char_span(start, end, alignment_mode="expand")
    if span is None or not len(span):
        return UNKNOWN
    if not (doc.has_annotation("TAG") if tagged is None else tagged):
        return by_words(doc, span)
    clauses = Clauses(doc, frozenset(range(span.start, span.end)))
    low, high = clauses.sentence(span.start, span.end)
    near = over_clock(doc, left(doc, span.start))
    index = over_as(doc, near)
    earliest = index != near and doc[near - 1].lower_ in ("early", "soon")
    if index >= low and doc[index].tag_ == "DT":
        index = left(doc, index)
    word = doc[index].lower_ if index >= low else ""
    if word == "since" or word in _BACK:
        return SURELY_PAST
    if word in _ONWARD:
        return FUTURE
    if word == "come" and index <= low:
        return FUTURE
    owner = clauses.owner(span.start, span.end) or (doc[span.end] if span.end < high and fixture(doc[span.end]) else None)
    verb = clauses.verb_before(span.start if index < 0 else index + 1, low)
    finite = clauses.marks.finite_after[low] < span.start
    if verb is not None and new_clause(clauses, verb, span):
        verb = clauses.verb_after(span.end, high) or verb
    if verb is not None:
        verb = own_verb(clauses, verb, lemma_of(verb), span.start if index < 0 else index + 1, span, high) or verb
    if verb is None or clauses.waits(verb, span.start, span.end) or (verb.tag_ == "VBG" and not finite):
        verb = clauses.verb_after(span.end, high) or verb
    if verb is not None and verb.tag_ == "VBN":
        aside = next((at for at in range(max(low, verb.i - 2), verb.i) if doc[at].lower_ == "as"), None)
        verb = (clauses.verb_before(aside, low) if aside is not None else None) or verb
    tense = Tense(clauses, low, high, span)
    told = tense.of(verb) if verb is not None else UNKNOWN
    if UNKNOWN <= told < SURELY_FUTURE and (explained := when_after(clauses, span, high)) is not None:
        told = min(told, tense.of(explained))
    if (
        told < UNKNOWN
        and verb is not None
        and owner is None
        and asked_for(clauses, verb, lemma_of(verb), span.start if index < 0 else index + 1)
    ):
        return FUTURE
    noun = clauses.noun_before(span.start, low) if owner is None and verb is None else owner
    if noun is not None and noun.lower_ in words("ahead_nouns"):
        told = max(told, FUTURE) if told > SURELY_PAST else told
    if unforeseen(owner) or (owner is None and _over(doc, index, low)):
        return SURELY_PAST
    if verb is None and owner is None and announced(clauses, span, low, high):
        return FUTURE
    if told < UNKNOWN and verb is not None and index >= low and put_off(doc, index, lemma_of(verb)):
        return FUTURE
    plain = told
    if owner is not None:
        told = _of_owner(owner, told, awaiting=index >= low and awaited(doc, index, verb))
    if (earliest or word in words("until")) and plain > SURELY_PAST:
        return max(FUTURE, told)
    return told


def _over(doc: Doc, index: int, low: int) -> bool:
    """Whether the noun before a time is of what only the past holds: "the attack on Saturday", "her victories Tuesday"."""
    if index < low:
        return False
    if doc[index].lower_ not in ("on", "in"):
        return achieved(doc[index])
    before = left(doc, index)
    return before >= low and (achieved(doc[before]) or unforeseen(doc[before]))


def _of_owner(owner: Token, told: float, *, awaiting: bool) -> float:
    """The direction of a time that modifies a noun: a step nearer to unknown than its verb's, less for what the calendar holds."""
    if awaiting:
        return max(told, SCHEDULED)
    if fixture(owner) and told < 0:
        return PERHAPS_PAST
    return max(0, told - 1) if told > 0 else min(0, told + 1)


class Tense:
    """Reads verbs of one sentence, for the time at ``when``."""

    def __init__(self, clauses: Clauses, low: int, high: int, when: Span) -> None:
        self.clauses = clauses
        self.doc = clauses.doc
        self.low = low
        self.high = high
        self.when = when

    def of(self, verb: Token, depth: int = 0) -> float:
        """Direction of a verb or predicate by its tag, its auxiliaries and what governs it."""
        helpers = self._helpers(verb)
        said = {helper.lower_ for helper in helpers}
        if verb.tag_ == "MD":
            said |= {verb.lower_} | {token.lower_ for token in self.doc[verb.i + 1 : verb.i + 3] if token.tag_ in ("RB", "VB")}
        if said & words("will"):
            return SURELY_FUTURE
        if said & words("would"):
            if said & {"could", "can"} and said & {"not", "n't", "n’t"}:
                return UNKNOWN
            return FUTURE if not said & {"have", "'ve", "’ve"} else UNKNOWN
        lemma = lemma_of(verb)
        past = any(helper.tag_ == "VBD" for helper in helpers)
        if verb.tag_ == "VBN" and "to" in said and depth < 5:
            return self._infinitive(verb, depth)
        if verb.tag_ == "VBD" and verb.i == self.low and self.doc[left(self.doc, self.when.start)].lower_ in words("until"):
            return PAST
        if verb.tag_ == "VBD":
            return PAST if lemma in words("foreseeing") or (lemma in words("ahead") and self._to_follows(verb)) else SURELY_PAST
        if verb.tag_ == "VBN" or not verb.tag_.startswith("V"):
            if past and self._fixed(verb, said, lemma):
                return FUTURE
            told = _participle(verb.tag_, said, lemma, past)
            if past and told == UNKNOWN and lemma in words("scheduled") and not self._upset(said, verb):
                return ARRANGED
            return PAST if told == FUTURE and not said and verb.tag_ == "VBN" and not self._led_on(verb) else told
        if verb.tag_ in ("VB", "VBG"):
            return self._bare(verb, said, past, depth)
        return self._present(verb, lemma) if verb.tag_ in ("VBZ", "VBP") else UNKNOWN

    def _helpers(self, verb: Token) -> list[Token]:
        """The auxiliaries (and "to") before a verb."""
        found = []
        index = left(self.doc, verb.i)
        while index >= self.low and verb.i - index < 7:
            token = self.doc[index]
            if token.tag_ in ("MD", "TO") or token.lower_ in words("auxiliaries"):
                found.append(token)
                if token.tag_ == "TO":
                    break
            elif token.tag_ not in ("RB", "RBR"):
                break
            index = left(self.doc, index)
        return found

    def _to_follows(self, verb: Token) -> bool:
        return any(self.doc[index].tag_ == "TO" for index in range(verb.i + 1, min(self.high, verb.i + 5)))

    def _bare(self, verb: Token, helpers: set[str], past: bool, depth: int) -> float:
        """An infinitive or a participle in -ing: "did not leave", "is leaving", "plans to leave", "will meet X and visit Y"."""
        if "did" in helpers or (verb.tag_ == "VBG" and past):
            return SURELY_PAST
        if verb.tag_ == "VBG" and helpers & words("is"):
            return FUTURE
        if depth > 4:
            return UNKNOWN
        if "to" in helpers:
            return self._infinitive(verb, depth)
        before = self.clauses.verb_before(verb.i, self.low)
        if before is None and verb.tag_ == "VBG":
            before = self.clauses.verb_after(verb.i + 1, self.high)
        if before is None:
            return self._present(verb, lemma_of(verb)) if verb.tag_ == "VB" else UNKNOWN
        if any(self.doc[at].lower_ in words("supposing") for at in range(before.i + 1, verb.i)):
            return FUTURE
        return self.of(before, depth + 1)

    def _infinitive(self, verb: Token, depth: int) -> float:
        """By what stands before "to": "is to", "expected to", "ready to", "the plan to", or the verb before an object."""
        index = verb.i - 1
        while index > self.low and self.doc[index].tag_ != "TO":
            index -= 1
        governor = self.doc[max(self.low, left(self.doc, index))]
        if governor.lower_ in words("is"):
            return SURELY_FUTURE
        if governor.lower_ in ("was", "were"):
            return FUTURE
        lemma = lemma_of(governor)
        verbal = (
            governor
            if governor.tag_.startswith("V") or governor.lower_ in words("ahead")
            else self.clauses.verb_before(governor.i + 1, self.low)
        )
        if lemma in words("ahead_nouns") and governor.tag_.startswith("NN"):
            return FUTURE
        if governor.lower_ == "enough":
            return FUTURE
        if verbal is None:
            return FUTURE if governor.tag_.startswith(("NN", "JJ")) else UNKNOWN
        if lemma_of(verbal) in words("ahead"):
            said = self._helpers(verbal)
            past = verbal.tag_ == "VBD" or any(helper.tag_ == "VBD" for helper in said)
            if past and lemma_of(verbal) in words("scheduled"):
                return UNKNOWN if self._upset({helper.lower_ for helper in said}, verbal) else ARRANGED
            if past:
                named = any(token.lower_ in words("weekdays") for token in self.when)
                return FUTURE if named and lemma_of(verbal) not in words("about") else ARRANGED
            present = any(helper.tag_ in ("VBP", "VBZ") for helper in said)
            return SURELY_FUTURE if present else FUTURE
        above = self.of(verbal, depth + 1)
        return PAST if above == SURELY_PAST else above

    def _fixed(self, verb: Token, helpers: set[str], lemma: str) -> bool:
        """Whether a date is fixed ("A hearing was set for Friday."), with no word of what became of it."""
        if lemma not in words("scheduled") or self.doc[left(self.doc, self.when.start)].lower_ != "for":
            return False
        return not self._upset(helpers, verb)

    def _upset(self, helpers: set[str], verb: Token) -> bool:
        """Whether what was fixed may be over: told in the pluperfect, or with what became of it."""
        rest = (self.doc[at].lower_ for at in (*range(self.low, verb.i), *range(self.when.end, self.high)))
        return "had" in helpers or any(word in words("upset") for word in rest)

    def _present(self, verb: Token, lemma: str) -> float:
        """Present tense: what was just reported, or what a headline tells, else what is arranged.

        Of what captions show ("a woman walks past a bank on Friday") the present is only half a sign of what is to come.
        """
        if lemma in words("reporting") or (verb.tag_ != "VBZ" and verb.lower_ in words("unchanged")):
            return PAST
        if lemma in words("foreseeing"):
            return SURELY_FUTURE
        if lemma in words("copula") or verb.lower_ in words("is"):
            return SCHEDULED if self._beside(verb) else UNKNOWN
        if lemma in words("states"):
            return SCHEDULED if lemma in words("having") and occasion_before(self.doc, self.when, self.low) else UNKNOWN
        if caption(self.doc, self.low, self.high):
            return PAST
        between = self.doc[verb.i + 1 : self.when.start]
        if lemma in words("pointing") or (lemma == "come" and any(token.lower_ in ("after", "as", "amid", "despite") for token in between)):
            return ARRANGED if len(between) < 2 else PAST
        last = self.doc[self.high - 1]
        if self.low == 0 and last.lower_ not in (".", "!", "?", ";", '"', "”") and self.high - self.low < 25:
            return PAST
        return ARRANGED if lemma in words("shown") or verb.tag_ == "VB" else SCHEDULED

    def _led_on(self, verb: Token) -> bool:
        """Whether "set", "planned" and their like lead to what is to come: by "to", "for", "by" or the time itself."""
        index = verb.i + 1
        return index >= self.high or index >= self.when.start - 1 or self.doc[index].tag_ in ("TO", "IN")

    def _beside(self, verb: Token) -> bool:
        """Whether "is" ties the time itself: "the final is on Sunday", "Monday is the deadline"."""
        if verb.i >= self.when.end:
            return verb.i == self.when.end and self.when.start - self.low < 3
        index = left(self.doc, self.when.start)
        if self.doc[index].lower_ in ("on", "at", "in", "for"):
            index = left(self.doc, index)
        while index > verb.i and self.doc[index].tag_ == "RB":
            index = left(self.doc, index)
        return index == verb.i


def reports(verb: Token) -> bool:
    """Whether a verb in the past tense tells that something was said or found."""
    return verb.tag_ in ("VBD", "VBN") and lemma_of(verb) in words("reporting")


def _participle(tag: str, helpers: set[str], lemma: str, past: bool) -> float:
    """A past participle or a copular predicate: "was signed", "has left", "is expected", "the deal signed"."""
    ahead = lemma in words("ahead")
    if "being" in helpers and helpers & words("is"):
        return SCHEDULED
    if past:
        return UNKNOWN if ahead else SURELY_PAST
    if helpers & {"have", "has", "'ve", "’ve", "having"}:
        return SURELY_PAST
    if ahead:
        return SURELY_FUTURE if helpers & words("is") else FUTURE
    return PAST if not helpers or (tag == "VBN" and lemma in words("reporting")) else UNKNOWN
