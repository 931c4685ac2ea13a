"""Small whole inputs of every kind, made here, and the words that parsers and rules turn on."""

from __future__ import annotations

import gzip
import io
import json
import zipfile
from collections.abc import Callable

NEWS = (
    "The ferry Aurora left Turku on Sunday evening, two port officials told the agency, and it is expected in Stockholm by 6 a.m. on Monday.",
    "“We have not seen the train,” Governor Anna Vale said, according to the Harbour Post. At least 30 people were hurt near 59.3°N 18.1°E.",
    "PARIS, March 4 (Wire) - The minister denied that the convoy had crossed the border last week; about 700 km of road remain closed.",
    "He said she said they said that “it ‘might’ have (or not) happened” on 29/02/2023, 31 April, 24:00 or 9999-12-31.",
    "Live: 14:05 - Ship leaves. 14:30 - Ship “late”. UPDATE: the ship, reportedly, did not leave. 12 of 10 say so; 1,2,3.4 tonnes.",
)
HOSTILE = (
    "\u202eThe train\u202c left\u200f Os\u00adlo\u200b on\u00a0Monday.",
    "\ufeffThe\x00 ferry\x07 left\x1b[31m Turku\ufffd \ufdd0.",
    "Itâ€™s Ã©tonnant: â€œthe train leftâ€\x9d Zhangjiakou å¼ å®¶å£.",
    "RussiaThe leader’strain leftPyongyang onMonday.Kim arrived.",
    "🚂🏳️‍🌈👨‍👩‍👧 left e\u0301\u0301\u0301\u0301 Z̷̢̧a̸l̵g̴o town; ﷽ ١٢ مارس ٢٠٢٤; ２０２４年３月４日.",
    "on year 0, year 0000-01-01, 10000 BC, in 999999999999999999 years, 1e309 km, -0, 00:00:60, 25:61, 99/99/9999",
    '"' * 300 + "said" + "(" * 300 + "“" * 300 + "'" * 300,
)
PAGE = (
    '<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Ferry sails</title><meta property="og:site_name" content="Harbour Post">'
    '<meta property="article:published_time" content="2024-03-04T07:30:00+02:00"><link rel="canonical" href="https://harbour.example/2024/03/04/ferry">'
    '<script type="application/ld+json">{"@type":"NewsArticle","headline":"Ferry sails","datePublished":"2024-03-04","author":[{"name":"A. Writer"}]}'
    "</script></head><body><nav>Home</nav><article><h1>Ferry sails</h1><time datetime='2024-03-04'>4 March</time>"
    + "".join(f"<p>{sentence} {sentence}</p>" for sentence in NEWS)
    + "</article></body></html>"
)
FEED = (
    '<?xml version="1.0" encoding="utf-8"?><rss version="2.0"><channel><title>Harbour Post</title><item><title>Ferry</title>'
    "<link>https://a.example/1</link><pubDate>Mon, 04 Mar 2024 07:30:00 +0200</pubDate>"
    "<description>&lt;p&gt;The ferry left.&lt;/p&gt;</description></item></channel></rss>"
)
ATOM = (
    '<feed xmlns="http://www.w3.org/2005/Atom"><title>Post</title><entry><title>Ferry</title><link href="https://a.example/2"/>'
    '<updated>2024-03-04T07:30:00Z</updated><content type="html">&lt;p&gt;It is late.&lt;/p&gt;</content></entry></feed>'
)
MAIL = (
    "From: desk@harbour.example\r\nSubject: =?utf-8?q?Ferry=20sails?=\r\nDate: Mon, 04 Mar 2024 07:30:00 +0200\r\nMIME-Version: 1.0\r\n"
    'Content-Type: multipart/alternative; boundary="b"\r\n\r\n--b\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: '
    "quoted-printable\r\n\r\nThe ferry left=2E\r\n--b\r\nContent-Type: text/html; charset=latin-1\r\n\r\n<p>The ferry left.</p>\r\n--b--\r\n"
)
CSV = 'id,text,published\na,"The ferry, ""late"".",2024-03-04\nb,Two.,\n'
HEADED = "title: Ferry | url: https://a.example/x | date: 2024-03-04 | outlet: Post <- STT\n\nThe ferry left."
MARKDOWN = '---\ntitle: "Ferry"\ndate: 2024-03-04\n---\n\n# Ferry\n\nThe ferry left [Turku](https://a.example).\n'
DATES = ("2023-09-11", "2023-09", "20230911", "2023-09-20/22", "2019-04-24 13:00 KST", "2023-09-11T01:00:00+09:00", "2023-06-24 (morning)",
         "Mon, 11 Sep 2023 10:00:00 +0900", "0000-00-00", "9999-12-31T23:59:60Z", "1000-01-01T00:00:00+23:59")  # fmt: skip
