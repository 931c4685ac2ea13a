"""What a verb group says of its happening by itself: tense, aspect, modal, negation and adverbs, before any governing word."""

from __future__ import annotations

from spacy.tokens import Token

from sightline.extract.certainty.lexicon import Lexicon
from sightline.extract.certainty.state import MAYBE, OPEN, UNTRUE, State
from sightline.extract.certainty.verbal import Group
from sightline.types import Degree, Polarity, Status

_MONTHS = frozenset(
    ["january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december"]
)


def own_state(token: Token, group: Group, lexicon: Lexicon, reported: bool, trail: list[Token]) -> State:
    """What the verb group itself says; no status where only a governor can tell.

    ``reported`` tells that the clause stands in somebody's reported words: "would" may be a past "will". Words that weaken are
    added to ``trail``.
    """
    status, degree = _tense(token, group, lexicon)
    state = State(Polarity.POSITIVE, degree, status)
    if group.modal is not None:
        state = _modal(token, group, lexicon, reported, trail)
    elif group.inverted is not None and group.inverted.lower_ == "had" and not is_question(token):
        return UNTRUE
    if group.negation is not None and not (group.modal is not None and state.negative):
        state = state.negated()
    for adverb in group.adverbs:
        state = _adverb(state, adverb, lexicon, trail)
    return state


def _tense(token: Token, group: Group, lexicon: Lexicon) -> tuple[Status | None, Degree]:
    certain = Degree.CERTAIN
    if group.modal is not None:
        return None, certain
    if group.infinitive or group.past is None:
        if group.perfect:
            return Status.HAPPENED, certain
        if group.progressive:
            return Status.UNDER_WAY, certain
        if group.passive and group.infinitive:
            return None, certain
        if group.participle and token.tag_ == "VBN" and not group.infinitive:
            return Status.HAPPENED, certain
        return None, certain
    if group.perfect:
        return (Status.UNDER_WAY if group.progressive and not group.past else Status.HAPPENED), certain
    if group.progressive:
        return Status.UNDER_WAY, certain
    if group.past:
        return Status.HAPPENED, certain
    if _soon(token, lexicon):
        return Status.PLANNED, certain
    return Status.UNDER_WAY, certain


def _soon(token: Token, lexicon: Lexicon) -> bool:
    """A present tense with a time to come: "the forum opens on Wednesday"."""
    words, doc = lexicon.words, token.doc
    saying = (lexicon.governors["verb"].get(lexicon.lemma(token.lower_)) or {}).get("that")
    if saying is not None and saying.affirmed == "say":
        return False
    for i in range(token.i + 1, min(token.i + 7, len(doc))):
        if doc[i].is_sent_start or doc[i].tag_ in ("VBD", "VBZ", "VBP", "MD"):
            break
        if doc[i].lower_ == "tomorrow":
            return True
    for child in token.children:
        lower = child.lower_
        if lower in ("tomorrow", "tonight") or (child.dep_.startswith("obl") and lower in words["weekdays"]):
            return not any(below.lower_ in ("every", "each") for below in child.children)
        if child.dep_.startswith("obl") and any(below.lower_ in words["next"] for below in child.children):
            return True
        if child.dep_.startswith("obl") and any(below.lower_ == "on" for below in child.children):
            return any(word.lower_ in _MONTHS for word in (child, *child.children))
    return False


