"""Disagreements are typed after normalising, and the harmless explanation comes first."""

from __future__ import annotations

import msgspec

from sightline.stories import build
from sightline.types import Access, Certainty, ContradictionType, Participant, Place, Source, SourceForm, SourceKind, Span, Status, Story
from tests.stories.builders import KHASAN, KIM, PUTIN, PYONGYANG, REGISTER, SHOIGU, VLADIVOSTOK, VOSTOCHNY, Page, day, named, official

WEDNESDAY, THURSDAY, TUESDAY = day("2023-09-13"), day("2023-09-14"), day("2023-09-12")


def speaker(name: str) -> Source:
    """A spokesman of South Korea by name."""
    return Source(form=SourceForm.NAMED, kind=SourceKind.OFFICIAL, text=name, name=name, party="state:KR", access=Access.TOLD)


def story(*pages: Page) -> Story:
    stories = build([page.reading() for page in pages], register=REGISTER)
    assert len(stories) == 1
    return stories[0]


def types(found: Story, slot: str) -> list[ContradictionType]:
    return [one.type for one in found.contradictions if one.slot == slot]


def test_a_finer_time_refines_and_does_not_contradict():
    found = story(
        Page("a", "2023-09-12", "Daily <- KCNA").leaves(day("2023-09-10", 12, 18), by=named("KCNA")),
        Page("b", "2023-09-12", "Weekly").leaves(day("2023-09-10"), by=official("KR")),
    )
    assert types(found, "when") == [ContradictionType.REFINEMENT]


def test_overlapping_times_are_no_contradiction():
    found = story(
        Page("a", "2023-09-12", "Daily <- KCNA").leaves(day("2023-09-10", 12, 18), by=named("KCNA")),
        Page("b", "2023-09-12", "Weekly").leaves(day("2023-09-10", 17, 20), by=official("KR")),
    )
    assert ContradictionType.DIRECT not in types(found, "when")


def test_an_expected_place_is_a_plan_that_the_fact_overtook():
    found = story(
        Page("a", "2023-09-11", "Morning").meets(WEDNESDAY, VLADIVOSTOK, by=official("KR"), status=Status.EXPECTED),
        Page("b", "2023-09-13", "Evening <- TASS").meets(WEDNESDAY, VOSTOCHNY, by=named("TASS")),
    )
    assert types(found, "where") == [ContradictionType.PLAN_AGAINST_FACT]
    event = next(event for event in found.events if event.type == "meeting")
    where = next(slot for slot in event.slots if slot.name == "where")
    assert [value.value for value in where.values] == ["Vostochny", "Vladivostok"]
    assert where.values[1].flags == ("superseded",)


def test_an_expectation_told_after_the_fact_is_stale():
    found = story(
        Page("b", "2023-09-13", "Evening <- TASS").meets(WEDNESDAY, VOSTOCHNY, by=named("TASS")),
        Page("c", "2023-09-14", "Late").meets(WEDNESDAY, VLADIVOSTOK, status=Status.EXPECTED),
    )
    assert types(found, "where") == [ContradictionType.STALE]


def test_two_certain_days_contradict_directly():
    found = story(
        Page("a", "2023-09-15", "Evening <- TASS").meets(WEDNESDAY, VOSTOCHNY, by=named("TASS")),
        Page("b", "2023-09-15", "Herald <- Reuters").meets(THURSDAY, VOSTOCHNY),
    )
    assert types(found, "when") == [ContradictionType.DIRECT]


def test_a_translation_of_one_dispatch_with_another_day_is_mistranslated():
    found = story(
        Page("a", "2023-09-14", "Post <- Reuters").meets(WEDNESDAY, by=named("TASS")),
        Page("b", "2023-09-15", "Blog (translation) <- Reuters").meets(TUESDAY),
    )
    assert types(found, "when") == [ContradictionType.MISTRANSLATED]


def test_one_side_says_so_the_other_denies_it():
    found = story(
        Page("a", "2023-09-14", "Post").meets(WEDNESDAY, by=official("RU")),
        Page("b", "2023-09-14", "Mail").meets(WEDNESDAY, by=official("KP"), negative=True),
    )
    assert types(found, "happened") == [ContradictionType.DENIAL]


