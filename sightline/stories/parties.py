"""Whose interest a source shares: the party that it counts as when confirmations are counted.

Two anonymous officials of one government are one party, a government and its state media are one, and a source whose side is not
known is never counted as a second one.
"""

from __future__ import annotations

import re
import tomllib
from functools import cached_property, lru_cache
from importlib.resources import files
from typing import Protocol

from sightline.gazetteer.register import holds
from sightline.types import Actor, Party, Source, SourceKind

STATE_KINDS = frozenset({SourceKind.OFFICIAL, SourceKind.GOVERNMENT, SourceKind.STATE_MEDIA, SourceKind.INTELLIGENCE})
NEWSROOM_KINDS = frozenset({SourceKind.AGENCY, SourceKind.OUTLET})
_MATTER = re.compile(
    r"(?:['’]s)?\s+(?:reports?|photographs?|photos?|pictures?|footage|video|website|site|radio|television|TV|bulletin|press service)$"
)
_APPOSED = re.compile(
    r"\b(?:newspaper|daily|weekly|agency|website|broadcaster|channel|network|magazine|station|outlet|portal|paper)\s+"
    r"(?P<name>[A-Z][\w.&'’-]*(?:\s+[A-Z][\w.&'’-]*)*)$"
)
"""A newsroom's name behind what it is ("the South Korean newspaper Chosun Ilbo")."""
_WORD = re.compile(r"[\w'’.-]+")
_STATE_WORDS = re.compile(
    r"\b(?:government|officials?|authorit\w+|ministr\w+|minister|intelligence|military|army|navy|police|embassy|president\w*|state|diplomat\w*"
    r"|spokes\w+|defen[cs]e|office|administration|governor|parliament\w*|lawmakers?|administration|border guards?|coast guard|kremlin)\b",
    re.IGNORECASE,
)


@lru_cache(maxsize=1)
def _worldwide() -> frozenset[str]:
    table = tomllib.loads(files("sightline.stories").joinpath("data", "observation.toml").read_text(encoding="utf-8"))
    return frozenset(table["worldwide"])


class Registry(Protocol):
    """What is asked of a register of actors, outlets and parties (see :class:`sightline.gazetteer.Register`)."""

    def actors_named(self, name: str) -> list[Actor]:
        """Actors that bear a name."""

    def actor(self, actor_id: str) -> Actor | None:
        """An actor by id."""

    def outlet(self, name: str) -> Actor | None:
        """An outlet or agency by name or host."""

    def party(self, party_id: str) -> Party | None:
        """A party by id."""

    def state_of(self, name: str) -> str | None:
        """ISO 3166-1 alpha-2 code of the state that a name, capital or demonym stands for."""


