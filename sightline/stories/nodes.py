"""Claims that are told alike, gathered before any two are compared: cost then grows with the different tellings, not the pages."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import count

import msgspec

from sightline.stories.evidence import Evidence
from sightline.stories.identities import Identities
from sightline.stories.kinds import Kind
from sightline.types import Decision, Interval, Place, Status

_SERIAL = count()
_AHEAD = frozenset({Status.PLANNED, Status.EXPECTED, Status.POSSIBLE})
_STANDING = frozenset({"at", "near", "in", "on"})
_HERE = frozenset({"at", "to", "near", "in", "toward"})


class Node(msgspec.Struct, frozen=True, kw_only=True, eq=False):
    """One way of telling a happening and the claims that tell it so."""

    serial: int
    """Number of the node in this process, for remembering comparisons."""
    key: tuple[object, ...]
    kind: Kind
    predicate: str
    roles: dict[str, frozenset[str]]
    """Canonical actors by role."""
    heads: frozenset[str]
    """Head lemmas of unnamed participants."""
    places: dict[str, tuple[Place, ...]]
    """Places by role; where a thing ends up or is ("at", "to", "near", "toward") is one role, "here"."""
    interval: Interval | None
    implied: Interval | None
    status: Status
    background: bool
    claims: tuple[Evidence, ...]
    text_key: str
    """The key as text, for sorting."""

    @property
    def everyone(self) -> frozenset[str]:
        """All named participants."""
        return frozenset(actor for actors in self.roles.values() for actor in actors)

    @property
    def anchors(self) -> tuple[tuple[str, str], ...]:
        """What the node can be found by: its family with each person, thing and place."""
        family = self.kind.family
        keys = sorted(self.everyone) + [f"head:{head}" for head in sorted(self.heads)]
        keys += sorted({place.id for places in self.places.values() for place in places})
        if (
            self.interval is not None
            and self.interval.earliest is not None
            and self.interval.width is not None
            and self.interval.width.days == 0
        ):
            keys.append(f"day:{self.interval.earliest.date()}")
        return tuple((family, key) for key in keys)

    @property
    def specific(self) -> tuple[int, int, int, int]:
        """How much the node pins down: dated, placed, peopled, and in how many sentences told (a repeated page adds none)."""
        bounded = self.interval is not None and self.interval.width is not None and self.interval.width.days <= 1
        dated = 2 if bounded else int(self.interval is not None)
        tellings = len({one.surface for one in self.claims})
        return (dated + min(2, len(self.places)) + min(2, len(self.everyone)), dated, len(self.everyone), tellings)


class Memory:
    """Signatures by claim id, nodes by signature and comparisons by the nodes' numbers, kept between buildings of a story."""

    def __init__(self) -> None:
        self.signatures: dict[str, tuple[object, ...]] = {}
        self.nodes: dict[tuple[object, ...], Node] = {}
        self.matches: dict[tuple[int, int], object] = {}

    def clear(self) -> None:
        """Forgets everything."""
        self.signatures.clear()
        self.nodes.clear()
        self.matches.clear()


def role_group(role: str, kind: Kind) -> str:
    """ "here" for where a thing is or ends up, else the role itself; a departure at a place is one from it."""
    if kind.leaves and role in _STANDING:
        return "from"
    return "here" if role in _HERE else role


def gather(
    evidence: Iterable[Evidence],
    who: Identities,
    decisions: Sequence[Decision] = (),
    memory: Memory | None = None,
) -> list[Node]:
    """Nodes of the claims given, in an order that does not depend on theirs.

    A claim that a user's "different-event" decision names is a node of its own, so that it can be kept apart. ``memory`` holds
    what was worked out before with the same identities.
    """
    memory = memory if memory is not None else Memory()
    apart = {
        subject.removeprefix("event:") for decision in decisions if decision.kind == "different-event" for subject in decision.subjects
    }
    groups: dict[tuple[object, ...], list[Evidence]] = {}
    for one in evidence:
        signature = memory.signatures.get(one.id)
        if signature is None:
            signature = memory.signatures[one.id] = _signature(one, who)
        groups.setdefault((*signature, one.id) if one.id in apart else signature, []).append(one)
    nodes = []
    for key, members in groups.items():
        members.sort(key=lambda one: one.order)
        kept = memory.nodes.get(key)
        if kept is not None and len(kept.claims) == len(members) and all(map(_same, kept.claims, members)):
            nodes.append(kept)
            continue
        first = members[0]
        roles: dict[str, set[str]] = {}
        for role, actor in first.actors:
            roles.setdefault(role, set()).add(who.of(actor))
        places: dict[str, dict[str, Place]] = {}
        for role, place in first.places:
            places.setdefault(role_group(role, first.kind), {})[place.id] = place
        memory.nodes[key] = Node(
            serial=next(_SERIAL),
            key=key,
            kind=first.kind,
            predicate=first.claim.predicate,
            roles={role: frozenset(actors) for role, actors in roles.items()},
            heads=frozenset(head for _, head in first.heads),
            places={role: tuple(found.values()) for role, found in places.items()},
            interval=first.interval,
            implied=first.implied,
            status=first.status,
            background=first.claim.background,
            claims=tuple(members),
            text_key=repr(key),
        )
        nodes.append(memory.nodes[key])
    nodes.sort(key=lambda node: (not (node.places or node.status not in _AHEAD), tuple(-part for part in node.specific), node.text_key))
    return nodes


def _same(one: Evidence, other: Evidence) -> bool:
    return one is other


def _signature(one: Evidence, who: Identities) -> tuple[object, ...]:
    interval = one.interval
    implied = one.implied
    return (
        one.kind.family,
        one.kind.name,
        "" if one.kind.known else f"{one.claim.predicate} {one.surface}",
        tuple(sorted((role, who.of(actor)) for role, actor in one.actors)),
        tuple(sorted({head for _, head in one.heads})),
        tuple(sorted({(role_group(role, one.kind), place.id) for role, place in one.places})),
        None if interval is None else (str(interval.earliest), str(interval.latest)),
        None if implied is None else (str(implied.earliest)[:10], str(implied.latest)[:10]),
        one.status.value,
        one.claim.background,
    )
