"""Who is who across reports, and a user's last word on it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from sightline.stories.identities import identify
from sightline.types import Actor, Decision, Reading, Report

AT = datetime(2024, 5, 1, tzinfo=UTC)


def reading(report: str, *names: str) -> Reading:
    actors = tuple(Actor(id=f"report:{report}:{name.lower().replace(' ', '-')}", name=name, kind="person") for name in names)
    return Reading(report=Report(id=report, text="-"), actors=actors, version="test")


def decided(kind: str, *subjects: str, after: int = 0) -> Decision:
    return Decision(id=f"d{after}", kind=kind, subjects=subjects, at=AT + timedelta(hours=after), by="user:ada")


ONE, TWO = reading("a", "Anna Virtanen"), reading("b", "Anni Virtanen")
A, B = "report:a:anna-virtanen", "report:b:anni-virtanen"


def test_one_name_in_two_reports_is_one_actor_and_two_names_are_two() -> None:
    same = identify([ONE, reading("c", "Anna Virtanen")])
    assert same.of(A) == same.of("report:c:anna-virtanen")
    assert identify([ONE, TWO]).of(A) != identify([ONE, TWO]).of(B)


def test_a_join_is_obeyed_and_a_split_takes_it_back() -> None:
    apart = identify([ONE, TWO])
    join = decided("same-actor", apart.of(A), apart.of(B))
    joined = identify([ONE, TWO], [join])
    assert joined.of(A) == joined.of(B)
    parted = identify([ONE, TWO], [join, decided("different-actor", apart.of(A), apart.of(B), after=1)])
    assert (parted.of(A), parted.of(B)) == (apart.of(A), apart.of(B))


def test_a_split_parts_what_the_names_had_joined() -> None:
    again = reading("c", "Anna Virtanen")
    parted = identify([ONE, again], [decided("different-actor", A, "report:c:anna-virtanen")])
    assert parted.of(A) != parted.of("report:c:anna-virtanen")


def test_a_join_that_was_taken_back_leaves_no_trace() -> None:
    assert identify([ONE, TWO], []).of(B) == identify([ONE, TWO]).of(B)
