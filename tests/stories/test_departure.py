"""Independence on the departure: many pages, two parties, and a weekday that is the day of speaking."""

from __future__ import annotations

from sightline.stories import build
from sightline.types import Event, Place, Reading, SlotValue, Story
from tests.stories.builders import KHASAN, KIM, PYONGYANG, REGISTER, VLADIVOSTOK, Page, day, named, official

SUNDAY, MONDAY = day("2023-09-10"), day("2023-09-11")
AFTERNOON, EVENING = day("2023-09-10", 12, 18), day("2023-09-10", 18, 24)


def only_story(*pages: Page) -> Story:
    stories = build([page.reading() for page in pages], register=REGISTER)
    assert len(stories) == 1
    return stories[0]


def departure(story: Story) -> Event:
    events = [event for event in story.events if event.type == "departure"]
    assert len(events) == 1, [event.label for event in events]
    return events[0]


def value(event: Event, slot: str, key: str) -> SlotValue:
    return next(value for part in event.slots if part.name == slot for value in part.values if value.key == key)


def kcna_pages(number: int) -> list[Page]:
    return [
        Page(f"k{index:02d}", "2023-09-12", f"Daily {index} <- Reuters <- KCNA").leaves(AFTERNOON, by=named("KCNA"))
        for index in range(number)
    ]


def test_eleven_pages_of_one_dispatch_are_one_origin():
    event = departure(only_story(*kcna_pages(11)))
    assert event.grade == 1
    assert "retold by 11 pages" in event.reason
    assert event.reason.startswith("One origin: KCNA")


def test_a_second_government_makes_two_parties():
    seoul = Page("s1", "2023-09-12", "Chosun Ilbo").leaves(EVENING, by=official("KR"))
    event = departure(only_story(*kcna_pages(11), seoul))
    sunday = value(event, "when", "2023-09-10")
    assert sunday.grade == 3
    assert sunday.reason.startswith("Two parties: North Korea (KCNA")
    assert "South Korea (an anonymous South Korean official, via Chosun Ilbo" in sunday.reason
    assert "no common origin" in sunday.reason


def test_two_anonymous_officials_of_one_government_are_one_party():
    pages = [
        Page("a", "2023-09-11", "Yonhap").leaves(MONDAY, by=official("KR", "a South Korean government official")),
        Page("b", "2023-09-11", "Chosun Ilbo").leaves(MONDAY, by=official("KR", "a senior South Korean official")),
    ]
    event = departure(only_story(*pages))
    assert event.grade == 2
    assert event.reason.startswith("Two origins of one party, South Korea")


def test_pages_that_name_nobody_confirm_nothing():
    pages = [Page(f"p{index}", "2023-09-11", f"Blog {index}").leaves(SUNDAY) for index in range(5)]
    event = departure(only_story(*pages))
    assert event.grade == 0
    assert event.reason == "Origin unknown: 5 pages state it and name no source"


def test_a_government_and_its_agency_are_one_party():
    pages = [
        Page("a", "2023-09-12", "Rodong <- KCNA").leaves(AFTERNOON, by=named("KCNA")),
        Page("b", "2023-09-12", "Daily").leaves(AFTERNOON, by=official("KP")),
    ]
    assert departure(only_story(*pages)).grade == 2


def test_monday_is_the_day_of_speaking():
    pages = [
        *kcna_pages(3),
        Page("chosun", "2023-09-12", "Chosun Ilbo").leaves(SUNDAY, by=official("KR")),
        Page("misread", "2023-09-11", "La Gazette <- EFE").leaves(MONDAY, by=official("KR"), via=(named("Yonhap"),)),
    ]
    story = only_story(*pages)
    event = departure(story)
    found = [one for one in story.contradictions if one.slot == "when" and one.type == "report date taken for event date"]
    assert found and all(one.values[1] == "Mon 11 Sep 2023" for one in found)
    assert "report-date" in value(event, "when", "2023-09-11").flags
    assert "2023-09-10" in str(event.interval.edtf)


def test_a_copy_without_credit_speaks_with_the_voice_of_its_source():
    words = "The leader of the North left his capital on a private train on Sunday afternoon with a large party of officials and soldiers."
    one = Page("a", "2023-09-12T08:00:00", "Herald <- Reuters").says(words, "departure", when=AFTERNOON, by=named("KCNA"), thing="train")
    two = Page("b", "2023-09-12T09:00:00", "Mirror").says(words, "departure", when=AFTERNOON, thing="train")
    event = departure(only_story(one, two))
    assert event.grade == 1
    assert "retold by 2 pages" in event.reason


def test_order_of_pages_changes_nothing():
    readings: list[Reading] = [
        page.reading() for page in (*kcna_pages(4), Page("s1", "2023-09-12", "Chosun Ilbo").leaves(EVENING, by=official("KR")))
    ]
    assert build(readings, register=REGISTER) == build(readings[::-1], register=REGISTER)


def test_another_newsrooms_crew_is_not_the_pages_own():
    sentence = "Kim left Pyongyang by train, as RIA journalists established."
    page = Page("p", "2023-09-12", "Village Daily").says(sentence, "departure", who=(KIM,), when=SUNDAY, places=(("from", PYONGYANG),))
    event = departure(only_story(page))
    assert event.reason.startswith("One origin: RIA")
    own = Page("q", "2023-09-12", "NHK").says(
        "Kim left Pyongyang by train, our crew saw.", "departure", who=(KIM,), when=SUNDAY, places=(("from", PYONGYANG),)
    )
    assert "own observation" in departure(only_story(own)).reason


def _moves(*tellings: tuple[str, str, tuple[tuple[str, Place], ...]]) -> list[list[str]]:
    page = Page("m", "2023-09-12", "Reuters")
    for sentence, predicate, places in tellings:
        page.says(sentence, "travel", who=(KIM,), when=SUNDAY, places=places, predicate=predicate)
    return [[claim.rpartition("#")[2] for claim in event.claims] for event in only_story(page).events]


def test_there_and_back_again_are_two_ways():
    out = ("Kim travelled from Pyongyang on Sunday.", "travel", (("from", PYONGYANG),))
    assert len(_moves(out, ("Kim will travel to Pyongyang on Sunday.", "travel", (("to", PYONGYANG),)))) == 2


def test_a_flight_to_one_place_and_a_way_from_another_are_two():
    by_air = ("Kim flew to Vladivostok on Sunday.", "fly", (("to", VLADIVOSTOK),))
    assert len(_moves(by_air, ("Kim drove from Khasan on Sunday.", "drive", (("from", KHASAN),)))) == 2
    assert len(_moves(by_air, ("Kim drove to Vladivostok on Sunday.", "drive", (("to", VLADIVOSTOK),)))) == 1


def test_an_official_in_a_copied_page_is_the_official_of_the_page_it_was_copied_from():
    words = (
        "The train left Pyongyang on Monday with the leader on board and two carriages of guards behind it after hours of waiting in rain."
    )
    pages = [
        Page(name, published, outlet).says(words, "departure", who=(KIM,), when=MONDAY, by=official("KR"), places=(("from", PYONGYANG),))
        for name, published, outlet in (("a", "2023-09-11", "Morning Post"), ("b", "2023-09-12", "Evening Sun"))
    ]
    event = departure(only_story(*pages))
    assert event.grade == 1
    assert event.reason.startswith("One origin")
