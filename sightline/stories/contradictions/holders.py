"""Who holds a place: two sides that each say, at one time, that it is in other hands."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta
from itertools import combinations

from sightline.stories.contradictions.scene import FACT, Finding, Scene, certain, ids, names, sides, speakers
from sightline.stories.events import Assembled
from sightline.stories.hands import hands, holder_of
from sightline.stories.origins import Sourced
from sightline.types import ContradictionType

_OWN = re.compile(r"^(?:its|our|their|his)\b", re.IGNORECASE)
_AT_ONCE = timedelta(hours=36)


def find(scene: Scene) -> list[Finding]:
    """Each pair of claims that one place is held, by two holders and in the words of two sides, that came out within a day and a half."""
    held = [(item, one) for item in scene.events for one in _claims(item)]
    found = []
    seen: set[frozenset[str]] = set()
    for (item, one), (_, other) in combinations(held, 2):
        pair = frozenset((one.voice.key, other.voice.key))
        if pair in seen or not _rivals(scene, one, other):
            continue
        seen.add(pair)
        first, second = holder_of(one.evidence.claim), holder_of(other.evidence.claim)
        found.append(
            Finding(
                type=ContradictionType.DIRECT,
                event=item.event.id,
                slot="who",
                values=(first.text if first else "", second.text if second else ""),
                claims=(ids([one]), ids([other])),
                explanation=f"Who holds it: {names([one])} says {first.text if first else ''}, {names([other])} says {second.text if second else ''}.",
                confidence=0.65,
                flag="disputed",
            )
        )
    return found


def _claims(item: Assembled) -> Iterator[Sourced]:
    if item.kind.family == "capture" and not item.event.background:
        yield from (
            one
            for one in item.members
            if one.evidence.kind.name == "control" and one.evidence.status.value in FACT and holder_of(one.evidence.claim) is not None
        )


def _rivals(scene: Scene, one: Sourced, other: Sourced) -> bool:
    """Whether two claims name one ground, two holders and two sides at about one time."""
    if one.evidence.known is None or other.evidence.known is None or abs(one.evidence.known - other.evidence.known) > _AT_ONCE:
        return False
    apart = sides([one]) and sides([other]) and not sides([one]) & sides([other])
    strangers = not (sides([one]) and sides([other])) and speakers([one]) and speakers([other]) and not speakers([one]) & speakers([other])
    if not (apart or strangers) or not certain([one]) or not certain([other]):
        return False
    return _same_ground(one, other) and _two_holders(scene, one, other)


def _same_ground(one: Sourced, other: Sourced) -> bool:
    mine, theirs = ({place.id for _, place in each.evidence.places} for each in (one, other))
    if mine and theirs:
        return bool(mine & theirs)
    first, second = ({part.head for part in each.evidence.claim.participants if part.role == "theme"} for each in (one, other))
    return bool(first & second)


def _two_holders(scene: Scene, one: Sourced, other: Sourced) -> bool:
    mine, theirs = _side(scene, one), _side(scene, other)
    if mine and theirs:
        return mine != theirs
    first, second = hands(one.evidence.claim), hands(other.evidence.claim)
    return bool(first) and bool(second) and not first & second


def _side(scene: Scene, one: Sourced) -> str | None:
    """The party of the holder; "our troops" are the speaker's."""
    holder = holder_of(one.evidence.claim)
    if holder is None:
        return None
    if holder.actor is not None and (party := scene.who.party(holder.actor)) is not None:
        return party
    return one.voice.party if _OWN.match(holder.text) else None
