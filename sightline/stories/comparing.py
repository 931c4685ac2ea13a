"""How two tellings of a happening compare: on kind, people by role, places and times.

A hard conflict in any part (two different travellers, a departure from elsewhere, dates too far apart) keeps two tellings apart
whatever the rest.
"""

from __future__ import annotations

from datetime import timedelta

import msgspec

from sightline.stories.clock import gap, width
from sightline.stories.geography import Relation, relate
from sightline.stories.hands import other_hands
from sightline.stories.linking import load_linker
from sightline.stories.means import means_of
from sightline.stories.mentions import mention_of
from sightline.stories.nodes import Node
from sightline.types import Interval, Status

SYMMETRIC = frozenset({"meeting", "agreement"})
DAYS_AGREE = frozenset({"same day", "same minute"})
_MINUTES = timedelta(minutes=15)
"""Clock times no further apart than this are one moment told by two watches."""
_HOURS = timedelta(hours=3)
_LIKE = 0.25
"""Likeness of two reports that just belong to one story."""
_BY_WAY = frozenset({"crossing", "passage"})
_SIDE_ROLES = ("theme", "recipient", "counterpart")
_DAY = timedelta(days=1)


class Match(msgspec.Struct, frozen=True):
    """How two tellings compare; ``conflict`` names what keeps them apart."""

    score: float
    reasons: tuple[str, ...] = ()
    conflict: str | None = None


def compare(one: Node, other: Node) -> Match:
    """Scores two tellings of a family; the parts are documented in ``docs/stories.md``."""
    if one.kind.family != other.kind.family:
        return Match(0.0, (), "kind")
    if not one.kind.known and not _linked(one, other):
        return Match(0.0, (), "the words around")
    if one.kind.moves and (apart := _ways(one, other)) is not None:
        return Match(0.0, (), apart)
    if "control" in (one.kind.name, other.kind.name) and other_hands(one.claims[0].claim, other.claims[0].claim):
        return Match(0.0, (), "in other hands")
    score, reasons = 1.0, ["same kind"]
    for part in (_people, _places, _times):
        found = part(one, other)
        if found.conflict is not None:
            return found
        score += found.score
        reasons.extend(found.reasons)
    if "place within the country" in reasons and not DAYS_AGREE & set(reasons):
        return Match(0.0)
    placed = "same place" in reasons or "near place" in reasons or not one.kind.fixed_by
    if one.kind.once and "same people" in reasons and placed:
        score += 0.7
    if one.kind.moves and one.places and other.places and not one.places.keys() & other.places.keys():
        # Away from here and a stay there may be two ways: only what else agrees can make them one.
        score -= 2.5
    if (
        one.kind.family in _BY_WAY
        and one.places
        and other.places
        and not one.places.keys() & other.places.keys()
        and "same people" not in reasons
    ):
        # Over a bridge at noon and into the country that day can be two crossings.
        score -= 1.5
    if one.background != other.background and (one.interval is None or other.interval is None):
        return Match(0.0, (), "news against earlier history")
    return Match(score, tuple(reasons))


def _linked(one: Node, other: Node) -> bool:
    """For a kind that no table describes: whether the two tellings are of one thing, and the trained linker takes them for one happening."""
    if one.heads and other.heads and not one.heads & other.heads:
        return False
    linker = load_linker()
    first, second = (mention_of(node.claims[0].claim, node.claims[0].surface) for node in (one, other))
    return linker.probability(first, second, _LIKE) >= linker.joined


def _people(one: Node, other: Node) -> Match:
    if one.kind.family in SYMMETRIC:
        mine, theirs = one.everyone, other.everyone
        shared = mine & theirs
        if mine and theirs and (not shared or (len(mine) > 1 and len(theirs) > 1 and len(shared) < 2)):
            return Match(0.0, (), "people")
        if len(shared) > 1:
            return Match(3.0, ("same people",))
        return Match(1.5, ("one of the people",)) if shared else Match(0.0)
    mine, theirs = _movers(one), _movers(other)
    score, reasons = 0.0, []
    if mine and theirs:
        if not mine & theirs:
            return Match(0.0, (), "people")
        score, reasons = 2.0, ["same people"]
    for role in _SIDE_ROLES[1:] if one.kind.moves or one.kind.undergone else _SIDE_ROLES:
        mine, theirs = one.roles.get(role, frozenset()), other.roles.get(role, frozenset())
        if mine and theirs:
            if not mine & theirs:
                return Match(0.0, (), role)
            score += 1.0 if score else 1.5
            reasons.append("same people" if reasons else "same other side")
    if not reasons and one.heads & other.heads:
        score, reasons = 1.0, ["same thing"]
    return Match(score, tuple(reasons))


