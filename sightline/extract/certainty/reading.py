"""From the word for a happening outwards: its own verb group or noun phrase, then each word that governs it."""

from __future__ import annotations

from typing import NamedTuple

from spacy.tokens import Token

from sightline.extract.certainty.governor import Governor, clause_governor, part_of_speech
from sightline.extract.certainty.lexicon import Effect, Lexicon
from sightline.extract.certainty.nominal import carrier, read_noun
from sightline.extract.certainty.own import but_follows, is_question, own_state
from sightline.extract.certainty.state import ASKED, MAYBE, OPEN, UNTRUE, State, compose
from sightline.extract.certainty.verbal import FINITE, Group, negator, read_group
from sightline.types import Degree, Polarity, Status

_DEPTH = 10
_PRESENTING = ("say", "ask")
_SOFT = frozenset(("prob", "noprob", "maybe", "expect", "noexpect", "open", "ask"))


class Reader(NamedTuple):
    """One reading under way: the tables, whether the clause is reported, and the words found to matter."""

    lexicon: Lexicon
    reported: bool
    """The trigger stands in somebody's reported words: "would" may be a past "will"."""
    trail: list[Token]

    def state(self, token: Token, depth: int = 0) -> State:
        """How the happening named by ``token`` stands, seen from outside every word that governs it within its speaker's words."""
        if depth > _DEPTH:
            return State(status=Status.HAPPENED)
        if is_predicate(token):
            return self._verb(token, depth)
        return self._noun(token, depth)

    def _verb(self, token: Token, depth: int) -> State:
        group = read_group(token, self.lexicon)
        source, group = self._shared(token, group)
        own = own_state(token, group, self.lexicon, self.reported, self.trail)
        if (
            group.modal is not None
            and group.modal.lower_ in ("could", "can")
            and any(c.lower_ == "before" and c.dep_ == "mark" for c in token.children)
        ):
            return UNTRUE
        if group.be_to is not None:
            return self._is_to(own, group)
        if group.yet_to is not None or group.too is not None:
            return UNTRUE
        if token.dep_ == "ccomp" and _asked_aloud(token):
            return ASKED
        if group.modal is not None and group.modal.lower_ == "should" and group.modal.is_sent_start and not is_question(token):
            return OPEN
        governor = clause_governor(source, self.lexicon, group.infinitive and own.status is None)
        if governor is None:
            if is_question(source) and token.tag_ != "VBG":
                return ASKED
            return self._settled(token, own, group)
        return self._governed(token, own, group, governor, depth)

    def _shared(self, token: Token, group: Group) -> tuple[Token, Group]:
        """A second verb ("will sign and publish") takes the first one's auxiliaries and governor unless it has its own."""
        source = token
        for _ in range(4):
            if source.dep_ != "conj" or not is_predicate(source.head):
                break
            first = source.head
            own_subject = any(child.dep_.startswith("nsubj") for child in source.children)
            bare = group.past is None and group.modal is None and not group.infinitive and not own_subject
            if (bare or (source.tag_ == "VB" and group.modal is None)) and source.tag_ == first.tag_:
                head_group = read_group(first, self.lexicon)
                group = head_group._replace(negation=group.negation or head_group.negation, adverbs=group.adverbs)
            source = first
        return source, group

    def _settled(self, token: Token, own: State, group: Group) -> State:
        """A main clause: what no governor decides has happened, or is under way."""
        if own.status is not None:
            return own
        told = group.participle and not (token.i and token.nbor(-1).lower_ in ("by", "after", "before", "upon", "on"))
        status = Status.UNDER_WAY if told else Status.HAPPENED
        return own._replace(status=Status.DENIED if own.negative else status)

    def _is_to(self, own: State, group: Group) -> State:
        """ "are to meet" is fixed; "was to have visited" did not come about."""
        if group.past and own.status is Status.HAPPENED:
            return State(Polarity.NEGATIVE, Degree.PROBABLE, Status.DENIED)
        degree = Degree.PROBABLE if group.past else Degree.CERTAIN
        planned = State(Polarity.POSITIVE, degree, Status.PLANNED)
        return planned.negated() if own.negative or group.negation is not None else planned

    def _governed(self, token: Token, own: State, group: Group, governor: Governor, depth: int) -> State:
        word, effect = governor.word, governor.effect
        if governor.frame in ("if", "whether", "without"):
            if governor.frame != "without":
                self.trail.append(next((c for c in token.children if c.lower_ == governor.mark), word))
            if governor.frame == "if" and own == UNTRUE and group.inverted is not None:
                return own
            return compose(effect.affirmed, own, State()) if effect else OPEN
        above = (
            self.state(word, depth + 1)
            if effect is not None or governor.frame in ("wh", "inf", "adjunct") or token.dep_ == "xcomp"
            else State(status=Status.HAPPENED)
        )
        if governor.frame == "wh":
            return self._wh(token, own, group, governor, above)
        if effect is None:
            return self._ungoverned(token, own, group, governor, above)
        name = self._choose(word, effect, above)
        if name == "say":
            return self._settled(token, own, group)
        if name == "sched" and group.infinitive and _past_group(word, self.lexicon):
            if word.lower_ == "supposed" and but_follows(token):
                return UNTRUE
            name = "plan"
        if name in _SOFT:
            self.trail.append(word)
        return compose(name, own, above)

    def _choose(self, word: Token, effect: Effect, above: State) -> str:
        """The affirmed or the negated column; a report that is denied is untrue, and "no report" leaves it open."""
        if self.lexicon.lemma(word.lower_) == "deny" and _neither_confirmed(word, self.lexicon):
            return "ask"
        if not above.negative:
            return effect.affirmed
        if part_of_speech(word) == "noun" and effect.affirmed in ("prob", "maybe", "fact", "say") and not _no_before(word, self.lexicon):
            return "untrue"
        return effect.negated

    def _cut_short(self, verb: Token) -> bool:
        """Whether the verb tells of something cut short: "was arrested", "crashed"."""
        lemma, passive = self.lexicon.lemma(verb.lower_), any(child.dep_ == "aux:pass" for child in verb.children)
        return lemma in self.lexicon.words["cut_short_passive" if passive else "cutting_short"]

    def _wh(self, token: Token, own: State, group: Group, governor: Governor, above: State) -> State:
        """ "why it stopped" takes the stop for granted; "when it could arrive" leaves the arrival open."""
        withheld = (
            above.negative or above.polarity is Polarity.UNKNOWN or (governor.effect is not None and "ask" in governor.effect.affirmed)
        )
        settled = self._settled(token, own, group)
        if withheld and settled.status in (Status.POSSIBLE, Status.PLANNED, Status.EXPECTED):
            self.trail.append(governor.word)
            return ASKED
        return ASKED if own.status is None and withheld else settled

    def _ungoverned(self, token: Token, own: State, group: Group, governor: Governor, above: State) -> State:
        ahead = above.status in (Status.PLANNED, Status.EXPECTED, Status.POSSIBLE)
        bound = governor.frame == "adjunct" and governor.mark in self.lexicon.words["bounds"]
        open_before = governor.mark == "before" and own.status is None and not ahead and self._cut_short(governor.word)
        if bound and (open_before or (ahead and own.status in (Status.HAPPENED, Status.UNDER_WAY))):
            return OPEN
        if ahead and token.dep_ == "xcomp" and token.tag_ == "VBN" and self.lexicon.lemma(governor.word.lower_) in ("remain", "stay"):
            return above
        if own.status is not None and not (
            governor.frame == "adjunct" and group.participle and above.status in (Status.PLANNED, Status.EXPECTED)
        ):
            return own
        if governor.frame == "inf":
            return compose("plan", own, above) if above.status is not Status.UNKNOWN else ASKED
        if governor.frame == "adjunct":
            state = above if part_of_speech(governor.word) == "verb" else State(status=Status.UNDER_WAY)
            if governor.word.tag_.startswith("VB") and state.negative:
                state = State(Polarity.POSITIVE, state.degree, Status.HAPPENED)
            return state.negated() if own.negative else state
        return self._settled(token, own, group)

    def _noun(self, noun: Token, depth: int) -> State:
        signs = read_noun(noun, self.lexicon)
        if signs.effect:
            if signs.sign is not None and signs.effect in ("maybe", "expect"):
                self.trail.append(signs.sign)
            fixed = _noun_state(signs.effect)
            if not (signs.effect in ("happened", "under_way") and (signs.negator or signs.ahead)):
                return fixed
        foreseen = _foreseen(noun)
        if foreseen is not None:
            self.trail.append(foreseen)
            return State(Polarity.POSITIVE, Degree.PROBABLE, Status.EXPECTED)
        if signs.negator is not None or negator(noun, self.lexicon) is not None:
            return UNTRUE
        if signs.relative is not None:
            told = self.state(signs.relative, depth + 1)
            if told.status in (Status.PLANNED, Status.EXPECTED):
                return told
        if signs.past:
            return State(status=Status.HAPPENED)
        carried = carrier(noun, self.lexicon)
        if carried is None or carried.word == noun:
            return ASKED if is_question(noun) else State(status=Status.PLANNED if signs.ahead else Status.HAPPENED)
        above = self.state(carried.word, depth + 1)
        if carried.effect is not None and carried.effect.affirmed == "untrue" and not self._deniable(noun, carried.word):
            return State(status=Status.HAPPENED) if not signs.ahead else State(status=Status.PLANNED)
        if carried.effect is not None and not (carried.support and carried.effect.affirmed == "yes"):
            name = (
                self._choose(carried.word, carried.effect, above) if not _no_before(carried.word, self.lexicon) else carried.effect.negated
            )
            scheduled = self.lexicon.lemma(noun.lower_) in self.lexicon.words["scheduled"]
            if name == "sched" and not scheduled:
                return State(status=Status.HAPPENED)
            if name in _SOFT:
                self.trail.append(carried.word)
            if name == "noplan" and (above.negative or _no_before(carried.word, self.lexicon)):
                return UNTRUE
            if name not in _PRESENTING[:1]:
                return compose(name, State(), above)
        if signs.ahead and above.status not in (Status.DENIED, Status.UNKNOWN):
            return State(status=Status.PLANNED)
        if above.negative and any(child.lower_ == "any" for child in noun.lefts):
            return UNTRUE
        return self._carried(noun, carried.role, carried.support, above)

    def _deniable(self, noun: Token, verb: Token) -> bool:
        """Rejecting an offer leaves it made; only what is itself an assertion is made untrue by being rejected."""
        if self.lexicon.lemma(verb.lower_) not in self.lexicon.words["rejecting"]:
            return True
        return self.lexicon.lemma(noun.lower_) in self.lexicon.words["assertion"]

    def _reacts(self, noun: Token) -> bool:
        """Whether the verb above answers to what is there already: "will appeal the verdict"."""
        return self.lexicon.lemma(noun.head.lower_) in self.lexicon.words["reacting"]

    def _carried(self, noun: Token, role: str, support: bool, above: State) -> State:
        """The verb's tense and modality pass to its event noun; its negation only through a verb that adds nothing."""
        if role == "object" and _definite(noun) and self._reacts(noun):
            return State(status=Status.HAPPENED)
        if support or (role == "object" and not (above.negative and _definite(noun))):
            return above
        if above.status in (Status.PLANNED, Status.EXPECTED, Status.POSSIBLE):
            scheduled = self.lexicon.lemma(noun.lower_) in self.lexicon.words["scheduled"]
            if role == "subject" and above.status is Status.POSSIBLE and not scheduled:
                return above
            return State(Polarity.POSITIVE, above.degree, above.status)
        if above.negative or above.polarity is Polarity.UNKNOWN:
            return State(status=Status.HAPPENED)
        return above


