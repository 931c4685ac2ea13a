"""Which slot of an event a place fills, given the kind of happening."""

from __future__ import annotations

from sightline.stories.kinds import Kind

_WHERE = frozenset({"at", "in", "near", "on"})
_ENDS = frozenset({"to", "at", "in", "near", "on"})


def place_slot(role: str, kind: Kind) -> str:
    """ "where", "from", "to" or "via".

    An arrival, a visit or a sighting *is* at the place that it reaches; a departure goes "to" it.
    """
    if kind.leaves and role in _WHERE:
        return "from"
    if role in _ENDS and "at" in kind.fixed_by and "from" not in kind.fixed_by:
        return "where"
    if role in _WHERE:
        return "where"
    if role == "toward":
        return "to"
    return role
