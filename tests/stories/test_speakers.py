"""How speakers are called, and whose they are where the report does not say it in so many words."""

from __future__ import annotations

import msgspec
import pytest

from sightline.gazetteer import Register
from sightline.stories.evidence import evidence_of
from sightline.stories.implied import dateline_country, implied_party
from sightline.stories.observation import saw_itself
from sightline.stories.parties import Parties
from sightline.stories.speakers import called
from sightline.stories.voices import voices_of
from sightline.types import Actor, Attribution, NameMention, PlaceMention, Reading, Report, Source, SourceForm, SourceKind, Span
from tests.stories.builders import KHASAN, PYONGYANG, REGISTER, VLADIVOSTOK, Page


def reading(text: str, *places: PlaceMention, dateline: Span | None = None) -> Reading:
    return Reading(report=Report(id="r", text=text), places=places, dateline=dateline)


def link(text: str, *, anonymous: bool = False, start: int = 0) -> Source:
    return Source(
        form=SourceForm.ROLE, kind=SourceKind.OFFICIAL, text=text, name=text, anonymous=anonymous, spans=(Span(start, start + len(text)),)
    )


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a senior official", "an anonymous senior official"),
        ("two officials", "anonymous officials"),
        ("Witnesses", "anonymous witnesses"),
        ("Police", "police"),
        ("the police", "police"),
        ("Russian agencies", "Russian agencies"),
        ("The ship's operator", "the ship's operator"),
        ("its operator", "the operator"),
        ("An army spokesman", "an army spokesman"),
        ("a doctor at the city's clinic", "a doctor at the city's clinic"),
        ("state television", "state television"),
    ],
)
def test_anonymous_is_said_of_persons_whose_name_is_withheld(text: str, expected: str):
    assert called(reading(""), link(text), text, unnamed=True)[0] == expected


def test_her_office_is_hers_by_name():
    text = "Her office said so."
    told = msgspec.structs.replace(
        reading(text),
        actors=(Actor(id="r:ada", name="Ada Berg", kind="person"),),
        names=(NameMention(span=Span(0, 3), text="Her", label="PER", form="pronoun", actor="r:ada"),),
    )
    assert called(told, link("Her office"), "Her office", unnamed=True) == ("Ada Berg's office", False)


def test_a_newsroom_behind_what_it_is_is_that_newsroom():
    assert Parties(REGISTER).named("the South Korean news agency Yonhap")[0] == "t:yonhap"


def at(text: str, name: str, place: object) -> PlaceMention:
    start = text.index(name)
    return PlaceMention(span=Span(start, start + len(name)), text=name, place=place)  # type: ignore[arg-type]


DATED = "VLADIVOSTOK (Agency) - A bridge at Khasan fell, the ministry said."
LINE = Span(0, DATED.index("A bridge"))


def side(told: Reading, speaker: Source, *outer: Source) -> tuple[str | None, bool]:
    claim = Page("c", "2023-09-12").says("Fell.", "damage").reading().claims[0]
    found = implied_party(told, claim, speaker, list(outer), Parties(REGISTER))
    return found.party, found.guessed


def test_a_ministry_is_the_datelines_where_the_report_tells_of_that_country():
    told = reading(DATED, at(DATED, "VLADIVOSTOK", VLADIVOSTOK), at(DATED, "Khasan", KHASAN), dateline=LINE)
    assert dateline_country(told) == "RU"
    assert side(told, link("the ministry")) == ("state:RU", True)


def test_a_dateline_elsewhere_makes_nobody_its_official():
    text = DATED.replace("Khasan", "Pyongyang")
    told = reading(text, at(text, "VLADIVOSTOK", VLADIVOSTOK), at(text, "Pyongyang", PYONGYANG), dateline=LINE)
    assert dateline_country(told) is None
    assert side(told, link("the ministry")) == (None, False)


def test_an_army_spokesman_is_of_the_one_army_that_the_report_names():
    text = "Russia's army moved, an army spokesman said."
    told = msgspec.structs.replace(
        reading(text),
        actors=(Actor(id="t:ru-army", name="Russian army", kind="organisation", party="state:RU"),),
        names=(NameMention(span=Span(0, 13), text="Russia's army", label="ORG", form="description", actor="t:ru-army"),),
    )
    assert side(told, link("an army spokesman", start=text.index("an army spokesman"))) == ("state:RU", False)


def test_an_army_named_only_later_is_not_the_spokesmans():
    text = "An army spokesman spoke of a blockade. Russia's army disagreed."
    told = msgspec.structs.replace(
        reading(text),
        actors=(Actor(id="t:ru-army", name="Russian army", kind="organisation", party="state:RU"),),
        names=(NameMention(span=Span(39, 52), text="Russia's army", label="ORG", form="description", actor="t:ru-army"),),
    )
    assert side(told, link("An army spokesman")) == (None, False)