class Parties:
    """Looks up parties in a register and remembers what it found."""

    def __init__(self, register: Registry) -> None:
        self.register = register
        self._named: dict[str, tuple[str | None, str | None, str | None]] = {}
        self._short: dict[str, str] = {}
        self._states: dict[str, str | None] = {}

    @cached_property
    def _titles(self) -> re.Pattern[str]:
        return re.compile(
            r"^(?:the|a|an|minister|governor|president|premier|senator|councillor|ambassador|spokesman|spokeswoman|spokesperson|admiral|general)\s+",
            re.IGNORECASE,
        )

    def named(self, name: str) -> tuple[str | None, str | None, str | None]:
        """(actor id, party id, source kind) of an outlet, agency, office or person by name; ``None`` for what is not known."""
        if name not in self._named:
            self._named[name] = self._look_up(name)
        return self._named[name]

    def named_by(self, source: Source) -> tuple[str | None, str | None, str | None]:
        """The same of a speaker's name; nothing where the report's own cast did not take it for the body of a state that bears the name
        ("the Justice Department", said in Manila)."""
        found = self.named(source.name or source.text)
        actor = self.register.actor(found[0]) if found[0] is not None and (source.actor or "").startswith("report:") else None
        return found if actor is None or actor.kind != "organisation" or found[2] != SourceKind.GOVERNMENT else (None, None, None)

    def _look_up(self, name: str) -> tuple[str | None, str | None, str | None]:
        bare = name
        while (shorter := self._titles.sub("", bare)) != bare:
            bare = shorter
        short = _MATTER.sub("", bare)
        for candidate in dict.fromkeys((name, bare, short)):
            outlet = self.register.outlet(candidate)
            if outlet is not None:
                return outlet.id, outlet.party, outlet.source_kind
            actors = self.register.actors_named(candidate)
            parties = {actor.party for actor in actors}
            if len(actors) == 1 or (actors and len(parties) == 1):
                return actors[0].id, actors[0].party, actors[0].source_kind
        apposed = _APPOSED.search(name)
        if apposed is not None and (outlet := self.register.outlet(apposed["name"])) is not None:
            return outlet.id, outlet.party, outlet.source_kind
        state = self.state_in(name) if _STATE_WORDS.search(name) else None
        return None, f"state:{state}" if state else None, SourceKind.GOVERNMENT if state else None

    def state_in(self, words: str) -> str | None:
        """The one state (ISO 3166-1 alpha-2) that a description names ("a senior South Korean official"); ``None`` for none or several."""
        if words not in self._states:
            self._states[words] = self._find_state(words)
        return self._states[words]

    def _find_state(self, words: str) -> str | None:
        tokens = _WORD.findall(words)
        states: list[str] = []
        place = 0
        while place < len(tokens):
            for length in (3, 2, 1):
                piece = " ".join(tokens[place : place + length]).removesuffix("'s").removesuffix("’s")
                state = self.register.state_of(piece) if piece[:1].isupper() else None
                if state is not None:
                    states.append(state)
                    place += length - 1
                    break
            place += 1
        return states[0] if len(set(states)) == 1 else None

    def of_source(self, source: Source) -> str | None:
        """The party of one link of an attribution; ``None`` where its side is not known."""
        if source.party is not None and not source.party.startswith(("outlet:", "org:")):
            return source.party
        if source.actor is not None:
            actor = self.register.actor(source.actor)
            if actor is not None and actor.party is not None:
                return actor.party
        if source.name and not source.anonymous:
            party = self.named_by(source)[1]
            if party is not None:
                return party
        description = f"{source.name or ''} {source.text}".strip()
        if source.kind in STATE_KINDS or _STATE_WORDS.search(description):
            state = self.state_in(source.text) or self.state_in(source.name or "")
            return f"state:{state}" if state else source.party
        return source.party

    def in_office(self, actor_id: str | None, day: str) -> bool:
        """Whether a person whose offices the register dates holds one on an EDTF day; true of whoever is not known to have left."""
        actor = self.register.actor(actor_id) if actor_id is not None else None
        if actor is None or actor.kind != "person" or not actor.offices:
            return True
        return any(holds(office, day) for office in actor.offices)

    def short(self, name: str) -> str:
        """The register's name of a newsroom ("the Yonhap news agency": Yonhap), or the name without its article."""
        if name not in self._short:
            outlet = self.register.outlet(name) or self.register.outlet(self._titles.sub("", name))
            bare = name[4:] if name.startswith(("the ", "The ")) else name
            self._short[name] = outlet.name if outlet is not None else bare
        return self._short[name]

    def home_of(self, newsroom: str) -> str | None:
        """The state that a national newsroom's unqualified "government sources" belong to; ``None`` for agencies that report worldwide."""
        outlet = self.register.outlet(newsroom)
        if outlet is not None:
            worldwide = outlet.name in _worldwide()
            return f"state:{outlet.nationality}" if outlet.nationality and not worldwide else None
        state = self.state_in(newsroom)
        return f"state:{state}" if state else None

    def name(self, party_id: str) -> str:
        """A party's readable name."""
        party = self.register.party(party_id)
        if party is not None:
            return party.name
        kind, _, rest = party_id.partition(":")
        return rest.upper() if kind == "state" else rest.replace("-", " ").title()
