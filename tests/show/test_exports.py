"""Every export is what its format's own description asks for: schemas, grammars and the programs that read it."""

from __future__ import annotations

import csv
import io
import json
import re
from datetime import datetime
from typing import Any

import msgspec
import pytest

from sightline.show.exports import FORMATS
from sightline.show.exports.bibliography import bibtex
from sightline.types import Actor, CopyLink, NameMention, Reading, Span, Story
from tests.show.sample import HOSTILE, readings, story

jsonschema = pytest.importorskip("jsonschema")

POSITION = {
    "type": "array",
    "prefixItems": [{"type": "number", "minimum": -180, "maximum": 180}, {"type": "number", "minimum": -90, "maximum": 90}],
    "minItems": 2,
}
GEOJSON = {
    "type": "object",
    "required": ["type", "features"],
    "properties": {
        "type": {"const": "FeatureCollection"},
        "features": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["type", "geometry", "properties"],
                "properties": {
                    "type": {"const": "Feature"},
                    "properties": {"type": ["object", "null"]},
                    "geometry": {
                        "oneOf": [
                            {"type": "null"},
                            {
                                "type": "object",
                                "required": ["type", "coordinates"],
                                "properties": {"type": {"const": "Point"}, "coordinates": POSITION},
                            },
                        ]
                    },
                },
            },
        },
    },
}
"""RFC 7946, sections 3.1.1, 3.2 and 3.3."""

CSL = {
    "type": "array",
    "items": {
        "type": "object",
        "required": ["id", "type"],
        "additionalProperties": False,
        "properties": {
            "id": {"type": ["string", "number"]},
            "type": {"enum": ["article-newspaper", "webpage", "article"]},
            "title": {"type": "string"},
            "container-title": {"type": "string"},
            "URL": {"type": "string"},
            "author": {
                "type": "array",
                "items": {"type": "object", "properties": {"literal": {"type": "string"}}, "additionalProperties": False},
            },
            "issued": {
                "type": "object",
                "properties": {
                    "date-parts": {
                        "type": "array",
                        "minItems": 1,
                        "maxItems": 2,
                        "items": {"type": "array", "minItems": 1, "maxItems": 3, "items": {"type": "integer"}},
                    }
                },
            },
        },
    },
}
"""CSL-JSON 1.0.2, the fields that are used."""

SELECTOR = {
    "oneOf": [
        {
            "type": "object",
            "required": ["type", "start", "end"],
            "properties": {
                "type": {"const": "TextPositionSelector"},
                "start": {"type": "integer", "minimum": 0},
                "end": {"type": "integer", "minimum": 0},
            },
        },
        {
            "type": "object",
            "required": ["type", "exact"],
            "properties": {"type": {"const": "TextQuoteSelector"}, "exact": {"type": "string", "minLength": 1}},
        },
    ]
}
ANNOTATIONS = {
    "type": "object",
    "required": ["@context", "id", "type", "items"],
    "properties": {
        "@context": {"const": "http://www.w3.org/ns/anno.jsonld"},
        "type": {"const": "AnnotationPage"},
        "items": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["id", "type", "target"],
                "properties": {
                    "id": {"type": "string", "pattern": r"^[a-z][a-z0-9+.-]*:\S+$"},
                    "type": {"const": "Annotation"},
                    "motivation": {"enum": ["identifying", "describing", "tagging"]},
                    "target": {
                        "type": "object",
                        "required": ["source"],
                        "properties": {
                            "source": {"type": "string", "pattern": r"^[a-z][a-z0-9+.-]*:\S+$"},
                            "selector": {"type": "array", "items": SELECTOR},
                        },
                    },
                },
            },
        },
    },
}
"""Web Annotation Data Model (W3C 2017), sections 3.1, 3.2.2 and 4.2.4 to 4.2.5, and the vocabulary of motivations."""

