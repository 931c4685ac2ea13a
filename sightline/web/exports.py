"""Downloads of a story in every form."""

from __future__ import annotations

from urllib.parse import quote

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from sightline.show.exports import FORMATS
from sightline.web.requests import missing, shown
from sightline.web.stories import readings_of


def export(request: Request) -> Response:
    """A story in one form."""
    view = shown(request)
    story = view.stories.get(request.path_params["story"])
    form = FORMATS.get(request.path_params["format"])
    if story is None:
        raise missing(f"the story {request.path_params['story']!r}")
    if form is None:
        raise missing(f"a form {request.path_params['format']!r} (there are {', '.join(FORMATS)})")
    try:
        data = form.make(story, readings_of(view, story))
    except ModuleNotFoundError as error:
        raise HTTPException(501, f"{form.name} needs {error.name}; pip install 'sightline[crawl]'") from error
    name = quote(f"{story.id}.{form.ending}")
    return Response(data, media_type=form.media_type, headers={"content-disposition": f"attachment; filename*=UTF-8''{name}"})