def test_silence_is_superseded_by_a_later_word_and_stale_beside_it():
    early = Page("a", "2023-09-11T08:00:00", "Morning").leaves(None, by=official("KR"))
    early.says("Pyongyang has not commented on the journey of Kim so far.", "refusal", by=named("KCNA"), attitude="refusal")
    late = Page("b", "2023-09-12T08:00:00", "Evening").leaves(None, by=named("KCNA"))
    both = Page("c", "2023-09-12T09:00:00", "Robot").leaves(None, by=named("KCNA"))
    both.says("There is no official word on the journey of Kim so far.", claim=False)
    found = story(early, late, both)
    assert sorted(types(found, "happened")) == [ContradictionType.STALE, ContradictionType.SUPERSEDED]


def test_declining_one_question_while_answering_another_is_nothing():
    page = Page("c", "2023-09-12T09:00:00", "Evening").leaves(None, by=named("KCNA"))
    page.says("KCNA declined to comment on the place of the meeting of Kim.", "refusal", by=named("KCNA"), attitude="refusal")
    assert types(story(page), "happened") == []


def test_presence_at_one_place_and_absence_at_another_is_a_matter_of_scope():
    here = Page("a", "2023-09-13", "Union").meets(WEDNESDAY, VOSTOCHNY, companion=SHOIGU)
    there = Page("b", "2023-09-13", "Teller").says(
        "Arrival of Kim at Khasan by train without Shoigu.",
        "arrival",
        who=(PUTIN,),
        companion=SHOIGU,
        when=TUESDAY,
        places=(("at", KHASAN),),
        negative=True,
    )
    assert ContradictionType.SCOPE in types(story(here, there), "companion")


def test_the_straight_line_and_the_railway_are_two_quantities():
    def distance(report: str, km: float) -> Page:
        page = Page(report, "2023-09-12", f"Daily {report}").leaves(day("2023-09-10"))
        return page.says(
            f"Vladivostok of Russia lies so far from Pyongyang of Kim says {report}.",
            "travel",
            places=(("from", PYONGYANG), ("to", VLADIVOSTOK)),
            quantities=((km, "km", "distance", "="),),
        )

    found = story(distance("a", 700), distance("b", 1180))
    assert types(found, "distance") == [ContradictionType.DIFFERENT_QUANTITY]


def test_amounts_that_agree_are_left_alone():
    place = Place(id="t:x", name="Artyom", kind="city", lat=43.35, lon=132.19, country="RU")

    def distance(report: str, km: float) -> Page:
        return Page(report, "2023-09-17", f"Daily {report}").says(
            f"Artyom of Russia lies so far from Khasan of Kim says {report}.",
            "departure",
            places=(("from", place), ("to", KHASAN)),
            quantities=((km, "km", "distance", "="),),
        )

    assert types(story(distance("a", 200), distance("b", 210)), "distance") == []


def clock(hour: int, minute: int):
    from datetime import UTC, datetime

    from sightline.types import Interval

    instant = datetime(2023, 9, 12, hour, minute, tzinfo=UTC)
    return Interval(earliest=instant, latest=instant.replace(second=59), edtf=f"2023-09-12T{hour:02d}:{minute:02d}:00")


def lands(report: str, hour: int, minute: int, status: Status = Status.HAPPENED) -> Page:
    return Page(report, "2023-09-13", f"Daily {report}").says(
        f"The plane of Putin lands at Khasan tells {report}.",
        "arrival",
        who=(PUTIN,),
        when=clock(hour, minute),
        places=(("at", KHASAN),),
        status=status,
        by=official("RU"),
    )


def test_minutes_apart_are_two_watches():
    assert types(story(lands("a", 22, 43), lands("b", 22, 45)), "when") == []


def test_hours_apart_are_a_contradiction():
    assert types(story(lands("a", 19, 10), lands("b", 21, 45)), "when") == [ContradictionType.DIRECT]


def test_a_timetable_in_the_present_is_a_plan():
    found = story(lands("a", 22, 20, Status.UNDER_WAY), lands("b", 22, 43), lands("c", 22, 45))
    assert types(found, "when") == [ContradictionType.PLAN_AGAINST_FACT]


def test_meant_to_fly_and_went_by_train():
    page = Page("a", "2023-09-14", "Herald <- Yonhap")
    page.says("Kim would fly to Vostochny but he took the train there.", "travel", who=(KIM,), status=Status.PLANNED, predicate="fly")
    plan = page.claims[0]
    page.claims.append(
        msgspec.structs.replace(
            plan,
            id="a#30-34",
            trigger=Span(30, 34),
            predicate="take",
            participants=(Participant(role="vehicle", span=Span(30, 34), text="the train", head="train"),),
            certainty=Certainty(),
        )
    )
    assert types(story(page), "means") == [ContradictionType.PLAN_AGAINST_FACT]


