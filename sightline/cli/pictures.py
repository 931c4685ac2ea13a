"""Verbs over a store's picture: ``events``, ``timeline``, ``sources``, ``changes``, ``export``, ``actors``, ``decide``, ``undo``, ``serve``."""

from __future__ import annotations

import sys
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import msgspec
import typer
from rich.console import Console
from rich.table import Table
from rich.text import Text

from sightline.cli.options import AsOf, Database, instant
from sightline.cli.stores import AsJson, Limit, opened
from sightline.show.exports import FORMATS
from sightline.show.words import GRADES, plural, printable, when
from sightline.types import Event, Reading, Story

if TYPE_CHECKING:
    from sightline.desk import Picture

StoryId = Annotated[str | None, typer.Option("--story", help="Only this story (its id or the beginning of it).")]


def picture(db: str | None, as_of: str | None) -> Picture:
    """The store's picture as of an instant."""
    from sightline.desk import picture_of

    moment = instant(as_of)
    with opened(db) as store:
        return picture_of(store.readings(as_of=moment), decisions=store.decisions(as_of=moment), as_of=moment)


def chosen(stories: tuple[Story, ...], story: str | None) -> list[Story]:
    """The stories whose id begins so, largest first; all without one. Ends the command when there is none."""
    found = [item for item in stories if story is None or item.id.startswith(story)]
    if not found:
        print(
            f"error: no story {story!r}; `sightline events` names them" if story else "error: the store holds no story yet", file=sys.stderr
        )
        raise typer.Exit(1)
    return sorted(found, key=lambda item: (-len(item.reports), item.id))


def _emit(rows: list[object]) -> None:
    import msgspec

    for row in rows:
        sys.stdout.buffer.write(msgspec.json.encode(row) + b"\n")


def _print_events(events: list[Event]) -> None:
    table = Table(box=None, pad_edge=False)
    for column in ("when", "event", "status", "grade", "reports", "id"):
        table.add_column(column, overflow="fold")
    for event in events:
        reports = len({claim.partition("#")[0] for claim in event.claims})
        table.add_row(
            when(event.interval), Text(printable(event.label)), event.status, f"{event.grade} {GRADES[event.grade]}", str(reports), event.id
        )
    Console(highlight=False).print(table)


def events(
    db: Database = None,
    story: StoryId = None,
    as_of: AsOf = None,
    grade: Annotated[int, typer.Option(help="At least this grade.", min=0, max=4)] = 0,
    limit: Limit = 100,
    as_json: AsJson = False,
) -> None:
    """List events with their grades, in time order."""
    for item in chosen(picture(db, as_of).stories, story):
        wanted = [event for event in item.events if event.grade >= grade][:limit]
        if as_json:
            _emit(list(wanted))
        else:
            print(f"\n{item.id}  {printable(item.title)}")
            _print_events(wanted)


def timeline(db: Database = None, story: StoryId = None, as_of: AsOf = None, as_json: AsJson = False) -> None:
    """When each dated event happened, against when it was said."""
    view = picture(db, as_of)
    published = {reading.report.id: reading.report.published for reading in view.readings}
    for item in chosen(view.stories, story):
        rows = []
        for event in item.events:
            if event.interval is None or event.background:
                continue
            said = sorted(date.value for claim in event.claims if (date := published.get(claim.partition("#")[0])))
            rows.append((event, said[0] if said else None))
        if as_json:
            _emit(
                [
                    {"event": event.id, "label": event.label, "edtf": event.interval.edtf if event.interval else None, "first_said": said}
                    for event, said in rows
                ]
            )
            continue
        print(f"\n{printable(item.title)}")
        table = Table(box=None, pad_edge=False)
        for column in ("happened", "first said", "event", "grade"):
            table.add_column(column, overflow="fold")
        for event, first in rows:
            table.add_row(when(event.interval), first or "undated", Text(printable(event.label)), GRADES[event.grade])
        Console(highlight=False).print(table)


