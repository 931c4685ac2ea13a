"""The served pages: every page's JSON stands at the same address with ``.json`` behind it."""

from __future__ import annotations

import getpass
from typing import TYPE_CHECKING

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Route

from sightline.show.pages import asset
from sightline.store import Store, StoreError
from sightline.web import actors, decisions, exports, reports, stories
from sightline.web.changes import changes
from sightline.web.openapi import openapi
from sightline.web.pictures import NotYetError, Pictures
from sightline.web.requests import being_made
from sightline.web.security import Forms, Guard

if TYPE_CHECKING:
    from sightline.journeys import Network

LOOPBACK = frozenset({"localhost", "127.0.0.1", "[::1]"})
_TYPES = {"sightline.css": "text/css", "sightline.js": "text/javascript"}


def _asset(request: Request) -> Response:
    name = request.path_params["name"]
    if name not in _TYPES:
        raise HTTPException(404, "no such file")
    return Response(asset(name), media_type=_TYPES[name], headers={"cache-control": "max-age=300"})


async def _refused(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    return PlainTextResponse(f"{error.detail}\n", error.status_code, error.headers)


async def _store_failed(request: Request, error: Exception) -> Response:
    return PlainTextResponse(f"{error}\n", 503)


def create_app(
    store: Store,
    *,
    hosts: frozenset[str] = LOOPBACK,
    token: str | None = None,
    network: Network | None = None,
    user: str | None = None,
) -> Starlette:
    """The application over a store.

    ``hosts`` are the names it answers to, ``token`` is asked of everyone if set, ``network`` brings forecasts, ``user`` signs decisions.
    """

    def get(path: str, endpoint: object) -> Route:
        return Route(path, endpoint, methods=["GET"])  # type: ignore[arg-type]

    routes = [
        get("/", stories.stories),
        get("/stories.json", stories.stories),
        get("/stories/{story}/events", stories.events),
        get("/stories/{story}/slides.json", stories.slides),
        get("/stories/{story}/events/{event:path}", stories.event),
        get("/stories/{story}/export/{format}", exports.export),
        get("/stories/{story:path}", stories.story),
        get("/reports", reports.reports),
        get("/reports.json", reports.reports),
        get("/reports/{report:path}", reports.report),
        get("/actors", actors.actors),
        get("/actors.json", actors.actors),
        get("/actors/{actor:path}", actors.actor),
        get("/places/{place:path}", reports.place),
        get("/sources", reports.sources),
        get("/sources.json", reports.sources),
        get("/sources/{source:path}", reports.source),
        get("/search", reports.search),
        get("/search.json", reports.search),
        get("/changes", changes),
        get("/changes.json", changes),
        Route("/decisions", decisions.either, methods=["GET", "POST"]),
        get("/decisions.json", decisions.decisions),
        get("/assets/{name}", _asset),
        get("/openapi.json", lambda request: JSONResponse(openapi())),
        get("/health", lambda request: PlainTextResponse("ok\n")),
    ]
    app = Starlette(
        routes=routes,
        middleware=[Middleware(Guard, hosts=hosts, token=token), Middleware(GZipMiddleware, minimum_size=2000, compresslevel=4)],
        exception_handlers={HTTPException: _refused, StoreError: _store_failed, NotYetError: being_made},
    )
    pictures = Pictures(store, network)
    pictures.warm = lambda view: stories.warm(pictures, view)
    pictures.warm_story = lambda view, story, slides: stories.warm_story(pictures, view, story, slides)
    app.state.pictures = pictures
    app.state.forms = Forms()
    app.state.user = user or getpass.getuser()
    return app
