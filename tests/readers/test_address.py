"""Fetching: against a server on loopback, by explicit allowance only."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

pytest.importorskip("httpx")

from sightline.readers import Options
from sightline.readers.address import FetchError, fetch, fetch_reports
from sightline.readers.follow import FeedState, look
from sightline.types import Problem, Report
from tests.readers.test_readers import PAGE

FEED = """<?xml version="1.0"?><rss version="2.0"><channel><title>Harbour Post</title>
<item><title>One</title><link>{base}/ferry</link><description>The ferry left.</description></item>
<item><title>Two</title><link>{base}/second</link><description>The ferry is late.</description></item></channel></rss>"""


class Site(BaseHTTPRequestHandler):
    """A small news site with a few traps."""

    def do_GET(self) -> None:
        base = f"http://127.0.0.1:{self.server.server_address[1]}"
        path = self.path
        if path == "/robots.txt":
            self._send(200, b"User-agent: *\nDisallow: /private\n", "text/plain")
        elif path in ("/ferry", "/private/ferry", "/second"):
            self._send(200, PAGE.encode(), "text/html; charset=utf-8")
        elif path == "/moved":
            self._send(302, b"", "text/html", location="/ferry")
        elif path == "/loop":
            self._send(302, b"", "text/html", location="/loop")
        elif path == "/nowhere":
            self._send(302, b"", "text/html", location="http://[x/")
        elif path == "/away":
            self._send(302, b"", "text/html", location="file:///etc/passwd")
        elif path == "/big":
            self._send(200, b"x" * 21_000_000, "text/plain")
        elif path == "/feed":
            if self.headers.get("if-none-match") == '"1"':
                self._send(304, b"", "application/rss+xml", etag='"1"')
            else:
                self._send(200, FEED.format(base=base).encode(), "application/rss+xml", etag='"1"')
        else:
            self._send(404, b"no", "text/plain")

    def _send(self, status: int, body: bytes, kind: str, **headers: str) -> None:
        self.send_response(status)
        self.send_header("content-type", kind)
        self.send_header("content-length", str(len(body)))
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()
        try:
            self.wfile.write(body)
        except (BrokenPipeError, ConnectionResetError):
            return

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


@pytest.fixture(scope="module")
def site() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Site)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_address[1]}"
    server.shutdown()


def test_a_page_is_read_with_its_address_time_and_headers(site: str) -> None:
    (report,) = [item for item in fetch_reports(f"{site}/moved", Options(), allow_private=True) if isinstance(item, Report)]
    assert report.id == f"{site}/ferry" and report.title == "Ferry sails"
    assert report.fetched is not None and report.sha256 and report.metadata["http content-type"].startswith("text/html")


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("/private/ferry", "robots.txt"),
        ("/loop", "redirects"),
        ("/away", "no web address"),
        ("/nowhere", "no web address"),
        ("/big", "more than"),
        ("/none", "answers 404"),
    ],
)
def test_what_must_not_be_fetched_is_refused(site: str, path: str, words: str) -> None:
    with pytest.raises(FetchError, match=words):
        fetch(site + path, allow_private=True)


@pytest.mark.parametrize(
    "address",
    [
        "http://127.0.0.1/x",
        "http://localhost/x",
        "http://[::1]/x",
        "http://10.0.0.1/",
        "http://169.254.169.254/latest",
        "http://192.168.1.1/",
        "http://0x7f000001/",
    ],
)
def test_private_addresses_are_refused(address: str) -> None:
    with pytest.raises(FetchError, match=r"private|not found"):
        fetch(address)


@pytest.mark.parametrize(
    "address",
    [
        "ftp://a.example/x",
        "http://",
        "https://user:pw@a.example/",
        "http://a.example:99999/",
        "http://[x/",
        "http://a\x00b/",
        "http://[::1",
        "http://a.example/\x7f",
    ],
)
def test_what_is_no_address_is_said(address: str) -> None:
    (problem,) = fetch_reports(address, Options())
    assert isinstance(problem, Problem) and problem.remedy


def test_a_feed_is_asked_only_for_what_changed(site: str) -> None:
    state, items = look(f"{site}/feed", FeedState(), set(), allow_private=True)
    assert [item.url for item in items if isinstance(item, Report)] == [f"{site}/ferry", f"{site}/second"]
    again, none = look(f"{site}/feed", state, set(), allow_private=True)
    assert none == [] and again == state
    _, new = look(f"{site}/feed", FeedState(), {f"{site}/ferry"}, allow_private=True)
    assert [item.url for item in new if isinstance(item, Report)] == [f"{site}/second"]


def test_a_feeds_pages_are_fetched_when_asked(site: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sightline.readers.follow.PAUSE", 0.0)
    _, items = look(f"{site}/feed", FeedState(), {f"{site}/second"}, pages=True, allow_private=True)
    assert [item.title for item in items if isinstance(item, Report)] == ["Ferry sails"]
