"""What changed since an instant."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import Response

from sightline.show.words import clock, outlet_name, sentence_case, slot_name
from sightline.stories import changes as changes_between
from sightline.types import Change
from sightline.web.pictures import Pictures
from sightline.web.requests import PATIENCE, JsonResponse, for_programs, moment, page
from sightline.web.stories import stamp

SHOWN = 300


def changes(request: Request) -> Response:
    """Every change of every story since ``?since=`` (a publication instant; a day before the newest report if not given)."""
    pictures: Pictures = request.app.state.pictures
    patience = None if for_programs(request) else PATIENCE
    view = pictures.latest(patience)
    since = moment(request, "since")
    if since is None:
        newest = [reading.report.published.interval.latest for reading in view.picture.readings if reading.report.published]
        since = max((instant for instant in newest if instant), default=datetime.now(UTC)) - timedelta(days=1)
    before = pictures.as_of(since, patience)
    found: list[Change] = []
    for story in view.picture.stories:
        earlier = next((before.stories[name] for report in story.reports if (name := before.story_of.get(report)) in before.stories), None)
        found += changes_between(earlier, story)
    if request.url.path.endswith(".json"):
        return JsonResponse(found)
    known = {event.id: (story, event) for story in view.picture.stories for event in story.events}
    names = {report: outlet_name(reading.report.outlet) for report, reading in view.readings.items()}
    rows = []
    for change in found[:SHOWN]:
        event: object = sentence_case(change.value) if change.slot == "happened" else ""
        if change.event in known:
            parent, told = known[change.event]
            event = {"link": f"/stories/{quote(parent.id, safe='')}/events/{quote(told.id, safe='')}", "text": sentence_case(told.label)}
        what = "" if change.slot == "happened" else f"{slot_name(change.slot, [change.value])}: {change.value}"
        cause = change.cause
        for report in sorted(change.reports, key=len, reverse=True):
            cause = cause.replace(report, names.get(report, report))
        rows.append([change.kind.lower(), event, what, cause])
    return page(request, "table.html", "Changes", lead=f"Since {clock(since)}.", heads=["Change", "Event", "What", "Why"], rows=rows,
                empty="Nothing changed.", next_link=None, stamp=stamp(view))  # fmt: skip
