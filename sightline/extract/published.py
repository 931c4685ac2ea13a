"""When a report was published, from what it carries itself: metadata, a leading line, a dateline, its address.

Each way has its method name and a confidence; what is only half known (a dateline without a year) is given half: ``XXXX-09-11``.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime

from sightline.extract.datelines import Dateline, dateline
from sightline.extract.times import calendar
from sightline.extract.times.calendar import Stretch
from sightline.extract.times.draft import Context, Draft
from sightline.extract.times.edtf import formatted
from sightline.extract.times.intervals import interval
from sightline.extract.times.resolve import drafts
from sightline.types import Interval, Publication, Report

_METADATA = ("published", "datepublished", "date_published", "article:published_time", "pubdate", "date", "dc.date", "dc.date.issued",
             "dcterms.created", "parsely-pub-date", "sailthru.date", "created", "timestamp")  # fmt: skip
_STAMP = re.compile(r"\s*(\d{4})-?(\d\d)-?(\d\d)(?:[T ](\d\d):?(\d\d)(?::?(\d\d)(?:\.\d+)?)?\s*(Z|UTC|GMT|[+-]\d\d:?\d\d)?)?")
_LABEL = re.compile(
    r"(?:^|[|•·;,(\[]|\b)(?P<label>date|published(?:\s+(?:on|at))?|updated(?:\s+(?:on|at))?|posted(?:\s+(?:on|at))?|issued|dated|last\s+modified)?"
    r"\s*[:\-–]?\s*(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?[.,]*\s*)?$",
    re.IGNORECASE,
)
_CREDIT_HEAD = 600
_DATED_CREDIT = re.compile(
    r"^[^\S\n]*(?:[A-Z][a-z]{2,8}\.? \d{1,2},? \d{4}|\d{1,2} [A-Z][a-z]{2,8} \d{4})\s*\((?P<agency>[^()\n]{2,30})\)\s*[-–—]", re.MULTILINE
)
_MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
_PATH = re.compile(
    r"(?<!\d)((?:19|20)\d\d)[/_.-](0?[1-9]|1[0-2]|" + "|".join(_MONTHS) + r")[/_.-](0?[1-9]|[12]\d|3[01])(?!\d)", re.IGNORECASE
)
_PATH_DMY = re.compile(r"(?<!\d)(0[1-9]|[12]\d|3[01])-(0[1-9]|1[0-2])-(20\d\d)(?!\d)")
_GLUED = re.compile(r"(?<!\d)((?:19[89]|20[0-4])\d)(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])")
_PATH_MONTH = re.compile(r"/((?:19[89]|20[0-4])\d)/(0[1-9]|1[0-2])(?=/|$)")
_HEAD = 500
_RUNNING = re.compile(r"[.!?]\s*$|\b(?!(?:min|mins|read|updated|published|posted|last|first|and|the)\b)[a-z]{3,}\b")


def publication(report: Report) -> Publication | None:
    """When the report was published: what it came with, else what its metadata, first lines, dateline or address say; else ``None``."""
    if report.published is not None:
        return report.published
    line = dateline(report.text)
    zone = line.zone if line else None
    address = of_address(report.url) if report.url else None
    for found in (of_metadata(report.metadata), of_leading_line(report.text, zone)):
        if found is not None:
            return found
    told = _of_dateline(line, address, zone) if line else None
    whole = [one for one in (told, address) if one is not None and len(one.value) >= 10 and "X" not in one.value]
    if whole:
        return max(whole, key=lambda one: one.confidence)
    return address or told


def of_metadata(metadata: dict[str, str]) -> Publication | None:
    """A date or time stamp under one of the usual names."""
    lower = {key.lower(): value for key, value in metadata.items()}
    for key in _METADATA:
        stamp = _STAMP.match(lower[key]) if isinstance(lower.get(key), str) else None
        if stamp is not None:
            found = _stamped(stamp, "metadata", 0.95)
            if found is not None:
                return found
    return None


def _stamped(stamp: re.Match[str], method: str, confidence: float) -> Publication | None:
    day = calendar.day(int(stamp[1]), int(stamp[2]), int(stamp[3]))
    if day is None:
        return None
    if stamp[4] is None or int(stamp[4]) > 23 or int(stamp[5]) > 59 or int(stamp[6] or 0) > 59:
        return _on(day, method, confidence)
    text = f"{day.value()}T{stamp[4]}:{stamp[5]}:{stamp[6] or '00'}"
    offset = stamp[7]
    if offset is None:
        return _on(day, method, confidence)
    offset = "+00:00" if offset in ("Z", "UTC", "GMT") else offset if ":" in offset else f"{offset[:3]}:{offset[3:]}"
    try:
        moment = datetime.fromisoformat(text + offset)
        instant = moment.astimezone(UTC)
    except (ValueError, OverflowError):
        return _on(day, method, confidence)
    value = moment.isoformat(timespec="seconds").replace("+00:00", "Z")
    return Publication(value=value, interval=Interval(earliest=instant, latest=instant, edtf=value, zone=offset, zone_origin="text"),
                       method=method, confidence=confidence)  # fmt: skip


def _on(day: Stretch, method: str, confidence: float, zone: str | None = None) -> Publication:
    """A whole day (or month, or year) of publication."""
    when = interval(day, day, zone=zone, origin="dateline" if zone else None)
    return Publication(value=formatted(day, day), interval=when, method=method, confidence=confidence)


def of_leading_line(text: str, zone: str | None = None) -> Publication | None:
    """A full date that opens one of the first lines, alone or behind a label ("date 2023-09-11", "Published: 11 September 2023")."""
    head = text[:_HEAD]
    for number, (start, line) in enumerate(_lines(head)):
        if number >= 4:
            break
        for draft in drafts(line, Context(None)):
            found = _leads(draft, line)
            if found and draft.stretch is not None:
                return _timed(draft, "leading-line", found, zone, text, start)
    return None


def _lines(head: str) -> list[tuple[int, str]]:
    """The lines that hold words, with where they begin."""
    return [(match.start(), match.group()) for match in re.finditer(r"[^\n]*\S[^\n]*", head)]


def _leads(draft: Draft, line: str) -> float:
    """Confidence that a date is a line's own: 0 for a date in running text."""
    if draft.type not in ("DATE", "TIME") or draft.anchor != "absolute" or draft.stretch is None or draft.stretch.unit != "day":
        return 0.0
    if draft.confidence < 1:
        return 0.0
    before = line[: draft.match.start]
    label = _LABEL.search(before)
    if label is not None and label["label"]:
        return 0.85 if label["label"].lower().startswith(("updated", "last")) else 0.95
    if not before.strip(" |•·-–—(["):
        return 0.9
    rest = before + line[draft.match.end :]
    return 0.75 if len(rest.split()) <= 8 and not _RUNNING.search(rest) else 0.0


