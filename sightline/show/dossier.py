"""The dossier: the whole picture and its reports in one HTML file that needs nothing else."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Mapping, Sequence
from datetime import datetime

from sightline.show.links import DossierLinks
from sightline.show.pages import asset, render
from sightline.show.replay import State, replay
from sightline.show.reports import report_view
from sightline.show.views import story_view
from sightline.show.words import clock
from sightline.types import Forecast, Reading, Story


def content_hash(text: str) -> str:
    """SHA-256 in base64, as a Content-Security-Policy names an inline script or style."""
    return base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()


def dossier(
    stories: Sequence[Story],
    readings: Sequence[Reading],
    forecasts: Mapping[str, Forecast],
    *,
    as_of: datetime | None = None,
    parties: Mapping[str, str] | None = None,
    replays: Mapping[str, Sequence[State]] | None = None,
    pictures: Mapping[str, Sequence[tuple[str, str]]] | None = None,
) -> str:
    """The HTML of the stories, the one with most reports first.

    ``parties`` gives party names by id, ``replays`` states for the as-of slider and ``pictures`` titled SVGs of forecasts, by story id.
    """
    from sightline import __version__

    by_id = {reading.report.id: reading for reading in readings}
    links = DossierLinks()
    items = []
    for story in sorted(stories, key=lambda story: (-len(story.reports), story.id)):
        own = [by_id[report] for report in story.reports if report in by_id]
        items.append(
            {
                "view": story_view(story, own, links, parties or {}, limit=60),
                "forecast": forecasts.get(story.id),
                "pictures": (pictures or {}).get(story.id, ()),
                "replay": replay((replays or {}).get(story.id, ())),
            }
        )
    script, style = asset("sightline.js"), asset("sightline.css")
    title = stories[0].title if len(stories) == 1 else f"{len(stories)} stories"
    return render(
        "dossier.html",
        title=f"{title} - Sightline",
        stories=items,
        reports=[report_view(reading) for reading in readings],
        script=script,
        style=style,
        script_hash=content_hash(script),
        style_hash=content_hash(style),
        version=__version__,
        as_of=clock(as_of) if as_of else None,
    )
