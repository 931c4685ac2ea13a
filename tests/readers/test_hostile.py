"""Input made to break a reader: refused in a line or read, within seconds and within memory, its neighbours unharmed."""

from __future__ import annotations

import gzip
import json
import subprocess
import sys
import time
import tracemalloc
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from email.message import EmailMessage
from pathlib import Path

import msgspec
import pytest

from bench._fuzz_seeds import MAIL, pack, pdf, warc
from sightline.readers import Options, parse_publication, read_bytes, read_paths, read_stream
from sightline.readers.charset import decode_page
from sightline.readers.payload import payload
from sightline.types import Problem, Report
from tests.readers.test_readers import PAGE, problems, reports

ROOT = Path(__file__).parent.parent.parent


@contextmanager
def soon(seconds: float = 10.0) -> Iterator[None]:
    """What a document may take, in processor time."""
    began = time.process_time()
    yield
    assert time.process_time() - began < seconds


@contextmanager
def lean(megabytes: int) -> Iterator[None]:
    """What Python may hold at most meanwhile."""
    tracemalloc.start()
    try:
        yield
        assert tracemalloc.get_traced_memory()[1] < megabytes * 1_000_000
    finally:
        tracemalloc.stop()


def test_a_gzip_bomb_in_several_members_is_refused() -> None:
    bomb = gzip.compress(b"The ferry left.") + gzip.compress(b"x" * 50_000_000)
    with lean(20):
        (problem,) = problems(bomb, "x.txt.gz", max_bytes=1_000_000)
    assert "more than" in str(problem)


def test_a_gzip_of_several_members_is_read_whole() -> None:
    (report,) = reports(gzip.compress(b"The ferry ") + gzip.compress(b"left."), "x.txt.gz")
    assert report.text == "The ferry left."


def test_a_bomb_in_a_packed_archive_costs_no_memory_and_no_neighbour() -> None:
    pytest.importorskip("fastwarc")
    huge = warc(b"<html>" + b"x" * 60_000_000)
    data = pack({"archive/a.warc": huge, "archive/b.warc": warc(PAGE.encode())})
    assert len(data) < 200_000
    with soon(), lean(60):
        found = list(read_bytes(data, "x.wacz", Options()))
    assert [type(item) for item in found] == [Problem, Report] and "more than" in str(found[0])


def test_a_page_that_unpacks_without_end_is_refused_and_the_next_one_read() -> None:
    pytest.importorskip("fastwarc")
    coded = b"Content-Type: text/html\r\nContent-Encoding: gzip\r\n"
    data = warc(gzip.compress(b"<p>" * 20_000_000), headers=coded) + warc(gzip.compress(PAGE.encode()), headers=coded)
    with soon(), lean(100):
        found = list(read_bytes(data, "x.warc", Options()))
    assert [type(item) for item in found] == [Problem, Report] and "unpacks to more than" in str(found[0])


@pytest.mark.parametrize(
    ("body", "fields"),
    [
        (b"a page", {}),
        (b"3\r\na p\r\n3;x=y\r\nage\r\n0\r\n\r\n", {"transfer-encoding": "chunked"}),
        (b"a page", {"transfer-encoding": "chunked"}),
        (gzip.compress(b"a page", mtime=0), {"content-encoding": "gzip"}),
        (b"a page", {"content-encoding": "gzip"}),
        (zlib.compress(b"a page"), {"content-encoding": "deflate"}),
        (zlib.compress(b"a page")[2:-4], {"content-encoding": "deflate"}),
        (gzip.compress(gzip.compress(b"a page", mtime=0), mtime=0), {"content-encoding": "gzip, gzip"}),
    ],
)
def test_a_body_is_freed_of_what_it_travelled_in(body: bytes, fields: dict[str, str]) -> None:
    assert payload(body, fields, 100) == b"a page"


@pytest.mark.parametrize(
    ("body", "fields"),
    [
        (gzip.compress(b"a page", mtime=0)[:-12], {"content-encoding": "gzip"}),
        (b"\x8b\x02\x80a page\x03", {"content-encoding": "br"}),
        (b"x" * 200, {}),
        (gzip.compress(b"x" * 200, mtime=0), {"content-encoding": "gzip"}),
    ],
)
def test_a_body_that_cannot_be_freed_is_said(body: bytes, fields: dict[str, str]) -> None:
    try:
        assert payload(body, fields, 100) == b"a page"[: len(payload(body, fields, 100))]
    except ValueError as error:
        assert "page" in str(error)


