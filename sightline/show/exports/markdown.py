"""A story as Markdown for notes."""

from __future__ import annotations

import re
from collections.abc import Sequence

from sightline.show.paragraph import picture
from sightline.show.ranking import ahead, history, told
from sightline.show.words import GRADES, outlet_name, printable, report_name, slot_name, when
from sightline.types import Event, Reading, Story


def _plain(text: str) -> str:
    """Text that Markdown takes as it stands."""
    return re.sub(r"([\\`*_{}\[\]<>#|])", r"\\\1", printable(text))


def _event(event: Event, known: dict[str, tuple[Reading, str]]) -> list[str]:
    lines = [f"### {_plain(event.label)}", "", f"{when(event.interval)}; {event.status}; **{GRADES[event.grade]}** ({event.grade})", ""]
    if event.reason:
        lines += [_plain(event.reason), ""]
    for slot in event.slots:
        if slot.name != "happened" and slot.values:
            rivals = "; ".join(
                f"{_plain(value.value)} ({GRADES[value.grade]}{''.join(', ' + flag for flag in value.flags)})" for value in slot.values[:4]
            )
            lines.append(f"- {slot_name(slot.name, [value.value for value in slot.values])}: {rivals}")
    lines.append("")
    for claim in event.claims[:12]:
        if claim in known:
            reading, sentence = known[claim]
            report = reading.report
            where = (
                f"[{_plain(report_name(report))}](<{report.url}>)"
                if report.url and re.fullmatch(r"https?://[^\s<>]+", report.url)
                else _plain(report.id)
            )
            lines.append(f"> {_plain(sentence)}\n> ({_plain(outlet_name(report.outlet))}, {where}, `{claim}`)\n")
    return lines


def markdown(story: Story, readings: Sequence[Reading]) -> bytes:
    """Headings, the picture, events with their evidence, contradictions and what is unknown."""
    known = {claim.id: (reading, claim.sentence.of(reading.report.text)) for reading in readings for claim in reading.claims}
    lines = [f"# {_plain(story.title)}", "", _plain(picture(story)), ""]
    for title, events in (("What happened", told(story)), ("What is expected", ahead(story)), ("Background", history(story))):
        if events:
            lines += [f"## {title}", ""]
            for event in events:
                lines += _event(event, known)
    if story.contradictions:
        lines += ["## Contradictions", "", *(f"- {item.type.value}: {_plain(item.explanation)}" for item in story.contradictions), ""]
    if story.unknowns:
        lines += ["## What is unknown", "", *(f"- {_plain(unknown.question)}" for unknown in story.unknowns), ""]
    return "\n".join(lines).encode()
