"""The picture in one paragraph: each statement with who stands behind it, and no denied one told as firm."""

from __future__ import annotations

from sightline.show.paragraph import picture
from sightline.types import Contradiction, ContradictionType, Event, Origin, Slot, SlotValue, Story

TOWN = Origin(id="town", kind="utterance", speaker="the mayor", party="state:SE", reports=("a",), claims=("a#1",))
BODY = Origin(id="body", kind="utterance", speaker="Foreign Ministry", party="state:NO", reports=("b",), claims=("b#1",))


def event(grade: int, *values: SlotValue, quoted: str | None = None) -> Event:
    return Event(
        id="event:1",
        type="opening",
        label="A tunnel opened",
        quoted=quoted,
        status="happened",
        slots=(Slot(name="happened", values=values),),
        claims=("a#1", "b#1"),
        grade=grade,
    )


def value(key: str, *origins: Origin, flags: tuple[str, ...] = ()) -> SlotValue:
    parties = tuple(origin.party for origin in origins if origin.party)
    return SlotValue(value=key, key=key, origins=tuple(origin.id for origin in origins), parties=parties, grade=len(origins), flags=flags)


def story(told: Event, **more: object) -> Story:
    return Story(id="s", title="A tunnel", events=(told,), origins=(TOWN, BODY), **more)  # type: ignore[arg-type]


def test_what_is_confirmed_names_both_sides():
    text = picture(story(event(3, value("happened", TOWN, BODY))))
    assert text == "Independently confirmed: A tunnel opened, according to the Foreign Ministry and, independently, the mayor."


def test_what_one_side_says_is_told_as_its_word_and_whose_words_they_are():
    text = picture(story(event(2, value("happened", TOWN, BODY), quoted="a#1")))
    assert text == "On one side's word alone: A tunnel opened, according to the mayor."


def test_a_denial_stands_beside_what_it_denies():
    text = picture(story(event(1, value("happened", TOWN), value("denied", BODY))))
    assert text.endswith("according to the mayor (denied by the Foreign Ministry).")


def test_a_disputed_event_is_never_called_confirmed():
    denial = Contradiction(
        id="c",
        type=ContradictionType.DENIAL,
        event="event:1",
        slot="happened",
        values=("happened", "denied"),
        claims=(("a#1",), ("b#1",)),
        explanation="The mayor says that it happened; Foreign Ministry denies it.",
    )
    text = picture(story(event(3, value("happened", TOWN, BODY, flags=("disputed",))), contradictions=(denial,)))
    assert text == "Disputed: A tunnel opened. The mayor says that it happened; Foreign Ministry denies it."
