"""Who acts and speaks."""

from __future__ import annotations

import msgspec


class Office(msgspec.Struct, frozen=True, kw_only=True):
    """A post and the time it was held; dates are EDTF, ``None`` where unknown, ``..`` where it goes on."""

    title: str
    body: str | None = None
    """The state or organisation, as an actor id or a name."""
    start: str | None = None
    end: str | None = None


class Party(msgspec.Struct, frozen=True, kw_only=True):
    """The side whose interest a source shares: a government and its state media are one party.

    ``id`` is ``state:KP`` (ISO 3166-1 alpha-2) for a state with its bodies and media, ``org:<slug>`` for an independent organisation,
    ``outlet:<slug>`` for a newsroom observing for itself, ``group:<slug>`` for a movement or armed group.
    """

    id: str
    name: str


class Actor(msgspec.Struct, frozen=True, kw_only=True):
    """A person, organisation, state or group (FollowTheMoney: Person, Organization, PublicBody)."""

    id: str
    """``wd:Q...`` for a known Wikidata id, ``table:<slug>`` for one of our tables, ``report:<report id>:<slug>`` else."""
    name: str
    kind: str
    """person, organisation, state, group."""
    aliases: tuple[str, ...] = ()
    party: str | None = None
    """Party id."""
    nationality: str | None = None
    """ISO 3166-1 alpha-2."""
    offices: tuple[Office, ...] = ()
    source_kind: str | None = None
    """What kind of source it is when it speaks; see SourceKind."""
    confidence: float = 1.0
