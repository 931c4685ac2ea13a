"""What was known at an instant: a replay equals the live picture, order and repetition change nothing."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from sightline.stories import Builder, build, changes
from sightline.stories.clock import known_at
from sightline.types import Decision, Reading, Story
from tests.stories.builders import REGISTER, VLADIVOSTOK, VOSTOCHNY, Page, day, named, official

SPEAKERS = [None, named("KCNA"), named("TASS"), named("Reuters"), official("KR"), official("RU")]
OUTLETS = ["Daily <- Reuters <- KCNA", "Herald", "Post <- TASS", "Chosun Ilbo", "Blog (rewrite of Yonhap)"]


@st.composite
def page(draw: st.DrawFn, number: int) -> Page:
    hour = draw(st.integers(0, 96))
    published = datetime(2023, 9, 10, tzinfo=UTC) + timedelta(hours=hour)
    one = Page(f"r{number}", published.strftime("%Y-%m-%dT%H:00:00"), draw(st.sampled_from(OUTLETS)))
    date = day(f"2023-09-{draw(st.integers(10, 13))}")
    by = draw(st.sampled_from(SPEAKERS))
    if draw(st.booleans()):
        one.leaves(date, by=by)
    else:
        one.meets(date, draw(st.sampled_from([VLADIVOSTOK, VOSTOCHNY, None])), by=by)
    return one


@st.composite
def pages(draw: st.DrawFn) -> list[Reading]:
    return [draw(page(number)).reading() for number in range(draw(st.integers(1, 6)))]


@settings(max_examples=40, deadline=None, derandomize=True)
@given(pages(), st.integers(0, 100))
def test_replay_equals_live(readings: list[Reading], hour: int):
    instant = datetime(2023, 9, 10, tzinfo=UTC) + timedelta(hours=hour)
    live = Builder(REGISTER)
    for reading in readings:
        if (known_at(reading.report) or instant) <= instant:
            live.add(reading)
            live.stories()
    assert build(readings, as_of=instant, register=REGISTER) == live.stories(as_of=instant)


@settings(max_examples=30, deadline=None, derandomize=True)
@given(pages(), st.randoms())
def test_the_order_of_reports_changes_nothing(readings: list[Reading], random):
    shuffled = list(readings)
    random.shuffle(shuffled)
    assert build(shuffled, register=REGISTER) == build(readings, register=REGISTER)
    builder = Builder(REGISTER)
    for reading in shuffled:
        builder.add(reading)
        builder.stories()
    assert builder.stories() == build(readings, register=REGISTER)


@settings(max_examples=30, deadline=None, derandomize=True)
@given(pages(), st.data())
def test_a_duplicate_page_changes_no_grade(readings: list[Reading], data: st.DataObject):
    import msgspec

    first = data.draw(st.sampled_from(readings))
    report = msgspec.structs.replace(first.report, id="zz")
    copied = tuple(msgspec.structs.replace(claim, id=claim.id.replace(first.report.id, "zz"), report="zz") for claim in first.claims)
    twin = msgspec.structs.replace(first, report=report, claims=copied)

    def grades(stories: list[Story]) -> dict[tuple[str, str, str], int]:
        return {
            (event.type, slot.name, value.key): value.grade
            for story in stories
            for event in story.events
            for slot in event.slots
            for value in slot.values
        }

    before, after = build(readings, register=REGISTER), build([*readings, twin], register=REGISTER)
    assert grades(before) == grades(after)


def test_a_day_known_report_is_not_known_before_the_day_ends():
    reading = Page("a", "2023-09-12", "Daily").leaves(day("2023-09-10")).reading()
    assert build([reading], as_of=datetime(2023, 9, 12, 12, tzinfo=UTC), register=REGISTER) == []
    assert len(build([reading], as_of=datetime(2023, 9, 13, tzinfo=UTC), register=REGISTER)) == 1


def test_changes_tell_what_is_new_and_what_rose():
    first = Page("a", "2023-09-11T08:00:00", "Chosun Ilbo").leaves(day("2023-09-10"), by=official("KR")).reading()
    second = Page("b", "2023-09-12T08:00:00", "Daily <- KCNA").leaves(day("2023-09-10"), by=named("KCNA")).reading()
    before = build([first, second], as_of=datetime(2023, 9, 11, 12, tzinfo=UTC), register=REGISTER)[0]
    after = build([first, second], as_of=datetime(2023, 9, 12, 12, tzinfo=UTC), register=REGISTER)[0]
    assert [change.kind for change in changes(None, before)] == ["NEW"]
    raised = [change for change in changes(before, after) if change.kind == "RAISED"]
    assert raised and raised[0].cause.startswith("From grade 1 to 3: KCNA adds its word.")
    assert raised[0].reports == ("b",)
    assert changes(after, after) == []


def test_a_user_parts_and_joins_events():
    at = datetime(2023, 9, 20, tzinfo=UTC)
    one = Page("a", "2023-09-11", "Chosun Ilbo").leaves(day("2023-09-10"), by=official("KR")).reading()
    two = Page("b", "2023-09-12", "Daily <- KCNA").leaves(day("2023-09-10"), by=named("KCNA")).reading()
    subjects = tuple(f"event:{reading.claims[0].id}" for reading in (one, two))
    apart = Decision(id="d1", kind="different-event", subjects=subjects, at=at, by="user:ada")
    undone = Decision(id="d2", kind="undo", subjects=("d1",), at=at + timedelta(hours=1), by="user:ada")

    def number(*decisions: Decision) -> int:
        return sum(len(story.events) for story in build([one, two], decisions=decisions, register=REGISTER))

    assert (number(), number(apart), number(apart, undone)) == (1, 2, 1)
    assert build([one, two], register=REGISTER)[0].decisions == ()  # told alike: nothing had to be decided


def test_a_join_is_a_decision_with_its_rule():
    one = Page("a", "2023-09-11", "Chosun Ilbo").leaves(day("2023-09-10"), by=official("KR")).reading()
    two = Page("b", "2023-09-12", "Daily <- KCNA").leaves(day("2023-09-10", 12, 18), by=named("KCNA")).reading()
    decision = build([one, two], register=REGISTER)[0].decisions[0]
    assert (decision.kind, decision.by) == ("same-event", "stories.joining/1")
    assert decision.note == "same kind, same people, same place, same day"


def test_events_that_differ_are_joined_when_the_user_says_so():
    at = datetime(2023, 9, 20, tzinfo=UTC)
    one = Page("a", "2023-09-11", "Chosun Ilbo").leaves(day("2023-09-10")).reading()
    two = Page("b", "2023-09-13", "Daily").meets(day("2023-09-13"), VOSTOCHNY).reading()
    same = Decision(id="d1", kind="same-event", subjects=(one.claims[0].id, two.claims[0].id), at=at, by="user:ada")
    story = build([one, two], decisions=[same], register=REGISTER)
    assert sum(len(part.events) for part in story) == 1
