"""The verb group of a happening: modals, tense, aspect, negation and adverbs, read from tags with the tree as a second witness."""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

from spacy.tokens import Doc, Token

from sightline.extract.certainty.lexicon import Lexicon

_BE = frozenset(["be", "am", "is", "are", "was", "were", "been", "being", "'s", "'re", "'m", "’s", "’re", "’m"])
_HAVE = frozenset(["have", "has", "had", "having", "'ve", "'d", "’ve"])
_DO = frozenset(["do", "does", "did"])
_AUX = frozenset(("AUX", "PART"))
_PAST_AUX = frozenset(["was", "were", "had", "did"])
_NEGATIONS = frozenset(("not", "n't", "n’t", "never", "neither", "nor"))
_WINDOW = 8
#: Tags of words that carry tense by themselves.
FINITE = frozenset(("VBD", "VBZ", "VBP"))


class Group(NamedTuple):
    """What the verb group says."""

    modal: Token | None = None
    perfect: bool = False
    progressive: bool = False
    passive: bool = False
    negation: Token | None = None
    infinitive: bool = False
    participle: bool = False
    """A bare -ing or -ed form, without an auxiliary."""
    past: bool | None = None
    """Past, present, or ``None`` where no word is finite."""
    be_to: Token | None = None
    """The "be" of "are to meet"."""
    yet_to: Token | None = None
    """The "yet" of "has yet to arrive"."""
    too: Token | None = None
    inverted: Token | None = None
    """An auxiliary before its subject."""
    adverbs: tuple[Token, ...] = ()


def read_group(token: Token, lexicon: Lexicon) -> Group:
    """The verb group whose main word is ``token`` (a verb, or a predicate with its copula), read once of a Doc that nobody changes any more."""
    groups = _groups(token.doc)
    found = groups.get(token.i)
    if found is None or found[0] is not lexicon:
        found = groups[token.i] = lexicon, _read_group(token, lexicon)
    return found[1]


@lru_cache(maxsize=2)
def _groups(doc: Doc) -> dict[int, tuple[Lexicon, Group]]:
    return {}


def _read_group(token: Token, lexicon: Lexicon) -> Group:
    words = _words(token)
    forms = {word.i: word.lower_ for word in words}
    modal = next((word for word in words if word.tag_ == "MD" or word.lower_ in ("will", "would", "may", "might")), None)
    negation = next((word for word in words if word.lower_ in _NEGATIONS or word.lower_ == "no"), None) or _negative_argument(
        token, lexicon
    )
    to = next((word for word in words if word.tag_ == "TO"), None)
    auxiliaries = [word for word in words if forms[word.i] in _BE or forms[word.i] in _HAVE or forms[word.i] in _DO]
    after_to = [word for word in auxiliaries if to is None or word.i > to.i]
    done = token.tag_ in ("VBN", "VBD", "VBG", "JJ", "NN", "NNS", "RB", "NNP", "IN") or token.lower_ in lexicon.words["same_past"]
    perfect = done and any(forms[word.i] in _HAVE and word.i < token.i for word in after_to)
    be = [word for word in after_to if forms[word.i] in _BE]
    verb = token.tag_ in FINITE or (token.tag_.startswith("VB") and token.pos_ != "ADJ")
    progressive = token.tag_ == "VBG" and bool(be)
    passive = token.tag_ in ("VBN", "VBD") and bool(be)
    be_to, yet_to = _before_to(token.doc, to)
    past = _past(token, after_to, modal, verb, to)
    if past is False and token.tag_ == "VBP" and not after_to and token.lower_ in lexicon.words["same_past"]:
        past = not any(child.lower_ in ("every", "each") or child.dep_ == "advmod" for child in token.subtree)
    if be_to is not None:
        past = be_to.lower_ in ("was", "were")
    subject = next((child for child in token.children if child.dep_ in ("nsubj", "nsubj:pass", "expl")), None)
    inverted = next((word for word in after_to + ([modal] if modal else []) if subject is not None and word.i < subject.i < token.i), None)
    return Group(
        modal=modal if to is None or (modal is not None and modal.i > to.i) else None,
        perfect=perfect,
        progressive=progressive,
        passive=passive,
        negation=negation,
        infinitive=(to is not None and token.tag_ != "VBG")
        or (to is not None and progressive)
        or (token.tag_ == "VB" and modal is None and not after_to),
        participle=verb and token.tag_ in ("VBG", "VBN") and not after_to and modal is None,
        past=past,
        be_to=be_to,
        yet_to=yet_to,
        too=_too(token.doc, to),
        inverted=inverted,
        adverbs=tuple(word for word in words if word.lower_ in lexicon.adverbs and word.lower_ not in ("not", "n't", "n’t")),
    )