def sources(db: Database = None, story: StoryId = None, as_of: AsOf = None, limit: Limit = 50, as_json: AsJson = False) -> None:
    """List the origins that the pages lead back to, the one with most pages first."""
    for item in chosen(picture(db, as_of).stories, story):
        origins = sorted(item.origins, key=lambda origin: (-len(set(origin.reports)), origin.id))[:limit]
        if as_json:
            _emit(list(origins))
            continue
        print(f"\n{printable(item.title)}")
        table = Table(box=None, pad_edge=False)
        for column in ("pages", "origin", "via", "party", "access"):
            table.add_column(column, overflow="fold")
        for origin in origins:
            cells = (origin.speaker, ", ".join(origin.via), origin.party or "unknown", origin.access.value)
            table.add_row(str(len(set(origin.reports))), *(Text(printable(cell)) for cell in cells))
        Console(highlight=False).print(table)


def changes(
    since: Annotated[str, typer.Option(help="Since when: 2023-09-11 or 2023-09-11T12:00Z.")],
    db: Database = None,
    story: StoryId = None,
    as_json: AsJson = False,
) -> None:
    """What is new, raised, lowered, contradicted, superseded or refuted since an instant, each with its cause."""
    from sightline.stories import changes as between

    before = picture(db, since)
    story_of = {report: item for item in before.stories for report in item.reports}
    for item in chosen(picture(db, None).stories, story):
        earlier = next((story_of[report] for report in item.reports if report in story_of), None)
        found = between(earlier, item)
        if as_json:
            _emit(list(found))
            continue
        print(f"\n{printable(item.title)}: {plural(len(found), 'change')}")
        for change in found:
            print(f"  {change.kind:<13} {printable(change.value)}  {printable(change.cause)}")


def export(
    form: Annotated[str, typer.Argument(help="One of: " + ", ".join(FORMATS) + ".", metavar="FORMAT")],
    db: Database = None,
    story: StoryId = None,
    as_of: AsOf = None,
    output: Annotated[Path | None, typer.Option("--output", "-o", help="File to write; standard output if not given.")] = None,
) -> None:
    """A story in a form that other programs read (the largest story unless --story names one).

    Example: sightline export geojson -o story.geojson
    """
    if form not in FORMATS:
        raise typer.BadParameter(f"{form!r} is none of {', '.join(FORMATS)}", param_hint="FORMAT")
    view = picture(db, as_of)
    item = chosen(view.stories, story)[0]
    by_id: dict[str, Reading] = {reading.report.id: reading for reading in view.readings}
    try:
        data = FORMATS[form].make(item, [by_id[report] for report in item.reports if report in by_id])
    except ModuleNotFoundError as error:
        print(f"error: {form} needs {error.name}; pip install 'sightline[crawl]'", file=sys.stderr)
        raise typer.Exit(1) from error
    if output:
        output.write_bytes(data)
    else:
        sys.stdout.buffer.write(data)


def _decide(db: str | None, kind: str, subjects: tuple[str, ...], note: str) -> None:
    import getpass

    from sightline.store import new_decision

    decision = new_decision(kind, subjects, getpass.getuser(), note)
    with opened(db) as store:
        store.decide(decision)
    print(f"{decision.id}  {kind}  {'  '.join(subjects)}")


def actors(
    db: Database = None,
    join: Annotated[tuple[str, str] | None, typer.Option(help="Two actor ids that are one actor.")] = None,
    split: Annotated[tuple[str, str] | None, typer.Option(help="Two actor ids that are not one actor.")] = None,
    note: Annotated[str, typer.Option(help="Why.")] = "",
    limit: Limit = 50,
    as_json: AsJson = False,
) -> None:
    """List the actors, or record that two are one (--join) or are not (--split). Decisions are appended and can be undone.

    The list shows whom the reports share, after all decisions; the last column names the ids of single reports that stand behind one.
    """
    if join is not None or split is not None:
        for kind, pair in (("same-actor", join), ("different-actor", split)):
            if pair is not None:
                _decide(db, kind, pair, note)
        return
    from sightline.stories.identities import identify

    with opened(db) as store:
        readings = store.readings()
        who = identify(readings, store.decisions())
    mentions: Counter[str] = Counter(who.of(name.actor) for reading in readings for name in reading.names if name.actor)
    found = {actor.id for reading in readings for actor in reading.actors}
    joined: dict[str, list[str]] = {}
    for actor_id in sorted(found):
        joined.setdefault(who.of(actor_id), []).append(actor_id)
    ordered = [
        msgspec.structs.replace(actor, id=one)
        for one in sorted(joined, key=lambda one: (-mentions[one], one))
        for actor in [who.actor(one)]
        if actor is not None
    ][:limit]
    if as_json:
        _emit(list(ordered))
        return
    table = Table(box=None, pad_edge=False)
    for column in ("mentions", "name", "kind", "party", "id", "of"):
        table.add_column(column, overflow="fold")
    for actor in ordered:
        others = [other for other in joined[actor.id] if other != actor.id]
        table.add_row(str(mentions[actor.id]), Text(printable(actor.name)), actor.kind, actor.party or "-", actor.id, " ".join(others))
    Console(highlight=False).print(table)


