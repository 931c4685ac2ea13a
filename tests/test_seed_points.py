"""What the first report must give, point by point, on sentences of our own about the same days."""

from __future__ import annotations

from functools import cache

import pytest

from sightline.extract.reading import read
from sightline.gazetteer import Gazetteer, Register
from sightline.language import load
from sightline.types import Actor, Attribution, Claim, Reading, Report

LEADING = "date 2023-09-11 "


@cache
def tables() -> tuple[Gazetteer, Register]:
    return Gazetteer.load(), Register.load()


@cache
def reading(text: str) -> Reading:
    gazetteer, register = tables()
    whole = LEADING + text
    return read(Report(id="seed", text=whole), load()(whole), gazetteer=gazetteer, register=register)


def claim(text: str, kind: str, trigger: str | None = None) -> Claim:
    found = [each for each in reading(text).claims if each.type == kind and trigger in (None, each.trigger.of(LEADING + text))]
    assert found, [(each.type, each.predicate) for each in reading(text).claims]
    return found[0]


def time_value(text: str, words: str) -> tuple[str, bool]:
    found = next(each for each in reading(text).times if words in each.text or each.text in words)
    return found.value, found.mod == "APPROX"


def actor_of(text: str, words: str) -> str | None:
    """The actor that the longest mention within the words stands for."""
    found = [each for each in reading(text).names if each.text in words or words in each.text]
    return max(found, key=lambda each: each.span.length).actor if found else None


def said(text: str, content: str) -> Attribution:
    """The attribution whose content holds the words."""
    whole = LEADING + text
    start = whole.index(content)
    found = [each for each in reading(text).attributions if any(span.start <= start < span.end for span in each.content)]
    assert found, [[span.of(whole) for span in each.content] for each in reading(text).attributions]
    return min(found, key=lambda each: sum(span.length for span in each.content))


def who(claim: Claim, role: str) -> list[str]:
    return [each.text for each in claim.participants if each.role == role]


def where(claim: Claim) -> set[tuple[str, str]]:
    return {(each.role, each.mention.text) for each in claim.where}


DEPARTURE = (
    "According to South Korean official sources cited by the Yonhap agency, the North Korean leader’s armoured train left Pyongyang on Monday, "
    "supposedly heading for Russia."
)
VISIT = (
    "Kim Jong-un will pay an official visit to Russia “in the coming days” at Vladimir Putin’s invitation, the Kremlin said in a statement."
)
MEETING = "The meeting between Putin and Kim was also confirmed by KCNA, the North Korean state agency."
JOURNEY = "Putin travelled this morning to Vladivostok, where he will chair the Eastern Economic Forum this week."
UNKNOWN = "It is unknown when Kim could reach Vladivostok, which is some 700 kilometres from Pyongyang."
HISTORY = "The last time Kim went to Vladivostok, in April 2019, his armoured train took around 20 hours to reach the port."


def test_the_text_stays_to_the_letter_and_every_span_is_its_words() -> None:
    for text in (DEPARTURE, VISIT, MEETING, JOURNEY, UNKNOWN, HISTORY):
        found = reading(text)
        whole = LEADING + text
        assert found.report.text == whole
        for mention in (*found.times, *found.names, *found.places, *found.quantities):
            assert mention.span.of(whole) == mention.text
        for each in found.claims:
            assert all(participant.span.of(whole) == participant.text for participant in each.participants)


def test_published_is_read_from_the_first_line() -> None:
    published = reading(DEPARTURE).report.published
    assert published is not None
    assert (published.value, published.method) == ("2023-09-11", "leading-line")


@pytest.mark.parametrize(
    ("text", "words", "value"),
    [
        ("News of the talks spread in Russiathis Monday.", "this Monday", "2023-09-11"),
        (DEPARTURE, "Monday", "2023-09-11"),
        (JOURNEY, "this morning", "2023-09-11TMO"),
        (JOURNEY, "this week", "2023-W37"),
        ("The summit will start on Wednesday.", "Wednesday", "2023-09-13"),
        (HISTORY, "April 2019", "2019-04"),
        ("The country let visitors in again just this summer.", "this summer", "2023-SU"),
    ],
)
def test_times_have_their_values(text: str, words: str, value: str) -> None:
    assert time_value(text, words)[0] == value