def _words(token: Token) -> list[Token]:
    """Auxiliaries, particles and adverbs of the group: those next to it on the left, and those the tree gives it."""
    doc = token.doc
    found: dict[int, Token] = {}
    first = _phrase_start(token)
    index = first - 1
    while index >= 0 and first - index <= _WINDOW and not doc[index + 1].is_sent_start:
        word = doc[index]
        if not (
            word.tag_ in ("MD", "TO", "RB", "RBR", "RBS")
            or word.lower_ in _BE
            or word.lower_ in _HAVE
            or word.lower_ in _DO
            or word.is_space
        ):
            break
        if word.tag_ == "TO" and word.pos_ == "ADP":
            break
        if word.dep_ not in ("fixed", "cc:preconj"):
            found[index] = word
        if word.tag_ == "TO":
            if index > 0 and doc[index - 1].lower_ in ("not", "never"):
                found[index - 1] = doc[index - 1]
            break
        index -= 1
    to = min((i for i, word in found.items() if word.tag_ == "TO"), default=-1)
    for child in token.children:
        if child.lower_ == "nor" and child.i < token.i:
            found.setdefault(child.i, child)
        if child.dep_ in ("aux", "aux:pass", "cop", "advmod") or (child.dep_ == "mark" and child.tag_ == "TO"):
            if child.i > to or child.dep_ in ("aux", "mark"):
                found.setdefault(child.i, child)
            if child.dep_ == "advmod" and child.i < token.i:
                for below in child.children:
                    if below.lower_ in _NEGATIONS or below.lower_ == "no":
                        found.setdefault(below.i, below)
    if (
        token.lower_ not in _BE
        and token.i + 1 < len(doc)
        and doc[token.i + 1].lower_ in ("not", "n't", "n’t")
        and doc[token.i + 1].head == token
    ):
        found.setdefault(token.i + 1, doc[token.i + 1])
    for i in range(max(token.i - 3, 1), token.i):
        if doc[i].lower_ == "longer" and doc[i - 1].lower_ == "no":
            found[i - 1] = doc[i - 1]
    only = [i for i in found if found[i].lower_ in ("not", "n't") and i + 1 < len(doc) and doc[i + 1].lower_ in ("only", "just", "merely")]
    for i in only:
        del found[i]
    return [found[i] for i in sorted(found)]


def _phrase_start(token: Token) -> int:
    """First token of a predicate noun or adjective phrase; the token itself for a verb."""
    if token.tag_ in FINITE or (token.tag_.startswith("VB") and token.pos_ != "ADJ"):
        return token.i
    edge = token.i
    for child in token.lefts:
        if (
            child.dep_ in ("det", "amod", "compound", "nummod", "nmod:poss", "case", "advmod", "nmod:desc")
            and child.lower_ not in _NEGATIONS
        ):
            edge = min(edge, child.left_edge.i)
    return edge


def _past(token: Token, auxiliaries: list[Token], modal: Token | None, verb: bool, to: Token | None) -> bool | None:
    if modal is not None:
        return None
    if auxiliaries:
        first = auxiliaries[0].lower_
        if first in ("be", "been", "being", "having") or (to is not None and first == "have"):
            return None
        return first in _PAST_AUX or first == "'d"
    if token.tag_ == "NNS" and to is None:
        return False
    if not verb or to is not None:
        return None
    return {"VBD": True, "VBZ": False, "VBP": False}.get(token.tag_)


def _before_to(doc: object, to: Token | None) -> tuple[Token | None, Token | None]:
    if to is None or to.i == 0:
        return None, None
    before = to.nbor(-1)
    if before.lower_ in ("not", "n't", "n’t", "also", "now", "both", "all", "each") and before.i:
        before = before.nbor(-1)
    if before.lower_ in _BE and before.lower_ not in ("be", "been", "being"):
        return before, None
    return None, before if before.lower_ == "yet" else None


def _too(doc: object, to: Token | None) -> Token | None:
    if to is None:
        return None
    for back in (2, 3):
        if to.i >= back and to.nbor(-back).lower_ == "too":
            return to.nbor(-back)
    return None


def _negative_argument(token: Token, lexicon: Lexicon) -> Token | None:
    """ "No shots were fired", "found no trace": a negative subject or object negates its clause."""
    speech = (lexicon.governors["verb"].get(lexicon.lemma(token.lower_)) or {}).get("that")
    presenting = speech is not None and speech.affirmed == "say"
    for child in token.children:
        if child.dep_ in ("nsubj", "nsubj:pass", "obl:agent") or (child.dep_ == "obj" and not presenting):
            found = negator(child, lexicon)
            if found is not None:
                return found
        elif child.dep_ in ("obl", "advmod") and child.lower_ in ("circumstances", "longer"):
            found = next((below for below in child.children if below.lower_ == "no"), None)
            if found is not None:
                return found
    return None


def negator(noun: Token, lexicon: Lexicon) -> Token | None:
    """The word that makes a noun phrase negative ("no", "none of", "not a single"), if any."""
    doc, first = noun.doc, noun.left_edge
    if first.lower_ == "only" or (first.lower_ == "all" and first.i + 1 < len(doc) and doc[first.i + 1].lower_ == "but"):
        return None
    if noun.lower_ in lexicon.negators and noun.lower_ not in ("little", "no"):
        if noun.lower_ == "few" and any(child.dep_ in ("det", "advmod") for child in noun.children):
            return None
        return noun
    for child in noun.children:
        if child.lower_ in ("no", "neither") and child.dep_ in ("det", "advmod", "cc:preconj", "cc"):
            return child
        if child.lower_ in ("few", "little") and first.i == child.i:
            return child
    words = tuple(doc[i].lower_ for i in range(first.i, min(first.i + 3, noun.i + 1)))
    for phrase in lexicon.negator_phrases:
        if words[: len(phrase)] == phrase:
            return first
    return None
