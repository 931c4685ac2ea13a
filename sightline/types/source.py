"""Who stands behind words, and the chain that they came through."""

from __future__ import annotations

from enum import StrEnum

import msgspec

from sightline.types.span import Span


class SourceForm(StrEnum):
    """How the text refers to the source."""

    NAMED = "named"
    PRONOUN = "pronoun"
    ROLE = "role"
    COLLECTIVE = "collective"
    DOCUMENT = "document"
    NONE = "none"


class SourceKind(StrEnum):
    """What stands behind the words (after ICD-206's source descriptors)."""

    OFFICIAL = "official"
    GOVERNMENT = "government"
    STATE_MEDIA = "state_media"
    AGENCY = "agency"
    OUTLET = "outlet"
    COMPANY = "company"
    ORGANISATION = "organisation"
    WITNESS = "witness"
    INTELLIGENCE = "intelligence"
    EXPERT = "expert"
    SOCIAL_MEDIA = "social_media"
    CROWD = "crowd"
    DOCUMENT = "document"
    PERSON = "person"
    UNKNOWN = "unknown"


class Access(StrEnum):
    """How the source comes to know."""

    OBSERVED = "observed"
    DOCUMENT = "document"
    PARTICIPANT = "participant"
    TOLD = "told"
    INFERRED = "inferred"
    UNKNOWN = "unknown"


class Source(msgspec.Struct, frozen=True, kw_only=True):
    """One link of a chain: a speaker, an agency, an outlet or a document."""

    form: SourceForm
    kind: SourceKind = SourceKind.UNKNOWN
    spans: tuple[Span, ...] = ()
    text: str = ""
    actor: str | None = None
    """Actor id; a pronoun's or description's is the actor it stands for."""
    name: str | None = None
    """Readable name: the actor's, or the description itself ("a South Korean official")."""
    anonymous: bool = False
    formula: Span | None = None
    """The words that withhold the name ("on condition of anonymity")."""
    count: int | None = None
    """How many ("two officials"); ``None`` unknown."""
    party: str | None = None
    access: Access = Access.UNKNOWN


class Attribution(msgspec.Struct, frozen=True, kw_only=True):
    """Reported words: whose they are, the cue that says so, and what was said (PolNeAR, PARC).

    ``via`` is the chain from the source outwards to the reader: the one the source told comes first, the report's own outlet last.
    """

    source: tuple[Span, ...] = ()
    cue: tuple[Span, ...] = ()
    content: tuple[Span, ...] = ()
    kind: str = "indirect"
    """direct, indirect, mixed."""
    attitude: str = "statement"
    """statement, belief, intention, question, denial, refusal (declined to comment), observation, document."""
    speaker: Source | None = None
    others: tuple[Source, ...] = ()
    """Further speakers of the same words ("the mayor and the police chief"), each a source of its own."""
    via: tuple[Source, ...] = ()
    addressee: tuple[Span, ...] = ()
    parent: int | None = None
    """Index of the attribution within whose content this one stands."""
    confidence: float = 1.0
    """Calibrated probability that source, cue and content are right."""
