"""Files of every kind to reports; bad input to one plain line, and the rest goes on."""

from __future__ import annotations

import gzip
import json
import zipfile
from email.message import EmailMessage
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sightline.readers import Options, read_bytes, read_paths
from sightline.types import Problem, Report

PAGE = """<!doctype html><html><head><title>Ferry sails</title>
<script type="application/ld+json">{"@type": "NewsArticle", "headline": "Ferry sails", "datePublished": "2024-03-04T07:30:00+02:00",
 "publisher": {"name": "Harbour Post"}, "author": [{"name": "A. Writer"}]}</script>
<link rel="canonical" href="https://harbour.example/2024/03/04/ferry"></head><body><nav>Home | News</nav>
<article><h1>Ferry sails</h1><p>The ferry Aurora left Turku on Sunday evening with two hundred passengers on board, the port authority said.</p>
<p>It is not known when the ferry will reach Stockholm, because ice has closed the northern fairway since Friday.</p></article></body></html>"""


def reports(data: bytes, name: str, **options: object) -> list[Report]:
    return [item for item in read_bytes(data, name, Options(**options)) if isinstance(item, Report)]  # type: ignore[arg-type]


def problems(data: bytes, name: str, **options: object) -> list[Problem]:
    return [item for item in read_bytes(data, name, Options(**options)) if isinstance(item, Problem)]  # type: ignore[arg-type]


def test_plain_text_is_kept_to_the_letter() -> None:
    text = "  The ferry left.\r\n\r\nIt is late.\t\n"
    (report,) = reports(text.encode(), "ferry.txt")
    assert report.text == text
    assert report.id == "ferry"


def test_a_header_line_gives_the_metadata_and_stays_out_of_the_text() -> None:
    head = "title: Ferry | url: https://a.example/x | date: 2024-03-04 | outlet: Post <- STT\n\nThe ferry left."
    (report,) = reports(head.encode(), "x.txt")
    assert report.text == "The ferry left."
    assert (report.title, report.outlet) == ("Ferry", "Post <- STT")
    assert report.published is not None and report.published.method == "metadata"


def test_markdown_front_matter_gives_the_metadata() -> None:
    (report,) = reports(b'---\ntitle: "Ferry"\ndate: 2024-03-04\n---\n\nThe ferry left.\n', "x.md")
    assert (report.title, report.text) == ("Ferry", "The ferry left.\n")


def test_a_page_gives_its_article_and_a_date_with_its_method() -> None:
    (report,) = reports(PAGE.encode(), "ferry.html")
    assert "left Turku on Sunday evening" in report.text and "Home | News" not in report.text
    assert (report.title, report.outlet, report.author) == ("Ferry sails", "Harbour Post", "A. Writer")
    assert report.published is not None
    assert (report.published.value, report.published.method) == ("2024-03-04T05:30:00Z", "json-ld")


@pytest.mark.parametrize(
    ("removed", "method"),
    [("datePublished", "address"), (None, "json-ld")],
)
def test_the_order_of_trust_in_dates(removed: str | None, method: str) -> None:
    page = PAGE.replace(removed, "nothing") if removed else PAGE
    (report,) = reports(page.encode(), "ferry.html")
    assert report.published is not None and report.published.method == method


def test_text_that_is_html_is_read_as_a_page() -> None:
    (report,) = reports(PAGE.encode(), "ferry.txt")
    assert report.title == "Ferry sails"


def test_a_broken_line_does_not_stop_the_next() -> None:
    lines = [
        json.dumps({"id": "a", "text": "One."}),
        "{oops",
        json.dumps(["no"]),
        json.dumps({"id": "b"}),
        json.dumps({"id": "c", "text": "Two."}),
    ]
    data = "\n".join(lines).encode()
    assert [report.id for report in reports(data, "x.jsonl")] == ["a", "c"]
    told = [str(problem) for problem in problems(data, "x.jsonl")]
    assert len(told) == 3
    assert told[0].startswith("x.jsonl: line 2: not JSON") and "line 3" in told[1] and "--field text=NAME" in told[2]


