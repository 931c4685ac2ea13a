"""Who takes part, and as what."""

from __future__ import annotations

import pytest

from sightline.types import Attribution
from tests.extract.claims.conftest import Reader, one, places, roles, span_of


def test_subject_acts_and_object_undergoes(read: Reader) -> None:
    claim = one(read("Police arrested two suspects in Lyon.", places=["Lyon"]), "arrest")
    assert roles(claim) == {("agent", "Police"), ("theme", "two suspects")}
    assert places(claim) == {("at", "Lyon")}


def test_passive_turns_the_roles(read: Reader) -> None:
    claim = one(read("Two suspects were arrested by the police."), "arrest")
    assert roles(claim) == {("agent", "the police"), ("theme", "Two suspects")}


@pytest.mark.parametrize(
    "text, kind",
    [
        ("At least nine villagers were killed in shelling there.", "attack"),
        ("The tour was put off because of fighting near the port.", "fighting"),
        ("Three nurses died in fighting near the port.", "fighting"),
    ],
)
def test_who_undergoes_it_does_not_do_what_went_on(read: Reader, text: str, kind: str) -> None:
    assert "agent" not in {role for role, _ in roles(one(read(text), kind))}


def test_who_dies_in_doing_a_thing_does_it(read: Reader) -> None:
    claim = one(read("The guard was killed in saving a child from the river."), "rescue")
    assert ("agent", "The guard") in roles(claim)


def test_a_vehicle_is_no_traveller_but_its_owner_is(read: Reader) -> None:
    claim = one(read("The queen's train left Oslo for Bergen.", places=["Oslo", "Bergen"]), "departure")
    assert {("vehicle", "The queen's train"), ("companion", "The queen")} == roles(claim)
    assert places(claim) == {("from", "Oslo"), ("to", "Bergen")}


def test_whom_a_vehicle_carries_travels_along(read: Reader) -> None:
    claim = one(read("A ship carrying the delegation arrived in Malta.", places=["Malta"]), "arrival")
    assert ("companion", "the delegation") in roles(claim)


def test_control_gives_the_plan_to_the_planner(read: Reader) -> None:
    claim = one(read("Haas wants to visit Warsaw.", places=["Warsaw"], people=["Haas"]), "visit")
    assert roles(claim) == {("agent", "Haas")}
    assert claim.participants[0].actor == "who:Haas"
    assert str(claim.certainty.status) != "happened"


def test_who_is_asked_is_the_one_to_act(read: Reader) -> None:
    claim = one(read("The king asked the minister to resign."), "resignation")
    assert roles(claim) == {("agent", "the minister")}


def test_coordinated_verbs_share_their_subject(read: Reader) -> None:
    claim = one(read("The rebels attacked the convoy and seized the town of Goma.", places=["Goma"]), "capture")
    assert ("agent", "The rebels") in roles(claim)


def test_coordinated_subjects_are_two_participants(read: Reader) -> None:
    claim = one(read("Brandt and Moreau met in Geneva.", places=["Geneva"], people=["Brandt", "Moreau"]), "meeting")
    assert {participant.actor for participant in claim.participants} == {"who:Brandt", "who:Moreau"}


def test_a_relative_clause_speaks_of_the_noun_before_it(read: Reader) -> None:
    claim = one(read("The tanker, which sank off Malta, carried oil.", places=["Malta"]), "sinking")
    assert roles(claim) == {("theme", "The tanker")}


def test_possessor_of_a_visit_visits(read: Reader) -> None:
    claim = one(read("The king's visit to Japan was a success.", places=["Japan"]), "visit")
    assert roles(claim) == {("agent", "The king")}
    assert places(claim) == {("to", "Japan")}


def test_talks_between_states_have_both_as_sides(read: Reader) -> None:
    claim = one(read("Talks between Armenia and Georgia were held in Vienna.", states=["Armenia", "Georgia"], places=["Vienna"]), "talks")
    assert roles(claim) == {("agent", "Armenia"), ("agent", "Georgia")}
    assert places(claim) == {("at", "Vienna")}


def test_the_support_verb_lends_its_subject_to_the_noun(read: Reader) -> None:
    claim = one(read("Haas will pay an official visit to Vietnam.", places=["Vietnam"], people=["Haas"]), "visit")
    assert claim.trigger.of("Haas will pay an official visit to Vietnam.") == "visit"
    assert roles(claim) == {("agent", "Haas")}