def _movers(node: Node) -> frozenset[str]:
    """Who does it; of a movement also who is moved, where nobody else is said to move; of an arrest or a verdict whose it is."""
    agents = node.roles.get("agent", frozenset())
    if node.kind.undergone:
        return node.roles.get("theme", frozenset())
    return agents or (node.roles.get("theme", frozenset()) if node.kind.moves else frozenset())


def _ways(one: Node, other: Node) -> str | None:
    """What keeps two ways apart: there and back again, or a flight and a ride between places that are not the same."""
    there, back = ({role: {place.id for place in places} for role, places in node.places.items()} for node in (one, other))
    for first, second in ((there, back), (back, there)):
        if first.get("from", set()) & second.get("here", set()) and not first.get("here", set()) & second.get("here", set()):
            return "the other way"
    means = [set(means_of(node.claims[0].claim)) for node in (one, other)]
    if all(means) and not means[0] & means[1] and there and back:
        shared = any(there[role] & back[role] for role in there.keys() & back.keys())
        return None if shared else "means"
    return None


def _places(one: Node, other: Node) -> Match:
    score, reasons = 0.0, []
    fixed = {"here" if role in ("at", "to", "near") else role for role in one.kind.fixed_by}
    for role in sorted(one.places.keys() & other.places.keys()):
        relations = [relate(mine, theirs) for mine in one.places[role] for theirs in other.places[role]]
        if Relation.SAME in relations:
            score += 2.0 if fixed else 1.0
            reasons.append("same place")
        elif Relation.NEAR in relations:
            score += 1.5 if fixed else 1.0
            reasons.append("near place")
        elif Relation.WITHIN in relations or Relation.HOLDS in relations:
            wide = any(place.kind in ("country", "continent") for node in (one, other) for place in node.places[role])
            score += 0.0 if wide else 1.0
            reasons.append("place within the country" if wide and role in fixed else "place within the other")
        elif Relation.APART in relations:
            if role in fixed:
                return Match(0.0, (), f"place ({role})")
            score -= 1.0
            reasons.append("rival places")
    return Match(min(score, 3.0), tuple(reasons))


def _times(one: Node, other: Node) -> Match:
    mine, theirs = one.interval, other.interval
    allowed = timedelta(days=one.kind.gap_days)
    if mine is not None and theirs is not None:
        apart = gap(mine, theirs)
        if apart <= _MINUTES and max(width(mine), width(theirs)) <= _MINUTES:
            return Match(2.5, ("same minute",))
        if timedelta(0) < apart <= _HOURS and max(width(mine), width(theirs)) <= _HOURS:
            return Match(1.0, ("times close",))
        if apart > timedelta(0):
            ahead = one.status is not other.status and Status.HAPPENED in (one.status, other.status)
            if apart > allowed + (_DAY if ahead else timedelta(0)):
                return Match(0.0, (), "time")
            return Match(0.0 if ahead and apart <= _DAY and _fits_the_plan(one, other) else -0.5, ("times close",))
        if not _bounded(mine) or not _bounded(theirs):
            return Match(0.3, ("times open",))
        widest = max(width(mine), width(theirs))
        return Match(2.0, ("same day",)) if widest <= _DAY else Match(1.0 if widest <= 8 * _DAY else 0.3, ("times agree",))
    mine, theirs = mine or one.implied, theirs or other.implied
    if mine is None or theirs is None:
        return Match(-0.2)
    apart = gap(mine, theirs)
    if apart > allowed:
        return Match(0.0, (), "time")
    return Match(0.3, ("times possible",))


def _fits_the_plan(one: Node, other: Node) -> bool:
    """Whether what happened, a day off, is where it was expected, if the plan names a place at all."""
    plan, fact = (other, one) if one.status is Status.HAPPENED else (one, other)
    return not plan.places or bool(fact.places)


def _bounded(interval: Interval) -> bool:
    return interval.earliest is not None and interval.latest is not None