def test_fields_are_mapped() -> None:
    (report,) = reports(
        b'{"key": "7", "body": "One.", "when": "2024-03-04"}', "x.jsonl", fields={"text": "body", "id": "key", "published": "when"}
    )
    assert (report.id, report.text) == ("7", "One.")
    assert report.published is not None


def test_a_wrong_date_is_told_and_the_report_still_read() -> None:
    data = b'{"id": "a", "text": "One.", "published": "2024-99-99"}'
    assert len(reports(data, "x.jsonl")) == 1
    assert "2024-99-99" in str(problems(data, "x.jsonl")[0])


def test_csv_rows_are_reports() -> None:
    found = reports(b'id,text,published\na,"The ferry, late.",2024-03-04\nb,Two.,\n', "x.csv")
    assert [(report.id, report.text) for report in found] == [("a", "The ferry, late."), ("b", "Two.")]


def test_parquet_rows_are_reports(tmp_path: Path) -> None:
    pyarrow = pytest.importorskip("pyarrow")
    from pyarrow import parquet

    parquet.write_table(pyarrow.table({"id": ["a"], "text": ["The ferry left."]}), tmp_path / "x.parquet")
    found = [item for item in read_paths([tmp_path / "x.parquet"]) if isinstance(item, Report)]
    assert found[0].text == "The ferry left."


def test_feed_entries_are_reports() -> None:
    pytest.importorskip("feedparser")
    feed = b"""<?xml version="1.0"?><rss version="2.0"><channel><title>Harbour Post</title><item><title>Ferry</title><link>https://a.example/1</link>
    <pubDate>Mon, 04 Mar 2024 07:30:00 +0200</pubDate>
    <description>&lt;p&gt;The ferry left.&lt;/p&gt;&lt;p&gt;It is late.&lt;/p&gt;</description></item></channel></rss>"""
    (report,) = reports(feed, "x.rss")
    assert (report.text, report.outlet) == ("The ferry left.\n\nIt is late.", "Harbour Post")
    assert report.published is not None and report.published.value == "2024-03-04T05:30:00Z"


def test_a_feed_that_declares_entities_is_refused() -> None:
    bomb = b'<?xml version="1.0"?><!DOCTYPE lolz [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]><rss><channel><item><title>&b;</title></item></channel></rss>'
    assert "entities" in str(problems(bomb, "x.rss")[0])


def test_mail_is_read() -> None:
    message = EmailMessage()
    message["Subject"], message["From"], message["Date"] = "Ferry", "desk@harbour.example", "Mon, 04 Mar 2024 07:30:00 +0200"
    message.set_content("The ferry left.\n")
    (report,) = reports(message.as_bytes(), "x.eml")
    assert (report.title, report.text.strip()) == ("Ferry", "The ferry left.")


def _warc(page: bytes) -> bytes:
    body = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n" + page
    head = (
        b"WARC/1.0\r\nWARC-Type: response\r\nWARC-Record-ID: <urn:uuid:12345678-1234-1234-1234-123456789012>\r\nWARC-Date: 2024-03-04T08:00:00Z\r\n"
        b"WARC-Target-URI: https://harbour.example/ferry\r\nContent-Type: application/http; msgtype=response\r\nContent-Length: "
    )
    return head + str(len(body)).encode() + b"\r\n\r\n" + body + b"\r\n\r\n"


