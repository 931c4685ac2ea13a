"""Columns read at once say what the tokens say one by one."""

from __future__ import annotations

from collections import Counter

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from sightline.language import load
from sightline.language.vote import Mention, _weak
from sightline.language.words import strings, text, texts

_PIECES = st.sampled_from(
    [
        "The ferries",
        "found",
        "left",
        "Bergen",
        ".",
        " ",
        "\n\n",
        "“",
        "Mrs. Lund’s",
        "\u00a0",
        "it said",
        ",",
        "had shot",
        "didn't",
        "\t",
        "Older",
    ]
)


@given(st.lists(_PIECES, max_size=20).map(" ".join))
@settings(max_examples=30, deadline=None)
def test_columns_and_lemmas(written: str) -> None:
    nlp = load()
    doc = nlp(written)
    assert text(doc) == doc.text == written
    assert texts(doc) == [token.text for token in doc]
    assert strings(doc, "TAG") == [token.tag_ for token in doc]
    lemmas = nlp.get_pipe("sightline_lemmas").lemmas  # type: ignore[attr-defined]
    assert [token.lemma_ for token in doc] == [lemmas.lemma(t.text, t.tag_, t.is_sent_start is True) for t in doc]
    assert np.array_equal(lemmas.annotate(doc).to_array("LEMMA"), doc.to_array("LEMMA"))


_MENTIONS = st.lists(
    st.tuples(st.sampled_from(["Jordan", "Berg", "Oslo"]), st.sampled_from(["PER", "LOC", "ORG"])), min_size=1, max_size=12
)


@given(_MENTIONS)
def test_a_name_is_weak_that_stands_as_its_kind_twice_at_most(drawn: list[tuple[str, str]]) -> None:
    uses = Counter(drawn)
    for text_, kind in drawn:
        kinds = [other for name, other in drawn if name == text_]
        assert _weak(uses, text_, Mention(0, 1, kind)) is (kinds.count(kind) <= 2)
