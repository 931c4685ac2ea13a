"""Mojibake is put right on a copy, and every place leads back to the characters that came."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sightline.language.mojibake import mend


def misread(text: str) -> str:
    """As someone reads UTF-8 who takes it for Windows-1252, bytes without a character there kept as controls."""
    return "".join(bytes([byte]).decode("cp1252") if byte not in (0x81, 0x8D, 0x8F, 0x90, 0x9D) else chr(byte) for byte in text.encode())


PIECES = [
    "The train ",
    "it’s",
    "“left”",
    " – ",
    "Miloš",
    "Škoda",
    "café",
    "Łódź",
    "Москва",
    "Αθήνα",
    "£5",
    "20 °C",
    "…",
    "\u00a0",
    "\n\n",
    "naïve",
    "•",
    "™",
]


@given(st.lists(st.sampled_from(PIECES), min_size=1, max_size=12))
def test_what_was_misread_is_read_and_leads_back(pieces: list[str]) -> None:
    text = "“" + "".join(pieces)
    broken = misread(text)
    mended = mend(broken)
    assert mended.text == text
    for place, character in enumerate(text):
        assert broken[mended.back(place) : mended.back(place + 1)] == misread(character)


@pytest.mark.parametrize(
    "text",
    [
        "The café”—so he said—closed at “MANHÔ… and reopened.",
        "São Paulo, Ærøskøbing, Île-de-France, Århus, ÑU’s and CAFÉ’S.",
        "Château – naïve – Ångström, “Ä” and ‘Ö’.",
        "5 £, 20 °C, ½ © ®",
        "Москва, Ελλάδα, 北京, ไทย",
        "",
    ],
)
def test_what_is_meant_as_it_stands_is_left(text: str) -> None:
    assert mend(text).text == text and mend(text).count == 0


@given(st.text(alphabet=st.sampled_from("aâ€™œÂÃÅ “”\x9d\x80¡Ð°šé\n"), max_size=40))
def test_places_never_run_backwards(text: str) -> None:
    mended = mend(text)
    places = [mended.back(place) for place in range(len(mended.text) + 1)]
    assert places == sorted(set(places)) and places[0] == 0 and places[-1] == len(text)


def test_a_lost_last_byte_of_a_closing_mark() -> None:
    assert mend("â€œIt left,â€ he said.").text == "“It left,” he said."
