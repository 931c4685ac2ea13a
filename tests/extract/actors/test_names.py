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
