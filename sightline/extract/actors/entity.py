"""What a report's mentions are gathered into before it becomes an Actor."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass, field

from sightline.gazetteer.folding import fold
from sightline.types import Actor, NameMention, Office


@dataclass(slots=True)
class Entity:
    """One who acts in a report, while it is being read."""

    name: str
    kind: str
    known: Actor | None = None
    """Its entry in the register."""
    mentions: list[NameMention] = field(default_factory=list)
    texts: dict[str, None] = field(default_factory=dict)
    """What its mentions read."""
    places: list[int] = field(default_factory=list)
    """Token index of the head of each mention, in text order."""
    sex: str = ""
    country: str | None = None
    roles: list[tuple[str, str | None, bool]] = field(default_factory=list)
    """Role, ISO code of its state, and whether it is told as past."""
    aliases: set[str] = field(default_factory=set)
    confidence: float = 1.0
    source_kind: str | None = None
    party: str | None = None
    kin: bool = False
    """Known only as somebody's relation."""

    @property
    def first(self) -> int:
        """Where it is first mentioned (token index)."""
        return self.places[0] if self.places else 0

    def before(self, at: int) -> int | None:
        """The head of its last mention before a token, if there is one."""
        count = bisect_left(self.places, at)
        return self.places[count - 1] if count else None

    def actor(self, report: str) -> Actor:
        """The actor as the reading gives it, with the id that its mentions carry."""
        offices = tuple(
            Office(title=f"former {role}" if past else role, body=f"state:{iso}" if iso else None)
            for role, iso, past in dict.fromkeys(self.roles)
        )
        if self.known is not None:
            known = {fold(n) for n in (self.known.name, *self.known.aliases)}
            spellings = tuple(a for a in sorted(self.aliases) if fold(a) not in known)
            return Actor(
                id=self.known.id,
                name=self.known.name,
                kind=self.known.kind,
                aliases=(*self.known.aliases, *spellings),
                party=self.known.party,
                nationality=self.known.nationality,
                offices=self.known.offices or offices,
                source_kind=self.known.source_kind,
                confidence=round(self.confidence, 3),
            )
        return Actor(
            id=self.identifier(report),
            name=self.name,
            kind=self.kind,
            aliases=tuple(sorted(self.aliases - {self.name})),
            party=self.party,
            nationality=self.country,
            offices=offices,
            source_kind=self.source_kind,
            confidence=round(self.confidence, 3),
        )

    def identifier(self, report: str) -> str:
        """The register's id, or one within the report."""
        if self.known is not None:
            return self.known.id
        return f"report:{report}:{re.sub(r'[^a-z0-9]+', '-', fold(self.name)).strip('-') or 'unnamed'}"