def test_a_departure_a_day_late_is_the_one_that_was_expected():
    plan = Page("a", "2023-09-11", "Morning").says(
        "Kim will start home on Tuesday.", "return", who=(KIM,), when=TUESDAY, status=Status.EXPECTED, predicate="start"
    )
    fact = Page("b", "2023-09-14", "Evening").says(
        "Kim left Vladivostok on Wednesday.", "departure", who=(KIM,), when=WEDNESDAY, places=(("from", VLADIVOSTOK),), predicate="leave"
    )
    found = story(plan, fact)
    assert len([event for event in found.events if event.type in ("departure", "return")]) == 1
    assert types(found, "when") == [ContradictionType.PLAN_AGAINST_FACT]


def test_an_arrival_nowhere_told_is_not_the_one_expected_elsewhere_the_day_before():
    plan = Page("a", "2023-09-11", "Morning").says(
        "Kim is expected in Vladivostok on Tuesday.", "arrival", who=(KIM,), when=TUESDAY, status=Status.EXPECTED,
        places=(("to", VLADIVOSTOK),), predicate="arrive",
    )  # fmt: skip
    fact = Page("b", "2023-09-14", "Evening").says("Kim arrived on Wednesday.", "arrival", who=(KIM,), when=WEDNESDAY, predicate="arrive")
    assert len([event for event in story(plan, fact).events if event.type == "arrival"]) == 2
    assert types(story(plan, fact), "when") == []


def test_an_expectation_is_set_against_the_best_told_day_alone():
    found = story(
        Page("a", "2023-09-11", "Morning").leaves(day("2023-09-12"), status=Status.EXPECTED),
        Page("b", "2023-09-14", "Noon <- KCNA").leaves(WEDNESDAY, by=named("KCNA")),
        Page("c", "2023-09-14", "Evening").leaves(WEDNESDAY, by=official("KR")),
        Page("d", "2023-09-14", "Night").leaves(THURSDAY, by=official("KR", "another South Korean official")),
    )
    assert types(found, "when").count(ContradictionType.PLAN_AGAINST_FACT) == 1


def test_a_named_denial_within_one_side_is_told():
    found = story(
        Page("a", "2023-09-12T08:00", "Morning").leaves(day("2023-09-10"), by=official("KR")),
        Page("b", "2023-09-12T12:00", "Noon").leaves(None, by=speaker("Han Duck"), negative=True),
    )
    assert types(found, "happened") == [ContradictionType.DENIAL]


def test_who_denied_it_first_and_said_so_later_came_round():
    found = story(
        Page("a", "2023-09-12T08:00", "Morning").leaves(day("2023-09-10"), by=official("KR")),
        Page("b", "2023-09-12T12:00", "Noon").leaves(None, by=speaker("Han Duck"), negative=True),
        Page("c", "2023-09-13T12:00", "Late").leaves(day("2023-09-10"), by=speaker("Han Duck")),
    )
    assert types(found, "happened") == [ContradictionType.SUPERSEDED]


def way(page: Page, when: object, place: Place = VLADIVOSTOK) -> Page:
    return page.says(
        "Kim will fly to the place.", "travel", who=(KIM,), when=when, status=Status.PLANNED, places=(("to", place),), predicate="fly"
    )  # type: ignore[arg-type]


def arrival(page: Page, when: object) -> Page:
    return page.says("Kim arrived in the place.", "arrival", who=(KIM,), when=when, places=(("to", VLADIVOSTOK),), predicate="arrive")  # type: ignore[arg-type]


def test_a_planned_way_against_an_arrival_on_another_day():
    found = story(way(Page("a", "2023-09-11", "Morning"), TUESDAY), arrival(Page("b", "2023-09-14", "Noon"), THURSDAY))
    assert types(found, "when") == [ContradictionType.PLAN_AGAINST_FACT]


def test_a_planned_way_kept_or_to_elsewhere_or_told_afterwards_is_nothing():
    kept = story(way(Page("a", "2023-09-11", "Morning"), THURSDAY), arrival(Page("b", "2023-09-14", "Noon"), day("2023-09-14", 6, 12)))
    elsewhere = story(way(Page("a", "2023-09-11", "Morning"), TUESDAY, VOSTOCHNY), arrival(Page("b", "2023-09-14", "Noon"), THURSDAY))
    next_trip = story(way(Page("a", "2023-09-15", "Morning"), day("2023-09-16")), arrival(Page("b", "2023-09-14", "Noon"), THURSDAY))
    assert types(kept, "when") == types(elsewhere, "when") == types(next_trip, "when") == []
