"""What the cue does: state, deny, refuse, ask, believe, intend, observe, or hold a document; and how the source comes to know."""

from __future__ import annotations

from collections.abc import Sequence

from spacy.tokens import Token

from sightline.extract.sources.words import SourceWords
from sightline.types import Access, SourceKind

_NOT = frozenset(("not", "n't", "n’t", "never"))
_SPEAKING = frozenset(
    (
        "say",
        "tell",
        "comment",
        "respond",
        "reply",
        "answer",
        "give",
        "confirm",
        "disclose",
        "reveal",
        "elaborate",
        "specify",
        "mention",
        "name",
        "explain",
    )
)
_BRIEFED = frozenset(("briefed", "familiar", "informed", "knowledge", "insight", "aware", "close"))


def attitude(cue: Sequence[Token], source: Sequence[Token], words: SourceWords, given: str, kind: SourceKind) -> str:
    """The attitude of an attribution by its cue; ``given`` (from the speech model) stands where it is more than "statement"."""
    lowers = [token.lower_ for token in cue]
    lemmas = [words.verbs.get(lower, lower) for lower in lowers]
    around = {child.lower_ for token in cue for child in token.children if child.dep_ in ("advmod", "aux", "det", "cc:preconj", "cc")}
    negated = bool(_NOT & (set(lowers) | around))
    negated = negated or any(token.lower_ in ("neither", "nobody", "none") for token in source)
    speaking = any(lemma in _SPEAKING for lemma in lemmas)
    if (negated and speaking) or ("no" in set(lowers) | around and words.no_comment & set(lowers)):
        return "refusal"
    if "neither" in lowers or "neither" in around or ("unable" in lowers) or (negated and ("able" in lowers or "verify" in lowers)):
        return "refusal"
    for lemma in lemmas:
        found = words.attitude.get(lemma)
        if found == "refusal" or (found is not None and found != "statement"):
            if found == "denial" and negated:
                return "statement"
            return found
    if given != "statement":
        return given
    return "document" if kind is SourceKind.DOCUMENT else "statement"


def access(cue: Sequence[Token], attitude_: str, kind: SourceKind, noun: Sequence[Token], told_by_another: bool) -> Access:
    """How the source comes to know, as far as the words tell."""
    lowers = {token.lower_ for token in noun}
    if attitude_ == "observation" or kind is SourceKind.WITNESS:
        return Access.OBSERVED
    if kind is SourceKind.DOCUMENT or attitude_ == "document":
        return Access.DOCUMENT
    if told_by_another or lowers & _BRIEFED:
        return Access.TOLD
    if attitude_ == "belief" or kind is SourceKind.EXPERT:
        return Access.INFERRED
    if attitude_ in ("intention", "denial"):
        return Access.PARTICIPANT
    return Access.UNKNOWN
