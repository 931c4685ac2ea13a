"""Forms that other programs read: one file a format, each a pure function of a story and its readings."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import msgspec

from sightline.show.exports.annotations import web_annotations
from sightline.show.exports.bibliography import bibtex, csl
from sightline.show.exports.entities import follow_the_money
from sightline.show.exports.geojson import geojson
from sightline.show.exports.markdown import markdown
from sightline.show.exports.provenance import prov
from sightline.show.exports.tables import claims_csv, claims_parquet
from sightline.show.exports.timelinejs import timelinejs
from sightline.show.picture import picture_json
from sightline.types import Reading, Story


class Format(msgspec.Struct, frozen=True, kw_only=True):
    """A form of a story: its file's ending, its media type and the function that makes it."""

    name: str
    label: str
    """Its name as its makers write it."""
    ending: str
    media_type: str
    about: str
    make: Callable[[Story, Sequence[Reading]], bytes]


FORMATS = {
    form.name: form
    for form in (
        Format(
            name="json",
            label="JSON",
            ending="json",
            media_type="application/json",
            about="the whole picture; schema: `sightline schema brief`",
            make=lambda story, readings: picture_json([story], readings, {}),
        ),
        Format(name="csv", label="CSV", ending="csv", media_type="text/csv", about="claims, a row each", make=claims_csv),
        Format(
            name="parquet",
            label="Parquet",
            ending="parquet",
            media_type="application/vnd.apache.parquet",
            about="claims, for DuckDB or pandas",
            make=claims_parquet,
        ),
        Format(
            name="geojson",
            label="GeoJSON",
            ending="geojson",
            media_type="application/geo+json",
            about="events and places on a map (RFC 7946)",
            make=geojson,
        ),
        Format(
            name="timelinejs",
            label="TimelineJS",
            ending="json",
            media_type="application/json",
            about="slides for TimelineJS",
            make=timelinejs,
        ),
        Format(
            name="ftm",
            label="FollowTheMoney",
            ending="ftm.json",
            media_type="application/json+ftm",
            about="FollowTheMoney entities, a line each",
            make=follow_the_money,
        ),
        Format(
            name="prov",
            label="PROV",
            ending="prov.json",
            media_type="application/json",
            about="W3C PROV-JSON: pages, origins, parties",
            make=prov,
        ),
        Format(
            name="annotations",
            label="Web Annotations",
            ending="jsonld",
            media_type="application/ld+json",
            about="W3C Web Annotations of every claim",
            make=web_annotations,
        ),
        Format(name="bibtex", label="BibTeX", ending="bib", media_type="application/x-bibtex", about="the reports for LaTeX", make=bibtex),
        Format(
            name="csl",
            label="CSL",
            ending="csl.json",
            media_type="application/vnd.citationstyles.csl+json",
            about="the reports for Zotero and pandoc",
            make=csl,
        ),
        Format(
            name="markdown",
            label="Markdown",
            ending="md",
            media_type="text/markdown",
            about="notes: events with their evidence",
            make=markdown,
        ),
    )
}
"""Every form by its name."""
