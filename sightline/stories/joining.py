"""Which claims of several reports are one happening.

The most specific tellings come first, each to the happening that it fits best; what is not sure enough is recorded as possibly the same.
Every join is a decision with the rule's version; decisions of a user have the last word.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

import msgspec

from sightline.stories.clock import NEVER
from sightline.stories.comparing import DAYS_AGREE, SYMMETRIC, Match, compare
from sightline.stories.incidents import attachments
from sightline.stories.nodes import Memory, Node
from sightline.types import Decision, Status

RULE = "stories.joining/1"
SAME = 4.0
"""Score from which two tellings are one happening."""
POSSIBLE = 3.0
"""Score from which they may be; enough alone where there is no second candidate."""
_PROFILES = 10
_FACT = frozenset({Status.HAPPENED, Status.UNDER_WAY})
_DAY = timedelta(days=1)


class Cluster(msgspec.Struct, kw_only=True):
    """The tellings of one happening, the one that pins down most first."""

    nodes: list[Node]
    merges: list[Decision] = []
    possibly: set[str] = set()

    @property
    def anchor(self) -> str:
        """Id of the claim that the happening is known by: the first claim of it that became known."""
        return min(one.order for node in self.nodes for one in node.claims)[3]


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
    _attach_incidents(clusters, home, apart, matches)
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


def _attach_incidents(
    clusters: list[Cluster], home: dict[str, int], apart: list[frozenset[str]], known: dict[tuple[int, int], object]
) -> None:
    """Tellings of an incident that names nobody, as :func:`sightline.stories.incidents.attachments` finds them."""
    for position, other in attachments([cluster.nodes for cluster in clusters]):
        nodes = clusters[position].nodes
        if any(_kept_apart(one, clusters[other], apart) for one in nodes):
            continue
        for one in nodes:
            clusters[other].merges.append(_record(clusters[other].nodes[0], one, _fit(one, clusters[other], known), "one incident"))
            home.update((piece.id, other) for piece in one.claims)
        clusters[other].nodes.extend(nodes)
        clusters[other].merges.extend(clusters[position].merges)
        clusters[position] = Cluster(nodes=[], merges=[], possibly=set())


def _timely(node: Node, match: Match) -> bool:
    """Whether the times speak for the two being one, where the telling has any time at all."""
    if node.interval is None and node.implied is None:
        return True
    return any(reason.startswith("times") or reason in DAYS_AGREE for reason in match.reasons)


def _placed_with(node: Node, cluster: Cluster, match: Match) -> bool:
    """Whether a telling of a kind that its place makes is at the other's place, or one of the two is at none."""
    if not node.kind.fixed_by or not node.places or not any(member.places for member in cluster.nodes):
        return True
    return any(reason in match.reasons for reason in ("same place", "near place", "place within the other", "place within the country"))


def _is_bare(nodes: Sequence[Node]) -> bool:
    """Whether tellings name too few people to say which happening it is; an amount of them may know only one side of a meeting."""
    most = 1 if nodes and nodes[0].kind.family in SYMMETRIC else 0
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