@pytest.mark.parametrize(
    ("codec", "label"),
    [("koi8-r", "koi8-r"), ("windows-1251", "cp1251"), ("cp932", "Shift_JIS"), ("gb18030", "gb2312"), ("iso-8859-2", "ISO-8859-2")],
)
def test_a_page_is_read_in_the_character_set_it_names(codec: str, label: str) -> None:
    name = {"koi8-r": "Москва", "windows-1251": "Київ", "cp932": "東京", "gb18030": "北京", "iso-8859-2": "Łódź"}[codec]
    page = PAGE.replace("Turku", name)
    (report,) = reports(page.replace("<head>", f"<head><meta charset='{label}'>").encode(codec), "x.html")
    assert f"left {name} on Sunday" in report.text
    assert decode_page(page.encode(codec), label) == page


@pytest.mark.parametrize("label", ["utf-7", "unicode_escape", "idna", "rot13", "zip", "nonsense", "\u0131"])
def test_a_character_set_that_is_none_is_not_believed(label: str) -> None:
    assert decode_page(b"caf\xe9", label) == "café"


def test_a_dictionary_bomb_in_a_table_is_unpacked_row_by_row(tmp_path: Path) -> None:
    pa = pytest.importorskip("pyarrow")
    from pyarrow import parquet

    huge = pa.DictionaryArray.from_arrays(pa.array([0] * 200, pa.int32()), pa.array(["The ferry left. " * 250_000]))
    parquet.write_table(pa.table({"text": huge}), tmp_path / "x.parquet", compression="zstd")
    assert (tmp_path / "x.parquet").stat().st_size < 100_000
    code = (
        "import resource, sys; from pathlib import Path; from sightline.readers import read_paths\n"
        "resource.setrlimit(resource.RLIMIT_DATA, (600_000_000, resource.RLIM_INFINITY))\n"
        "print(sum(1 for item in read_paths([Path(sys.argv[1])])))"
    )
    ended = subprocess.run([sys.executable, "-c", code, tmp_path / "x.parquet"], cwd=ROOT, capture_output=True, text=True, timeout=60)
    assert ended.stdout == "200\n", ended.stderr


@pytest.mark.parametrize("kids", [200, 20_000])
def test_a_pdf_that_shows_one_page_ever_again_is_cut(kids: int) -> None:
    pytest.importorskip("pypdf")
    with soon(30):
        found = list(read_bytes(pdf("The ferry left.", kids=kids), "x.pdf", Options()))
    assert len(found) == 1


@pytest.mark.parametrize(
    "page",
    [
        "<div>" * 100_000 + "The ferry left Turku on Sunday.",
        "<p>The ferry left.</p>" * 20_000,
        "<script " * 200_000,
        "<meta " * 200_000,
        "<link rel" * 200_000,
        "<time " * 200_000,
        "<p>" + "&amp;" * 500_000,
        "<table>" * 20_000,
        "<!--" * 200_000,
        "<a href='" + "x" * 5_000_000,
        "<p>" + "x" * 5_000_000,
        "<b><i>" * 50_000 + "</b>" * 50_000,
        '<script type="application/ld+json">' + "[" * 100_000 + "</script><p>The ferry left Turku on Sunday.</p>",
        '<script type="application/ld+json">' * 20_000,
    ],
    ids=lambda page: page[:24],
)
def test_a_page_of_any_depth_and_breadth_is_done_in_time(page: str) -> None:
    with soon(12):
        found = list(read_bytes(f"<html><body>{page}</body></html>".encode(), "x.html", Options()))
    assert len(found) >= 1


@pytest.mark.parametrize("name", ["x.txt", "x.md", "x.jsonl", "x.csv", "x.html", "x.rss", "x.eml", "x.warc"])
def test_a_line_of_fifty_megabytes_is_refused(name: str) -> None:
    with soon(12):
        found = list(read_bytes(b"x" * 50_000_000, name, Options()))
    assert found and all(isinstance(item, Problem) for item in found)


def test_a_line_without_end_leaves_its_neighbours(tmp_path: Path) -> None:
    path = tmp_path / "x.jsonl"
    line = json.dumps({"text": "The ferry left."}).encode()
    path.write_bytes(line + b"\n" + b"x" * 5_000_000 + b"\n" + line + b"\n")
    with lean(10):
        found = list(read_paths([path], Options(max_bytes=1_000_000)))
    assert [type(item) for item in found] == [Report, Problem, Report]
    assert "line 2" in str(found[1]) and found[2].id == "x-3"  # type: ignore[union-attr]


