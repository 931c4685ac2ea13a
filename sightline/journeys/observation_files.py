"""Observations in files, so that one can forecast without reports: JSON Lines and CSV."""

from __future__ import annotations

import csv
import json
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from sightline.journeys.likelihoods import KINDS
from sightline.journeys.network import Network
from sightline.journeys.wording import zone_or_utc
from sightline.types import Interval, Observation


class ObservationError(ValueError):
    """A line of a file that is no observation; the message names file, line and remedy."""


def load(path: Path, network: Network) -> list[Observation]:
    """Reads ``path`` (``.jsonl``, ``.json`` or ``.csv``).

    Fields of a line: ``kind`` (departed, passed, sighted, crossed, stopped, arrived, expected, silence, bound, duration), ``place`` (name of
    a waypoint, or ``country:RU``), ``earliest`` and ``latest`` (ISO 8601; without a zone: the waypoint's local time; a mere date is the whole
    day) or ``at`` for both, ``reliability`` (0 to 1, .8 by default), ``origin`` (lines of one origin count once; by default each its own),
    ``reported`` (when it became known), ``label``, ``claims``, and for a duration ``hours`` (``20`` or ``18-24``).

    Raises:
        ObservationError: unreadable, or a line cannot be used.
    """
    try:
        text = path.read_text(encoding="utf-8-sig")
    except OSError as problem:
        raise ObservationError(f"{path}: cannot be read ({problem.strerror})") from problem
    rows: list[tuple[int, dict[str, Any]]] = []
    if path.suffix.lower() == ".csv":
        rows = [
            (i, {k: v for k, v in row.items() if k and v not in (None, "")})
            for i, row in enumerate(csv.DictReader(text.splitlines()), start=2)
        ]
    else:
        for i, line in enumerate(text.splitlines(), start=1):
            if not line.strip():
                continue
            try:
                row = json.loads(line)
            except ValueError as problem:
                raise ObservationError(f"{path}: line {i}: is not JSON; give one object a line") from problem
            if not isinstance(row, dict):
                raise ObservationError(f"{path}: line {i}: is not a JSON object")
            rows.append((i, row))
    if not rows:
        raise ObservationError(f"{path}: holds no observations")
    return [observation(row, network, f"{path}: line {i}", f"line {i}") for i, row in rows]


def observation(row: dict[str, Any], network: Network, where: str, origin: str) -> Observation:
    """One line's observation.

    Raises:
        ObservationError: a field is missing or cannot be read.
    """
    kind = str(row.get("kind", ""))
    if kind not in KINDS:
        raise ObservationError(f"{where}: kind {kind!r} is none of {', '.join(sorted(KINDS))}")
    place, zone = str(row.get("place", "")), None
    if not place.startswith("country:"):
        point = network.find(place)
        if point is None:
            raise ObservationError(f"{where}: {place!r} is no single waypoint of {network.name}")
        place, zone = point.id, network.zone_of(point)
    nested = row.get("interval")
    source = nested if isinstance(nested, dict) else row
    low = _instant(source.get("earliest", row.get("at")), zone, where, end=False)
    high = _instant(source.get("latest", row.get("at")), zone, where, end=True)
    if low is not None and high is not None and high < low:
        raise ObservationError(f"{where}: the interval ends before it begins")
    if low is None and high is None and kind not in {"bound", "duration", "silence"}:
        raise ObservationError(f"{where}: needs a time (at, or earliest and latest)")
    hours = _hours(row.get("hours"), where)
    if kind == "duration" and hours is None:
        raise ObservationError(f"{where}: a duration needs hours (20 or 18-24)")
    return Observation(
        kind=kind,
        place=place,
        interval=Interval(earliest=low, latest=high, zone=zone, approximate=_flag(source.get("approximate"))),
        reliability=_share(row.get("reliability", 0.8), where),
        origin=str(row.get("origin") or origin),
        label=str(row.get("label") or ""),
        claims=_claims(row.get("claims")),
        reported=_instant(row.get("reported"), zone, where, end=False),
        hours=hours,
    )


def _instant(value: object, zone: str | None, where: str, *, end: bool) -> datetime | None:
    if value in (None, ""):
        return None
    text = str(value).strip()
    try:
        instant = datetime.fromisoformat(text)
    except ValueError as problem:
        raise ObservationError(f"{where}: {text!r} is no ISO 8601 instant (2023-09-12T05:15+03:00)") from problem
    if instant.tzinfo is None:
        local = zone_or_utc(zone)
        instant = instant.replace(tzinfo=local if isinstance(local, ZoneInfo) else UTC)
    if len(text) == 10 and end:
        instant += timedelta(days=1) - timedelta(seconds=1)
    return instant.astimezone(UTC)


def _share(value: object, where: str) -> float:
    try:
        number = float(str(value))
    except ValueError as problem:
        raise ObservationError(f"{where}: reliability {value!r} is not a number from 0 to 1") from problem
    if not 0.0 <= number <= 1.0:
        raise ObservationError(f"{where}: reliability {number:g} is not from 0 to 1")
    return number


def _hours(value: object, where: str) -> tuple[float, float] | None:
    if value in (None, ""):
        return None
    parts = [str(v) for v in value] if isinstance(value, (list, tuple)) else str(value).split("-")
    try:
        numbers = [float(p) for p in parts]
    except ValueError as problem:
        raise ObservationError(f"{where}: hours {value!r} are no number or range (20 or 18-24)") from problem
    if not 1 <= len(numbers) <= 2 or min(numbers) <= 0:
        raise ObservationError(f"{where}: hours {value!r} are no positive number or range (20 or 18-24)")
    return (numbers[0], numbers[-1]) if numbers[0] <= numbers[-1] else (numbers[-1], numbers[0])


def _flag(value: object) -> bool:
    return str(value).strip().lower() in {"true", "yes", "1"} if value is not None else False


def _claims(value: object) -> tuple[str, ...]:
    if value in (None, ""):
        return ()
    return tuple(str(v) for v in value) if isinstance(value, list) else tuple(str(value).split())
