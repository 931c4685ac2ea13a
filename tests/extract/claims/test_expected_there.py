"""Where somebody is expected: in a place, there, back in a place; the sentence may leave out who."""

from __future__ import annotations

import pytest

from sightline.types import Place, Status
from tests.extract.claims.conftest import Reader

LVIV = Place(id="g:lviv", name="Lviv", kind="city", lat=49.84, lon=24.03)


@pytest.mark.parametrize(
    "text",
    [
        "The convoy is bound for Lviv. The minister is expected there late Thursday.",
        "The convoy is bound for Lviv. Expected there late Thursday; the bridge the next day.",
        "The minister left Warsaw on Wednesday. Expected back in Lviv around Thursday afternoon.",
    ],
)
def test_who_is_expected_somewhere_has_not_arrived(read: Reader, text: str):
    claims = read(text, places=["Lviv"], times=[("Thursday", text.split(". ")[1].split(maxsplit=1)[0])], place=LVIV)
    arrival = next(claim for claim in claims if claim.type == "arrival")
    assert arrival.certainty.status is Status.EXPECTED
    assert [(where.role, where.mention.place) for where in arrival.where] == [("to", LVIV)]


def test_there_is_the_place_named_last(read: Reader):
    claims = read("The envoy stopped in Lviv. He will fly there again in May.", places=["Lviv"], place=LVIV)
    flight = next(claim for claim in claims if claim.predicate == "fly")
    assert [(where.role, where.mention.text, where.mention.place) for where in flight.where] == [("to", "there", LVIV)]


@pytest.mark.parametrize("text", ["In Lviv there will fly many flags.", "They stopped in Lviv. He flew on from there in May."])
def test_there_that_points_nowhere_is_no_goal(read: Reader, text: str):
    claims = read(text, places=["Lviv"], place=LVIV)
    assert not [where for claim in claims if claim.predicate in ("fly", "flew") for where in claim.where if where.mention.text == "there"]


def test_what_is_merely_expected_on_a_day_is_no_arrival(read: Reader):
    claims = read("Rain fell in Lviv. Expected on Thursday: more rain.", places=["Lviv"], place=LVIV)
    assert not [claim for claim in claims if claim.type == "arrival"]


def test_who_will_start_home_is_to_return(read: Reader):
    claims = read("It is assumed that Michel will start home on Saturday.", people=["Michel"])
    assert [(claim.type, claim.certainty.status) for claim in claims] == [("return", Status.PLANNED)]
