"""Who is who across reports: actors that one report introduced are matched to those of others by their names.

Registered actors keep their id. A full name matches the same full name or an alias; a lone surname matches the person of the story who
bears it, where one stands out, and nobody where none does. The result depends on the set of reports alone.
"""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence

from sightline.stories.copies import slug
from sightline.types import Actor, Decision, Reading


def folded(name: str) -> str:
    """A name without case, accents, hyphens and stops, for comparing.

    >>> folded("Kim Jong-Un") == folded("Kim Jong Un")
    True
    """
    bare = "".join(letter for letter in unicodedata.normalize("NFKD", name) if not unicodedata.combining(letter))
    return " ".join(bare.casefold().replace("-", " ").replace(".", " ").replace("’", "'").split())


class Identities:
    """Canonical ids of actors, with their readable names, kinds and parties."""

    def __init__(self, canonical: dict[str, str], actors: dict[str, Actor]) -> None:
        self._canonical = canonical
        self._actors = actors

    def agrees(self, later: Identities) -> bool:
        """Whether a later state gives every actor of this one the same id and record."""
        kept = all(later._canonical.get(actor) == target for actor, target in self._canonical.items())
        return kept and all(later._actors.get(target) is actor for target, actor in self._actors.items())

    def of(self, actor_id: str) -> str:
        """The id that all reports of the story share for an actor."""
        return self._canonical.get(actor_id, actor_id)

    def name(self, actor_id: str) -> str:
        """The readable name of an actor."""
        actor = self._actors.get(self.of(actor_id))
        return actor.name if actor is not None else actor_id.rpartition(":")[2].replace("-", " ")

    def actor(self, actor_id: str) -> Actor | None:
        """The fullest record of an actor."""
        return self._actors.get(self.of(actor_id))

    def party(self, actor_id: str) -> str | None:
        """Party id of an actor, from its record or its nationality as an office holder."""
        actor = self.actor(actor_id)
        if actor is None:
            return None
        if actor.party is None and actor.kind == "state" and actor.nationality:
            return f"state:{actor.nationality}"
        return actor.party


def identify(readings: Sequence[Reading], decisions: Iterable[Decision] = ()) -> Identities:
    """Matches the actors of a story's readings; decisions "same-actor" and "different-actor" have the last word."""
    actors = {actor.id: actor for reading in readings for actor in reading.actors}
    by_name: dict[tuple[str, str], str] = {}
    for actor_id in sorted(actors):
        actor = actors[actor_id]
        if not actor_id.startswith("report:"):
            for name in (actor.name, *actor.aliases):
                by_name.setdefault((actor.kind, folded(name)), actor_id)
    canonical: dict[str, str] = {}
    surnames: dict[str, set[str]] = {}
    records: dict[str, Actor] = {actor_id: actor for actor_id, actor in actors.items() if not actor_id.startswith("report:")}
    lone: list[str] = []
    for actor_id in sorted(actors):
        actor = actors[actor_id]
        target = actor_id
        if actor_id.startswith("report:"):
            name = folded(actor.name)
            if actor.kind == "person" and len(name.split()) == 1:
                lone.append(actor_id)
                continue
            target = by_name.get((actor.kind, name)) or f"name:{actor.kind}:{slug(name)}"
        canonical[actor_id] = target
        records.setdefault(target, actor)
        if actor.kind == "person":
            for part in {folded(actor.name).split()[0], folded(actor.name).split()[-1]} if actor.name.strip() else set():
                surnames.setdefault(part, set()).add(target)
    told = _reports_by(canonical, readings)
    for actor_id in lone:
        name = folded(actors[actor_id].name)
        target = by_name.get(("person", name)) or _bearer(surnames.get(name, set()), told) or f"name:person:{slug(name)}"
        canonical[actor_id] = target
        records.setdefault(target, actors[actor_id])
    _obey(canonical, decisions)
    return Identities(canonical, records)


def _reports_by(canonical: dict[str, str], readings: Sequence[Reading]) -> Counter[str]:
    """In how many reports each person is named in full."""
    told: Counter[str] = Counter()
    for reading in readings:
        told.update({canonical[actor.id] for actor in reading.actors if actor.id in canonical})
    return told


def _bearer(bearers: set[str], told: Counter[str]) -> str | None:
    """Whom a lone surname means: its only bearer, the only one that a table knows, or one named in three times as many reports as any other."""
    if len(bearers) == 1:
        return next(iter(bearers))
    registered = [bearer for bearer in bearers if not bearer.startswith("name:")]
    if len(registered) == 1:
        return registered[0]
    ranked = sorted(bearers, key=lambda bearer: (-told[bearer], bearer))
    if len(ranked) > 1 and told[ranked[0]] >= 3 * told[ranked[1]]:
        return ranked[0]
    return None


def _obey(canonical: dict[str, str], decisions: Iterable[Decision]) -> None:
    """Let a user's decisions have the last word; to part two is also to take back what a decision has joined to them."""
    told = dict(canonical)
    for decision in sorted(decisions, key=lambda one: (one.at, one.id)):
        targets = [canonical.get(subject, subject) for subject in decision.subjects]
        if decision.kind == "same-actor" and targets:
            first = min(targets)
            for actor_id, target in list(canonical.items()):
                if target in targets:
                    canonical[actor_id] = first
            canonical.update(dict.fromkeys(targets, first))
        elif decision.kind == "different-actor":
            for subject in decision.subjects[1:]:
                canonical[subject] = subject
                canonical.update({actor_id: subject for actor_id, target in told.items() if target == subject})
