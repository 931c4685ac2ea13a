"""What stands between the pages and hostile input: headers, hosts, tokens, sizes."""

from __future__ import annotations

import hashlib
import hmac
import secrets
from html import escape
from urllib.parse import parse_qs, parse_qsl, quote, urlencode

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import cookie_parser
from starlette.responses import HTMLResponse, PlainTextResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; form-action 'self'; "
    "base-uri 'none'; frame-ancestors 'none'"
)
HEADERS = {
    "content-security-policy": POLICY,
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=()",
}
TOKEN_COOKIE = "sightline-token"
_DOOR = (
    '<!doctype html><html lang="en"><head><meta charset="utf-8"><link rel="icon" href="data:,">'
    '<meta http-equiv="refresh" content="0;url={address}"><title>Sightline</title></head>'
    '<body><p><a href="{address}">Go on</a></p></body></html>'
)
MAX_QUERY = 2_000
MAX_BODY = 20_000


class Guard:
    """ASGI middleware: refuses foreign hosts, oversize queries and bodies and missing tokens; adds the headers to every answer."""

    def __init__(self, app: ASGIApp, hosts: frozenset[str], token: str | None) -> None:
        """``hosts`` are the names that a browser may use (against DNS rebinding); ``token`` is wanted from everyone if set."""
        self.app = app
        self.hosts = hosts
        self.token = token

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handle one request."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return

        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in HEADERS.items():
                    headers.setdefault(name, value)
            await send(message)

        answer = self._refusal(scope) or self._let_in(scope)
        if answer is not None:
            await answer(scope, receive, with_headers)
        else:
            await self.app(scope, receive, with_headers)

    def _refusal(self, scope: Scope) -> PlainTextResponse | None:
        headers = Headers(scope=scope)
        host = headers.get("host", "").rpartition("@")[2]
        name = host[: host.index("]") + 1] if host.startswith("[") and "]" in host else host.partition(":")[0]
        if name.lower() not in self.hosts:
            return PlainTextResponse("this server does not answer to that host name\n", 421)
        if len(scope.get("query_string", b"")) > MAX_QUERY or len(scope.get("raw_path") or b"") > MAX_QUERY:
            return PlainTextResponse("the address is too long\n", 414)
        if int(headers.get("content-length", "0") if headers.get("content-length", "0").isdigit() else MAX_BODY + 1) > MAX_BODY:
            return PlainTextResponse("the request is too large\n", 413)
        if self.token is not None and not self._authorised(headers, scope):
            return PlainTextResponse(
                "a token is needed: Authorization: Bearer ..., or ?token=... in a browser\n", 401, {"www-authenticate": "Bearer"}
            )
        return None

    def _let_in(self, scope: Scope) -> Response | None:
        """For a browser that gave the token in an address: a cookie, and the same address without the token.

        The page leads on by itself rather than by a redirect, so that the browser counts the next request as this site's own and sends
        the cookie even when the address was clicked on elsewhere.
        """
        query = scope.get("query_string", b"").decode("latin-1")
        if self.token is None or scope["method"] != "GET" or "text/html" not in Headers(scope=scope).get("accept", ""):
            return None
        given = parse_qsl(query, keep_blank_values=True)
        if not any(name == "token" for name, _ in given):
            return None
        rest = urlencode([(name, value) for name, value in given if name != "token"], encoding="latin-1")
        path = "/" + quote(scope["path"].lstrip("/\\"), safe="/:~")
        answer = HTMLResponse(_DOOR.format(address=escape(path + (f"?{rest}" if rest else ""))), headers={"cache-control": "no-store"})
        answer.set_cookie(TOKEN_COOKIE, self._pass(), httponly=True, samesite="strict")
        return answer

    def _pass(self) -> str:
        """What the cookie holds: derived from the token, so that the cookie does not give it away."""
        return hmac.new((self.token or "").encode(), b"sightline cookie", hashlib.sha256).hexdigest()

    def _authorised(self, headers: Headers, scope: Scope) -> bool:
        assert self.token is not None
        given = headers.get("authorization", "").removeprefix("Bearer ").strip()
        if not given:
            given = (parse_qs(scope.get("query_string", b"").decode("latin-1")).get("token") or [""])[0]
        if given:
            return hmac.compare_digest(given.encode(), self.token.encode())
        cookie = cookie_parser(headers.get("cookie", "")).get(TOKEN_COOKIE, "")
        return hmac.compare_digest(cookie.encode(), self._pass().encode())


class Forms:
    """Tokens against cross-site requests: a form's token is a keyed hash of a cookie that only our pages set."""

    COOKIE = "sightline"

    def __init__(self) -> None:
        """With a key of this process."""
        self._key = secrets.token_bytes(32)

    def fresh(self) -> str:
        """A new cookie's value."""
        return secrets.token_urlsafe(18)

    def token(self, cookie: str) -> str:
        """The token that forms carry for a cookie."""
        return hmac.new(self._key, cookie.encode(), hashlib.sha256).hexdigest()

    def valid(self, cookie: str | None, token: str | None) -> bool:
        """Whether a form came from our own page."""
        return bool(cookie and token) and hmac.compare_digest(self.token(cookie or "").encode(), (token or "").encode("utf-8", "replace"))
