"""What a story's last building leaves behind, so that a further report costs what it changes and no more.

Everything kept here is a pure function of what it is kept by; a state may be thrown away at any time and the story comes out the same.
"""

from __future__ import annotations

from collections.abc import Sequence

from sightline.stories.contradictions.scene import Silence
from sightline.stories.events import Assembled, assemble
from sightline.stories.identities import Identities
from sightline.stories.joining import Cluster
from sightline.stories.nodes import Memory
from sightline.stories.origins import Assignment, Sourced
from sightline.stories.parties import Parties
from sightline.types import Decision


class State:
    """Caches of one story."""

    def __init__(self) -> None:
        self.assignment = Assignment()
        self.memory = Memory()
        self.silences: dict[str, list[Silence]] = {}
        self._who: Identities | None = None
        self._decisions: tuple[str, ...] = ()
        self._events: dict[str, Assembled] = {}

    def identities(self, who: Identities, decisions: Sequence[Decision]) -> Identities:
        """Takes note of who is who now; where an earlier answer has changed, nothing kept is used again."""
        marks = tuple(decision.id for decision in decisions)
        if self._who is not None and (marks != self._decisions or not self._who.agrees(who)):
            self.memory.clear()
            self.silences.clear()
            self._events.clear()
        self._who, self._decisions = who, marks
        return who

    def event(self, cluster: Cluster, members: list[Sourced], who: Identities, parties: Parties) -> Assembled:
        """The event of a cluster; the one made before where its sourced claims are the very same."""
        key = members[0].evidence.id
        kept = self._events.get(key)
        if kept is not None and len(kept.members) == len(members) and all(map(_same, kept.members, members)):
            kept.cluster, kept.event = cluster, kept.bare
            return kept
        made = assemble(cluster, members, who, parties)
        self._events[key] = made
        return made

    def forget(self, items: Sequence[Assembled]) -> None:
        """Drops events that are no more."""
        held = {item.members[0].evidence.id for item in items}
        for key in [key for key in self._events if key not in held]:
            del self._events[key]


def _same(one: Sourced, other: Sourced) -> bool:
    return one is other