def decide(
    kind: Annotated[str, typer.Argument(help="same-event, different-event (two claim ids), hide (a report id), note (a claim id).")],
    subjects: Annotated[list[str], typer.Argument(help="What it is about.")],
    db: Database = None,
    note: Annotated[str, typer.Option(help="Why.")] = "",
) -> None:
    """Record a decision of your own about the picture; it is obeyed from then on."""
    wanted = {"same-event": 2, "different-event": 2, "same-story": 2, "hide": 1, "note": 1}
    if kind not in wanted:
        raise typer.BadParameter(f"{kind!r} is none of {', '.join(wanted)}", param_hint="KIND")
    if len(subjects) != wanted[kind]:
        raise typer.BadParameter(f"{kind} is about {plural(wanted[kind], 'thing')}, not {len(subjects)}", param_hint="SUBJECTS")
    _decide(db, kind, tuple(subjects), note)


def undo(
    decision: Annotated[str, typer.Argument(help="Id of the decision; `sightline decisions` gives them.")], db: Database = None
) -> None:
    """Take a decision back; the taking back is a row of its own."""
    with opened(db) as store:
        known = any(made.id == decision for made in store.decisions(undone=True))
    if not known:
        print(f"error: no decision {decision!r}; `sightline decisions` gives the ids", file=sys.stderr)
        raise typer.Exit(1)
    _decide(db, "undo", (decision,), "")


def decisions(db: Database = None, as_json: AsJson = False) -> None:
    """List every decision, those taken back too."""
    with opened(db) as store:
        made = store.decisions(undone=True)
        standing = {decision.id for decision in store.decisions()}
    if as_json:
        _emit(list(made))
        return
    for decision in made:
        back = "" if decision.id in standing or decision.kind == "undo" else "  (taken back)"
        line = f"{decision.id}  {decision.at:%Y-%m-%d %H:%M}  {printable(decision.by)}  {decision.kind}  {'  '.join(decision.subjects)}"
        print(f"{line}  {printable(decision.note)}{back}")


def serve(
    db: Database = None,
    host: Annotated[str, typer.Option(help="Address to listen on; loopback unless you know better.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(help="Port to listen on.", min=1, max=65535)] = 8321,
    token: Annotated[str | None, typer.Option(help="Ask everyone for this bearer token.", envvar="SIGHTLINE_TOKEN")] = None,
    network: Annotated[Path | None, typer.Option(help="Route network for forecasts.", exists=True)] = None,
) -> None:
    """Show the store as pages in the browser, on this machine only unless told otherwise."""
    import uvicorn

    from sightline.web.app import LOOPBACK, create_app

    local = host in ("127.0.0.1", "::1", "localhost")
    if not local and not token:
        print(f"error: {host} is open to others; set --token or listen on 127.0.0.1", file=sys.stderr)
        raise typer.Exit(1)
    roads = None
    if network is not None:
        from sightline.journeys import Network

        roads = Network.load(network)
    with opened(db) as store:
        app = create_app(store, hosts=LOOPBACK | {host}, token=token, network=roads)
        app.state.pictures.begin()
        print(f"http://{'localhost' if local else host}:{port}/  (Ctrl-C ends it)")
        uvicorn.run(app, host=host, port=port, log_level="warning", server_header=False)