TIMELINE_DATE = {
    "type": "object",
    "required": ["year"],
    "properties": {
        "year": {"type": "integer"},
        "month": {"type": "integer", "minimum": 1, "maximum": 12},
        "day": {"type": "integer", "minimum": 1, "maximum": 31},
        "hour": {"type": "integer", "minimum": 0, "maximum": 23},
        "minute": {"type": "integer", "minimum": 0, "maximum": 59},
    },
}
TIMELINE = {
    "type": "object",
    "required": ["events"],
    "properties": {
        "title": {"type": "object", "required": ["text"]},
        "events": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["start_date"],
                "properties": {"start_date": TIMELINE_DATE, "end_date": TIMELINE_DATE, "unique_id": {"type": "string"}},
            },
        },
    },
}
"""The JSON format of TimelineJS 3."""


def rich() -> tuple[Story, list[Reading]]:
    """The sample with a person, a copy of one report, awkward ids and hostile words everywhere a user sees them."""
    first, second = readings()
    captain = Actor(id="report:port:anna", name="Anna 'O <b>", kind="person", nationality="FI")
    mention = NameMention(span=Span(4, 9), text="ferry", label="PER", form="name", actor=captain.id)
    first = msgspec.structs.replace(first, actors=(captain,), names=(mention,))
    second = msgspec.structs.replace(
        second, report=msgspec.structs.replace(second.report, author="A. {Brace} \\write18", url="https://example.org/a?b={c}&d=%20")
    )
    made = story()
    events = (msgspec.structs.replace(made.events[0], label=HOSTILE, participants=(captain.id,)), *made.events[1:])
    copy = CopyLink(source="port", target="rumour", kind="copy", containment=0.9, evidence="nine tenths of its words")
    return msgspec.structs.replace(made, events=events, copies=(copy,)), [first, second]


def exported(name: str) -> bytes:
    return FORMATS[name].make(*rich())


@pytest.mark.parametrize(("name", "schema"), [("geojson", GEOJSON), ("csl", CSL), ("annotations", ANNOTATIONS), ("timelinejs", TIMELINE)])
def test_json_fits_the_formats_own_rules(name: str, schema: dict[str, Any]) -> None:
    jsonschema.Draft202012Validator(schema).validate(json.loads(exported(name)))


def test_timeline_slides_end_after_they_begin_and_hold_no_markup_of_reports() -> None:
    data = json.loads(exported("timelinejs"))
    assert data["events"]
    for slide in data["events"]:
        start, end = (
            datetime(*(slide[key][part] for part in ("year", "month", "day", "hour", "minute"))) for key in ("start_date", "end_date")
        )
        assert start <= end
        assert "<script" not in slide["text"]["headline"] and "<img" not in slide["text"]["text"]


def test_provenance_names_only_what_it_holds() -> None:
    """PROV-JSON (W3C member submission 2013): every relation joins records of the document, every name has a declared prefix."""
    data = json.loads(exported("prov"))
    ends = {
        "wasAttributedTo": {"prov:entity": "entity", "prov:agent": "agent"},
        "wasDerivedFrom": {"prov:generatedEntity": "entity", "prov:usedEntity": "entity"},
        "actedOnBehalfOf": {"prov:delegate": "agent", "prov:responsible": "agent"},
    }
    assert set(data) <= {"prefix", "entity", "agent", *ends}
    assert data["wasDerivedFrom"] and data["actedOnBehalfOf"]
    for relation, roles in ends.items():
        for identity, record in data[relation].items():
            assert identity.startswith("_:")
            for role, kind in roles.items():
                assert record[role] in data[kind]
    for kind in ("entity", "agent"):
        for identity, record in data[kind].items():
            assert re.fullmatch(r"sl:[A-Za-z0-9._-]+", identity)
            assert all(key.partition(":")[0] in data["prefix"] for key in record)


