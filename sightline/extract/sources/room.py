"""The room in which a report's sources are looked at: each phrase described once, and told whether it is a newsroom or a source at all."""

from __future__ import annotations

import re

from spacy.tokens import Doc

from sightline.extract.claims.leads import dateline
from sightline.extract.columns import columns
from sightline.extract.sources.identity import Identities
from sightline.extract.sources.kinds import Description, describe, is_media
from sightline.extract.sources.phrases import Offsets, Phrase
from sightline.extract.sources.words import SourceWords
from sightline.types import SourceKind

_GENERIC = frozenset(
    ("reporters", "journalists", "newsmen", "media", "press", "conference", "briefing", "hearing", "meeting", "rally", "conferences")
)
#: Articles with which newspapers of other tongues begin their names.
_ARTICLES = frozenset(("La", "Le", "El", "Il", "Der", "Die", "Het"))
_ADDRESS = re.compile(r"\w{2,}\.[a-z]{2,4}$", re.IGNORECASE)


class Room:
    """A report's words with its tables and identities."""

    def __init__(self, doc: Doc, words: SourceWords, who: Identities, offsets: Offsets) -> None:
        self.doc = doc
        self.words = words
        self.who = who
        self.offsets = offsets
        self.lead = dateline(columns(doc).text)
        self.described: dict[tuple[int, int], Description] = {}

    def describe(self, noun: Phrase) -> Description:
        """The description of a phrase, made once."""
        key = (noun.first, noun.last)
        if key not in self.described:
            self.described[key] = describe(noun, self.words, self.who.lookup)
        return self.described[key]

    def newsroom(self, noun: Phrase) -> bool:
        """Whether the phrase is a newsroom or its reporter, other than a speaker's own pages."""
        if noun.tokens[0].lower_ in ("its", "his", "her", "their"):
            return False
        return noun.head.lower_ not in _GENERIC and is_media(self.describe(noun))

    def taken_for_newsroom(self, noun: Phrase) -> bool:
        """An unknown organisation that was told or that quotes somebody is a newsroom: "told Fortune", "Kompas quoted"."""
        description = self.describe(noun)
        actor = description.actor
        loose = actor is None or actor.id.startswith("report:")
        foreign = noun.tokens[0].text in _ARTICLES and noun.first < noun.last and not self.who.surname(noun.text)
        if loose and (foreign or _ADDRESS.search(noun.head.text)) and noun.head.text[:1].isupper():
            self.described[noun.first, noun.last] = description._replace(kind=SourceKind.OUTLET)
            return True
        unknown = loose and description.kind in (SourceKind.ORGANISATION, SourceKind.GOVERNMENT)
        named = noun.head.tag_ in ("NNP", "NNPS") and noun.head.ent_type_ in ("ORG", "", "MISC")
        if not (unknown and named) or any(token.lower_ in self.words.bodies for token in noun.tokens) or self.who.state(noun) is not None:
            return False
        self.described[noun.first, noun.last] = description._replace(kind=SourceKind.OUTLET)
        return True

    def plausible(self, noun: Phrase) -> bool:
        """Whether the phrase can be a source at all: a person, a body, a document or a name."""
        lower = noun.head.lower_
        known = (self.words.persons, self.words.by_body, self.words.bodies, self.words.documents)
        if any(lower in table for table in known) or noun.head.tag_ == "PRP" or lower in ("accused", "agency", "agencies"):
            return True
        return noun.head.tag_ in ("NNP", "NNPS") and self.describe(noun).kind is not SourceKind.UNKNOWN
