"""Rival numbers of one thing are told; numbers that can both be right, or of parts, are not."""

from __future__ import annotations

from sightline.stories import build
from sightline.types import Contradiction, ContradictionType, Source, SourceForm, SourceKind
from tests.stories.builders import REGISTER, VLADIVOSTOK, Page, day, official

MONDAY = day("2023-09-11")


def warden(name: str, state: str | None = "RU") -> Source:
    return Source(form=SourceForm.NAMED, kind=SourceKind.OFFICIAL, text=name, name=name, party=f"state:{state}" if state else None)


def flight(number: int, amount: float, by: Source | None, *, thing: str = "inmate", sign: str = "=", hour: str = "T06:00") -> Page:
    page = Page(f"p{number}", f"2023-09-12{hour}", f"Paper {number}")
    page.says("Wall tower yard cells sirens dogs searchlights roadblocks.", claim=False)
    return page.says(
        f"Inmates got over the wall of the prison with ropes, paper {number} was told.",
        "escape",
        thing=thing,
        when=MONDAY,
        places=(("from", VLADIVOSTOK),),
        quantities=((amount, "count", "count", sign),),
        counted=thing,
        by=by,
    )


def told(*pages: Page) -> list[Contradiction]:
    stories = build([page.reading() for page in pages], register=REGISTER)
    return [one for story in stories for one in story.contradictions if one.slot.startswith("number of")]


def test_two_speakers_who_count_differently_are_at_odds():
    found = told(flight(1, 4, warden("Anna Orlova", None)), flight(2, 5, warden("Pavel Sedov", None), thing="prisoner", hour="T10:00"))
    assert [one.type for one in found] == [ContradictionType.DIRECT]
    assert {value.split()[0] for value in found[0].values} == {"4", "5"}


def test_one_side_that_counts_again_overtakes_itself():
    found = told(flight(1, 4, warden("Anna Orlova")), flight(2, 5, warden("Anna Orlova"), hour="T10:00"))
    assert [(one.type, one.values[0]) for one in found] == [(ContradictionType.SUPERSEDED, "5 inmates")]


def test_at_least_so_many_and_more_can_both_be_right():
    assert told(flight(1, 4, official("RU"), sign=">="), flight(2, 5, warden("Anna Orlova", "KR"), hour="T10:00")) == []


def test_a_page_that_gives_both_numbers_tells_of_two_groups():
    both = flight(2, 5, warden("Pavel Sedov", "KR"), hour="T10:00")
    both.says(
        "Inmates of the other wing were caught on the roof.",
        "escape",
        thing="inmate",
        when=MONDAY,
        places=(("from", VLADIVOSTOK),),
        quantities=((4, "count", "count", "="),),
        counted="inmate",
        by=warden("Pavel Sedov", "KR"),
    )
    assert told(flight(1, 4, warden("Anna Orlova")), both) == []


def test_numbers_far_apart_are_of_two_things():
    assert told(flight(1, 4, warden("Anna Orlova")), flight(2, 90, warden("Pavel Sedov", "KR"), hour="T10:00")) == []