def test_open_and_vague_times() -> None:
    coming = next(each for each in reading(VISIT).times if "coming days" in each.text)
    assert coming.interval is not None
    assert coming.interval.vague
    assert coming.interval.earliest is not None
    assert coming.interval.earliest.date().isoformat() == "2023-09-11"
    hours = next(each for each in reading(HISTORY).times if "20 hours" in each.text)
    assert (hours.value, hours.mod) == ("PT20H", "APPROX")


def test_the_departure_is_reported_and_the_heading_only_possible() -> None:
    departure = claim(DEPARTURE, "departure")
    assert ("from", "Pyongyang") in where(departure)
    assert [time.text.removeprefix("on ") for time in departure.when] == ["Monday"]
    assert any("train" in text for text in who(departure, "vehicle"))
    assert any("leader" in text for text in who(departure, "companion"))
    assert str(departure.certainty.polarity) == "positive"
    heading = claim(DEPARTURE, "travel")
    assert str(heading.certainty.status) == "possible"
    assert any("supposedly" in hedge.text for hedge in heading.certainty.hedges)


def test_the_departure_comes_from_anonymous_officials_through_yonhap() -> None:
    attribution = said(DEPARTURE, "train left")
    assert attribution.speaker is not None
    assert attribution.speaker.kind in ("official", "government")
    assert attribution.speaker.anonymous
    assert any("Yonhap" in link.text or "Yonhap" in (link.name or "") for link in attribution.via)


def test_the_visit_is_announced_by_the_kremlin() -> None:
    visit = claim(VISIT, "visit")
    assert str(visit.certainty.status) == "planned"
    assert ("to", "Russia") in where(visit)
    assert any("Kim" in text for text in who(visit, "agent"))
    assert any("coming days" in time.text for time in visit.when)
    attribution = said(VISIT, "official visit")
    assert any("Kremlin" in span.of(LEADING + VISIT) for span in attribution.source)


def test_the_meeting_is_confirmed_by_the_state_agency() -> None:
    meeting = claim(MEETING, "meeting")
    assert sorted(who(meeting, "agent")) == ["Kim", "Putin"]
    assert meeting.attribution is not None
    source = reading(MEETING).attributions[meeting.attribution]
    assert any("KCNA" in span.of(LEADING + MEETING) for span in source.source)


def test_the_journey_has_happened_and_the_forum_is_planned() -> None:
    travelled = claim(JOURNEY, "travel")
    assert str(travelled.certainty.status) == "happened"
    assert where(travelled) == {("to", "Vladivostok")}
    assert [time.text for time in travelled.when] == ["this morning"]
    chaired = claim(JOURNEY, "chairing")
    assert str(chaired.certainty.status) == "planned"
    assert ("at", "Vladivostok") in where(chaired)


def test_the_talks_place_is_only_probable() -> None:
    text = "Vladivostok is more than likely the venue for the talks with Kim."
    talks = claim(text, "talks")
    assert where(talks) == {("at", "Vladivostok")}
    assert str(talks.certainty.degree) == "probable"


def test_a_meeting_to_come_with_an_office_holder() -> None:
    text = "In Vladivostok he will meet Zhang Guoqing, a vice premier of China."
    meeting = claim(text, "meeting")
    assert str(meeting.certainty.status) == "planned"
    assert any("Zhang" in each for each in who(meeting, "counterpart"))


def test_the_arms_supply_is_a_topic_expected() -> None:
    text = "Both leaders are expected to discuss the supply of weapons to Moscow."
    talks = claim(text, "talks")
    assert str(talks.certainty.status) == "expected"
    assert any("weapons" in each for each in who(talks, "topic"))
    supply = claim(text, "supply")
    assert who(supply, "recipient") == ["Moscow"]


