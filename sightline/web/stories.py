"""Pages of stories and their events."""

from __future__ import annotations

import gzip
from collections import Counter
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any
from urllib.parse import quote, urlencode

from starlette.requests import Request
from starlette.responses import Response

from sightline.desk import party_names
from sightline.show.exports import FORMATS
from sightline.show.filters import EVERYTHING, Filter
from sightline.show.forecasts import forecast_pictures
from sightline.show.links import ServedLinks
from sightline.show.pages import render
from sightline.show.paragraph import picture_parts
from sightline.show.picture import picture_out
from sightline.show.replay import replay
from sightline.show.views import Evidence, event_view, story_view
from sightline.show.words import GRADES, clock, outlet_name, plural, report_name, sentence_case, span_of_reports, when
from sightline.stories import changes
from sightline.types import Forecast, Reading, Story
from sightline.web.pictures import Pictures, Shown
from sightline.web.requests import (
    JsonResponse,
    Ready,
    as_of,
    asked,
    give,
    kept_json,
    kept_page,
    missing,
    page,
    ready,
    shown,
    wants_json,
    whole,
)
from sightline.web.slides import AT_ONCE, Slide

EVENTS_SHOWN = 30
"""Of each list on a story's page: the whole list is at ``/stories/ID/events``."""
EVIDENCE_SHOWN = 3
EVENTS_LISTED = 200
REPORTS_SHOWN = 100
OTHERS_SHOWN = 200
WARMED = 5
READER = "web"


def readings_of(view: Shown, story: Story) -> list[Reading]:
    """The story's readings, in the order its reports are listed."""
    return [view.readings[report] for report in story.reports if report in view.readings]


def _facts(view: Shown, story: Story) -> tuple[str, ...]:
    own = readings_of(view, story)
    outlets = {outlet_name(reading.report.outlet) for reading in own}
    return plural(len(own), "report"), plural(len(outlets), "outlet"), plural(len(story.origins), "origin"), span_of_reports(own)


def stamp(view: Shown) -> str:
    """What the picture rests on, for the foot of a page."""
    moment = f" as of {clock(view.picture.as_of)}" if view.picture.as_of else ""
    return f"The picture of {plural(len(view.picture.readings), 'report')}{moment}."


def _summary(view: Shown, story: Story) -> dict[str, Any]:
    return {
        "link": f"/stories/{quote(story.id, safe='')}",
        "title": story.title,
        "facts": _facts(view, story),
        "picture": picture_parts(story),
        "disputed": sum(any("disputed" in value.flags for slot in event.slots for value in slot.values) for event in story.events),
    }


def _by_size(view: Shown) -> list[Story]:
    return sorted(view.picture.stories, key=lambda story: (-len(story.reports), story.id))


def _changed(view: Shown, before: Shown) -> dict[str, list[tuple[str, int]]]:
    """How many changes of each kind every story has seen."""
    found = {}
    for story in view.picture.stories:
        kinds = Counter(change.kind for change in changes(before.stories.get(story.id), story))
        found[story.id] = sorted(kinds.items())
    return found


def stories(request: Request) -> Response:
    """The list of stories: what changed since the reader last looked, how many origins, what is disputed."""
    if (early := _early(request)) is not None:
        return early
    view = shown(request)
    pictures: Pictures = request.app.state.pictures
    if request.url.path.endswith(".json"):
        return kept_json(request, view, "stories", lambda: [
            {"id": story.id, "title": story.title, "reports": len(story.reports), "origins": len(story.origins),
             "events": len(story.events), "contradictions": len(story.contradictions)} for story in _by_size(view)
        ])  # fmt: skip
    last = pictures.last_look(READER, datetime.now(UTC)) if as_of(request) is None else None
    before = pictures.added_before(last) if last is not None else None
    if before is None or before is view:
        return kept_page(request, view, "stories", lambda: _stories_page(view, {}, None))
    seen = before
    return kept_page(request, view, ("stories", last), lambda: _stories_page(view, _changed(view, seen), last))


