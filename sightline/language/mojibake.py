"""Mojibake: UTF-8 that someone read as Windows-1252 ("itâ€™s", "MiloÅ¡"), put right on a copy, with the way back to the text as it came.

Only what English pages really show is touched: punctuation and symbols (led by "â" and "Â"), letters of the Latin alphabets ("Ã", "Ä", "Å"), of
Greek ("Î", "Ï") and of Cyrillic ("Ð", "Ñ"). A capital of these before a quotation mark or a dash may be meant as it stands; it is put right only
in a text with a sign that cannot be.
"""

from __future__ import annotations

import re
from bisect import bisect_right

import msgspec

_HIGH = bytes(range(0x80, 0xA0)).decode("cp1252", "replace").replace("\ufffd", "")
_MARKS = "‘’“”–—…•™‚„‹›"
_FOLLOWS = re.escape(_HIGH) + "\x80-\xbf"
_SIGN = re.compile(f"â€|â[{_FOLLOWS}](?![{_MARKS}])[{_FOLLOWS}]|[ÂÃÄÅÎÏÐÑ](?![{_MARKS}])[{_FOLLOWS}]|ï»¿")
_BROKEN = re.compile(f"â[{_FOLLOWS}]{{2}}|[ÂÃÄÅÎÏÐÑ][{_FOLLOWS}]|ï»¿|â€(?=\\s|$)")


class Mended(msgspec.Struct, frozen=True, kw_only=True):
    """A text without mojibake, and where its characters stood."""

    text: str
    _starts: tuple[int, ...] = ()
    """Where in ``text`` each mended character stands."""
    _lost: tuple[int, ...] = ()
    """How much longer the text was up to and with that character."""

    @property
    def count(self) -> int:
        """How many characters were put right."""
        return len(self._starts)

    def back(self, offset: int) -> int:
        """The place in the text as it came of a place in the mended one."""
        before = bisect_right(self._starts, offset - 1)
        return offset + (self._lost[before - 1] if before else 0)


def mend(text: str) -> Mended:
    """The text with its mojibake put right; the same text where there is none.

    >>> mended = mend("Itâ€™s MiloÅ¡.")
    >>> mended.text, mended.back(5), mended.back(len(mended.text))
    ('It’s Miloš.', 7, 14)
    """
    if text.isascii() or not _SIGN.search(text):
        return Mended(text=text)
    pieces: list[str] = []
    starts: list[int] = []
    lost: list[int] = []
    at = length = gone = 0
    for found in _BROKEN.finditer(text):
        meant = _meant(found[0])
        if meant is None:
            continue
        pieces += (text[at : found.start()], meant)
        length += found.start() - at
        starts.append(length)
        length += 1
        gone += len(found[0]) - 1
        lost.append(gone)
        at = found.end()
    return Mended(text="".join(pieces) + text[at:], _starts=tuple(starts), _lost=tuple(lost))


def _meant(broken: str) -> str | None:
    """The one character that some characters were before someone misread its bytes."""
    if broken == "â€":
        return "”"  # its last byte has no character in Windows-1252 and is lost on many pages
    try:
        meant = b"".join(_byte(character) for character in broken).decode("utf-8")
    except UnicodeError:
        return None
    return meant if len(meant) == 1 else None


def _byte(character: str) -> bytes:
    return character.encode("latin-1") if character < "\u0100" else character.encode("cp1252")
