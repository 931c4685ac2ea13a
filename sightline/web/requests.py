"""What handlers share: the parameters of an address, answers as HTML or JSON at the same address, and not-found."""

from __future__ import annotations

import gzip
from collections.abc import Callable
from datetime import datetime
from typing import Any
from urllib.parse import quote

import msgspec
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from sightline.show.filters import Filter
from sightline.show.pages import render
from sightline.show.words import GRADES, outlet_name, plural
from sightline.store import Store
from sightline.web.instants import instant
from sightline.web.pictures import NotYetError, Pictures, Shown
from sightline.web.security import Forms

__all__ = [
    "JsonResponse",
    "Ready",
    "as_of",
    "asked",
    "being_made",
    "for_programs",
    "give",
    "kept_json",
    "kept_page",
    "missing",
    "moment",
    "page",
    "ready",
    "render",
    "shown",
    "wants_json",
    "whole",
]

PATIENCE = 0.8
"""Seconds that a person is let wait for a picture before being told that it is being made."""
MAX_WORDS = 300
LISTED_MEANWHILE = 50
"""Reports listed while a picture is being made."""


class JsonResponse(Response):
    """JSON by msgspec."""

    media_type = "application/json"

    def render(self, content: Any) -> bytes:
        """Encode a record."""
        return msgspec.json.encode(content)


def as_of(request: Request) -> datetime | None:
    """The instant of ``?as_of=``.

    Raises:
        HTTPException: 400 when it is no date.
    """
    return moment(request, "as_of")


def moment(request: Request, name: str) -> datetime | None:
    """An instant of the query.

    Raises:
        HTTPException: 400 when it is no date.
    """
    text = request.query_params.get(name)
    if text is None:
        return None
    try:
        return instant(text)
    except ValueError as error:
        raise HTTPException(400, f"{name}: {error}") from error


def whole(request: Request, name: str, default: int, *, least: int = 0, most: int = 1_000_000) -> int:
    """A whole number of the query.

    Raises:
        HTTPException: 400 when it is none, or out of range.
    """
    text = request.query_params.get(name)
    if text is None:
        return default
    if not (text.isascii() and text.isdigit()) or len(text) > 9 or not least <= int(text) <= most:
        raise HTTPException(400, f"{name}: give a whole number from {least} to {most}")
    return int(text)


def asked(request: Request) -> Filter:
    """Which events the query wants to see.

    Raises:
        HTTPException: 400 when it asks for what cannot be.
    """
    words = {name: request.query_params.get(name, "").strip() for name in ("words", "status", "kind", "party")}
    if any(len(text) > MAX_WORDS for text in words.values()):
        raise HTTPException(400, f"words, status, kind, party: at most {MAX_WORDS} characters")
    return Filter(grade=whole(request, "grade", 0, most=max(GRADES)), **words)


def for_programs(request: Request) -> bool:
    """Whether a program asks, which can wait, and not a person who looks at a page."""
    return request.url.path.endswith(".json") or "/export/" in request.url.path


def shown(request: Request) -> Shown:
    """The picture that the request asks for.

    Raises:
        NotYetError: when it is being made, and a person is waiting.
    """
    pictures: Pictures = request.app.state.pictures
    then = as_of(request)
    patience = None if for_programs(request) else PATIENCE
    return pictures.as_of(then, patience) if then is not None else pictures.latest(patience)


async def being_made(request: Request, error: Exception) -> Response:
    """While a picture is being made: how far things are, the newest reports, and a page that asks again by itself."""
    assert isinstance(error, NotYetError)
    store: Store = request.app.state.pictures.store
    rows = [
        [(row["published"] or "undated")[:10], outlet_name(row["outlet"]),
         {"link": f"/reports/{quote(row['id'], safe='')}", "text": row["title"] or row["id"]}]
        for row in await run_in_threadpool(store.reports, limit=LISTED_MEANWHILE)
    ]  # fmt: skip
    lead = f"{plural(error.reports, 'report')} to be put together; this page shows the picture as soon as it is there. The newest reports:"
    html = render("table.html", title="The picture is being made", again=True, lead=lead, heads=["Published", "Outlet", "Report"], rows=rows,
                  empty="No reports.", next_link=None)  # fmt: skip
    return HTMLResponse(html, 503, headers={"retry-after": "1"})


def wants_json(request: Request, name: str) -> tuple[str, bool]:
    """A path's name without a ``.json`` behind it, and whether there was one.

    A report whose own id ends so is still found at ``id.json.json``.
    """
    text = request.path_params[name]
    return (text[: -len(".json")], True) if text.endswith(".json") else (text, False)


def page(request: Request, template: str, title: str, status: int = 200, **values: Any) -> HTMLResponse:
    """An HTML page; pages that carry forms get the cookie that their token belongs to."""
    forms: Forms = request.app.state.forms
    cookie = request.cookies.get(Forms.COOKIE)
    fresh = None if cookie else forms.fresh()
    values.setdefault("csrf", forms.token(cookie or fresh or ""))
    answer = HTMLResponse(render(template, title=title, **values), status)
    if fresh:
        answer.set_cookie(Forms.COOKIE, fresh, httponly=True, samesite="strict")
    return answer


class Ready(msgspec.Struct, frozen=True):
    """The bytes of an answer, plain and compressed."""

    plain: bytes
    compressed: bytes
    media_type: str


def ready(body: bytes, media_type: str = "text/html") -> Ready:
    """An answer made ready to be given many times."""
    return Ready(body, gzip.compress(body, 6, mtime=0), media_type)


def give(request: Request, answer: Ready) -> Response:
    """An answer made ready, compressed for those who take it so."""
    headers = {"vary": "Accept-Encoding"}
    if "gzip" in request.headers.get("accept-encoding", ""):
        return Response(answer.compressed, media_type=answer.media_type, headers={**headers, "content-encoding": "gzip"})
    return Response(answer.plain, media_type=answer.media_type, headers=headers)


def kept_page(request: Request, view: Shown, name: Any, make: Callable[[], str]) -> Response:
    """A page without forms, made once for a picture."""
    pictures: Pictures = request.app.state.pictures
    return give(request, pictures.kept(view, name, lambda: ready(make().encode())))


def kept_json(request: Request, view: Shown, name: Any, make: Callable[[], Any]) -> Response:
    """JSON, made once for a picture."""
    pictures: Pictures = request.app.state.pictures
    return give(request, pictures.kept(view, (name, "json"), lambda: ready(msgspec.json.encode(make()), "application/json")))


def missing(what: str) -> HTTPException:
    """404 in words."""
    return HTTPException(404, f"{what} is not in this store")