def _stories_page(view: Shown, changed: dict[str, list[tuple[str, int]]], since: datetime | None) -> str:
    items = [{**_summary(view, story), "changes": changed.get(story.id, [])} for story in _by_size(view)]
    return render("stories.html", title="Stories", stories=items, since=clock(since) if since else "", stamp=stamp(view))


def story(request: Request) -> Response:
    """One story, whole."""
    if (early := _early(request)) is not None:
        return early
    name, as_json = wants_json(request, "story")
    view = shown(request)
    found = view.stories.get(name)
    if found is None:
        raise missing(f"the story {name!r}")
    if as_json:
        return kept_json(request, view, ("story", name), lambda: picture_out(
            [found], readings_of(view, found), forecasts_of(view, found), as_of=view.picture.as_of))  # fmt: skip
    return give(request, story_page(request.app.state.pictures, view, found, asked(request)))


def forecasts_of(view: Shown, story: Story) -> dict[str, Forecast]:
    """The story's forecast, if there is one."""
    return {key: value for key, value in view.picture.forecasts.items() if key == story.id}


def story_page(pictures: Pictures, view: Shown, story: Story, wanted: Filter = EVERYTHING) -> Ready:
    """A story's page with the events wanted, made once for a picture (and once more when its slider is ready)."""
    return page_with_slides(pictures, view, story, pictures.slides(view, story), wanted)


def page_with_slides(pictures: Pictures, view: Shown, story: Story, slides: Sequence[Slide] | None, wanted: Filter = EVERYTHING) -> Ready:
    """A story's page with the stops of its slider, where they are there."""
    name = ("story", story.id, slides is None, wanted)
    return pictures.kept(view, name, lambda: ready(_story_html(view, story, slides, wanted).encode()))


def slides(request: Request) -> Response:
    """The stops of a story's as-of slider; 202 while they are being worked out."""
    view = shown(request)
    found = view.stories.get(request.path_params["story"])
    if found is None:
        raise missing(f"the story {request.path_params['story']!r}")
    made = request.app.state.pictures.slides(view, found)
    if made is None:
        return JsonResponse([], 202, headers={"retry-after": "2"})
    return JsonResponse([slide.state for slide in made])


def warm(pictures: Pictures, view: Shown) -> dict[str, bytes]:
    """Make ready the list and the pages of the largest stories, so that no reader waits for them; gives them compressed, by path."""
    made = {"/": pictures.kept(view, "stories", lambda: ready(_stories_page(view, {}, None).encode())).compressed}
    for found in _by_size(view)[:WARMED]:
        if len(found.reports) > AT_ONCE:
            made[f"/stories/{found.id}"] = story_page(pictures, view, found).compressed
    return made


def warm_story(pictures: Pictures, view: Shown, story: Story, slides: Sequence[Slide]) -> dict[str, bytes]:
    """Make ready a story's page with its slider; gives it compressed, by path."""
    return {f"/stories/{story.id}": page_with_slides(pictures, view, story, slides).compressed}


def _early(request: Request) -> Response | None:
    """The page as the run before left it, while its picture is being unpacked."""
    found = request.app.state.pictures.early(request.scope["path"]) if not request.url.query else None
    return give(request, Ready(gzip.decompress(found), found, "text/html")) if found is not None else None


def _story_html(view: Shown, story: Story, slides: Sequence[Slide] | None, wanted: Filter) -> str:
    own = readings_of(view, story)
    links = ServedLinks(story.id)
    base = f"/stories/{quote(story.id, safe='')}"
    forecast = view.picture.forecasts.get(story.id)
    told = story_view(story, own, links, party_names([story]), limit=EVENTS_SHOWN, evidence_limit=EVIDENCE_SHOWN, wanted=wanted)
    listed_events = sum(map(len, (told.happened, told.lesser, told.ahead, told.ahead_lesser, told.background)))
    moment = view.picture.as_of
    as_of_query = f"?{urlencode({'as_of': moment.isoformat()})}" if moment else ""
    listed = own[-REPORTS_SHOWN:]
    return render(
        "story.html",
        title=story.title,
        view=told,
        replay=replay([slide.state for slide in slides or ()]),
        replay_later=f"{base}/slides.json{as_of_query}" if slides is None else "",
        forecast=forecast,
        pictures=forecast_pictures(forecast, [slide.forecast for slide in slides or () if slide.forecast is not None]),
        base=base,
        as_of=moment.isoformat() if moment else "",
        story_id=story.id,
        formats=tuple(FORMATS.values()),
        left_out=max(0, told.fitting - listed_events),
        reports=[
            {
                "published": when(reading.report.published.interval) if reading.report.published else "undated",
                "outlet": outlet_name(reading.report.outlet),
                "title": report_name(reading.report),
                "link": links.report(reading.report.id),
            }
            for reading in listed
        ],
        more_reports=len(own) - len(listed),
        stamp=stamp(view),
    )


