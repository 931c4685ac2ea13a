"""Who acts in a report: names, short names, titles, descriptions and pronouns joined into actors."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec
from spacy.tokens import Doc

from sightline.extract.actors.acting import acting_places
from sightline.extract.actors.cast import Cast
from sightline.extract.actors.descriptions import descriptions
from sightline.extract.actors.organisations import organisation_names, state_bodies
from sightline.extract.actors.other_names import plain_names
from sightline.extract.actors.persons import missed_names, person_names
from sightline.extract.actors.pronouns import pronouns
from sightline.gazetteer import Register
from sightline.types import Actor, NameMention, PlaceMention, Report

__all__ = ["find_actors"]


def find_actors(doc: Doc, register: Register, places: Sequence[PlaceMention], report: Report) -> tuple[list[NameMention], list[Actor]]:
    """The names of a report in text order, and the actors that they belong to in the order of their first mention.

    Steps, each adding to the one before: full names and short names of people; names of organisations and their acronyms; bodies of a state
    told in common words; places that act; descriptions ("the North Korean leader"); pronouns. A mention that is not clear enough stays out,
    and a plain place name or people has no actor. Two actors never share an id.
    """
    cast = Cast(doc, register, list(places), report)
    person_names(cast)
    organisation_names(cast)
    missed_names(cast)
    state_bodies(cast)
    acting_places(cast)
    plain_names(cast)
    descriptions(cast)
    pronouns(cast)
    entities = sorted((e for e in cast.entities if e.mentions), key=lambda e: (e.first, e.name))
    actors: list[Actor] = []
    names = list(cast.plain)
    used: dict[str, int] = {}
    for entity in entities:
        actor = entity.actor(report.id)
        used[actor.id] = used.get(actor.id, 0) + 1
        if used[actor.id] > 1:
            actor = msgspec.structs.replace(actor, id=f"{actor.id}-{used[actor.id]}")
        actors.append(actor)
        names += [msgspec.structs.replace(m, actor=actor.id) for m in entity.mentions]
    return sorted(names, key=lambda m: (m.span.start, m.span.end)), actors