ADDRESSES = ("https://a.example/2024/03/04/x?y=1#z", "http://[::1]:80/", "http://user:pw@a.example/", "http://0x7f000001/", "http://xn--a/",
             "http://a.example:99999/", "HTTPS://A.EXAMPLE./..//", "http://[fe80::1%25eth0]/", "http://１２７.0.0.1/")  # fmt: skip
WORDS = ("said", "told", "according to", "denied", "reportedly", "“", "”", "‘", "’", "—", "\n\n", " on ", "Monday", "yesterday", "2024", " km",
         "\u202e", "\u200f", "\x00", "\ufeff", "\ud7ff", "0000", "9999", "{", "}", "[", "]", '"', "\\u0000", "\\ud800", ":", ",", "\r\n", "\t",
         "<p>", "</p>", "<div>", "<script>", "<!--", "<![CDATA[", "]]>", "&amp;", "&#x0;", "<!ENTITY a 'b'>", "<!DOCTYPE", "<article>",
         "Content-Length: ", "WARC/1.0\r\n", "HTTP/1.1 200 OK", "Transfer-Encoding: chunked", "stream", "endstream", "obj", "endobj", "/Kids",
         "/Length", "/Filter /FlateDecode", "xref", "trailer", "startxref", "PAR1", "PK\x03\x04", "Content-Type: ", "charset=", "=?utf-8?b?",
         "boundary=", "---", " | ", "date: ", "1e309", "-0", "NaN")  # fmt: skip


def warc(page: bytes, *, headers: bytes = b"Content-Type: text/html\r\n") -> bytes:
    """A response record that holds a page."""
    body = b"HTTP/1.1 200 OK\r\n" + headers + b"\r\n" + page
    return (
        b"WARC/1.0\r\nWARC-Type: response\r\nWARC-Record-ID: <urn:uuid:12345678-1234-1234-1234-123456789012>\r\nWARC-Date: 2024-03-04T08:00:00Z\r\n"
        b"WARC-Target-URI: https://harbour.example/ferry\r\nContent-Type: application/http; msgtype=response\r\nContent-Length: "
        + str(len(body)).encode()
        + b"\r\n\r\n"
        + body
        + b"\r\n\r\n"
    )


def pack(members: dict[str, bytes]) -> bytes:
    """A ZIP archive, deflated."""
    sink = io.BytesIO()
    with zipfile.ZipFile(sink, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return sink.getvalue()


def pdf(words: str, *, kids: int = 1) -> bytes:
    """A PDF file with a text layer, its cross-reference table right."""
    content = f"BT /F1 12 Tf 40 700 Td ({words}) Tj ET".encode("latin-1", "replace")
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [" + b"3 0 R " * kids + b"] /Count " + str(kids).encode() + b" >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>",
        b"<< /Length " + str(len(content)).encode() + b" >>\nstream\n" + content + b"\nendstream",
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
        b"<< /Title (Ferry) /CreationDate (D:20240304) >>",
    ]
    made, places = b"%PDF-1.4\n", []
    for number, one in enumerate(objects, start=1):
        places.append(len(made))
        made += str(number).encode() + b" 0 obj\n" + one + b"\nendobj\n"
    table = b"".join(f"{place:010d} 00000 n \n".encode() for place in places)
    return (
        made
        + b"xref\n0 7\n0000000000 65535 f \n"
        + table
        + f"trailer\n<< /Size 7 /Root 1 0 R /Info 6 0 R >>\nstartxref\n{len(made)}\n%%EOF\n".encode()
    )


