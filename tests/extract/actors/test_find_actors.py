"""Who a report speaks of."""

from __future__ import annotations

import pytest

from sightline.extract.actors.spelling import same_name
from tests.extract.actors.conftest import Reader


def test_offsets_are_the_evidence_and_ids_lead_to_actors(cast: Reader) -> None:
    read = cast("Vladimir Putin met Narendra Modi in New Delhi. The Indian leader praised his guest, Reuters reported.")
    assert [n.text for n in read.names] == [read.text[n.span.start : n.span.end] for n in read.names]
    assert {n.actor for n in read.names if n.actor} == {a.id for a in read.actors}
    assert len({a.id for a in read.actors}) == len(read.actors)


def test_short_names_titles_and_descriptions_are_one_person(cast: Reader) -> None:
    read = cast(
        "Kim Jong Un boarded a train on Sunday. The North Korean leader waved. Mr Kim was seen off by officials, and Kim Jong-un smiled."
    )
    assert (
        read.of("Kim Jong Un") == read.of("The North Korean leader") == read.of("Kim was") == read.of("Kim Jong-un") == "table:kim-jong-un"
    )


def test_a_spokesman_is_known_by_his_office(cast: Reader) -> None:
    read = cast(
        "Kremlin spokesman Dmitry Peskov told reporters that nothing was planned. Peskov gave no date. The spokesman declined to say more."
    )
    assert read.of("Dmitry Peskov") == read.of("Peskov gave") == read.of("The spokesman") == "table:dmitry-peskov"
    assert read.actor("Dmitry Peskov").party == "state:RU"


def test_a_predecessor_is_somebody_else(cast: Reader) -> None:
    read = cast("Kim Jong-un used the train of the then North Korean leader, Kim Jong-il. The North Korean leader likes trains.")
    assert read.of("Kim Jong-il") == "table:kim-jong-il"
    assert read.of("The North Korean leader") == "table:kim-jong-un"


def test_a_relation_is_somebody_else(cast: Reader) -> None:
    read = cast("Paul Weiss arrived in Bonn on Monday. His father stayed at home.")
    assert read.of("Paul Weiss") is not None
    assert read.of("father") not in (None, read.of("Paul Weiss"))


def test_people_whom_no_table_knows_are_joined_too(cast: Reader) -> None:
    read = cast(
        "Helen Drake, the former chief executive of a power company, pleaded guilty on Friday. Drake was fined. Ms Drake said she was sorry."
    )
    assert read.of("Helen Drake") == read.of("Drake was") == read.of("Drake said") == read.of("she was") == "report:r:helen-drake"


def test_two_of_one_family_name_are_kept_apart(cast: Reader) -> None:
    read = cast("Anna Berg and her rival Tom Berg spoke in Oslo. Anna Berg said taxes were too high. Tom Berg disagreed.")
    assert read.of("Anna Berg") == read.of("Anna Berg", 1) != read.of("Tom Berg")
    assert read.of("Tom Berg") == read.of("Tom Berg", 1)


def test_a_woman_is_not_he(cast: Reader) -> None:
    read = cast("Maria Lopez met Peter Hansen at the harbour. She said the ship was late.")
    assert read.of("She") == read.of("Maria Lopez")


def test_a_capital_that_acts_is_its_state_and_one_that_is_left_is_a_town(cast: Reader) -> None:
    read = cast("The ministers discussed the supply of weapons to Moscow. The train left Pyongyang on Sunday.")
    assert read.of("Moscow") == "table:state-ru"
    assert read.of("Pyongyang") is None


def test_an_acronym_introduced_in_the_text_is_its_organisation(cast: Reader) -> None:
    read = cast("The Harbour Safety Board (HSB) opened an inquiry on Monday. The HSB will report in May.")
    assert read.of("Harbour Safety Board") == read.of("HSB") == read.of("HSB", 1) is not None


def test_bodies_of_a_state_share_its_party(cast: Reader) -> None:
    read = cast("Germany's foreign ministry said its team would fly to Turkey. South Korea's military watched the border.")
    assert read.of("foreign ministry") == "table:de-foreign-ministry"
    assert {a.party for a in read.actors if a.id in ("table:de-foreign-ministry", "table:kr-military")} == {"state:DE", "state:KR"}


def test_a_foreign_office_is_that_of_the_capital_it_sits_in(cast: Reader) -> None:
    read = cast("The Foreign Office in Vienna confirmed that the hostages were free.")
    assert read.actor("Foreign Office").party == "state:AT"
    assert (
        cast("The Foreign Office in London confirmed it. British diplomats are on their way.").actor("Foreign Office").party == "state:GB"
    )


def test_he_who_goes_on_speaking_is_he_who_spoke(cast: Reader) -> None:
    read = cast(
        "President Ivo Lanz was held. Lanz is 70. Rebel leader Marko Petek told reporters by telephone that Lanz was safe. "
        "He said the port would open on Friday."
    )
    assert read.of("He") == read.of("Marko Petek") is not None