def test_a_spokesman_is_of_the_office_that_stands_behind_his_name():
    text = "VLADIVOSTOK (Agency) - A bridge at Khasan fell, said Ivan Orlov, a spokesman for the transport ministry."
    told = reading(text, at(text, "VLADIVOSTOK", VLADIVOSTOK), at(text, "Khasan", KHASAN), dateline=LINE)
    speaker = link("Ivan Orlov", start=text.index("Ivan"))
    assert side(told, speaker) == ("state:RU", True)


def test_he_is_of_the_office_that_his_name_was_given_with():
    text = "VLADIVOSTOK (Agency) - A bridge at Khasan fell, ministry spokesman Ivan Orlov said. He said it was old."
    named = msgspec.structs.replace(link("ministry spokesman Ivan Orlov"), form=SourceForm.NAMED, name="Ivan Orlov", actor="r:orlov")
    told = msgspec.structs.replace(
        reading(text, at(text, "VLADIVOSTOK", VLADIVOSTOK), at(text, "Khasan", KHASAN), dateline=LINE),
        attributions=(Attribution(speaker=named),),
    )
    he = msgspec.structs.replace(named, form=SourceForm.PRONOUN, text="He")
    assert side(told, he) == ("state:RU", True)


def test_without_a_dateline_an_army_is_of_the_country_that_the_report_tells_of():
    text = "A bridge at Khasan fell near Vladivostok, the army said."
    told = reading(text, at(text, "Khasan", KHASAN), at(text, "Vladivostok", VLADIVOSTOK))
    assert side(told, link("the army")) == ("state:RU", True)
    assert side(told, link("foreign officials")) == (None, False)


def test_a_capital_makes_no_party_of_a_common_noun():
    """ "Group claims kidnapping": the group is no side beside the organisation that the report says it is."""
    page = Page("r", "2023-09-12").says(
        "Group is holding three, a group linked to others said.", "kidnapping",
        by=Source(form=SourceForm.NAMED, kind=SourceKind.ORGANISATION, text="Group", name="Group", actor="report:r:group"),
    )  # fmt: skip
    held = page.reading()
    assert [voice.actor for voice in voices_of(held, held.claims[0], Parties(REGISTER))] == [None]


def test_a_name_of_one_word_is_an_actor():
    page = Page("r", "2023-09-12").says(
        "Boko is holding three.", "kidnapping",
        by=Source(form=SourceForm.NAMED, kind=SourceKind.ORGANISATION, text="Boko", name="Boko", actor="report:r:boko"),
    )  # fmt: skip
    held = page.reading()
    assert [voice.actor for voice in voices_of(held, held.claims[0], Parties(REGISTER))] == ["report:r:boko"]


def test_a_capital_makes_no_participant_of_a_common_noun():
    ransom = Actor(id="report:r:ransom", name="Ransom", kind="person")
    page = Page("r", "2023-09-12").says("Ransom paid, officials say.", "payment", who=(ransom,)).says("A ransom was paid.", "payment")
    told = evidence_of(page.reading(), Parties(REGISTER))[0]
    assert told.actors == ()
    assert told.heads == (("agent", "ransom"),)


def test_a_newsroom_s_own_witness_is_of_its_party():
    witness = Source(
        form=SourceForm.ROLE,
        kind=SourceKind.WITNESS,
        text="a Reuters witness",
        name="a Reuters witness",
        anonymous=True,
        party="outlet:reuters",
    )
    assert Parties(REGISTER).of_source(witness) == "outlet:reuters"
    assert Parties(REGISTER).of_source(msgspec.structs.replace(witness, party=None)) is None


@pytest.mark.parametrize(
    ("sentence", "own"),
    [
        ("Tanks rolled past the ministry, a Reuters witness said.", True),
        ("The envoy got off the ferry, AFP journalists at the quay saw.", True),
        ("Shots were fired, a witness said.", False),
        ("Journalists waited at the quay.", False),
    ],
)
def test_a_newsroom_s_people_at_the_place_saw_it(sentence: str, own: bool):
    assert saw_itself(sentence) is own


def test_a_name_that_the_report_s_own_cast_took_for_no_state_s_body_is_of_no_state():
    parties = Parties(Register.load())
    bare = Source(form=SourceForm.NAMED, kind=SourceKind.GOVERNMENT, text="the Justice Department", name="Justice Department")
    local = msgspec.structs.replace(bare, actor="report:r:justice-department")
    assert parties.of_source(bare) == "state:US"
    assert parties.of_source(local) is None
