"""A mention of a happening as the linker sees it: sets of words of its report, by where they stand to it."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from sightline.stories.similarity import terms
from sightline.types import Claim, Polarity, Status

NEGATED, AHEAD = 1, 2
_NONE: frozenset[str] = frozenset()
_NEAR = 24
"""Characters on either side of a word within which others are near it."""


class Mention(msgspec.Struct, frozen=True, kw_only=True):
    """One mention of a happening, as what its report says about it; words are lemmas in lower case."""

    id: str
    report: str
    lemma: str
    """Lemma of the word that names the happening."""
    lemmas: frozenset[str]
    """Lemmas of all its content words ("check into": check)."""
    type: str = ""
    """Kind of happening, where a table knows it."""
    verbal: bool = True
    support: str = ""
    """The verb that a noun hangs on ("carried out" an attack)."""
    subjects: frozenset[str] = _NONE
    objects: frozenset[str] = _NONE
    others: frozenset[str] = _NONE
    """Words of its other dependents: places, times, partners."""
    modifiers: frozenset[str] = _NONE
    names: frozenset[str] = _NONE
    """Names among its dependents."""
    near: frozenset[str] = _NONE
    """Content words right before and after it."""
    words: frozenset[str] = _NONE
    """The other content words of its sentence."""
    wider: frozenset[str] = _NONE
    """The same with those of the sentence before."""
    around_names: frozenset[str] = _NONE
    """Names in its sentence."""
    numbers: frozenset[str] = _NONE
    times: frozenset[str] = _NONE
    """Weekdays, months, years and days of its sentence."""
    outlook: int = 0
    """``NEGATED`` and ``AHEAD``, added up."""
    pronoun: bool = False
    """Whether a pronoun is among its dependents."""
    sentence: int = 0
    """Number of its sentence."""
    position: float = 0.0
    """Where its sentence stands, 0 first to 1 last."""
    count: int = 1
    """How many mentions of its report have its lemma."""
    context: str = ""
    """Its sentence as it was written."""
    head: tuple[int, int] = (0, 0)
    """Where the word that names the happening starts and ends in its sentence."""
    whole: tuple[tuple[int, int], ...] = ()
    """The same for each of its words."""

    @property
    def arguments(self) -> frozenset[str]:
        """All words that depend on it."""
        return self.subjects | self.objects | self.others | self.modifiers


def mention_of(claim: Claim, sentence: str) -> Mention:
    """A claim as the linker sees it, from its predicate, its participants, places and times, and its sentence."""
    names, others = terms(sentence)
    start, end = claim.trigger.start - claim.sentence.start, claim.trigger.end - claim.sentence.start
    before, after = sentence[max(0, start - _NEAR) : start], sentence[end : end + _NEAR]
    near = {word for part in (before, after) for found in terms(part) for word in found}
    certainty = claim.certainty
    happened = certainty.status in (Status.HAPPENED, Status.UNDER_WAY, Status.DENIED)
    outlook = NEGATED * (certainty.polarity is Polarity.NEGATIVE) + AHEAD * (not happened)
    return Mention(
        id=claim.id,
        report=claim.report,
        lemma=claim.predicate,
        lemmas=frozenset({claim.predicate}),
        type="" if claim.type.startswith("other:") else claim.type,
        subjects=_words(part.text for part in claim.participants if part.role == "agent"),
        objects=_words(part.text for part in claim.participants if part.role in ("theme", "topic")),
        others=_words(part.text for part in claim.participants if part.role not in ("agent", "theme", "topic"))
        | _words(where.mention.text for where in claim.where),
        names=frozenset(word for part in claim.participants for word in _words([part.text]) if word in names),
        near=frozenset(near),
        words=frozenset((*names, *others)) - {claim.predicate},
        wider=frozenset((*names, *others)) - {claim.predicate},
        around_names=frozenset(term for term in names if not term[0].isdigit()),
        numbers=frozenset(term for term in names if term[0].isdigit()),
        times=_words(time.text for time in claim.when),
        outlook=outlook,
        position=0.5,
        sentence=1,
        context=sentence,
        head=(start, end),
        whole=((start, end),),
    )


def _words(texts: Iterable[str]) -> frozenset[str]:
    return frozenset(word for text in texts for found in terms(text, None) for word in found)
