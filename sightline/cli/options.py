"""Arguments and options that several verbs share."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from sightline.readers import Options, parse_publication

Paths = Annotated[
    list[Path], typer.Argument(help="Files or folders of reports, or - for standard input.", metavar="PATH...", show_default=False)
]
Published = Annotated[str | None, typer.Option(help="Publication date for reports that carry none, as 2023-09-11.", metavar="DATE")]
Outlet = Annotated[str | None, typer.Option(help="Outlet for reports that name none.", metavar="NAME")]
ReaderName = Annotated[
    str | None, typer.Option("--reader", help="Read every file as this kind: text, html, jsonl, csv, feed, mail, pdf, warc, parquet.")
]
Fields = Annotated[
    list[str] | None, typer.Option("--field", help="Name of one of our fields in the input, as text=body.", metavar="OURS=THEIRS")
]
MaxChars = Annotated[int, typer.Option(help="Longest report that is read, in characters.", min=1)]
Pipeline = Annotated[str | None, typer.Option(help="An installed spaCy pipeline to use instead of the shipped one.", metavar="NAME")]
People = Annotated[
    Path | None, typer.Option(help="Your own people and offices: CSV or FollowTheMoney JSON lines.", exists=True, dir_okay=False)
]
Places = Annotated[
    Path | None, typer.Option(help="Your own places: CSV, or a database made by `sightline places import`.", exists=True, dir_okay=False)
]
AsOf = Annotated[
    str | None, typer.Option("--as-of", help="The picture as it could be known then: 2023-09-12 or 2023-09-12T12:00Z.", metavar="TIME")
]
Database = Annotated[
    str | None, typer.Option("--db", help="Store: a SQLite file or a postgresql:// address.", envvar="SIGHTLINE_DB", metavar="STORE")
]
Quiet = Annotated[bool, typer.Option("--quiet", "-q", help="No progress.")]


def reading_options(
    published: str | None = None,
    outlet: str | None = None,
    reader: str | None = None,
    fields: list[str] | None = None,
    max_chars: int = Options().max_chars,
) -> Options:
    """What the user said about the input, checked.

    Raises:
        typer.BadParameter: when a date is no date or a field mapping has no equals sign.
    """
    if published is not None:
        try:
            parse_publication(published, "option")
        except ValueError as error:
            raise typer.BadParameter(str(error), param_hint="--published") from error
    mapping: dict[str, str] = {}
    for pair in fields or []:
        ours, equals, theirs = pair.partition("=")
        if not (ours and equals and theirs):
            raise typer.BadParameter(f"{pair!r} is not OURS=THEIRS", param_hint="--field")
        mapping[ours] = theirs
    return Options(published=published, outlet=outlet, kind=reader, fields=mapping, max_chars=max_chars)


def instant(text: str | None, hint: str = "--as-of") -> datetime | None:
    """The last instant of the day or minute that an option names, in UTC.

    Raises:
        typer.BadParameter: when it is no date.
    """
    if text is None:
        return None
    try:
        return parse_publication(text, "option").interval.latest
    except ValueError as error:
        raise typer.BadParameter(str(error), param_hint=hint) from error


RunFile = Annotated[
    Path | None,
    typer.Option("--run-report", help="Write what was read, what was not and why, what was repaired, and the slowest documents (JSON)."),
]
