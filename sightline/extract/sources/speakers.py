"""Who the subject of a reporting verb is: by the tree, and by the order of words where the tree lost it."""

from __future__ import annotations

from spacy.tokens import Doc, Token

from sightline.extract.sources.links import next_phrase, sentence_bounds
from sightline.extract.sources.phrases import Phrase, phrase
from sightline.extract.sources.words import SourceWords

QUOTES = frozenset(('"', "“", "”", "``", "''"))
FINITE = frozenset(("VBD", "VBZ", "VBP", "MD"))
_OPENERS = frozenset(("WP", "WDT", "WRB", "VBG", "VBN", "DT", "NN", "NNS", "NNP", "NNPS", "JJ", "IN", "RB", "CD", "PRP$"))
_AUXILIARIES = frozenset(
    [
        "has",
        "have",
        "had",
        "did",
        "does",
        "do",
        "was",
        "were",
        "is",
        "are",
        "would",
        "will",
        "could",
        "may",
        "might",
        "not",
        "n't",
        "n’t",
        "never",
        "also",
        "later",
        "then",
        "neither",
        "nor",
    ]
)


def speaker_of(doc: Doc, verb: Token, words: SourceWords) -> Phrase | None:
    """The speaker of a finite reporting verb, by the surest sign first."""
    return parenthetical(doc, verb) or by_tree(verb, words) or over_insertion(doc, verb) or inverted(doc, verb) or clause_initial(doc, verb)


def by_tree(verb: Token, words: SourceWords) -> Phrase | None:
    """The subject by the tree; a second reporting verb takes that of the reporting verb above it ("said ... and warned")."""
    for child in verb.children:
        if child.dep_ in ("nsubj", "nsubj:pass") and child.i < verb.i and child.tag_ not in ("WDT", "WP"):
            found = phrase(child, verb.i)
            if not _suspicious(found):
                return found
            better = over_insertion(verb.doc, verb) or clause_initial(verb.doc, verb)
            return better if better is not None or verb.doc[found.first - 1].tag_ == "IN" else found
    word = verb
    for _ in range(4):
        joined = word.dep_ in ("conj", "parataxis") and word.head.tag_.startswith("VB")
        if not (word.dep_ in ("aux", "xcomp", "ccomp") or joined) or word.head == word:
            break
        word = word.head
        if word.i > verb.i or (word.lower_ not in words.verbs and joined and word.dep_ == "ccomp"):
            continue
        for child in word.children:
            if child.dep_ in ("nsubj", "nsubj:pass") and child.i < word.i <= verb.i:
                return phrase(child, verb.i)
    return _beside(verb)


def _suspicious(noun: Phrase) -> bool:
    """A subject right behind a preposition or verb is rather that word's object: "Doctors treating the survivors said"."""
    doc, i = noun.head.doc, noun.first
    if i == 0 or doc[i].is_sent_start:
        return False
    before = doc[i - 1]
    return before.tag_ in ("VBG", "IN", "VBD", "VBZ", "VBN") and before.lower_ not in (
        "that",
        "because",
        "while",
        "as",
        "if",
        "although",
        "though",
        "said",
    )


def parenthetical(doc: Doc, verb: Token) -> Phrase | None:
    """A speaker and verb between commas: "The mosaic, archaeologists say, dates ..."."""
    if verb.i + 1 >= len(doc) or doc[verb.i + 1].text not in (",", "."):
        return None
    found = _beside(verb)
    return found if found is not None and found.first and doc[found.first - 1].text in (",", "”", '"') else None


def over_insertion(doc: Doc, verb: Token) -> Phrase | None:
    """The speaker before an insertion that a comma closes: "The owner, who asked not to be named, said"."""
    i = verb.i - 1
    while i > 0 and (doc[i].lower_ in _AUXILIARIES or doc[i].tag_ == "RB"):
        i -= 1
    if i < 2 or doc[i].text not in (",", "–", "—", ")"):
        return None
    first = sentence_bounds(doc, verb.i)[0]
    for j in range(i - 1, first, -1):
        if (
            doc[j].text not in (",", "–", "—", "(")
            or doc[j + 1].tag_ not in _OPENERS
            or (doc[j - 1].tag_ not in ("NN", "NNS", "NNP", "NNPS", "PRP") and not doc[j - 1].is_title)
        ):
            continue
        found = phrase(doc[j - 1], j)
        if (
            found.first <= first
            or doc[found.first - 1].text in QUOTES
            or doc[found.first - 1].text in (",", ":")
            or doc[found.first - 1].lower_ in ("and", "but")
        ):
            return found
    return None


def clause_initial(doc: Doc, verb: Token) -> Phrase | None:
    """The noun phrase that opens the clause or sentence, with no finite verb but a relative one before this: "Four people reached by phone said"."""
    first = sentence_bounds(doc, verb.i)[0]
    nearest = next((i + 1 for i in range(verb.i - 1, first, -1) if doc[i].text in (",", ":", ";") or doc[i].text in QUOTES), first)
    for start in dict.fromkeys((nearest, first)):
        if verb.i - start > 16:
            continue
        found = next_phrase(doc, start, verb.i, verb.i)
        if found is None or found.first > start + 1:
            continue
        between = [doc[k] for k in range(found.last + 1, verb.i)]
        finite = sum(token.tag_ in FINITE for token in between)
        relative = sum(token.tag_ in ("WP", "WDT") for token in between)
        if between and finite <= 2 * relative and not any(token.text in QUOTES for token in between):
            return found
    return None


def _beside(verb: Token) -> Phrase | None:
    """A speaker right before the verb, after a comma or at the start: ", the agency said", where the tree lost it."""
    doc, i = verb.doc, verb.i - 1
    while i > 0 and (doc[i].lower_ in _AUXILIARIES or doc[i].tag_ == "RB"):
        i -= 1
    if i < 0 or doc[i].tag_ not in ("NN", "NNS", "NNP", "NNPS", "PRP"):
        return None
    found = phrase(doc[i], verb.i)
    before = doc[found.first - 1] if found.first else None
    opens = before is None or doc[found.first].is_sent_start or before.is_punct or before.lower_ in ("and", "but", "as") or before.is_space
    return found if opens else None


def inverted(doc: Doc, verb: Token) -> Phrase | None:
    """The speaker behind the verb after a quotation: '"...," said the mayor'."""
    if verb.i == 0 or verb.i + 1 >= len(doc):
        return None
    before = doc[verb.i - 1]
    if before.text not in QUOTES and before.text not in (",", "?", "!"):
        return None
    end = sentence_bounds(doc, verb.i)[1]
    found = next_phrase(doc, verb.i + 1, end)
    if found is None or found.first > verb.i + 2:
        return None
    after = doc[found.last + 1] if found.last + 1 < len(doc) else None
    clause = after is not None and (after.tag_ in FINITE or after.lower_ in ("of", "that", "has", "had", "not"))
    return None if clause else found
