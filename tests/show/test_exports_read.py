"""Every export is read by a library of its own format, and what it says there is what the story says."""

from __future__ import annotations

import io
import json
import shutil
import subprocess
import sys
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from sightline.show.exports import FORMATS
from sightline.show.words import outlet_name
from sightline.types import Reading
from tests.show.test_exports import exported, rich

ROOT = Path(__file__).parents[2]
FORMATS_PYTHON = ROOT / ".venv-formats" / "bin" / "python"
"""Made by ``make test``: FollowTheMoney's library holds packages that Sightline uses at older versions, so it lives by itself."""


def stored() -> list[Reading]:
    return rich()[1]


def test_followthemoney_reads_every_entity_whole_and_finds_nothing_wrong() -> None:
    """Schemas, required properties, the type of every value, and what every reference points at."""
    python = str(FORMATS_PYTHON) if FORMATS_PYTHON.exists() else sys.executable
    if subprocess.run([python, "-c", "import followthemoney"], capture_output=True).returncode:
        pytest.skip("followthemoney is not installed: make test puts it into .venv-formats")
    lines = exported("ftm").splitlines()
    read = subprocess.run([python, str(Path(__file__).with_name("read_ftm.py"))], input=exported("ftm"), capture_output=True, check=True)
    assert read.stdout.decode().splitlines() == [f"{len(lines)} entities read"]


def test_a_trip_has_both_ends_where_told_or_says_that_one_is_not() -> None:
    lines = {entity["id"]: entity for entity in map(json.loads, exported("ftm").splitlines())}
    departure, arrival = (entity for entity in lines.values() if entity["schema"] == "Trip")
    ends = [
        lines[trip["properties"][end][0]]["properties"]["full"] for trip in (departure, arrival) for end in ("startLocation", "endLocation")
    ]
    assert ends == [["Turku, FI"], ["not told"], ["not told"], ["Stockholm, SE"]]


OA, DC = "http://www.w3.org/ns/oa#", "http://purl.org/dc/terms/"
RDF, AS = "http://www.w3.org/1999/02/22-rdf-syntax-ns#", "https://www.w3.org/ns/activitystreams#"
_LINK = {"@type": "@id"}
ANNOTATION_CONTEXT = {
    "@context": {
        "id": "@id",
        "type": "@type",
        "Annotation": f"{OA}Annotation",
        "AnnotationPage": f"{AS}OrderedCollectionPage",
        "TextualBody": f"{OA}TextualBody",
        "TextPositionSelector": f"{OA}TextPositionSelector",
        "TextQuoteSelector": f"{OA}TextQuoteSelector",
        "items": {"@id": f"{AS}items", "@type": "@id", "@container": "@list"},
        "body": {"@id": f"{OA}hasBody", **_LINK},
        "target": {"@id": f"{OA}hasTarget", **_LINK},
        "source": {"@id": f"{OA}hasSource", **_LINK},
        "selector": {"@id": f"{OA}hasSelector", **_LINK},
        "motivation": {"@id": f"{OA}motivatedBy", "@type": "@vocab"},
        "purpose": {"@id": f"{OA}hasPurpose", "@type": "@vocab"},
        "identifying": f"{OA}identifying",
        "tagging": f"{OA}tagging",
        "describing": f"{OA}describing",
        "value": f"{RDF}value",
        "format": f"{DC}format",
        "exact": f"{OA}exact",
        "prefix": f"{OA}prefix",
        "suffix": f"{OA}suffix",
        "start": f"{OA}start",
        "end": f"{OA}end",
    }
}
"""Which term of the Web Annotation vocabulary (W3C 2017) stands for which address: the terms that are used, so that nothing is fetched."""


def test_annotations_expand_to_the_vocabulary_with_no_term_left_over() -> None:
    jsonld = pytest.importorskip("pyld.jsonld")

    def load(url: str, _: Any) -> dict[str, Any]:
        assert url == "http://www.w3.org/ns/anno.jsonld"
        return {"contextUrl": None, "documentUrl": url, "document": ANNOTATION_CONTEXT}

    written = json.loads(exported("annotations"))
    (page,) = jsonld.expand(written, {"documentLoader": load})
    items = page[f"{AS}items"][0]["@list"]
    assert len(items) == len(written["items"]) == 2
    texts = {reading.report.text for reading in stored()}
    for item in items:
        assert item["@type"] == [f"{OA}Annotation"] and item[f"{OA}motivatedBy"] == [{"@id": f"{OA}identifying"}]
        position, quote = item[f"{OA}hasTarget"][0][f"{OA}hasSelector"]
        start, end = (position[f"{OA}{name}"][0]["@value"] for name in ("start", "end"))
        assert any(text[start:end] == quote[f"{OA}exact"][0]["@value"] for text in texts)
    back = jsonld.compact(jsonld.expand(written, {"documentLoader": load}), ANNOTATION_CONTEXT)

    del back["@context"], written["@context"]

    def names(value: Any) -> Counter[str]:
        if isinstance(value, dict):
            return Counter(value.keys()) + sum((names(inner) for inner in value.values()), Counter())
        return sum((names(inner) for inner in value), Counter()) if isinstance(value, list) else Counter()

    assert names(back) == names(written)