def events(request: Request) -> Response:
    """Every event of a story that is wanted as a table, in the order of time."""
    view = shown(request)
    parent = view.stories.get(request.path_params["story"])
    if parent is None:
        raise missing(f"the story {request.path_params['story']!r}")
    offset, wanted = whole(request, "offset", 0), asked(request)
    query = {key: value for key, value in request.query_params.items() if key != "offset"}
    name = ("events", parent.id, offset, tuple(query.items()))
    return kept_page(request, view, name, lambda: _events_page(view, parent, wanted, offset, query))


def _events_page(view: Shown, parent: Story, wanted: Filter, offset: int, query: dict[str, str]) -> str:
    base = f"/stories/{quote(parent.id, safe='')}/events"
    evidence = Evidence(readings_of(view, parent))
    found = [item for item in parent.events if wanted.fits(item, evidence.kinds(item.claims), evidence.sentences(item.claims))]
    rows = [
        [when(item.interval), {"link": f"{base}/{quote(item.id, safe='')}", "text": sentence_case(item.label)}, item.status, GRADES[item.grade],
         str(len({claim.partition("#")[0] for claim in item.claims}))]
        for item in found[offset : offset + EVENTS_LISTED]
    ]  # fmt: skip
    more = offset + EVENTS_LISTED
    told_of = plural(len(parent.events), "event")
    return render(
        "table.html",
        title=f"Every event: {parent.title}",
        lead=f"{len(found)} of {told_of}" if wanted else told_of,
        heads=["When", "Event", "Status", "Grade", "Reports"],
        rows=rows,
        empty="No event fits." if wanted else "No events.",
        next_link=f"{base}?{urlencode({**query, 'offset': more})}" if more < len(found) else None,
        stamp=stamp(view),
    )


def event(request: Request) -> Response:
    """One event with all its evidence, and the forms to work with it."""
    name, as_json = wants_json(request, "event")
    view = shown(request)
    parent = view.stories.get(request.path_params["story"])
    found = view.event(request.path_params["story"], name)
    if parent is None or found is None:
        raise missing(f"the event {name!r}")
    if as_json:
        return JsonResponse(found)
    labels = {other.id: other.label for other in parent.events}
    item = event_view(found, Evidence(readings_of(view, parent)), ServedLinks(parent.id), labels, evidence_limit=400)
    near = [found.id, *found.possibly_same]
    others = sorted(
        (other for other in parent.events if other.id != found.id), key=lambda other: (other.id not in near, other.type != found.type)
    )
    reports = sorted({claim.rpartition("#")[0] for claim in found.claims})
    pages = [(report, report_name(view.readings[report].report)) for report in reports if report in view.readings]
    notes = [(decision.note, decision.by, f"{decision.at:%Y-%m-%d %H:%M} UTC") for decision in parent.decisions
             if decision.kind == "note" and set(decision.subjects) & set(found.claims)]  # fmt: skip
    return page(
        request,
        "event.html",
        found.label,
        item=item,
        base=f"/stories/{quote(parent.id, safe='')}",
        story_id=parent.id,
        story_title=parent.title,
        others=[(other.id, f"{other.label} ({when(other.interval)})") for other in others[:OTHERS_SHOWN]],
        pages=pages[:OTHERS_SHOWN] if len(pages) > 1 else [],
        notes=notes,
        stamp=stamp(view),
    )
