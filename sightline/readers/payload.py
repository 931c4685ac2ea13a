"""The body of an archived HTTP response, freed of the encodings it travelled in (RFC 9112 section 7.1, RFC 9110 section 8.4)."""

from __future__ import annotations

import zlib
from collections.abc import Mapping


def payload(body: bytes, fields: Mapping[str, str], limit: int) -> bytes:
    """The body behind its transfer and content encodings, of at most ``limit`` bytes; ``fields`` are the response's, in lower case.

    Archives that say "gzip" of a body that their maker unpacked already are believed by the body's own first bytes.

    Raises:
        ValueError: when it is too large, broken, or in an encoding that cannot be read here.

    >>> payload(b"4\\r\\ntext\\r\\n0\\r\\n\\r\\n", {"transfer-encoding": "chunked"}, 100)
    b'text'
    """
    if len(body) > limit:
        raise ValueError(f"the page has more than {limit:,} bytes")
    if "chunked" in fields.get("transfer-encoding", "").lower():
        body = _joined(body)
    for encoding in reversed([part.strip().lower() for part in fields.get("content-encoding", "").split(",")]):
        if encoding in ("gzip", "x-gzip") and body[:2] == b"\x1f\x8b":
            body = _unpacked(body, 31, limit)
        elif encoding == "deflate" and body[:1] not in (b"<", b" ", b"\n", b"\r", b"\xef"):
            body = _unpacked(body, 15 if body[:1] in (b"\x78", b"\x58", b"\x08") else -15, limit)
        elif encoding in ("br", "zstd", "compress") and not _is_text(body):
            raise ValueError(f"the page is packed with {encoding}")
    return body


def _is_text(body: bytes) -> bool:
    head = body[:64].lstrip(b"\xef\xbb\xbf \t\r\n")
    return head.startswith(b"<")


def _joined(body: bytes) -> bytes:
    """The chunks put together; a body that is in no chunks, because its maker joined them, as it is."""
    parts: list[bytes] = []
    place = 0
    while True:
        end = body.find(b"\r\n", place, place + 80)
        size = body[place:end].split(b";")[0].strip() if end >= 0 else b""
        try:
            length = int(size, 16) if size and not size.startswith((b"+", b"-")) else -1
        except ValueError:
            length = -1
        if length < 0:
            return b"".join(parts) if parts else body
        if length == 0:
            return b"".join(parts)
        parts.append(body[end + 2 : end + 2 + length])
        place = end + 2 + length + 2


def _unpacked(body: bytes, wbits: int, limit: int) -> bytes:
    worker = zlib.decompressobj(wbits=wbits)
    try:
        plain = worker.decompress(body, limit + 1)
    except zlib.error as error:
        raise ValueError(f"the page cannot be unpacked ({error})") from error
    if len(plain) > limit:
        raise ValueError(f"the page unpacks to more than {limit:,} bytes")
    return plain
