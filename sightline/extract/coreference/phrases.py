"""The noun phrases of a text, with what agreement needs."""

from __future__ import annotations

from dataclasses import dataclass

from spacy.tokens import Doc, Token

_INSIDE = frozenset(
    (
        "flat",
        "fixed",
        "goeswith",
        "compound",
        "nmod:desc",
        "aux",
        "cop",
        "det",
        "case",
        "punct",
        "discourse",
        "expl",
        "dep",
        "advmod",
        "amod",
        "mark",
    )
)
_CUT = frozenset(
    (
        "case",
        "cc",
        "punct",
        "mark",
        "parataxis",
        "conj",
        "cop",
        "aux",
        "nsubj",
        "nsubj:pass",
        "advmod",
        "discourse",
        "appos",
        "dep",
        "advcl",
        "obl",
    )
)
_RELATIVE = frozenset(
    ("who", "which", "that", "whom", "whose", "what", "where", "when", "why", "how", "whoever", "whatever", "there", "ex")
)
_FIRST = frozenset(("i", "me", "my", "mine", "myself"))
_FIRST_PLURAL = frozenset(("we", "us", "our", "ours", "ourselves"))
_SECOND = frozenset(("you", "your", "yours", "yourself", "yourselves"))
_MALE = frozenset(("he", "him", "his", "himself"))
_FEMALE = frozenset(("she", "her", "hers", "herself"))
_THING = frozenset(("it", "its", "itself"))
_THEY = frozenset(("they", "them", "their", "theirs", "themselves"))
_THIS = frozenset(("this", "that", "these", "those"))
GROUPS = (_FIRST, _FIRST_PLURAL, _SECOND, _MALE, _FEMALE, _THING, _THEY, _THIS)


@dataclass(slots=True)
class Phrase:
    """A noun phrase: its tokens from ``first`` up to ``last``, and its head."""

    first: int
    last: int
    head: Token
    kind: str
    """name, pronoun or noun."""
    group: int
    """Index into GROUPS for a pronoun, else -1."""
    label: str
    """Entity label of the head."""
    plural: bool
    determiner: str
    """definite, indefinite, demonstrative, possessive or empty."""
    content: frozenset[str]
    """Its content words, lower case."""
    text: str
    sentence: int


def phrases(doc: Doc) -> list[Phrase]:
    """All noun phrases, in the order of their first word, longer ones first."""
    number: dict[int, int] = {}
    for n, sentence in enumerate(doc.sents):
        number[sentence.start] = n
    found = []
    for token in doc:
        if token.is_space or not _heads(token):
            continue
        first, last = _edges(token)
        found.append(phrase(doc, first, last, token, number.get(token.sent.start, 0)))
    found.sort(key=lambda p: (p.first, -p.last))
    return found


def phrase(doc: Doc, first: int, last: int, head: Token, sentence: int) -> Phrase:
    """The phrase of some tokens."""
    word = head.lower_
    group = next((n for n, g in enumerate(GROUPS) if word in g), -1) if head.pos_ in ("PRON", "DET") else -1
    named = head.pos_ == "PROPN" or head.ent_type_ in ("PER", "ORG", "LOC")
    kind = "pronoun" if group >= 0 else "name" if named else "noun"
    content = frozenset(t.lower_ for t in doc[first:last] if t.pos_ in ("NOUN", "PROPN", "ADJ", "NUM", "VERB") and t.i <= head.i + 4)
    return Phrase(
        first,
        last,
        head,
        kind,
        group,
        head.ent_type_,
        "Plur" in head.morph.get("Number", []),
        _determiner(doc, first, head),
        content,
        doc[first:last].text.lower(),
        sentence,
    )


def _heads(token: Token) -> bool:
    if token.dep_ == "compound" and token.pos_ == "PROPN" and token.ent_type_:
        return token.head.ent_type_ != token.ent_type_
    if token.dep_ in _INSIDE:
        return False
    if token.lower_ in _RELATIVE:
        return token.lower_ == "that" and token.dep_ in ("nsubj", "obj", "obl", "ROOT") and token.head.dep_ != "acl:relcl"
    if token.pos_ == "NUM":
        return len(token) == 4 and token.text.isdigit() and token.dep_ in ("obl", "nmod", "nmod:unmarked", "obl:unmarked")
    return token.pos_ in ("NOUN", "PROPN", "PRON", "DET") and token.dep_ != "det:predet"


def _edges(head: Token) -> tuple[int, int]:
    """The head with its dependents, without prepositions, conjuncts and what only stands beside it."""
    if head.dep_ == "compound":
        left = [t.i for t in head.subtree if t.ent_type_ == head.ent_type_]
        return min(left), head.i + 1
    inside = {head.i}
    for child in head.children:
        if child.dep_ in _CUT and not (child.dep_ == "advmod" and child.i < head.i) and not (child.dep_ == "appos" and child.i < head.i):
            continue
        inside.update(t.i for t in child.subtree)
    first = last = head.i
    while first - 1 in inside:
        first -= 1
    while last + 1 in inside:
        last += 1
    while last > head.i and head.doc[last].pos_ in ("PUNCT", "SPACE"):
        last -= 1
    if last == head.i + 1 and head.doc[last].lower_ in ("'s", "’s"):
        last = head.i + 1
    while first < head.i and head.doc[first].pos_ in ("PUNCT", "SPACE", "CCONJ"):
        first += 1
    return first, last + 1


def _determiner(doc: Doc, first: int, head: Token) -> str:
    word = doc[first].lower_
    if word == "the":
        return "definite"
    if word in ("a", "an", "some", "any", "no", "another", "every", "each"):
        return "indefinite"
    if word in _THIS and first < head.i:
        return "demonstrative"
    if any(c.dep_ == "nmod:poss" for c in head.children):
        return "possessive"
    return ""
