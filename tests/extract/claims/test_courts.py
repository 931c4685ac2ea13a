"""Claims of courts and disasters in the words of wire reports: who did it, what is only spoken of, what is not in question."""

from __future__ import annotations

import pytest

from sightline.extract.reading import read
from sightline.gazetteer import Gazetteer, Register
from sightline.language import load
from sightline.types import Claim, Report, Status


@pytest.fixture(scope="module")
def rooms() -> tuple[Gazetteer, Register]:
    return Gazetteer.load(), Register.load()


def claims(text: str, kind: str, rooms: tuple[Gazetteer, Register]) -> list[Claim]:
    found = read(Report(id="r", text=text), load()(text), gazetteer=rooms[0], register=rooms[1])
    return [claim for claim in found.claims if claim.type == kind]


def roles(claim: Claim) -> dict[str, str]:
    return {part.role: part.text for part in claim.participants}


@pytest.mark.parametrize(
    "text",
    [
        "The minister said Norway had no part in the crash.",
        "The militia denied any role in the crash.",
        "The pilot's union denied responsibility for the crash.",
    ],
)
def test_who_had_no_part_in_it_does_not_deny_it(text: str, rooms: tuple[Gazetteer, Register]):
    (crash,) = claims(text, "crash", rooms)
    assert crash.certainty.status is Status.HAPPENED


def test_who_is_convicted_of_it_did_it(rooms: tuple[Gazetteer, Register]):
    (found,) = claims("A jury convicted the former mayor on Thursday of falsifying business records.", "corruption", rooms)
    assert roles(found)["agent"] == "the former mayor"


def test_who_is_called_on_is_to_do_it(rooms: tuple[Gazetteer, Register]):
    (found,) = claims("The White House called on the group to release the vessel immediately.", "release", rooms)
    assert roles(found)["agent"] == "the group"


def test_a_hard_landing_is_a_crash(rooms: tuple[Gazetteer, Register]):
    assert claims("A helicopter made a hard landing in the hills on Sunday.", "crash", rooms)


def test_a_place_where_nothing_was_found_is_not_unknown(rooms: tuple[Gazetteer, Register]):
    text = "Rescuers found no sign of life at the site, where a drone had identified a source of heat."
    found = read(Report(id="r", text=text), load()(text), gazetteer=rooms[0], register=rooms[1])
    assert [claim.unknown for claim in found.claims if claim.unknown] == []


def test_what_somebody_used_to_do_is_history(rooms: tuple[Gazetteer, Register]):
    (found,) = claims("The king, who used to travel by train, died on Sunday.", "travel", rooms)
    assert found.background


def test_who_says_that_he_is_glad_speaks_of_himself(rooms: tuple[Gazetteer, Register]):
    text = "Peter Berg will return to the firm. Berg was pleased. Berg left for Rome. Anders Holm said he was praised by the board."
    found = read(Report(id="r", text=text), load()(text), gazetteer=rooms[0], register=rooms[1])
    he = [name for name in found.names if name.text == "he"]
    assert [name.actor for name in he] == ["report:r:anders-holm"]
