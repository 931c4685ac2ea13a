"""Pages of reports, places and sources, and search."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import quote, urlencode

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from sightline.desk import party_names
from sightline.gazetteer import Gazetteer
from sightline.readers import parse_publication
from sightline.show.annotation import annotation
from sightline.show.map import Spot, map_svg
from sightline.show.reports import report_view
from sightline.show.words import ACCESS, outlet_name, plural, report_name, when
from sightline.store import Store
from sightline.types import Origin, Place, Reading, Story
from sightline.web.listing import LINKS, claims_shown
from sightline.web.pictures import NotYetError, Shown
from sightline.web.requests import JsonResponse, kept_json, kept_page, missing, page, render, shown, wants_json, whole
from sightline.web.stories import stamp

PER_PAGE = 50
FOUND = 30
"""Reports that a page of search shows."""


def _published(reading: Reading) -> str:
    return when(reading.report.published.interval) if reading.report.published else "undated"


def reports(request: Request) -> Response:
    """The list of reports, newest first; ``?story=`` and ``?outlet=`` narrow it."""
    view = shown(request)
    story, outlet = request.query_params.get("story"), (request.query_params.get("outlet") or "").lower()

    def own() -> list[Reading]:
        found = [reading for reading in view.picture.readings if story is None or view.story_of.get(reading.report.id) == story]
        found = [reading for reading in found if outlet in (reading.report.outlet or "").lower()]
        return sorted(found, key=_newest, reverse=True)

    if request.url.path.endswith(".json"):
        return kept_json(request, view, ("reports", story, outlet), lambda: [
            {"id": reading.report.id, "title": reading.report.title, "outlet": reading.report.outlet,
             "published": reading.report.published.value if reading.report.published else None} for reading in own()
        ])  # fmt: skip
    offset = whole(request, "offset", 0)
    query = {key: value for key, value in request.query_params.items() if key != "offset"}
    name = ("reports", offset, tuple(query.items()))
    return kept_page(request, view, name, lambda: _reports_page(own(), offset, query, stamp(view)))


def _newest(reading: Reading) -> tuple[str, str]:
    return reading.report.published.value if reading.report.published else "", reading.report.id


def _reports_page(own: list[Reading], offset: int, query: dict[str, str], foot: str) -> str:
    rows = [
        [_published(reading), outlet_name(reading.report.outlet),
         {"link": LINKS.report(reading.report.id), "text": report_name(reading.report)}, str(len(reading.claims))]
        for reading in own[offset : offset + PER_PAGE]
    ]  # fmt: skip
    more = f"/reports?{urlencode({**query, 'offset': offset + PER_PAGE})}" if offset + PER_PAGE < len(own) else None
    return render("table.html", title="Reports", lead=plural(len(own), "report"), heads=["Published", "Outlet", "Report", "Claims"], rows=rows,
                  empty="No reports.", next_link=more, stamp=foot)  # fmt: skip


def report(request: Request) -> Response:
    """One report with every mention highlighted."""
    name, as_json = wants_json(request, "report")
    store: Store = request.app.state.pictures.store
    try:
        view = shown(request)
    except NotYetError:
        view = None
    reading = (view.readings.get(name) if view else None) or store.reading(name)
    if reading is None:
        raise missing(f"the report {name!r}")
    if as_json:
        return JsonResponse(annotation(reading))
    story = view.stories.get(view.story_of.get(name, "")) if view else None
    named = {mention.actor for mention in reading.names}
    actors = [(f"/actors/{quote(actor.id, safe='')}", actor.name, actor.kind) for actor in reading.actors if actor.id in named]
    spots = {mention.place.id: mention.place for mention in reading.places if mention.place is not None}
    places = [(f"/places/{quote(place.id, safe='')}", place.name, _country(place) or place.kind) for place in spots.values()]
    values: dict[str, Any] = {"stamp": stamp(view)} if view else {}
    values["story"] = (f"/stories/{quote(story.id, safe='')}", story.title) if story else None
    return page(
        request,
        "report.html",
        report_name(reading.report),
        item=report_view(reading),
        sha256=reading.report.sha256,
        actors=actors,
        places=places,
        **values,
    )


def _country(place: Place) -> str | None:
    """The name of the country that a place lies in, where it is not that country itself."""
    if not place.country or place.kind == "country":
        return None
    try:
        return Gazetteer.load().country(place.country).name
    except (KeyError, StopIteration):  # a code of the user's own table
        return place.country


def place(request: Request) -> Response:
    """One place: where it is and what is said to happen there."""
    name, as_json = wants_json(request, "place")
    view = shown(request)
    known = next(
        (mention.place for reading in view.picture.readings for mention in reading.places if mention.place and mention.place.id == name),
        None,
    )
    if known is None:
        raise missing(f"the place {name!r}")
    if as_json:
        return JsonResponse(known)
    drawn = ""
    if known.lat is not None and known.lon is not None:
        drawn = map_svg([Spot(lat=known.lat, lon=known.lon, label=known.name, radius_km=known.radius_km)])
    here = claims_shown(view, lambda _, claim: any(where.mention.place and where.mention.place.id == name for where in claim.where))
    facts = [known.kind, *filter(None, [_country(known), known.zone])]
    if known.geonameid is not None:
        facts.append(f"GeoNames {known.geonameid}")
    return page(
        request,
        "actor.html",
        known.name,
        facts=facts,
        offices=[],
        map=drawn,
        stories=[],
        sections=[("What is said to happen here", here)],
        own="",
        others=[],
        parts=[],
        stamp=stamp(view),
    )


def sources(request: Request) -> Response:
    """Every origin of every story, the one with most pages first."""
    view = shown(request)

    def origins() -> list[tuple[Story, Origin]]:
        found = [(story, origin) for story in view.picture.stories for origin in story.origins]
        return sorted(found, key=lambda item: (-len(set(item[1].reports)), item[1].id))

    if request.url.path.endswith(".json"):
        return kept_json(request, view, "sources", lambda: [origin for _, origin in origins()])
    offset = whole(request, "offset", 0)
    return kept_page(request, view, ("sources", offset), lambda: _sources_page(view, origins(), offset))


def _sources_page(view: Shown, origins: list[tuple[Story, Origin]], offset: int) -> str:
    sides = party_names(view.picture.stories)
    rows = [
        [{"link": f"/sources/{quote(origin.id, safe='')}", "text": origin.speaker}, ", ".join(name for name in origin.via[:3] if name != origin.speaker),
         sides.get(origin.party or "", "not known"), ACCESS[origin.access.value],
         str(len(set(origin.reports))), {"link": f"/stories/{quote(story.id, safe='')}", "text": story.title}]
        for story, origin in origins[offset : offset + PER_PAGE]
    ]  # fmt: skip
    more = f"/sources?offset={offset + PER_PAGE}" if offset + PER_PAGE < len(origins) else None
    return render("table.html", title="Sources", lead="First utterances, observations and dispatches that the pages lead back to.",
                  heads=["Origin", "Via", "Speaks for", "How it knows", "Pages", "Story"], rows=rows, empty="No origin could be told.",
                  next_link=more, stamp=stamp(view))  # fmt: skip


def source(request: Request) -> Response:
    """One origin with the claims that go back to it."""
    name, as_json = wants_json(request, "source")
    view = shown(request)
    known = next((origin for story in view.picture.stories for origin in story.origins if origin.id == name), None)
    if known is None:
        raise missing(f"the source {name!r}")
    if as_json:
        return JsonResponse(known)
    claims = set(known.claims)
    facts = [
        known.kind,
        f"speaks for {party_names(view.picture.stories).get(known.party or '', 'a side not known')}",
        f"how it knows: {ACCESS[known.access.value]}",
        plural(len(set(known.reports)), "page"),
    ]
    if known.via:
        facts.append("via " + ", ".join(known.via))
    return page(request, "actor.html", known.speaker, facts=facts, offices=[], map="", own="", others=[], parts=[],
                stories=[(f"/stories/{quote(story.id, safe='')}", story.title) for story in view.picture.stories if known in story.origins],
                sections=[("What goes back to it", claims_shown(view, lambda _, claim: claim.id in claims))], stamp=stamp(view))  # fmt: skip


def _parts(extract: str) -> list[tuple[str, bool]]:
    return [(words, place % 2 == 1) for place, words in enumerate(re.split("[\x02\x03]", extract)) if words]


def search(request: Request) -> Response:
    """Full-text search over the reports."""
    words = request.query_params.get("q", "").strip()
    if len(words) > 300:
        raise HTTPException(400, "q: at most 300 characters")
    store: Store = request.app.state.pictures.store
    limit, offset = whole(request, "limit", FOUND, least=1, most=200), whole(request, "offset", 0)
    hits = store.search(words, limit=limit + 1, offset=offset) if words else []
    more, hits = len(hits) > limit, hits[:limit]
    if request.url.path.endswith(".json"):
        return JsonResponse(hits)
    items = [
        {
            "link": LINKS.report(hit.report),
            "title": hit.title or hit.report,
            "outlet": outlet_name(hit.outlet),
            "published": _published_text(hit.published),
            "parts": _parts(hit.extract),
        }
        for hit in hits
    ]
    following = urlencode({"q": words, "limit": limit, "offset": offset + limit})
    first = f"{offset + 1} to {offset + len(hits)}" if more or offset else ""
    return page(request, "search.html", "Search", query=words, hits=items, span=first, next_link=f"/search?{following}" if more else None)


def _published_text(value: str | None) -> str:
    try:
        return when(parse_publication(value, "option").interval) if value else "undated"
    except ValueError:
        return value or "undated"