def is_predicate(token: Token) -> bool:
    """Whether the word carries a verb group: a verb, or a noun or adjective with a copula.

    A subject or object that the tagger took for a finite verb ("Clashes left ...") carries none.
    """
    if token.dep_ in ("nsubj", "nsubj:pass", "obj") and token.tag_ in ("VBZ", "VBP") and not any(c.dep_ == "nsubj" for c in token.children):
        return False
    if token.tag_ in FINITE or (token.tag_.startswith("VB") and token.pos_ != "NOUN"):
        return True
    if token.pos_ in ("VERB", "AUX"):
        return True
    if token.tag_ in ("NNS", "NN") and any(c.dep_.startswith("nsubj") and c.i < token.i for c in token.children):
        return True
    return any(child.dep_ == "cop" for child in token.children) or (token.tag_.startswith("JJ") and token.pos_ == "ADJ")


def _noun_state(effect: str) -> State:
    match effect:
        case "sched":
            return State(status=Status.PLANNED)
        case "expect":
            return State(Polarity.POSITIVE, Degree.PROBABLE, Status.EXPECTED)
        case "untrue":
            return UNTRUE
        case "under_way":
            return State(status=Status.UNDER_WAY)
        case "maybe":
            return MAYBE
    return State(status=Status.HAPPENED)


