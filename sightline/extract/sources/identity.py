"""Who a phrase is: the actor its name stands for, the party it speaks for, and the earlier speaker a pronoun goes back to."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from sightline.extract.actors.words import words
from sightline.extract.sources.kinds import Description
from sightline.extract.sources.phrases import Phrase
from sightline.gazetteer.folding import fold
from sightline.types import Actor, NameMention, Source, SourceForm, SourceKind

if TYPE_CHECKING:
    from sightline.gazetteer import Register

_STATE_KINDS = frozenset((SourceKind.OFFICIAL, SourceKind.GOVERNMENT, SourceKind.INTELLIGENCE, SourceKind.STATE_MEDIA))
_PEOPLE = frozenset(
    (
        SourceKind.OFFICIAL,
        SourceKind.PERSON,
        SourceKind.EXPERT,
        SourceKind.WITNESS,
        SourceKind.COMPANY,
        SourceKind.ORGANISATION,
        SourceKind.INTELLIGENCE,
        SourceKind.UNKNOWN,
        SourceKind.OUTLET,
        SourceKind.SOCIAL_MEDIA,
    )
)
_LOOSE = (None, "person", "organisation", "unknown")
_BACK = 900
_SKIP = frozenset(("the", "a", "an"))


class Identities:
    """Actors of a report's names, with the register behind them where one is given."""

    def __init__(self, names: Sequence[NameMention], actors: Sequence[Actor], register: Register | None) -> None:
        self.mentions = sorted((n for n in names if n.actor is not None), key=lambda n: (n.span.start, -n.span.end))
        self.starts = [n.span.start for n in self.mentions]
        self.actors: Mapping[str, Actor] = {actor.id: actor for actor in actors}
        self.register = register
        self._states: dict[str, str | None] = {}
        self._named: dict[str, Actor | None] = {}

    def lookup(self, noun: Phrase) -> tuple[Actor | None, Actor | None]:
        """The actor that the head of the phrase stands for, and that of another name in the phrase."""
        head, span = noun.head, noun.span
        own: Actor | None = None
        other: Actor | None = None
        for mention in self._within(span.start, span.end):
            actor = self.actor(mention.actor)
            if actor is None:
                continue
            if mention.span.start <= head.idx < mention.span.end:
                if own is None:
                    own = actor
            elif actor.kind != "person" and (other is None or other.kind == "state") and mention.form != "pronoun":
                other = actor
        if own is None or other is None or not known_kind(own):
            named_own, named_other = self._by_name(noun)
            if own is None or (not known_kind(own) and named_own is not None):
                own = named_own or own
            if other is None or (not known_kind(other) and named_other is not None):
                other = named_other or other
            if own is not None and other is not None and own.id == other.id:
                other = None
        if own is not None and own.kind == "state" and noun.head.tag_ in ("NN", "NNS"):
            own, other = None, other or own
        return own, other

    def _within(self, start: int, end: int) -> list[NameMention]:
        last = bisect_right(self.starts, end - 1)
        out = []
        i = last - 1
        while i >= 0 and self.starts[i] >= start - 80:
            if self.mentions[i].span.end > start:
                out.append(self.mentions[i])
            i -= 1
        return out[::-1]

    def actor(self, identifier: str | None) -> Actor | None:
        """The actor of an id, from the report's own or the register."""
        if identifier is None:
            return None
        found = self.actors.get(identifier)
        return found if found is not None or self.register is None else self.register.actor(identifier)

    def surname(self, text: str) -> bool:
        """Whether the register knows a person by this family name ("Le Pen")."""
        return self.register is not None and bool(self.register.surnamed(text))

    def _by_name(self, noun: Phrase) -> tuple[Actor | None, Actor | None]:
        """The register's own knowledge of the capitalised words of a phrase."""
        if self.register is None:
            return None, None
        own: Actor | None = None
        other: Actor | None = None
        for first, last, text in _capitalised(noun):
            actor = self.named(text)
            if actor is None or self._part(noun, first):
                continue
            if first <= noun.head.i <= last or (
                noun.head.i == last + 1 and noun.head.lower_ in ("agency", "newspaper", "channel", "television")
            ):
                own = own or actor
            elif other is None or (other.kind == "state" and actor.kind != "state"):
                other = actor
        return own, other

    def _part(self, noun: Phrase, first: int) -> bool:
        """Whether a name stands behind the "and" of a longer one that the report has as a whole ("Peace and Security Council")."""
        doc = noun.head.doc
        if first < 2 or doc[first - 1].lower_ not in ("and", "&"):
            return False
        start, end = doc[first - 2].idx, doc[first].idx
        return any(mention.span.start <= start and end < mention.span.end for mention in self._within(start, end))

    def named(self, text: str) -> Actor | None:
        """The one newsroom, body or state with this name, if the register knows it; a name that many states' bodies share is no one's."""
        if text not in self._named:
            found: Actor | None = None
            if self.register is not None and fold(text) not in words("shared_bodies"):
                found = self.register.outlet(text)
                if found is None:
                    several = [actor for actor in self.register.actors_named(text) if actor.kind != "person"]
                    found = several[0] if len(several) == 1 else None
            self._named[text] = found
        return self._named[text]

    def party(self, noun: Phrase, description: Description) -> str | None:
        """The side whose interest the source shares: its actor's, its body's, or the state its words name."""
        if description.actor is not None and description.actor.party is not None:
            return description.actor.party
        body = description.body
        if body is not None and body.party is not None and (body.kind != "state" or description.kind in _STATE_KINDS):
            return body.party
        if description.kind in _STATE_KINDS:
            state = self.state(noun)
            if state is not None:
                return f"state:{state}"
            if (owner := self._owner(noun)) is not None and (owner.party or "").startswith("state:"):
                return owner.party
            if description.actor is not None and description.actor.nationality:
                return f"state:{description.actor.nationality}"
        return None

    def _owner(self, noun: Phrase) -> Actor | None:
        """The person whose office or aide speaks: "Prime Minister Moreno's office", "his chief of staff"."""
        for mention in self._within(noun.span.start, noun.span.end):
            actor = self.actor(mention.actor)
            if actor is None or actor.kind != "person" or mention.span.start < noun.span.start:
                continue
            if any(token.tag_ in ("POS", "PRP$") and mention.span.start <= token.idx <= mention.span.end for token in noun.tokens):
                return actor
        return None

    def state(self, noun: Phrase) -> str | None:
        """The state that a demonym, country, capital or seat of government in the phrase names."""
        if self.register is None:
            return None
        found: list[str] = []
        for _, _, text in _capitalised(noun):
            if text not in self._states:
                self._states[text] = self.register.state_of(text)
            state = self._states[text]
            if state is not None and state not in found:
                found.append(state)
        return found[0] if found else None

    def antecedent(self, noun: Phrase, description: Description, earlier: Sequence[tuple[Phrase, Source]]) -> Source | None:
        """The earlier speaker that a pronoun or "the official" goes back to."""
        lower = noun.head.lower_
        for other, source in reversed(earlier):
            if noun.span.start - other.span.end > _BACK or other.span.start >= noun.span.start:
                if other.span.start >= noun.span.start:
                    continue
                return None
            if description.form is SourceForm.PRONOUN:
                if _agrees(lower, source) and self._sex_agrees(lower, source):
                    return source
            elif noun.tokens[0].lower_ == "the" and other.head.lower_ == lower and source.form is not SourceForm.PRONOUN:
                return source
        return None

    def _sex_agrees(self, pronoun: str, source: Source) -> bool:
        if self.register is None or source.actor is None or pronoun not in ("he", "she"):
            return True
        sex = self.register.sex(source.actor)
        return not sex or (sex == "m") == (pronoun == "he")