def _modal(token: Token, group: Group, lexicon: Lexicon, reported: bool, trail: list[Token]) -> State:
    modal = group.modal
    if modal is None:
        return State()
    word = modal.lower_
    positive, negative = Polarity.POSITIVE, Polarity.NEGATIVE
    if word in ("will", "'ll", "’ll", "shall", "wo", "sha") or (word in ("would", "'d", "’d") and _backshifted(token, group, reported)):
        return _future(token, lexicon)
    if not (group.negation is not None and word in ("could", "can", "ca")):
        trail.append(modal)
    match word:
        case "would" | "'d" | "’d":
            return State(negative, Degree.PROBABLE, Status.DENIED) if group.perfect else MAYBE
        case "could":
            if group.negation is not None and not group.perfect:
                return UNTRUE
            return UNTRUE if group.perfect and but_follows(token) else MAYBE
        case "can" | "ca" | "cannot":
            if group.negation is not None or word == "cannot":
                return UNTRUE
            return MAYBE
        case "should" | "ought":
            urged = any(child.dep_ == "nsubj" and child.lower_ in ("we", "you", "one") for child in token.children)
            if group.inverted is modal or (urged and not group.perfect):
                return OPEN
            if group.perfect:
                return UNTRUE if group.negation is None else State(positive, Degree.CERTAIN, Status.HAPPENED)
            return State(positive, Degree.PROBABLE, Status.EXPECTED)
        case "must" if group.perfect:
            return State(positive, Degree.PROBABLE, Status.HAPPENED)
    return MAYBE if word in ("may", "might") else OPEN


def _future(token: Token, lexicon: Lexicon) -> State:
    lemma = lexicon.lemma(token.lower_)
    there = any(child.dep_ == "expl" for child in token.children)
    if lemma in lexicon.words["nonvolitional"] or there:
        return State(Polarity.POSITIVE, Degree.PROBABLE, Status.EXPECTED)
    return State(Polarity.POSITIVE, Degree.CERTAIN, Status.PLANNED)


def _backshifted(token: Token, group: Group, reported: bool) -> bool:
    """Whether "would" is a reported "will" rather than a condition."""
    if group.perfect or any(
        child.dep_ == "advcl" and any(m.lower_ in ("if", "unless") for m in child.children) for child in token.children
    ):
        return False
    if reported:
        return True
    clause = token
    while clause.dep_ == "conj":
        clause = clause.head
    if clause.dep_ in ("ccomp", "acl", "xcomp", "csubj", "advcl") and clause.head != clause:
        return True
    return any(child.dep_ == "parataxis" for child in token.children)


def _adverb(state: State, adverb: Token, lexicon: Lexicon, trail: list[Token]) -> State:
    effect = lexicon.adverbs[adverb.lower_]
    if adverb.i and adverb.lower_ == "certainly" and adverb.nbor(-1).lower_ in ("almost", "nearly"):
        effect = "prob"
    if effect == "fact":
        return state
    if effect == "untrue" and (
        state.negative or (adverb.lower_ in ("nearly", "almost") and adverb.i + 1 < len(adverb.doc) and not _beside(adverb))
    ):
        return state
    if effect != "untrue":
        trail.append(adverb)
    return _shaded(state, effect)


def _shaded(state: State, effect: str) -> State:
    match effect:
        case "untrue":
            return state.negated() if not state.negative else state
        case "maybe":
            return State(state.polarity, Degree.POSSIBLE, Status.POSSIBLE)
        case "prob":
            if state.status is Status.PLANNED:
                return State(state.polarity, Degree.PROBABLE, Status.EXPECTED)
            return state.weakened(Degree.PROBABLE)
    return state


def but_follows(token: Token) -> bool:
    """Whether the sentence goes on with "but": what could have been was not."""
    doc, i = token.doc, token.i + 1
    while i < len(doc) and not doc[i].is_sent_start:
        if doc[i].lower_ == "but":
            return True
        i += 1
    return False


def _beside(adverb: Token) -> bool:
    """Whether "nearly" stands right before its verb rather than before a number."""
    following = adverb.nbor(1)
    return following.tag_.startswith("VB") or following.tag_ in ("RB", "IN", "DT")


def is_question(token: Token) -> bool:
    """Whether the main clause of ``token`` ends in a question mark."""
    root = token
    while root.dep_ == "conj":
        root = root.head
    if root.dep_ not in ("ROOT", "parataxis"):
        return False
    doc, last = root.doc, root.right_edge.i
    for i in range(last, max(root.i, last - 5), -1):
        if not (doc[i].is_space or doc[i].text in "\"”’'»)"):
            return "?" in doc[i].text
    return False