def test_a_web_archive_gives_its_pages_and_survives_a_cut() -> None:
    pytest.importorskip("fastwarc")
    whole = _warc(PAGE.encode()) * 2
    assert [report.url for report in reports(whole, "x.warc")] == ["https://harbour.example/ferry"] * 2
    assert len(reports(whole[: len(whole) * 3 // 4], "x.warc")) >= 1
    assert len(reports(gzip.compress(_warc(PAGE.encode())), "x.warc.gz")) == 1


def test_a_damaged_member_of_a_packed_archive_leaves_its_neighbour(tmp_path: Path) -> None:
    pytest.importorskip("fastwarc")
    path = tmp_path / "x.wacz"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as pack:
        pack.writestr("archive/a.warc", _warc(PAGE.encode()))
        pack.writestr("archive/b.warc", _warc(PAGE.encode()))
    data = bytearray(path.read_bytes())
    begin = data.index(b"archive/a.warc") + len("archive/a.warc")
    data[begin : begin + 40] = b"\xff" * 40
    assert len(reports(bytes(data), "x.wacz")) == 1
    (problem,) = problems(bytes(data), "x.wacz")
    assert "a.warc" in str(problem) and "unpacked" in str(problem)


@pytest.mark.parametrize(
    ("data", "name", "word"),
    [
        (b"", "x.txt", "empty"),
        (b" \n", "x.txt", "empty"),
        (b"\x89PNG\r\n\x1a\n\x00\x00", "x.txt", "binary"),
        (b"\x00\x01\x02\x03" * 50, "x.txt", "binary"),
        (b"x" * 3_000_000, "x.txt", "more than 2,000,000"),
        (b'{"text": "' + b"x" * 3_000_000 + b'"}', "x.jsonl", "more than 2,000,000"),
        (b"<html><body></body></html>", "x.html", "no article"),
        (b"%PDF-1.4 broken", "x.pdf", "cannot be read"),
        (b"PK\x03\x04broken", "x.wacz", "WACZ"),
        (b"\x1f\x8bbroken", "x.txt.gz", "gzip"),
        (b"text", "x.docx", "no reader"),
        (b"PAR1broken", "x.parquet", "Parquet"),
    ],
)
def test_bad_input_is_one_line_with_a_remedy(data: bytes, name: str, word: str) -> None:
    assert reports(data, name) == []
    (problem,) = problems(data, name)
    line = str(problem)
    assert line.startswith(name) and word in line and ";" in line and "\n" not in line


def test_stray_bytes_in_utf8_are_read_as_windows_1252_and_told() -> None:
    data = "Kim’s train ".encode() + b"left \x93early\x94."
    (report,) = reports(data, "x.txt")
    assert report.text == "Kim’s train left “early”."
    assert not problems(data, "x.txt")[0].fatal


def test_lone_surrogates_become_replacement_characters_in_place() -> None:
    (report,) = reports(b'{"text": "a\\ud800b"}', "x.jsonl")
    assert report.text == "a\ufffdb"


def test_a_gzip_bomb_is_refused() -> None:
    bomb = gzip.compress(b"x" * 5_000_000)
    assert "more than" in str(problems(bomb, "x.txt.gz", max_bytes=1_000_000)[0])


def test_folders_are_read_in_name_order_and_ids_stay_apart(tmp_path: Path) -> None:
    for folder in ("b", "a"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "1.txt").write_text(f"The {folder} ferry left.")
    (tmp_path / ".hidden").mkdir()
    (tmp_path / ".hidden" / "1.txt").write_text("no")
    (tmp_path / "README.md").write_text("How these reports came about.")
    (tmp_path / "bad.txt").write_bytes(b"")
    items = list(read_paths([tmp_path, tmp_path / "missing"]))
    assert [item.id for item in items if isinstance(item, Report)] == ["a/1", "b/1"]
    assert len([item for item in items if isinstance(item, Problem)]) == 2


@given(
    st.binary(max_size=400),
    st.sampled_from(["x.txt", "x.jsonl", "x.csv", "x.html", "x.eml", "x.rss", "x.md", "x.pdf", "x.warc", "x.txt.gz"]),
)
def test_any_bytes_give_reports_or_problems_and_nothing_else(data: bytes, name: str) -> None:
    for item in read_bytes(data, name, Options()):
        assert isinstance(item, Report | Problem)
        if isinstance(item, Report):
            item.text.encode("utf-8")