def known_kind(actor: Actor) -> bool:
    """Whether the actor's record says more than that it is a person or an organisation."""
    return actor.source_kind not in _LOOSE


def _agrees(pronoun: str, source: Source) -> bool:
    if source.form is SourceForm.NONE:
        return False
    if pronoun in ("he", "she"):
        return source.kind in _PEOPLE and source.form is not SourceForm.COLLECTIVE and (source.count in (1, None))
    if pronoun == "it":
        return source.kind not in (SourceKind.PERSON, SourceKind.WITNESS, SourceKind.EXPERT) and source.form not in (
            SourceForm.ROLE,
            SourceForm.PRONOUN,
        )
    if pronoun == "they":
        return source.form is SourceForm.COLLECTIVE or (source.count or 0) > 1
    return False


def _capitalised(noun: Phrase) -> list[tuple[int, int, str]]:
    """Runs of capitalised words in a phrase, longest first: the whole name, then its parts."""
    doc = noun.head.doc
    runs: list[tuple[int, int]] = []
    i = noun.first
    while i <= noun.last:
        if doc[i].text[:1].isupper() and doc[i].lower_ not in _SKIP:
            j = i
            while j < noun.last and (
                doc[j + 1].text[:1].isupper()
                or (doc[j + 1].lower_ in ("of", "and", "for", "-", "&", "the") and j + 2 <= noun.last and doc[j + 2].text[:1].isupper())
            ):
                j += 1
            runs.append((i, j))
            i = j + 1
        else:
            i += 1
    out: list[tuple[int, int, str]] = []
    for first, last in runs:
        out.append((first, last, doc[first : last + 1].text))
        if last < noun.last and doc[last + 1].lower_ in ("news", "agency", "newspaper"):
            out.append((first, last, doc[first : last + 1].text))
        for width in range(last - first, 0, -1):
            for start in range(first, last - width + 2):
                if (start, start + width - 1) != (first, last):
                    out.append((start, start + width - 1, doc[start : start + width].text))
    return out
