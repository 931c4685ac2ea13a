"""Signs beside the verb that what a time dates is still to come, or surely over."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from sightline.extract.times.clauses import Clauses, left
from sightline.extract.times.marks import VERBAL
from sightline.extract.times.words import table

if TYPE_CHECKING:
    from spacy.tokens import Doc, Span, Token


@cache
def words(name: str) -> frozenset[str]:
    """One of the word lists of data/tense.toml."""
    rows = table("tense.toml")
    text = rows["near"][name[5:]] if name.startswith("near ") else rows[name]
    return frozenset(text.split())


_ENDINGS = (
    ("", ""), ("s", ""), ("es", ""), ("d", ""), ("ed", ""), ("ies", "y"), ("ied", "y"), ("ned", ""), ("ting", ""), ("ing", ""), ("ing", "e"),
)  # fmt: skip


def lemma_of(token: Token) -> str:
    """Its lemma; for pipelines without lemmas, the word without its commonest endings where that is a word of our tables."""
    if token.lemma_:
        return token.lemma_.lower()
    word = token.lower_
    for ending, instead in _ENDINGS:
        stem = word[: len(word) - len(ending)] + instead if word.endswith(ending) else ""
        if any(stem in words(name) for name in ("ahead", "reporting", "states", "ahead_nouns", "shown", "asking", "moving", "pointing")):
            return stem
    return {"said": "say", "told": "tell", "wrote": "write", "found": "find", "meant": "mean", "gave": "give"}.get(word, word)


def _among(token: Token, name: str) -> bool:
    """Whether a word or what it is the plural of stands in one of the lists."""
    return token.lower_ in words(name) or token.lower_[:-1] in words(name)


def new_clause(clauses: Clauses, verb: Token, span: Span) -> bool:
    """Whether a comma and a conjunction between verb and time open a clause that begins with the time (", and on Saturday the site was")."""
    doc = clauses.doc
    for at in range(max(verb.i + 1, span.start - 9), span.start - 1):
        if doc[at].text == "," and doc[at + 1].tag_ == "CC":
            after = next((token for token in doc[span.end : span.end + 2] if not token.is_punct), None)
            opened = all(doc[index].tag_ in ("IN", "DT", "NN", "RB", "CD", "JJ", "NNP") for index in range(at + 2, span.start))
            return opened and after is not None and after.tag_ in ("DT", "NNP", "NN", "NNS", "PRP", "PRP$", "JJ", "NNPS")
    return False


def own_verb(clauses: Clauses, verb: Token, lemma: str, before: int, span: Span, high: int) -> Token | None:
    """The verb right behind a time that stands between it and its subject, within what another verb tells.

    "It comes a day after police on Monday seized arms", "he says rebels on Monday will attack".
    """
    doc = clauses.doc
    subject = left(doc, before)
    if subject > verb.i and doc[subject].tag_ == "IN":
        subject = left(doc, subject)
    if span.end >= high or doc[span.end].tag_ not in ("VBD", "VBZ", "VBP", "MD") or doc[subject].tag_[:2] not in ("NN", "PR"):
        return None
    between = doc[verb.i + 1 : before]
    set_off = any(token.lower_ in ("after", "before", "since", "as") for token in between)
    told = lemma in words("reporting") and not any(token.text == "," for token in between)
    return clauses.verb_after(span.end, high) if set_off or told else None


def awaited(doc: Doc, index: int, verb: Token | None) -> bool:
    """Whether the owner of a time is still to come: "ahead of Friday's vote", "is fit for Sunday's game" (not "was fit for")."""
    if doc[index].lower_ == "of":
        return index > 0 and doc[index - 1].lower_ == "ahead"
    return doc[index].lower_ == "for" and verb is not None and (verb.tag_ in ("VBZ", "VBP", "MD", "VB") or verb.lower_ == "be")


def asked_for(clauses: Clauses, verb: Token, lemma: str, before: int) -> bool:
    """Whether a happening between verb and time is what the verb asks for ("called for protests on Monday")."""
    if lemma not in words("asking"):
        return False
    if clauses.doc[before - 1].lower_ == "for" or clauses.doc[left(clauses.doc, before)].lower_ == "for":
        return True
    noun = clauses.noun_tied(verb, before)
    if noun is None:
        return False
    return any(clauses.doc[at].lower_ == "for" for at in range(verb.i + 1, noun.i))


def put_off(doc: Doc, index: int, lemma: str) -> bool:
    """Whether a verb in the past moves something to the time ("postponed the show to July 31", "delayed the trial until May")."""
    return lemma in words("moving") and doc[index].lower_ in ("to", "until", "till")


def unforeseen(token: Token | None) -> bool:
    """Whether a noun names what nobody announces: an attack, a quake."""
    return token is not None and token.tag_.startswith("NN") and _among(token, "unforeseen")


def achieved(token: Token) -> bool:
    """Whether a noun names what somebody has won or lost: "her victories", "the senator's win"."""
    doc, index = token.doc, token.i - 1
    if token.lower_ not in words("achieved"):
        return False
    while index >= 0 and doc[index].tag_ in ("JJ", "JJR", "JJS", "NN", "NNP", "CD", "HYPH"):
        index -= 1
    return index >= 0 and doc[index].tag_ in ("POS", "PRP$")


def fixture(token: Token) -> bool:
    """Whether a noun names a happening that the calendar holds: an election, a trial."""
    return _among(token, "fixtures")


def when_after(clauses: Clauses, span: Span, high: int) -> Token | None:
    """The verb of the clause that explains a time: "on Thursday night, when many called him the winner"."""
    doc, at = clauses.doc, span.end
    while at < high and (doc[at].text == "," or doc[at].lower_ in words("dayparts")):
        at += 1
    return clauses.verb_after(at + 1, high) if at < high and doc[at].lower_ == "when" else None


def caption(doc: Doc, low: int, high: int) -> bool:
    """Whether a sentence tells of a picture: somebody in it stands left or right."""
    return any(
        doc[at - 1].text in ("(", ",") and doc[at].lower_ in words("captions") and doc[at + 1].text in (")", ",")
        for at in range(low + 1, high - 1)
    )


def announced(clauses: Clauses, span: Span, low: int, high: int) -> bool:
    """Whether a line without a verb tells of a happening with a day ("Fund-raiser Friday", "Plant sale on April 4")."""
    if any(tag in VERBAL for tag in clauses.marks.tag[low:high]):
        return False
    before = left(clauses.doc, span.start)
    return occasion_before(clauses.doc, span, low) or (before > low and clauses.doc[before].lower_ in words("taken_for_nouns"))


def occasion_before(doc: Doc, span: Span, low: int) -> bool:
    """Whether an occasion stands before a time, names between them passed over: "a game on Friday", "meeting with Kim on Friday"."""
    index = left(doc, span.start)
    if index >= low and doc[index].lower_ in ("on", "for", "set", ":"):
        index = left(doc, index)
    while index >= low and doc[index].tag_ in ("NNP", "IN", "DT") and not _among(doc[index], "occasions"):
        index = left(doc, index)
    return index >= low and _among(doc[index], "occasions")
