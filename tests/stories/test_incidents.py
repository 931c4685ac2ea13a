"""Incidents that name nobody: which tellings are one, what a toll is, and what a mention in passing vouches for."""

from __future__ import annotations

import msgspec

from sightline.stories import build
from sightline.stories.corroboration import Setting, grade
from sightline.stories.evidence import evidence_of
from sightline.stories.incidents import presupposes
from sightline.stories.kinds import kind_of
from sightline.stories.origins import Sourced
from sightline.stories.parties import Parties
from sightline.stories.voices import Voice
from sightline.types import ContradictionType, Event, Source, SourceForm, SourceKind, Span
from tests.stories.builders import KHASAN, PYONGYANG, REGISTER, VLADIVOSTOK, Page, day

TUESDAY = day("2023-09-12")
WEDNESDAY = day("2023-09-13")


def body(text: str, state: str | None = None) -> Source:
    return Source(form=SourceForm.COLLECTIVE, kind=SourceKind.GOVERNMENT, text=text, name=text, party=f"state:{state}" if state else None)


def events(kind: str, *pages: Page) -> list[Event]:
    return [event for story in build([page.reading() for page in pages], register=REGISTER) for event in story.events if event.type == kind]


def page(number: int, published: str = "2023-09-12") -> Page:
    # Common words, so that the pages are one story.
    return Page(f"p{number}", published, f"Paper {number}").says("Harbour warehouse timber smoke crane wharf ferries stopped.", claim=False)


def fire(told: Page, when: object = TUESDAY, place: object = VLADIVOSTOK, **more: object) -> Page:
    places = (("at", place),) if place is not None else ()
    return told.says("Fire burned in a harbour warehouse of timber on the wharf.", "fire", when=when, places=places, **more)  # type: ignore[arg-type]


def test_a_fire_of_one_day_and_place_is_one_in_two_papers():
    assert len(events("fire", fire(page(1)), fire(page(2), place=None, by=body("police")))) == 1


def test_fires_in_two_towns_are_two():
    assert len(events("fire", fire(page(1)), fire(page(2), place=PYONGYANG))) == 2


def test_fires_of_two_days_are_two():
    assert len(events("fire", fire(page(1)), fire(page(2), when=day("2023-09-05")))) == 2


def test_an_undated_telling_with_two_candidates_goes_to_neither():
    told = events("fire", fire(page(1), place=KHASAN), fire(page(2), place=PYONGYANG), fire(page(3), when=None, place=None))
    assert len(told) == 3


def toll(told: Page, number: float, of: str, by: Source) -> Page:
    return told.says(
        "Killed were many of the harbour warehouse on the wharf.",
        "killing",
        when=TUESDAY,
        places=(("at", VLADIVOSTOK),),
        by=by,
        quantities=((number, "count", "count", "="),),
        counted=of,
    )


def test_rival_tolls_are_one_question_and_the_later_leads():
    pages = toll(page(1), 14, "people", body("police")), toll(page(2, "2023-09-13"), 21, "worker", body("the hospital"))
    (found,) = events("killing", *pages)
    (killed,) = [slot for slot in found.slots if slot.name == "killed"]
    assert [value.value for value in killed.values] == ["21 workers", "14 people"]


def mention(told: Page, sentence: str, by: Source | None = None, word: str = "damage", **more: object) -> Page:
    """A page whose claim is one word of a sentence, of the kind that the word names."""
    told.says(sentence, word, by=by, **more)  # type: ignore[arg-type]
    last = told.claims[-1]
    start = last.sentence.start + sentence.index(word)
    told.claims[-1] = msgspec.structs.replace(last, trigger=Span(start, start + len(word)), predicate=word)
    return told


def test_a_mention_in_passing_vouches_for_nothing():
    told = page(1).says("Cable of the harbour crane was cut.", "damage", by=body("Russian police", "RU"), when=TUESDAY, thing="cable")
    passing = mention(page(2), "He called talk of the damage absurd.", body("North Korean ministry", "KP"))
    (found,) = events("damage", told, passing)
    assert found.grade == 1
    claim = passing.claims[-1]
    assert presupposes(claim, "He called talk of the damage absurd.", kind_of("damage", "damage"))


def test_a_noun_that_is_confirmed_is_told():
    sentence = "The ministry confirmed the damage on Tuesday."
    claim = mention(Page("x", "2023-09-12"), sentence, body("ministry")).claims[-1]
    assert not presupposes(claim, sentence, kind_of("damage", "damage"))