def test_provenance_is_read_by_the_prov_library() -> None:
    prov = pytest.importorskip("prov.model")
    document = prov.ProvDocument.deserialize(content=exported("prov").decode(), format="json")
    assert len(list(document.get_records(prov.ProvEntity))) == 3


def test_entities_are_of_known_schemas_and_point_at_each_other() -> None:
    """FollowTheMoney: an id, a schema, and properties that are lists of strings; Mention and involved point at entities of the stream."""
    lines = [json.loads(line) for line in exported("ftm").splitlines()]
    known = {line["id"] for line in lines}
    assert {line["schema"] for line in lines} >= {"Article", "Mention", "Person", "Trip"}
    for line in lines:
        assert set(line) == {"id", "schema", "properties"} and len(line["id"]) <= 255
        for values in line["properties"].values():
            assert values and all(isinstance(value, str) and value for value in values)
        for name in ("document", "resolved", "involved"):
            assert set(line["properties"].get(name, ())) <= known


def test_csv_reads_back_row_by_row() -> None:
    rows = list(csv.DictReader(io.StringIO(exported("csv").decode(), newline="")))
    texts = {reading.report.id: reading.report.text for reading in readings()}
    assert rows
    for row in rows:
        assert texts[row["report"]][int(row["start"]) : int(row["end"])] == row["words"]


def test_parquet_opens_in_duckdb(tmp_path: Any) -> None:
    duckdb = pytest.importorskip("duckdb")
    pytest.importorskip("pyarrow")
    path = tmp_path / "claims.parquet"
    path.write_bytes(exported("parquet"))
    found = duckdb.sql(f"select report, count(*) from '{path}' group by 1 order by 1").fetchall()
    assert found == [("port", 1), ("rumour", 1)]


def test_geojson_opens_in_shapely() -> None:
    shapely = pytest.importorskip("shapely.geometry")
    points = [shapely.shape(one["geometry"]) for one in json.loads(exported("geojson"))["features"] if one["geometry"]]
    assert points and all(point.is_valid and point.geom_type == "Point" for point in points)


def entries(text: str) -> dict[str, dict[str, str]]:
    """A reader of the BibTeX grammar: ``@kind{key, name = {balanced}, ...}``; anything else is an error."""
    found: dict[str, dict[str, str]] = {}
    place = 0
    head = re.compile(r"\s*@([a-z]+)\{([^\s,{}\"#%~\\]+),\s*")
    field = re.compile(r"([a-z]+)\s*=\s*\{")
    while text[place:].strip():
        opening = head.match(text, place)
        assert opening, text[place : place + 60]
        fields, place = {}, opening.end()
        while text[place] != "}":
            start = field.match(text, place)
            assert start, text[place : place + 60]
            depth, end = 1, start.end()
            while depth:
                if text[end] == "\\":
                    end += 1
                elif text[end] in "{}":
                    depth += 1 if text[end] == "{" else -1
                end += 1
            fields[start[1]] = text[start.end() : end - 1]
            place = end + len(re.match(r",?\s*", text[end:])[0])  # type: ignore[index]
        assert opening[2] not in found
        found[opening[2]] = fields
        place += 1
    return found


def test_bibtex_is_read_entry_by_entry_and_runs_no_command() -> None:
    found = entries(bibtex(*rich()).decode())
    assert set(found) == {"port", "rumour"}
    assert found["rumour"]["date"] == "2024-03-04" and r"\write18" not in found["rumour"]["author"]
    assert r"\textbackslash{}write18" in found["rumour"]["author"]


def test_markdown_holds_no_markup_of_reports() -> None:
    text = exported("markdown").decode()
    assert "<script" not in text.replace(r"\<script", "") and "## What happened" in text


def test_bibtex_is_read_by_bibtexparser() -> None:
    bibtexparser = pytest.importorskip("bibtexparser")
    library = bibtexparser.parse_string(exported("bibtex").decode())
    assert not library.failed_blocks and {entry.key for entry in library.entries} == {"port", "rumour"}
