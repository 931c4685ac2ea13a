"""Who travels: the actor that a story moves most, and which claims are about it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from sightline.journeys.network import Network, fold, great_circle_km
from sightline.journeys.vehicles import Vehicle, vehicles
from sightline.types import Claim, Event, Participant, Reading, Story

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


def known_as(traveller: str | None, readings: Sequence[Reading]) -> frozenset[str]:
    """The ids under which the readings' claims know the traveller, and the traveller's names (folded).

    A story has one id for an actor; a single report that gives a lone surname, or the name of a ship, has one of its own. Those of the same full
    name are the same, and a lone name is the traveller's where no other full name of the readings bears it.
    """
    if traveller is None:
        return frozenset()
    actors = {a.id: a for r in readings for a in r.actors}
    own = [fold(n) for a in actors.values() if a.id == traveller for n in (a.name, *a.aliases)]
    names = {n for n in own or [fold(traveller.rpartition(":")[2].replace("-", " "))] if n}
    others = {part for a in actors.values() if (name := fold(a.name)) not in names and " " in name for part in name.split()}
    lone = {part for name in names for part in (name.split()[0], name.split()[-1])} - others
    same = {a.id for a in actors.values() if a.id.startswith("report:") and fold(a.name) in names | lone}
    return frozenset({traveller} | same | names)


def _names(words: str, known: frozenset[str]) -> bool:
    """Whether words name the traveller: hold a name of several words, or are a name of one, but for an article."""
    said = fold(words)
    return said.removeprefix("the ") in known or any(f" {name} " in f" {said} " for name in known if " " in name)


PRONOUNS = frozenset(["he", "she", "it", "they", "we", "who", "which", "that", "him", "her", "them", "i"])


def concerns(claim: Claim, event: Event, known: frozenset[str], vehicle: Vehicle) -> bool:
    """Whether a claim moves the traveller, who is ``known_as`` these ids and names: as an actor in it, by name, by a vehicle of its class, or
    with no one else named as moving.

    A mover known as another actor, or named by a noun that is neither a vehicle nor a pronoun ("the minister"), is someone else.
    """
    movers = [
        p
        for p in claim.participants
        if p.role in {"agent", "vehicle"} or (p.actor is not None and p.role in {"theme", "companion", "counterpart"})
    ]
    actors = {p.actor for p in movers if p.actor is not None}
    if not known or known & actors or any(_names(p.text, known) for p in movers):
        return True
    if event.type == "meeting" or actors:
        # Someone else's vehicle is no vehicle of ours; the train that carries the traveller often has no actor at all.
        return False
    return all(_called(p) & set(vehicle.nouns) or p.head in PRONOUNS for p in movers)


USUAL = {"rail": "armoured-train", "road": "road-column", "sea": "ship", "air": "aircraft"}
"""Class taken for each mode of way where nothing tells."""


def likely_vehicle(readings: Sequence[Reading], network: Network | None) -> str:
    """The class of the vehicle table that the reports' nouns name most among those that can use the network; else the usual one of its mode.

    Of classes that share a noun ("train") one with words of its own ("armoured") is taken where some of them stand with the noun.
    """
    modes: dict[str, float] = {}
    for line in network.lines if network is not None else ():
        modes[line.mode] = modes.get(line.mode, 0.0) + line.km
    said = [
        (_called(p), frozenset(fold(p.text).split()))
        for reading in readings
        for claim in reading.claims
        for p in claim.participants
        if p.role in {"agent", "theme", "vehicle"} and claim.type in MOVES
    ]
    usable = {name: v for name, v in vehicles().items() if not modes or v.mode in modes}
    score = {name: sum(_fits(v, words) for called, words in said if called & set(v.nouns)) for name, v in usable.items()}
    best = max(score, key=lambda name: score[name], default=None)
    if best is not None and score[best] > 0:
        return best
    if modes:
        return USUAL.get(max(sorted(modes), key=lambda m: modes[m]), "armoured-train")
    return _by_text(readings) or _by_distance(readings)


FAR_KM = 900.0
"""Whoever is told to travel further, and by nothing, flies."""


def _by_text(readings: Sequence[Reading]) -> str | None:
    """The class whose nouns the reports use most anywhere; ``None`` where they use none."""
    words = Counter(word for r in readings for word in re.findall(r"[a-z]+", r.report.text.lower()))
    score = {name: sum(words[n] + words[f"{n}s"] for n in v.nouns if n not in GENERAL) for name, v in vehicles().items() if not v.words}
    best = max(score, key=lambda name: score[name])
    return best if score[best] > 0 else None


def _by_distance(readings: Sequence[Reading]) -> str:
    """By road or by air, as far as the places of the movements lie apart; the first class of the table where none is told."""
    places = [w.mention for r in readings for c in r.claims if c.type in MOVES for w in c.where]
    points = [(m.lat, m.lon) for m in places if m.lat is not None and m.lon is not None and m.place and m.place.kind != "country"]
    gaps = [great_circle_km(*a, *b) for i, a in enumerate(points) for b in points[i + 1 :]]
    if not gaps:
        return "armoured-train"
    return "aircraft" if max(gaps) > FAR_KM else "car"


GENERAL = frozenset({"force", "men", "flight", "equipment", "march", "carrier", "troop", "soldier", "fighter"})
"""Nouns of classes that mean other things as often."""


def _called(participant: Participant) -> frozenset[str]:
    """The lemma and the word by which someone is called: "man", "men"."""
    return frozenset(words.split()[-1].lower() for words in (participant.head, participant.text) if words.split())


def _fits(vehicle: Vehicle, words: frozenset[str]) -> float:
    """How much a noun of a class with these words beside it speaks for the class; a little less for one that has words and shows none."""
    if not vehicle.words:
        return 1.0
    return 3.0 if words & set(vehicle.words) else 0.9
