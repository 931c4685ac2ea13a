"""What changed since an instant."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from sightline.readers import parse_publication
from sightline.show.words import clock
from sightline.stories import changes as changes_between
from sightline.types import Change
from sightline.web.pictures import Pictures
from sightline.web.requests import JsonResponse, page
from sightline.web.stories import stamp


def changes(request: Request) -> Response:
    """Every change of every story since ``?since=`` (a publication instant; a day before the newest report if not given)."""
    pictures: Pictures = request.app.state.pictures
    view = pictures.latest()
    text = request.query_params.get("since")
    if text:
        try:
            since = parse_publication(text, "option").interval.latest
        except ValueError as error:
            raise HTTPException(400, f"since: {error}") from error
    else:
        newest = [reading.report.published.interval.latest for reading in view.picture.readings if reading.report.published]
        since = max((instant for instant in newest if instant), default=datetime.now(UTC)) - timedelta(days=1)
    assert since is not None
    before = pictures.as_of(since)
    found: list[Change] = []
    for story in view.picture.stories:
        earlier = next((before.stories[name] for report in story.reports if (name := before.story_of.get(report)) in before.stories), None)
        found += changes_between(earlier, story)
    if request.url.path.endswith(".json"):
        return JsonResponse(found)
    rows = [[change.kind, change.event, change.slot, change.value, change.cause] for change in found]
    return page(request, "table.html", "Changes", lead=f"Since {clock(since)}.", heads=["Kind", "Event", "Slot", "Value", "Cause"], rows=rows[:500],
                empty="Nothing changed.", next_link=None, stamp=stamp(view))  # fmt: skip
