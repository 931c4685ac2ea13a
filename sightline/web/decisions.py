"""Working with the picture: decisions are appended, with who and when, and can be taken back."""

from __future__ import annotations

from collections.abc import Container
from urllib.parse import quote

from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from sightline.store import Store, new_decision
from sightline.web.actors import People, people_of
from sightline.web.openapi import KINDS, MAX_FIELD, MAX_NOTE
from sightline.web.pictures import Pictures, Shown
from sightline.web.requests import JsonResponse, page
from sightline.web.security import Forms


async def either(request: Request) -> Response:
    """The page of decisions, or one decision more."""
    return await decide(request) if request.method == "POST" else await run_in_threadpool(decisions, request)


def decisions(request: Request) -> Response:
    """Every decision, newest first, those taken back marked."""
    store: Store = request.app.state.pictures.store
    made = store.decisions(undone=True)
    if request.url.path.endswith(".json"):
        return JsonResponse(made)
    standing = {decision.id for decision in store.decisions()}
    rows = [
        {"id": decision.id, "at": f"{decision.at:%Y-%m-%d %H:%M} UTC", "by": decision.by, "kind": decision.kind, "subjects": decision.subjects,
         "note": decision.note, "undone": decision.kind != "undo" and decision.id not in standing}
        for decision in reversed(made)
    ]  # fmt: skip
    return page(request, "decisions.html", "Decisions", rows=rows)


def _subjects(kind: str, form: dict[str, str], view: Shown, people: People, made: Container[str]) -> tuple[str, ...]:
    """Ids that a form's decision is about: claims stand for events, since claims keep their ids when reports are added;
    ``made`` are the ids of earlier decisions.

    Raises:
        HTTPException: 400 when something is missing or unknown.
    """
    if kind == "undo":
        decision = form.get("decision", "")
        return (decision,) if decision in made else _wrong("which decision to take back")
    if kind == "hide":
        report = form.get("report", "")
        return (report,) if report in view.readings else _wrong("which report to hide")
    if kind in ("same-actor", "different-actor"):
        actors = (form.get("actor", ""), form.get("other", ""))
        known = actors[0] != actors[1] and all(people.find(actor) is not None for actor in actors)
        return actors if known else _wrong("two actors that are in these reports")
    event = view.event(form.get("story", ""), form.get("event", ""))
    if event is None or not event.claims:
        return _wrong("which event it is about")
    if kind == "note":
        return (event.claims[0],)
    other = form.get("other", "")
    if kind == "same-event":
        second = view.event(form.get("story", ""), other)
        return (
            (event.claims[0], second.claims[0]) if second is not None and second.claims else _wrong("which other event it is the same as")
        )
    own = [claim for claim in event.claims if claim.rpartition("#")[0] == other]
    rest = [claim for claim in event.claims if claim not in own]
    return (own[0], rest[0]) if own and rest else _wrong("which report's claims to split off")


def _wrong(what: str) -> tuple[str, ...]:
    raise HTTPException(400, f"the decision does not say {what}")


async def decide(request: Request) -> Response:
    """Append a decision from a form, then go back to where it was made."""
    given = await request.form(max_files=0, max_fields=20)
    form = {key: value for key, value in given.items() if isinstance(value, str)}
    # The new picture is waited for, by this reader alone.
    return await run_in_threadpool(_decide, request, form)


def _decide(request: Request, form: dict[str, str]) -> Response:
    forms: Forms = request.app.state.forms
    pictures: Pictures = request.app.state.pictures
    if not forms.valid(request.cookies.get(Forms.COOKIE), form.get("csrf")):
        raise HTTPException(403, "the form is stale; open the page again and retry")
    kind = form.get("kind", "")
    if kind not in KINDS:
        raise HTTPException(400, f"kind: one of {', '.join(KINDS)}")
    note = form.get("note", "").strip()
    if len(note) > MAX_NOTE:
        raise HTTPException(400, f"note: at most {MAX_NOTE} characters")
    if kind == "note" and not note:
        raise HTTPException(400, "the note is empty")
    if any(len(value) > MAX_FIELD for name, value in form.items() if name != "note"):
        raise HTTPException(400, f"a field is too long: at most {MAX_FIELD} characters")
    view = pictures.latest()
    made = {decision.id for decision in pictures.store.decisions(undone=True)}
    subjects = _subjects(kind, form, view, people_of(pictures, view), made)
    pictures.store.decide(new_decision(kind, subjects, request.app.state.user, note))
    pictures.refreshed()
    back = form.get("back", "/")
    safe = back if back.startswith("/") and not back.startswith("//") and "\\" not in back and back.isprintable() else "/"
    return RedirectResponse(quote(safe, safe="/?&=#%:"), 303)
