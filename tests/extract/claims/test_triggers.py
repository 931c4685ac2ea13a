"""Which words name a happening, and which do not."""

from __future__ import annotations

import pytest

from sightline.types import Attribution
from tests.extract.claims.conftest import Reader, one, span_of


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("She left office in May.", "resignation"),
        ("The envoy left Lisbon in May.", "departure"),
        ("The storm left three people dead.", "killing"),
        ("The plane took off from Subang.", "departure"),
        ("The train pulled out of the station at noon.", "departure"),
        ("The carrier steamed out of the harbour.", "departure"),
        ("The ship dropped anchor off the coast.", "arrival"),
        ("The vessel cleared the strait on Friday.", "passage"),
        ("Teachers will strike on Thursday over pay.", "labour strike"),
        ("A drone struck an oil depot.", "attack"),
        ("An earthquake struck the coast.", "earthquake"),
        ("The company fired its auditor.", "dismissal"),
        ("The ship fired a missile.", "launch"),
        ("The cable stopped working on Friday.", "outage"),
        ("The train derailed near Turin.", "crash"),
        ("The court sentenced the banker to six years in prison.", "sentence"),
        ("The parliament passed the bill.", "vote"),
        ("The border was closed.", "closing"),
        ("Nurses vaccinated the children.", "vaccination"),
        ("Shares in the carmaker fell sharply.", "fall"),
        ("The volunteers repainted the lighthouse.", "other:repaint"),
        ("The harbour master ordered all ferries of the line to turn back.", "demand"),
        ("The navy ordered two ferries to replace older ones.", "purchase"),
        ("The ministry was raising the tax on petrol.", "rate decision"),
        ("Shares rose after the takeover of the lender.", "merger"),
        ("Rebels announced the takeover of the airfield.", "capture"),
        ("The roof collapsed during the storm.", "damage"),
    ],
)
def test_the_sense_follows_from_what_stands_with_the_verb(read: Reader, text: str, kind: str) -> None:
    assert kind in {claim.type for claim in read(text)}


@pytest.mark.parametrize(
    "text",
    [
        "The supply cannot meet demand.",
        "He is a strong man.",
        "The meeting room is small.",
        "The village has a church.",
        "The attack helicopter is old.",
        "Air-raid sirens sounded in the port.",
    ],
)
def test_states_and_look_alikes_make_no_happening(read: Reader, text: str) -> None:
    assert [claim.type for claim in read(text) if claim.type in ("meeting", "attack") or claim.type.startswith("other:")] == []


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("The ministry said it had closed the Karasu border crossing at noon.", "crossing"),
        ("The colony won independence from Portugal in 1975.", "sport result"),
        ("The poet spent three years in a prison camp.", "visit"),
    ],
)
def test_what_only_looks_like_it_is_none(read: Reader, text: str, kind: str) -> None:
    assert kind not in {claim.type for claim in read(text)}


def test_an_event_noun_as_subject_of_its_own_verb_is_told_once(read: Reader) -> None:
    claims = read("A missile strike hit a hospital in Gaza.", places=["Gaza"])
    assert [claim.type for claim in claims] == ["attack"]


def test_presence_is_a_claim(read: Reader) -> None:
    claim = one(read("The premier is in Minsk.", places=["Minsk"]), "presence")
    assert [(where.role, where.mention.text) for where in claim.where] == [("at", "Minsk")]


def test_expected_somewhere_is_an_arrival_to_come(read: Reader) -> None:
    claim = one(read("The queen is expected in Oslo on Friday.", places=["Oslo"]), "arrival")
    assert str(claim.certainty.status) == "expected"


def test_under_way(read: Reader) -> None:
    claim = one(read("The plane is on its way to Tokyo.", places=["Tokyo"]), "travel")
    assert {where.role for where in claim.where} == {"to"}


def test_distance_joins_two_places(read: Reader) -> None:
    claim = one(read("Sochi lies 1,360 kilometres from Moscow.", places=["Sochi", "Moscow"]), "distance")
    assert {(where.role, where.mention.text) for where in claim.where} == {("at", "Sochi"), ("from", "Moscow")}
    assert claim.quantities[0].low == 1360


def test_how_long_it_took_belongs_to_the_journey(read: Reader) -> None:
    claim = one(read("The journey took around 20 hours."), "travel")
    assert [quantity.low for quantity in claim.quantities] == [72000]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("The harbour master ordered all ferries of the line to turn back.", "purchase"),
        ("Eleven miners died, the ministry said, raising an earlier toll of six.", "rate decision"),
        ("The talks collapsed on Friday.", "damage"),
        ("The trawler took on water.", "capture"),
        ("Shares rose after the takeover of the lender.", "capture"),
        ("A spokeswoman did not name him.", "appointment"),
    ],
)
def test_a_word_s_other_sense_is_no_such_happening(read: Reader, text: str, kind: str) -> None:
    assert kind not in {claim.type for claim in read(text)}


def test_how_many_sources_there_are_is_no_amount_of_what_they_tell(read: Reader) -> None:
    text = "Inspectors are examining former treasurer Paul Weiss on suspicion of misleading owners, two people familiar with the case said."
    told = Attribution(
        source=(span_of(text, "two people familiar with the case"),),
        cue=(span_of(text, "said"),),
        content=(span_of(text, "Inspectors are examining former treasurer Paul Weiss on suspicion of misleading owners"),),
    )
    claims = [claim for claim in read(text, attributions=[told]) if claim.quantities]
    assert claims == []
