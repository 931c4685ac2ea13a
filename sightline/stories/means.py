"""By what means a traveller goes, from the words of one claim."""

from __future__ import annotations

from sightline.types import Claim

_MEANS = {
    "by air": frozenset(["plane", "aircraft", "jet", "helicopter", "airplane", "airliner", "fly", "flight"]),
    "by rail": frozenset(["train", "railway", "locomotive", "carriage"]),
    "by sea": frozenset(["ship", "boat", "ferry", "yacht", "sail", "vessel"]),
    "by road": frozenset(["car", "bus", "motorcade", "convoy", "limousine", "truck", "drive"]),
}


def means_of(claim: Claim) -> tuple[str, ...]:
    """By what means a claim has its traveller go ("by rail"), from the vehicle or the verb."""
    words = {
        participant.head for participant in claim.participants if participant.role in ("vehicle", "agent") and participant.actor is None
    }
    return tuple(means for means, names in _MEANS.items() if words & names or claim.predicate in names)
