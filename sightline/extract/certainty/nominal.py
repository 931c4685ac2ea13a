"""How a happening stands that a noun names: by its modifiers, its preposition and the verb that carries it."""

from __future__ import annotations

from typing import NamedTuple

from spacy.tokens import Token

from sightline.extract.certainty.lexicon import Effect, Lexicon

_MODIFIERS = frozenset(("amod", "compound", "nmod:poss", "det", "nummod", "advmod", "obl:unmarked", "nmod", "nmod:unmarked", "acl"))
_AFTER = frozenset(["after", "since", "following", "during", "amid", "over", "in"])
_AHEAD = frozenset(["before", "until", "till", "pending"])


class NounSigns(NamedTuple):
    """What stands with an event noun."""

    effect: str = ""
    sign: Token | None = None
    negator: Token | None = None
    ahead: bool = False
    """A time or preposition puts it in the future."""
    past: bool = False
    relative: Token | None = None
    """Verb of a relative clause that tells when it will be."""


def read_noun(noun: Token, lexicon: Lexicon) -> NounSigns:
    """Modifiers, determiner, preposition and times of the noun phrase headed by ``noun``."""
    effect, sign, negator = "", None, None
    past = ahead = False
    relative = None
    for word in _modifiers(noun):
        lower = word.lower_
        found = lexicon.modifiers.get(lower, "")
        if not found and "-" in lower:
            found = lexicon.modifiers.get(lower.split("-")[-1], "")
        if found and not effect:
            effect, sign = found, word
        if lower in ("no", "neither") and word.i < noun.i:
            negator = word
        ahead = ahead or lower in lexicon.words["next"]
        past = past or lower in lexicon.words["past"]
    for child in noun.children:
        if child.dep_ == "acl:relcl":
            relative = child
    case = next((child for child in noun.children if child.dep_ == "case"), None)
    if case is not None:
        before = case.lower_
        if before == "ahead" or before in _AHEAD or (before == "of" and case.i and case.nbor(-1).lower_ == "ahead"):
            ahead = True
        elif before in ("after", "since", "following"):
            past = True
    return NounSigns(effect, sign, negator, ahead, past, relative)


def _modifiers(noun: Token) -> list[Token]:
    """Words of the phrase before the noun, by the tree and by adjacency."""
    found = {}
    for child in noun.lefts:
        if child.dep_ in _MODIFIERS:
            found[child.i] = child
            if child.dep_ in ("nmod:poss", "amod"):
                for below in child.children:
                    found[below.i] = below
    index, doc = noun.i - 1, noun.doc
    while index >= 0 and noun.i - index <= 4 and not doc[index + 1].is_sent_start:
        word = doc[index]
        if word.tag_ not in (
            "JJ",
            "VBN",
            "VBG",
            "NN",
            "NNS",
            "NNP",
            "CD",
            "POS",
            "DT",
            "PRP$",
            "JJR",
            "JJS",
            "HYPH",
            "VBD",
        ) or word.dep_ in ("ROOT", "nsubj", "obj"):
            break
        found.setdefault(index, word)
        index -= 1
    return [found[i] for i in sorted(found, reverse=True)]


class Carrier(NamedTuple):
    """The verb or noun that carries an event noun, and what it makes of it."""

    word: Token
    effect: Effect | None
    support: bool
    """It only lends tense, modality and negation ("hold talks")."""
    role: str
    """subject, object, of (behind another noun), oblique."""


def carrier(noun: Token, lexicon: Lexicon) -> Carrier | None:
    """What carries the event noun; ``None`` where it heads its own sentence."""
    from sightline.extract.certainty.governor import effect_of, part_of_speech

    token = noun
    for _ in range(6):
        if token.dep_ in ("conj", "flat", "compound", "appos") and token.head != token:
            token = token.head
        else:
            break
    head = token.head
    if head == token:
        return None
    if token.dep_ in ("nmod", "nmod:poss") or (token.dep_ == "obl" and part_of_speech(head) == "noun"):
        return Carrier(head, effect_of(head, "obj", lexicon), False, "of")
    lemma = lexicon.lemma(head.lower_)
    particle = next((f"{lemma}_{child.lower_}" for child in head.children if child.dep_ in ("compound:prt", "obj")), lemma)
    support = lemma in lexicon.words["support"] or particle in lexicon.words["support"]
    if token.dep_ in ("nsubj", "nsubj:pass", "csubj", "nsubj:outer"):
        judged = next((child for child in head.children if child.dep_ == "xcomp" and part_of_speech(child) == "adjective"), None)
        if judged is not None and lemma in ("seem", "appear", "look", "remain", "become"):
            return Carrier(judged, effect_of(judged, "that", lexicon), False, "subject")
        passive = token.dep_ == "nsubj:pass" or (head.tag_ == "VBN" and any(child.dep_ == "aux:pass" for child in head.children))
        if not passive and part_of_speech(head) == "adjective":
            foreseen = effect_of(head, "inf", lexicon)
            if foreseen is not None and foreseen.affirmed in ("expect", "noexpect"):
                return Carrier(head, foreseen, False, "subject")
            return Carrier(head, effect_of(head, "that", lexicon), False, "subject")
        return Carrier(head, effect_of(head, "obj", lexicon) if passive else None, support, "subject")
    if token.dep_ in ("obj", "xcomp", "ccomp", "iobj"):
        return Carrier(head, effect_of(head, "obj", lexicon), support, "object")
    case = next((child.lower_ for child in token.children if child.dep_ == "case"), "")
    if noun.lower_.endswith("ing") and case in ("from", "of", "in", "for"):
        found = effect_of(head, "ing", lexicon, case)
        if found is not None:
            return Carrier(head, found, False, "oblique")
    effect = effect_of(head, "obj", lexicon) if case in ("for", "of", "out", "off", "up", "on", "to", "about", "against") else None
    if case == "without" or (case == "of" and token.i > 1 and any(child.lower_ == "instead" for child in token.children)):
        effect = Effect("untrue", "untrue")
    return Carrier(head, effect, support, "oblique")
