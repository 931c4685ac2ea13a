"""A reader's filter: by words, grade, status, kind of source and party; what can be chosen is what is there."""

from __future__ import annotations

import pytest

from sightline.show.filters import EVERYTHING, NO_PARTY, Filter, choices_of, parties_of
from sightline.show.links import DossierLinks
from sightline.show.views import Evidence, story_view
from tests.show.sample import readings, story


def fitting(wanted: Filter) -> set[str]:
    evidence = Evidence(readings())
    return {event.id for event in story().events if wanted.fits(event, evidence.kinds(event.claims), evidence.sentences(event.claims))}


@pytest.mark.parametrize(
    ("wanted", "left"),
    [
        (EVERYTHING, {"e1", "e2"}),
        (Filter(party="state:FI"), {"e1"}),
        (Filter(party=NO_PARTY), {"e2"}),
        (Filter(party="state:RU"), set()),
        (Filter(status="expected"), {"e2"}),
        (Filter(kind="government"), {"e1"}),
        (Filter(kind="witness"), set()),
        (Filter(grade=1), {"e1"}),
        (Filter(grade=2), set()),
        (Filter(words="STOCKHOLM"), {"e2"}),
        (Filter(words="port authority said"), {"e1"}),
        (Filter(words="turku", party="state:FI", status="happened", kind="government", grade=1), {"e1"}),
    ],
)  # fmt: skip
def test_each_part_of_a_filter_narrows(wanted: Filter, left: set[str]) -> None:
    assert fitting(wanted) == left


def test_an_event_without_a_party_has_the_key_that_says_so() -> None:
    departure, arrival = story().events
    assert parties_of(departure) == ["state:FI"]
    assert parties_of(arrival) == [NO_PARTY]


def test_choices_are_those_that_some_event_has_with_readable_names() -> None:
    found = choices_of(story().events, {"e1": {"government"}}, {"state:FI": "Finland"})
    assert found.parties == (("state:FI", "Finland"), (NO_PARTY, "side not known"))
    assert found.kinds == (("government", "government"),)
    assert found.statuses == (("happened", "happened"), ("expected", "expected"))


def test_a_view_lists_only_what_is_wanted_and_says_of_how_many() -> None:
    view = story_view(story(), readings(), DossierLinks(), {}, wanted=Filter(party="state:FI"))
    assert [event.id for event in (*view.happened, *view.lesser)] == ["e1"]
    assert view.ahead == () and (view.fitting, view.events) == (1, 2)
    assert view.choices.parties[0][0] == "state:FI"
