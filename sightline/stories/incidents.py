"""Happenings that name nobody (a fire, an earthquake, an outage, a toll): which tellings of a story are one.

The rules of :mod:`sightline.stories.comparing` need people; of an incident most reports name none. Here the same kind on the same day
or at the same place of one story is one incident where nothing keeps the two apart and there is no second candidate; a mere noun ("the
blaze") is the incident that its report tells of; and those killed or hurt belong together where one incident did it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

import msgspec

from sightline.stories.clock import local_day
from sightline.stories.comparing import compare
from sightline.stories.geography import Relation, relate
from sightline.stories.kinds import Kind
from sightline.stories.nodes import Node
from sightline.stories.things import sorts
from sightline.types import Claim, Place, Polarity, Status

_TOLD = frozenset({Status.HAPPENED, Status.UNDER_WAY, Status.DENIED})
_ANYBODY = frozenset({"people", "person", "other", "victim", "dead", "casualty", "one", "toll", "life", "body"})
_TOGETHER = frozenset({Relation.SAME, Relation.NEAR, Relation.WITHIN, Relation.HOLDS})
_NAME = re.compile(r"(?:[Tt]he )?[A-Z][\w'’-]*(?: [A-Z][\w'’-]*)+$")
Sentence = tuple[str, int]


class Profile(msgspec.Struct, frozen=True):
    """What the tellings of one cluster say that could keep it apart from another, or speak for the two being one."""

    days: frozenset[str]
    places: tuple[Place, ...]
    things: frozenset[str]
    """What it happened to, by what sort of thing it is ("ship" for a vessel or a tanker)."""
    names: frozenset[str]
    """Names of what it happened to that no table knows ("Galaxy Leader")."""
    people: frozenset[str]
    reports: frozenset[str]
    sentences: frozenset[Sentence]
    amounts: frozenset[tuple[str, float]]
    """Counts with the report that gives each."""
    noun: bool
    """Told by a mere noun."""
    again: bool = False
    """Told as one more of its kind ("a fresh tremor", "an aftershock")."""

    @property
    def anchored(self) -> bool:
        """Whether it has a day or a place."""
        return bool(self.days or self.places)


def profile(nodes: Sequence[Node]) -> Profile:
    """The profile of some tellings."""
    kind = nodes[0].kind
    claims = [one for node in nodes for one in node.claims]
    days = {day for node in nodes if node.interval is not None and (day := local_day(node.interval)) is not None}
    places = {place.id: place for node in nodes for held in node.places.values() for place in held}
    struck = [part for one in claims for part in one.claim.participants if part.role in ("theme", "agent") and part.actor is None]
    named = {part.text.removeprefix("the ").lower() for part in struck if _NAME.match(part.text)}
    things = {head for one in claims for role, head in one.heads if role in ("theme", "agent") and head not in kind.nouns}
    things -= {part.head for part in struck if _NAME.match(part.text)}
    return Profile(
        days=frozenset(days),
        places=tuple(places[key] for key in sorted(places)),
        things=frozenset(sorts().get(thing, thing) for thing in things - _ANYBODY),
        names=frozenset(named),
        people=frozenset(actor for node in nodes for actor in node.everyone),
        reports=frozenset(one.report for one in claims),
        sentences=frozenset((one.report, one.claim.sentence.start) for one in claims),
        amounts=frozenset((one.report, amount.low) for one in claims for amount in one.claim.quantities if amount.dimension == "count"),
        noun=all(node.predicate in kind.nouns for node in nodes),
        again=any(_is_another(one.claim, one.surface, kind) for one in claims),
    )


def _is_another(claim: Claim, surface: str, kind: Kind) -> bool:
    """Whether the words before the happening's noun, its own or its subject's, set it beside an earlier one of its kind."""
    base = claim.sentence.start
    starts = [claim.trigger.start - base]
    starts += [part.span.start - base + part.text.lower().rfind(part.head) for part in claim.participants if part.head in kind.nouns]
    return any(_ANOTHER.search(surface[: max(start, 0)]) for start in starts) or claim.predicate == "aftershock"


_ANOTHER = re.compile(
    r"\b(?:a|an)\s+(?:\w+\s+)?(?:fresh|new|further|separate|second|third|fourth|subsequent|later|additional|different)\s+(?:[\w.-]+\s+){0,2}$"
    r"|\banother\s+(?:[\w.-]+\s+){0,2}$|\baftershock\b",
    re.IGNORECASE,
)


def presupposes(claim: Claim, surface: str, kind: Kind) -> bool:
    """Whether a claim only mentions the happening in passing ("called the damage absurd"), which vouches for nothing.

    A noun that is confirmed, denied or has a verb of its own is told, not mentioned.
    """
    if claim.predicate not in kind.nouns or claim.certainty.polarity is Polarity.NEGATIVE:
        return False
    start, end = claim.trigger.start - claim.sentence.start, claim.trigger.end - claim.sentence.start
    if _PREDICATED.match(surface[end:]) or not _DEFINITE.search(surface[:start]):
        return False
    return _CONFIRMED.search(surface[:start]) is None


_DEFINITE = re.compile(r"\b(?:the|this|that|its|in an?|after an?|by an?|of an?)\s+(?:[\w'’-]+\s+){0,2}$", re.IGNORECASE)
_CONFIRMED = re.compile(r"\bconfirm\w*\s+(?:[\w'’-]+\s+){0,3}$", re.IGNORECASE)
_PREDICATED = re.compile(
    r"\s+(?:has|have|had|is|are|was|were|swept|broke|struck|hit|shook|began|tore|rose|fell|happened|occurred|killed|injured)\b"
)


def attachments(clusters: Sequence[Sequence[Node]]) -> list[tuple[int, int]]:
    """Pairs (which, to which) of clusters to be joined, in order; the second is one that goes nowhere itself.

    Incidents come first, then what they did to people, by the sentences in which both are told.
    """
    found: list[tuple[int, int]] = []
    groups: dict[str, list[int]] = {}
    for position, nodes in enumerate(clusters):
        if nodes and nodes[0].kind.incident and all(node.status in _TOLD for node in nodes):
            groups.setdefault(nodes[0].kind.family, []).append(position)
    profiles = {position: profile(clusters[position]) for members in groups.values() for position in members}
    causes: Causes | None = None
    for toll in (False, True):
        for family in sorted(groups):
            if clusters[groups[family][0]][0].kind.toll is toll:
                found += _within(groups[family], clusters, profiles, causes if toll else None)
        if not toll:
            causes = _causes(clusters, profiles, dict(found))
    return found


class Causes(msgspec.Struct, frozen=True):
    """Which incidents can have killed or hurt those of a telling: of its sentence, else of its report, else of the story."""

    by_sentence: dict[Sentence, set[int]]
    by_report: dict[str, set[int]]
    main: int | None
    """The incident that most reports tell of, if twice as many as of any other of its kind or more."""

    def of(self, told: Profile) -> set[int]:
        """The incidents behind a toll."""
        here = {cause for sentence in told.sentences for cause in self.by_sentence.get(sentence, ())}
        if here:
            return here
        around = {cause for report in told.reports for cause in self.by_report.get(report, ())}
        return around or ({self.main} if self.main is not None else set())


def _causes(clusters: Sequence[Sequence[Node]], profiles: Mapping[int, Profile], target: Mapping[int, int]) -> Causes:
    by_sentence: dict[Sentence, set[int]] = {}
    by_report: dict[str, set[int]] = {}
    reports: dict[int, set[str]] = {}
    for position, told in profiles.items():
        if clusters[position][0].kind.toll:
            continue
        home = target.get(position, position)
        for sentence in told.sentences:
            by_sentence.setdefault(sentence, set()).add(home)
        kind = clusters[position][0].kind
        if told.again or not kind.deadly or all(node.background for node in clusters[position]):
            continue
        reports.setdefault(home, set()).update(told.reports)
        for report in told.reports:
            by_report.setdefault(report, set()).add(home)
    ranked = sorted(reports, key=lambda home: (-len(reports[home]), home))
    rivals = [home for home in ranked[1:] if clusters[home][0].kind.family == clusters[ranked[0]][0].kind.family]
    clear = bool(ranked) and all(2 * len(reports[home]) <= len(reports[ranked[0]]) for home in rivals)
    return Causes(by_sentence, by_report, ranked[0] if clear and len(reports[ranked[0]]) > 1 else None)


def _within(
    members: Sequence[int],
    clusters: Sequence[Sequence[Node]],
    profiles: Mapping[int, Profile],
    causes: Causes | None,
) -> list[tuple[int, int]]:
    order = sorted(members, key=lambda position: (profiles[position].noun, not profiles[position].anchored, position))
    behind = {position: causes.of(profiles[position]) for position in members} if causes is not None else {}
    homes: dict[int, list[int]] = {}
    found = []
    for position in order:
        fitting = [
            home
            for home, held in homes.items()
            if all(_agree(profiles[position], profiles[other], clusters[position], clusters[other]) for other in held)
            and any(_speaks_for(profiles[position], profiles[other], behind.get(position), behind.get(other)) for other in held)
        ]
        here = [home for home in fitting if any(profiles[position].reports & profiles[other].reports for other in homes[home])]
        target = here[0] if len(here) == 1 else fitting[0] if len(fitting) == 1 else None
        if target is None:
            homes[position] = [position]
        else:
            homes[target].append(position)
            found.append((position, target))
    return found


def _agree(one: Profile, other: Profile, mine: Sequence[Node], theirs: Sequence[Node]) -> bool:
    """Whether nothing keeps two tellings apart: days, places, what it happened to, who takes part."""
    if one.days and other.days and not one.days & other.days:
        return False
    if one.again != other.again:
        return False
    if one.places and other.places and not _same_ground(one, other):
        return False
    whole = any(kind.toll or kind.sweeping for kind in (mine[0].kind, theirs[0].kind))
    if one.things and other.things and not one.things & other.things and not whole:
        return False
    if one.names and other.names and not one.names & other.names:
        return False
    if one.people and other.people and not one.people & other.people:
        return False
    both = {report for report, _ in one.amounts} & {report for report, _ in other.amounts}
    if any({pair for pair in one.amounts if pair[0] == report}.isdisjoint(other.amounts) for report in both):
        # Two numbers in one report are mostly of two groups.
        return False
    if any(node.background for node in mine) != any(node.background for node in theirs) and not (one.days & other.days):
        return False
    return not any(_conflict(first, second) for first in mine for second in theirs)


def _conflict(one: Node, other: Node) -> bool:
    """Whether two tellings are kept apart by more than whom they name, or than when their reports came out."""
    found = compare(one, other).conflict
    if found == "time":
        return one.interval is not None and other.interval is not None
    return found not in (None, "people", "theme", "recipient")


def _same_ground(one: Profile, other: Profile) -> bool:
    return any(relate(mine, theirs) in _TOGETHER for mine in one.places for theirs in other.places)


def _speaks_for(one: Profile, other: Profile, behind: set[int] | None, behind_other: set[int] | None) -> bool:
    """Whether something speaks for the two being one, so that the only candidate may be taken; of tolls, the incidents behind them."""
    if behind is not None and behind_other is not None:
        shared = bool(behind & behind_other) or bool(one.places and other.places and one.days & other.days)
        return shared or (one.noun and bool(one.reports & other.reports))
    if one.anchored and other.anchored:
        return bool(one.days & other.days) or bool(one.places and other.places) or bool(one.things & other.things)
    return True
