"""Who travels: the actor that a story moves most, and which claims are about it."""

from __future__ import annotations

from collections.abc import Sequence

from sightline.journeys.network import Network
from sightline.journeys.vehicles import Vehicle, vehicles
from sightline.types import Claim, Event, Reading, Story

MOVES = {"departure": 3, "crossing": 3, "passage": 3, "arrival": 2, "travel": 2, "return": 2, "sighting": 1, "stop": 1, "visit": 1}
"""Types of happenings that tell who travels, with their weight."""


def main_traveller(story: Story) -> str | None:
    """The actor who takes part in most of the story's movements, by claims; ``None`` where no one is named."""
    score: dict[str, int] = {}
    for event in story.events:
        weight = MOVES.get(event.type, 0)
        if weight and not event.background:
            for actor in event.participants:
                score[actor] = score.get(actor, 0) + weight * len(event.claims)
    return max(sorted(score), key=lambda actor: score[actor]) if score else None


PRONOUNS = frozenset(["he", "she", "it", "they", "we", "who", "which", "that", "him", "her", "them", "i"])


def concerns(claim: Claim, event: Event, traveller: str | None, vehicle: Vehicle) -> bool:
    """Whether a claim moves the traveller: as an actor in it, by a vehicle of its class, or with no one else named as moving.

    A mover known as another actor, or named by a noun that is neither a vehicle nor a pronoun ("the minister"), is someone else.
    """
    movers = [
        p
        for p in claim.participants
        if p.role in {"agent", "vehicle"} or (p.actor is not None and p.role in {"theme", "companion", "counterpart"})
    ]
    actors = {p.actor for p in movers if p.actor is not None}
    if traveller is None or traveller in actors:
        return True
    if event.type == "meeting" or actors - {traveller}:
        # Someone else's vehicle is no vehicle of ours; the train that carries the traveller often has no actor at all.
        return False
    return all(_last_word(p.head) in vehicle.nouns or p.head in PRONOUNS for p in movers)


USUAL = {"rail": "armoured-train", "road": "road-column", "sea": "ship", "air": "aircraft"}
"""Class taken for each mode of way where nothing tells."""


def likely_vehicle(readings: Sequence[Reading], network: Network | None) -> str:
    """The class of the vehicle table that the reports' nouns name most among those that can use the network; else the usual one of its mode.

    Classes that share a noun ("train") go by the table's order.
    """
    modes: dict[str, float] = {}
    for line in network.lines if network is not None else ():
        modes[line.mode] = modes.get(line.mode, 0.0) + line.km
    heads: dict[str, int] = {}
    for reading in readings:
        for claim in reading.claims:
            for participant in claim.participants:
                if participant.role in {"agent", "theme", "vehicle"} and claim.type in MOVES:
                    heads[_last_word(participant.head)] = heads.get(_last_word(participant.head), 0) + 1
    usable = {name: v for name, v in vehicles().items() if not modes or v.mode in modes}
    score = {name: sum(heads.get(noun, 0) for noun in v.nouns) for name, v in usable.items()}
    best = max(score, key=lambda name: score[name], default=None)
    if best is not None and score[best] > 0:
        return best
    return USUAL.get(max(sorted(modes), key=lambda m: modes[m]), "armoured-train") if modes else "armoured-train"


def _last_word(head: str) -> str:
    return head.rsplit(maxsplit=1)[-1] if head.split() else head