def test_what_it_left_is_a_city() -> None:
    pyongyang = next(each for each in reading(DEPARTURE).places if each.text == "Pyongyang")
    assert pyongyang.metonymy == "literal"
    assert pyongyang.place is not None
    assert pyongyang.place.kind == "city"


def test_the_arrival_is_unknown_and_said_so() -> None:
    arrival = claim(UNKNOWN, "arrival")
    assert arrival.unknown == ("when",)
    assert str(arrival.certainty.status) == "unknown"
    assert ("to", "Vladivostok") in where(arrival)
    distance = claim(UNKNOWN, "distance")
    assert [quantity.low for quantity in distance.quantities] == [700]
    assert {("at", "Vladivostok"), ("from", "Pyongyang")} <= where(distance)


def test_the_earlier_journey_is_history_and_took_twenty_hours() -> None:
    earlier = claim(HISTORY, "travel")
    assert earlier.background
    assert str(earlier.certainty.status) == "happened"
    reached = claim(HISTORY, "arrival")
    assert reached.background
    assert [quantity.low for quantity in reached.quantities] == [72000]
    assert str(reached.certainty.status) == "happened"


def test_intelligence_agencies_observed_a_similar_train() -> None:
    text = "A train like the one that went to Russia in 2019 was spotted by intelligence agencies."
    sighting = claim(text, "sighting")
    assert who(sighting, "agent") == ["intelligence agencies"]
    assert any(each.startswith("A train like") for each in who(sighting, "theme"))
    assert claim(text, "travel").background


def test_a_direct_quotation_of_an_anonymous_regional_source() -> None:
    text = "“We have long been preparing for the visit,” a government source in a Far Eastern region of Russia told Russian agencies."
    attribution = said(text, "preparing")
    assert attribution.kind in ("direct", "mixed")
    assert attribution.speaker is not None
    assert attribution.speaker.anonymous
    assert any("agencies" in link.text for link in attribution.via) or attribution.addressee


def test_two_sentences_of_one_quotation() -> None:
    text = "“It is the bulletproof train of three leaders. None of them liked to fly,” says The Times."
    first, second = said(text, "bulletproof"), said(text, "None of them")
    assert first == second


def test_borders_closed_and_opened_again() -> None:
    text = "The regime closed its borders at the beginning of 2020. Just this summer it allowed the entry of foreigners again."
    closing = claim(text, "closing")
    assert closing.background
    assert any("2020" in time.text for time in closing.when)


def test_the_photo_is_provenance() -> None:
    text = "The train of the leader (photo).\n\nPhoto: AFP/KCNA via KNS"
    (credit,) = reading(text).credits
    assert set(credit.chain) == {"AFP", "KCNA", "KNS"}


def test_one_leader_under_all_his_names_and_his_father_apart() -> None:
    text = "Kim Jong-un left Pyongyang. Kim took the train. The North Korean leader will meet Putin. His father, Kim Jong-il, hated flying."
    full, short, title = (actor_of(text, words) for words in ("Kim Jong-un", "Kim", "The North Korean leader"))
    assert full is not None
    assert full == title
    assert full == next(each.actor for each in reading(text).names if each.text == "Kim")
    father = actor_of(text, "Kim Jong-il")
    assert father is not None
    assert father != full
    assert short is not None


def test_putin_is_the_russian_president() -> None:
    text = "Vladimir Putin flew to Vladivostok. The Russian president will meet Kim there."
    named, title = actor_of(text, "Vladimir Putin"), actor_of(text, "The Russian president")
    assert named is not None
    assert named == title
    actors: dict[str, Actor] = {each.id: each for each in reading(text).actors}
    assert named in actors


def test_the_soviet_union_has_no_place_on_todays_map() -> None:
    text = "His grandfather went by train to China and the former Soviet Union."
    union = next(each for each in reading(text).places if "Soviet Union" in each.text)
    assert union.lat is None
