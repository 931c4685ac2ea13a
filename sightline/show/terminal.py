"""The picture as a page in the terminal that an editor reads in a minute."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from rich.console import Console, Group, RenderableType
from rich.padding import Padding
from rich.rule import Rule
from rich.table import Table
from rich.text import Text

from sightline.show.ranking import ahead, history, leading, told
from sightline.show.words import GRADES, clock, outlet_name, plural, printable, slot_name, slot_of, span_of_reports, when
from sightline.types import ContradictionType, Event, Forecast, Origin, Reading, Slot, SlotValue, Story

_COLOURS = {0: "bright_black", 1: "yellow", 2: "yellow", 3: "green", 4: "bold green"}
_AGREEING = {ContradictionType.REFINEMENT, ContradictionType.SUPERSEDED, ContradictionType.PLAN_AGAINST_FACT}
_PLAIN_SLOTS = ("happened", "status")
_BESIDE = ("with", "companion")
"""Slots that add nothing of somebody who is already told of as "who"."""


def _grade(value: int) -> Text:
    return Text("●" * value + "○" * (4 - value) + " " + GRADES[value], style=_COLOURS[value])


def _value(value: SlotValue, *, best: bool) -> Text:
    line = Text(printable(value.value), style="bold" if best else "")
    pages = len({claim.partition("#")[0] for claim in value.claims})
    line.append(f"  {GRADES[value.grade]}, {plural(pages, 'report')}", style=_COLOURS[value.grade])
    if value.flags:
        line.append("  " + ", ".join(value.flags), style="red")
    return line


def _counted_in_label(event: Event, slot: Slot) -> bool:
    """Whether a count has no rival and stands in the label's own words ("two leaders")."""
    counted = slot.values[0].quantity if len(slot.values) == 1 else None
    return slot.name.startswith("number of ") and counted is not None and counted.text.lower().removeprefix("the ") in event.label.lower()


def _event(event: Event) -> RenderableType:
    # What one side denies is not to be read as confirmed, however many others tell of it.
    disputed = any("disputed" in value.flags for value in slot_of(event, "happened"))
    standing = Text("disputed", style="red") if disputed else _grade(event.grade)
    head = Text.assemble((printable(event.label), "bold"), "  ", standing)
    if event.status != "happened":
        head.append(f"  {event.status}", style="cyan")
    rows = Table.grid(padding=(0, 1))
    rows.add_column(width=9, style="dim")
    rows.add_column(ratio=1)
    who = {value.value for value in slot_of(event, "who")}
    for slot in event.slots:
        rivals = [value for value in slot.values if value.value and not (slot.name in _BESIDE and value.value in who)][:3]
        if (
            slot.name in _PLAIN_SLOTS
            or not rivals
            or _counted_in_label(event, slot)
            or (slot.name == "when" and len(rivals) == 1 and not rivals[0].flags)
        ):
            continue
        for number, value in enumerate(rivals):
            rows.add_row(slot_name(slot.name, [one.value for one in rivals]) if number == 0 else "", _value(value, best=number == 0))
    for value in slot_of(event, "happened"):
        # Of what several sides confirm a lone denial is mostly of some part; the contradictions tell where it is of the whole.
        if value.key == "denied" and value.grade and event.status != "denied" and (disputed or event.grade < 3):
            rows.add_row("denied", Text(printable(value.reason), style="italic"))
    if event.reason:
        rows.add_row("why", Text(printable(event.reason), style="italic"))
    return Group(head, rows)


