"""The OpenAPI 3.1 description of the JSON at every page's address."""

from __future__ import annotations

from typing import Any

import msgspec

from sightline import __version__
from sightline.show.annotation import Annotation
from sightline.show.exports import FORMATS
from sightline.show.picture import PictureOut
from sightline.store import Hit
from sightline.types import Actor, Change, Decision, Event, Origin, Place

_AS_OF = {"name": "as_of", "in": "query", "required": False, "description": "The picture as it could be known then (ISO 8601).",
          "schema": {"type": "string", "maxLength": 40}, "example": "2023-09-12T12:00Z"}  # fmt: skip


def _path(name: str, **schema: Any) -> dict[str, Any]:
    return {"name": name, "in": "path", "required": True, "schema": {"type": "string", "minLength": 1, "maxLength": 300, **schema}}


def _get(
    summary: str, schema: Any, parameters: list[dict[str, Any]], *, errors: tuple[str, ...] = ("400",), media: str = "application/json"
) -> dict[str, Any]:
    answers: dict[str, Any] = {"200": {"description": "Found.", "content": {media: {"schema": schema}}}}
    words = {
        "400": "A parameter is wrong.",
        "404": "Not in this store.",
        "414": "The address is too long.",
        "501": "Needs an extra package.",
    }
    for code in (*errors, "414"):
        answers[code] = {"description": words[code], "content": {"text/plain": {"schema": {"type": "string"}}}}
    return {"get": {"summary": summary, "parameters": parameters, "responses": answers}}


def openapi() -> dict[str, Any]:
    """The description, with schemas of every record."""
    kinds = (PictureOut, Annotation, Actor, Place, Origin, Event, Hit, Change, Decision)
    schemas, components = msgspec.json.schema_components(kinds, ref_template="#/components/schemas/{name}")
    picture, annotation, actor, place, origin, event, hit, change, decision = schemas
    row = {"type": "object"}
    both = ("400", "404")
    limit = {"name": "limit", "in": "query", "required": False, "schema": {"type": "integer", "minimum": 1, "maximum": 200}}
    offset = {"name": "offset", "in": "query", "required": False, "schema": {"type": "integer", "minimum": 0, "maximum": 1_000_000}}
    words = {"name": "q", "in": "query", "required": False, "schema": {"type": "string", "maxLength": 300}}
    since = {"name": "since", "in": "query", "required": False, "schema": {"type": "string", "maxLength": 40}}
    paths = {
        "/stories.json": _get("The stories", {"type": "array", "items": row}, [_AS_OF]),
        "/stories/{story}.json": _get("A story, its reports and claims", picture, [_path("story"), _AS_OF], errors=both),
        "/stories/{story}/events/{event}.json": _get("An event", event, [_path("story"), _path("event"), _AS_OF], errors=both),
        "/stories/{story}/export/{format}": _get("A story in another form", {}, [_path("story"), _path("format", enum=sorted(FORMATS)), _AS_OF],
                                                  errors=("400", "404", "501"), media="*/*"),
        "/reports.json": _get("The reports", {"type": "array", "items": row}, [_AS_OF]),
        "/reports/{report}.json": _get("A report's annotation", annotation, [_path("report"), _AS_OF], errors=both),
        "/actors.json": _get("Everyone named", {"type": "array", "items": row}, [_AS_OF]),
        "/actors/{actor}.json": _get("An actor", actor, [_path("actor"), _AS_OF], errors=both),
        "/places/{place}.json": _get("A place", place, [_path("place"), _AS_OF], errors=both),
        "/sources.json": _get("Every origin", {"type": "array", "items": origin}, [_AS_OF]),
        "/sources/{source}.json": _get("An origin", origin, [_path("source"), _AS_OF], errors=both),
        "/search.json": _get("Reports that hold some words", {"type": "array", "items": hit}, [words, limit, offset]),
        "/changes.json": _get("What changed since an instant", {"type": "array", "items": change}, [since]),
        "/decisions.json": _get("Every decision", {"type": "array", "items": decision}, []),
    }  # fmt: skip
    return {
        "openapi": "3.1.0",
        "info": {"title": "Sightline", "version": __version__},
        "paths": paths,
        "components": {"schemas": components},
    }
