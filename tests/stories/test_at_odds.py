"""Reports of our own that are at odds, read from their words to the picture: rival numbers, denials, holders; and some that are not."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from sightline.desk import Desk, picture_of
from sightline.types import Contradiction, Interval, Publication, Reading, Report

Read = tuple[str, str]


@pytest.fixture(scope="module")
def desk() -> Desk:
    return Desk()


def found(desk: Desk, *pages: Read) -> list[Contradiction]:
    reports = []
    for number, (outlet, text) in enumerate(pages):
        at = datetime(2025, 3, 4, 6, tzinfo=UTC) + timedelta(hours=3 * number)
        when = Interval(earliest=at, latest=at, edtf=at.isoformat())
        reports.append(
            Report(id=f"r{number}", text=text, outlet=outlet, published=Publication(value=at.isoformat(), interval=when, method="metadata"))
        )
    readings = [one for one in desk.annotate(reports) if isinstance(one, Reading)]
    return [one for story in picture_of(readings).stories for one in story.contradictions]


def kinds(contradictions: list[Contradiction]) -> set[tuple[str, str]]:
    return {(one.type.value, one.slot) for one in contradictions}


def test_convicts_counted_differently(desk: Desk):
    pages = (
        (
            "Reuters",
            "LUSAKA, March 4 (Reuters) - Six inmates escaped from a jail in the Zambian town of Ndola on Monday night, a prison spokesman said.",
        ),
        (
            "AFP",
            "LUSAKA (AFP) - Eight convicts broke out of the jail in Ndola late on Monday, police commander Joseph Phiri told reporters.",
        ),
    )
    assert ("direct", "number of convict") in kinds(found(desk, *pages)) or ("direct", "number of inmate") in kinds(found(desk, *pages))


def test_a_loan_of_two_sizes(desk: Desk):
    pages = (
        (
            "Reuters",
            "HANOI, March 4 (Reuters) - Vietnam and Japan signed a loan agreement worth 700 million dollars on Tuesday, finance minister Ho Duc said.",
        ),
        ("AFP", "HANOI (AFP) - Vietnam signed a $900m loan agreement with Japan in Hanoi on Tuesday, Japanese ambassador Ito Naoki said."),
    )
    assert ("direct", "money") in kinds(found(desk, *pages))


def test_those_aboard_by_two_counts(desk: Desk):
    pages = (
        (
            "Reuters",
            "MALE, March 4 (Reuters) - A ferry carrying 91 people sank off the Maldivian island of Gan on Tuesday, the coast guard said.",
        ),
        (
            "AFP",
            "MALE (AFP) - The ferry that sank off Gan on Tuesday had 97 passengers and nine crew on board, the owner said. The ferry sank in a storm.",
        ),
    )
    assert ("direct", "aboard") in kinds(found(desk, *pages))


def test_about_so_many_aboard_is_no_rival(desk: Desk):
    pages = (
        (
            "Reuters",
            "MALE, March 4 (Reuters) - A ferry with about 90 people on board sank off the Maldivian island of Gan on Tuesday, the coast guard said.",
        ),
        ("AFP", "MALE (AFP) - A ferry carrying 94 people sank off the island of Gan on Tuesday, the owner said."),
    )
    assert ("direct", "aboard") not in kinds(found(desk, *pages))


def test_a_toll_that_grows_when_a_roof_falls(desk: Desk):
    pages = (
        (
            "Reuters",
            "SKOPJE, March 4 (Reuters) - Three workers were killed in a roof collapse at a bakery in Bitola on Tuesday, the mayor said.",
        ),
        ("AFP", "SKOPJE (AFP) - Six workers died when a roof collapsed at a bakery in Bitola on Tuesday, rescuers said."),
    )
    assert ("superseded", "killed") in kinds(found(desk, *pages))


def test_overloaded_or_not(desk: Desk):
    pages = (
        (
            "Reuters",
            "DAKAR, March 4 (Reuters) - A minibus fell off a bridge near the Senegalese town of Thies on Tuesday, police said. "
            "The minibus was overloaded, police chief Awa Diop said.",
        ),
        ("AFP", "DAKAR (AFP) - The owner of the minibus that fell off a bridge near Thies on Tuesday denied that it was overloaded."),
    )
    assert ("denial", "happened") in kinds(found(desk, *pages))


def test_under_arrest_or_free(desk: Desk):
    pages = (
        (
            "Reuters",
            "QUITO, March 4 (Reuters) - Ecuadorean mayor Elena Caicedo has been placed under house arrest, the interior ministry said on Tuesday.",
        ),
        ("AFP", 'QUITO (AFP) - Elena Caicedo denied on Tuesday that she was under house arrest. "I am at work," she told AFP.'),
    )
    assert ("denial", "happened") in kinds(found(desk, *pages))


def test_a_port_in_two_hands(desk: Desk):
    pages = (
        (
            "Reuters",
            "BENGHAZI, March 4 (Reuters) - The National Front has taken control of the port of Brega, the group's spokesman Salem Omar said on Tuesday.",
        ),
        ("AFP", "BENGHAZI (AFP) - The Libyan government denied that the National Front hold the port of Brega."),
    )
    assert ("denial", "happened") in kinds(found(desk, *pages))


def test_two_tellings_that_agree_are_not_at_odds(desk: Desk):
    pages = (
        (
            "Reuters",
            "LUSAKA, March 4 (Reuters) - Six inmates escaped from a jail in the Zambian town of Ndola on Monday night, "
            "a prison spokesman said. Two of them were caught.",
        ),
        (
            "AFP",
            "LUSAKA (AFP) - Six convicts escaped from the jail in Ndola late on Monday, police commander Joseph Phiri told reporters. Four are still at large.",
        ),
    )
    assert not {one for one in kinds(found(desk, *pages)) if one[0] in ("direct", "denial")}


def test_a_place_in_two_hands_is_two_tellings_and_nobody_confirms_the_other(desk: Desk):
    pages = (
        (
            "Reuters",
            "AMMAN, March 4 (Reuters) - Rebels of the Southern League hold the port of Aden, the group's spokesman Faris Nasser said on Tuesday.",
        ),
        ("AFP", "AMMAN (AFP) - Government troops remain in control of the port of Aden, defence minister Omar Bashir said on Tuesday."),
    )
    at_odds = found(desk, *pages)
    assert ("direct", "who") in kinds(at_odds)
    assert ("denial", "happened") not in kinds(at_odds)
