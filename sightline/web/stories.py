"""Pages of stories and their events."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime
from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import Response

from sightline.desk import party_names
from sightline.show.forecasts import forecast_pictures
from sightline.show.links import ServedLinks
from sightline.show.paragraph import picture
from sightline.show.picture import picture_out
from sightline.show.replay import replay, state
from sightline.show.views import Evidence, event_view, story_view
from sightline.show.words import clock, outlet_name, plural, span_of_reports, when
from sightline.stories import changes
from sightline.types import Reading, Story
from sightline.web.pictures import Pictures, Shown
from sightline.web.requests import JsonResponse, as_of, missing, page, shown, wants_json

EVENTS_SHOWN = 60
EVIDENCE_SHOWN = 6
REPORTS_SHOWN = 100
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


def stories(request: Request) -> Response:
    """The list of stories: what changed since the reader last looked, how many origins, what is disputed."""
    view = shown(request)
    ordered = sorted(view.picture.stories, key=lambda story: (-len(story.reports), story.id))
    if request.url.path.endswith(".json"):
        return JsonResponse([{"id": story.id, "title": story.title, "reports": len(story.reports), "origins": len(story.origins),
                              "events": len(story.events), "contradictions": len(story.contradictions)} for story in ordered])  # fmt: skip
    pictures: Pictures = request.app.state.pictures
    last = pictures.store.visited(READER, datetime.now(UTC)) if as_of(request) is None else None
    before = pictures.added_before(last) if last is not None else None
    items = []
    for story in ordered:
        kinds = Counter(change.kind for change in changes(before.stories.get(story.id), story)) if before is not None else Counter[str]()
        items.append(
            {
                "link": f"/stories/{quote(story.id, safe='')}",
                "title": story.title,
                "facts": _facts(view, story),
                "picture": picture(story),
                "changes": sorted(kinds.items()),
                "disputed": sum(any("disputed" in value.flags for slot in event.slots for value in slot.values) for event in story.events),
            }
        )
    return page(request, "stories.html", "Stories", stories=items, stamp=stamp(view))


def story(request: Request) -> Response:
    """One story, whole."""
    name, as_json = wants_json(request, "story")
    view = shown(request)
    found = view.stories.get(name)
    if found is None:
        raise missing(f"the story {name!r}")
    own = readings_of(view, found)
    forecasts = {key: value for key, value in view.picture.forecasts.items() if key == found.id}
    if as_json:
        return JsonResponse(picture_out([found], own, forecasts, as_of=view.picture.as_of))
    pictures: Pictures = request.app.state.pictures
    html = pictures.page(view, found.id)
    if html is None:
        moments = pictures.replay(view, found)
        html = {
            "view": story_view(found, own, ServedLinks(found.id), party_names([found]), limit=EVENTS_SHOWN, evidence_limit=EVIDENCE_SHOWN),
            "replay": replay([state(step.at, step.story, step.forecast) for step in moments]),
            "pictures": forecast_pictures(forecasts.get(found.id), [step.forecast for step in moments if step.forecast is not None]),
        }
        pictures.keep_page(view, found.id, html)
    links = ServedLinks(found.id)
    listed = own[-REPORTS_SHOWN:]
    return page(
        request,
        "story.html",
        found.title,
        view=html["view"],
        replay=html["replay"],
        forecast=forecasts.get(found.id),
        pictures=html["pictures"],
        base=f"/stories/{quote(found.id, safe='')}",
        story_id=found.id,
        choices=[(event.id, event.label) for event in found.events[:200]],
        formats=request.app.state.formats,
        left_out=max(0, len(found.events) - len(html["view"].happened) - len(html["view"].ahead) - len(html["view"].background)),
        reports=[
            {
                "published": when(reading.report.published.interval) if reading.report.published else "undated",
                "outlet": outlet_name(reading.report.outlet),
                "title": reading.report.title or reading.report.id,
                "link": links.report(reading.report.id),
            }
            for reading in listed
        ],
        more_reports=len(own) - len(listed),
        stamp=stamp(view),
    )


def event(request: Request) -> Response:
    """One event with all its evidence."""
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
    base = f"/stories/{quote(parent.id, safe='')}"
    return page(request, "event.html", found.label, item=item, base=base, story_title=parent.title, stamp=stamp(view))
