"""Weekdays of reports from far east of their outlet: already Wednesday there, still Tuesday where the report is dated."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from sightline.extract.times import calendar
from sightline.extract.times.attach import Attachment
from sightline.extract.times.draft import Context, Draft
from sightline.extract.times.intervals import zone_of
from sightline.extract.times.tense import reports

_EAST = timedelta(hours=5)


def ahead_of_the_outlet(found: Sequence[Draft], attached: Sequence[Attachment], context: Context, zone: str | None) -> None:
    """Moves "officials said Wednesday", read as six days before the report, to the day after its date.

    Only where the report's clock time is not known, its dateline lies at least five hours east of Greenwich, and the weekday dates a
    saying in the past: a daily does not quote what was said six days ago by the bare weekday. Confidence falls to 0.7.
    """
    ref = context.ref
    if zone is None or ref is None or context.clock is not None:
        return
    offset = calendar.begin(ref).replace(tzinfo=zone_of(zone)).utcoffset()
    if offset is None or offset < _EAST:
        return
    for draft, at in zip(found, attached, strict=True):
        stretch, governor = draft.stretch, at.governor
        if stretch is None or stretch.unit != "day" or draft.match.rule != "weekday" or draft.match.last - draft.match.first > 1:
            continue
        tomorrow = ref.shifted(1)
        if stretch.number != ref.number - 6 or governor is None or tomorrow is None or draft.type != "DATE" or not reports(governor):
            continue
        draft.stretch = draft.start = draft.end = tomorrow
        draft.value, draft.confidence = tomorrow.value(), 0.7
