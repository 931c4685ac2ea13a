"""What a story's claims of a journey cannot have true together: for the story to flag."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime

from sightline.journeys.feasibility import Infeasible, check
from sightline.journeys.forecast import chosen
from sightline.journeys.grouping import grouped
from sightline.journeys.network import Network
from sightline.journeys.observations import observe
from sightline.journeys.vehicles import Vehicle
from sightline.types import Reading, Story


def infeasible(
    story: Story,
    network: Network | None,
    readings: Sequence[Reading] = (),
    *,
    as_of: datetime | None = None,
    vehicle: str | Vehicle = "armoured-train",
    traveller: str | None = None,
) -> list[Infeasible]:
    """Pairs of claims that ask for more speed than the vehicle has, and claimed durations that the reported ends refute.

    Each comes with the claims and origins behind it. Without ``readings`` only the story's slots are compared.
    """
    at = as_of or story.as_of or datetime(9998, 1, 1, tzinfo=UTC)
    moving = chosen(vehicle, at)
    seen = observe(story, readings, network, as_of=at, vehicle=moving, traveller=traveller)
    return check(grouped(seen.everything, at), seen.network, moving)