def _foreseen(noun: Token) -> Token | None:
    """The "likely" of a headline without a verb: "Strike likely on Monday"."""
    if noun.dep_ != "ROOT" or noun.i + 1 >= len(noun.doc):
        return None
    after = noun.nbor(1)
    return after if after.lower_ in ("likely", "expected") and after.head == noun and after.dep_ in ("advmod", "acl", "amod") else None


def _neither_confirmed(word: Token, lexicon: Lexicon) -> bool:
    """ "neither confirmed nor denied"."""
    doc = word.doc
    before = [doc[i].lower_ for i in range(max(word.i - 6, 0), word.i)]
    return ("nor" in before or "or" in before) and any(lexicon.lemma(form) == "confirm" for form in before)


def _definite(noun: Token) -> bool:
    """Whether the phrase takes its referent for given ("the talks", "its offer")."""
    return any(child.lower_ in ("the", "this", "these", "that", "those") or child.dep_ == "nmod:poss" for child in noun.lefts)


def _no_before(word: Token, lexicon: Lexicon) -> bool:
    return part_of_speech(word) == "noun" and negator(word, lexicon) is not None


def _past_group(word: Token, lexicon: Lexicon) -> bool:
    return bool(read_group(word, lexicon).past)


def _asked_aloud(token: Token) -> bool:
    return any(child.is_punct and child.text.startswith("?") for child in token.children)
