"""Which words are somebody's name."""

from __future__ import annotations

import pytest

from tests.extract.actors.conftest import Reader


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Reporters asked Mr. Ou about the dam.", "Ou"),
        ("The award went to Representative Lena B. Quist of Ohio.", "Lena B. Quist"),
        ("On Monday the Holloway campaign hired Ann Price-Lowe.", "Ann Price-Lowe"),
        ("Robert Danforth Jr. was sworn in on Monday.", "Robert Danforth Jr."),
    ],
)
def test_a_name_is_without_its_title_and_whole(cast: Reader, text: str, name: str) -> None:
    read = cast(text)
    assert name in [n.text for n in read.names if n.label == "PER"]


def test_a_family_name_is_no_given_name(cast: Reader) -> None:
    read = cast("Amina Yusuf saved two boys. Yusuf said she had not thought twice.")
    assert read.of("she") == read.of("Amina Yusuf")


def test_a_title_alone_is_no_name(cast: Reader) -> None:
    assert not [n for n in cast("Editor's note: This story was corrected on Monday.").names if n.label == "PER"]


@pytest.mark.parametrize(
    "text",
    [
        "Senators argued about the Clean Harbours Act on Monday.",
        "The Reykholt Agreement was signed in May.",
        "Voters blame Brexit for the queues.",
    ],
)
def test_a_law_or_an_event_is_nobody_who_acts(cast: Reader, text: str) -> None:
    assert not cast(text).actors


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("He won over Polish Americans in Ohio.", "Polish Americans"),
        ("An African-American church burned on Sunday.", "African-American"),
        ("The party courts Latino voters.", "Latino"),
        ("Some Lithuanian Americans wrote to him.", "Lithuanian Americans"),
    ],
)
def test_a_people_is_one_name_and_nobody_who_acts(cast: Reader, text: str, name: str) -> None:
    read = cast(text)
    assert [(n.text, n.label, n.actor) for n in read.names if n.label == "NORP"] == [(name, "NORP", None)]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("A study by the Tax Reform Foundation found no effect.", "Tax Reform Foundation"),
        ("It was sent to the Fisheries and Ports Commission in Maine.", "Fisheries and Ports Commission"),
        ("The mayor thanked the Marsh Valley Trust on Friday.", "Marsh Valley Trust"),
    ],
)
def test_an_organisation_is_known_by_its_last_word_and_whole(cast: Reader, text: str, name: str) -> None:
    assert name in [n.text for n in cast(text).names if n.label == "ORG" and n.actor]


@pytest.mark.parametrize(
    ("text", "name", "label"),
    [
        ("Air India cancelled its flights to Leeds.", "Air India", "ORG"),
        ("Astronaut Mara Lindt returned to Earth.", "Mara Lindt", "PER"),
        ("The order came from Captain Ibrahim Koné on Monday.", "Ibrahim Koné", "PER"),
        ("Crowds waited for Pope Leo XIV in Beirut.", "Leo XIV", "PER"),
    ],
)
def test_what_a_name_is_goes_by_the_register_and_by_ranks(cast: Reader, text: str, name: str, label: str) -> None:
    assert (name, label) in [(n.text, n.label) for n in cast(text, "2025-06-01").names if n.actor]


def test_a_given_name_tells_who_he_is_not(cast: Reader) -> None:
    read = cast("Police said a man had fled. The police chief, Beate Holm, said he was armed.")
    assert read.of("he was") != read.of("Beate Holm")
