"""An event's line: a whole clause of a report, or named actors in the roles that the verb asks for, or nothing that is no sentence."""

from __future__ import annotations

import pytest

from sightline.stories.clauses import MOST, clause_of
from sightline.stories.labels import title_of
from sightline.types import Claim, Event, Participant, Span


def claim(sentence: str, clause: str, trigger: str, predicate: str, **parts: str) -> Claim:
    """The claim that a clause of a sentence makes; ``parts`` are participants by role."""
    start = sentence.index(clause)
    word = start + clause.index(trigger)
    people = tuple(
        Participant(role=role, span=Span(sentence.index(text), sentence.index(text) + len(text)), text=text, head=text.split()[-1].lower())
        for role, text in parts.items()
    )
    return Claim(
        id="r#1-2",
        report="r",
        span=Span(start, start + len(clause)),
        trigger=Span(word, word + len(trigger)),
        sentence=Span(0, len(sentence)),
        predicate=predicate,
        type="event",
        participants=people,
    )


def line(sentence: str, clause: str, trigger: str, predicate: str, **parts: str) -> str | None:
    found = clause_of(claim(sentence, clause, trigger, predicate, **parts), sentence)
    return None if found is None else found.text


def test_a_conjunction_is_left_out_and_the_clause_stands_alone():
    sentence = "Divers went down after three pipes in the harbour were damaged on Monday."
    clause = "after three pipes in the harbour were damaged on Monday"
    assert line(sentence, clause, "damaged", "damage", theme="three pipes") == "Three pipes in the harbour were damaged on Monday"


def test_what_was_said_ends_before_whoever_said_it():
    sentence = "The ferry reached the island at about 7:30 p.m., the harbour master said."
    assert line(sentence, sentence[:-1], "reached", "reach", agent="The ferry") == "The ferry reached the island at about 7:30 p.m."


def test_a_dateline_is_no_part_of_the_line():
    sentence = "GHENT, May 6 (Agency) - Masked men robbed a jeweller on Monday."
    assert line(sentence, sentence[:-1], "robbed", "rob", agent="Masked men") == "Masked men robbed a jeweller on Monday"


def test_a_participle_with_an_object_behind_it_is_a_verb():
    sentence = "Police arrested four men on Tuesday."
    assert line(sentence, sentence[:-1], "arrested", "arrest", theme="Police") == "Police arrested four men on Tuesday"
    assert line("A man arrested on Tuesday was freed.", "A man arrested on Tuesday", "arrested", "arrest", theme="A man") is None


def test_an_aside_between_subject_and_verb_is_left_out():
    sentence = "The tug, which had come from Riga, was towed to the quay."
    assert line(sentence, sentence[:-1], "towed", "tow", theme="The tug") == "The tug was towed to the quay"


@pytest.mark.parametrize(
    ("sentence", "clause", "trigger", "predicate"),
    [
        ("Lawyers complained about the trip to Oslo.", "about the trip to Oslo", "trip", "trip"),
        ("She asked not to be named in the paper.", "not to be named in the paper", "named", "name"),
        ("Roads were closed by landslides in the hills.", "by landslides", "landslides", "landslide"),
        ("A man which left the port on Sunday came back.", "which left the port on Sunday", "left", "leave"),
        ("They plan to return to the bay next week.", "to return to the bay next week", "return", "return"),
    ],
)
def test_pieces_of_sentences_are_no_lines(sentence: str, clause: str, trigger: str, predicate: str):
    assert line(sentence, clause, trigger, predicate) is None


def test_a_noun_that_is_its_sentence_subject_makes_a_line():
    sentence = "A fire tore through a sawmill near the river, killing two."
    assert line(sentence, "A fire", "fire", "fire") == "A fire tore through a sawmill near the river"


def test_a_long_clause_is_cut_where_a_phrase_begins():
    sentence = (
        "The council approved a plan for new flats on the old market square with shops and a small park in the middle of the town centre."
    )
    found = line(sentence, sentence[:-1], "approved", "approve", agent="The council")
    assert found is not None
    assert len(found.split()) <= MOST + 2
    assert sentence.startswith(found)


def test_they_who_deny_are_the_denier():
    sentence = "The union denied that they had agreed to a pay cut."
    told = claim(sentence, "that they had agreed to a pay cut", "agreed", "agree", agent="they")
    found = clause_of(told, sentence, speaker="the dockers' union")
    assert found is not None
    assert found.text == "The dockers' union had agreed to a pay cut"


def test_he_whom_the_police_deny_to_have_arrested_is_not_the_police():
    sentence = "The police denied that he had been arrested."
    told = claim(sentence, "that he had been arrested", "arrested", "arrest", theme="he")
    found = clause_of(told, sentence, speaker="the police")
    assert found is None or not found.text.startswith("The police")


def event(number: int, label: str, type_: str = "fire", status: str = "happened", **more: object) -> Event:
    return Event(id=f"event:{number}", type=type_, label=label, status=status, **more)  # type: ignore[arg-type]


def test_a_label_that_is_its_bare_kind_says_nothing():
    assert event(1, "Fire").says_nothing
    assert not event(1, "Fire in Ghent").says_nothing


def test_the_title_is_what_most_reports_tell_of():
    events = [event(1, "Fire"), event(2, "A mill burned in Ghent"), event(3, "The mayor will visit the mill", status="planned")]
    assert title_of(events, {"event:1": 9, "event:2": 3, "event:3": 5}) == "A mill burned in Ghent"


def test_where_each_report_tells_of_something_else_the_title_is_what_they_share():
    texts = ["the column drove on to minsk", "a column near minsk", "minsk is quiet", "a shop was shut"]
    events = [event(1, "A shop was shut early"), event(2, "A column drove to Minsk", "travel")]
    assert title_of(events, {"event:1": 1, "event:2": 1}, texts) == "A column drove to Minsk"


def test_as_reported_is_left_out_whole():
    sentence = "As previously reported, the envoys signed the truce in Muscat."
    assert line(sentence, sentence[:-1], "signed", "sign", agent="the envoys") == "The envoys signed the truce in Muscat"