def test_a_large_file_of_lines_is_never_in_memory_whole(tmp_path: Path) -> None:
    path = tmp_path / "x.jsonl"
    line = json.dumps({"text": "The ferry left. " * 1000}).encode() + b"\n"
    path.write_bytes(line * 2_000)
    with lean(5):
        assert sum(isinstance(item, Report) for item in read_paths([path], Options(max_bytes=1_000_000))) == 2_000


def test_a_large_archive_is_never_in_memory_whole(tmp_path: Path) -> None:
    pytest.importorskip("fastwarc")
    path = tmp_path / "x.warc"
    path.write_bytes(warc(b"x" * 1_000_000, headers=b"Content-Type: image/png\r\n") * 30 + warc(PAGE.encode()))
    with lean(8):
        assert sum(isinstance(item, Report) for item in read_paths([path], Options(max_bytes=1_000_000))) == 1


BILLION = (
    '<?xml version="1.0"?>{gap}<!DOCTYPE l [<!ENTITY a "ha">{more}]>'
    "<rss><channel><item><title>&z;</title><description>&z;</description></item></channel></rss>"
)
LAUGHS = "".join(f'<!ENTITY {chr(98 + place)} "{("&" + chr(97 + place) + ";") * 10}">' for place in range(25))


@pytest.mark.parametrize("gap", ["", "<!--" + " " * 100_000 + "-->"])
@pytest.mark.parametrize("codec", ["utf-8", "utf-16", "utf-16-be"])
@pytest.mark.parametrize("name", ["x.rss", "x.html"])
def test_a_billion_laughs_are_not_laughed(gap: str, codec: str, name: str) -> None:
    pytest.importorskip("feedparser")
    data = BILLION.format(gap=gap, more=LAUGHS).encode(codec)
    with soon(), lean(60):
        found = list(read_bytes(data, name, Options()))
    assert not any(isinstance(item, Report) and len(item.text) > 1000 for item in found)


@pytest.mark.parametrize("field", ["id", "text", "title", "outlet", "url", "author", "language", "section"])
def test_half_a_surrogate_pair_anywhere_in_a_record_can_still_be_stored(field: str) -> None:
    record = {"id": "a", "text": "The ferry left.", field: "a\ud800b", "\udfff" + field: "x"}
    (report,) = reports(json.dumps(record).encode(), "x.jsonl")
    assert msgspec.json.decode(msgspec.json.encode(report), type=Report) == report


@pytest.mark.parametrize(
    "text", ["\u202eThe train\u202c left.\u200f", "The\x00 ferry\x00 left.", "\ufeffThe ferry", "a\u2028b\u0085c\x1cd", "🚂\ufe0f" * 50]
)
@pytest.mark.parametrize("name", ["x.txt", "x.jsonl", "x.csv"])
def test_marks_and_controls_are_kept_to_the_letter(text: str, name: str) -> None:
    data = {"x.txt": ". " + text, "x.jsonl": json.dumps({"text": ". " + text}), "x.csv": 'text\n". ' + text + '"\n'}[name]
    (report,) = reports(data.encode(), name)
    assert report.text == ". " + text


@pytest.mark.parametrize(
    "date", ["0000-01-01", "0001-01-01", "9999-12-31", "9999-12-31T23:59:59-12:00", "-0001-01-01", "1e309", "99999999999999999999"]
)
def test_dates_at_the_ends_of_the_calendar_leave_the_report_undated(date: str) -> None:
    found = list(read_bytes(json.dumps({"text": "The ferry left.", "published": date}).encode(), "x.jsonl", Options()))
    report = next(item for item in found if isinstance(item, Report))
    assert report.published is None and any(isinstance(item, Problem) and not item.fatal for item in found) != any(
        isinstance(item, Problem) and item.fatal for item in found
    )
    with pytest.raises(ValueError, match="is no date"):
        parse_publication(date, "metadata")


def test_a_number_of_ten_thousand_figures_is_told_and_the_next_line_read() -> None:
    data = b'{"text": "One.", "n": ' + b"9" * 10_000 + b'}\n{"text": "Two."}'
    assert [report.text for report in reports(data, "x.jsonl")] == ["Two."]


def test_a_message_of_parts_within_parts_is_told() -> None:
    head = "MIME-Version: 1.0\r\n"
    for depth in range(3000):
        head += f'Content-Type: multipart/mixed; boundary="b{depth}"\r\n\r\n--b{depth}\r\n'
    with soon():
        found = list(read_bytes(head.encode() + b"Content-Type: text/plain\r\n\r\nThe ferry left.", "x.eml", Options()))
    assert len(found) == 1