def _timed(draft: Draft, method: str, confidence: float, zone: str | None, text: str, offset: int) -> Publication | None:
    """A draft's day, with its clock time where the line gives one with a zone."""
    day = draft.stretch
    if day is None:
        return None
    if draft.clock is None or draft.zone is None or not isinstance(draft.start, datetime):
        return _on(day, method, confidence, zone)
    when = interval(draft.start, draft.start, zone=draft.zone, origin="text")
    return Publication(value=when.edtf.split("/")[0], interval=when, method=method, confidence=confidence)


def credit(line: Dateline | None, text: str) -> str | None:
    """The newsroom in the brackets of a report's dateline, or of the date that stands for one.

    >>> credit(None, "Dec 12, 2023 (AP) - The leaders met on Tuesday.")
    'AP'
    """
    if line is not None and line.agency is not None:
        return line.agency
    dated = _DATED_CREDIT.search(text[:_CREDIT_HEAD])
    return dated["agency"] if dated is not None else None


def _of_dateline(line: Dateline, address: Publication | None, zone: str | None) -> Publication | None:
    """The day of a dateline, its year from itself or from the address."""
    if line.month is None or line.day is None or calendar.day(2000, line.month, line.day) is None:
        return None
    if line.year is not None:
        whole = calendar.day(line.year, line.month, line.day)
        return _on(whole, "dateline", 0.9, zone) if whole else None
    if address is not None and "X" not in address.value:
        near = [calendar.day(int(address.value[:4]) + step, line.month, line.day) for step in (-1, 0, 1)]
        there = _day_of(address)
        fitting = [one for one in near if one is not None and (there is None or abs(one.number - there) <= 31)]
        if fitting:
            best = min(fitting, key=lambda one: abs(one.number - there) if there is not None else abs(one.year - int(address.value[:4])))
            return _on(best, "dateline", 0.9 if there is not None and abs(best.number - there) <= 2 else 0.8, zone)
    value = f"XXXX-{line.month:02d}-{line.day:02d}"
    return Publication(value=value, interval=Interval(), method="dateline", confidence=0.3)


def _day_of(found: Publication) -> int | None:
    pieces = found.value[:10].split("-")
    day = calendar.day(*(int(piece) for piece in pieces)) if len(pieces) == 3 else None
    return day.number if day else None


def of_address(url: str) -> Publication | None:
    """The date in an address: /2023/09/11/, /2023/sep/11/, 2023-09-11, AEN20230911002600325, or a month /2023/09/."""
    path = re.sub(r"^[a-z]+://[^/]*", "", url)
    for pattern, confidence in ((_PATH, 0.9), (_PATH_DMY, 0.75), (_GLUED, 0.7)):
        for match in pattern.finditer(path):
            pieces = match.groups() if pattern is not _PATH_DMY else match.groups()[::-1]
            month = _MONTHS.index(pieces[1].lower()) + 1 if pieces[1].isalpha() else int(pieces[1])
            day = calendar.day(int(pieces[0]), month, int(pieces[2]))
            if day is not None:
                return _on(day, "address", confidence)
    month_only = _PATH_MONTH.search(path)
    if month_only:
        whole = calendar.part("month", int(month_only[1]), int(month_only[2]))
        return _on(whole, "address", 0.6) if whole else None
    return None
