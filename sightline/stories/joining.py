"""Which claims of several reports are one happening.

Two tellings are compared on kind, people by role, places and time; a hard conflict in any (two different travellers, a departure
from elsewhere, dates too far apart) keeps them apart whatever the rest. What is not sure enough is recorded as possibly the same.
Decisions of a user have the last word.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

import msgspec

from sightline.stories.clock import NEVER, gap, width
from sightline.stories.geography import Relation, relate
from sightline.stories.linking import load_linker, mention_of
from sightline.stories.nodes import Memory, Node
from sightline.types import Decision, Interval, Status

RULE = "stories.joining/1"
SAME = 4.0
"""Score from which two tellings are one happening."""
POSSIBLE = 3.0
"""Score from which they may be; enough alone where there is no second candidate."""
_PROFILES = 10
_SYMMETRIC = frozenset({"meeting", "agreement"})
_FACT = frozenset({Status.HAPPENED, Status.UNDER_WAY})
_DAYS_AGREE = frozenset({"same day", "same minute"})
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


class Cluster(msgspec.Struct, kw_only=True):
    """The tellings of one happening, the one that pins down most first."""

    nodes: list[Node]
    merges: list[Decision] = []
    possibly: set[str] = set()

    @property
    def anchor(self) -> str:
        """Id of the claim that the happening is known by: the first claim of it that became known."""
        return min(one.order for node in self.nodes for one in node.claims)[3]


def compare(one: Node, other: Node) -> Match:
    """Scores two tellings of a family; the parts are documented in ``docs/stories.md``."""
    if one.kind.family != other.kind.family:
        return Match(0.0, (), "kind")
    if not one.kind.known and not _linked(one, other):
        return Match(0.0, (), "the words around")
    score, reasons = 1.0, ["same kind"]
    for part in (_people, _places, _times):
        found = part(one, other)
        if found.conflict is not None:
            return found
        score += found.score
        reasons.extend(found.reasons)
    if "place within the country" in reasons and not _DAYS_AGREE & set(reasons):
        return Match(0.0)
    placed = "same place" in reasons or "near place" in reasons or not one.kind.fixed_by
    if one.kind.once and "same people" in reasons and placed:
        score += 0.7
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
    """For a kind that no table describes: whether the trained linker takes the two tellings for one happening."""
    linker = load_linker()
    first, second = (
        mention_of(node.claims[0].report, node.predicate, node.claims[0].surface, tuple(sorted(node.heads))) for node in (one, other)
    )
    return linker.probability(first, second, _LIKE) >= linker.threshold


def _people(one: Node, other: Node) -> Match:
    if one.kind.family in _SYMMETRIC:
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
    for role in _SIDE_ROLES[1:] if one.kind.moves else _SIDE_ROLES:
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
    """Who does it; of a movement also who is moved, where nobody else is said to move."""
    agents = node.roles.get("agent", frozenset())
    return agents or (node.roles.get("theme", frozenset()) if node.kind.moves else frozenset())


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
            return Match(-0.5, ("times close",))
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


def _bounded(interval: Interval) -> bool:
    return interval.earliest is not None and interval.latest is not None


def join(nodes: Sequence[Node], decisions: Sequence[Decision] = (), memory: Memory | None = None) -> list[Cluster]:
    """Clusters nodes into happenings: the most specific first, each to the one it fits best, in an order that is the nodes' own."""
    together, apart = _user_links(decisions)
    matches = memory.matches if memory is not None else {}
    clusters: list[Cluster] = []
    found_by: dict[tuple[str, str], list[int]] = {}
    home: dict[str, int] = {}
    for node in nodes:
        near = sorted({index for anchor in node.anchors for index in found_by.get(anchor, ())})
        rated = []
        for index in near:
            if _kept_apart(node, clusters[index], apart):
                continue
            match = _fit(node, clusters[index], matches)
            if match.conflict is None and match.score >= POSSIBLE:
                rated.append((match.score, -index, match))
        rated.sort(key=lambda item: (-item[0], -item[1]))
        target = _choose(rated)
        if target is None:
            clusters.append(Cluster(nodes=[node], merges=[], possibly=set()))
            position = len(clusters) - 1
            clusters[position].possibly.update(clusters[-item[1]].nodes[0].claims[0].id for item in rated)
        else:
            position = target[0]
            clusters[position].merges.append(_record(clusters[position].nodes[0], node, target[1]))
            clusters[position].nodes.append(node)
        for anchor in node.anchors:
            places = found_by.setdefault(anchor, [])
            if not places or places[-1] != position:
                places.append(position)
        home.update((one.id, position) for one in node.claims)
    _attach_bare(clusters, home, apart, matches)
    return _obey(clusters, home, together)


def _attach_bare(clusters: list[Cluster], home: dict[str, int], apart: list[frozenset[str]], known: dict[tuple[int, int], object]) -> None:
    """Tellings that name nobody ("the summit", "the train crossed") go to the one happening of their kind that the report, or the story
    at large, speaks of: the only one in their reports, or one told by three times as many reports as any other that they could be."""
    reports = [{one.report for node in cluster.nodes for one in node.claims} for cluster in clusters]
    families: dict[str, list[int]] = {}
    for position, cluster in enumerate(clusters):
        if not _is_bare(cluster.nodes):
            families.setdefault(cluster.nodes[0].kind.family, []).append(position)
    for position, cluster in enumerate(clusters):
        node = cluster.nodes[0]
        if not _is_bare(cluster.nodes) or not node.kind.once or node.background:
            continue
        fitting = []
        for other in families.get(node.kind.family, ()):
            if any(_kept_apart(one, clusters[other], apart) for one in cluster.nodes):
                continue
            matches = [_fit(one, clusters[other], known) for one in cluster.nodes]
            rivals = any(one.status in _FACT and "rival places" in match.reasons for one, match in zip(cluster.nodes, matches))
            if not rivals and all(
                match.conflict is None and _timely(one, match) and _placed_with(one, clusters[other], match)
                for one, match in zip(cluster.nodes, matches)
            ):
                tellings = len({one.surface for node in clusters[other].nodes for one in node.claims})
                fitting.append((len(reports[position] & reports[other]), tellings, -other, matches[0]))
        target = _standing_out(fitting)
        if target is not None:
            other, match = -target[2], target[3]
            for one in cluster.nodes:
                clusters[other].merges.append(_record(clusters[other].nodes[0], one, match, "the happening spoken of"))
                home.update((piece.id, other) for piece in one.claims)
            clusters[other].nodes.extend(cluster.nodes)
            clusters[other].merges.extend(cluster.merges)
            clusters[position] = Cluster(nodes=[], merges=[], possibly=set())


