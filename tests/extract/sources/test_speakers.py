"""Speakers described: kind, form, anonymity, number, party, access, attitude."""

import pytest

from sightline.extract.sources import type_sources
from sightline.extract.sources.anonymity import formulae
from sightline.extract.sources.words import plural, source_words
from sightline.gazetteer import Register
from sightline.language import read
from sightline.types import Attribution, Report, Span

REGISTER = Register.load()


def first(text: str) -> Attribution:
    doc = next(iter(read([text])))
    found = type_sources(doc, (), (), (), Report(id="r", text=text, outlet="Harbour Mail"), register=REGISTER)
    return next(a for a in found if a.speaker is not None)


@pytest.mark.parametrize(
    ("subject", "kind"),
    [
        ("The health ministry", "government"),
        ("A senior official", "official"),
        ("South Korea's spy agency", "intelligence"),
        ("Analysts", "expert"),
        ("Witnesses", "witness"),
        ("Protesters", "crowd"),
        ("The company", "company"),
        ("The union", "organisation"),
        ("Users on Telegram", "social_media"),
        ("The indictment", "document"),
        ("Local media", "outlet"),
        ("Her lawyer", "person"),
        ("A spokeswoman for the zoo", "organisation"),
        ("A source in the regional administration", "official"),
    ],
)
def test_kinds(subject: str, kind: str) -> None:
    found = first(f"{subject} said that the road would stay closed.")
    assert found.speaker is not None and found.speaker.kind == kind


def test_names_withheld_and_names_on_record() -> None:
    withheld = first("A government source said that the visit was off.").speaker
    on_record = first("A spokesman for the ministry said that the visit was off.").speaker
    assert withheld is not None and withheld.anonymous
    assert on_record is not None and not on_record.anonymous


def test_the_formula_that_withholds_a_name_is_kept() -> None:
    text = "A security guard, who asked not to be named, said that the door was open."
    speaker = first(text).speaker
    assert speaker is not None and speaker.anonymous and speaker.formula is not None
    assert speaker.formula.of(text) == "asked not to be named"


@pytest.mark.parametrize(
    "words",
    [
        "said on condition of anonymity", "who declined to be identified", "speaking anonymously", "was not authorized to speak to the press",
        "who gave only his first name", "who requested anonymity", "on condition that she not be named",
    ],
)  # fmt: skip
def test_formulae(words: str) -> None:
    assert len(formulae(f"An aide, {words}, called it off.", source_words())) == 1


def test_numbers_of_speakers() -> None:
    two = first("Two officials said that the visit was off.").speaker
    assert two is not None and two.count == 2 and two.form == "collective"


def test_a_state_in_the_description_is_the_party() -> None:
    speaker = first("A South Korean official said that the visit was off.").speaker
    assert speaker is not None and speaker.party == "state:KR"


def test_a_newsroom_of_a_country_is_not_its_state() -> None:
    speaker = first("Japanese media said that the visit was off.").speaker
    assert speaker is not None and speaker.party is None


def test_a_pronoun_goes_back_to_the_last_who_spoke() -> None:
    text = "A senior official said that the visit was off. He added that nothing was signed."
    doc = next(iter(read([text])))
    found = type_sources(doc, (), (), (), Report(id="r", text=text), register=REGISTER)
    he = next(a.speaker for a in found if a.speaker is not None and a.speaker.text == "He")
    assert he.kind == "official" and he.anonymous and he.name == "A senior official"


@pytest.mark.parametrize(
    ("text", "attitude"),
    [
        ("The army denied that it had fired.", "denial"),
        ("The bank declined to comment.", "refusal"),
        ("Seoul did not say when the talks would resume.", "refusal"),
        ("The mayor believes that the tunnel is safe.", "belief"),
        ("The mayor said that the tunnel was safe.", "statement"),
    ],
)
def test_attitudes(text: str, attitude: str) -> None:
    assert first(text).attitude == attitude


def test_those_who_saw_have_observed() -> None:
    found = first("A train was spotted by intelligence agencies near the border.")
    assert found.attitude == "observation"
    assert found.speaker is not None and found.speaker.access == "observed"