@pytest.mark.parametrize("header", ["Subject", "From", "Date"])
@pytest.mark.parametrize(
    "value", ["=?utf-8?q?" + "=41" * 60_000 + "?=", "=?utf-8?b?" * 20_000, "a@" * 50_000, "(" * 5_000, "<" * 50_000 + ">", "," * 50_000]
)
def test_a_message_with_an_endless_header_is_done_in_time(header: str, value: str) -> None:
    data = MAIL.replace("Subject: ", "X: ").replace("MIME-Version", f"{header}: {value}\r\nMIME-Version")
    with soon(12):
        found = list(read_bytes(data.encode(), "x.eml", Options()))
    assert found


def test_a_message_with_two_subjects_is_read() -> None:
    message = EmailMessage()
    message.set_content("The ferry left.\n")
    data = b"Subject: one\r\nSubject: two\r\nDate: yesterday\r\n" + message.as_bytes()
    assert len(reports(data, "x.eml")) == 1


def test_standard_input_without_end_is_cut_off() -> None:
    class Endless:
        def read(self, size: int = -1) -> bytes:
            return b"x" * min(size, 3_000_000)

    (problem,) = read_stream(Endless(), Options(max_bytes=2_000_000))  # type: ignore[arg-type]
    assert isinstance(problem, Problem) and "more than" in str(problem)


def test_a_packed_archive_of_another_version_is_told() -> None:
    pytest.importorskip("fastwarc")
    data = bytearray(pack({"archive/a.warc": warc(PAGE.encode())}))
    data[data.index(b"PK\x01\x02") + 6] = 0xFF
    (problem,) = problems(bytes(data), "x.wacz")
    assert "zip file version" in str(problem)


def test_a_member_that_is_said_to_lie_before_its_archive_leaves_its_neighbour() -> None:
    pytest.importorskip("fastwarc")
    data = bytearray(pack({"archive/a.warc": warc(PAGE.encode()), "archive/b.warc": warc(PAGE.encode())}))
    directory = data.index(b"PK\x01\x02")
    end = data.index(b"PK\x05\x06")
    data[end + 16 : end + 20] = (directory + 60).to_bytes(4, "little")
    found = list(read_bytes(bytes(data), "x.wacz", Options()))
    assert found and isinstance(found[0], Problem)


def test_a_row_that_is_no_text_leaves_its_neighbours(tmp_path: Path) -> None:
    pa = pytest.importorskip("pyarrow")
    from pyarrow import parquet

    texts = pa.array([b"The ferry left.", b"\xee\xff", b"It is late."]).cast(pa.binary()).view(pa.string())
    parquet.write_table(pa.table({"text": texts}), tmp_path / "x.parquet")
    found = list(read_paths([tmp_path / "x.parquet"]))
    assert [type(item) for item in found] == [Report, Problem, Report] and "row 2" in str(found[1])


@pytest.mark.parametrize("sender", ["a: b: c@d;, e@f;", "=?utf-8?q??=@", ":;", "a@[", '"'])
def test_a_sender_that_nobody_understands_leaves_the_message(sender: str) -> None:
    (report,) = reports(MAIL.replace("desk@harbour.example", sender).encode(), "x.eml")
    assert report.text.startswith("The ferry left.")


@pytest.mark.parametrize("encoding", [b"utf\x81", b"utf-8\x00", b"rot13", b"zip", b"idna", b"undefined", b"unicode_escape"])
def test_a_feed_of_no_character_set_is_told_or_read(encoding: bytes) -> None:
    pytest.importorskip("feedparser")
    data = b'<?xml version="1.0" encoding="' + encoding + b'"?><rss><channel><item><title>The ferry left.</title></item></channel></rss>'
    (item,) = read_bytes(data, "x.rss", Options())
    assert isinstance(item, Problem) or item.text == "The ferry left."


class _Broken:
    """A parser that fails as nobody foresaw."""

    def __call__(self, *values: object, **more: object) -> object:
        raise ZeroDivisionError


@pytest.mark.parametrize(
    ("name", "parser", "data"),
    [
        ("x.html", "trafilatura.extract", PAGE.encode()),
        ("x.rss", "feedparser.parse", b"<rss><item><title>a</title></item></rss>"),
        ("x.pdf", "pypdf.PdfReader", pdf("x")),
        ("x.eml", "sightline.readers.mail.message_from_bytes", MAIL.encode()),
    ],
)
def test_a_parser_that_fails_in_its_own_way_is_told(monkeypatch: pytest.MonkeyPatch, name: str, parser: str, data: bytes) -> None:
    pytest.importorskip(parser.split(".", maxsplit=1)[0])
    monkeypatch.setattr(parser, _Broken())
    (problem,) = problems(data, name)
    assert "ZeroDivisionError" in str(problem)
