"""The OpenAPI 3.1 description of the JSON at every page's address, and of the one form that is taken."""

from __future__ import annotations

from typing import Any

import msgspec

from sightline import __version__
from sightline.show.annotation import Annotation
from sightline.show.exports import FORMATS
from sightline.show.picture import PictureOut
from sightline.show.replay import State
from sightline.store import Hit
from sightline.types import Actor, Change, Decision, Event, Origin, Place
from sightline.web.instants import PATTERN

KINDS = ("same-event", "different-event", "same-actor", "different-actor", "note", "hide", "undo")
"""What can be decided."""
MAX_NOTE = 500
MAX_FIELD = 1000
"""Most characters of a form's other fields."""

_INSTANT = {"type": "string", "maxLength": 40, "pattern": PATTERN}
_AS_OF = {"name": "as_of", "in": "query", "required": False, "description": "The picture as it could be known then (ISO 8601).",
          "schema": _INSTANT, "example": "2023-09-12T12:00Z"}  # fmt: skip
_WORDS = {
    "400": "A parameter or field is wrong, or names what is not there.",
    "403": "The token is not that of a page.",
    "404": "Not in this store.",
    "413": "The form is too large.",
    "414": "The address is too long.",
    "501": "Needs an extra package.",
}
_Links = dict[str, dict[str, str]]


def _path(name: str, **schema: Any) -> dict[str, Any]:
    return {"name": name, "in": "path", "required": True, "schema": {"type": "string", "minLength": 1, "maxLength": 300, **schema}}


def _query(name: str, **schema: Any) -> dict[str, Any]:
    return {"name": name, "in": "query", "required": False, "schema": schema}


def _refusals(*codes: str) -> dict[str, Any]:
    return {code: {"description": _WORDS[code], "content": {"text/plain": {"schema": {"type": "string"}}}} for code in (*codes, "414")}


def _get(
    name: str,
    summary: str,
    schema: Any,
    parameters: list[dict[str, Any]],
    *,
    errors: tuple[str, ...] = ("400",),
    media: str = "application/json",
    links: _Links | None = None,
) -> dict[str, Any]:
    """An operation; ``links`` says which others its answer gives the parameters of."""
    found: dict[str, Any] = {"description": "Found.", "content": {media: {"schema": schema}}}
    if links:
        found["links"] = {to: {"operationId": to, "parameters": parameters} for to, parameters in links.items()}
    return {"get": {"operationId": name, "summary": summary, "parameters": parameters, "responses": {"200": found, **_refusals(*errors)}}}


_NEEDS = {
    "same-event": ("story", "event", "other"),
    "different-event": ("story", "event", "other"),
    "same-actor": ("actor", "other"),
    "different-actor": ("actor", "other"),
    "note": ("story", "event", "note"),
    "hide": ("report",),
    "undo": ("decision",),
}
"""What a form has to say for each kind of decision."""
_FIELDS = {
    "csrf": "The token in the forms of the pages, with the cookie that came with it.",
    "story": "The story that the events are of.",
    "event": "The event.",
    "other": "The other event or actor, or the report whose claims are split off.",
    "report": "The report.",
    "actor": "The actor.",
    "decision": "The one to take back.",
    "back": "The page to go back to.",
}


def _form(kind: str) -> dict[str, Any]:
    needed = _NEEDS[kind]
    fields: dict[str, Any] = {
        name: {"type": "string", "maxLength": MAX_FIELD, "description": words, **({"minLength": 1} if name in needed else {})}
        for name, words in _FIELDS.items()
        if name in ("csrf", "back", *needed)
    }
    fields["kind"] = {"const": kind}
    # A note of blanks alone says nothing.
    fields["note"] = {"type": "string", "maxLength": MAX_NOTE, **({"pattern": "[^\\s]"} if "note" in needed else {})}
    return {"type": "object", "required": ["csrf", "kind", *needed], "properties": fields}


def _decide() -> dict[str, Any]:
    form = {"oneOf": [_form(kind) for kind in KINDS]}
    kept = {"description": "Kept; the page to go back to.", "headers": {"location": {"schema": {"type": "string"}, "required": True}}}
    return {
        "operationId": "decide",
        "summary": "Append a decision, or take one back",
        "requestBody": {"required": True, "content": {"application/x-www-form-urlencoded": {"schema": form}}},
        "responses": {"303": kept, **_refusals("400", "403", "413")},
    }