def parquet(rows: list[dict[str, object]]) -> bytes:
    """A table as Parquet; nothing where pyarrow is not installed."""
    try:
        import pyarrow
        from pyarrow import parquet as writer
    except ImportError:
        return b"PAR1"
    sink = io.BytesIO()
    writer.write_table(pyarrow.Table.from_pylist(rows), sink, compression="none")
    return sink.getvalue()


def _texts() -> list[bytes]:
    return [text.encode() for text in (*NEWS, *HOSTILE, HEADED)] + ["\n\n".join(NEWS).encode(), " ".join(NEWS).encode("utf-16")]


def _lines() -> list[bytes]:
    lines = [json.dumps({"id": str(number), "text": text, "published": "2024-03-04"}) for number, text in enumerate(NEWS)]
    return ["\n".join(lines).encode(), ("[" + ",".join(lines) + "]").encode(), b'{"text": "a\\ud800b", "published": {"value": "2024"}}']


SEEDS: dict[str, Callable[[], list[bytes]]] = {
    "text": _texts,
    "markdown": lambda: [MARKDOWN.encode(), *_texts()[:3]],
    "html": lambda: [PAGE.encode(), b"<p>" * 300 + b"a", PAGE.encode("utf-16"), PAGE.replace("utf-8", "koi8-r").encode()],
    "jsonl": _lines,
    "csv": lambda: [CSV.encode(), CSV.replace(",", "\t").encode()],
    "parquet": lambda: [parquet([{"id": "a", "text": NEWS[0], "n": 1}]), parquet([{"text": None}, {"text": NEWS[1]}])],
    "feed": lambda: [FEED.encode(), ATOM.encode()],
    "mail": lambda: [MAIL.encode(), MAIL.replace("quoted-printable", "base64").encode()],
    "pdf": lambda: [pdf(NEWS[0]), pdf("x", kids=3)],
    "warc": lambda: [warc(PAGE.encode()), warc(PAGE.encode()) * 2, gzip.compress(warc(PAGE.encode()), mtime=0)],
    "wacz": lambda: [
        pack({"archive/a.warc": warc(PAGE.encode())}),
        pack({"archive/a.warc.gz": gzip.compress(warc(PAGE.encode()), mtime=0)}),
    ],
    "gzip": lambda: [gzip.compress(NEWS[0].encode(), mtime=0), gzip.compress(b"a", mtime=0) + gzip.compress(b"b", mtime=0)],
    "encoding": lambda: [NEWS[1].encode(codec) for codec in ("utf-8", "utf-16", "utf-32", "windows-1252", "utf-8-sig")] + _texts(),
    "language": _texts,
    "mojibake": lambda: [text.encode().decode("cp1252", "replace").encode() for text in (*NEWS, *HOSTILE)] + _texts(),
    "dates": lambda: [date.encode() for date in DATES],
    "address": lambda: [address.encode() for address in ADDRESSES],
    "robots": lambda: [
        b"User-agent: *\nDisallow: /private\nAllow: /%7e\n",
        b"\xef\xbb\xbfUser-agent: Sightline\nCrawl-delay: 1e9\nDisallow:\n",
    ],
    "whole": lambda: [*_texts(), ("\n\n".join(NEWS) + "\x1e" + "\n\n".join(reversed(NEWS))).encode()],
}