STYLE = b"""<?xml version="1.0" encoding="utf-8"?>
<style xmlns="http://purl.org/net/xbiblio/csl" class="in-text" version="1.0" default-locale="en-GB">
  <info><title>Plain</title><id>plain</id><updated>2026-11-26T00:00:00+00:00</updated></info>
  <citation><layout><text variable="title"/></layout></citation>
  <bibliography><layout delimiter=", ">
    <names variable="author" suffix=": "/><text variable="title" suffix=", "/><text variable="container-title" suffix=", "/>
    <date variable="issued"><date-part name="day"/><date-part name="month" prefix=" "/><date-part name="year" prefix=" "/></date>
    <text variable="URL" prefix=", "/>
  </layout></bibliography>
</style>
"""


def test_a_citation_processor_cites_every_report() -> None:
    citeproc = pytest.importorskip("citeproc")
    from citeproc.source.json import CiteProcJSON

    items = json.loads(exported("csl"))
    style = citeproc.CitationStylesStyle(io.BytesIO(STYLE), validate=False)
    bibliography = citeproc.CitationStylesBibliography(style, CiteProcJSON(items), citeproc.formatter.plain)
    for item in items:
        bibliography.register(citeproc.Citation([citeproc.CitationItem(item["id"])]))
    entries = [str(entry) for entry in bibliography.bibliography()]
    assert len(entries) == len(items) == 2
    for reading in stored():
        assert any(
            outlet_name(reading.report.outlet) in entry and "2024" in entry and str(reading.report.title) in entry for entry in entries
        )


def test_markdown_is_parsed_without_a_tag_of_a_report() -> None:
    markdown_it = pytest.importorskip("markdown_it")
    tokens = markdown_it.MarkdownIt("commonmark").parse(exported("markdown").decode())
    inner = [token for block in tokens for token in (block, *(block.children or ()))]
    assert not [token for token in inner if token.type in ("html_block", "html_inline", "image")]
    assert all(str(token.attrs["href"]).startswith(("http://", "https://")) for token in inner if token.type == "link_open")
    headings = [tokens[place + 1].content for place, token in enumerate(tokens) if token.type == "heading_open" and token.tag == "h2"]
    assert headings[:2] == ["What happened", "What is expected"]


def test_csv_opens_in_duckdb_as_the_same_rows_as_parquet(tmp_path: Path) -> None:
    duckdb = pytest.importorskip("duckdb")
    pytest.importorskip("pyarrow")
    (tmp_path / "claims.csv").write_bytes(exported("csv"))
    (tmp_path / "claims.parquet").write_bytes(exported("parquet"))
    query = 'select claim, report, start, "end", words, status, grade from (select *, event_grade as grade from {}) order by claim'
    table = f"read_csv('{tmp_path / 'claims.csv'}', header = true, all_varchar = false)"
    rows = duckdb.sql(query.format(table)).fetchall()
    assert rows and rows == duckdb.sql(query.format(f"'{tmp_path / 'claims.parquet'}'")).fetchall()


def test_bibtex_fits_the_data_model_of_biblatex(tmp_path: Path) -> None:
    """By biber, where it is installed: mandatory fields, kinds of entry, dates."""
    biber = shutil.which("biber")
    if biber is None:
        pytest.skip("biber is not installed")
    (tmp_path / "story.bib").write_bytes(exported("bibtex"))
    done = subprocess.run([biber, "--tool", "--validate-datamodel", "story.bib"], cwd=tmp_path, capture_output=True, text=True)
    assert done.returncode == 0
    assert "WARN" not in done.stdout and "ERROR" not in done.stdout


def test_geojson_opens_in_gdal(tmp_path: Path) -> None:
    """Where it is installed."""
    ogrinfo = shutil.which("ogrinfo")
    if ogrinfo is None:
        pytest.skip("GDAL is not installed")
    (tmp_path / "story.geojson").write_bytes(exported("geojson"))
    done = subprocess.run([ogrinfo, "-so", "-al", "story.geojson"], cwd=tmp_path, capture_output=True, text=True, check=True)
    assert f"Feature Count: {len(json.loads(exported('geojson'))['features'])}" in done.stdout and "Warning" not in done.stderr


def test_the_whole_picture_fits_its_own_schema() -> None:
    jsonschema = pytest.importorskip("jsonschema")
    from sightline.show.picture import picture_schema

    jsonschema.Draft202012Validator(picture_schema()).validate(json.loads(exported("json")))


def test_no_form_is_without_a_reader_here() -> None:
    """Who adds a form adds a test that its own library reads it."""
    assert set(FORMATS) == {"json", "csv", "parquet", "geojson", "timelinejs", "ftm", "prov", "annotations", "bibtex", "csl", "markdown"}
