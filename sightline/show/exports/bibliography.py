"""The reports as a bibliography: BibTeX and CSL-JSON."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any
from urllib.parse import quote

import msgspec

from sightline.show.words import outlet_name, report_name
from sightline.types import Reading, Report, Story

_TEX = {
    "\\": r"\textbackslash{}",
    "&": r"\&",
    "%": r"\%",
    "$": r"\$",
    "#": r"\#",
    "_": r"\_",
    "{": r"\{",
    "}": r"\}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
}


def _tex(text: str) -> str:
    return "".join(_TEX.get(character, character) for character in text if character.isprintable())


def _key(report: Report, taken: set[str]) -> str:
    base = re.sub(r"[^A-Za-z0-9:.+/-]", "-", report.id) or "report"
    key, number = base, 1
    while key in taken:
        number += 1
        key = f"{base}-{number}"
    taken.add(key)
    return key


def _address(report: Report) -> str | None:
    """Where the report can be read, if that is on the web."""
    return report.url if report.url and report.url.startswith(("http://", "https://")) else None


def bibtex(story: Story, readings: Sequence[Reading]) -> bytes:
    """``@online`` entries (biblatex); since those must have an address, a report that is not on the web is given a URN by its id."""
    taken: set[str] = set()
    entries = []
    for reading in readings:
        report = reading.report
        fields = {"title": report_name(report), "organization": outlet_name(report.outlet)}
        if report.author:
            fields["author"] = f"{{{_tex(report.author)}}}"
        if report.published:
            fields["date"] = report.published.value[:10]
        address = _address(report) or f"urn:sightline:report:{quote(report.id, safe='')}"
        fields["url"] = re.sub(r"[{}\\\s]", "", address)
        lines = [f"  {name} = {{{value if name in ('url', 'date', 'author') else _tex(value)}}}," for name, value in fields.items()]
        entries.append("\n".join([f"@online{{{_key(report, taken)},", *lines, "}"]))
    return ("\n\n".join(entries) + "\n").encode()


def csl(story: Story, readings: Sequence[Reading]) -> bytes:
    """Items of type ``article-newspaper`` (CSL-JSON 1.0.2)."""
    items = []
    for reading in readings:
        report = reading.report
        item: dict[str, Any] = {
            "id": report.id,
            "type": "article-newspaper",
            "title": report_name(report),
            "container-title": outlet_name(report.outlet),
        }
        if report.author:
            item["author"] = [{"literal": report.author}]
        if address := _address(report):
            item["URL"] = address
        if report.published and (found := re.match(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?", report.published.value)):
            item["issued"] = {"date-parts": [[int(part) for part in found.groups() if part]]}
        items.append(item)
    return msgspec.json.encode(items)