def _paths(schemas: dict[type, Any]) -> dict[str, Any]:
    def several(kind: type) -> dict[str, Any]:
        return {"type": "array", "items": schemas[kind]}

    row = {"type": "object"}
    rows = {"type": "array", "items": row}
    both = ("400", "404")
    first = "$response.body#/0/id"
    story, as_of = _path("story"), [_AS_OF]
    within = {"story": "$request.path.story"}
    of_story: _Links = {
        "event": {**within, "event": "$response.body#/stories/0/events/0/id"},
        "slides": within,
        "export": {**within, "format": "geojson"},
        "report": {"report": "$response.body#/reports/0/id"},
    }
    limits = [_query("limit", type="integer", minimum=1, maximum=200), _query("offset", type="integer", minimum=0, maximum=1_000_000)]
    paths = {
        "/stories.json": _get("stories", "The stories", rows, as_of, links={"story": {"story": first}}),
        "/stories/{story}.json": _get("story", "A story, its reports and claims", schemas[PictureOut], [story, *as_of], errors=both,
                                      links=of_story),
        "/stories/{story}/events/{event}.json": _get("event", "An event", schemas[Event], [story, _path("event"), *as_of], errors=both),
        "/stories/{story}/slides.json": _get("slides", "The stops of a story's as-of slider", several(State), [story, *as_of], errors=both),
        "/stories/{story}/export/{format}": _get(
            "export", "A story in another form", {}, [story, _path("format", enum=sorted(FORMATS)), *as_of], errors=(*both, "501"), media="*/*"
        ),
        "/reports.json": _get("reports", "The reports", rows, as_of, links={"report": {"report": first}}),
        "/reports/{report}.json": _get("report", "A report's annotation", schemas[Annotation], [_path("report"), *as_of], errors=both),
        "/actors.json": _get("actors", "Everyone named", rows, as_of, links={"actor": {"actor": first}}),
        "/actors/{actor}.json": _get("actor", "An actor", schemas[Actor], [_path("actor"), *as_of], errors=both),
        "/places/{place}.json": _get("place", "A place", schemas[Place], [_path("place"), *as_of], errors=both),
        "/sources.json": _get("sources", "Every origin", several(Origin), as_of, links={"source": {"source": first}}),
        "/sources/{source}.json": _get("source", "An origin", schemas[Origin], [_path("source"), *as_of], errors=both),
        "/search.json": _get("search", "Reports that hold some words", several(Hit), [_query("q", type="string", maxLength=300), *limits]),
        "/changes.json": _get("changes", "What changed since an instant", several(Change), [_query("since", **_INSTANT)]),
        "/decisions.json": _get("decisions", "Every decision", several(Decision), [], errors=()),
        "/decisions": {
            **_get("decisions_page", "The page of decisions, with its forms", {"type": "string"}, [], errors=(), media="text/html"),
            "post": _decide(),
        },
        "/openapi.json": _get("description", "This description", row, [], errors=()),
        "/health": _get("health", "Whether the server answers", {"const": "ok\n"}, [], errors=(), media="text/plain"),
    }  # fmt: skip
    paths["/stories/{story}/slides.json"]["get"]["responses"]["202"] = {
        "description": "Being worked out; ask again.",
        "content": {"application/json": {"schema": {"type": "array", "maxItems": 0}}},
        "headers": {"retry-after": {"schema": {"type": "integer"}, "description": "Seconds."}},
    }
    return paths


def openapi() -> dict[str, Any]:
    """The description, with schemas of every record."""
    kinds = (PictureOut, Annotation, Actor, Place, Origin, Event, Hit, Change, Decision, State)
    schemas, components = msgspec.json.schema_components(kinds, ref_template="#/components/schemas/{name}")
    return {
        "openapi": "3.1.0",
        "info": {"title": "Sightline", "version": __version__},
        "paths": _paths(dict(zip(kinds, schemas, strict=True))),
        "components": {"schemas": components},
    }