def _timely(node: Node, match: Match) -> bool:
    """Whether the times speak for the two being one, where the telling has any time at all."""
    if node.interval is None and node.implied is None:
        return True
    return any(reason.startswith("times") or reason in _DAYS_AGREE for reason in match.reasons)


def _placed_with(node: Node, cluster: Cluster, match: Match) -> bool:
    """Whether a telling of a kind that its place makes is at the other's place, or one of the two is at none."""
    if not node.kind.fixed_by or not node.places or not any(member.places for member in cluster.nodes):
        return True
    return any(reason in match.reasons for reason in ("same place", "near place", "place within the other", "place within the country"))


def _is_bare(nodes: Sequence[Node]) -> bool:
    """Whether tellings name too few people to say which happening it is; an amount of them may know only one side of a meeting."""
    most = 1 if nodes and nodes[0].kind.family in _SYMMETRIC else 0
    return all(len(node.everyone) <= most for node in nodes)


def _standing_out(fitting: list[tuple[int, int, int, Match]]) -> tuple[int, int, int, Match] | None:
    fitting.sort(key=lambda item: (-item[0], -item[1], -item[2]))
    if not fitting:
        return None
    here = [item for item in fitting if item[0]]
    if len(here) == 1:
        return here[0]
    ranked = sorted(fitting, key=lambda item: (-item[1], -item[2]))
    if ranked[0][1] >= 2 and (len(ranked) == 1 or ranked[0][1] >= 3 * ranked[1][1]):
        return ranked[0]
    return None


def _fit(node: Node, cluster: Cluster, known: dict[tuple[int, int], object]) -> Match:
    best = Match(0.0)
    for member in cluster.nodes[:_PROFILES]:
        key = (node.serial, member.serial)
        match = known.get(key)
        if not isinstance(match, Match):
            match = known[key] = compare(node, member)
        if match.conflict is not None:
            return match
        if match.score > best.score:
            best = match
    return best


def _choose(rated: list[tuple[float, int, Match]]) -> tuple[int, Match] | None:
    if not rated:
        return None
    score, index, match = rated[0]
    if score >= SAME:
        return -index, match
    if len(rated) == 1 and ("same people" in match.reasons or "same minute" in match.reasons):
        return -index, msgspec.structs.replace(match, reasons=(*match.reasons, "the only candidate"))
    return None


def _record(first: Node, joined: Node, match: Match, why: str | None = None) -> Decision:
    subjects = (first.claims[0].id, joined.claims[0].id)
    known = [node.claims[0].known for node in (first, joined)]
    at = max((instant for instant in known if instant is not None), default=NEVER)
    return Decision(
        id=f"{RULE}:{subjects[0]}={subjects[1]}",
        kind="same-event",
        subjects=subjects,
        at=at,
        by=RULE,
        note=", ".join(dict.fromkeys((*match.reasons, why) if why else match.reasons)),
    )


def active(decisions: Sequence[Decision], as_of: datetime | None = None) -> list[Decision]:
    """Decisions that hold at an instant, in order: those that a later "undo" names are left out."""
    taken = sorted((one for one in decisions if as_of is None or one.at <= as_of), key=lambda one: (one.at, one.id))
    undone = {subject for one in taken if one.kind == "undo" for subject in one.subjects}
    return [one for one in taken if one.id not in undone and one.kind != "undo"]


def claim_of(subject: str) -> str:
    """The claim that a decision's subject stands for: an event is known by its first claim."""
    return subject.removeprefix("event:")


def _user_links(decisions: Sequence[Decision]) -> tuple[list[tuple[str, ...]], list[frozenset[str]]]:
    together, apart = [], []
    for decision in decisions:
        subjects = tuple(claim_of(subject) for subject in decision.subjects)
        if decision.kind == "same-event":
            together.append(subjects)
        elif decision.kind == "different-event":
            apart.append(frozenset(subjects))
    return together, apart


def _kept_apart(node: Node, cluster: Cluster, apart: list[frozenset[str]]) -> bool:
    if not apart:
        return False
    mine = {one.id for one in node.claims}
    theirs = {one.id for member in cluster.nodes for one in member.claims}
    return any(pair & mine and (pair & theirs) - mine for pair in apart)


def _obey(clusters: list[Cluster], home: dict[str, int], together: list[tuple[str, ...]]) -> list[Cluster]:
    for subjects in together:
        positions = sorted({home[subject] for subject in subjects if subject in home})
        for position in positions[1:]:
            first = positions[0]
            clusters[first].nodes.extend(clusters[position].nodes)
            clusters[first].merges.extend(clusters[position].merges)
            clusters[position] = Cluster(nodes=[], merges=[], possibly=set())
            home.update((claim, first) for claim, place in list(home.items()) if place == position)
    return [cluster for cluster in clusters if cluster.nodes]
