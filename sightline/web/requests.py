"""What handlers share: the parameters of an address, answers as HTML or JSON at the same address, and not-found."""

from __future__ import annotations

import gzip
from collections.abc import Callable
from datetime import datetime
from typing import Any

import msgspec
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from sightline.readers import parse_publication
from sightline.show.pages import render
from sightline.web.pictures import Pictures, Shown
from sightline.web.security import Forms

__all__ = [
    "JsonResponse",
    "Ready",
    "as_of",
    "give",
    "kept_json",
    "kept_page",
    "missing",
    "page",
    "ready",
    "render",
    "shown",
    "wants_json",
    "whole",
]


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
    text = request.query_params.get("as_of")
    if not text:
        return None
    try:
        return parse_publication(text, "option").interval.latest
    except ValueError as error:
        raise HTTPException(400, f"as_of: {error}") from error


def whole(request: Request, name: str, default: int, *, least: int = 0, most: int = 1_000_000) -> int:
    """A whole number of the query.

    Raises:
        HTTPException: 400 when it is none, or out of range.
    """
    text = request.query_params.get(name)
    if text is None or text == "":
        return default
    if not (text.isascii() and text.isdigit()) or len(text) > 9 or not least <= int(text) <= most:
        raise HTTPException(400, f"{name}: give a whole number from {least} to {most}")
    return int(text)


def shown(request: Request) -> Shown:
    """The picture that the request asks for."""
    pictures: Pictures = request.app.state.pictures
    moment = as_of(request)
    return pictures.as_of(moment) if moment is not None else pictures.latest()


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
