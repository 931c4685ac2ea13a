"""Places found in a text and what they mean."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.extract.places.conftest import Reader

WORDS = ["Paris", "in", ",", "The", "Kiev", "U.S.", "north", "of", "10 km", "\n\n", "Mr", "County", "’s", "(", "Rome", "St."]


def test_offsets_are_the_evidence(read: Reader) -> None:
    text = "MOSCOW - A freight train left Vladivostok for Khabarovsk on Friday, Russian officials said."
    found = read(text)
    assert [m.text for m in found] == [text[m.span.start : m.span.end] for m in found]
    assert {"Vladivostok", "Khabarovsk"} <= {m.text for m in found}
    assert all(a.span.end <= b.span.start for a, b in pairwise(found))


@pytest.mark.parametrize(
    ("text", "name", "region"),
    [
        ("A barn burned down in Springfield, Illinois, on Sunday.", "Springfield", "IL"),
        ("A barn burned down in Springfield, Massachusetts, on Sunday.", "Springfield", "MA"),
        ("Firemen from Paris, Texas, drove to Dallas.", "Paris", "TX"),
    ],
)
def test_the_region_after_a_comma_decides_among_namesakes(read: Reader, text: str, name: str, region: str) -> None:
    first = read(text, name, text.split(", ")[1])[0]
    assert first.place is not None
    assert first.place.admin1 == region


def test_one_sense_a_report_unless_the_text_tells_them_apart(read: Reader) -> None:
    text = "The road from Springfield, Illinois, is closed. Springfield asked for help. A team from Springfield, Missouri, came."
    mentions = [m for m in read(text) if m.text == "Springfield"]
    assert [m.place.admin1 if m.place else None for m in mentions if m.span.start < 40] == ["IL"]
    assert mentions[-1].place is not None
    assert mentions[-1].place.admin1 == "MO"


def test_the_rest_of_the_report_decides_among_namesakes(read: Reader) -> None:
    text = "Police in Ontario closed the road. The Canadian town of London sent help to Toronto and Hamilton."
    london = read(text, "Ontario", "Canadian", "London", "Toronto", "Hamilton")[2]
    assert london.place is not None
    assert london.place.country == "CA"


def test_a_historical_state_is_named_but_not_placed(read: Reader) -> None:
    gone = read("The bridge was built by the Soviet Union.", "Soviet Union")[0]
    assert gone.place is not None
    assert (gone.place.kind, gone.lat, gone.lon, gone.radius_km) == ("historical", None, None, None)


def test_an_unknown_name_stays_unresolved(read: Reader) -> None:
    street = read("Thieves broke into a shop in Xyzzyville on Monday.", "Xyzzyville")[0]
    assert (street.place, street.lat, street.alternatives) == (None, None, ())


def test_the_outlets_home_is_a_hint_only(read: Reader) -> None:
    text = "The mayor of Perth opened a bridge."
    here = read(text, "Perth", outlet="The Perth Gazette")[0]
    assert here.place is not None


def test_confidences_are_probabilities_and_alternatives_differ(read: Reader) -> None:
    for m in read("Two men from Georgia were arrested in Birmingham, near Manchester, after a chase from Cambridge."):
        assert 0.0 <= m.confidence <= 1.0
        assert m.place not in m.alternatives


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(words=st.lists(st.sampled_from(WORDS), max_size=14))
def test_any_words_are_read_without_overlaps(read: Reader, words: list[str]) -> None:
    text = " ".join(words)
    found = read(text)
    assert [m.text for m in found] == [text[m.span.start : m.span.end] for m in found]
    assert all(a.span.end <= b.span.start for a, b in pairwise(found))


def test_an_empty_text_has_no_places(read: Reader) -> None:
    assert read("") == []
    assert read("\n \n") == []


@pytest.mark.parametrize(
    ("text", "name", "country", "kind"),
    [
        ("Paris rejected the plan.", "Paris", "FR", "city"),
        ("Climbers were lost near Interlaken in the Swiss Alps.", "Interlaken", "CH", "city"),
        ("A storm cut off villages in Cagayan province.", "Cagayan", "PH", "county"),
        ("Rain flooded camps in Cox's Bazar on Monday.", "Cox's Bazar", "BD", "city"),
        ("The freighter docked in Valparaíso on Monday.", "Valparaíso", "CL", "city"),
        ("Dockers in Hodeidah unloaded the wheat.", "Hodeidah", "YE", "port"),
        ("Patrols circled the Second Thomas Shoal.", "Second Thomas Shoal", None, "island"),
    ],
)
def test_without_other_hints_the_well_known_one_is_meant(read: Reader, text: str, name: str, country: str | None, kind: str) -> None:
    found = [m.place for m in read(text) if m.text.startswith(name) and m.place is not None]
    assert [(p.country, p.kind) for p in found] == [(country, kind)]


def test_a_town_with_a_neighbour_in_the_report_is_not_given_up_for_a_famous_one(read: Reader) -> None:
    paris = next(m.place for m in read("Firemen from Dallas and Paris in Texas fought the blaze near Clarksville.") if m.text == "Paris")
    assert paris is not None
    assert paris.admin1 == "TX"