def test_plurals() -> None:
    assert [plural(word) for word in ("spokesman", "agency", "witness", "aide")] == ["spokesmen", "agencies", "witnesses", "aides"]


def given(text: str, source: str, cue: str, content: str) -> Attribution:
    """The attribution typed whose spans the test itself says."""

    def spans(words: str) -> tuple[Span, ...]:
        return (Span(text.index(words), text.index(words) + len(words)),)

    doc = next(iter(read([text])))
    told = Attribution(source=spans(source), cue=spans(cue), content=spans(content))
    return type_sources(doc, (told,), (), (), Report(id="r", text=text, outlet="Harbour Mail"), register=REGISTER)[0]


def test_a_dateline_is_no_part_of_a_source() -> None:
    text = "TALLINN, March 3 - Estonia's fishermen and the port authority said the harbour would open."
    found = given(text, "TALLINN, March 3 - Estonia's fishermen and the port authority", "said", "the harbour would open")
    assert found.speaker is not None and found.speaker.text == "Estonia's fishermen"
    assert text[found.source[0].start :].startswith("Estonia's")


def test_nobody_is_no_speaker() -> None:
    text = "Neither camp claimed responsibility for the blaze."
    assert given(text, "Neither camp", "claimed", "responsibility for the blaze").speaker is None


def test_the_health_body_is_no_pronoun() -> None:
    text = "The clinic was full. WHO doctors warned that the fever was spreading."
    found = given(text, "WHO doctors", "warned", "that the fever was spreading")
    assert found.speaker is not None and found.speaker.kind == "expert"


def test_the_name_behind_its_operator_is_the_operators() -> None:
    source = first("The ferry sank. Its operator, Bergen-based Fjord Lines, said the crew was safe.").speaker
    assert source is not None and source.name == "Fjord Lines" and source.kind == "company"


def test_a_capital_that_speaks_is_its_government() -> None:
    source = first("Pyongyang said the trip would go ahead.").speaker
    assert source is not None and source.kind == "government" and source.party == "state:KP"


def test_a_company_is_known_by_its_legal_form_and_then_by_its_short_name() -> None:
    text = "Nordwerk AG said it would buy its rival. Nordwerk said the price was fair."
    doc = next(iter(read([text])))
    found = type_sources(doc, (), (), (), Report(id="r", text=text, outlet="Harbour Mail"), register=REGISTER)
    assert [(a.speaker.kind, a.speaker.name) for a in found if a.speaker] == [("company", "Nordwerk AG")] * 2


def test_what_is_reported_on_is_not_told() -> None:
    text = "The governor reported about the arrival of a convoy to Lomza station."
    found = given(text, "The governor", "reported about", "the arrival of a convoy to Lomza station")
    assert found.addressee == ()


@pytest.mark.parametrize("lead", ["", "On Friday, "])
def test_both_speakers_joined_by_and(lead: str) -> None:
    found = first(f"{lead}the mayor and the fire chief said the bridge was safe.".capitalize())
    assert found.speaker is not None and [found.speaker.text.lower(), *(o.text for o in found.others)] == ["the mayor", "the fire chief"]


def test_two_speakers_behind_a_comma_are_no_part_of_what_they_say() -> None:
    text = "A coach plunged into a lake, police and hospital doctors said."
    found = first(text)
    assert found.speaker is not None and [found.speaker.text, *(o.text for o in found.others)] == ["police", "hospital doctors"]
    assert text[found.content[0].start : found.content[0].end] == "A coach plunged into a lake"


def test_speakers_that_close_the_sentence_say_what_stands_before() -> None:
    text = "The gang released nine captives before the deadline, mediators and aid workers said."
    found = first(text)
    assert text[found.content[0].start : found.content[0].end] == "The gang released nine captives before the deadline"


def test_a_body_that_many_states_have_is_of_no_state_by_its_name_alone() -> None:
    speaker = first("The Justice Department said that the captain would be charged in Cebu City.").speaker
    assert speaker is not None and speaker.kind == "government" and speaker.party is None
    owned = first("The US Justice Department said that the captain would be charged.").speaker
    assert owned is not None and owned.party == "state:US"
