"""From a cluster of tellings to an event: its slots, grade, label, best date and place."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sightline.stories.corroboration import Setting
from sightline.stories.identities import Identities
from sightline.stories.joining import Cluster
from sightline.stories.kinds import Kind
from sightline.stories.labels import label_of
from sightline.stories.origins import Part, Sourced, parts
from sightline.stories.parties import Parties
from sightline.stories.slots import slots_of, strongest
from sightline.types import Event, Interval, Place, Slot, Status

_MAIN_PLACE = {"departure": ("from", "where"), "escape": ("from", "where"), "travel": ("to", "where", "from"), "return": ("to", "where")}


class Assembled:
    """An event with what contradictions and links between events need of it."""

    def __init__(self, cluster: Cluster, kind: Kind, members: Sequence[Sourced], event: Event) -> None:
        self.cluster, self.kind, self.members, self.event = cluster, kind, members, event
        self.origins: dict[str, Part] = parts(members)
        self.dates: tuple[object, list[object]] | None = None
        """Contradictions over dates, with what they were found by, kept between buildings."""
        self.bare = event
        """The event before links to others and flags."""
        self.by_claim: dict[str, list[Sourced]] = {}
        for one in members:
            self.by_claim.setdefault(one.evidence.id, []).append(one)
        self.reports = frozenset(one.evidence.report for one in members)

    def slot(self, name: str) -> Slot | None:
        """A slot by name."""
        return next((slot for slot in self.event.slots if slot.name == name), None)

    def behind(self, claims: Sequence[str]) -> list[Sourced]:
        """The sourced evidence of some of the event's claims."""
        return [one for claim in claims for one in self.by_claim.get(claim, ())]


def members_of(cluster: Cluster, sourced: Mapping[str, tuple[Sourced, ...]]) -> list[Sourced]:
    """The sourced claims of a cluster, in the order in which they became known."""
    pieces = sorted((one for node in cluster.nodes for one in node.claims), key=lambda one: one.order)
    return [entry for one in pieces for entry in sourced[one.id]]


def assemble(cluster: Cluster, members: Sequence[Sourced], who: Identities, parties: Parties) -> Assembled:
    """Builds the event of one cluster from its sourced claims (:func:`members_of`)."""
    kind = _kind(cluster)
    setting = setting_of(kind, members, who)
    slots = slots_of(members, setting, who, parties)
    happened = next((slot.values[0] for slot in slots if slot.name == "happened"), None)
    label, quoted = label_of(kind, slots, members, who.name)
    event = Event(
        id=f"event:{members[0].evidence.id}",
        type=kind.name,
        label=label,
        quoted=quoted,
        status=strongest(one.evidence.status for one in members).value,
        slots=slots,
        claims=tuple(dict.fromkeys(one.evidence.id for one in members)),
        participants=tuple(sorted({who.of(actor) for one in members for _, actor in one.evidence.actors})),
        interval=_best_interval(slots),
        place=_best_place(kind, slots),
        grade=happened.grade if happened is not None else 0,
        reason=happened.reason if happened is not None else "",
        background=all(one.evidence.claim.background for one in members),
    )
    return Assembled(cluster, kind, members, event)


def _kind(cluster: Cluster) -> Kind:
    counts: dict[str, int] = {}
    kinds: dict[str, Kind] = {}
    for node in cluster.nodes:
        counts[node.kind.name] = counts.get(node.kind.name, 0) + len(node.claims)
        kinds[node.kind.name] = node.kind
    return kinds[min(counts, key=lambda name: (-counts[name], name))]


def setting_of(kind: Kind, members: Sequence[Sourced], who: Identities) -> Setting:
    """Whose event it is: the parties of those who take part and the states on whose ground it happens; and whom it harms."""
    own: set[str] = set()
    hurt: set[str] = set()
    people: set[str] = set()
    for one in members:
        for role, actor in one.evidence.actors:
            party = who.party(actor)
            if role != "topic":
                people.add(actor)
            if party is not None and role != "topic":
                own.add(party)
                if role in kind.hurts:
                    hurt.add(party)
        for role, place in one.evidence.places:
            if place.country and (role in kind.fixed_by or not kind.fixed_by):
                own.add(f"state:{place.country}")
    return Setting(kind=kind, own=frozenset(own), hurt=frozenset(hurt), people=frozenset(people))


def _best_interval(slots: Sequence[Slot]) -> Interval | None:
    when = next((slot for slot in slots if slot.name == "when"), None)
    return when.values[0].interval if when is not None else None


def _best_place(kind: Kind, slots: Sequence[Slot]) -> Place | None:
    table = {slot.name: slot for slot in slots}
    for name in _MAIN_PLACE.get(kind.name, ("where", "to", "via", "from")):
        if name in table:
            facts = [value for value in table[name].values if value.status in (Status.HAPPENED.value, Status.UNDER_WAY.value)]
            return (facts or table[name].values)[0].place
    return None
