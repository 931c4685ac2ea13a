"""Web addresses: fetched politely and safely, then read like a file."""

from __future__ import annotations

import ipaddress
import socket
import urllib.robotparser
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urljoin, urlsplit

import msgspec

from sightline.readers.base import Options
from sightline.types import Problem, Report

AGENT = "Sightline/0.1 (news reader; reads single pages that its user names)"
TIMEOUT = 20.0
MAX_PAGE = 20_000_000
MAX_REDIRECTS = 5


class FetchError(Exception):
    """A page that cannot or must not be fetched; ``remedy`` says what to do."""

    def __init__(self, message: str, remedy: str) -> None:
        """With what is wrong and what to do."""
        super().__init__(message)
        self.remedy = remedy


class Fetched(msgspec.Struct, frozen=True, kw_only=True):
    """Bytes as they came, from where after redirects, and when."""

    url: str
    data: bytes
    content_type: str
    headers: dict[str, str]
    at: datetime
    status: int = 200


def is_address(target: str) -> bool:
    """Whether a command's argument is a web address.

    >>> is_address("https://example.org/a"), is_address("reports/a.txt")
    (True, False)
    """
    return target.lower().startswith(("http://", "https://"))


def _public(host: str, port: int) -> str:
    """An address of the host that lies outside every private, loopback, link-local and reserved range.

    Raises:
        FetchError: when the name does not resolve, or any of its addresses is private (so that a name cannot mix them).
    """
    try:
        found = {entry[4][0] for entry in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)}
    except (socket.gaierror, UnicodeError) as error:
        raise FetchError(f"the host {host!r} is not found", "check the address") from error
    for text in found:
        if not ipaddress.ip_address(str(text).partition("%")[0]).is_global:
            raise FetchError(f"{host} leads to the private address {text}", "use --allow-private if it is yours")
    return str(sorted(found)[0])


def _checked(url: str, allow_private: bool) -> None:
    try:
        parts = urlsplit(url)
    except ValueError as error:
        raise FetchError(f"{url[:80]!r} is no web address ({error})", "write it as https://...") from error
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise FetchError(f"{url[:80]!r} is no web address", "write it as https://...")
    if parts.username or parts.password:
        raise FetchError("the address holds a user name", "leave it out")
    try:
        port = parts.port or (443 if parts.scheme == "https" else 80)
    except ValueError as error:
        raise FetchError(f"{url[:80]!r} has no valid port", "check the address") from error
    if not allow_private:
        _public(parts.hostname, port)


def _target(url: str, location: str) -> str:
    try:
        return urljoin(url, location)
    except ValueError as error:
        raise FetchError(f"it redirects to {location[:80]!r}, which is no web address", "give the final address") from error


def _get(client: Any, url: str, allow_private: bool, limit: int) -> tuple[str, int, dict[str, str], bytes]:
    """Follow redirects one by one, each checked; stop reading at ``limit`` bytes."""
    for _ in range(MAX_REDIRECTS + 1):
        _checked(url, allow_private)
        with client.stream("GET", url) as answer:
            peer = answer.extensions.get("network_stream")
            address = peer.get_extra_info("server_addr") if peer is not None else None
            if address and not allow_private and not ipaddress.ip_address(str(address[0]).partition("%")[0]).is_global:
                raise FetchError(f"the connection went to the private address {address[0]}", "use --allow-private if it is yours")
            if answer.has_redirect_location:
                url = _target(url, answer.headers["location"])
                continue
            body = b""
            for part in answer.iter_bytes():
                body += part
                if len(body) > limit:
                    raise FetchError(f"the page has more than {limit:,} bytes", "save it and cut it down")
            return url, answer.status_code, dict(answer.headers), body
    raise FetchError(f"more than {MAX_REDIRECTS} redirects", "give the final address")


def _allowed(client: Any, url: str, allow_private: bool) -> bool:
    """Whether the site's robots.txt lets us fetch the page (RFC 9309: unreachable means no, missing means yes)."""
    robots = urljoin(url, "/robots.txt")
    _, status, _, body = _get(client, robots, allow_private, 500_000)
    if 400 <= status < 500:
        return True
    if status >= 500:
        return False
    rules = urllib.robotparser.RobotFileParser()
    rules.parse(body.decode("utf-8", "replace").splitlines())
    return rules.can_fetch("Sightline", url)


def fetch(url: str, *, allow_private: bool = False, headers: dict[str, str] | None = None) -> Fetched:
    """One page, with time-outs, a size limit, checked redirects and robots.txt honoured.

    Raises:
        FetchError: whatever stood in the way.
    """
    try:
        import httpx
    except ImportError as error:
        raise FetchError("fetching needs httpx", "pip install 'sightline[feeds]'") from error
    _checked(url, allow_private)
    try:
        with httpx.Client(
            timeout=TIMEOUT, follow_redirects=False, headers={"user-agent": AGENT, **(headers or {})}, trust_env=False
        ) as client:
            if not _allowed(client, url, allow_private):
                raise FetchError("the site's robots.txt asks not to fetch it", "open it yourself and save it")
            final, status, answer_headers, body = _get(client, url, allow_private, MAX_PAGE)
    except httpx.InvalidURL as error:
        raise FetchError(f"{url[:80]!r} is no web address ({error})", "write it as https://...") from error
    except httpx.HTTPError as error:
        raise FetchError(f"cannot be fetched ({type(error).__name__})", "check the address and the connection") from error
    if status >= 400:
        raise FetchError(f"the server answers {status}", "check the address")
    return Fetched(
        url=final,
        data=body,
        content_type=answer_headers.get("content-type", ""),
        headers=answer_headers,
        at=datetime.now(UTC),
        status=status,
    )


def fetch_reports(url: str, options: Options, *, allow_private: bool = False) -> Iterator[Report | Problem]:
    """The reports of a page or feed at an address, with its address, fetch time and headers kept."""
    from sightline.readers import read_bytes

    try:
        page = fetch(url, allow_private=allow_private)
    except FetchError as error:
        yield Problem(report=url, message=str(error), remedy=error.remedy)
        return
    kind = page.content_type.partition(";")[0].strip().lower()
    names = {"text/html": "html", "application/xhtml+xml": "html", "application/pdf": "pdf", "text/plain": "text", "application/json": "jsonl",
             "application/rss+xml": "feed", "application/atom+xml": "feed", "application/xml": "feed", "text/xml": "feed"}  # fmt: skip
    reader = options.kind or names.get(kind)
    if reader is None:
        yield Problem(report=url, message=f"no reader for {kind or 'an untyped page'}", remedy="save it and name one with --reader")
        return
    kept = {f"http {name}": value for name, value in page.headers.items() if name in ("content-type", "last-modified", "etag", "date")}
    for item in read_bytes(page.data, page.url, msgspec.structs.replace(options, kind=reader)):
        if isinstance(item, Report):
            identity = page.url if item.url is None or reader != "feed" else item.url
            yield msgspec.structs.replace(item, id=identity, url=item.url or page.url, fetched=page.at, metadata={**item.metadata, **kept})
        else:
            yield item
