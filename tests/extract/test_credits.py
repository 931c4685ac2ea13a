"""Credits of images and pages, from the maker outwards."""

from itertools import pairwise

import pytest
import spacy
from hypothesis import given
from hypothesis import strategies as st

from sightline.extract.credits import find_credits

NLP = spacy.blank("en")


def found(text: str) -> list[tuple[str, tuple[str, ...], str]]:
    return [(credit.kind, credit.chain, credit.span.of(text)) for credit in find_credits(NLP(text))]


@pytest.mark.parametrize(
    ("text", "chain"),
    [
        ("The train leaves (photo). Photo: AFP/KCNA via KNS", ("KCNA", "KNS", "AFP")),
        ("Photo by Ana Lund/Getty Images", ("Ana Lund", "Getty Images")),
        ("A bridge. (AP Photo/Ana Lund)", ("Ana Lund", "AP")),
        ("Image credit: NASA", ("NASA",)),
        ("Credit: Reuters", ("Reuters",)),
    ],
)
def test_images(text: str, chain: tuple[str, ...]) -> None:
    assert [one[1] for one in found(text)] == [chain]


def test_a_video_is_a_video() -> None:
    assert [one[0] for one in found("Video: Reuters")] == ["video"]


@pytest.mark.parametrize(
    "text",
    [
        "SEOUL, Sept. 11 (Yonhap) -- A train has left.",
        "MOSCOW, May 2. /TASS/. The probe has landed.",
        "The lake is shrinking, the agency says. — Reuters",
        "By Ana Lund, Associated Press\n\nThe dam was old.",
        "A bomb went off in town. (AFP)",
    ],
)
def test_pages(text: str) -> None:
    credits = found(text)
    assert [one[0] for one in credits] == ["page"]
    assert credits[0][1][0] in text and credits[0][2] in text


@pytest.mark.parametrize("text", ["He and/or she will come.", "The ratio was 3/4.", "A photo of the bridge.", "She left (Monday)."])
def test_what_is_no_credit(text: str) -> None:
    assert found(text) == []


@given(st.text(alphabet=st.sampled_from("Photo: AFP/KCNA via KNS()\n—-. ab"), max_size=80))
def test_spans_lie_in_the_text_and_never_overlap(text: str) -> None:
    credits = find_credits(NLP(text))
    assert all(credit.span.end <= len(text) for credit in credits)
    assert all(one.span.end <= other.span.start for one, other in pairwise(credits))
