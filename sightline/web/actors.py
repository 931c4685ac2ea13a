"""Pages of actors: who is who across reports, what they do and say, and the joining of two that are one."""

from __future__ import annotations

from collections import defaultdict
from typing import Any
from urllib.parse import quote

import msgspec
from starlette.requests import Request
from starlette.responses import Response

from sightline.gazetteer import Register
from sightline.show.words import plural, report_name
from sightline.stories.identities import identify
from sightline.types import Actor, Claim, Office, Reading
from sightline.web.listing import claims_shown
from sightline.web.pictures import Pictures, Shown
from sightline.web.requests import JsonResponse, kept_json, kept_page, missing, page, render, shown, wants_json
from sightline.web.stories import stamp

OTHERS_SHOWN = 300
LISTED = 300


class Person(msgspec.Struct, frozen=True):
    """One actor of the stories with every id that reports know it by."""

    actor: Actor
    members: frozenset[str]
    names: tuple[str, ...]
    reports: tuple[str, ...]
    stories: tuple[str, ...]


class People(msgspec.Struct, frozen=True):
    """Every actor by its own id, and the own id of each that a report gave."""

    known: dict[str, Person]
    of: dict[str, str]

    def find(self, actor: str) -> Person | None:
        """The actor that an id stands for."""
        return self.known.get(self.of.get(actor, actor))


def people_of(pictures: Pictures, view: Shown) -> People:
    """Who is who in a picture, as its stories see it, decisions obeyed; made once."""
    return pictures.kept(view, "people", lambda: _gather(view))


def _gather(view: Shown) -> People:
    records: dict[str, Actor] = {}
    members: dict[str, set[str]] = defaultdict(set)
    names: dict[str, set[str]] = defaultdict(set)
    reports: dict[str, set[str]] = defaultdict(set)
    stories: dict[str, set[str]] = defaultdict(set)
    of: dict[str, str] = {}
    for story in view.picture.stories:
        readings = [view.readings[report] for report in story.reports if report in view.readings]
        decisions = [decision for decision in story.decisions if decision.kind in ("same-actor", "different-actor")]
        who = identify(readings, decisions)
        of.update({subject: who.of(subject) for decision in decisions for subject in decision.subjects})
        for reading in readings:
            for actor in reading.actors:
                own = who.of(actor.id)
                of[actor.id] = own
                records.setdefault(own, who.actor(actor.id) or actor)
                members[own].add(actor.id)
                stories[own].add(story.id)
                reports[own].add(reading.report.id)
            for mention in reading.names:
                if mention.actor is not None and mention.form != "pronoun" and mention.actor in of:
                    names[of[mention.actor]].add(mention.text)
    known = {
        own: Person(records[own], frozenset({own, *members[own]}), tuple(sorted(names[own])), tuple(sorted(reports[own])), tuple(sorted(stories[own])))
        for own in sorted(members)
    }  # fmt: skip
    return People(known, of)


def actors(request: Request) -> Response:
    """Everyone named, in most reports first."""
    view = shown(request)
    pictures: Pictures = request.app.state.pictures
    people = people_of(pictures, view)
    if request.url.path.endswith(".json"):
        return kept_json(request, view, "actors", lambda: [
            {"id": own, "name": person.actor.name, "kind": person.actor.kind, "reports": len(person.reports)} for own, person in _by_reports(people)
        ])  # fmt: skip
    return kept_page(request, view, "actors", lambda: _list_page(view, people))


def _by_reports(people: People) -> list[tuple[str, Person]]:
    return sorted(people.known.items(), key=lambda item: (-len(item[1].reports), item[1].actor.name, item[0]))


def _list_page(view: Shown, people: People) -> str:
    rows = [
        [{"link": f"/actors/{quote(own, safe='')}", "text": person.actor.name}, person.actor.kind, plural(len(person.reports), "report"),
         ", ".join(name for name in person.names if name != person.actor.name)[:120]]
        for own, person in _by_reports(people)[:LISTED]
    ]  # fmt: skip
    return render(
        "table.html",
        title="Actors",
        lead=f"{plural(len(people.known), 'actor')}: persons, states and bodies, those in most reports first.",
        heads=["Name", "Kind", "Reports", "Also called"],
        rows=rows,
        empty="Nobody is named.",
        next_link=None,
        stamp=stamp(view),
    )


def _side(party: str | None) -> str | None:
    """A party's readable name, or what stands behind the colon of its id."""
    if party is None:
        return None
    known = Register.load().party(party)
    return known.name if known is not None else party.rpartition(":")[2]


def _office(office: Office) -> str:
    body = _side(office.body) if office.body and ":" in office.body else office.body
    ended = office.end if office.end not in (None, "", "..") else None
    since = f"{'from' if ended else 'since'} {office.start}" if office.start else None
    parts = (office.title, f"of {body}" if body and body not in office.title else None, since, ended and f"to {ended}")
    return " ".join(part for part in parts if part)


def _speaks(reading: Reading, claim: Claim, ids: frozenset[str]) -> bool:
    if claim.attribution is None:
        return False
    said = reading.attributions[claim.attribution]
    return any(link.actor in ids for link in ((said.speaker,) if said.speaker else ()) + said.via)


def actor(request: Request) -> Response:
    """One actor: who it is, what it does and what it says, over all reports; and forms to join it with another or to part it."""
    name, as_json = wants_json(request, "actor")
    view = shown(request)
    people = people_of(request.app.state.pictures, view)
    person = people.find(name)
    if person is None:
        raise missing(f"the actor {name!r}")
    known = person.actor
    if as_json:
        return JsonResponse(known)
    facts = [known.kind, *filter(None, [(side := _side(known.party)) and f"speaks for {side}"])]
    facts.append(plural(len(person.reports), "report"))
    if person.names:
        facts.append("called " + ", ".join(person.names[:8]))
    ids = person.members
    own = people.of.get(name, name)
    others = [(other, f"{one.actor.name} ({plural(len(one.reports), 'report')})") for other, one in _by_reports(people)
              if other != own and one.actor.kind == known.kind]  # fmt: skip
    parts = _parts(view, own, person)
    return page(
        request,
        "actor.html",
        known.name,
        facts=facts,
        offices=[_office(office) for office in known.offices],
        map="",
        stories=[(f"/stories/{quote(story, safe='')}", view.stories[story].title) for story in person.stories],
        sections=[
            ("Takes part in", claims_shown(view, lambda _, claim: any(part.actor in ids for part in claim.participants))),
            ("Says", claims_shown(view, lambda reading, claim: _speaks(reading, claim, ids))),
        ],
        own=own,
        others=others[:OTHERS_SHOWN],
        parts=parts,
        stamp=stamp(view),
    )


def _parts(view: Shown, own: str, person: Person) -> list[tuple[str, str]]:
    """The ids that single reports gave, with words for them: what may be parted from the rest."""
    found: list[tuple[str, Any]] = []
    for report in person.reports:
        reading = view.readings[report]
        found += [(actor.id, f"{actor.name}, in {report_name(reading.report)}") for actor in reading.actors
                  if actor.id in person.members and actor.id != own and actor.id.startswith("report:")]  # fmt: skip
    return found[:OTHERS_SHOWN] if len(person.reports) > 1 else []