def test_pronoun_heads_are_participants(read: Reader) -> None:
    claim = one(read("She met him in Cairo.", places=["Cairo"]), "meeting")
    assert roles(claim) == {("agent", "She"), ("counterpart", "him")}


def test_a_denied_place_is_no_place(read: Reader) -> None:
    claim = one(read("The train is heading for Bergen, not to Oslo.", places=["Bergen", "Oslo"]), "travel")
    assert places(claim) == {("toward", "Bergen")}


def test_so_far_from_a_place_is_near_it(read: Reader) -> None:
    claim = one(read("The ship sank 40 kilometres south of Malta.", places=["Malta"]), "sinking")
    assert places(claim) <= {("near", "Malta")}


def test_that_city_is_the_last_city_named(read: Reader) -> None:
    from sightline.types import Place

    text = "Haas flew to Turin. He will speak in that city."
    claim = one(read(text, places=["Turin"], people=["Haas"], place=Place(id="x:turin", name="Turin", kind="city")), "statement")
    assert [(each.role, each.mention.text) for each in claim.where] == [("at", "that city")]
    assert claim.where[0].mention.place is not None


def test_an_airline_is_not_aboard_its_plane(read: Reader) -> None:
    claim = one(read("A locomotive of Nordic Railways arrived in Bergen.", places=["Bergen"]), "arrival")
    assert {role for role, _ in roles(claim)} == {"vehicle"}


def test_spans_are_the_words_of_the_report(read: Reader) -> None:
    text = "Police arrested a 37-year-old man in Berlin and searched his house."
    for claim in read(text, places=["Berlin"]):
        assert claim.id == f"r#{claim.trigger.start}-{claim.trigger.end}"
        assert claim.sentence.of(text) == text
        assert claim.span.contains(claim.trigger)
        for participant in claim.participants:
            assert participant.span.of(text) == participant.text


@pytest.mark.parametrize(
    ("text", "kind", "part"),
    [
        ("The coast road was blocked by boulders.", "closing", ("theme", "The coast road")),
        ("The coast road was blocked by boulders.", "closing", ("agent", "boulders")),
        ("The blast hit the square, injuring at least nine people.", "injury", ("theme", "at least nine people")),
        ("The port authority closed part of the harbour.", "closing", ("agent", "The port authority")),
        ("A landslide trapped four miners.", "trapping", ("theme", "four miners")),
        ("The shaft collapsed, trapping four miners.", "trapping", ("theme", "four miners")),
        ("Two divers are still missing.", "disappearance", ("theme", "Two divers")),
        ("The lorry was stopped for a check.", "stop", ("vehicle", "The lorry")),
    ],
)
def test_who_undergoes_what_happens(read: Reader, text: str, kind: str, part: tuple[str, str]) -> None:
    assert part in roles(one(read(text), kind))


def test_a_door_is_no_departure(read: Reader) -> None:
    assert all(claim.type != "departure" for claim in read("The exit was narrow and dark."))


def test_the_first_of_two_speakers_takes_no_part(read: Reader) -> None:
    claim = one(read("A coach plunged into a lake, police and hospital doctors said."), "crash")
    assert all("police" not in part.text for part in claim.participants)


def test_how_a_source_knows_is_no_happening(read: Reader) -> None:
    text = "The mine will close, a man briefed on the talks said."
    told = Attribution(
        source=(span_of(text, "a man briefed on the talks"),), cue=(span_of(text, "said"),), content=(span_of(text, "The mine will close"),)
    )
    assert [claim.type for claim in read(text, attributions=[told])] == ["closing"]


def test_counted_votes_are_no_election(read: Reader) -> None:
    assert all(claim.predicate != "vote" for claim in read("The chamber rejected the bill by 91 votes to 60."))


def test_a_ship_runs_aground(read: Reader) -> None:
    assert ("theme", "The freighter") in roles(one(read("The freighter ran aground near the cape."), "crash"))


def test_the_doers_go_on_behind_the_insertion(read: Reader) -> None:
    claims = read("Robbers stole a van, the mayor said on Friday, and burned down a barn.")
    assert ("agent", "Robbers") in roles(one(claims, "theft"))
    assert all("mayor" not in part.text for claim in claims for part in claim.participants)


def test_freed_pupils_are_released(read: Reader) -> None:
    assert ("theme", "nine schoolgirls") in roles(one(read("The gang freed nine schoolgirls."), "release"))