def test_a_newsroom_carries_its_party(cast: Reader) -> None:
    read = cast("KCNA reported the launch on Tuesday, and Yonhap carried the report.")
    assert read.actor("KCNA").party == "state:KP"
    assert read.actor("Yonhap").party == "outlet:yonhap"


def test_an_office_not_named_in_the_report_is_looked_up_by_its_day(cast: Reader) -> None:
    assert cast("The Russian president will fly to Cairo.", day="2009-06-01").of("president") == "table:dmitry-medvedev"
    assert cast("The Russian president will fly to Cairo.", day="2023-09-11").of("president") == "table:vladimir-putin"


def test_a_plain_place_name_is_a_name_without_an_actor(cast: Reader) -> None:
    read = cast("A bus overturned near Lyon on Monday.")
    assert [(n.text, n.label, n.actor) for n in read.names] == [("Lyon", "LOC", None)]


def test_nobody_is_invented(cast: Reader) -> None:
    assert cast("").actors == []
    assert cast("It rained all night, and the river rose.").actors == []


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Dmitri Peskov", "Dmitry Peskov", True),
        ("Sergei Shoigu", "Sergey Shoygu", True),
        ("John Smith", "Joan Smith", False),
        ("J. Smith", "John Smith", True),
        ("Kim Jong-un", "Kim Yo-jong", False),
        ("George W. Bush", "George Bush", True),
        ("Choe Son Hui", "Choe Son-hui", True),
        ("Anna Berg", "Tom Berg", False),
    ],
)
def test_spellings_of_one_name(one: str, other: str, same: bool) -> None:
    assert same_name(one, other) is same


def test_brussels_is_the_union_unless_the_report_speaks_of_belgium(cast: Reader) -> None:
    assert cast("Brussels wants to cap the price of gas.").of("Brussels") == "table:european-union"
    assert cast("Belgium votes in June. Brussels has denied the report.").of("Brussels") == "table:state-be"
    assert cast("The train to Brussels was late.").of("Brussels") is None


def test_a_name_that_many_states_bodies_share_follows_the_report(cast: Reader) -> None:
    assert cast("South Korea's Joint Chiefs of Staff said so.").of("Joint Chiefs of Staff") == "table:kr-jcs"
    assert cast("The United States sent a general of its Joint Chiefs of Staff.").of("Joint Chiefs of Staff") == "table:us-jcs"
    assert cast("The Senate rejected the bill.").of("Senate") == "table:us-senate"
    assert cast("In the Philippines the Senate rejected the bill.").of("Senate") != "table:us-senate"


def test_beyond_its_day_the_table_names_no_holder_who_is_not_in_the_report(cast: Reader) -> None:
    assert cast("The French president left for Rome.", "2023-05-01").of("The French president") == "table:emmanuel-macron"
    assert cast("The French president left for Rome.", "2040-05-01").of("The French president") is None


def test_transliterations_of_a_known_name_are_that_person(cast: Reader) -> None:
    read = cast("Vladimir Poutine spoke first. Putin then left, Moscow said.")
    assert read.of("Vladimir Poutine") == read.of("Putin") == "table:vladimir-putin"


def test_a_name_that_the_pipeline_cuts_is_whole_where_the_register_knows_it(cast: Reader) -> None:
    assert cast("Ri Sol Ju and her daughter, Kim Ju Ae, watched the parade.").of("Kim Ju Ae") == "table:kim-ju-ae"


def test_a_lone_family_name_is_the_holder_of_office_of_a_country_in_the_report(cast: Reader) -> None:
    assert cast("Venezuela closed the border. Maduro called the ship a threat.").of("Maduro") == "table:nicolas-maduro"
    assert cast("The bakery closed. Maduro called the baker.").of("Maduro") != "table:nicolas-maduro"


def test_who_is_named_later_in_the_clause_is_not_its_pronoun(cast: Reader) -> None:
    read = cast("Owen Price arrived with Ralf Beck. He was greeted by Beck.")
    assert read.of("He") != read.of("Beck")


def test_an_agency_is_meant_by_its_country(cast: Reader) -> None:
    read = cast("Yonhap and Reuters reported the launch. The South Korean agency cited a general.")
    assert read.of("The South Korean agency") == "table:yonhap"


def test_a_capital_that_somebody_is_flown_to_is_nobody(cast: Reader) -> None:
    assert cast("The suspect was flown to The Hague on Friday.").of("Hague") is None


def test_a_body_that_many_states_have_is_not_that_of_a_state_the_report_does_not_tell_of(cast: Reader) -> None:
    read = cast("MANILA - Prosecutors charged the captain, the Justice Department said. He was held in Cebu City.")
    assert all(actor.party != "state:US" for actor in read.actors)


def test_a_body_that_many_states_have_is_that_of_the_state_whose_towns_are_told_of(cast: Reader) -> None:
    read = cast("BOSTON - Prosecutors charged the captain, the Justice Department said. He was held in Houston.")
    assert read.actor("Justice Department").party == "state:US"