def _dated(events: Sequence[Event], width: int) -> Table:
    table = Table.grid(padding=(0, 2))
    table.add_column(width=min(24, width // 4), style="cyan")
    table.add_column(ratio=1)
    for event in events:
        dates = slot_of(event, "when")
        date = dates[0].interval if dates else event.interval
        table.add_row(printable(when(date)), Padding(_event(event), (0, 0, 1, 0)))
    return table


def _short(events: Sequence[Event], width: int) -> Table:
    table = Table.grid(padding=(0, 2))
    table.add_column(width=min(24, width // 4), style="cyan")
    table.add_column(ratio=1)
    for event in events:
        line = Text(printable(event.label))
        line.append(f"  {event.status}, {GRADES[event.grade]}", style="dim")
        table.add_row(printable(when(event.interval)), line)
    return table


def _origins(origins: Sequence[Origin], parties: Mapping[str, str], limit: int) -> Table:
    table = Table.grid(padding=(0, 2))
    for ratio in (5, 3, 2):
        table.add_column(ratio=ratio)
    ranked = sorted(origins, key=lambda origin: (-len(set(origin.reports)), origin.id))
    for origin in ranked[:limit]:
        speaker = Text(printable(origin.speaker))
        if origin.via:
            speaker.append(" via " + printable(", ".join(origin.via[:3])), style="dim")
        table.add_row(speaker, Text(printable(_party(origin, parties)), style="dim"), plural(len(set(origin.reports)), "report"))
    if len(ranked) > limit:
        table.add_row(Text(f"and {len(ranked) - limit} more", style="dim"), "", "")
    return table


def _party(origin: Origin, parties: Mapping[str, str]) -> str:
    """The side behind an origin in words; a newsroom's own dispatch is nobody's side."""
    if origin.party is None:
        return "side unknown"
    if origin.party in parties:
        return parties[origin.party]
    kind, _, name = origin.party.partition(":")
    return "its own newsroom" if kind == "outlet" else name.replace("-", " ")


def _section(title: str, *body: RenderableType) -> list[RenderableType]:
    return [Rule(Text(title, style="bold"), align="left", style="dim"), *body, Text("")]


def _heading(story: Story, readings: Sequence[Reading], as_of: datetime | None) -> list[RenderableType]:
    outlets = {outlet_name(reading.report.outlet) for reading in readings}
    facts = [
        plural(len(readings), "report"),
        plural(len(outlets), "outlet"),
        plural(len(story.origins), "origin"),
        span_of_reports(readings),
    ]
    if as_of is not None:
        facts.append(f"as of {clock(as_of)}")
    return [Text(printable(story.title), style="bold white"), Text("  ".join(facts), style="dim"), Text("")]


def story_page(
    story: Story,
    readings: Sequence[Reading],
    forecast: Forecast | None = None,
    *,
    as_of: datetime | None = None,
    parties: Mapping[str, str] | None = None,
    limit: int = 12,
    width: int = 100,
) -> RenderableType:
    """One story as a rich renderable: the matter in a line, where the traveller is, events in time order with who stands behind
    them, contradictions, what lies ahead, what is unknown, and the origins. ``limit`` bounds each list."""
    body: list[RenderableType] = _heading(story, readings, as_of)
    if forecast is not None:
        lines = [Text(printable(forecast.headline), style="bold cyan")]
        lines += [Text("· " + printable(reason.text)) for reason in forecast.reasons[:3]]
        if forecast.next_sighting:
            lines.append(Text("· " + printable(forecast.next_sighting), style="dim"))
        lines += [Text("! " + printable(line), style="red") for line in forecast.infeasible[:3]]
        body += _section("Where now, and when there", *lines)
    happened = told(story)
    shown = leading(happened, limit)
    if shown:
        left = len(happened) - len(shown)
        more = [Text(f"and {plural(left, 'lesser event')} (--all shows {'it' if left == 1 else 'them'})", style="dim")] if left else []
        body += _section("What happened", _dated(shown, width), *more)
    serious = [item for item in story.contradictions if item.type not in _AGREEING]
    if serious:
        lines = []
        for item in serious[:limit]:
            lines.append(Text.assemble((item.type.value, "red"), "  ", (printable(item.explanation), "")))
        body += _section("Contradictions", *lines)
    expected = leading(ahead(story), limit)
    if expected:
        body += _section("What is expected", _short(expected, width))
    if story.unknowns:
        body += _section("What is unknown", *(Text("? " + printable(unknown.question)) for unknown in story.unknowns[:limit]))
    earlier = leading(history(story), max(limit // 2, 3))
    if earlier:
        body += _section("Background", _short(earlier, width))
    if story.origins:
        body += _section("Who it goes back to", _origins(story.origins, parties or {}, limit))
    return Group(*body)


def brief(
    stories: Sequence[Story],
    readings: Sequence[Reading],
    forecasts: Mapping[str, Forecast],
    console: Console,
    *,
    as_of: datetime | None = None,
    parties: Mapping[str, str] | None = None,
    limit: int = 12,
) -> None:
    """Print every story, the one with most reports first, to ``console``; ``parties`` gives the parties' names by their ids."""
    by_id = {reading.report.id: reading for reading in readings}
    for story in sorted(stories, key=lambda story: (-len(story.reports), story.id)):
        own = [by_id[report] for report in story.reports if report in by_id]
        console.print(story_page(story, own, forecasts.get(story.id), as_of=as_of, parties=parties, limit=limit, width=console.width))
    unread = [note for reading in readings for note in reading.notes]
    if unread:
        console.print(Text("\n".join(printable(note) for note in unread[:20]), style="dim"))
