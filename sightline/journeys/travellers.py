"""Who travels: the actor that a story moves most, and which claims are about it."""

from __future__ import annotations

from sightline.journeys.vehicles import Vehicle
from sightline.types import Claim, Event, Story

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


def concerns(claim: Claim, event: Event, traveller: str | None, vehicle: Vehicle) -> bool:
    """Whether a claim moves the traveller: as its agent or theme, or by a vehicle of its class with no other actor in it."""
    movers = [p for p in claim.participants if p.role in {"agent", "theme", "vehicle", "companion", "counterpart"}]
    actors = {p.actor for p in movers if p.actor is not None}
    if traveller is None or traveller in actors:
        return True
    if any(p.head in vehicle.nouns for p in movers if p.role in {"agent", "theme", "vehicle"}):
        return not {p.actor for p in movers if p.role == "agent" and p.head not in vehicle.nouns} - {traveller, None}
    return not actors and traveller in event.participants
