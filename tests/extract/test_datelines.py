"""The lines that open agencies' reports, in the orders in which agencies write them."""

from __future__ import annotations

import pytest

from sightline.extract.claims import leads
from sightline.extract.credits import credits_in
from sightline.extract.datelines import dateline


@pytest.mark.parametrize(
    "text, place, month, day, agency",
    [
        ("SEOUL, Sept. 11 (Yonhap) -- The train has left.", "SEOUL", 9, 11, "Yonhap"),
        ("MOSCOW, September 12. /TASS/. The train has stopped.", "MOSCOW", 9, 12, "TASS"),
        ("WASHINGTON (AP) — The train has left.", "WASHINGTON", None, None, "AP"),
        ("VLADIVOSTOK, Russia (Reuters) - The train has stopped.", "VLADIVOSTOK, Russia", None, None, "Reuters"),
        ("LONDON: Oil rose.", "LONDON", None, None, None),
        ("(ANSA) - TRENTO, NOV 4 - Two skiers are missing.", "TRENTO", 11, 4, "ANSA"),
        ("(AGI) - Naples, 3 June - A factory burned.", "Naples", 6, 3, "AGI"),
        ("(Adnkronos) Milan, 12 dic. - Police arrested two men.", "Milan", 12, 12, "Adnkronos"),
        ("ROME, JUNE 3 - (ANSA) - Unions met.", "ROME", 6, 3, "ANSA"),
        ("MADRID, 3 Ene. (EUROPA PRESS) - A law was passed.", "MADRID", 1, 3, "EUROPA PRESS"),
        ("Sevilla, 3 jun (EFE).- A bus overturned.", "Sevilla", 6, 3, "EFE"),
        ("Hamburg, 3. Juni (dpa) - A ship ran aground.", "Hamburg", 6, 3, "dpa"),
        ("Graz (APA) - A bridge was closed.", "Graz", None, None, "APA"),
        ("Porto, 3 de maio de 2024 (Lusa) - A minister resigned.", "Porto", 5, 3, "Lusa"),
    ],
)
def test_dateline(text: str, place: str, month: int | None, day: int | None, agency: str | None) -> None:
    found = dateline(text)
    assert found is not None
    assert (found.place, found.month, found.day, found.agency) == (place, month, day, agency)


@pytest.mark.parametrize(
    "text",
    [
        "He said: go.",
        "Kim: I go.",
        "The train - green - left.",
        "Moscow said on Monday",
        "(Left) - The minister, June 3 - smiling.",
        "Anna Lund (centre) - a baker - won.",
    ],
)
def test_no_dateline(text: str) -> None:
    assert dateline(text) is None


def test_an_agency_before_the_place_is_out_of_the_text() -> None:
    text = "(ANSA) - TRENTO, NOV 4 - Two skiers were found dead."
    assert text[leads.dateline(text).end :] == "Two skiers were found dead."
    assert [one.chain for one in credits_in(text)] == [("ANSA",)]