def test_a_guessed_side_confirms_nothing():
    guess = Voice(key="a", kind="utterance", speaker="the ministry", party="state:RU", official=True, guessed=True)
    sure = Voice(key="b", kind="utterance", speaker="KCNA", party="state:KP", official=True)
    told = page(1).leaves(TUESDAY).reading()
    evidence = evidence_of(told, Parties(REGISTER))[0]
    support = [Sourced(evidence=evidence, voice=voice, origin=voice.key) for voice in (guess, sure)]
    setting = Setting(kind=kind_of("departure", "leave"), own=frozenset({"state:KP", "state:RU"}))
    assert grade(support, setting, Parties(REGISTER)).grade == 2
    told_sides = [msgspec.structs.replace(one, voice=msgspec.structs.replace(one.voice, guessed=False)) for one in support]
    assert grade(told_sides, setting, Parties(REGISTER)).grade == 3


def test_a_fresh_tremor_is_not_the_first():
    first = mention(page(1), "Harbour warehouse walls fell as an earthquake shook the wharf.", word="earthquake", when=TUESDAY)
    again = mention(page(2), "A fresh earthquake shook the harbour warehouse on the wharf.", word="earthquake")
    assert len(events("earthquake", first, again)) == 2
    same = mention(page(2), "The earthquake shook the harbour warehouse on the wharf.", word="earthquake")
    assert len(events("earthquake", first, same)) == 1


def taken(number: int, thing: str, *, place: object = None, when: object = TUESDAY) -> Page:
    """A page on which something is seized."""
    places = (("at", place),) if place is not None else ()
    told = page(number).says("Seized on the wharf of the harbour it was.", "capture", thing=thing, places=places, when=when)  # type: ignore[arg-type]
    claim = told.claims[-1]
    parts = tuple(msgspec.structs.replace(part, text=thing, head=thing.rsplit(maxsplit=1)[-1].lower()) for part in claim.participants)
    told.claims[-1] = msgspec.structs.replace(claim, participants=parts)
    return told


def test_a_vessel_and_a_ship_are_one_thing_by_two_words():
    assert len(events("capture", taken(1, "ship"), taken(2, "vessel"))) == 1


def test_a_ship_may_be_the_one_that_is_named_elsewhere():
    assert len(events("capture", taken(1, "ship"), taken(2, "the Amber Queen"))) == 1


def test_two_ships_with_names_are_two():
    assert len(events("capture", taken(1, "the Amber Queen"), taken(2, "the Silver Dawn"))) == 2


def test_a_ship_is_no_warehouse():
    assert len(events("capture", taken(1, "ship"), taken(2, "warehouse"))) == 2


def quake(told: Page, **more: object) -> Page:
    return told.says("Earthquake shook the harbour and its warehouse of timber on the wharf.", "earthquake", when=TUESDAY, **more)  # type: ignore[arg-type]


def test_a_rising_toll_of_one_disaster_is_one_question_whose_older_answers_are_overtaken():
    first = toll(quake(page(1)), 4, "people", body("police"))
    second = toll(quake(page(2, "2023-09-13")), 17, "people", body("ministry"))
    later = toll(page(3, "2023-09-19"), 44, "people", body("ministry"))
    told = events("killing", first, second, later)
    assert len(told) == 1
    killed = next(slot for slot in told[0].slots if slot.name == "killed")
    assert {value.value: value.flags for value in killed.values} == {
        "44 people": (),
        "17 people": ("superseded",),
        "4 people": ("superseded",),
    }


def test_a_higher_count_of_another_side_is_disputed():
    first = toll(quake(page(1)), 44, "people", body("the army", "KR"))
    second = toll(quake(page(2, "2023-09-14")), 12, "people", body("the ministry", "KP"))
    found = [one for story in build([one.reading() for one in (first, second)], register=REGISTER) for one in story.contradictions]
    assert [(one.type, one.values) for one in found if one.slot == "killed"] == [(ContradictionType.DIRECT, ("12 people", "44 people"))]


def test_a_further_thing_is_no_further_incident():
    one = page(1).says("Cut was a cable of the harbour on the wharf.", "damage", thing="cable", when=TUESDAY)
    other = page(2).says("A second cable was cut in the harbour on the wharf.", "damage", thing="cable", when=TUESDAY)
    assert len(events("damage", one, other)) == 1


def test_the_dead_of_a_further_tremor_are_not_those_of_the_first():
    first = toll(quake(page(1)), 4, "people", body("police"))
    again = page(2, "2023-09-15").says(
        "Killing 2 people, another earthquake shook the harbour.", "earthquake", when=day("2023-09-15"), predicate="earthquake"
    )
    assert len(events("earthquake", first, again)) == 2
