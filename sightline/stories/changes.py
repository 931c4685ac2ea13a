"""What is different between the picture at two instants, and why."""

from __future__ import annotations

from sightline.types import Change, Event, Origin, Slot, SlotValue, Story

_FLAGS = {"superseded": "SUPERSEDED", "stale": "SUPERSEDED", "refuted": "REFUTED", "report-date": "REFUTED", "disputed": "CONTRADICTED"}


def changes(before: Story | None, after: Story) -> list[Change]:
    """The changes from one picture of a story to a later one, in the order of its events.

    Events are matched by the claims that they share, so that a merge or a split is no change by itself. NEW is an event or a value that
    was not there, RAISED and LOWERED a grade, CONTRADICTED, SUPERSEDED and REFUTED a value's new flag or a new contradiction.
    """
    claims_before = {claim: event for event in (before.events if before is not None else ()) for claim in event.claims}
    reports = _Reports(after)
    found: list[Change] = []
    for event in after.events:
        old = _counterpart(event, claims_before)
        if old is None:
            found.append(_new_event(event, after, reports))
            continue
        for slot in event.slots:
            found.extend(_slot_changes(event, slot, old, before, after, reports))
    found.extend(_new_contradictions(before, after, reports))
    return found


class _Reports:
    """Which report a claim stands in."""

    def __init__(self, story: Story) -> None:
        self._of: dict[str, str] = {}
        for report in story.reports:
            self._of[report] = report

    def of(self, claims: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(sorted({claim.rpartition("#")[0] for claim in claims if "#" in claim}))


def _counterpart(event: Event, claims_before: dict[str, Event]) -> Event | None:
    shared: dict[str, int] = {}
    events: dict[str, Event] = {}
    for claim in event.claims:
        old = claims_before.get(claim)
        if old is not None:
            shared[old.id] = shared.get(old.id, 0) + 1
            events[old.id] = old
    if not shared:
        return None
    return events[min(shared, key=lambda event_id: (-shared[event_id], event_id))]


def _new_event(event: Event, after: Story, reports: _Reports) -> Change:
    sources = reports.of(event.claims)
    cause = f"First told by {_list(sources)}: {event.reason}" if event.reason else f"First told by {_list(sources)}"
    return Change(kind="NEW", at=after.as_of, event=event.id, slot="happened", value=event.label, cause=_sentence(cause), reports=sources)


def _slot_changes(event: Event, slot: Slot, old: Event, before: Story | None, after: Story, reports: _Reports) -> list[Change]:
    old_values = {value.key: value for part in old.slots if part.name == slot.name for value in part.values}
    found = []
    for value in slot.values:
        earlier = old_values.get(value.key)
        fresh = tuple(claim for claim in value.claims if earlier is None or claim not in earlier.claims)
        sources = reports.of(fresh) or reports.of(value.claims)
        if earlier is None:
            cause = f"First told by {_list(sources)}: {value.reason}"
            found.append(_change("NEW", event, slot, value, cause, sources, after))
            continue
        if value.grade > earlier.grade:
            found.append(_change("RAISED", event, slot, value, _why_raised(value, earlier, before, after), sources, after))
        elif value.grade < earlier.grade:
            cause = f"From grade {earlier.grade} to {value.grade}: {value.reason}"
            found.append(_change("LOWERED", event, slot, value, cause, sources, after))
        for flag in value.flags:
            if flag not in earlier.flags:
                found.append(
                    _change(_FLAGS.get(flag, "CONTRADICTED"), event, slot, value, _why_flagged(event, slot, value, after), sources, after)
                )
    return found


def _change(kind: str, event: Event, slot: Slot, value: SlotValue, cause: str, sources: tuple[str, ...], after: Story) -> Change:
    return Change(kind=kind, at=after.as_of, event=event.id, slot=slot.name, value=value.value, cause=_sentence(cause), reports=sources)


def _why_raised(value: SlotValue, earlier: SlotValue, before: Story | None, after: Story) -> str:
    known = {origin.id for origin in before.origins} if before is not None else set()
    fresh = [origin for origin in after.origins if origin.id in value.origins and origin.id not in earlier.origins]
    names = ", ".join(dict.fromkeys(_origin(origin) for origin in fresh)) or "a further report"
    verb = "adds its word" if all(origin.id not in known for origin in fresh) else "now says so too"
    return f"From grade {earlier.grade} to {value.grade}: {names} {verb}. {value.reason}"


def _origin(origin: Origin) -> str:
    return f"{origin.speaker} (via {origin.via[0]})" if origin.anonymous and origin.via else origin.speaker


def _why_flagged(event: Event, slot: Slot, value: SlotValue, after: Story) -> str:
    for contradiction in after.contradictions:
        if contradiction.event == event.id and contradiction.slot == slot.name and value.value in contradiction.values:
            return f"{contradiction.type.value.capitalize()}: {contradiction.explanation}"
    return "Other reports say otherwise"


def _new_contradictions(before: Story | None, after: Story, reports: _Reports) -> list[Change]:
    def mark(values: tuple[str, ...], slot: str, kind: str) -> tuple[str, str, frozenset[str]]:
        return (kind, slot, frozenset(values))

    known = {mark(one.values, one.slot, one.type.value) for one in (before.contradictions if before is not None else ())}
    found = []
    for one in after.contradictions:
        if mark(one.values, one.slot, one.type.value) in known or one.type.value == "refinement" or before is None:
            continue
        if one.type.value in ("superseded", "stale", "plan against fact"):
            kind = "SUPERSEDED"
        elif one.type.value in ("infeasible", "report date taken for event date", "mistranslated"):
            kind = "REFUTED"
        else:
            kind = "CONTRADICTED"
        sources = reports.of(tuple(claim for claims in one.claims for claim in claims))
        found.append(
            Change(
                kind=kind,
                at=after.as_of,
                event=one.event,
                slot=one.slot,
                value=one.values[-1],
                cause=_sentence(one.explanation),
                reports=sources,
            )
        )
    return found


def _list(names: tuple[str, ...], most: int = 3) -> str:
    shown = ", ".join(names[:most])
    return f"{shown} and {len(names) - most} more" if len(names) > most else shown or "a report"


def _sentence(text: str) -> str:
    return text if text.endswith((".", "!", "?")) else f"{text}."
