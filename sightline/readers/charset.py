"""The character set that a web page says it is written in (WHATWG Encoding Standard, its names and its readings of old labels)."""

from __future__ import annotations

import re

from sightline.readers.base import decode

_META = re.compile(rb"<meta\b[^>]{0,500}?charset\s*=\s*[\"']?\s*([A-Za-z0-9_:.-]{1,40})", re.IGNORECASE)
HEAD = 4096
"""Bytes at a page's head in which its own word about its character set is looked for."""

_NAMES = {
    **{f"iso-8859-{part}": f"iso-8859-{part}" for part in (2, 3, 4, 5, 6, 7, 8, 10, 13, 14, 15, 16)},
    **{f"windows-{page}": f"windows-{page}" for page in (1250, 1251, 1253, 1254, 1255, 1256, 1257, 1258)},
    **dict.fromkeys(("iso-8859-9", "latin5"), "windows-1254"),
    **dict.fromkeys(("gb2312", "gbk", "x-gbk", "gb18030", "chinese"), "gb18030"),
    **dict.fromkeys(("big5", "big5-hkscs", "x-x-big5"), "big5hkscs"),
    **dict.fromkeys(("shift_jis", "shift-jis", "x-sjis", "sjis", "windows-31j"), "cp932"),
    **dict.fromkeys(("euc-kr", "ks_c_5601-1987", "korean", "windows-949"), "cp949"),
    "cp1251": "windows-1251",
    "euc-jp": "euc_jp",
    "koi8-r": "koi8-r",
    "koi8-u": "koi8-u",
    "ibm866": "cp866",
    "macintosh": "mac-roman",
    "tis-620": "cp874",
    "windows-874": "cp874",
}
"""Label to Python's codec. None of Python's other codecs: some of them are no character sets at all. Not Windows-1252 and what means it:
stray bytes are read as that anyway, one by one, which also reads pages that mix it with UTF-8."""


def decode_page(data: bytes, stated: str | None = None) -> str:
    """The text of a page's bytes: by its byte order mark, as UTF-8 if it is that, else by the character set that the server ``stated`` or
    the page's own head names, else as :func:`sightline.readers.base.decode` reads it.

    Raises:
        ValueError: when the bytes look like no text at all.

    >>> decode_page("<meta charset=koi8-r>Москва".encode("koi8-r"))
    '<meta charset=koi8-r>Москва'
    """
    text, note = decode(data)
    if note is None:
        return text
    own = _META.search(data[:HEAD])
    for label in (stated, own[1].decode("ascii") if own else None):
        codec = _NAMES.get((label or "").strip().lower())
        if codec is not None:
            return data.decode(codec, errors="replace")
    return text
